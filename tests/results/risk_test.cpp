#include "results/statistics/risk.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "results/statistics/statistics.hpp"
#include "sim/distributions.hpp"

namespace entrepot::results {
namespace {

using Values = std::vector<double>;

/// n, n - 1, ..., 1: a value is its rank.
Values ranks(std::size_t n) {
    Values values;
    for (std::size_t i = n; i > 0; --i) values.push_back(static_cast<double>(i));
    return values;
}

TEST(QuantileInterval, IsBetweenOrderStatistics) {
    const QuantileInterval a = quantile_interval(ranks(100), 0.9);
    EXPECT_EQ(a.low_rank, 84u);
    EXPECT_EQ(a.high_rank, 96u);
    EXPECT_NEAR(a.coverage, 0.9557, 5e-5);
    EXPECT_EQ(a.interval.estimate, 90);
    EXPECT_EQ(a.interval.low, 84);
    EXPECT_EQ(a.interval.high, 96);
    const QuantileInterval b = quantile_interval(ranks(1000), 0.95);
    EXPECT_EQ(b.low_rank, 936u);
    EXPECT_EQ(b.high_rank, 964u);
    EXPECT_NEAR(b.coverage, 0.9581, 5e-5);
    const QuantileInterval c = quantile_interval(ranks(1000), 0.99);
    EXPECT_EQ(c.low_rank, 983u);
    EXPECT_EQ(c.high_rank, 997u);
    EXPECT_NEAR(c.coverage, 0.9761, 5e-5);
}

TEST(QuantileInterval, NeedsEnoughValuesBeyondIt) {
    // The greatest of n is above the p-quantile with 1 - p^n, which must be at least 0.975: n = 72 for p = 0.95.
    EXPECT_EQ(quantile_interval(ranks(71), 0.95).interval.missing, Reason::thin_tail);
    EXPECT_EQ(quantile_interval(ranks(71), 0.95).interval.estimate, 68);
    EXPECT_TRUE(quantile_interval(ranks(72), 0.95).interval.has_interval);
    EXPECT_EQ(quantile_interval(ranks(5), 0.5).interval.missing, Reason::thin_tail);  // 2 * 0.5^5 > 0.05
    EXPECT_EQ(quantile_interval(ranks(6), 0.5).low_rank, 1u);
    EXPECT_EQ(quantile_interval(ranks(6), 0.5).high_rank, 6u);
}

TEST(QuantileInterval, SaysWhatItCannotGive) {
    EXPECT_EQ(quantile_interval(Values{}, 0.5).interval.missing, Reason::no_data);
    EXPECT_EQ(quantile_interval(Values{7}, 0.5).interval.missing, Reason::thin_tail);
    EXPECT_EQ(quantile_interval(Values{7}, 0.5).interval.estimate, 7);
    EXPECT_EQ(quantile_interval(Values{1, std::nan("")}, 0.5).interval.missing, Reason::not_finite);
    const QuantileInterval constant = quantile_interval(Values(50, 0.1), 0.5);
    EXPECT_EQ(constant.interval.low, 0.1);
    EXPECT_EQ(constant.interval.high, 0.1);
    EXPECT_EQ(p_value(constant.interval), 1);
}

/// The inverse distribution function at (i - 1/2) / n: a sample without chance.
template <class Quantile>
Values grid(int n, Quantile quantile) {
    Values values;
    for (int i = 0; i < n; ++i) values.push_back(quantile((i + 0.5) / n));
    return values;
}

TEST(Cvar, OfKnownDistributions) {
    const Values normal = grid(200'000, [](double u) { return sim::normal_quantile(u); });
    EXPECT_NEAR(quantile_interval(normal, 0.95).interval.estimate, 1.6448536, 1e-4);
    EXPECT_NEAR(cvar_interval(normal, 0.95).estimate, 2.0627128, 1e-4);
    const Values exponential = grid(200'000, [](double u) { return sim::exponential(u, 1); });
    EXPECT_NEAR(quantile_interval(exponential, 0.95).interval.estimate, 2.9957323, 2e-4);
    EXPECT_NEAR(cvar_interval(exponential, 0.95).estimate, 3.9957323, 2e-4);
    // Beyond q the excess of an exponential is one again: its influence has the variance 2 / (1-p) - 1.
    EXPECT_NEAR(cvar_interval(exponential, 0.95).standard_error, std::sqrt(39.0 / 200'000), 1e-4);
}

TEST(Cvar, IsTheMeanBeyondTheQuantile) {
    const Interval i = cvar_interval(ranks(1000), 0.95);
    EXPECT_NEAR(i.estimate, 975.5, 1e-9);  // of 951 .. 1000
    EXPECT_TRUE(i.has_interval);           // exactly 50 values in the tail
}

TEST(Cvar, SaysWhatItCannotGive) {
    EXPECT_EQ(cvar_interval(Values{}, 0.95).missing, Reason::no_data);
    const Interval thin = cvar_interval(ranks(999), 0.95);
    EXPECT_EQ(thin.missing, Reason::thin_tail);
    EXPECT_TRUE(thin.has_estimate);
    EXPECT_FALSE(thin.has_interval);
    EXPECT_EQ(cvar_interval(Values{3}, 0.5).estimate, 3);
    EXPECT_FALSE(cvar_interval(Values{3}, 0.5).has_interval);
    EXPECT_EQ(cvar_interval(Values(2000, std::nan("")), 0.95).missing, Reason::not_finite);
    const Interval constant = cvar_interval(Values(2000, 0.1), 0.95);
    EXPECT_EQ(constant.low, 0.1);
    EXPECT_EQ(constant.high, 0.1);
}

TEST(Proportion, ByWilsonAndByClopperAndPearson) {
    const Interval wilson = proportion_wilson(2, 500), exact = proportion_exact(2, 500);
    EXPECT_DOUBLE_EQ(wilson.estimate, 0.004);
    EXPECT_NEAR(wilson.low, 0.001098, 5e-7);
    EXPECT_NEAR(wilson.high, 0.014466, 5e-7);
    EXPECT_NEAR(exact.low, 0.000485, 5e-7);
    EXPECT_NEAR(exact.high, 0.014374, 5e-7);
    EXPECT_NEAR(proportion_upper(0, 500).high, 0.0059736, 5e-8);
    EXPECT_EQ(proportion_upper(0, 500).low, 0);
}

TEST(Proportion, StaysBetweenZeroAndOne) {
    EXPECT_EQ(proportion_wilson(0, 10).low, 0);
    EXPECT_EQ(proportion_wilson(10, 10).high, 1);
    EXPECT_EQ(proportion_exact(0, 10).low, 0);
    EXPECT_EQ(proportion_exact(10, 10).high, 1);
    EXPECT_NEAR(proportion_exact(10, 10).low, 1 - proportion_exact(0, 10).high, 1e-12);
    EXPECT_EQ(proportion_upper(3, 3).high, 1);
}

TEST(Proportion, OfNoTrialsIsNotAvailable) {
    EXPECT_EQ(proportion_wilson(0, 0).missing, Reason::no_data);
    EXPECT_EQ(proportion_exact(0, 0).missing, Reason::no_data);
    EXPECT_EQ(proportion_upper(0, 0).missing, Reason::no_data);
}

}  // namespace
}  // namespace entrepot::results
