#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Pickers: who comes, how long they stay, how fast they are, what they take first; and the receivers at the dock.
namespace entrepot::tests {
namespace {

using namespace models;

using Warehouse = SmallWorld<LabourDay, DayClosed, LineFirstPass, StockAdjusted>;

/// Person-hours on the roster of each day.
std::vector<double> hours_available(const Network& network, int days) {
    Warehouse house(network);
    house.run_until(days, 1);
    std::vector<double> hours;
    for (const auto& day : house.all<LabourDay>()) hours.push_back(day.fact.straight_available);
    return hours;
}

/// Orders of a tier with one line of one unit each, dealt to the items.
void order_lines(Warehouse& house, int lines, std::size_t tier = 0) {
    for (int i = 0; i < lines; ++i) house.order(tier, {line(static_cast<std::size_t>(i % 5), 1)});
}

TEST(Crew, HalfOfTheFirstShiftComesOnSaturday) {
    const std::vector<double> hours = hours_available(quiet_network(), 7);
    ASSERT_EQ(hours.size(), 7u);
    EXPECT_EQ(hours[4], 6 * 8);
    EXPECT_EQ(hours[5], 2 * 8);  // of three people
    EXPECT_EQ(hours[6], 0);
}

TEST(Crew, StaysAtHomeOnSaturdayWhereNobodyPicks) {
    Network network = quiet_network();
    network.sites[SiteId{0}].picks_on_saturday = false;
    EXPECT_EQ(hours_available(network, 6)[5], 0);
}

TEST(Crew, IsDealtToTheShiftsToThePerson) {
    Network network = quiet_network();
    network.sites[SiteId{0}].pickers = 5;
    EXPECT_EQ(hours_available(network, 1)[0], 5 * 8);
}

/// 43 business days with 40 people each: the share of a quarter errs by 0.0105, one standard deviation. False alarm
/// 6e-7.
TEST(Crew, StaysAwayByItsProbability) {
    Network network = quiet_network();
    network.sites[SiteId{0}].pickers = 40;
    network.sites[SiteId{0}].absence = 0.25;
    double present = 0, rostered = 0;
    const std::vector<double> hours = hours_available(network, 59);
    for (std::size_t day = 0; day < hours.size(); ++day) {
        if (day % 7 >= 5) continue;
        present += hours[day];
        rostered += 40 * 8;
    }
    EXPECT_NEAR(present / rostered, 0.75, 0.0525);
}

TEST(Crew, StaysAwayInADisturbance) {
    Network network = quiet_network();
    network.disturbances.push_back({.kind = Disturbance::Kind::absence, .first_day = 1, .days = 2, .site = SiteId{0}});
    const std::vector<double> hours = hours_available(network, 5);
    EXPECT_EQ(hours[0], 6 * 8);
    EXPECT_EQ(hours[1], 0);
    EXPECT_EQ(hours[2], 0);
    EXPECT_EQ(hours[3], 6 * 8);
}

// Overtime.

/// The first day of two people, one in each shift, with so many lines from an hour on.
struct BusyDay {
    LabourDay labour{};
    int lines_picked = 0;
};
BusyDay busy_day(int lines, double hour, double rate_factor = 0.95, double most_hours = 2) {
    Network network = quiet_network();
    Site& site = network.sites[SiteId{0}];
    site.pickers = 2;
    site.overtime_rate_factor = rate_factor;
    site.overtime_max_hours = most_hours;
    Warehouse house(std::move(network));
    house.run_until(0, hour);
    order_lines(house, lines);
    house.run_until(1, 1);
    return {house.all<LabourDay>()[0].fact, house.all<DayClosed>()[0].fact.lines_picked};
}

TEST(Overtime, LastsNoLongerThanItsLimitAndIsPaidMore) {
    const LabourDay day = busy_day(2000, 9).labour;
    EXPECT_EQ(day.overtime, 4);  // two hours of each of the two
    EXPECT_EQ(day.overtime_cost_micros, Money::of(27 * 1.5 * 4).micros);
}

/// A third of an eight-hour shift may lie: 2.4 hours, or 82 lines.
TEST(Overtime, BeginsAboveItsTrigger) {
    EXPECT_EQ(busy_day(40, 20).labour.overtime, 0);
    EXPECT_GT(busy_day(200, 20).labour.overtime, 0);
}

/// From ten to midnight one person picks some 68 lines, or half of them.
TEST(Overtime, IsSlowerByItsFactor) {
    const auto picked = [](double factor) { return busy_day(400, 20, factor, 4).lines_picked; };
    EXPECT_NEAR(picked(1) - picked(0.5), 34, 10);
}

/// A Saturday is no example of the next business day.
TEST(Overtime, ExpectsTheLinesOfABusinessDay) {
    Warehouse house(quiet_network());
    house.run_until(4, 9);
    order_lines(house, 40);
    house.run_until(5, 7);
    order_lines(house, 5);
    house.run_until(6);
    EXPECT_EQ(house.site().released_in_shift[0], 40);
}

// Picking.

/// 400 tasks whose times vary by 30 %: 1.5 % of their sum, one standard deviation. False alarm 6e-5.
TEST(Picking, TakesTheHoursOfItsLines) {
    Network network = quiet_network();
    network.sites[SiteId{0}].pickers = 24;
    Warehouse house(std::move(network));
    house.run_until(0, 9);
    order_lines(house, 400);
    house.run_until(1, 1);
    EXPECT_NEAR(house.all<LabourDay>()[0].fact.straight_busy, 400 / (40 * 0.85), 0.06 * 400 / (40 * 0.85));
}

/// One person does half of what is released.
Network one_picker() {
    Network network = quiet_network();
    prioritise(network, TierThenDate{});
    network.sites[SiteId{0}].pickers = 1;
    return network;
}

TEST(Picking, AWaveTakesTheFirstByPriority) {
    Warehouse house(one_picker());
    house.run_until(0, 9);
    order_lines(house, 300, 1);
    order_lines(house, 20, 0);
    house.run_until(0, 14);
    const auto& picked = house.all<LineFirstPass>();
    ASSERT_GT(picked.size(), 50u);
    for (std::size_t i = 0; i < picked.size(); ++i) EXPECT_EQ(picked[i].fact.tier, i < 20 ? 0 : 1);
}

/// What came first at the last wave of the day before needn't in the morning: nothing else says so in this night.
TEST(Picking, RanksAreMadeAnewOvernight) {
    Warehouse house(one_picker());
    house.run_until(0, 9);
    order_lines(house, 800, 1);
    const std::uint32_t boosted = house.order(2, {line(0, 1)});
    house.run_until(1, 5);
    house.site().ranked_day = 0;
    house.order_at(boosted).boosted = true;
    house.run_until(1, 9.5);  // after what is left in the wave
    const auto& picked = house.all<LineFirstPass>();
    EXPECT_TRUE(std::ranges::any_of(picked, [](const auto& line) { return line.fact.tier == 2; }));
}

TEST(Picking, AnUrgentTransferGoesBeforeOrders) {
    Network network = quiet_network(2);
    network.sites[SiteId{0}].pickers = 1;
    Warehouse house(std::move(network));
    house.run_until(0, 9);
    order_lines(house, 300);
    house.transfer(0, 10, TransferMode::urgent);
    house.run_until(0, 10.25);
    EXPECT_EQ(house.site().truth[ItemId{0}].moved.sent, 10);
}

// Receiving.

TEST(Receiving, GoesAtTheRateOfItsPeople) {
    Network network = quiet_network();
    Site& site = network.sites[SiteId{0}];
    site.receivers = 2;
    site.receive_lines_per_hour = site.productive_share = 1;
    Warehouse house(std::move(network));
    house.run_until(0, 8);
    for (int load = 0; load < 20; ++load) house.arrive(0, 1);
    house.run_until(0, 12.5);
    EXPECT_EQ(house.site().truth[ItemId{0}].on_hand, 1008);  // two an hour
}

TEST(Receiving, WaitsForTheMorning) {
    Warehouse house(quiet_network());
    house.run_until(0, 23);
    house.arrive(0, 1);
    house.run_until(1, 6);
    EXPECT_EQ(house.site().truth[ItemId{0}].on_hand, 1000);
    house.run_until(1, 7);
    EXPECT_EQ(house.site().truth[ItemId{0}].on_hand, 1001);
}

TEST(Receiving, PutsAwayInTheTimeOfTheSite) {
    Network network = quiet_network();
    network.sites[SiteId{0}].dock_to_stock = {sim::hours{2}, sim::hours{5}, sim::hours{12}};
    Warehouse house(std::move(network));
    house.run_until(0, 8);
    for (int load = 0; load < 30; ++load) house.arrive(0, 1);
    house.run_until(0, 10);
    EXPECT_EQ(house.site().truth[ItemId{0}].on_hand, 1000);
    house.run_until(0, 14);
    EXPECT_GT(house.site().truth[ItemId{0}].on_hand, 1000);
    EXPECT_LT(house.site().truth[ItemId{0}].on_hand, 1030);
    house.run_until(0, 22);
    EXPECT_EQ(house.site().truth[ItemId{0}].on_hand, 1030);
}

}  // namespace
}  // namespace entrepot::tests
