#include "results/statistics/resampling.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace entrepot::results {
namespace {

using Values = std::vector<double>;

/// Spatial test A of 26 children. Source: Efron and Tibshirani (1993), table 14.1.
const Values kSpatial{48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6,
                      0,  33, 28, 34, 4,  32, 24, 47, 41, 24, 26, 30, 41};

double population_variance(std::span<const double> values) {
    const Moments m = moments(values);
    return m.variance * static_cast<double>(m.count - 1) / static_cast<double>(m.count);
}

double mean(std::span<const double> values) { return moments(values).mean; }

TEST(BootstrapBca, OfTheVarianceOfTheSpatialData) {
    const Bootstrap b =
        bootstrap_bca(kSpatial, population_variance, {.seed = 1, .resamples = 200'000, .confidence = 0.9});
    EXPECT_NEAR(b.bca.estimate, 171.534024, 5e-7);
    EXPECT_NEAR(b.acceleration, 0.0612401198, 5e-11);
    // Errors of 200 000 resamples: the ends have standard deviations of some 0.3.
    EXPECT_NEAR(b.bias_correction, 0.171, 0.012);
    EXPECT_NEAR(b.bca.low, 115.4, 1.2);
    EXPECT_NEAR(b.bca.high, 260.3, 1.5);
    EXPECT_NEAR(b.percentile_low, 98.0, 1.2);
    EXPECT_NEAR(b.percentile_high, 235.5, 1.2);
}

TEST(BootstrapBca, IsTheSameForTheSameSeed) {
    const auto low = [](std::uint32_t seed) { return bootstrap_bca(kSpatial, mean, {.seed = seed}).bca.low; };
    EXPECT_EQ(low(7), low(7));
    EXPECT_NE(low(7), low(8));
}

TEST(BootstrapBca, OfPairsIsOfRows) {
    const Values filled{95, 88, 120, 101, 97, 110, 85, 130}, ordered{100, 95, 121, 110, 99, 118, 97, 131};
    const auto ratio = [&](std::span<const std::size_t> rows) {
        double up = 0, down = 0;
        for (const std::size_t row : rows) up += filled[row], down += ordered[row];
        return up / down;
    };
    const Bootstrap b = bootstrap_bca(filled.size(), ratio, {.seed = 3});
    EXPECT_NEAR(b.bca.estimate, 0.948335246843, 1e-12);
    EXPECT_NEAR(b.bca.standard_error, 0.0135, 0.001);  // the delta method's with divisor n: .01351
    EXPECT_TRUE(b.bca.has_interval);
    EXPECT_LT(b.bca.low, b.bca.estimate);
    EXPECT_GT(b.bca.high, b.bca.estimate);
}

TEST(BootstrapBca, SaysWhatItCannotGive) {
    EXPECT_EQ(bootstrap_bca(Values{}, mean, {}).bca.missing, Reason::no_data);
    const Bootstrap one = bootstrap_bca(Values{4}, mean, {});
    EXPECT_EQ(one.bca.missing, Reason::too_few);
    EXPECT_EQ(one.bca.estimate, 4);
    EXPECT_EQ(bootstrap_bca(Values(9, 0.1), mean, {}).bca.missing, Reason::no_variation);
    EXPECT_EQ(bootstrap_bca(Values{1, std::nan("")}, mean, {}).bca.missing, Reason::not_finite);
    const Values greatest_is_last{1, 2, 3, 4, 5, 6, 7, 8};
    const auto least = [](std::span<const double> v) { return *std::min_element(v.begin(), v.end()); };
    EXPECT_NE(bootstrap_bca(greatest_is_last, least, {}).bca.missing, Reason::not_finite);
    const auto per_seven = [](std::span<const double> v) {
        double sevens = 0;
        for (const double x : v) sevens += x == 7 ? 1 : 0;
        return 1 / sevens;
    };
    const Bootstrap undefined = bootstrap_bca(greatest_is_last, per_seven, {});
    EXPECT_EQ(undefined.bca.missing, Reason::undefined_resample);
    EXPECT_EQ(undefined.bca.estimate, 1);
    EXPECT_EQ(bootstrap_bca(Values{1, 2}, [](auto) { return std::nan(""); }, {}).bca.missing, Reason::not_finite);
}

}  // namespace
}  // namespace entrepot::results
