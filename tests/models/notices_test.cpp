#include "models/records/notices.hpp"

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Customers who are told that their order will be late: who is told, when, and what they do.
namespace entrepot::tests {
namespace {

using namespace models;

using Service = SmallWorld<NoticeGiven, OfficeDay, CaseClosed, OrderClosed, LineCancelled>;

/// Item 0 is out of stock, and everybody complains who isn't told.
Network telling(int at_risk_days) {
    Network network = quiet_network(2);
    for (auto& stock : network.initial.on_hand) stock[ItemId{0}] = 0;
    network.policies = {};
    network.policy_of = {};
    hear_at_once(network);
    for (Tier& tier : network.tiers) {
        tier.escalation_probability = 1;
        tier.escalation_if_told = 0;
    }
    network.strategy.notices.at_risk_days = at_risk_days;
    network.office.handling_cv = 0;
    finish(network);
    return network;
}

/// The same where a night's batch is all that anybody hears.
Network telling_at_night() {
    Network network = telling(3);
    network.strategy.integration.batch_minute = 120;
    return network;
}

void expect(Service& desk, std::size_t item, int day) {
    Context context = desk.at_site();
    on(desk.site(), ReceiptExpected{static_cast<std::uint32_t>(item), day}, context);
}

TEST(Notice, OfAShortLineComesWithTheConfirmation) {
    Service desk(telling(3));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(0, 5)});  // for day 2
    EXPECT_TRUE(desk.order_at(order).told);
    EXPECT_FALSE(desk.order_at(order).escalated);
    ASSERT_EQ(desk.all<NoticeGiven>().size(), 1u);
    EXPECT_EQ(desk.all<NoticeGiven>()[0].fact.promised_day, 2);
    EXPECT_EQ(desk.all<NoticeGiven>()[0].fact.new_day, 4);  // nothing is expected: promised once more
}

TEST(Notice, NamesTheDayThatTheReceiptAllows) {
    Service desk(telling(3));
    desk.run_until(0, 9);
    expect(desk, 0, 4);
    desk.order(0, {line(0, 5)});
    ASSERT_EQ(desk.all<NoticeGiven>().size(), 1u);
    EXPECT_EQ(desk.all<NoticeGiven>()[0].fact.new_day, 8);  // two business days after a Friday
}

TEST(Notice, IsNotSentWhereTheReceiptComesInTime) {
    Service desk(telling(9));
    desk.run_until(0, 9);
    expect(desk, 0, 1);
    EXPECT_TRUE(desk.order_at(desk.order(1, {line(0, 5)})).escalated);  // for day 7
    EXPECT_EQ(desk.all<NoticeGiven>().size(), 0u);
}

TEST(Notice, IsNotSentBeforeThePromiseIsNear) {
    Service desk(telling(2));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(1, {line(0, 5)});  // for day 7
    EXPECT_FALSE(desk.order_at(order).told);
    desk.run_until(5, 23);
    EXPECT_FALSE(desk.order_at(order).told);
    desk.run_until(6, 1);
    EXPECT_TRUE(desk.order_at(order).told);
}

TEST(Notice, OfWhatMissedItsLastTruckComesAtMidnight) {
    Network network = telling(3);
    for (Carrier& carrier : network.carriers) carrier.daily_capacity.assign(2, 0);
    Service desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(1, 5)});  // for day 2
    desk.run_until(1, 23);
    EXPECT_FALSE(desk.order_at(order).told);
    desk.run_until(2, 1);
    EXPECT_TRUE(desk.order_at(order).told);
    desk.run_until(2, 23);
    EXPECT_FALSE(desk.order_at(order).escalated);
}

TEST(Notice, GoesWithTheNightlyBatch) {
    Service desk(telling_at_night());
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(0, 5)});
    EXPECT_TRUE(desk.order_at(order).escalated);  // before anybody tells him
    desk.run_until(1, 1.9);
    EXPECT_FALSE(desk.order_at(order).told);
    desk.run_until(1, 2.1);
    EXPECT_TRUE(desk.order_at(order).told);
}

TEST(Notice, ByHandIsAnAgentsWorkAfterAllComplaints) {
    Network network = telling(3);
    network.strategy.governance.rights.promise_change = {Role::service_agent};
    network.office.service_agents = 1;
    network.office.agent_minutes_per_notice = 30;
    for (Tier& tier : network.tiers) tier.escalation_probability = 0;
    Service desk(std::move(network));
    desk.run_until(0, 20);
    for (int i = 0; i < 4; ++i) desk.order(0, {line(0, 5)});
    desk.run_until(1, 8.9);
    EXPECT_EQ(desk.all<NoticeGiven>().size(), 1u);  // found at midnight, written from eight o'clock on
    desk.run_until(2);
    EXPECT_EQ(desk.all<NoticeGiven>().size(), 4u);
    double hours = 0;
    for (const auto& one : desk.all<OfficeDay>()) {
        if (one.fact.role == static_cast<std::uint8_t>(Role::service_agent)) hours += one.fact.busy;
    }
    EXPECT_EQ(hours, 2);
}

TEST(Notice, IsGivenOnceAndNotToWhoIsLateAlready) {
    Network network = telling(3);
    network.strategy.governance.rights.promise_change = {Role::service_agent};
    network.office.service_agents = 0;
    Service desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(0, 5)});
    desk.run_until(4);
    ASSERT_EQ(desk.site().notices.size(), 1u);
    Context context = desk.at_site();
    on(desk.site(), NoticeArrives{desk.site().notices[0].name}, context);
    EXPECT_FALSE(desk.order_at(order).told);
    EXPECT_EQ(desk.all<NoticeGiven>().size(), 0u);
}

