#include "studies/evidence/bottlenecks.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "studies/explain/rerun.hpp"

/// What a page of bottlenecks says of people: what they override and key in, and how long levels of approval hold it.
namespace entrepot::tests {
namespace {

using namespace studies::evidence;
using models::CaseStep;
using models::DecisionKind;
using models::Role;
using models::StepOutcome;
using studies::explain::Seen;
using studies::explain::Watcher;

/// Facts as they are told, of the cases that were detected in the measured window.
struct FactsOfCases : Watcher {
    explicit FactsOfCases(const models::Calendar& of) : calendar(of) {}

    void see(const Seen& seen) override { take(seen.facts); }
    void end(const models::World&, std::span<const models::Fact> facts) override { take(facts); }
    void take(std::span<const models::Fact> facts) {
        using Facts = models::FactList;
        for (const models::Fact& fact : facts) {
            if (fact.kind() == Facts::kind_of<models::CaseStepped>()) {
                const auto& step = fact.as<models::CaseStepped>();
                const int day = models::day_of(fact.at) - calendar.warmup_days;
                const bool measured = day >= 0 && day < calendar.measure_days;
                if (static_cast<CaseStep>(step.step) == CaseStep::detected && measured) cases.insert(step.number);
                if (cases.contains(step.number)) steps.push_back(step);
            } else if (fact.kind() == Facts::kind_of<models::CaseClosed>()) {
                const auto& one = fact.as<models::CaseClosed>();
                if (cases.contains(one.number)) closed.push_back(one);
            } else if (fact.kind() == Facts::kind_of<models::DecisionJudged>()) {
                const auto& one = fact.as<models::DecisionJudged>();
                if (cases.contains(one.number)) judged.push_back(one);
            } else if (fact.kind() == Facts::kind_of<models::ApprovalGiven>()) {
                const auto& one = fact.as<models::ApprovalGiven>();
                if (cases.contains(one.number)) given.push_back(one);
            }
        }
    }
    std::size_t told(CaseStep wanted, StepOutcome outcome, Role role = Role::planner) const {
        return static_cast<std::size_t>(std::ranges::count_if(steps, [&](const models::CaseStepped& step) {
            return step.step == static_cast<std::uint8_t>(wanted) &&
                   step.outcome == static_cast<std::uint8_t>(outcome) && step.role == static_cast<std::uint8_t>(role);
        }));
    }

    const models::Calendar& calendar;
    std::set<std::uint32_t> cases;
    std::vector<models::CaseStepped> steps;
    std::vector<models::CaseClosed> closed;
    std::vector<models::DecisionJudged> judged;
    std::vector<models::ApprovalGiven> given;
};

struct Page {
    models::Network network;
    FactsOfCases facts;
    BottleneckWatch watch;

