#include <filesystem>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "models/simulate.hpp"
#include "results/kpis/accumulator.hpp"
#include "scenarios/load.hpp"
#include "sim/run_in_turns.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"

/// The system that is compared with other programs' speed (scenarios/six_stocks.toml), by its own arithmetic.
namespace entrepot::tests {
namespace {

using models::Network;

Network six_stocks(const std::vector<std::string>& changes = {}) {
    std::vector<std::string> overrides{"items.count=5", "supplier_segment.supplier.servers=5",
                                       "calendar.measure=120 d"};
    overrides.insert(overrides.end(), changes.begin(), changes.end());
    const auto loaded =
        scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios/six_stocks.toml", overrides);
    return scenarios::build(*loaded.loaded, "rule");
}

results::Dimensions dimensions_of(const Network& network) {
    results::Dimensions d;
    for (const auto& site : network.sites) d.sites.push_back(site.name);
    for (const auto& tier : network.tiers) d.tiers.push_back(tier.name);
    for (const auto& velocity : network.classes) d.classes.push_back(velocity.name);
    for (const auto& carrier : network.carriers) d.carriers.push_back(carrier.name);
    for (const auto& item : network.items) d.item_cost.push_back(item.unit_cost.amount());
    d.end_day = d.total_days = network.calendar.total_days();
    d.phases = {{"first", 0, 40, true}, {"second", 40, 90, false}};
    return d;
}

struct Table {
    std::vector<double> numerator, denominator;
    std::uint64_t short_ways = 0;
};

Table run(const Network& network, const models::Runner& runner) {
    results::KpiAccumulator kpis(dimensions_of(network));
    Table table;
    models::FactLog log([&](std::span<const models::Fact> facts) {
        kpis.read(facts);
        for (const models::Fact& fact : facts) {
            if (fact.kind() == models::FactList::kind_of<models::OrdersServed>()) {
                table.short_ways += static_cast<std::uint64_t>(fact.as<models::OrdersServed>().orders);
            }
        }
    });
    models::simulate(network, 7, 0, log, {}, runner);
    const results::Replication result = kpis.finish();
    table.numerator = result.numerator;
    table.denominator = result.denominator;
    return table;
}

void expect_the_same_both_ways(const Network& network) {
    const Table quick = run(network, {}), slow = run(network, {.order_by_order = true});
    EXPECT_GT(quick.short_ways, 10'000u);
    EXPECT_EQ(slow.short_ways, 0u);
    const auto rows = results::kpi_rows(dimensions_of(network));
    ASSERT_EQ(quick.numerator.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SCOPED_TRACE(rows[i].kpi + " " + rows[i].label);
        EXPECT_NEAR(quick.numerator[i], slow.numerator[i], 1e-6 * (1 + std::abs(slow.numerator[i])));
        EXPECT_NEAR(quick.denominator[i], slow.denominator[i], 1e-6 * (1 + std::abs(slow.denominator[i])));
    }
}

/// Sites hear of each other after two ways only, by headquarters, and go on by themselves for as long.
TEST(TextbookSystem, InTurnsItTakesTheSameCourse) {
    const Network network = six_stocks();
    EXPECT_FALSE(network.sites_deal);
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World sequential = models::start_world(network, 7, 0, log), turned = sequential;
    const sim::Time end = sim::kStart + sim::days{120};
    sim::run_sequential(sequential, end);
    sim::Turns<models::Distribution> turns(turned);
    for (sim::Time at = sim::kStart; at < end; at += sim::hours{31}) turns.run(at);
    turns.run(end);
    EXPECT_EQ(sim::hash_of(turned), sim::hash_of(sequential));
}

TEST(TextbookSystem, SumsOfOrdersComeToWhatTheLongWayMakesOfThem) {
    expect_the_same_both_ways(six_stocks());
    expect_the_same_both_ways(six_stocks({"tier.customers.whole_lines=false"}));
    expect_the_same_both_ways(
        six_stocks({"tier.customers.whole_lines=false", "tier.customers.backorder_probability=50 %"}));
}

/// Orders of one to five units, whole and in turn, and 60 more as soon as no more than 60 are on hand and on order.
TEST(TextbookSystem, EveryOrderAndEveryShelfFollowsTheRule) {
    Network network = six_stocks();
    for (int day = 1; day <= 120; ++day) network.moments.push_back({"", sim::days{day}, sim::days{day}});
    struct Location {
        int ordered = 0, gone = 0, replenished = 0;
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, Location> locations;
    std::size_t orders = 0, closes = 0;
    models::FactLog log([&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            fact.visit([&]<class F>(const F& f) {
                if constexpr (requires { f.item; }) {
                    Location& at = locations[{fact.where, f.item}];
                    if constexpr (std::is_same_v<F, models::LineFirstPass>) {
                        ++orders;
                        ASSERT_GE(f.ordered, 1);
                        ASSERT_LE(f.ordered, 5);
                        at.ordered += f.ordered;
                        if (f.filled > 0) {
                            ASSERT_EQ(at.ordered - f.filled, at.gone);  // nobody waited
                        }
                    } else if constexpr (std::is_same_v<F, models::UnitsShipped>) {
                        at.gone += f.units;
                    } else if constexpr (std::is_same_v<F, models::StockOrdered>) {
                        ASSERT_EQ(f.units, 60);
                        ASSERT_LE(120 - at.ordered + at.replenished, 60);
                        at.replenished += f.units;
                    } else if constexpr (std::is_same_v<F, models::StockAtMoment>) {
                        ++closes;
                        ASSERT_GT(120 - at.ordered + at.replenished, 60);
                        ASSERT_EQ(f.waiting, at.ordered - at.gone);
                        ASSERT_EQ(f.on_hand + f.on_order, 120 - at.gone + at.replenished);
                        ASSERT_EQ(f.on_order % 60, 0);
                    }
                } else if constexpr (std::is_same_v<F, models::StockRuleClose>) {
                    int waiting = 0, gone = 0, replenished = 0;
                    for (const auto& [location, at] : locations) {
                        if (location.first != fact.where) continue;
                        waiting += at.ordered - at.gone;
                        gone += at.gone;
                        replenished += at.replenished;
                    }
                    ASSERT_EQ(f.waiting, waiting);
                    ASSERT_EQ(f.on_hand + f.on_order, 5 * 120 - gone + replenished);
                }
            });
        }
    });
    models::simulate(network, 7, 0, log, {}, {.order_by_order = true});
    EXPECT_NEAR(static_cast<double>(orders), 4.0 * 30 * 120, 5 * std::sqrt(4.0 * 30 * 120));
    EXPECT_EQ(closes, 30u * 120);
}

}  // namespace
}  // namespace entrepot::tests