/// A word that isn't kept is worth nothing: from the notice's own day on he complains like anybody.
TEST(Notice, HoldsTheCustomerUntilItsOwnDay) {
    Service desk(telling(3));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(0, 5)});  // for day 2, then for day 4
    desk.run_until(4, 23);
    EXPECT_FALSE(desk.order_at(order).escalated);
    desk.run_until(5, 1);
    EXPECT_TRUE(desk.order_at(order).escalated);
}

TEST(Notice, LetsTheCustomerWaitLonger) {
    const auto days = [](double longer) {
        Network network = telling(3);
        network.tiers[TierId{0}].patience = TimeDistribution{ConstantTime{sim::days{2}}};
        network.tiers[TierId{0}].patience_if_told = longer;
        Service desk(std::move(network));
        desk.run_until(0, 9);
        desk.order(0, {line(0, 5)});
        desk.run_until(20);
        const auto& left = desk.all<LineCancelled>();
        return left.empty() ? 0.0 : sim::in<sim::days>(left[0].at - at_hour(0, 9));
    };
    EXPECT_DOUBLE_EQ(days(1), 2);
    EXPECT_DOUBLE_EQ(days(1.5), 3);
}

TEST(Notice, IsToldOfWhenTheOrderEnds) {
    for (const int at_risk : {0, 3}) {
        Service desk(telling(at_risk));
        desk.run_until(0, 9);
        desk.order(0, {line(0, 5)});
        desk.order(0, {line(1, 5)});
        desk.find_stock(0, 5);
        desk.run_until(10);
        const auto& closed = desk.all<OrderClosed>();
        ASSERT_EQ(closed.size(), 2u);
        for (const auto& one : closed) {
            const NoticeKept with = one.fact.order == 0 ? NoticeKept::told : NoticeKept::untold;
            EXPECT_EQ(one.fact.notice, at_risk > 0 ? with : NoticeKept::none_sent);
        }
    }
}

// In two busy warehouses.

struct Year {
    double escalations = 0, agent_hours = 0, notices = 0;
    double quiet_orders = 0, quiet_on_time = 0;  ///< of the tier that never complains
    std::uint64_t digest = 0;
    double quiet_otif() const { return quiet_on_time / quiet_orders; }
};

/// Two months with little stock and few pickers, where a customer who was told complains by this probability.
Year year(int at_risk_days, double if_told, bool by_hand = false) {
    Network network = small_network({.orders_per_day = 95, .pickers = 2});
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.promise = PromiseRule::table;
    strategy.notices = {at_risk_days};
    if (by_hand) strategy.governance.rights.promise_change = {Role::service_agent};
    follow(network, strategy);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 4;
    }
    for (const std::size_t tier : {0u, 1u}) {
        network.tiers[TierId{tier}].escalation_probability = 0.6;
        network.tiers[TierId{tier}].escalation_if_told = if_told;
    }
    network.office.picker_minutes_per_escalation = 6;
    network.office.service_agents = 10;
    FactRecord<CaseClosed, OfficeDay, NoticeGiven, OrderClosed> record;
    Year year;
    year.digest = simulate(network, 11, 0, record.log)->digest;
    for (const auto& one : record.all<CaseClosed>()) {
        year.escalations += one.fact.kind == static_cast<std::uint8_t>(DecisionKind::escalation);
    }
    for (const auto& one : record.all<OfficeDay>()) {
        if (one.fact.role == static_cast<std::uint8_t>(Role::service_agent)) year.agent_hours += one.fact.busy;
    }
    year.notices = static_cast<double>(record.all<NoticeGiven>().size());
    for (const auto& [at, where, order] : record.all<OrderClosed>()) {
        if (order.tier != 2 || order.promised_day >= network.calendar.total_days()) continue;
        ++year.quiet_orders;
        year.quiet_on_time += order.in_full && !order.censored && order.delivered_day <= order.promised_day;
    }
    return year;
}

/// 544 escalations and 92 hours of agents without notices; 427 and 72 with them, where one in four of those who were
/// told complains still. Who never complains is served a little better, as less is taken from him.
TEST(Notices, SpareEscalationsAndTheirHours) {
    const Year silent = year(0, 0.15), told = year(3, 0.15);
    EXPECT_EQ(silent.notices, 0);
    EXPECT_GT(told.notices, 300);
    EXPECT_LT(told.escalations, 0.85 * silent.escalations);
    EXPECT_LT(told.agent_hours, 0.85 * silent.agent_hours);
    EXPECT_GE(told.quiet_otif(), silent.quiet_otif());
}

/// What a notice does is the customer's doing: who complains all the same makes as much work as before.
TEST(Notices, AreWorthNothingWhereCustomersDoNotMind) {
    const Year silent = year(0, 0.6), told = year(3, 0.6);
    EXPECT_GT(told.notices, 300);
    EXPECT_EQ(told.escalations, silent.escalations);
    EXPECT_EQ(told.agent_hours, silent.agent_hours);
    EXPECT_EQ(told.quiet_on_time, silent.quiet_on_time);
}

/// Written by hand they come after the complaint of a short line, and take agents' hours on top.
TEST(Notices, ByHandTakeMoreHoursThanTheySpare) {
    const Year silent = year(0, 0.15), by_hand = year(3, 0.15, true);
    EXPECT_GT(by_hand.notices, 300);
    EXPECT_LE(by_hand.escalations, silent.escalations);
    EXPECT_GT(by_hand.agent_hours, silent.agent_hours);
}

TEST(Notices, AreNoneWhereTheStrategySendsNone) { EXPECT_EQ(year(0, 0.15).digest, year(0, 0.6).digest); }

}  // namespace
}  // namespace entrepot::tests
