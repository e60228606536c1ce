#include <cmath>
#include <map>

#include <gmock/gmock.h>

#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/office.hpp"
#include "models/purposes.hpp"
#include "models/small_world.hpp"

/// Who may decide what: guardrails stop, cut or block what the system would do; levels of approval agree one after the
/// other; what nobody has the right to decide bounces.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Pair;

struct Governed : SmallWorld<CaseStepped, CaseClosed, GuardrailMet, PurchaseLineOrdered, OfficeDay> {
    using SmallWorld::SmallWorld;

    Checked check(Recommendation recommended) {
        Context context = at_headquarters();
        return check_guardrails(hq(), recommended, context);
    }
    /// A line that needs people, or that they have handled.
    std::uint32_t raise(Units units) {
        Context context = at_headquarters();
        const std::uint32_t line = purchase(1, units);
        return raise_case(hq(), case_of_purchase(hq(), DecisionKind::purchase, line, context.now()), context);
    }
    void ask(Units units) {
        const std::uint32_t place = raise(units);
        Context context = at_headquarters();
        ask_people(hq(), place, context);
    }
    void seek(Units units) {
        const std::uint32_t place = raise(units);
        Context context = at_headquarters();
        seek_approval(hq(), place, context);
    }
    std::vector<std::pair<CaseStep, Role>> way() {
        std::vector<std::pair<CaseStep, Role>> steps;
        for (const auto& [at, where, step] : all<CaseStepped>()) {
            steps.emplace_back(static_cast<CaseStep>(step.step), static_cast<Role>(step.role));
        }
        return steps;
    }
    double hours_of(CaseStep wanted) {
        for (const auto& [at, where, step] : all<CaseStepped>()) {
            if (static_cast<CaseStep>(step.step) == wanted) return sim::in<sim::hours>(at - sim::kStart);
        }
        return -1;
    }
};

/// A network whose items cost 10 each, under these guardrails.
Network under(std::vector<Guardrail> guardrails) {
    Network network = quiet_network();
    for (Item& item : network.items) item.unit_cost = Money::of(10);
    network.strategy.governance.guardrails = std::move(guardrails);
    network.strategy.governance.rights.purchase = {Role::system, Role::planner};
    finish(network);
    return network;
}

constexpr Recommendation kHundred{.item = ItemId{1}, .site = SiteId{0}, .units = 100, .pack = 6};

Verdict verdict(const Guardrail& guardrail, const Recommendation& recommended = kHundred) {
    return Governed(under({guardrail})).check(recommended).verdict;
}

TEST(Guardrails, HoldTheValue) {
    EXPECT_EQ(verdict({.most_value = Money::of(1000)}), Verdict::within);
    EXPECT_EQ(verdict({.most_value = Money::of(999)}), Verdict::routed);
    EXPECT_EQ(verdict({.action = GuardrailAction::block, .most_value = Money::of(999)}), Verdict::blocked);
}

TEST(Guardrails, HoldConfidenceAndChange) {
    Recommendation unsure = kHundred, much = kHundred, little = kHundred;
    unsure.confidence = 0.4;
    much.usual_quantity = 60;
    little.usual_quantity = 200;
    EXPECT_EQ(verdict({.least_confidence = 0.4}, unsure), Verdict::within);
    EXPECT_EQ(verdict({.least_confidence = 0.41}, unsure), Verdict::routed);
    EXPECT_EQ(verdict({.most_change = 0.6}, much), Verdict::routed);
    EXPECT_EQ(verdict({.most_change = 0.7}, much), Verdict::within);
    EXPECT_EQ(verdict({.most_change = 0.4}, little), Verdict::routed);
    EXPECT_EQ(verdict({.most_change = 0.0}), Verdict::within);  // there is no usual quantity yet
}

TEST(Guardrails, HoldTheCoverOfADonor) {
    Recommendation transfer = kHundred;
    transfer.kind = DecisionKind::transfer;
    transfer.donor_net = 240;
    transfer.donor_rate = 10;
    const auto keeps = [&](double days) {
        return verdict({.decision = DecisionKind::transfer, .least_donor_cover = days}, transfer);
    };
    EXPECT_EQ(keeps(14), Verdict::within);
    EXPECT_EQ(keeps(14.1), Verdict::routed);
}

