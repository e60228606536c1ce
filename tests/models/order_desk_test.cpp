#include "models/records/order_desk.hpp"

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// What the order desk promises, whom it lets wait, to whom it gives stock, and what a broken promise costs.
namespace entrepot::tests {
namespace {

using namespace models;

using Desk = SmallWorld<LineCancelled, PenaltyCharged, UnitsUndelivered, TransferOrdered, OrderClosed>;

/// Item 0 is nowhere, the others are.
Network without_item_0(std::size_t sites = 1) {
    Network network = quiet_network(sites);
    network.initial.on_hand[SiteId{0}][ItemId{0}] = 0;
    return network;
}

// Promises.

TEST(Promise, ByTheTableIsSoManyBusinessDaysAfterTheOrder) {
    Desk desk(quiet_network());
    desk.run_until(0, 9);
    EXPECT_EQ(desk.order_at(desk.order(0, {line(1, 5)})).promised_day, 2);
    EXPECT_EQ(desk.order_at(desk.order(1, {line(1, 5)})).promised_day, 7);  // five days, over a weekend
}

/// Monday's order after two o'clock is Tuesday's, Friday's is Monday's.
TEST(Promise, CountsFromTheNextDayAfterTheCutoff) {
    Network network = quiet_network();
    network.tiers[TierId{0}].order_cutoff_minute = 14 * 60;
    Desk desk(std::move(network));
    const auto promised = [&](int day, double hour) {
        desk.run_until(day, hour);
        return desk.order_at(desk.order(0, {line(1, 1)})).promised_day;
    };
    EXPECT_EQ(promised(0, 13), 2);
    EXPECT_EQ(promised(0, 14), 3);
    EXPECT_EQ(promised(4, 13), 8);  // Friday: Monday, Tuesday
    EXPECT_EQ(promised(4, 15), 9);  // counts as Monday's
}

TEST(Promise, LooksAtTheNextReceiptWhereTheStrategySaysSo) {
    for (const bool looks : {true, false}) {
        Network network = without_item_0();
        network.promise_of.assign(network.tiers.size(), looks ? PromiseRule::available_to_promise : PromiseRule::table);
        Desk desk(std::move(network));
        desk.run_until(1, 9);
        Context context = desk.at_site();
        on(desk.site(), ReceiptExpected{0, 10}, context);
        EXPECT_EQ(desk.order_at(desk.order(0, {line(0, 5)})).promised_day,
                  looks ? 14 : 3);  // a Thursday, two days to ship, a weekend
        EXPECT_EQ(desk.order_at(desk.order(0, {line(1, 5)})).promised_day, 3);  // of this there is enough
    }
}

TEST(Promise, RestsOnTheEarliestReceiptThatIsNotPast) {
    Desk desk(quiet_network());
    const auto tell = [&](int day) {
        Context context = desk.at_site();
        on(desk.site(), ReceiptExpected{0, day}, context);
        return desk.site().record[ItemId{0}].expected_day;
    };
    desk.run_until(1, 9);
    EXPECT_EQ(tell(20), 20);
    EXPECT_EQ(tell(12), 12);
    EXPECT_EQ(tell(15), 12);
    desk.run_until(13);
    EXPECT_EQ(tell(25), 25);
}

TEST(Promise, RestsOnWhatIsToldOnTheFirstDay) {
    Network network = without_item_0();
    network.promise_of.assign(network.tiers.size(), PromiseRule::available_to_promise);
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    EXPECT_EQ(desk.order_at(desk.order(0, {line(0, 5)})).promised_day, 2);
    Context context = desk.at_site();
    on(desk.site(), ReceiptExpected{0, 7}, context);
    EXPECT_EQ(desk.order_at(desk.order(0, {line(0, 5)})).promised_day, 9);
}

/// Where headquarters and the sites hear of each other within the day; a nightly batch knows no receipts ahead.
TEST(Promise, HearsOfWhatIsOrderedFromSuppliers) {
    for (const bool at_once : {true, false}) {
        Network network = without_item_0();
        if (at_once) hear_at_once(network);
        Desk desk(std::move(network));
        desk.run_until(0, 9);
        desk.order(0, {line(0, 5)});
        const auto expected = [&] { return desk.site().record[ItemId{0}].expected_day; };
        int day = 0;
        for (; day < 10 && desk.hq().purchases.size() == 0; ++day) desk.run_until(day, 23);  // a review and the desk
        ASSERT_GE(desk.hq().purchases.size(), 1u);
        const int due = day_of(desk.hq().purchases[0].due);
        EXPECT_EQ(expected(), at_once ? due : -1);
        desk.run_until(day, 12);  // after the nightly batch
        EXPECT_EQ(expected(), due);
    }
}

// Escalations.

Network escalating() {
    Network network = without_item_0(2);
    hear_at_once(network);
    for (Tier& tier : network.tiers) tier.escalation_probability = 1;
    return network;
}

TEST(Escalation, FollowsAShortLine) {
    Desk desk(escalating());
    desk.run_until(0, 9);
    EXPECT_TRUE(desk.order_at(desk.order(0, {line(0, 5)})).escalated);
    EXPECT_FALSE(desk.order_at(desk.order(0, {line(1, 5)})).escalated);
}

TEST(Escalation, FollowsAPromiseThatWasNotKept) {
    Network network = escalating();
    for (Carrier& carrier : network.carriers) carrier.daily_capacity.assign(2, 0);
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(1, 5)});  // for day 2
    desk.run_until(3);
    EXPECT_FALSE(desk.order_at(order).escalated);
    desk.run_until(3, 1);
    EXPECT_TRUE(desk.order_at(order).escalated);
}

