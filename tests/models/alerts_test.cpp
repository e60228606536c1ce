#include "models/decisions/alerts.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/network/calendar.hpp"
#include "models/small_world.hpp"

/// Breaches of which somebody is told: which, when again, whether rightly, and who still looks.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Watch = SmallWorld<CaseStepped, CaseClosed, AlertJudged, PurchaseLineOrdered>;

/// A hundred units of each item; reviewed each Monday by levels that a test sets.
Network watching(const Alerts& alerts, int planners = 1) {
    FixtureStrategy strategy = manual_strategy();
    strategy.governance.approvals.clear();
    strategy.transfers.proactive = false;
    Network network = quiet_network();
    follow(network, strategy);
    hear_at_once(network);
    network.strategy.alerts = alerts;
    network.office.planners = planners;
    network.office.handling_cv = 0;
    for (InventoryPolicy& policy : network.policies) {
        policy.review = sim::days{7};
        policy.needs.refresh = sim::days{400};
        policy.review_weekday = 0;
    }
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 100);
    for (Item& item : network.items) item.pack = item.minimum_order = 1;
    finish(network);
    return network;
}

/// Ten a day behind all levels.
void expect_ten(Watch& watch) {
    for (Levels& levels : watch.hq().levels) {
        levels = {.reorder_point = 80, .order_up_to = 120, .daily_rate = 10, .next_refresh_day = 100};
    }
}

std::size_t alerts_of(Watch& watch) {
    std::size_t found = 0;
    for (const auto& [at, where, one] : watch.all<CaseClosed>()) {
        found += static_cast<DecisionKind>(one.kind) == DecisionKind::alert;
    }
    return found;
}

TEST(Alerts, TellOfALowCover) {
    Watch watch(watching({.cover_below = 5}));
    watch.run_until(1, 10);
    expect_ten(watch);
    watch.order(0, {line(0, 49)});  // 51 are left
    watch.run_until(1, 12);
    EXPECT_EQ(alerts_of(watch), 0u);
    watch.order(0, {line(0, 1)});
    watch.run_until(1, 14);
    EXPECT_EQ(alerts_of(watch), 1u);
}

/// A weekly review would have come on Monday; the planner looks on Tuesday.
TEST(Alerts, SetOffAReview) {
    Watch watch(watching({.cover_below = 5}));
    watch.run_until(1, 10);
    expect_ten(watch);
    watch.order(0, {line(0, 60)});
    watch.run_until(2);
    ASSERT_EQ(watch.all<PurchaseLineOrdered>().size(), 1u);
    EXPECT_EQ(watch.all<PurchaseLineOrdered>()[0].fact.units, 80);
    EXPECT_EQ(day_of(watch.all<PurchaseLineOrdered>()[0].at), 1);
}

TEST(Alerts, TellOfAFastDrain) {
    Watch watch(watching({.burn_rate = 2}));
    watch.run_until(1, 10);
    expect_ten(watch);
    watch.hq().forecasts[watch.location(0, 0)].week = 139;
    watch.hq().forecasts[watch.location(0, 1)].week = 140;
    watch.order(0, {line(0, 1), line(1, 1)});
    watch.run_until(1, 12);
    EXPECT_EQ(alerts_of(watch), 1u);
}

TEST(Alerts, ComeAgainAtTheSoonest) {
    Watch watch(watching({.cover_below = 5, .again_days = 3}));
    watch.run_until(1, 10);
    expect_ten(watch);
    for (int day = 1; day < 6; ++day) {
        watch.run_until(day, 10);
        watch.order(0, {line(0, day == 1 ? 60 : 1)});
    }
    watch.run_until(6);
    EXPECT_EQ(alerts_of(watch), 2u);  // on Tuesday and on Friday
}

/// Of 40 units at hand, an alert's week takes all or not.
TEST(Alerts, AreJudgedByTheDemandOfTheirHorizon) {
    const auto judged = [](Units later) {
        Watch watch(watching({.cover_below = 5, .horizon_days = 2}));
        watch.run_until(1, 10);
        expect_ten(watch);
        watch.order(0, {line(0, 60)});
        watch.run_until(2, 10);
        watch.order(0, {line(0, later)});
        watch.run_until(4);
        std::vector<bool> right;
        for (const auto& [at, where, one] : watch.all<AlertJudged>()) {
            if (one.of_shortage == 0) right.push_back(one.right != 0);
        }
        return right;
    };
    EXPECT_EQ(judged(39), (std::vector<bool>{false}));
    EXPECT_EQ(judged(40), (std::vector<bool>{true}));
}

