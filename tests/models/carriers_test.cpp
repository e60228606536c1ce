#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Carriers: when they come, what they take, how long they need and what they cost.
namespace entrepot::tests {
namespace {

using namespace models;

using CarrierWorld = SmallWorld<CarrierDeparted, FreightPaid, OrderClosed>;

Network carriers_with_room() {
    Network network = quiet_network();
    network.sites[SiteId{0}].pickers = 60;
    for (Carrier& carrier : network.carriers) carrier.daily_capacity = {1e6};
    return network;
}

/// Orders of Monday by the day on which they are delivered.
std::map<int, int> delivered(const Network& network, int orders) {
    CarrierWorld dock(network);
    dock.run_until(0, 6);
    for (int i = 0; i < orders; ++i) dock.order(0, {line(1, 1)});
    dock.run_until(12);
    std::map<int, int> days;
    for (const auto& closed : dock.all<OrderClosed>()) ++days[closed.fact.delivered_day];
    return days;
}

TEST(Carriers, TakeLessInADisturbance) {
    Network network = quiet_network();
    network.disturbances.push_back({.kind = Disturbance::Kind::carrier_capacity,
                                    .first_day = 2,
                                    .days = 2,
                                    .carrier = CarrierId{0},
                                    .site = SiteId{0},
                                    .factor = 0.25});
    CarrierWorld dock(std::move(network));
    dock.run_until(5);
    std::vector<int> capacity;
    for (const auto& departure : dock.all<CarrierDeparted>()) {
        if (departure.fact.carrier == 0) capacity.push_back(departure.fact.capacity);
    }
    EXPECT_EQ(capacity, (std::vector{120, 120, 30, 30, 120}));
}

/// A late shipment takes a business day more, three of ten take two. Of 300 that errs by 7.9, one standard deviation:
/// false alarm 6e-7.
TEST(Carriers, AreLateByADayOrTwo) {
    Network network = carriers_with_room();
    for (Carrier& carrier : network.carriers) carrier.on_time = 0;
    const std::map<int, int> days = delivered(network, 300);
    ASSERT_EQ(days.size(), 2u);
    EXPECT_NEAR(days.at(2), 210, 40);
    EXPECT_EQ(days.at(2) + days.at(3), 300);
}

/// False alarm 1e-6, as above.
TEST(Carriers, TakeTheDaysOfTheirTable) {
    Network network = carriers_with_room();
    for (Carrier& carrier : network.carriers) carrier.transit_days = {0.5, 0.3, 0.2};
    std::map<int, int> days = delivered(network, 300);
    EXPECT_NEAR(days[1], 150, 44);
    EXPECT_NEAR(days[2], 90, 40);
    EXPECT_NEAR(days[3], 60, 35);
}

/// Eight pounds by the ordinary carrier, and by the fast one at 2.5 times the price.
TEST(Carriers, ArePaidByShipmentWeightAndFactor) {
    for (const bool fast : {false, true}) {
        CarrierWorld dock(quiet_network());
        dock.run_until(0, 9);
        dock.order_at(dock.order(0, {line(1, 10)})).boosted = fast;
        dock.run_until(1);
        const double ordinary = 15 + 0.3 * 8;
        ASSERT_EQ(dock.all<FreightPaid>().size(), 1u);
        const FreightPaid& paid = dock.all<FreightPaid>()[0].fact;
        EXPECT_NEAR(Money{paid.micros}.amount(), fast ? 2.5 * ordinary : ordinary, 1e-4);
        EXPECT_NEAR(Money{paid.expedite_extra_micros}.amount(), fast ? 1.5 * ordinary : 0, 1e-4);
    }
}

TEST(Carriers, ComeOnSaturdayWhereTheySaySo) {
    Network network = quiet_network();
    network.carriers[CarrierId{1}].on_saturday = true;
    CarrierWorld dock(std::move(network));
    dock.run_until(7);
    std::map<int, int> days;
    for (const auto& departure : dock.all<CarrierDeparted>()) ++days[departure.fact.carrier];
    EXPECT_EQ(days[0], 5);
    EXPECT_EQ(days[1], 6);
}

}  // namespace
}  // namespace entrepot::tests