TEST(Escalation, AsksForATruckForTheFirstTierOnly) {
    for (const std::size_t tier : {0u, 1u}) {
        Desk desk(escalating());
        desk.run_until(0, 9);
        const std::uint32_t order = desk.order(tier, {line(0, 5)});
        desk.run_until(3);
        EXPECT_TRUE(desk.order_at(order).boosted);
        const auto& trucks = desk.all<TransferOrdered>();
        ASSERT_EQ(trucks.size(), tier == 0 ? 1u : 0u);
        if (tier == 0) {
            EXPECT_EQ(trucks[0].fact.urgent, 1);
            EXPECT_EQ(trucks[0].fact.units, 5);
        }
    }
}

/// The last extract is of the night before: that it knows of no shortage settles nothing.
TEST(Escalation, AsksForATruckThoughTheLastExtractKnewNothing) {
    Network network = escalating();
    network.strategy.integration = manual_strategy().integration;
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(0, {line(0, 5)});
    desk.run_until(1);
    EXPECT_EQ(desk.all<TransferOrdered>().size(), 1u);
}

/// The search takes three hours at the median: not half an hour, but for one in 5000.
TEST(Escalation, IsSettledAfterTheSearchForFacts) {
    Network network = escalating();
    network.strategy.workflow.escalation_search_median = std::chrono::hours{3};
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(0, 5)});
    desk.run_until(0, 9.5);
    EXPECT_FALSE(desk.order_at(order).boosted);
    desk.run_until(2);
    EXPECT_TRUE(desk.order_at(order).boosted);
}

TEST(Escalation, IsAnAgentsWork) {
    for (const int agents : {1, 0}) {
        Network network = escalating();
        network.office.planners = 0;
        network.office.service_agents = agents;
        Desk desk(std::move(network));
        desk.run_until(0, 9);
        const std::uint32_t order = desk.order(1, {line(0, 5)});
        desk.run_until(5);
        EXPECT_EQ(desk.order_at(order).boosted, agents > 0);
    }
}

TEST(Escalation, ASettledOneIsServedFirst) {
    Desk desk(escalating());
    desk.run_until(0, 9);
    const std::uint32_t first = desk.order(2, {line(0, 5)});
    const std::uint32_t second = desk.order(2, {line(0, 5)});
    Context context = desk.at_site();
    on(desk.site(), EscalationResolved{name_of(desk.order_at(second))}, context);
    desk.find_stock(0, 5);
    EXPECT_EQ(desk.line_of(second).allocated, 5);
    EXPECT_EQ(desk.line_of(first).allocated, 0);
}