/// What runs out in one go was not told of before; what is low for a day was.
TEST(Alerts, KnowWhichShortagesTheyForetold) {
    Watch watch(watching({.cover_below = 5}));
    watch.run_until(1, 10);
    expect_ten(watch);
    watch.order(0, {line(0, 60), line(1, 100)});
    watch.run_until(1, 12);
    watch.order(0, {line(0, 40)});
    watch.run_until(1, 14);
    std::vector<bool> foretold;
    for (const auto& [at, where, one] : watch.all<AlertJudged>()) {
        if (one.of_shortage != 0) foretold.push_back(one.right != 0);
    }
    EXPECT_EQ(foretold, (std::vector<bool>{false, true}));
}

TEST(Alerts, OfTheSystemNeedNobody) {
    Network network = watching({.cover_below = 5}, 0);
    network.strategy.governance.rights.alert = {Role::system};
    network.strategy.governance.rights.purchase = {Role::system};
    Watch watch(std::move(network));
    watch.run_until(1, 22);
    expect_ten(watch);
    watch.order(0, {line(0, 60)});
    watch.run_until(1, 23);
    EXPECT_EQ(alerts_of(watch), 1u);
    EXPECT_EQ(watch.all<PurchaseLineOrdered>().size(), 1u);
}

TEST(Alerts, TellOfALateReceipt) {
    Watch watch(watching({.late_receipts = true}));
    watch.run_until(1, 8);
    const std::uint32_t line = watch.purchase(0, 10);
    Context context = watch.at_headquarters();
    on(watch.hq(), ReceiptOverdue{line, watch.hq().purchases[line].serial}, context);
    watch.run_until(2);
    EXPECT_EQ(alerts_of(watch), 1u);
}

/// Attention as a Markov chain: k false alerts take k losses, down to the least.
TEST(Attention, FallsWithFalseAlertsAndRisesWithRightOnes) {
    Network network = watching({.cover_below = 5});
    network.office.judgement.attention = 0.9;
    network.office.judgement.attention_least = 0.35;
    network.office.judgement.attention_gain = 0.05;
    network.office.judgement.attention_loss = 0.2;
    Watch watch(std::move(network));
    Headquarters& hq = watch.hq();
    Context context = watch.at_headquarters();
    const auto judge = [&](Units demand) {
        hq.alerts.push({key_of(SiteId{0}, ItemId{0}), 0, 10, hq.view[watch.location(0, 0)].demand - demand});
        judge_alerts(hq, 0, context);
        return hq.attention;
    };
    EXPECT_NEAR(judge(9), 0.7, 1e-12);
    EXPECT_NEAR(judge(0), 0.5, 1e-12);
    EXPECT_NEAR(judge(10), 0.55, 1e-12);
    EXPECT_NEAR(judge(9), 0.35, 1e-12);
    EXPECT_NEAR(judge(9), 0.35, 1e-12);
}

/// Who heeds one alert in four leaves three: of 400, 100 within four standard deviations (one test in 16,000 would
/// fail by chance with other seeds).
TEST(Attention, IsTheShareOfAlertsThatSomebodyActsOn) {
    Network network = watching({.cover_below = 5, .again_days = 0});
    network.office.judgement.attention = network.office.judgement.attention_least = 0.25;
    Watch watch(std::move(network));
    watch.run_until(0, 9);
    expect_ten(watch);
    for (int i = 0; i < 400; ++i) {
        Context context = watch.at_headquarters();
        const std::uint32_t place = raise_case(
            watch.hq(), {.raised = context.now(), .about = key_of(SiteId{0}, ItemId{0}), .kind = DecisionKind::alert},
            context);
        watch.hq().cases[place].role = Role::planner;
        settle_alert(watch.hq(), place, context);
    }
    int ignored = 0;
    for (const auto& [at, where, step] : watch.all<CaseStepped>()) {
        ignored += static_cast<StepOutcome>(step.outcome) == StepOutcome::ignored;
    }
    EXPECT_NEAR(ignored, 300, 4 * std::sqrt(400 * 0.25 * 0.75));
}

}  // namespace
}  // namespace entrepot::tests
