#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <gtest/gtest.h>

#include "sim/random.hpp"
#include "theories.hpp"

namespace entrepot::sim {
namespace {

// Seeds are fixed, so a test that passes once passes always. The false-alarm rate is what a new seed would risk: 1e-4
// for each Kolmogorov-Smirnov and chi-square test below, 6e-5 for each moment.

/// Calls `test(distribution)` for each of both kinds, whose draws become doubles.
template <class Test>
void for_all(Test test) {
    const auto run = [&](const auto& one) {
        SCOPED_TRACE(one.name);
        test(one);
    };
    for (const Continuous& one : continuous_ones()) run(one);
    for (const Counting& one : counting_ones()) run(one);
}

/// Kolmogorov-Smirnov: sqrt(n) D > 2.225 happens by chance with probability 2 exp(-2 * 2.225^2) = 1e-4.
void expect_distribution(const Continuous& one) {
    constexpr std::size_t n = 30'000;
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = one.draw(uniform(static_cast<std::uint32_t>(i)));
    std::sort(x.begin(), x.end());
    double distance = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double p = one.cdf(x[i]);
        distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
    }
    EXPECT_LT(std::sqrt(static_cast<double>(n)) * distance, 2.225);
}

/// Chi-square over the values 0, 1, ... with an expectation of at least 10, the rest pooled.
void expect_frequencies(const Counting& one) {
    constexpr int n = 50'000;
    const int largest = static_cast<int>(one.mean + 12 * std::sqrt(one.variance)) + 10;
    std::vector<int> count(static_cast<std::size_t>(largest) + 2);
    for (std::uint32_t i = 0; i < n; ++i)
        ++count[static_cast<std::size_t>(std::min(largest + 1, one.draw(uniform(i))))];
    double statistic = 0, rest = n, rest_count = n;
    int cells = 0;
    for (int value = 0; value <= largest; ++value) {
        const double expected = n * one.probability(value), seen = count[static_cast<std::size_t>(value)];
        if (expected < 10) continue;
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

TEST(Distributions, ContinuousOnesFollowTheirDistributionFunctions) {
    for (const Continuous& one : continuous_ones()) {
        SCOPED_TRACE(one.name);
        expect_distribution(one);
    }
}

TEST(Distributions, CountsHaveTheirFrequencies) {
    for (const Counting& one : counting_ones()) {
        SCOPED_TRACE(one.name);
        expect_frequencies(one);
    }
}

TEST(Distributions, MeansAndVariancesAreTheParameters) {
    // Four standard errors each; that of a variance is sd^2 sqrt((kurtosis - 1) / n).
    for_all([](const auto& one) {
        constexpr int n = 50'000;
        double sum = 0, squares = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            const double off = one.draw(uniform(i)) - one.mean;
            sum += off;
            squares += off * off;
        }
        EXPECT_NEAR(sum / n, 0, 4 * std::sqrt(one.variance / n));
        EXPECT_NEAR(squares / n, one.variance, 4 * one.variance * std::sqrt((one.kurtosis - 1) / n));
    });
}

TEST(Distributions, AllAreMonotoneInTheUniform) {
    for_all([](const auto& one) {
        constexpr int n = 10'000;
        auto last = one.draw(kLeast);
        for (int i = 0; i <= n; ++i) {
            const double u = i < n ? (i + 0.5) / n : kGreatest;
            const auto now = one.draw(u);
            ASSERT_GE(now, last) << u;
            last = now;
        }
        // Where a branch begins: the centre, the ends of the normal quantile's middle, the tail of the counts.
        for (const double edge : {0.075, 0.2, 0.5, 0.925, 1 - 0x1p-20}) {
            ASSERT_LE(one.draw(edge - 1e-12), one.draw(edge)) << edge;
            ASSERT_LE(one.draw(edge), one.draw(edge + 1e-12)) << edge;
        }
    });
}

TEST(Distributions, TheTriangularKeepsItsOrderAroundTheMode) {
    struct Ends {
        double low, mode, high;
    };
    // Without care the last digits of the two sides overlap for these.
    for (const auto& [low, mode, high] : {Ends{49.3, 97.7, 9289.9}, {64.9, 145.7, 9647.9}, {84.1, 106.9, 4648.6}}) {
        const double split = std::floor((mode - low) / (high - low) * 0x1p52) * 0x1p-52;
        double last = low;
        for (int i = -20; i < 20; ++i) {
            const double now = triangular(split + (i + 0.5) * 0x1p-52, low, mode, high);
            ASSERT_GE(now, last) << mode << " at " << i;
            last = now;
        }
    }
}

TEST(Distributions, TheExtremeUniformsGiveFiniteVariates) {
    for_all([](const auto& one) {
        for (const double u : {kLeast, 3 * kLeast, 1 - 3 * 0x1p-53, kGreatest}) {
            const double x = one.draw(u);
            ASSERT_TRUE(std::isfinite(x)) << u;
            ASSERT_LT(std::abs(x - one.mean), 250 * std::sqrt(one.variance)) << u;  // the lognormal's greatest: 207
        }
    });
}

TEST(Distributions, TheComplementGivesAnAntitheticVariate) {
    // The correlation of a sample of independent pairs would exceed 4 / sqrt(n) in size with probability 6e-5.
    for_all([](const auto& one) {
        constexpr int n = 20'000;
        double product = 0;
        for (std::uint32_t i = 0; i < n; ++i) {
            const double u = uniform(i);
            product += (one.draw(u) - one.mean) * (one.draw(1 - u) - one.mean);
        }
        EXPECT_LT(product / n / one.variance, -4 / std::sqrt(n));
    });
    // Symmetric ones mirror exactly; for the exponential the correlation is 1 - pi^2/6 = -0.645.
    for (std::uint32_t i = 0; i < 1000; ++i) ASSERT_EQ(normal_quantile(uniform(i)), -normal_quantile(1 - uniform(i)));
    double product = 0;
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i) {
        const double u = (i + 0.5) / n;
        product += (exponential(u, 1) - 1) * (exponential(1 - u, 1) - 1);
    }
    EXPECT_NEAR(product / n, 1 - std::pow(std::acos(-1), 2) / 6, 1e-3);
}

// Computed with 30 digits by another program. Twelve digits hold whatever the logarithm of the machine's library does
// with the last one.
TEST(Distributions, KnownValues) {
    const auto expect = [](double variate, double known) { EXPECT_NEAR(variate, known, 1e-12 * std::abs(known)); };
    expect(normal(0.975, 100, 10), 119.59963984540054);
    expect(exponential(0.75, 3), 4.1588830833596719);
    expect(exponential(kLeast, 3), 3.3306690738754698e-16);
    expect(exponential(kGreatest, 3), 110.2104017090313);
    expect(gamma(0.1, 0.5, 2), 0.015790774093431225);
    expect(gamma(0.5, 30, 1), 29.667333138221231);
    expect(gamma(0.9, 2.5, 3), 13.854535349671678);
    expect(gamma(kLeast, 0.3, 1), 4.586010272465992e-54);
    expect(gamma(kGreatest, 2.5, 1), 42.097516118260656);
    expect(lognormal(0.975, 5, 0.7), 14.122115973541942);
    expect(lognormal_median(0.975, 5, 0.4), 10.95092038604303);
    expect(triangular(0.2, 1, 2, 6), 2);
    expect(triangular(0.8, 1, 2, 6), 4);
    expect(Empirical({4, 1, 3})(0.25), 2);
    EXPECT_EQ(geometric(0.5, 4), 3);
    struct Counts {
        double u;
        int poisson_5, poisson_29, poisson_400, negative_5_20, negative_20_900, negative_150_160;
    };
    for (const Counts& known :
         {Counts{kLeast, 0, 0, 247, 0, 0, 59}, Counts{0.5, 5, 29, 400, 4, 8, 150},
          Counts{0.99, 11, 42, 447, 20, 141, 180}, Counts{kGreatest, 32, 83, 575, 136, 1518, 266}}) {
        SCOPED_TRACE(known.u);
        EXPECT_EQ(poisson(known.u, 5), known.poisson_5);
        EXPECT_EQ(poisson(known.u, 29), known.poisson_29);
        EXPECT_EQ(poisson(known.u, 400), known.poisson_400);
        EXPECT_EQ(negative_binomial(known.u, 5, 20), known.negative_5_20);
        EXPECT_EQ(negative_binomial(known.u, 20, 900), known.negative_20_900);
        EXPECT_EQ(negative_binomial(known.u, 150, 160), known.negative_150_160);
    }
}

/// The draw is `k` just below F(k) and `k + 1` just above, for every k that the uniforms can tell from the next.
template <class Theory>
void expect_exact_steps(const std::function<int(double)>& draw, const Theory& theory, int largest) {
    for (int k = 0; k <= largest; ++k) {
        const double lower = cdf(theory, k), upper = cdf(complement(theory, k));
        const bool in_lower_half = lower < 0.5;
        // One minus a sum of probabilities is good to 2^-50; the last millionth is searched by its own tail.
        const double margin = in_lower_half ? 1e-11 * lower : 1e-11 * upper + (upper > 0x1p-20 ? 0x1p-50 : 0x1p-53);
        if (lower < kLeast || std::min(pdf(theory, k), pdf(theory, k + 1)) < 3 * margin) continue;
        ASSERT_EQ(draw(in_lower_half ? lower - margin : 1 - (upper + margin)), k) << upper;
        ASSERT_EQ(draw(in_lower_half ? lower + margin : 1 - (upper - margin)), k + 1) << upper;
    }
}

TEST(Distributions, CountsAreTheExactInverse) {
    for (const double mean : {0.3, 5.0, 29.0, 31.0, 400.0}) {
        SCOPED_TRACE(mean);
        const int largest = static_cast<int>(mean + 10 * std::sqrt(mean) + 10);
        expect_exact_steps([=](double u) { return poisson(u, mean); }, boost::math::poisson(mean), largest);
    }
    struct Demand {
        double mean, variance;
    };
    for (const auto& [mean, variance] : {Demand{0.4, 1.2}, {5, 20}, {20, 900}, {150, 160}, {150, 4000}}) {
        SCOPED_TRACE(std::to_string(mean) + ", " + std::to_string(variance));
        const boost::math::negative_binomial theory(mean * mean / (variance - mean), mean / variance);
        expect_exact_steps([m = mean, v = variance](double u) { return negative_binomial(u, m, v); }, theory,
                           static_cast<int>(mean + 15 * std::sqrt(variance)));
    }
}

TEST(Distributions, GammaIsTheInverseInBothTails) {
    for (const double shape : {0.3, 1.0, 2.5, 4.0, 30.0, 400.0}) {
        const boost::math::gamma_distribution<double> theory(shape, 1);
        for (double u = kLeast; u < 0.5; u *= 2.7) {
            ASSERT_NEAR(cdf(theory, gamma(u, shape, 1)) / u, 1, 1e-11) << shape << " at " << u;
            const double v = 1 - u;  // what of u is left in it
            ASSERT_NEAR(cdf(complement(theory, gamma(v, shape, 1))) / (1 - v), 1, 1e-11) << shape << " at 1 - " << u;
        }
    }
}

TEST(Distributions, TimesBeyondAllBoundsAreTheLongest) {
    EXPECT_EQ(from_real<days>(1e300), kLongest);
    EXPECT_EQ(from_real<seconds>(-1e300), -kLongest);
    EXPECT_EQ(rounded_micros(1e300), kLongest);
    EXPECT_EQ(from_real<days>(2.5), hours{60});
}

/// From a shape of a million on another way is taken. Computed with 40 digits by another program.
TEST(Distributions, GammaOfAGreatShapeIsNearlyNormal) {
    const auto expect = [](double variate, double known) { EXPECT_NEAR(variate, known, 1e-12 * known); };
    expect(gamma(kLeast, 1e6, 1), 991812.58221929980837);
    expect(gamma(0.001, 1e6, 1), 996912.61731981519423);
    for (const double u : {kLeast, 0.01, 0.5, 0.99, kGreatest}) {  // in standard deviations it is as just below
        EXPECT_NEAR((gamma(u, 1e6, 1) - 1e6) / 1e3, (gamma(u, 999'999, 1) - 999'999) / std::sqrt(999'999), 1e-7) << u;
    }
    for (const double cv : {1e-8, 1e-5, 1e-14}) {
        EXPECT_NEAR((gamma_of_mean(0.99, 5, cv) / 5 - 1) / cv, normal_quantile(0.99), 4 * cv + 1e-15 / cv) << cv;
    }
    for (const double cv : {0.0, 1e-200, 1e-16}) EXPECT_EQ(gamma_of_mean(0.99, 5, cv), 5) << cv;
}

TEST(Distributions, ManyExponentialsAreTheSameAsOneByOne) {
    const Draws draws(3, 4);
    for (std::uint32_t from = 0; from < 16'000; from += Draws::kBlock) {
        const Draws::Block block = draws.block(1, 2, from);
        for (const double mean : {3.0, 3e9, 3e17}) {
            std::array<Duration, Draws::kBlock> times{};
            auto many = block.first;
            exponential(many, mean, times);
            for (std::size_t i = 0; i < many.size(); ++i) {
                ASSERT_EQ(times[i], rounded_micros(exponential(block.first[i], mean)));
            }
        }
        for (const double u : block.first) ASSERT_NEAR(exponential(u, 3) / (-3 * std::log(1 - u)), 1, 1e-15);
    }
    for (const double u : {kLeast, 0.2928, 0.2929, 0.5, kGreatest}) {
        EXPECT_NEAR(exponential(u, 1) / -std::log1p(-u), 1, 1e-15);
    }
}

TEST(Distributions, DegenerateParametersGiveConstants) {
    for (const double u : {kLeast, 0.3, 0.999, kGreatest}) {
        EXPECT_EQ(normal(u, 5, 0), 5);
        EXPECT_EQ(exponential(u, 0), 0);
        EXPECT_EQ(gamma(u, 0, 2), 0);
        EXPECT_EQ(gamma(u, 2, 0), 0);
        EXPECT_EQ(lognormal(u, 5, 0), 5);
        EXPECT_EQ(lognormal(u, 0, 1), 0);
        EXPECT_EQ(lognormal_median(u, 5, 0), 5);
        EXPECT_EQ(triangular(u, 2, 2, 2), 2);
        EXPECT_EQ(geometric(u, 1), 1);
        EXPECT_EQ(poisson(u, 0), 0);
        EXPECT_EQ(negative_binomial(u, 0, 0), 0);
        EXPECT_EQ(negative_binomial(u, 0, 3), 0);
        EXPECT_EQ(Empirical({7})(u), 7);
        EXPECT_EQ(Empirical({7, 7, 7})(u), 7);
        EXPECT_EQ(Discrete(std::vector<double>{0, 2, 0})(u), 1u);
        // Without more variance than Poisson's it is Poisson, and close to it just above.
        EXPECT_EQ(negative_binomial(u, 6, 6), poisson(u, 6));
        EXPECT_EQ(negative_binomial(u, 400, 400), poisson(u, 400));
        EXPECT_NEAR(negative_binomial(u, 400, 400 * (1 + 1e-9)), poisson(u, 400), 1);
    }
}

TEST(Distributions, CountsHaveAGreatest) {
    EXPECT_EQ(geometric(kGreatest, 1e12), kLargestCount);
    EXPECT_EQ(poisson(kGreatest, kLargestCount), kLargestCount);
    EXPECT_EQ(negative_binomial(kGreatest, 1000, 1e15), kLargestCount);
    EXPECT_EQ(negative_binomial(kLeast, 1000, 1e15), 0);
}

TEST(DistributionsDeathTest, RefuseParametersOutsideTheirDomain) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
    EXPECT_DEATH(normal(0.5, 0, -1), "normal distribution");
    EXPECT_DEATH(exponential(0.5, -1), "exponential");
    EXPECT_DEATH(gamma(0.5, -1, 1), "gamma");
    EXPECT_DEATH(gamma(0.5, 1, nan), "gamma");
    EXPECT_DEATH(lognormal(0.5, 1, -0.1), "lognormal");
    EXPECT_DEATH(lognormal_median(0.5, -1, 1), "lognormal");
    EXPECT_DEATH(triangular(0.5, 1, 7, 6), "triangular");
    EXPECT_DEATH(geometric(0.5, 0.9), "geometric");
    EXPECT_DEATH(poisson(0.5, -1), "Poisson");
    EXPECT_DEATH(poisson(0.5, 2e9), "Poisson");
    EXPECT_DEATH(negative_binomial(0.5, -1, 1), "negative binomial");
    EXPECT_DEATH(negative_binomial(0.5, 5, 4), "below its mean");
    EXPECT_DEATH(negative_binomial(0.5, 5, inf), "infinite");
    EXPECT_DEATH(Empirical(std::vector<double>{}), "needs a sample");
    EXPECT_DEATH(Empirical({1, nan}), "finite");
}

}  // namespace
}  // namespace entrepot::sim
