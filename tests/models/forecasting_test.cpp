#include <cmath>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Estimators of demand against their closed forms, and the levels that policies make of them.
namespace entrepot::tests {
namespace {

using namespace models;

using Planning = SmallWorld<>;

constexpr double kBefore = 10, kAfter = 30;  // units a day

/// Every location has had so much recorded demand a day so far, with a variance of 30.
void expect_demand(Headquarters& hq, double units) {
    for (Forecast& forecast : hq.forecasts) {
        const auto level = static_cast<float>(units);
        forecast = {.mean = level, .spread = 30, .level = level, .variance = 30, .week = 7 * level};
    }
    std::ranges::fill(hq.last_week, static_cast<float>(units));
}

/// So much is recorded on each of so many days.
void record_days(Planning& world, int days, Units units) {
    for (int day = 0; day < days; ++day) {
        world.run_until(day, 23);
        for (StockView& view : world.hq().view) view.demand += static_cast<std::uint32_t>(units);
        world.run_until(day + 1, 5.5);
    }
}

Network following(Replenishment policy) {
    Network network = quiet_network();
    follow(network, orchestrated_strategy());
    replenish(network, policy);
    network.strategy.transfers.proactive = false;
    return network;
}

ForecastQuantile quantile_policy() { return {.service = {0.98, 0.95, 0.9}, .cover_days = {7, 20, 60}}; }

TEST(Smoothing, HasTheMeanAgeOfTheSpan) {
    constexpr int kDays = 30;
    Planning world(following(ClassPolicy{
        .service = {0.95, 0.95, 0.95}, .cover_days = {10, 10, 10}, .refresh_days = 30, .history_days = 59}));
    expect_demand(world.hq(), kBefore);
    record_days(world, kDays, static_cast<Units>(kAfter));
    const double left = std::pow(1 - 2 / 60.0, kDays);
    EXPECT_NEAR(world.hq().forecasts[LocationId{0}].mean, kAfter - (kAfter - kBefore) * left, 1e-3);
}

/// The week is that of the new demand already: each day takes a seventh of the weekly weight of what is left.
TEST(Smoothing, ApproachesAStepByItsWeight) {
    constexpr int kDays = 20;
    ForecastQuantile policy = quantile_policy();
    policy.smoothing = 0.3;
    policy.alarm_threshold = 1e9;
    Planning world(following(policy));
    expect_demand(world.hq(), kAfter);
    for (Forecast& forecast : world.hq().forecasts) forecast.level = static_cast<float>(kBefore);
    record_days(world, kDays, static_cast<Units>(kAfter));
    const double left = std::pow(1 - 0.3 / 7, kDays);
    EXPECT_NEAR(world.hq().forecasts[LocationId{0}].level, kAfter - (kAfter - kBefore) * left, 1e-3);
}

TEST(Smoothing, IsFasterAfterAChange) {
    const auto after_a_step = [](double threshold) {
        ForecastQuantile policy = quantile_policy();
        policy.alarm_threshold = threshold;
        Planning world(following(policy));
        expect_demand(world.hq(), kBefore);
        record_days(world, 14, static_cast<Units>(kAfter));
        return world.hq().forecasts[LocationId{0}];
    };
    const Forecast alarmed = after_a_step(4), calm = after_a_step(1e9);
    EXPECT_TRUE(alarmed.alarmed);
    EXPECT_FALSE(calm.alarmed);
    EXPECT_GT(alarmed.level - kBefore, 2 * (calm.level - kBefore));
}

/// After a week at three times the usual demand.
TEST(Surge, IsTheRatioOfTheWeekToTheLevels) {
    ForecastQuantile policy = quantile_policy();
    policy.smoothing = policy.alarm_smoothing = 1e-6;  // the levels stay
    Planning world(following(policy));
    expect_demand(world.hq(), kBefore);
    record_days(world, 7, static_cast<Units>(kAfter));
    EXPECT_NEAR(world.hq().surge[0][0], kAfter / kBefore, 1e-3);
    EXPECT_NEAR(world.hq().surge[0][1], kAfter / kBefore, 1e-3);
}

/// A tenth more is less than the four standard deviations that the policy asks for.
TEST(Surge, IsNotSeenInNoise) {
    Planning world(following(quantile_policy()));
    expect_demand(world.hq(), kBefore);
    record_days(world, 7, 11);
    EXPECT_EQ(world.hq().surge[0][0], 1);
    EXPECT_EQ(world.hq().surge[0][1], 1);
}

// Levels.

/// Levels of an item of the first class on the first day: 18 days of lead time on record, 25 % of it their spread.
Levels levels(Replenishment policy, double surge = 1) {
    Planning world(following(std::move(policy)));
    expect_demand(world.hq(), kBefore);
    world.hq().surge[0] = {surge, surge};
    world.run_until(0, 8.5);
    return world.hq().levels[LocationId{0}];
}

constexpr double kLead = 18, kLeadSd = 4.5, kZ95 = 1.644853626951;

TEST(Levels, StaleMinMaxIsDaysOfCover) {
    const Levels set = levels(
        StaleMinMax{.safety_days = {24, 35, 75}, .cover_days = {35, 60, 150}, .refresh_days = 90, .history_days = 90});
    EXPECT_NEAR(set.reorder_point, kBefore * (kLead + 24), 0.1);
    EXPECT_NEAR(set.order_up_to, kBefore * (kLead + 24 + 35), 0.1);
}

StaleMinMax spreadsheet(double sigma, double refresh_days) {
    return {.safety_days = {24, 24, 24},
            .cover_days = {35, 35, 35},
            .refresh_days = refresh_days,
            .history_days = 90,
            .staleness_sigma = sigma};
}

/// Items 0 and 4 are seasonal. Last season's split of the regions is in the site's spreadsheet.
TEST(Levels, StaleMinMaxHasTheSitesSeasonalBias) {
    Network network = following(spreadsheet(0, 90));
    network.sites[SiteId{0}].seasonal_bias = 0.5;
    Planning world(std::move(network));
    expect_demand(world.hq(), kBefore);
    world.run_until(0, 8.5);
    EXPECT_NEAR(world.hq().levels[LocationId{0}].daily_rate, 1.5 * kBefore, 1e-3);
    EXPECT_NEAR(world.hq().levels[LocationId{1}].daily_rate, kBefore, 1e-3);
}

/// Each parameter has an error of its own, of a mean of 1.
TEST(Levels, StaleMinMaxErrsByItsStaleness) {
    double squares = 0;
    Planning world(following(spreadsheet(0.4, 90)));
    expect_demand(world.hq(), kBefore);
    world.run_until(0, 8.5);
    for (const Levels& set : world.hq().levels) squares += std::pow(std::log(set.daily_rate / kBefore) + 0.08, 2);
    EXPECT_GT(squares, 0.05);
    EXPECT_LT(squares, 4);
}

/// Every three days, not before; the first time within three days.
TEST(Levels, AreSetAnewWhenTheyAreDue) {
    StaleMinMax every_three_days = spreadsheet(0, 3);
    every_three_days.review = sim::days{1};  // of what is reviewed more seldom, levels are as fresh as the review
    Planning world(following(every_three_days));
    expect_demand(world.hq(), kBefore);
    world.run_until(0, 8.5);
    std::vector<int> changed_on;
    for (int day = 1; day <= 18; ++day) {
        const float before = world.hq().levels[LocationId{0}].daily_rate;
        for (Forecast& forecast : world.hq().forecasts) forecast.mean = static_cast<float>(kBefore + day);
        world.run_until(day, 8.5);
        if (world.hq().levels[LocationId{0}].daily_rate != before) changed_on.push_back(day);
    }
    ASSERT_GE(changed_on.size(), 4u);
    EXPECT_LE(changed_on.size(), 6u);
    for (std::size_t i = 1; i < changed_on.size(); ++i) EXPECT_GE(changed_on[i] - changed_on[i - 1], 3);
}

TEST(Levels, ClassServiceIsTheNormalApproximation) {
    const Levels set = levels(
        ClassPolicy{.service = {0.95, 0.9, 0.9}, .cover_days = {14, 20, 60}, .refresh_days = 30, .history_days = 90});
    const double days = kLead + 7, sd = std::sqrt(days * 30 + std::pow(kBefore * kLeadSd, 2));
    EXPECT_NEAR(set.reorder_point, kBefore * days + kZ95 * sd, 0.1);
    EXPECT_NEAR(set.order_up_to - set.reorder_point, 14 * kBefore, 0.1);
}

TEST(Levels, ForecastQuantileCoversLeadTimeAndReview) {
    ForecastQuantile policy = quantile_policy();
    policy.service[0] = 0.95;
    const Levels set = levels(policy);
    const double days = kLead + 1, sd = std::sqrt(days * 30 + std::pow(kBefore * kLeadSd, 2));
    EXPECT_NEAR(set.reorder_point, kBefore * days + kZ95 * sd, 0.1);
    EXPECT_NEAR(set.confidence, 1 - std::sqrt(30 / (days + 7)) / kBefore, 1e-4);
}

TEST(Levels, ForecastQuantileRisesWithASurge) {
    ForecastQuantile policy = quantile_policy();
    policy.service[0] = 0.5;  // no safety stock
    EXPECT_NEAR(levels(policy, 2).reorder_point, 2 * levels(policy).reorder_point, 0.1);
    EXPECT_NEAR(levels(policy, 2).daily_rate, 2 * kBefore, 1e-3);
}

}  // namespace
}  // namespace entrepot::tests