// Patience.

TEST(Patience, WhoDoesNotWaitCancelsAtOnce) {
    Network network = without_item_0();
    network.tiers[TierId{0}].backorder_probability = 0;
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(0, {line(0, 5)});
    ASSERT_EQ(desk.all<LineCancelled>().size(), 1u);
    const LineCancelled& lost = desk.all<LineCancelled>()[0].fact;
    EXPECT_EQ(lost.units, 5);
    EXPECT_EQ(static_cast<LostBecause>(lost.because), LostBecause::no_stock_no_wait);
    EXPECT_EQ(lost.margin_micros, Money::of(5 * (22 - 16)).micros);
    desk.order(1, {line(0, 5)});  // whose tier waits
    EXPECT_EQ(desk.all<LineCancelled>().size(), 1u);
}

TEST(Patience, EndsAfterItsTime) {
    Network network = without_item_0();
    network.tiers[TierId{0}].patience_median = sim::days{4};  // sigma 0.5: within half a day and 32 days
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(0, {line(0, 5)});
    desk.run_until(0, 21);
    EXPECT_EQ(desk.all<LineCancelled>().size(), 0u);
    desk.run_until(33);
    ASSERT_EQ(desk.all<LineCancelled>().size(), 1u);
    EXPECT_EQ(static_cast<LostBecause>(desk.all<LineCancelled>()[0].fact.because), LostBecause::patience_ended);
}

/// The line's place is another's by then.
TEST(Patience, OfALineThatIsGoneTouchesNoOther) {
    Network network = without_item_0();
    network.tiers[TierId{0}].patience_median = sim::days{20};
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(0, {line(0, 5)});
    desk.find_stock(0, 5);
    desk.run_until(2);
    ASSERT_EQ(desk.site().open_lines, 0);
    desk.find_stock(0, 1);  // nobody waits any more: the list lets go of the line
    const std::size_t places = desk.site().lines.size();
    desk.order(1, {line(0, 6)});
    ASSERT_EQ(desk.site().lines.size(), places);
    desk.run_until(59);
    EXPECT_EQ(desk.all<LineCancelled>().size(), 0u);
}

// Allocation.

TEST(Allocation, GivesWhatComesToTheFirstByPriority) {
    Network network = without_item_0();
    prioritise(network, TierThenDate{});
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t early = desk.order(1, {line(0, 5)});
    const std::uint32_t important = desk.order(0, {line(0, 5)});
    desk.find_stock(0, 5);
    EXPECT_EQ(desk.line_of(important).allocated, 5);
    EXPECT_EQ(desk.line_of(early).allocated, 0);
}

TEST(Allocation, PromisesAUnitOnce) {
    Network network = quiet_network();
    network.initial.on_hand[SiteId{0}][ItemId{0}] = 5;
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    EXPECT_EQ(desk.line_of(desk.order(0, {line(0, 5)})).allocated, 5);
    EXPECT_EQ(desk.line_of(desk.order(0, {line(0, 5)})).waiting, 5);
}

/// Ten units of each item are kept from the tier, whenever its lines look.
TEST(Allocation, KeepsTheReserveFromTiersThatLeaveIt) {
    Network network = quiet_network();
    network.initial.on_hand[SiteId{0}][ItemId{0}] = 12;
    network.tiers[TierId{1}].critical_level = 10;
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t modest = desk.order(1, {line(0, 5)});
    EXPECT_EQ(desk.line_of(modest).allocated, 2);
    desk.find_stock(0, 2);
    EXPECT_EQ(desk.line_of(modest).allocated, 4);
    EXPECT_EQ(desk.line_of(modest).waiting, 1);
    EXPECT_EQ(desk.line_of(desk.order(0, {line(0, 10)})).allocated, 10);  // they are kept for this one
}

