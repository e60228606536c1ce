#include "models/records/demand_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/decisions/estimators/estimate.hpp"
#include "models/small_world.hpp"

/// Days of recorded demand are kept for policies that look back at them, and for nobody else.
namespace entrepot::tests {
namespace {

using namespace models;
using testing::ElementsAre;
using testing::IsEmpty;

using Recorded = SmallWorld<>;

Network looking_back(const NamedPolicy& policy) {
    Network network = quiet_network();
    follow(network, orchestrated_strategy());
    replenish(network, policy);
    network.strategy.transfers.proactive = false;
    return network;
}

NamedPolicy spans_of_days(double days) {
    return {"empirical_quantile",
            {{"service", {0.9, 0.9, 0.9}}, {"cover", {7, 7, 7}}, {"refresh", {1}}, {"history", {days}}}};
}

NamedPolicy forecast_by(Estimator estimator, std::map<std::string, std::vector<double>> more = {}) {
    more.insert({{"service", {0.9, 0.9, 0.9}}, {"cover", {7, 7, 7}}, {"estimator", {static_cast<double>(estimator)}}});
    return {"forecast_quantile", more};
}

/// On each of so many days from a day on, so many units and the day's number are recorded of each item.
void want(Recorded& world, int from, int days, Units units) {
    for (int day = from; day < from + days; ++day) {
        world.run_until(day, 23);
        for (StockView& view : world.hq().view) view.demand += static_cast<std::uint32_t>(units + day);
        world.run_until(day + 1, 5.5);
    }
}

std::vector<float> days_of(const Recorded& world, int today, LocationId location = LocationId{0}) {
    std::vector<float> room(100);
    const auto found = recorded_days(world.world.state.headquarters, location, today, room);
    return {found.begin(), found.end()};
}

TEST(DemandRecord, KeepsTheLastDaysInTheirOrder) {
    Recorded world(looking_back(spans_of_days(7)));
    EXPECT_THAT(days_of(world, 0), IsEmpty());
    want(world, 0, 3, 10);
    EXPECT_THAT(days_of(world, 3), ElementsAre(10, 11, 12));
    want(world, 3, 6, 10);
    EXPECT_THAT(days_of(world, 9), ElementsAre(12, 13, 14, 15, 16, 17, 18));
}

TEST(DemandRecord, IsKeptForNobodyElse) {
    Recorded world(looking_back(forecast_by(Estimator::weekly)));
    EXPECT_TRUE(world.hq().recorded_days.empty());
}

TEST(DemandRecord, LeavesOutWhatWasAnnounced) {
    Network network = looking_back(forecast_by(Estimator::croston, {{"record", {21}}}));
    const std::vector<double> first_item = {1, 0, 0, 0, 0};
    std::vector<double> until(20, 40);
    until[0] = until[1] = 0;
    until[2] = 4;
    until[3] = 8;
    network.announced[SiteId{0}].push_back({.items = sim::Discrete(first_item), .until = until});
    Recorded world(std::move(network));
    want(world, 0, 4, 10);
    EXPECT_THAT(days_of(world, 4), ElementsAre(10, 7, 8, 0));  // 4, 4 and 32 of them were announced
    EXPECT_THAT(days_of(world, 4, LocationId{1}), ElementsAre(10, 11, 12, 13));
}

TEST(DemandRecord, MovesWithTheRegion) {
    Recorded world(looking_back(spans_of_days(7)));
    want(world, 0, 3, 10);
    move_days(world.hq(), LocationId{1}, LocationId{0});
    EXPECT_THAT(days_of(world, 3), ElementsAre(20, 22, 24));
    EXPECT_THAT(days_of(world, 3, LocationId{1}), ElementsAre(0, 0, 0));
}

TEST(DemandRecord, GoesOnUnderAnotherPolicyAsFarAsThatLooksBack) {
    Recorded world(looking_back(spans_of_days(7)));
    want(world, 0, 9, 10);
    keep_other_days(world.hq(), looking_back(spans_of_days(20)), 9);
    EXPECT_THAT(days_of(world, 9), ElementsAre(12, 13, 14, 15, 16, 17, 18));
    keep_other_days(world.hq(), looking_back(spans_of_days(7)), 9);
    keep_day(world.hq(), LocationId{0}, 9, 5);
    EXPECT_THAT(days_of(world, 10), ElementsAre(13, 14, 15, 16, 17, 18, 5));
    keep_other_days(world.hq(), looking_back(forecast_by(Estimator::weekly)), 10);
    EXPECT_TRUE(world.hq().recorded_days.empty());
}

/// What headquarters expects is what the estimator makes of the record.
TEST(Forecasts, AreMadeByTheEstimatorThatThePolicyNames) {
    for (const Estimator by :
         {Estimator::exponential, Estimator::holt_winters, Estimator::croston, Estimator::sba, Estimator::tsb}) {
        Recorded world(looking_back(forecast_by(by)));
        want(world, 0, 28, 10);
        world.run_until(28, 9);
        const std::vector<float> record = days_of(world, 28);
        ASSERT_EQ(record.size(), 28u);
        const double lead = world.hq().lead_times[world.network.items[ItemId{0}].supplier].mean;
        const auto expected = estimate(record, {.by = by}, static_cast<int>(std::lround(lead + 1)));
        ASSERT_TRUE(expected);
        EXPECT_NEAR(world.hq().levels[LocationId{0}].daily_rate, expected->rate, 1e-3) << static_cast<int>(by);
        EXPECT_GT(std::abs(double{world.hq().forecasts[LocationId{0}].level} - expected->rate), 0.1);
    }
}

/// Until then the one that is kept up each night has the word.
TEST(Forecasts, WaitForTheRecord) {
    Recorded world(looking_back(forecast_by(Estimator::holt_winters)));
    want(world, 0, 14, 10);
    world.run_until(14, 9);
    const double surge = world.hq().surge[0][world.network.items[ItemId{0}].seasonal];
    EXPECT_NEAR(world.hq().levels[LocationId{0}].daily_rate, world.hq().forecasts[LocationId{0}].level * surge, 1e-3);
}

}  // namespace
}  // namespace entrepot::tests
