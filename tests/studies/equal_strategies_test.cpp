#include <gtest/gtest.h>

#include "results/comparison/compare.hpp"
#include "results/coverage/simulated.hpp"

/// Strategies that are the same, through simulation and comparison.
namespace entrepot::tests {
namespace {

/// Two equal base stocks under different seeds, 10 replications each, 250 times: at least one of the headline KPIs is
/// called different in at most 5 % of the studies, says Holm's correction. More than 24 of 250 come by chance once in
/// 1000 suites of tests; the seeds are fixed, so that this one passes always or never. `coverage_study` does the same
/// 1000 times and more.
TEST(EqualStrategies, AreSeldomCalledDifferent) {
    int called = 0;
    for (std::uint32_t i = 0; i < 250; ++i) called += coverage::finds_a_difference(2 * i + 1, 2 * i + 2, 10);
    EXPECT_LE(called, 24);
    RecordProperty("called_different_of_250", called);
}

/// The same seed and strategy twice: no KPI may differ at all.
TEST(EqualStrategies, AreIdenticalUnderCommonRandomNumbers) { EXPECT_FALSE(coverage::finds_a_difference(7, 7, 10)); }

/// Strategies that do differ are told apart: the experiment above can fail.
TEST(EqualStrategies, DifferentOnesAreToldApart) {
    const results::Study study =
        coverage::side_by_side(coverage::base_stock_study(1, 8, 10), coverage::base_stock_study(2, 9, 10));
    const auto comparison = results::compare(study);
    EXPECT_EQ(comparison.find(results::Kpi::mean_on_hand)->strategies[1].verdict, results::Verdict::different);
}

}  // namespace
}  // namespace entrepot::tests
