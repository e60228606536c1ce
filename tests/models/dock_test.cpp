#include <map>
#include <set>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"

/// An order line is open until it leaves the dock, and who leaves first is the strategy's to say.
namespace entrepot::tests {
namespace {

using namespace models;

/// One warehouse whose carriers take that many shipments a day, with people and stock enough for all of its orders.
Network dock(double capacity, Priority priority) {
    Network network = small_network({.sites = 1, .orders_per_day = 40, .days = 45, .pickers = 40});
    follow(network, manual_strategy());
    prioritise(network, priority);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units = 100'000;
    }
    for (Tier& tier : network.tiers) tier.escalation_probability = 0;
    for (Carrier& carrier : network.carriers) carrier.daily_capacity = {carrier.expedite ? 0 : capacity};
    return network;
}

using DockFacts = FactRecord<BacklogAtClose, CarrierDeparted, UnitsShipped, DayClosed, FreightPaid, OrderPlaced>;

TEST(Dock, NothingIsShippedWhereNoCarrierComes) {
    DockFacts told;
    simulate(dock(0, Fifo{}), 3, 0, told.log);
    std::int64_t ordered = 0, picked = 0;
    for (const auto& day : told.all<DayClosed>()) {
        ordered += day.fact.lines_ordered;
        picked += day.fact.lines_picked;
    }
    EXPECT_GT(picked, 0.9 * static_cast<double>(ordered));
    EXPECT_TRUE(told.all<UnitsShipped>().empty());
    const BacklogAtClose& last = told.all<BacklogAtClose>().back().fact;
    EXPECT_EQ(last.open_lines, ordered);
    EXPECT_GT(last.past_due_lines, 0.7 * static_cast<double>(ordered));
    EXPECT_GT(last.staged, 0.9 * static_cast<double>(told.all<OrderPlaced>().size()));
    std::int64_t chances = 0, missed = 0;
    for (const auto& departure : told.all<CarrierDeparted>()) {
        EXPECT_EQ(departure.fact.taken, 0);
        chances += departure.fact.first_chances;
        missed += departure.fact.missed;
    }
    EXPECT_EQ(missed, chances);
    EXPECT_GT(chances, 0.9 * static_cast<double>(told.all<OrderPlaced>().size()));
}

TEST(Dock, WithRoomForAllTheDockIsEmptyAfterTheLastCutOff) {
    DockFacts told;
    simulate(dock(1e6, Fifo{}), 3, 0, told.log);
    std::int64_t taken = 0;
    for (const auto& departure : told.all<CarrierDeparted>()) {
        EXPECT_EQ(departure.fact.missed, 0);
        EXPECT_EQ(departure.fact.first_chances, departure.fact.taken);
        taken += departure.fact.taken;
    }
    EXPECT_EQ(taken, static_cast<std::int64_t>(told.all<FreightPaid>().size()));
    EXPECT_GT(taken, 0.9 * static_cast<double>(told.all<OrderPlaced>().size()));
}

TEST(Dock, AShipmentMissesItsFirstDepartureOnceHoweverLongItWaits) {
    DockFacts told;
    simulate(dock(20, Fifo{}), 3, 0, told.log);
    std::int64_t chances = 0, missed = 0;
    for (const auto& departure : told.all<CarrierDeparted>()) {
        EXPECT_LE(departure.fact.taken, 20);
        chances += departure.fact.first_chances;
        missed += departure.fact.missed;
    }
    EXPECT_LE(chances, static_cast<std::int64_t>(told.all<OrderPlaced>().size()));
    EXPECT_GT(missed, chances / 4);
    EXPECT_LT(missed, chances);
}

/// Shipments of a tier that the carriers took on each day, by the freight that they were paid.
std::map<int, std::map<int, int>> departures(const Network& network) {
    DockFacts told;
    simulate(network, 3, 0, told.log);
    std::map<int, std::map<int, int>> by_tier_and_day;
    for (const auto& paid : told.all<FreightPaid>()) ++by_tier_and_day[paid.fact.tier][day_of(paid.at)];
    return by_tier_and_day;
}

/// Half of what the dock sends to contract customers gets no room. By tier, that is none of the first tier's; in turn,
/// it is as much of the one as of the other.
TEST(Dock, ScarceCapacityGoesByTheStrategysPriority) {
    const auto share_of_first = [](Priority rule) {
        const auto shipments = departures(dock(20, rule));
        const auto count = [&](int tier) {
            int sum = 0;
            for (const auto& [day, n] : shipments.at(tier)) sum += n;
            return sum;
        };
        return count(0) / static_cast<double>(count(0) + count(1));
    };
    EXPECT_NEAR(share_of_first(Fifo{}), 0.4, 0.05);          // as they are ordered
    EXPECT_NEAR(share_of_first(TierThenDate{}), 0.8, 0.05);  // 16 of 20: all that are ordered
}

/// What the ordinary carriers leave behind, and would bring too late, is worth the fast service to a strategy that has
/// it.
TEST(Dock, WhatIsLeftBehindIsExpeditedWhereItWouldBeLate) {
    const auto expedited = [](bool expedite_late_orders) {
        Network network = dock(20, Fifo{});
        network.strategy.expedite_late_orders = expedite_late_orders;
        for (Carrier& carrier : network.carriers) {
            if (carrier.expedite) carrier.daily_capacity = {1000};
        }
        DockFacts told;
        simulate(network, 3, 0, told.log);
        std::map<int, int> by_tier;
        for (const auto& paid : told.all<FreightPaid>()) by_tier[paid.fact.tier] += paid.fact.expedited;
        return by_tier;
    };
    EXPECT_EQ(expedited(false)[0], 0);
    const auto late = expedited(true);
    EXPECT_GT(late.at(0), 100);
    EXPECT_EQ(late.at(1), 0);  // for the first tier only
}

}  // namespace
}  // namespace entrepot::tests
