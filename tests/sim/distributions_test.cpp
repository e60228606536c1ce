#include "sim/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <gtest/gtest.h>

#include "sim/random.hpp"

namespace entrepot::sim {
namespace {

// Seeds are fixed, so a test that passes once passes always. The false-alarm rate is what a new seed would risk: 1e-4
// for each of the Kolmogorov-Smirnov and chi-square tests below.

double uniform(std::uint32_t i) { return Draws(20'240'101, 0).at(9, 77, i).uniform(); }

/// Kolmogorov-Smirnov: sqrt(n) D > 2.225 happens by chance with probability 2 exp(-2 * 2.225^2) = 1e-4.
template <class Draw, class Cdf>
void expect_distribution(Draw draw, Cdf cdf) {
    constexpr std::size_t n = 50'000;
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = draw(uniform(static_cast<std::uint32_t>(i)));
    std::sort(x.begin(), x.end());
    double distance = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double p = cdf(x[i]);
        distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
    }
    EXPECT_LT(std::sqrt(static_cast<double>(n)) * distance, 2.225);
}

/// Chi-square over the values 0, 1, ... with an expectation of at least 10, the rest pooled.
template <class Draw, class Probability>
void expect_frequencies(Draw draw, Probability probability, int largest) {
    constexpr int n = 100'000;
    std::vector<double> count(static_cast<std::size_t>(largest) + 2);
    for (std::uint32_t i = 0; i < n; ++i) ++count[static_cast<std::size_t>(std::min(largest + 1, draw(uniform(i))))];
    double statistic = 0, rest = n, rest_count = n;
    int cells = 0;
    for (int value = 0; value <= largest; ++value) {
        const double expected = n * probability(value);
        if (expected < 10) continue;
        const double seen = count[static_cast<std::size_t>(value)];
        statistic += (seen - expected) * (seen - expected) / expected;
        rest -= expected;
        rest_count -= seen;
        ++cells;
    }
    if (rest > 1) statistic += (rest_count - rest) * (rest_count - rest) / rest;
    const boost::math::chi_squared reference(std::max(1, cells - (rest > 1 ? 0 : 1)));
    EXPECT_LT(statistic, quantile(complement(reference, 1e-4)));
}

TEST(Distributions, NormalQuantileIsExactToTheLastDigits) {
    EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404, 1e-11);
    EXPECT_EQ(normal_quantile(0.5), 0);
    const boost::math::normal normal;
    for (double u = 1e-300; u < 0.5; u *= 1.7) {
        const double expected = quantile(normal, u);
        ASSERT_NEAR(normal_quantile(u), expected, 4e-15 * std::abs(expected)) << u;
    }
    for (double u = 0x1p-53; u < 0.5; u *= 3) ASSERT_EQ(normal_quantile(u), -normal_quantile(1 - u)) << u;
}

TEST(Distributions, AllAreMonotoneInTheUniform) {
    double last[6] = {-1e300, -1, -1, -1, -1, -1};
    for (int i = 0; i < 20'000; ++i) {
        const double u = (i + 0.5) / 20'000;
        const double now[6] = {normal_quantile(u),
                               exponential(u, 3),
                               lognormal(u, 5, 0.7),
                               triangular(u, 1, 2, 6),
                               static_cast<double>(geometric(u, 4)),
                               static_cast<double>(poisson(u, 31))};
        for (int k = 0; k < 6; ++k) {
            ASSERT_GE(now[k], last[k]) << "distribution " << k << " at " << u;
            last[k] = now[k];
        }
    }
}

TEST(Distributions, ContinuousOnesFollowTheirDistributionFunctions) {
    expect_distribution([](double u) { return normal_quantile(u); },
                        [](double x) { return cdf(boost::math::normal(), x); });
    expect_distribution([](double u) { return exponential(u, 3); }, [](double x) { return 1 - std::exp(-x / 3); });
    const double s2 = std::log1p(0.7 * 0.7);
    expect_distribution([](double u) { return lognormal(u, 5, 0.7); },
                        [&](double x) { return cdf(boost::math::lognormal(std::log(5) - s2 / 2, std::sqrt(s2)), x); });
    expect_distribution([](double u) { return lognormal_median(u, 5, 0.4); },
                        [](double x) { return cdf(boost::math::lognormal(std::log(5), 0.4), x); });
    expect_distribution([](double u) { return triangular(u, 1, 2, 6); },
                        [](double x) { return cdf(boost::math::triangular(1, 2, 6), x); });
}

TEST(Distributions, MeansAreTheParameters) {
    // Standard errors by the variances; 4 of them are exceeded with probability 6e-5 each.
    constexpr int n = 200'000;
    double e = 0, l = 0, t = 0, g = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
        const double u = uniform(i);
        e += exponential(u, 3);
        l += lognormal(u, 5, 0.7);
        t += triangular(u, 1, 2, 6);
        g += geometric(u, 4);
    }
    const auto band = [](double sd) { return 4 * sd / std::sqrt(n); };
    EXPECT_NEAR(e / n, 3, band(3));
    EXPECT_NEAR(l / n, 5, band(3.5));
    EXPECT_NEAR(t / n, 3, band(std::sqrt((1 + 4 + 36 - 2 - 6 - 12) / 18.0)));
    EXPECT_NEAR(g / n, 4, band(std::sqrt(12)));
}

TEST(Distributions, GeometricHasItsFrequencies) {
    expect_frequencies([](double u) { return geometric(u, 4); },
                       [](int k) { return k < 1 ? 0 : 0.25 * std::pow(0.75, k - 1); }, 60);
}

TEST(Distributions, PoissonIsTheExactInverse) {
    for (const double mean : {0.3, 5.0, 29.0, 31.0, 400.0}) {
        SCOPED_TRACE(mean);
        const boost::math::poisson reference(mean);
        const int largest = static_cast<int>(mean + 10 * std::sqrt(mean) + 10);
        expect_frequencies([&](double u) { return poisson(u, mean); }, [&](int k) { return pdf(reference, k); },
                           largest);
        // On both sides of every step of the distribution function.
        for (int k = 0; k <= largest; ++k) {
            const double p = cdf(reference, k);
            if (p < 1e-12 || p > 1 - 1e-6) continue;
            ASSERT_EQ(poisson(p * (1 - 1e-11), mean), k);
            ASSERT_EQ(poisson(p + 1e-3 * pdf(reference, k + 1), mean), k + 1);
        }
    }
}

TEST(Distributions, DegenerateParametersGiveConstants) {
    EXPECT_EQ(lognormal(0.3, 5, 0), 5);
    EXPECT_EQ(lognormal_median(0.3, 5, 0), 5);
    EXPECT_EQ(triangular(0.3, 2, 2, 2), 2);
    EXPECT_EQ(geometric(0.999, 1), 1);
    EXPECT_EQ(poisson(0.999, 0), 0);
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
    const std::vector<double> negative{1, -1}, nothing{0, 0};
    EXPECT_DEATH(Discrete{negative}, "negative");
    EXPECT_DEATH(Discrete{nothing}, "positive weight");
}

}  // namespace
}  // namespace entrepot::sim
