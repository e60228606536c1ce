#include <cmath>
#include <functional>
#include <sstream>

#include <gtest/gtest.h>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "models/records/order_holds.hpp"
#include "models/small_world.hpp"
#include "sim/snapshot.hpp"

/// Orders that are held: what they wait for, who clears them, and what comes of them.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Held = SmallWorld<OrderPutOnHold, OrderCleared, OrderClosed, LineCancelled, LineFirstPass, CaseClosed>;

OrderHold hold(HoldReason reason, double share, models::Duration clears, double sigma = 0) {
    return {.name = "hold",
            .key = sim::entity_hash("hold"),
            .reason = reason,
            .share = share,
            .clears_median = clears,
            .clears_sigma = sigma};
}

/// A quiet site where orders of the first tier are held, until somebody of finance clears them in half an hour.
Network holding(const OrderHold& what) {
    Network network = quiet_network();
    hear_at_once(network);
    network.holds = {what};
    network.holds[0].tiers = {true, false, false};
    network.office.finance = 1;
    network.office.minutes_per_hold = 30;
    network.office.handling_cv = 0;
    finish(network);
    return network;
}

TEST(Holds, KeepAnOrderFromItsStockUntilSomebodyClearsIt) {
    Held world(holding(hold(HoldReason::credit, 1, 3h)));
    world.run_until(0, 9);
    const std::uint32_t held = world.order(0, {line(1, 10), line(2, 5)}), free = world.order(1, {line(1, 10)});
    EXPECT_EQ(world.line_of(free).allocated, 10);
    EXPECT_TRUE(world.line_of(held).held);
    EXPECT_EQ(world.line_of(held).allocated + world.line_of(held).waiting, 0);
    EXPECT_EQ(world.all<OrderPutOnHold>().size(), 1u);
    EXPECT_EQ(world.order_at(held).promised_day, 2);  // as of any order
    check_conservation(world.world);
    world.run_until(0, 12.4);
    EXPECT_TRUE(world.line_of(held).held);
    world.run_until(0, 12.6);
    EXPECT_FALSE(world.line_of(held).held);
    EXPECT_EQ(world.line_of(held).allocated, 10);
    ASSERT_EQ(world.all<OrderCleared>().size(), 1u);
    EXPECT_NEAR(double{world.all<OrderCleared>()[0].fact.hours}, 3.5, 0.05);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(static_cast<DecisionKind>(world.all<CaseClosed>()[0].fact.kind), DecisionKind::credit_hold);
    world.run_until(4, 1);
    ASSERT_EQ(world.all<OrderClosed>().size(), 2u);
    EXPECT_EQ(world.all<OrderClosed>()[0].fact.held + world.all<OrderClosed>()[1].fact.held, 1);
    EXPECT_TRUE(world.site().held.empty());
    check_conservation(world.world);
}

TEST(Holds, OfWhatIsGoneMeanwhileLeaveTheOrderShort) {
    Network network = holding(hold(HoldReason::credit, 1, 3h));
    network.tiers[TierId{0}].backorder_probability = 0;
    Held world(network);
    world.run_until(0, 9);
    world.order(0, {line(1, 10)});
    world.order(1, {line(1, 995)});
    world.run_until(0, 13);
    ASSERT_EQ(world.all<LineCancelled>().size(), 1u);
    EXPECT_EQ(world.all<LineCancelled>()[0].fact.units, 5);
    bool told = false;  // with the first attempt after the hold
    for (const auto& [at, where, first] : world.all<LineFirstPass>()) told |= first.ordered == 10 && first.filled == 5;
    EXPECT_TRUE(told);
    world.run_until(5, 0);
    check_conservation(world.world);
}

TEST(Holds, AreClearedByTheSystemAsSoonAsTheyCanBe) {
    Network network = holding(hold(HoldReason::data, 1, 3h));
    network.strategy.governance.rights.data_hold = {Role::system};
    Held world(network);
    world.run_until(0, 20);  // after hours
    const std::uint32_t held = world.order(0, {line(1, 10)});
    world.run_until(0, 22.9);
    EXPECT_TRUE(world.line_of(held).held);
    world.run_until(0, 23.1);
    EXPECT_EQ(world.line_of(held).allocated, 10);
}

TEST(Holds, OfTwoKindsAreBothToBeCleared) {
    Network network = holding(hold(HoldReason::credit, 1, 1h));
    network.holds.push_back(hold(HoldReason::data, 1, 3h));
    network.strategy.governance.rights.credit_hold = network.strategy.governance.rights.data_hold = {Role::system};
    Held world(network);
    world.run_until(0, 9);
    const std::uint32_t held = world.order(0, {line(1, 10)});
    EXPECT_EQ(world.all<OrderPutOnHold>().at(0).fact.holds, 2);
    world.run_until(0, 11);
    EXPECT_TRUE(world.line_of(held).held);
    world.run_until(0, 12.1);
    EXPECT_FALSE(world.line_of(held).held);
    EXPECT_EQ(world.all<OrderPutOnHold>().size(), 1u);
    EXPECT_EQ(world.all<OrderCleared>().size(), 1u);
}

