#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "theories.hpp"

/// Distributions that are made of values: a sample, and weights.
namespace entrepot::sim {
namespace {

TEST(Empirical, PassesThroughItsSampleInEqualSteps) {
    const Empirical empirical(sample());
    std::vector<double> sorted = sample();
    std::sort(sorted.begin(), sorted.end());
    ASSERT_EQ(empirical.size(), sorted.size());
    const auto gaps = static_cast<double>(sorted.size() - 1);
    for (std::size_t i = 1; i + 1 < sorted.size(); ++i) {
        EXPECT_NEAR(empirical(static_cast<double>(i) / gaps), sorted[i], 1e-14 * sorted[i]);
    }
    EXPECT_NEAR(empirical(kLeast), sorted.front(), 1e-14);
    EXPECT_NEAR(empirical(kGreatest), sorted.back(), 1e-14);
    EXPECT_EQ(Empirical().size(), 0u);
}

TEST(Empirical, StaysInsideASampleOfAnyLength) {
    // The greatest uniform times a length rounds, and must not reach the length.
    for (std::size_t n = 1; n < 600; n += 7) {
        std::vector<double> values(n), weights(n, 1);
        for (std::size_t i = 0; i < n; ++i) values[i] = 0.1 * static_cast<double>(i);
        const Empirical empirical(values);
        EXPECT_LE(empirical(kGreatest), values.back());
        EXPECT_GE(empirical(kLeast), values.front());
        EXPECT_EQ(Discrete(weights)(kGreatest), n - 1);
        EXPECT_EQ(Discrete(weights)(kLeast), 0u);
    }
}

TEST(Discrete, GivesEachValueExactlyItsShareOfTheUniforms) {
    const std::vector<double> weights{3, 0, 1, 8, 0, 0, 4, 0};  // of 16
    const Discrete discrete(weights);
    constexpr int n = 1 << 16;
    std::vector<int> count(weights.size());
    for (int i = 0; i < n; ++i) ++count[discrete((i + 0.5) / n)];
    for (std::size_t v = 0; v < weights.size(); ++v) {
        EXPECT_EQ(count[v], static_cast<int>(weights[v]) * n / 16) << v;
        EXPECT_DOUBLE_EQ(discrete.probability(static_cast<std::uint32_t>(v)), weights[v] / 16);
    }
}

TEST(Discrete, SharesEqualTables) {
    const std::vector<double> weights{1, 2, 3}, others{1, 2, 4};
    Discrete one(weights), nothing;
    EXPECT_TRUE(one.share(Discrete(weights)));
    EXPECT_FALSE(one.share(Discrete(others)));
    EXPECT_FALSE(one.share(nothing));
    EXPECT_FALSE(nothing.share(one));
    EXPECT_EQ(one(0.9), 2u);
}

TEST(Discrete, MatchesAPlainSearchForManyValues) {
    std::vector<double> weights(5000), cumulative(5000);
    double total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i)
        total += weights[i] = 1 / std::pow(1.0 + static_cast<double>(i), 0.8);
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) cumulative[i] = (sum += weights[i]) / total;
    const Discrete discrete(weights);
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const double u = uniform(i);
        const auto expected = std::upper_bound(cumulative.begin(), cumulative.end(), u) - cumulative.begin();
        ASSERT_EQ(discrete(u), static_cast<std::uint32_t>(expected));
    }
}

TEST(DiscreteDeathTest, RefusesWeightsThatAreNoDistribution) {
    const std::vector<double> negative{1, -1}, nothing{0, 0}, endless{1, std::numeric_limits<double>::infinity()};
    EXPECT_DEATH(Discrete{negative}, "negative");
    EXPECT_DEATH(Discrete{nothing}, "positive weight");
    EXPECT_DEATH(Discrete{endless}, "finite sum");
}

}  // namespace
}  // namespace entrepot::sim
