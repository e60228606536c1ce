#include <map>
#include <span>

#include <gtest/gtest.h>

#include "invariants/small_study.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "results/kpis/accumulator.hpp"
#include "studies/describe_study.hpp"

/// Closing is never a remedy.
namespace entrepot::tests {
namespace {

struct Service {
    double cost = 0;  ///< penalties and lost margin
    std::map<std::string, double> shares;
};

Service service_of(const models::Network& network, const scenarios::Scenario& scenario, std::uint32_t replication) {
    const results::Dimensions dimensions = studies::dimensions_of(network, scenario);
    results::KpiAccumulator kpis(dimensions);
    models::FactLog log([&](std::span<const models::Fact> facts) { kpis.read(facts); });
    models::simulate(network, scenario.study.seed, replication, log);
    const results::Replication result = kpis.finish();
    const auto rows = results::kpi_rows(dimensions);
    Service service;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!rows[row].slice.is_total()) continue;
        const std::string& kpi = rows[row].kpi;
        if (kpi == "penalties" || kpi == "lost_margin") service.cost += result.numerator[row];
        if (kpi == "otif" || kpi == "line_fill" || kpi == "unit_fill" || kpi == "order_fill") {
            service.shares[kpi] = result.numerator[row] / result.denominator[row];
        }
    }
    return service;
}

TEST(Metamorphic, AClosedWarehouseIsNeverCheaperNorBetter) {
    using Close = void (*)(models::Network&);
    const std::vector<std::pair<const char*, Close>> ways = {
        {"nobody picks", [](models::Network& n) { n.sites[models::SiteId{0u}].pickers = 0; }},
        {"nobody picks anywhere",
         [](models::Network& n) {
             for (models::Site& site : n.sites) site.pickers = 0;
         }},
        {"nobody unloads",
         [](models::Network& n) {
             for (models::Site& site : n.sites) site.receivers = 0;
         }},
        {"no carrier comes",
         [](models::Network& n) {
             for (models::Carrier& carrier : n.carriers) std::ranges::fill(carrier.daily_capacity, 0.0);
         }},
        {"no stock, and nobody unloads",
         [](models::Network& n) {
             for (models::Site& site : n.sites) site.receivers = 0;
             for (auto& site : n.initial.on_hand) site.assign(n.items.size(), 0);
         }},
        {"everybody is ill",
         [](models::Network& n) {
             for (const models::SiteId site : sim::ids<models::SiteId>(n.sites)) {
                 n.disturbances.push_back({.kind = models::Disturbance::Kind::absence,
                                           .days = n.calendar.total_days(),
                                           .site = site,
                                           .factor = 1});
             }
         }},
    };
    // Prices without refunds and contracts, too: then what is never delivered costs its margin alone.
    for (const bool contracts : {true, false}) {
        const auto loaded = load_shipped("tiny.toml");
        for (const std::string& strategy : scenarios::strategy_names(loaded.scenario)) {
            models::Network open = scenarios::build(loaded, strategy);
            for (models::Tier& tier : open.tiers) {
                if (contracts) continue;
                tier.penalty_share = 0;
                tier.penalty_fixed = tier.refund = {};
            }
            for (std::uint32_t replication = 0; replication < 2; ++replication) {
                const Service usual = service_of(open, loaded.scenario, replication);
                for (const auto& [how, close] : ways) {
                    models::Network closed = open;
                    close(closed);
                    const Service worse = service_of(closed, loaded.scenario, replication);
                    EXPECT_GT(worse.cost, usual.cost) << how << " " << strategy << " contracts " << contracts;
                    for (const auto& [kpi, share] : usual.shares) {
                        EXPECT_LE(worse.shares.at(kpi), share) << kpi << " " << how << " " << strategy;
                    }
                }
            }
        }
    }
}

}  // namespace
}  // namespace entrepot::tests
