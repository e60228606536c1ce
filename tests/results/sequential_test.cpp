#include "results/statistics/sequential.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "results/statistics/statistics.hpp"
#include "sim/distributions.hpp"
#include "sim/random.hpp"

namespace entrepot::results {
namespace {

double normal_at(std::uint32_t replication, double mean, double sd) {
    return sim::normal(sim::Draws(31, replication).at(0, 0, 0).uniform(), mean, sd);
}

RunningMean running(const std::vector<double>& values) {
    RunningMean r;
    for (const double v : values) r.add(v);
    return r;
}

TEST(RunningMean, IsTheMomentsOfAll) {
    const std::vector<double> values{95, 88, 120, 101, 97, 110, 85, 130};
    const RunningMean r = running(values);
    EXPECT_NEAR(r.mean(), moments(values).mean, 1e-12);
    EXPECT_NEAR(r.variance(), moments(values).variance, 1e-12);
    EXPECT_EQ(running({7}).variance(), 0);
    EXPECT_EQ(running({0.1, 0.1, 0.1}).variance(), 0);
}

TEST(PrecisionRule, WantsLessThanTheRelativeErrorOfTheEstimate) {
    const Precision p = judge_precision(running({98, 99, 100, 101, 102, 98, 99, 100, 101, 102}), {.relative = 0.05});
    EXPECT_NEAR(p.wanted / p.mean.estimate, 0.047619, 5e-7);
    EXPECT_TRUE(p.satisfied);
    EXPECT_TRUE(p.stop());
    ASSERT_TRUE(p.has_reached);
    const double half = p.mean.half_width();
    EXPECT_NEAR(p.reached, half / (100 - half), 1e-12);
}

TEST(PrecisionRule, DoesNotLookTooSoon) {
    const Precision p = judge_precision(running({100, 100.1, 99.9, 100, 100.1, 99.9, 100, 100, 100}), {});
    EXPECT_FALSE(p.satisfied);
    EXPECT_FALSE(p.stop());
    EXPECT_TRUE(p.has_reached);
}

TEST(SequentialMean, StopsAtTheFirstReplicationThatSatisfies) {
    const PrecisionRule rule{.relative = 0.05, .most = 5000};
    const auto replicate = [](std::size_t i) { return normal_at(static_cast<std::uint32_t>(i), 10, 5); };
    const Precision p = sequential_mean(replicate, rule);
    ASSERT_TRUE(p.satisfied);
    EXPECT_FALSE(p.capped);
    EXPECT_LE(p.reached, 0.05);
    RunningMean r;
    std::size_t n = 0;
    while (!judge_precision(r, rule).stop()) r.add(replicate(n++));
    EXPECT_EQ(p.replications, n);
    EXPECT_GT(n, 300u);  // about (1.96 * 5 / 0.476)^2 = 424
    EXPECT_LT(n, 550u);
}

TEST(SequentialMean, SaysWhatWasReachedAtTheCap) {
    const auto replicate = [](std::size_t i) { return normal_at(static_cast<std::uint32_t>(i), 10, 5); };
    const Precision p = sequential_mean(replicate, {.relative = 0.05, .most = 100});
    EXPECT_FALSE(p.satisfied);
    EXPECT_TRUE(p.capped);
    EXPECT_EQ(p.replications, 100u);
    ASSERT_TRUE(p.has_reached);
    EXPECT_GT(p.reached, 0.05);
    EXPECT_LT(p.reached, 0.2);
    EXPECT_TRUE(p.mean.has_interval);
}

TEST(SequentialMean, OfNothingHasNoRelativeError) {
    const Precision noise = sequential_mean(
        [](std::size_t i) { return normal_at(static_cast<std::uint32_t>(i), 0, 1); }, {.relative = 0.5, .most = 50});
    EXPECT_TRUE(noise.capped);
    EXPECT_FALSE(noise.has_reached);
    const Precision zero = sequential_mean([](std::size_t) { return 0.0; }, {.most = 20});
    EXPECT_TRUE(zero.capped);
    EXPECT_FALSE(zero.satisfied);
    EXPECT_FALSE(zero.has_reached);
    const Precision constant = sequential_mean([](std::size_t) { return 0.1; }, {});
    EXPECT_TRUE(constant.satisfied);
    EXPECT_EQ(constant.replications, 10u);
    EXPECT_EQ(constant.reached, 0);
}

TEST(SequentialMean, EndsAtWhatIsNotFinite) {
    const Precision p = sequential_mean(
        [](std::size_t i) { return i == 12 ? std::nan("") : normal_at(static_cast<std::uint32_t>(i), 5, 1); },
        {.relative = 0.001});
    EXPECT_EQ(p.mean.missing, Reason::not_finite);
    EXPECT_FALSE(p.satisfied);
    EXPECT_EQ(p.replications, 13u);
    EXPECT_EQ(judge_precision(RunningMean{}, {}).mean.missing, Reason::no_data);
    EXPECT_EQ(judge_precision(running({3}), {}).mean.missing, Reason::too_few);
}

TEST(WatchInterval, HasTheWidthOfTheNormalMixture) {
    EXPECT_NEAR(watch_half_width(50, 1), 0.450, 5e-4);
    EXPECT_NEAR(watch_half_width(200, 1), 0.215, 5e-4);
    EXPECT_NEAR(watch_half_width(200, 3), 3 * watch_half_width(200, 1), 1e-12);
    RunningMean r;
    for (std::uint32_t i = 0; i < 50; ++i) r.add(normal_at(i, 4, 2));
    const Interval w = watch_interval(r);
    EXPECT_NEAR(w.half_width(), watch_half_width(50, std::sqrt(r.variance())), 1e-12);
    EXPECT_EQ(w.freedom, 0);
}

TEST(WatchInterval, SaysWhatItCannotGive) {
    EXPECT_EQ(watch_interval(RunningMean{}).missing, Reason::no_data);
    const Interval soon = watch_interval(running({1, 2, 3}));
    EXPECT_EQ(soon.missing, Reason::too_few);
    EXPECT_EQ(soon.estimate, 2);
    EXPECT_EQ(watch_interval(running(std::vector<double>(12, std::nan("")))).missing, Reason::not_finite);
    const Interval constant = watch_interval(running(std::vector<double>(12, 0.1)));
    EXPECT_EQ(constant.low, 0.1);
    EXPECT_EQ(constant.high, 0.1);
}

/// Standard normal values watched after each of 10 to 200 replications, with their own standard deviation: of 1000
/// sequences at most 70 may ever miss (5 % and three standard deviations). A t-interval misses in some 400.
TEST(WatchInterval, MayBeWatched) {
    int missed = 0;
    for (std::uint32_t sequence = 0; sequence < 1000; ++sequence) {
        RunningMean r;
        bool wrong = false;
        for (std::uint32_t i = 0; i < 200; ++i) {
            r.add(sim::normal_quantile(sim::Draws(sequence, i).at(9, 0, 0).uniform()));
            const Interval w = watch_interval(r);
            wrong = wrong || (w.has_interval && w.excludes_zero());
        }
        missed += wrong;
    }
    EXPECT_LE(missed, 70);
    EXPECT_GE(missed, 3);
}

/// A ratio or a difference is judged as a mean is: by its own interval.
TEST(PrecisionRule, TakesAnyEstimateWithAnInterval) {
    const std::vector<double> values{98, 99, 100, 101, 102, 98, 99, 100, 101, 104};
    const Precision a = judge_precision(running(values), {.relative = 0.02});
    const Precision b = judge_precision(mean_interval(values), values.size(), {.relative = 0.02});
    EXPECT_NEAR(a.reached, b.reached, 1e-12);
    EXPECT_EQ(a.satisfied, b.satisfied);
    const Precision none = judge_precision(refused(Reason::zero_denominator), 10, {});
    EXPECT_FALSE(none.satisfied || none.has_reached);
    EXPECT_EQ(observations_needed(none), 0);
}

TEST(PrecisionRule, ToldHowManyItTakes) {
    const std::vector<double> values{90, 110, 95, 105, 100, 90, 110, 95, 105, 100};
    const Precision now = judge_precision(mean_interval(values), values.size(), {.relative = 0.01});
    const double ratio = now.mean.half_width() / now.wanted;
    EXPECT_EQ(observations_needed(now), std::ceil(10 * ratio * ratio));
    EXPECT_GT(ratio, 1);
}

/// The p-value is 5 % exactly where the 95 % sequence touches zero.
TEST(WatchPValue, FitsTheInterval) {
    for (const std::size_t n : {10u, 40u, 160u, 1000u}) {
        const double half = watch_half_width(n, 1);
        const double error = 1 / std::sqrt(static_cast<double>(n));
        const Interval touching{half, 0, 2 * half, error, true, true};
        EXPECT_NEAR(watch_p_value(touching, n), 0.05, 1e-9) << n;
        EXPECT_NEAR(watch_interval(touching, n).low, 0, 1e-12) << n;
        const Interval none{0, -half, half, error, true, true};
        EXPECT_EQ(watch_p_value(none, n), 1);
    }
    EXPECT_EQ(watch_p_value(point(1, Reason::too_few), 20), 1);
}

}  // namespace
}  // namespace entrepot::results
