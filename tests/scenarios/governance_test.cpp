#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// Rights, guardrails and approvals of a strategy: what can't be meant is told where it stands.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> told(const std::string& text) { return Scratch().over_tiny(text); }
std::string with_guardrail(const std::string& keys) { return "[strategy.S6.guardrail.new]\n" + keys; }
std::string with_approval(const std::string& keys) { return "[strategy.S6.approval.new]\n" + keys; }

TEST(Governance, AGuardrailMeasuresSomething) {
    EXPECT_THAT(told(with_guardrail("value = \"$1\"\n")), IsEmpty());
    EXPECT_THAT(told(with_guardrail("action = \"block\"\n")),
                ElementsAre(HasSubstr("strategy.S6.guardrail.new: got no measure, want one of value, confidence")));
}

TEST(Governance, AGuardrailsMeasureFitsItsDecision) {
    EXPECT_THAT(told(with_guardrail("donor_cover = \"3 d\"\n")),
                ElementsAre(HasSubstr("guardrail.new.donor_cover: got it of a purchase line")));
    EXPECT_THAT(told(with_guardrail("decision = \"transfer\"\nconfidence = 0.5\n")),
                ElementsAre(HasSubstr("guardrail.new.confidence: got it of no purchase line")));
    EXPECT_THAT(told(with_guardrail("action = \"cap\"\nconfidence = 0.5\n")),
                ElementsAre(HasSubstr("guardrail.new.action: got cap for a measure that no smaller quantity meets")));
}

TEST(Governance, AGuardrailsScopeExists) {
    EXPECT_THAT(told(with_guardrail("value = \"$1\"\nsite = \"Nowhere\"\nclass = \"Z\"\n")),
                ElementsAre(HasSubstr("guardrail.new.site: got \"Nowhere\", want the name of a site"),
                            HasSubstr("guardrail.new.class: got \"Z\", want a class")));
}

/// People must be able to decide what a guardrail leaves to them.
TEST(Governance, SomebodyMayPassAGuardrail) {
    const std::string alone = "[strategy.S6.rights]\npurchase = [\"system\"]\n";
    const auto all = told(alone);
    EXPECT_FALSE(all.empty());
    for (const std::string& each : all) EXPECT_THAT(each, HasSubstr("a guardrail that no role may pass"));
}

TEST(Governance, WhoHasARightIsThere) {
    EXPECT_THAT(
        told("[strategy.S6.rights]\ntransfer = [\"system\", \"finance\"]\n[office]\nfinance = 0\n"),
        ElementsAre(HasSubstr("strategy.S6.rights.transfer: got a right that nobody has: office.finance is 0")));
    EXPECT_THAT(told("[strategy.S6.rights]\noverride = [\"system\"]\n"),
                ElementsAre(HasSubstr("rights.override: got the system, want roles of people")));
    EXPECT_THAT(told("[strategy.S6.rights]\nescalation = [\"system\"]\n"),
                ElementsAre(HasSubstr("rights.escalation: got the system, want roles of people")));
}

/// With nobody to answer, complaints would stay open for good, and nothing would show it.
TEST(Governance, SomebodyAnswersComplaintsAndFreesLinks) {
    EXPECT_THAT(told("[office]\nservice_agents = 0\n"),
                Contains(HasSubstr("office.service_agents: got nobody for customers' complaints")));
    const std::string lead = "[strategy.S0.rights]\nescalation = [\"service_lead\"]\n";
    EXPECT_THAT(told(lead + "[office]\nservice_leads = 1\n"), IsEmpty());
    EXPECT_THAT(told("[office]\nit_support = 0\n"),
                Contains(HasSubstr("office.it_support: got nobody for what is stuck between systems")));
}

TEST(Governance, AnApprovalHasAnApprover) {
    EXPECT_THAT(told(with_approval("above = \"$1\"\nrole = \"finance\"\n[office]\nfinance = 0\n")),
                ElementsAre(HasSubstr("approval.new.role: got an approval that nobody has: office.finance is 0")));
    EXPECT_THAT(told(with_approval("role = \"system\"\n")),
                ElementsAre(HasSubstr("approval.new.role: got the system")));
    EXPECT_THAT(told(with_approval("absent = 1\n")),
                ElementsAre(HasSubstr("approval.new.absent: got an approver who is never there")));
    EXPECT_THAT(told(with_approval("absent = 1\ndelegate = \"finance\"\n")), IsEmpty());
    EXPECT_THAT(told(with_approval("absent = 0.5\ndelegate = \"procurement\"\n")),
                ElementsAre(HasSubstr("approval.new.delegate: got the role that is away, want another one")));
    EXPECT_THAT(told(with_approval("absent = 1\nservice_level = \"2 h\"\nescalates_to = \"other\"\n") +
                     "[strategy.S6.approval.other]\nrole = \"finance\"\nabove = \"$1\"\n"),
                IsEmpty());
    EXPECT_THAT(told(with_approval("delegate = \"finance\"\n")),
                ElementsAre(HasSubstr("approval.new.delegate: got a delegate of somebody who is always there")));
    EXPECT_THAT(told(with_approval("median = \"-2 h\"\n")), ElementsAre(HasSubstr("approval.new.median")));
}

