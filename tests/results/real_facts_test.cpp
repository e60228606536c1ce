#include <cmath>

#include <gtest/gtest.h>

#include "models/network_fixture.hpp"
#include "models/simulate.hpp"
#include "results/kpis/accumulator.hpp"

/// KPIs of what the models really tell: bounds and sums that hold whatever happened.
namespace entrepot::tests {
namespace {

results::Dimensions dimensions_of(const models::Network& network) {
    results::Dimensions d;
    for (const auto& site : network.sites) d.sites.push_back(site.name);
    for (const auto& tier : network.tiers) d.tiers.push_back(tier.name);
    for (const auto& velocity : network.classes) d.classes.push_back(velocity.name);
    for (const auto& carrier : network.carriers) d.carriers.push_back(carrier.name);
    for (const auto& item : network.items) d.item_cost.push_back(item.unit_cost.amount());
    d.total_days = network.calendar.total_days();
    d.first_day = 10;
    d.end_day = d.total_days - 7;
    d.phases = {{"first", 10, 25, true}, {"second", 25, d.end_day, false}};
    return d;
}

struct Outcome {
    results::Dimensions dimensions;
    std::vector<results::Row> rows;
    results::Replication result;
    std::uint64_t lines_in_window = 0;
};

Outcome run(const FixtureStrategy& strategy) {
    models::Network network = small_network();
    follow(network, strategy);
    Outcome run{dimensions_of(network)};
    run.rows = results::kpi_rows(run.dimensions);
    results::KpiAccumulator kpis(run.dimensions);
    models::FactLog log([&](std::span<const models::Fact> facts) {
        kpis.read(facts);
        for (const models::Fact& fact : facts) {
            const auto day = fact.at.time_since_epoch() / sim::days{1};
            if (day < run.dimensions.first_day || day >= run.dimensions.end_day) continue;
            fact.visit([&]<class F>(const F& f) {
                if constexpr (std::is_same_v<F, models::OrderPlaced>) run.lines_in_window += f.lines;
            });
        }
    });
    EXPECT_TRUE(models::simulate(network, 7, 0, log, {}).has_value());
    run.result = kpis.finish();
    return run;
}

class RealFacts : public testing::TestWithParam<FixtureStrategy (*)()> {};

TEST_P(RealFacts, SharesAreSharesAndNothingIsNegative) {
    const Outcome r = run(GetParam()());
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        const results::KpiInfo& kpi = *results::find_kpi(r.rows[i].kpi);
        const double num = r.result.numerator[i], den = r.result.denominator[i];
        const std::string where = r.rows[i].kpi + " " + r.rows[i].label;
        EXPECT_TRUE(std::isfinite(num) && std::isfinite(den)) << where;
        EXPECT_GE(num, 0) << where;
        EXPECT_GE(den, 0) << where;
        EXPECT_TRUE(results::may_be(kpi, num, den)) << where;
    }
}

TEST_P(RealFacts, SlicesAddUp) {
    const Outcome r = run(GetParam()());
    const auto sum_of = [&](results::Kpi kpi, auto belongs) {
        double sum = 0;
        for (std::size_t i = 0; i < r.rows.size(); ++i) {
            if (r.rows[i].kpi == results::info(kpi).id && belongs(r.rows[i].slice)) sum += r.result.numerator[i];
        }
        return sum;
    };
    using results::Kpi, results::Slice;
    for (const Kpi kpi : {Kpi::line_fill, Kpi::otif, Kpi::sales, Kpi::freight_cost, Kpi::penalties}) {
        const double total = sum_of(kpi, [](const Slice& s) { return s.is_total(); });
        EXPECT_GT(total, 0) << results::info(kpi).id;
        const auto expect_parts = [&](auto belongs) {
            EXPECT_NEAR(sum_of(kpi, belongs), total, 1e-9 * total) << results::info(kpi).id;
        };
        expect_parts([](const Slice& s) { return s.site >= 0 && s.tier < 0 && s.phase < 0; });
        expect_parts([](const Slice& s) { return s.tier >= 0 && s.site < 0 && s.phase < 0; });
        expect_parts([](const Slice& s) { return s.phase >= 0 && s.site < 0 && s.tier < 0; });
        expect_parts([](const Slice& s) { return s.site >= 0 && s.phase >= 0; });
    }
    EXPECT_EQ(sum_of(Kpi::order_lines, [](const Slice& s) { return s.is_total(); }),
              static_cast<double>(r.lines_in_window));
}

TEST_P(RealFacts, EveryLineHasOneFirstAttempt) {
    const Outcome r = run(GetParam()());
    for (std::size_t i = 0; i < r.rows.size(); ++i) {
        if (r.rows[i].kpi == "line_fill" && r.rows[i].slice.is_total()) {
            EXPECT_EQ(r.result.denominator[i], static_cast<double>(r.lines_in_window));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Strategies, RealFacts, testing::Values(&manual_strategy, &orchestrated_strategy));

}  // namespace
}  // namespace entrepot::tests