TEST(Guardrails, HoldAnUnsteadySupplier) {
    Governed world(under({{.most_lead_time_cv = 0.5}}));
    const SupplierId supplier = world.network.items[ItemId{1}].supplier;
    world.hq().lead_times[supplier] = {.mean = 10, .variance = 24.9};
    EXPECT_EQ(world.check(kHundred).verdict, Verdict::within);
    world.hq().lead_times[supplier].variance = 25.1;
    EXPECT_EQ(world.check(kHundred).verdict, Verdict::routed);
}

TEST(Guardrails, AreOfADecisionAndAScope) {
    EXPECT_EQ(verdict({.decision = DecisionKind::transfer, .most_value = Money{}}), Verdict::within);
    EXPECT_EQ(verdict({.site = SiteId{1}, .most_value = Money{}}), Verdict::within);
    EXPECT_EQ(verdict({.item = ItemId{2}, .most_value = Money{}}), Verdict::within);
    EXPECT_EQ(verdict({.item = ItemId{1}, .most_value = Money{}}), Verdict::routed);
    Network network = under({});
    const std::size_t suppliers = network.suppliers.size();
    const ClassId own = network.items[ItemId{1}].velocity, other{own.index() + 1};
    EXPECT_EQ(verdict({.velocity = other, .most_value = Money{}}), Verdict::within);
    EXPECT_EQ(verdict({.velocity = own, .most_value = Money{}}), Verdict::routed);
    EXPECT_EQ(verdict({.suppliers = std::vector<bool>(suppliers, false), .most_value = Money{}}), Verdict::within);
}

/// What a cap leaves is in whole packs, and may be within the other guardrails.
TEST(Guardrails, CapBeforeTheOthersLook) {
    Governed world(under({{.name = "route", .most_value = Money::of(600)},
                          {.name = "cap", .action = GuardrailAction::cap, .most_value = Money::of(650)}}));
    const Checked checked = world.check(kHundred);
    EXPECT_EQ(checked.units, 60);
    EXPECT_EQ(checked.verdict, Verdict::within);
    EXPECT_EQ(verdict({.action = GuardrailAction::cap, .most_value = Money::of(59)}), Verdict::blocked);
    ASSERT_EQ(world.all<GuardrailMet>().size(), 2u);  // the cap struck, the other didn't
    EXPECT_EQ(world.all<GuardrailMet>()[0].fact.struck, 1);
    EXPECT_EQ(world.all<GuardrailMet>()[1].fact.struck, 0);
}

/// Of equal decisions on one day so many pass as the limits say, and as many the next day.
TEST(Guardrails, CountByTheDay) {
    const std::vector<Guardrail> limits{{.most_a_day = 3}, {.most_value_a_day = Money::of(3000)}};
    for (const Guardrail& limit : limits) {
        Governed world(under({limit}));
        for (int day = 0; day < 2; ++day) {
            world.run_until(day, 9);
            for (int i = 0; i < 5; ++i) {
                const std::uint32_t place = world.raise(100);
                Recommendation recommended = kHundred;
                recommended.number = world.hq().cases[place].number;
                const Checked checked = world.check(recommended);
                EXPECT_EQ(checked.verdict, i < 3 ? Verdict::within : Verdict::routed) << day << " " << i;
                Context context = world.at_headquarters();
                follow_verdict(world.hq(), place, checked, recommended, context);
            }
        }
    }
}

TEST(Guardrails, BlockedLinesAreNotOnOrder) {
    Governed world(under({{.action = GuardrailAction::block, .most_value = Money{}}}));
    world.run_until(0, 9);
    const Units before = world.hq().view[world.location(0, 1)].on_order;
    const std::uint32_t place = world.raise(100);
    Context context = world.at_headquarters();
    follow_verdict(world.hq(), place, {Verdict::blocked, 100}, kHundred, context);
    EXPECT_EQ(world.hq().view[world.location(0, 1)].on_order, before);
    EXPECT_EQ(world.all<CaseClosed>().back().fact.executed, 0);
}

/// Frequencies of drawn recommendations: values are uniform up to 2000, of which a limit of 500 stops three quarters.
TEST(Guardrails, StopTheShareThatIsBeyondThem) {
    Governed world(under({{.most_value = Money::of(500)}}));
    int stopped = 0;
    constexpr int kAll = 200;
    for (int i = 1; i <= kAll; ++i) {
        Recommendation recommended = kHundred;
        recommended.units = i;
        stopped += world.check(recommended).verdict == Verdict::routed;
    }
    EXPECT_EQ(stopped, 150);
}

// Approvals.