TEST(Governance, PeopleGoHomeBeforeTheyComeAgain) {
    const auto overtime = [](const std::string& hours) {
        return told("[office]\nstart = \"08:00\"\nproductive_hours = \"8 h\"\n[office.overload]\novertime = \"" +
                    hours + " h\"\n");
    };
    EXPECT_THAT(overtime("8"), IsEmpty());
    EXPECT_THAT(overtime("9"),
                ElementsAre(HasSubstr("office.overload.overtime: got \"9 h\", want an end on the same day")));
    EXPECT_THAT(told("[office.judgement]\nacceptance_least = 0.9\nacceptance_most = 0.5\n"),
                ElementsAre(HasSubstr("acceptance_least: got 0.9, want at most acceptance_most, 0.5")));
}

TEST(Governance, LevelsOfApprovalDontAskInACircle) {
    const std::string first = "[strategy.S6.approval.a]\nservice_level = \"2 h\"\nescalates_to = \"b\"\n";
    EXPECT_THAT(told(first), ElementsAre(HasSubstr("approval.a.escalates_to: got \"b\", want a level of approval")));
    EXPECT_THAT(told(first + "[strategy.S6.approval.b]\nmedian = \"1 h\"\n"), IsEmpty());
    EXPECT_THAT(told(first + "[strategy.S6.approval.b]\nservice_level = \"2 h\"\nescalates_to = \"a\"\n"),
                ElementsAre(HasSubstr("got a circle, a -> b -> a"), HasSubstr("got a circle, b -> a -> b")));
    EXPECT_THAT(told("[strategy.S6.approval.a]\nservice_level = \"2 h\"\n"),
                ElementsAre(HasSubstr("approval.a.service_level: got a time that nobody keeps")));
}

/// Limits of earlier versions are refused with what says the same today.
std::string with_route(const std::string& keys) { return "[strategy.S6.route.new]\n" + keys; }

TEST(Governance, ARouteLeadsSomewhere) {
    EXPECT_THAT(told(with_route("urgent = true\n")), IsEmpty());
    EXPECT_THAT(told(with_route("above = \"$1\"\n")),
                ElementsAre(HasSubstr("strategy.S6.route.new: got a route that leads nowhere")));
    EXPECT_THAT(told(with_route("urgent = true\nages_after = \"1 h\"\n")),
                ElementsAre(HasSubstr("route.new.ages_after: got it of what is urgent at once")));
    EXPECT_THAT(told(with_route("ages_after = \"3 h\"\nsettles_after = \"3 h\"\n")),
                ElementsAre(HasSubstr("route.new.settles_after: got \"3 h\", want later than ages_after")));
    EXPECT_THAT(told(with_route("ages_after = \"-1 h\"\n")), ElementsAre(HasSubstr("route.new.ages_after")));
}

TEST(Governance, ARouteGoesToWhoHasTheRight) {
    EXPECT_THAT(told(with_route("decisions = [\"purchase\"]\nto = \"planner\"\n")), IsEmpty());
    EXPECT_THAT(told(with_route("decisions = [\"purchase\"]\nto = \"finance\"\n")),
                ElementsAre(HasSubstr("route.new.to: got a role without the right to decide it")));
    EXPECT_THAT(told(with_route("to = \"planner\"\n")),
                ElementsAre(HasSubstr("route.new.decisions: got none for a route to one desk")));
}

TEST(Governance, TiersAreOfOrders) {
    EXPECT_THAT(told(with_guardrail("decision = \"promise_change\"\naction = \"block\"\ntiers = [\"T1\"]\n") +
                     "[strategy.S6.notices]\nat_risk = \"2 d\"\n"),
                IsEmpty());
    EXPECT_THAT(told(with_guardrail("value = \"$1\"\ntiers = [\"T1\"]\n")),
                ElementsAre(HasSubstr("guardrail.new.tiers: got them of no order")));
    EXPECT_THAT(told(with_route("urgent = true\ntiers = [\"T9\"]\n")),
                ElementsAre(HasSubstr("route.new.tiers: got \"T9\", want a tier")));
    EXPECT_THAT(told(with_approval("decisions = [\"alert\"]\n")), ElementsAre(HasSubstr("approval.new.decisions")));
}

/// Customers who count on a notice would wait for ever.
TEST(Governance, SomebodyWritesNoticesAndLooksAtAlerts) {
    const std::string nobody = "[office]\nservice_agents = 0\n[strategy.S6.rights]\n";
    EXPECT_THAT(told(nobody + "promise_change = [\"service_agent\"]\n[strategy.S6.notices]\nat_risk = \"2 d\"\n"),
                Contains(HasSubstr("rights.promise_change: got notices to write that nobody has")));
    EXPECT_THAT(told("[office]\nplanners = 0\n[strategy.S6.alerts]\ncover_below = \"2 d\"\n"),
                Contains(HasSubstr("rights.alert: got alerts to look at that nobody has")));
}

TEST(Governance, OldLimitsAreToldWhatTheyAreNow) {
    EXPECT_THAT(told("[strategy.S6.workflow]\nauto_value_limit = \"$7\"\n"),
                ElementsAre(HasSubstr("a guardrail says it")));
    EXPECT_THAT(told("[strategy.S6.workflow]\nauto_release = true\n"), ElementsAre(HasSubstr("say who may decide")));
    EXPECT_THAT(told("[strategy.S6.workflow]\napproval_above = \"$7\"\n"),
                ElementsAre(HasSubstr("a level of approval says it")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