/// Who is guarded against is asked; that nobody is, isn't the customer's fault: it is cleared all the same.
TEST(Holds, KeepNobodyForGood) {
    Network network = holding(hold(HoldReason::data, 1, 1h));
    network.strategy.governance.rights.data_hold = {Role::system};
    network.strategy.governance.guardrails = {{.name = "none",
                                               .decision = DecisionKind::data_hold,
                                               .action = GuardrailAction::block,
                                               .tiers = {true, true, true}}};
    Held world(network);
    world.run_until(0, 9);
    world.order(0, {line(1, 10)});
    world.run_until(0, 10.1);
    EXPECT_EQ(world.all<OrderCleared>().size(), 1u);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.executed, 0);
}

struct Held60 {
    double orders = 0, held = 0, hours = 0, cleared = 0, in_hold = 0, looks = 0;
};

/// Two months of two warehouses in which a fifth of the orders is held.
Held60 two_months(double share, bool by_file = false) {
    Network network = small_network();
    follow(network, orchestrated_strategy());
    network.holds = {hold(HoldReason::credit, share, 6h, 0.5)};
    network.strategy.governance.rights.credit_hold = {Role::system};
    finish(network);
    FactRecord<OrderPlaced, OrderPutOnHold, OrderCleared> record;
    World world = start_world(network, 5, 0, record.log);
    Held60 sum;
    for (int hour = 0; hour < 50 * 24; ++hour) {
        run_sequential(world, start_of(0) + sim::from_real<sim::hours>(hour));
        if (by_file && hour == 30 * 24 + 11) {
            std::stringstream file;
            save(world, "test", file);
            World read = start_world(network, 5, 0, record.log);
            load(read, "test", file);
            world = read;
        }
        if (hour < 240) continue;
        ++sum.looks;
        for (const SiteState& site : world.state.sites) {
            for (const HeldOrder& one : site.held) sum.in_hold += one.left > 0;
        }
    }
    check_conservation(world);
    record.log.flush();
    const Time from = start_of(10);
    for (const auto& [at, where, order] : record.all<OrderPlaced>()) sum.orders += at >= from;
    for (const auto& [at, where, order] : record.all<OrderPutOnHold>()) sum.held += at >= from;
    for (const auto& [at, where, order] : record.all<OrderCleared>()) {
        sum.cleared += at >= from;
        sum.hours += at >= from ? double{order.hours} : 0;
    }
    return sum;
}

/// Shares are binomial; and as many are held on average as come in an hour, times the hours for which they are
/// (Little).
TEST(Holds, ConcernTheirShareAndObeyLittlesLaw) {
    const Held60 sum = two_months(0.2);
    EXPECT_NEAR(sum.held / sum.orders, 0.2, 4 * std::sqrt(0.16 / sum.orders));
    const double mean_hours = sum.hours / sum.cleared;
    EXPECT_NEAR(mean_hours, 6 * std::exp(0.125), 4 * 3.6 / std::sqrt(sum.cleared) + 0.02);  // and the middleware's
    EXPECT_NEAR(sum.in_hold / sum.looks, sum.held / sum.looks * mean_hours, 0.05 * sum.in_hold / sum.looks);
}

TEST(Holds, OutliveASnapshot) {
    const Held60 on = two_months(0.2), read = two_months(0.2, true);
    EXPECT_EQ(read.hours, on.hours);
    EXPECT_EQ(read.in_hold, on.in_hold);
}

/// Which orders are held is the world's, whatever the strategy.
TEST(Holds, AreTheSameUnderEveryStrategy) {
    const auto held = [](const FixtureStrategy& strategy) {
        Network network = small_network();
        follow(network, strategy);
        network.holds = {hold(HoldReason::credit, 0.1, 6h)};
        finish(network);
        FactRecord<OrderPutOnHold> record;
        simulate(network, 6, 0, record.log);
        std::vector<std::pair<Time, sim::EntityId>> all;
        for (const auto& [at, where, order] : record.all<OrderPutOnHold>()) all.emplace_back(at, where);
        std::ranges::sort(all);
        return all;
    };
    const auto by_hand = held(manual_strategy());
    EXPECT_GT(by_hand.size(), 500u);
    EXPECT_EQ(by_hand, held(orchestrated_strategy()));
}

/// All else alike, whose promises run on while they are held keep fewer of them.
TEST(Holds, BreakPromises) {
    const auto kept = [](models::Duration clears) {
        Network network = small_network();
        follow(network, orchestrated_strategy());
        network.holds = {hold(HoldReason::credit, 0.5, clears, 0.5)};
        network.strategy.governance.rights.credit_hold = {Role::system};
        finish(network);
        FactRecord<OrderClosed> record;
        simulate(network, 5, 0, record.log);
        double held = 0, in_time = 0;
        for (const auto& [at, where, order] : record.all<OrderClosed>()) {
            if (!order.held || order.promised_day >= network.calendar.total_days()) continue;
            ++held;
            in_time += order.in_full && !order.censored && order.delivered_day <= order.promised_day;
        }
        return in_time / held;
    };
    EXPECT_GT(kept(10min), kept(30h) + 0.2);
}

}  // namespace
}  // namespace entrepot::tests