TEST(Allocation, ServesAWholeLineAtOnce) {
    Network network = without_item_0();
    network.tiers[TierId{0}].whole_lines = true;
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t whole = desk.order(0, {line(0, 5)});
    desk.find_stock(0, 3);
    EXPECT_EQ(desk.line_of(whole).allocated, 0);
    desk.find_stock(0, 2);
    EXPECT_EQ(desk.line_of(whole).allocated, 5);
}

// Penalties.

/// Ten units come on the promised day, five never: 3 % of the five at cost, and 150 for the order.
TEST(Penalty, IsAShareOfWhatWasNotOnTime) {
    Network network = without_item_0();
    network.tiers[TierId{0}].backorder_probability = 0;
    for (Carrier& carrier : network.carriers) carrier.transit_days = {0, 1};
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(0, {line(0, 5), line(1, 10)});
    desk.run_until(9);
    ASSERT_EQ(desk.all<OrderClosed>().size(), 1u);
    EXPECT_EQ(desk.all<OrderClosed>()[0].fact.delivered_day, 2);
    ASSERT_EQ(desk.all<PenaltyCharged>().size(), 1u);
    EXPECT_EQ(desk.all<PenaltyCharged>()[0].fact.micros, Money::of(0.03 * 5 * 16 + 150).micros);
}

TEST(Penalty, NoneIsPaidOnThePromisedDay) {
    Network network = quiet_network();
    for (Carrier& carrier : network.carriers) carrier.transit_days = {0, 1};
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(0, {line(1, 10)});
    desk.run_until(9);
    ASSERT_EQ(desk.all<OrderClosed>().size(), 1u);
    EXPECT_EQ(desk.all<OrderClosed>()[0].fact.delivered_day, desk.all<OrderClosed>()[0].fact.promised_day);
    EXPECT_EQ(desk.all<PenaltyCharged>().size(), 0u);
}

/// A consumer's order leaves a week later than it could.
TEST(Penalty, RefundsALateOrder) {
    Network network = quiet_network();
    for (const CarrierId carrier : sim::ids<CarrierId>(network.carriers)) {
        network.disturbances.push_back({.kind = Disturbance::Kind::carrier_capacity,
                                        .days = 7,
                                        .carrier = carrier,
                                        .site = SiteId{0},
                                        .factor = 0});
    }
    Desk desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(2, {line(1, 10)});
    desk.run_until(12);
    ASSERT_EQ(desk.all<PenaltyCharged>().size(), 1u);
    EXPECT_EQ(desk.all<PenaltyCharged>()[0].fact.micros, Money::of(8).micros);
}

/// Nobody delivers within the horizon what an order waits for.
Network without_supply() {
    Network network = without_item_0();
    for (Supplier& supplier : network.suppliers) supplier.lead_time_mean = sim::days{300};
    return network;
}

/// An order of five units waits when the horizon ends.
void end_with_an_open_order(Desk& desk) {
    desk.run_until(0, 9);
    desk.order(0, {line(0, 5)});
    desk.run_until(desk.network.calendar.total_days());
    EXPECT_EQ(desk.all<PenaltyCharged>().size(), 0u);
    Context context = desk.at_site();
    end_orders(desk.site(), context);
}

TEST(Penalty, IsPaidByOrdersThatNeverLeft) {
    Desk desk(without_supply());
    end_with_an_open_order(desk);
    ASSERT_EQ(desk.all<PenaltyCharged>().size(), 1u);
    EXPECT_EQ(desk.all<PenaltyCharged>()[0].fact.micros, Money::of(0.03 * 5 * 16 + 150).micros);
}

TEST(Penalty, MarginOfWhatNeverLeftIsLost) {
    Desk desk(without_supply());
    end_with_an_open_order(desk);
    ASSERT_EQ(desk.all<UnitsUndelivered>().size(), 1u);
    EXPECT_EQ(desk.all<UnitsUndelivered>()[0].fact.margin_micros, Money::of(5 * (22 - 16)).micros);
}

}  // namespace
}  // namespace entrepot::tests
