#include <cmath>
#include <map>
#include <tuple>

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

/// A third of what the first carrier is offered it refuses, and the second one of the channel takes it on the same day.
/// 600 shipments, four standard deviations.
TEST(Carriers, OfferWhatOneRefusesToTheNext) {
    Network network = carriers_with_room();
    network.carriers.push_back(network.carriers[CarrierId{0}]);
    const auto next = static_cast<std::uint8_t>(network.carriers.size() - 1);
    network.carriers[CarrierId{next}].key += 1;
    network.carriers[CarrierId{0}].rejects = 1 / 3.0;
    finish(network);
    CarrierWorld dock(network);
    dock.run_until(0, 6);
    for (int i = 0; i < 600; ++i) dock.order(0, {line(1, 1)});
    dock.run_until(1);
    int refused = 0, taken_next = 0, missed = 0;
    for (const auto& [at, where, left] : dock.all<CarrierDeparted>()) {
        refused += left.refused;
        missed += left.missed;
        if (left.carrier == next) taken_next += left.taken;
    }
    EXPECT_NEAR(refused, 200, 4 * std::sqrt(600 * 2 / 9.0));
    EXPECT_EQ(taken_next, refused);
    EXPECT_EQ(missed, 0);
}

/// Of three hundred shipments it refuses half, and has room for a hundred: the truck is full.
TEST(Carriers, FillTheirTruckWithWhatTheyDoNotRefuse) {
    Network network = carriers_with_room();
    network.carriers[CarrierId{0}].daily_capacity = {100};
    network.carriers[CarrierId{0}].rejects = 0.5;
    CarrierWorld dock(network);
    dock.run_until(0, 6);
    for (int i = 0; i < 300; ++i) dock.order(0, {line(1, 1)});
    dock.run_until(1);
    int taken = 0;
    for (const auto& [at, where, left] : dock.all<CarrierDeparted>()) taken += left.taken;
    EXPECT_EQ(taken, 100);
}

/// What no carrier takes misses its departure, and is offered again on the next day.
TEST(Carriers, LeaveBehindWhatAllRefuse) {
    Network network = carriers_with_room();
    network.carriers[CarrierId{0}].rejects = 0.5;
    CarrierWorld dock(network);
    dock.run_until(0, 6);
    for (int i = 0; i < 300; ++i) dock.order(0, {line(1, 1)});
    dock.run_until(1);
    int missed = 0;
    for (const auto& [at, where, left] : dock.all<CarrierDeparted>()) missed += left.missed;
    EXPECT_NEAR(missed, 150, 4 * std::sqrt(75.0));
    dock.run_until(12);
    EXPECT_EQ(dock.all<OrderClosed>().size(), 300u);
}

/// A peak changes punctuality, refusals and prices of one carrier while it lasts.
TEST(Carriers, HaveTermsOfTheirPeak) {
    Network network = carriers_with_room();
    Carrier& carrier = network.carriers[CarrierId{0}];
    carrier.peak_on_time = 0;
    carrier.peak_rejects = 0.5;
    carrier.peak_surcharge = 1.5;
    const auto paid = [&](bool peak) {
        Network other = network;
        if (peak) {
            other.disturbances.push_back(
                {.kind = Disturbance::Kind::carrier_peak, .days = 3, .carrier = CarrierId{0}, .everywhere = true});
        }
        CarrierWorld dock(other);
        dock.run_until(0, 6);
        for (int i = 0; i < 100; ++i) dock.order(0, {line(1, 1)});
        dock.run_until(1);
        double sum = 0;
        int refused = 0;
        for (const auto& one : dock.all<FreightPaid>()) sum += Money{one.fact.micros}.amount();
        for (const auto& one : dock.all<CarrierDeparted>()) refused += one.fact.refused;
        dock.run_until(12);
        int punctual = 0;
        for (const auto& one : dock.all<OrderClosed>()) punctual += one.fact.delivered_day == 1;
        return std::tuple(sum / static_cast<double>(100 - refused), refused, punctual);
    };
    const auto [usual, usually_refused, usually_punctual] = paid(false);
    const auto [dear, refused, punctual] = paid(true);
    EXPECT_NEAR(dear, 1.5 * usual, 1e-6);
    EXPECT_EQ(usually_refused, 0);
    EXPECT_NEAR(refused, 50, 20);
    EXPECT_EQ(usually_punctual, 100);
    EXPECT_EQ(punctual, 0);
}

/// Two customers, two hundred orders: together they pay for two shipments, and for the weight of all.
TEST(Carriers, TakeACustomersOrdersTogether) {
    const auto paid = [](int accounts, bool consolidates) {
        Network network = carriers_with_room();
        network.tiers[TierId{0}].accounts = accounts;
        network.carriers[CarrierId{0}].consolidates = consolidates;
        CarrierWorld dock(network);
        dock.run_until(0, 6);
        for (int i = 0; i < 200; ++i) dock.order(0, {line(1, 1)});
        dock.run_until(1);
        double sum = 0;
        for (const auto& one : dock.all<FreightPaid>()) sum += Money{one.fact.micros}.amount();
        return sum;
    };
    const double weight = 200 * 0.3 * 0.8;
    EXPECT_NEAR(paid(2, true), 2 * 15 + weight, 1e-3);
    EXPECT_NEAR(paid(2, false), 200 * 15 + weight, 1e-3);
    EXPECT_NEAR(paid(0, true), 200 * 15 + weight, 1e-3);
}

/// What goes along with another one by the fast service would have gone along by the ordinary one, too: the premium is
/// that of its weight. Where the ordinary one takes each for itself, it is none rather than less than none.
TEST(Carriers, TellNoPremiumBelowNothing) {
    const auto premiums = [](bool ordinary_consolidates) {
        Network network = carriers_with_room();
        network.tiers[TierId{0}].accounts = 1;
        network.carriers[CarrierId{0}].consolidates = ordinary_consolidates;
        Carrier& fast = network.carriers[CarrierId{2}];
        fast.consolidates = true;
        fast.per_shipment = Money::of(40);
        fast.per_lb = Money::of(0.5);
        fast.cost_factor = 1;
        CarrierWorld dock(network);
        dock.run_until(0, 6);
        for (int i = 0; i < 2; ++i) dock.order_at(dock.order(0, {line(1, 10)})).boosted = true;
        dock.run_until(1);
        std::vector<double> all;
        for (const auto& one : dock.all<FreightPaid>()) all.push_back(Money{one.fact.expedite_extra_micros}.amount());
        return all;
    };
    const double ordinary_per_lb = 0.3, weight = 8, ordinary_per_shipment = 15;
    const std::vector<double> alike = premiums(true), apart = premiums(false);
    ASSERT_EQ(alike.size(), 2u);
    ASSERT_EQ(apart.size(), 2u);
    EXPECT_NEAR(alike[0], 40 - ordinary_per_shipment + (0.5 - ordinary_per_lb) * weight, 1e-3);
    EXPECT_NEAR(alike[1], (0.5 - ordinary_per_lb) * weight, 1e-3);
    EXPECT_NEAR(apart[0], alike[0], 1e-3);
    EXPECT_EQ(apart[1], 0);
}

}  // namespace
}  // namespace entrepot::tests