    explicit Page(models::Network of) : network(std::move(of)), facts(network.calendar), watch(network) {
        Watcher* watchers[] = {&facts, &watch};
        rerun(network, {7}, watchers, true);
    }
    const Bottlenecks& found() const { return watch.found(); }
};

models::Network tiny(const std::string& strategy, const std::vector<std::string>& changes) {
    std::vector<std::string> all{"calendar.measure='120 d'"};
    all.insert(all.end(), changes.begin(), changes.end());
    return network_of(loaded("tiny.toml", all), strategy);
}

TEST(BottleneckPage, CountsOverridesAndWhatTheyWereWorth) {
    const Page page(
        tiny("S6", {"office.judgement.acceptance=0.5", "office.judgement.override_insight=0.4",
                    "strategy.S6.guardrail.value.value='$500'", "strategy.S6.guardrail.change.change=0.2"}));
    const Overrides& of = page.found().overrides.at({Role::planner, DecisionKind::purchase});
    EXPECT_EQ(of.informed, page.facts.told(CaseStep::changed, StepOutcome::informed));
    EXPECT_EQ(of.done, of.informed + page.facts.told(CaseStep::changed, StepOutcome::none));
    EXPECT_EQ(of.beyond, page.facts.told(CaseStep::checked, StepOutcome::beyond));
    EXPECT_EQ(of.refused, 0u);
    EXPECT_GT(of.informed, 3u);
    EXPECT_GT(of.done, of.beyond);
    EXPECT_GT(of.beyond, 3u);
    std::size_t judged = 0, better = 0;
    double value = 0;
    for (const models::DecisionJudged& one : page.facts.judged) {
        if (one.who != models::Recommended::changed) continue;
        ++judged;
        better += one.decided < one.offered;
        value += double{one.offered} - one.decided;
    }
    EXPECT_EQ(of.judged, judged);
    EXPECT_EQ(of.better, better);
    EXPECT_NEAR(of.value, value, 1e-6);
    EXPECT_GT(judged, 10u);
}

TEST(BottleneckPage, CountsWhoIsRefused) {
    const Page page(tiny("S6", {"office.judgement.acceptance=0.5", "strategy.S6.guardrail.value.value='$500'",
                                "strategy.S6.rights.override=['finance']"}));
    const Overrides& of = page.found().overrides.at({Role::planner, DecisionKind::purchase});
    EXPECT_EQ(of.refused, page.facts.told(CaseStep::changed, StepOutcome::refused));
    EXPECT_GT(of.refused, 10u);
    EXPECT_EQ(of.done + of.beyond + of.judged, 0u);
}

TEST(BottleneckPage, CountsWhatIsKeyedByHand) {
    const Page page(tiny("S0", {"office.judgement.keying_errors=0.3", "office.per_approval='10 min'"}));
    ASSERT_EQ(page.found().rekeyed.size(), 1u);  // approvers key nothing in
    const Rekeyed& of = page.found().rekeyed.at({DecisionKind::purchase, Role::planner});
    std::size_t lines = 0, mistakes = 0;
    for (const models::CaseClosed& one : page.facts.closed) {
        if (static_cast<DecisionKind>(one.kind) != DecisionKind::purchase || one.executed == 0) continue;
        ++lines;
        mistakes += one.mistaken;
    }
    EXPECT_EQ(of.lines, lines);
    EXPECT_EQ(of.mistakes, mistakes);
    EXPECT_GT(mistakes, 5u);
    EXPECT_TRUE(Page(tiny("S6", {})).found().rekeyed.empty());
}

TEST(BottleneckPage, SaysWhichLevelOfApprovalHoldsWhatForHowLong) {
    const Page page(tiny(
        "S0", {"strategy.S0.approval.procurement.above='$500'", "strategy.S0.approval.procurement.service_level='3 h'",
               "strategy.S0.approval.procurement.escalates_to='leads'",
               "strategy.S0.approval.leads={new=true, above='$2000', role='procurement', median='1 h'}"}));
    std::map<int, std::vector<double>> hours;
    std::map<int, std::size_t> late;
    for (const models::ApprovalGiven& one : page.facts.given) {
        hours[one.level].push_back(one.hours);
        late[one.level] += one.service == models::Service::missed;
    }
    ASSERT_EQ(hours.size(), 2u);
    for (auto& [level, all] : hours) {
        const HeldByLevel& held = page.found().levels.at({static_cast<std::size_t>(level), Role::procurement});
        std::ranges::sort(all);
        EXPECT_EQ(held.spans.clock, all);
        EXPECT_EQ(held.late, late[level]);
        EXPECT_GT(all.size(), 10u);
    }
    EXPECT_GT(late[0], 0u);
    EXPECT_EQ(late[1], 0u);
}

std::size_t gathered(const KindOfCase& kind) { return kind.stages[0].count(); }

/// What follows from an escalation was raised with it: its facts are known, and it waits for an approval.
TEST(BottleneckPage, GathersFactsForEscalationsAlone) {
    const Page page(
        tiny("S6", {"strategy.S6.workflow.takes_allocated=true", "office.per_approval='10 min'",
                    "strategy.S6.approval.leads={new=true, decisions=['allocation_override', 'priority_exception'], "
                    "role='service_lead', median='1 h'}"}));
    const auto& kinds = page.found().kinds;
    EXPECT_GT(gathered(kinds.at(DecisionKind::escalation)), 10u);
    for (const DecisionKind kind : {DecisionKind::priority_exception, DecisionKind::allocation_override}) {
        ASSERT_TRUE(kinds.contains(kind));
        EXPECT_EQ(gathered(kinds.at(kind)), 0u);
        EXPECT_GT(kinds.at(kind).stages[3].count(), 0u);  // for an approval
        const auto done = page.found().overrides.find({Role::service_agent, kind});
        EXPECT_EQ(done == page.found().overrides.end() ? 0 : done->second.done, kinds.at(kind).executed);
    }
}

/// Each case where nothing was done has its reason.
TEST(BottleneckPage, SaysWhyNothingWasDone) {
    const Page alerts(tiny("S0", {"strategy.S0.alerts={cover_below='15 d'}", "office.judgement.attention=0.5",
                                  "strategy.S0.route.late={decisions=['alert'], settles_after='8 h', settled='drop'}",
                                  "office.planners=1", "office.per_alert='20 min'"}));
    const KindOfCase& people = alerts.found().kinds.at(DecisionKind::alert);
    EXPECT_EQ(people.ignored, alerts.facts.told(CaseStep::checked, StepOutcome::ignored));
    EXPECT_EQ(people.left, alerts.facts.told(CaseStep::settled, StepOutcome::dropped, Role::system));
    EXPECT_EQ(people.needless + people.barred, 0u);
    EXPECT_GT(people.ignored, 5u);
    EXPECT_GT(people.left, 5u);
    EXPECT_GT(people.in_vain, 0u);

    const Page system(
        tiny("S6", {"strategy.S6.alerts={cover_below='10 d'}", "strategy.S6.rights.alert=['system']",
                    "strategy.S6.guardrail.none={new=true, decision='purchase', action='block', value='$800'}"}));
    const KindOfCase& looked = system.found().kinds.at(DecisionKind::alert);
    EXPECT_GT(looked.in_vain, 5u);
    EXPECT_EQ(looked.needless, 0u);
    const KindOfCase& bought = system.found().kinds.at(DecisionKind::purchase);
    EXPECT_EQ(bought.barred, system.facts.told(CaseStep::checked, StepOutcome::blocked, Role::system));
    EXPECT_GT(bought.barred, 5u);
    EXPECT_EQ(bought.needless + bought.in_vain, 0u);
}

/// What becomes urgent in the queue goes on waiting there.
TEST(CaseLog, GoesOnWaitingOnceItIsUrgent) {
    const models::Network network = tiny("S0", {"strategy.S0.route.old={decisions=['purchase'], ages_after='1 h'}",
                                                "office.planners=1", "office.per_line='3 h'"});
    std::map<std::uint32_t, std::vector<Activity>> cases;
    CaseLog log([&](const Activity& activity) { cases[activity.number].push_back(activity); });
    Watcher* watchers[] = {&log};
    rerun(network, {7}, watchers, true);
    int aged = 0;
    for (const auto& [number, activities] : cases) {
        for (std::size_t i = 0; i + 1 < activities.size(); ++i) {
            if (activities[i].name != std::string_view("aged")) continue;
            ++aged;
            EXPECT_EQ(activities[i + 1].name, std::string_view("waiting"));
            EXPECT_EQ(activities[i + 1].start, activities[i].start);
            EXPECT_GT(activities[i + 1].end, activities[i].start);
        }
    }
    EXPECT_GT(aged, 10);
}

}  // namespace
}  // namespace entrepot::tests