Network with_levels(std::vector<ApprovalLevel> levels) {
    Network network = under({});
    network.strategy.governance.approvals = std::move(levels);
    return network;
}

TEST(Approvals, AreGivenOneLevelAfterTheOther) {
    Governed world(with_levels({{.name = "first", .above = Money::of(500), .role = Role::procurement, .median = 1h},
                                {.name = "second", .above = Money::of(900), .role = Role::finance, .median = 2h}}));
    world.run_until(0, 9);
    world.seek(100);
    world.run_until(3);
    EXPECT_THAT(world.way(),
                ElementsAre(Pair(CaseStep::detected, Role::system), Pair(CaseStep::asked, Role::procurement),
                            Pair(CaseStep::approved, Role::procurement), Pair(CaseStep::asked, Role::finance),
                            Pair(CaseStep::approved, Role::finance), Pair(CaseStep::released, Role::system),
                            Pair(CaseStep::executed, Role::system), Pair(CaseStep::closed, Role::system)));
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.touches, 2);
    EXPECT_NEAR(world.hours_of(CaseStep::executed), 12, 1e-6);  // nine, and one and two hours later
}

TEST(Approvals, AreNotAskedForWhatIsWorthLess) {
    Governed world(with_levels({{.above = Money::of(1000)}}));
    world.run_until(0, 9);
    world.seek(100);
    EXPECT_EQ(world.all<PurchaseLineOrdered>().size(), 1u);
}

/// Somebody who doesn't come to it by his service level shares it with the next in charge.
TEST(Approvals, EscalateWhenTheirServiceLevelIsMissed) {
    Governed world(with_levels({{.name = "slow", .median = 40h, .service_level = 4h, .escalates_to = 1},
                                {.name = "boss", .above = Money::of(1e6), .role = Role::finance, .median = 1h}}));
    world.run_until(0, 9);
    world.seek(100);
    world.run_until(9);
    EXPECT_THAT(world.way(),
                ElementsAre(Pair(CaseStep::detected, Role::system), Pair(CaseStep::asked, Role::procurement),
                            Pair(CaseStep::overdue, Role::procurement), Pair(CaseStep::asked, Role::finance),
                            Pair(CaseStep::approved, Role::finance), Pair(CaseStep::released, Role::system),
                            Pair(CaseStep::executed, Role::system), Pair(CaseStep::closed, Role::system)));
    EXPECT_NEAR(world.hours_of(CaseStep::executed), 14, 1e-6);
    EXPECT_EQ(world.all<PurchaseLineOrdered>().size(), 1u);
}

/// The stand-in may be of a lower level, or late himself: whoever comes first decides, and once.
TEST(Approvals, OfTwoWhoWereAskedTheFirstDecides) {
    Governed world(with_levels({{.name = "low", .above = Money::of(1e6), .role = Role::finance, .median = 100h},
                                {.name = "slow", .above = Money::of(1e6), .median = 6h}}));
    world.network.strategy.governance.approvals[1].above = Money{};
    world.network.strategy.governance.approvals[1].service_level = 4h;
    world.network.strategy.governance.approvals[1].escalates_to = 0;
    world.run_until(0, 9);
    world.seek(100);
    world.run_until(30);
    EXPECT_NEAR(world.hours_of(CaseStep::executed), 15, 1e-6);
    EXPECT_EQ(world.all<PurchaseLineOrdered>().size(), 1u);
    EXPECT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(std::ranges::count(world.way(), std::pair(CaseStep::asked, Role::finance)), 1);
}

/// Office hours pass only on days on which he is there.
TEST(Approvals, TakeHoursOfDaysOnWhichTheApproverIsThere) {
    ApprovalLevel level{.median = 20h, .absent = 0.6, .key = 11};
    Governed world(with_levels({level}));
    world.run_until(0, 9);
    world.seek(100);
    world.run_until(59);
    Context context = world.at_headquarters();
    const double hours = world.hours_of(CaseStep::approved);
    ASSERT_GT(hours, 0);
    const auto away = [&](int day) {
        return context.draws().at(purpose::approver_away, 11, static_cast<std::uint32_t>(day)).uniform() < 0.6;
    };
    double there = 0;
    for (int day = 0; day < 59; ++day) {
        if (!world.network.calendar.is_business_day(day) || away(day)) continue;
        there += std::clamp(hours - std::max(24.0 * day + 8, 9.0), 0.0, day == 0 ? 7.0 : 8.0);
    }
    EXPECT_FALSE(away(static_cast<int>(hours / 24)));
    EXPECT_NEAR(there, 20, 1e-6);
}

