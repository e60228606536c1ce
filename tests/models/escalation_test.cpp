#include <algorithm>
#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// An escalation takes its stock, its slots and its minutes from others.
namespace entrepot::tests {
namespace {

using namespace models;

using Floor = SmallWorld<LineFirstPass>;

/// One person picks a line in a little less than two minutes, first come, first served.
Network one_picker_and(double minutes_per_escalation, bool at_once) {
    Network network = quiet_network();
    network.sites[SiteId{0}].pickers = 1;
    network.sites[SiteId{0}].pick_time_cv = 0;
    network.office.handling_cv = 0;
    network.office.picker_minutes_per_escalation = minutes_per_escalation;
    network.strategy.waves.at_once = at_once;
    hear_at_once(network);
    finish(network);
    return network;
}

void settle_escalation(Floor& house, std::uint32_t order) {
    const std::uint32_t name = name_of(house.order_at(order));
    house.site().escalated = {{name, order, house.order_at(order).serial}};
    Context context = house.at_site();
    on(house.site(), EscalationResolved{name}, context);
}

/// Hours from the settled escalation of one order to the pick of another.
double hours_to_pick_another(double minutes, int escalations) {
    Floor house(one_picker_and(minutes, true));
    house.run_until(0, 8);
    const std::uint32_t loud = house.order(1, {line(0, 1)});
    for (int i = 0; i < escalations; ++i) settle_escalation(house, loud);
    house.order(2, {line(1, 1)});
    house.run_until(0, 12);
    const auto& picked = house.all<LineFirstPass>();
    return picked.size() < 2 ? 0 : sim::in<sim::hours>(picked[1].at - at_hour(0, 8));
}

TEST(Errand, TakesAPickersMinutesBeforeOtherTasks) {
    const double without = hours_to_pick_another(0, 1);
    EXPECT_GT(without, 0);
    EXPECT_NEAR(hours_to_pick_another(30, 1) - without, 0.5, 1.0 / 60);  // the orders come once a minute
    EXPECT_NEAR(hours_to_pick_another(30, 3) - without, 1.5, 2.0 / 60);
}

/// At night nobody is there: the first one in the morning goes.
TEST(Errand, WaitsForPeople) {
    Floor house(one_picker_and(90, true));
    house.run_until(0, 23);
    settle_escalation(house, house.order(1, {line(0, 1)}));
    house.run_until(1, 5);
    EXPECT_EQ(house.site().picking, 0);
    EXPECT_EQ(house.site().errands.size(), 1u);
    house.run_until(1, 7);
    EXPECT_TRUE(house.site().errands.empty());
    EXPECT_EQ(house.all<LineFirstPass>().size(), 0u);
    house.run_until(1, 8);
    EXPECT_EQ(house.all<LineFirstPass>().size(), 1u);
}

/// Hours until the last of twenty silent orders is picked, where so many of the sixty that came after them are
/// escalated and settled before the wave.
double hours_of_a_silent_one(int escalated) {
    Floor house(one_picker_and(0, false));
    house.run_until(0, 8);
    for (int i = 0; i < 20; ++i) house.order(2, {line(0, 1)});
    std::vector<std::uint32_t> others;
    for (int i = 0; i < 60; ++i) others.push_back(house.order(1, {line(1, 1)}));
    for (int i = 0; i < escalated; ++i) settle_escalation(house, others[static_cast<std::size_t>(i)]);
    house.run_until(0, 14);
    double last = 0;
    for (const auto& one : house.all<LineFirstPass>()) {
        if (one.fact.tier == 2) last = std::max(last, sim::in<sim::hours>(one.at - at_hour(0, 8)));
    }
    return last;
}

TEST(Escalation, MakesOthersLeaveLater) {
    const double none = hours_of_a_silent_one(0), few = hours_of_a_silent_one(10), many = hours_of_a_silent_one(40);
    const double line = 1 / (40 * 0.85);
    EXPECT_NEAR(few - none, 10 * line, 0.01);
    EXPECT_NEAR(many - none, 40 * line, 0.01);
}

// In two busy warehouses.

using ByTier = std::array<double, 3>;

/// On time in full by tier, where only the middle one escalates.
ByTier otif(double escalation_probability, double minutes) {
    Network network = small_network({.orders_per_day = 95, .pickers = 2});
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 4;
    }
    for (Tier& tier : network.tiers) tier.escalation_probability = 0;
    network.tiers[TierId{1}].escalation_probability = escalation_probability;
    network.office.picker_minutes_per_escalation = minutes;
    network.office.service_agents = 10;
    network.strategy.workflow.escalation_search_median = std::chrono::minutes{15};
    finish(network);
    FactRecord<OrderClosed> record;
    ByTier on_time{}, orders{};
    for (const unsigned replication : {0u, 1u}) simulate(network, 11, replication, record.log);
    for (const auto& [at, where, order] : record.all<OrderClosed>()) {
        if (order.promised_day >= network.calendar.total_days()) continue;
        ++orders.at(order.tier);
        on_time.at(order.tier) += order.in_full && !order.censored && order.delivered_day <= order.promised_day;
    }
    for (std::size_t tier = 0; tier < 3; ++tier) on_time.at(tier) /= orders.at(tier);
    return on_time;
}

/// Four times the escalations: what they gain, others lose, by the boost alone and all the more by the minutes.
TEST(Escalation, RaisesNotEveryTiersService) {
    const ByTier few = otif(0.2, 0), many = otif(0.8, 0);
    EXPECT_GT(many[1], few[1]);
    EXPECT_LT(many[0], few[0] - 0.003);
    EXPECT_LT(many[2], few[2] - 0.0005);
    const ByTier few_at_work = otif(0.2, 6), many_at_work = otif(0.8, 6);
    EXPECT_LT(many_at_work[0], few_at_work[0] - 0.01);
    EXPECT_LT(many_at_work[2], few_at_work[2] - 0.004);
    EXPECT_LT(many_at_work[0] - few_at_work[0], many[0] - few[0] - 0.005);
}

}  // namespace
}  // namespace entrepot::tests