TEST(Approvals, WaitForWhoIsAwayOrAreDelegated) {
    const auto asked_hours = [](std::optional<Role> delegate) {
        double hours = 0;
        for (int i = 0; i < 20; ++i) {
            ApprovalLevel level{.median = 1h, .absent = 0.5, .delegate = delegate};
            level.key = static_cast<std::uint64_t>(i) * 77 + 5;
            Governed world(with_levels({level}));
            world.run_until(0, 9);
            world.seek(100);
            world.run_until(30);
            hours += world.hours_of(CaseStep::approved) - 9;
        }
        return hours / 20;
    };
    EXPECT_NEAR(asked_hours(Role::finance), 1, 1e-6);
    EXPECT_GT(asked_hours(std::nullopt), 10);  // with one half a day is lost, with one quarter another
}

/// Known answer: one approver at work day and night, cases that come at random, minutes that are exponential: M/M/1.
/// With 45 minutes of work an hour a case takes 3 hours in the mean, of which 2.25 it waits.
TEST(Approvals, QueueBeforeTheirDesk) {
    Network network = with_levels({{.name = "desk"}});
    network.office.start_hour = 0;
    network.office.productive_hours = network.office.opening_hours = 24;
    network.office.approval_time = ExponentialTime{45min};
    network.calendar.working_days = 7;
    finish(network);
    Governed world(std::move(network));
    double at = 0;
    sim::Stream draws = world.at_headquarters().draws().at(purpose::approval_time, 99, 1);
    constexpr int kCases = 12'000;
    for (int i = 0; i < kCases && at < 24 * 59; ++i) {
        at += -std::log(draws.uniform());
        world.run_until(static_cast<int>(at / 24), std::fmod(at, 24));
        world.seek(100);
    }
    double waited = 0, worked = 0;
    const auto& closed = world.all<CaseClosed>();
    ASSERT_GT(closed.size(), 1000u);
    for (const auto& one : closed) waited += one.fact.waited_hours, worked += one.fact.worked_hours;
    const auto n = static_cast<double>(closed.size());
    EXPECT_NEAR(worked / n, 0.75, 0.06);
    EXPECT_NEAR(waited / n, 2.25, 0.8);  // at 75 % load the mean of 1400 cases has a deviation of some 0.3
}

// Rights.

TEST(Rights, WhatNobodyMayDecideBounces) {
    Network network = under({});
    network.strategy.governance.rights.purchase.clear();
    network.strategy.governance.approvals.clear();
    network.office.bounces = 3;
    Governed world(std::move(network));
    world.run_until(0, 9);
    world.ask(100);
    world.run_until(1);
    EXPECT_THAT(world.way(),
                ElementsAre(Pair(CaseStep::detected, Role::system), Pair(CaseStep::queued, Role::planner),
                            Pair(CaseStep::begun, Role::planner), Pair(CaseStep::bounced, Role::planner),
                            Pair(CaseStep::queued, Role::service_agent), Pair(CaseStep::begun, Role::service_agent),
                            Pair(CaseStep::bounced, Role::service_agent), Pair(CaseStep::queued, Role::planner),
                            Pair(CaseStep::begun, Role::planner), Pair(CaseStep::bounced, Role::planner),
                            Pair(CaseStep::queued, Role::service_agent), Pair(CaseStep::begun, Role::service_agent),
                            Pair(CaseStep::handled, Role::service_agent), Pair(CaseStep::released, Role::system),
                            Pair(CaseStep::executed, Role::system), Pair(CaseStep::closed, Role::system)));
}

TEST(Rights, ManyDesksAreManyTouches) {
    Network network = under({});
    network.strategy.governance.rights.purchase.clear();
    network.strategy.governance.approvals.clear();
    network.office.bounces = 255;
    network.office.minutes_per_bounce = 1;
    Governed world(std::move(network));
    world.run_until(0, 9);
    world.ask(100);
    world.run_until(6);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.touches, 255);
}

TEST(Rights, SayOnWhoseDeskADecisionIs) {
    Network network = under({});
    network.strategy.governance.rights.purchase = {Role::finance};
    network.strategy.governance.approvals.clear();
    Governed world(std::move(network));
    world.run_until(0, 9);
    world.ask(100);
    world.run_until(1);
    EXPECT_EQ(world.way()[1], std::pair(CaseStep::queued, Role::finance));
}

}  // namespace
}  // namespace entrepot::tests
