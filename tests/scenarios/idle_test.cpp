#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// Settings of who decides that would silently have no effect are told, where the user has written them.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> problems_of(const std::string& text) { return Scratch().over_tiny(text); }

/// Notes of a text that is laid over tiny and refused in nothing.
std::vector<std::string> notes_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
    const Scratch scratch;
    const auto file = scratch.write("over.toml", "base = \"" + shipped("tiny.toml").string() + "\"\n" + text);
    const Result result = load(file, overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? result.loaded->notes : std::vector<std::string>{};
}

std::string guardrail(const std::string& strategy, const std::string& keys) {
    return "[strategy." + strategy + ".guardrail.new]\n" + keys;
}
std::string route_of(const std::string& keys) { return "[strategy.S6.route.new]\n" + keys; }
const std::string kUrgent = "urgent = true\n";

TEST(Idle, GuardrailOfWhatTheSystemMayNotDecide) {
    EXPECT_THAT(problems_of(guardrail("S6", "value = \"$1\"\n")), IsEmpty());
    EXPECT_THAT(problems_of(guardrail("S6", "value = \"$1\"\n") + "[strategy.S6.rights]\npurchase = [\"planner\"]\n"),
                ElementsAre(HasSubstr("S6.guardrail.new: got a limit of what the system has no right to decide, want "
                                      "it in rights.purchase")));
    EXPECT_THAT(problems_of(guardrail("S6", "decision = \"priority_exception\"\ndecisions_a_day = 3\n")),
                ElementsAre(HasSubstr("want it in rights.priority_exception")));
}

/// S1 and S6 stand on S0, and S6 lets the system decide.
TEST(Idle, WhatWorksInAStrategyThatTakesItOverIsNone) {
    EXPECT_THAT(problems_of(guardrail("S0", "decision = \"transfer\"\nvalue = \"$1\"\n")), IsEmpty());
}

/// Who takes automation away has not written the guardrails: he hears of them.
TEST(Idle, WhatABaseSaysMayStandUnused) {
    const std::string alone = "[strategy.S6.rights]\npurchase = [\"planner\"]\n";
    EXPECT_THAT(notes_of(alone), ElementsAre(HasSubstr("S6.guardrail.value: has no effect: got a limit"),
                                             HasSubstr("S6.guardrail.confidence: has no effect"),
                                             HasSubstr("S6.guardrail.change: has no effect")));
    const auto notes = notes_of(guardrail("S6", "value = \"$1\"\n"), {"strategy.S6.rights.purchase=['planner']"});
    EXPECT_THAT(notes, ::testing::Contains(HasSubstr("S6.guardrail.new: has no effect: got a limit")));
    EXPECT_THAT(notes_of(""), IsEmpty());
    EXPECT_THAT(
        notes_of("[strategy.own]\nnew = true\nbase = \"S6\"\n[strategy.own.rights]\npurchase = [\"planner\"]\n"),
        Not(::testing::Contains(HasSubstr("has no effect"))));  // they work in S6
}

/// A study keeps its scenario as a whole text of its own, which can be read again.
TEST(Idle, IsNoMatterInTheTextOfAStudy) {
    const Result file = load(shipped("tiny.toml"), std::vector<std::string>{"strategy.S6.rights.purchase=['planner']"});
    ASSERT_TRUE(file);
    const Result text = load_text(file.loaded->text, "the study's");
    ASSERT_TRUE(text) << to_string(text.problems.front());
}

TEST(Idle, RouteOfCasesThatThereAreNone) {
    const auto of = [](const char* kind) { return route_of(kUrgent + "decisions = [\"" + kind + "\"]\n"); };
    EXPECT_THAT(problems_of(of("promise_change") + "[strategy.S6.rights]\npromise_change = [\"service_agent\"]\n"
                                                   "[strategy.S6.notices]\nat_risk = \"0 d\"\n"),
                ElementsAre(HasSubstr("route.new.decisions: got promise_change, of which there are none, want "
                                      "notices.at_risk above 0")));
    EXPECT_THAT(problems_of(of("alert")), ElementsAre(HasSubstr("got alert, of which there are none, want one of "
                                                                "alerts.cover_below")));
    EXPECT_THAT(problems_of(of("allocation_override")),
                ElementsAre(HasSubstr("of which there are none, want workflow.takes_allocated")));
    EXPECT_THAT(problems_of(of("priority_exception")), IsEmpty());
    EXPECT_THAT(problems_of(of("alert") + "[strategy.S6.alerts]\ncover_below = \"2 d\"\n"), IsEmpty());
    EXPECT_THAT(problems_of(of("allocation_override") + "[strategy.S6.workflow]\ntakes_allocated = true\n"), IsEmpty());
    EXPECT_THAT(problems_of(route_of(kUrgent + "decisions = [\"alert\", \"purchase\"]\n")), IsEmpty());
    EXPECT_THAT(problems_of(route_of(kUrgent)), IsEmpty());
}

TEST(Idle, RouteOfWhatTheSystemDecides) {
    const std::string notices = "[strategy.S6.notices]\nat_risk = \"2 d\"\n";
    const std::string route = route_of(kUrgent + "decisions = [\"promise_change\"]\n") + notices;
    EXPECT_THAT(problems_of(route),
                ElementsAre(HasSubstr("got promise_change, which the system decides without people, want people alone "
                                      "in rights.promise_change, or a guardrail that routes")));
    EXPECT_THAT(problems_of(route + "[strategy.S6.rights]\npromise_change = [\"service_agent\"]\n"), IsEmpty());
    EXPECT_THAT(problems_of(route + "[strategy.S6.rights]\npromise_change = [\"system\", \"service_agent\"]\n" +
                            guardrail("S6", "decision = \"promise_change\"\ntiers = [\"T1\"]\n")),
                IsEmpty());
    EXPECT_THAT(problems_of(route_of(kUrgent + "decisions = [\"transfer\"]\n")), IsEmpty());  // of escalated orders
}

TEST(Idle, RouteBehindACatchAll) {
    const auto two = [](const std::string& first, const std::string& second) {
        return "[strategy.S6.route.first]\n" + kUrgent + first + "[strategy.S6.route.second]\n" + kUrgent + second;
    };
    const auto behind = ElementsAre(HasSubstr("route.second: got a route behind route.first, which leaves nothing"));
    EXPECT_THAT(problems_of(two("", "decisions = [\"purchase\"]\n")), behind);
    EXPECT_THAT(problems_of(two("decisions = [\"purchase\"]\n", "")), IsEmpty());
    EXPECT_THAT(problems_of(two("above = \"$5\"\n", "above = \"$7\"\n")), behind);
    EXPECT_THAT(problems_of(two("above = \"$7\"\n", "above = \"$5\"\n")), IsEmpty());
    EXPECT_THAT(problems_of(two("cover_below = \"7 d\"\n", "cover_below = \"5 d\"\nclass = \"A\"\n")), behind);
    EXPECT_THAT(problems_of(two("cover_below = \"5 d\"\n", "cover_below = \"7 d\"\n")), IsEmpty());
    EXPECT_THAT(problems_of(two("class = \"A\"\n", "class = \"B\"\n")), IsEmpty());
    EXPECT_THAT(problems_of(two("tiers = [\"T1\", \"T2\"]\n", "tiers = [\"T2\"]\n")), behind);
    EXPECT_THAT(problems_of(two("tiers = [\"T2\"]\n", "tiers = [\"T1\", \"T2\"]\n")), IsEmpty());
    EXPECT_THAT(problems_of(two("decisions = [\"purchase\", \"transfer\"]\n", "decisions = [\"transfer\"]\n")), behind);
}

TEST(Idle, PeopleOfAlertsWithoutAlerts) {
    EXPECT_THAT(problems_of("[office]\nper_alert = \"5 min\"\n[office.judgement]\nattention = 0.5\n"),
                ElementsAre(HasSubstr("office.per_alert: got it where no strategy has alerts"),
                            HasSubstr("office.judgement.attention: got it where no strategy has alerts")));
    EXPECT_THAT(problems_of("[office]\nper_alert = \"5 min\"\n[strategy.S1.alerts]\ncover_below = \"2 d\"\n"),
                IsEmpty());
}

TEST(Idle, StockThatNobodyCouldGetOrGive) {
    const std::string takes = "[strategy.S1.workflow]\ntakes_allocated = true\n";
    EXPECT_THAT(problems_of(takes), IsEmpty());
    const auto ranks = [&](const char* first, const char* others) {
        return problems_of(takes + "[tier.T1]\nrank = " + first + "\n[tier.T2]\nrank = " + others +
                           "\n[tier.E]\nrank = " + others + "\n");
    };
    EXPECT_THAT(ranks("1", "2"), ElementsAre(HasSubstr("takes_allocated: got it without a tier of rank 0")));
    EXPECT_THAT(ranks("0", "0"), ElementsAre(HasSubstr("takes_allocated: got it where all tiers have rank 0")));
}

TEST(Idle, ValueOfWhatHasNone) {
    const auto approval = [](const std::string& decisions, const char* above) {
        return problems_of("[strategy.S6.approval.new]\ndecisions = [" + decisions + "]\nabove = \"" + above + "\"\n");
    };
    EXPECT_THAT(approval("\"priority_exception\"", "$5"),
                ElementsAre(HasSubstr("approval.new.above: got a value from which on priority_exception is asked for, "
                                      "which has none")));
    EXPECT_THAT(approval("\"priority_exception\"", "$0"), IsEmpty());
    EXPECT_THAT(approval("\"purchase\", \"allocation_override\"", "$5"), IsEmpty());
    EXPECT_THAT(approval("\"purchase\", \"promise_change\"", "$5").size(), 1u);
}

TEST(Idle, AlertsWhereTheSitesOrderByThemselves) {
    const std::string stock =
        "[stock.all]\nreorder_point = 5\norder_up_to = 9\n[strategy.S6.replenishment]\npolicy = "
        "\"stock_rules\"\n[strategy.S6.alerts]\n";
    EXPECT_THAT(problems_of(stock + "cover_below = \"2 d\"\n"),
                ElementsAre(HasSubstr("strategy.S6.alerts: got them where the sites order by themselves")));
}

TEST(Idle, LimitsAndApprovalsOfWhatNeverComes) {
    EXPECT_THAT(
        problems_of(route_of("decisions = [\"credit_hold\"]\n" + kUrgent)),
        ElementsAre(HasSubstr("route.new.decisions: got credit_hold, of which there are none, want a [hold.NAME]")));
    const std::string approval = "[strategy.S6.approval.new]\nrole = \"finance\"\ndecisions = ";
    EXPECT_THAT(problems_of(approval + "[\"allocation_override\"]\n"),
                ElementsAre(HasSubstr("approval.new.decisions: got allocation_override, of which there are none")));
    EXPECT_THAT(problems_of(approval + "[\"allocation_override\"]\n[strategy.S6.workflow]\ntakes_allocated = true\n"),
                IsEmpty());
    EXPECT_THAT(problems_of("[strategy.S6.notices]\nat_risk = \"0 d\"\n[strategy.S6.rights]\n"
                            "promise_change = [\"system\", \"service_agent\"]\n" +
                            guardrail("S6", "decision = \"promise_change\"\ndecisions_a_day = 3\n")),
                ElementsAre(HasSubstr("guardrail.new: got promise_change, of which there are none")));
}

/// Whoever switches a part of a base off may leave its other keys as they are.
TEST(Idle, SwitchesOfABaseMayBeSetToNothing) {
    EXPECT_THAT(Scratch().over("six_warehouses.toml", "[tier.T1]\nreturns.share = 0\n[hold]\ncredit.share = 0\n"),
                IsEmpty());
    EXPECT_THAT(problems_of("[tier.T1]\nreturns.time = { distribution = \"constant\", mean = \"9 d\" }\n"),
                ElementsAre(HasSubstr("tier.T1.returns.time: got no share beside it")));
}

TEST(Idle, WhatNobodyHasOrFollows) {
    EXPECT_THAT(problems_of("[strategy.S0.waves]\nlocal_override = 0\nlocal_rule = \"newest\"\n"),
                ElementsAre(HasSubstr("waves.local_rule: got a rule that no supervisor follows")));
    EXPECT_THAT(notes_of("[hold.a]\nshare = 0\n"),
                ::testing::Contains(HasSubstr("hold.a: has no effect: got a hold of no orders")));
    EXPECT_THAT(notes_of("[office.skill_group.x]\nheads = 0\npace = 0.5\n"),
                ::testing::Contains(HasSubstr("skill_group.x: has no effect: got a skill that nobody has")));
    EXPECT_THAT(problems_of("[strategy.S0.alerts]\nagain = \"3 d\"\n"),
                ElementsAre(HasSubstr("S0.alerts: got alerts that tell of nothing")));
}

// One mistake is told once, and nothing that only follows from it.

TEST(Mistakes, OfARouteAreToldOnce) {
    EXPECT_THAT(problems_of("[strategy.S0.route.new]\nsettles_after = \"0 h\"\n"),
                ElementsAre(HasSubstr("S0.route.new.settles_after: got \"0 h\"")));
    EXPECT_THAT(problems_of("[strategy.S0.route.new]\nabove = \"$1\"\n"),
                ElementsAre(HasSubstr("S0.route.new: got a route that leads nowhere")));
}

TEST(Mistakes, OfARoleAreToldOnce) {
    EXPECT_THAT(problems_of("[strategy.S6.rights]\npurchase = [\"system\", \"plnner\"]\n"),
                ElementsAre(HasSubstr("rights.purchase: got \"plnner\"")));
    EXPECT_THAT(problems_of("[strategy.S0.rights]\npurchase = [\"plnner\"]\n"),
                ElementsAre(HasSubstr("S0.rights.purchase: got \"plnner\"")));
    EXPECT_THAT(problems_of(route_of("decisions = [\"purchase\"]\nto = \"finance\"\n") +
                            "[strategy.S6.rights]\npurchase = [\"system\", \"finanse\"]\n"),
                ElementsAre(HasSubstr("got \"finanse\"")));
    EXPECT_THAT(problems_of("[strategy.S6.approval.a]\nservice_level = \"0 h\"\nescalates_to = \"procurement\"\n"),
                ElementsAre(HasSubstr("service_level: got \"0 h\"")));
    EXPECT_THAT(problems_of("[strategy.S6.approval.a]\nabsent = \"200 %\"\ndelegate = \"finance\"\n"),
                ElementsAre(HasSubstr("absent: got \"200 %\"")));
}

/// Keys of links that those beside them leave nothing to do are no mistake: the user hears of them.
TEST(Idle, KeysOfLinksThatOthersLeaveNothingToDo) {
    const auto link = [](const std::string& keys) {
        const std::string own = R"([integration.own]
pump = "1 min"
[integration.own.link.one]
interfaces = ["purchase_order"]
)";
        return notes_of(own + keys + "[strategy.own]\nnew = true\nbase = \"S6\"\nintegration = \"own\"\n");
    };
    const std::string retries = "failure = 0.1\nretries = 2\nfirst_wait = \"1 min\"\n";
    EXPECT_THAT(link(retries + "duplicates = 0.1\n"), Not(Contains(HasSubstr("has no effect"))));
    EXPECT_THAT(link(retries + "duplicates = 0.1\nidempotent = true\n"),
                Contains(HasSubstr("duplicates: has no effect: got it beside idempotent")));
    EXPECT_THAT(link("failure = 0.1\nduplicates = 0.1\n"), Contains(HasSubstr("got it without retries")));
    EXPECT_THAT(link("latency_sigma = 1.0\n"), Contains(HasSubstr("got it without latency_median")));
    EXPECT_THAT(link("version_checked = true\n"), Contains(HasSubstr("got it without overtaken")));
    EXPECT_THAT(link("noticed_sigma = 0.5\n"), Contains(HasSubstr("got it without noticed_median")));
}

TEST(Idle, OutagesOfWhatNobodySends) {
    const auto outage = [](const std::string& interface, const std::string& more = "") {
        return notes_of("[disturbance.dark]\nkind = \"outage\"\nday = \"2 d\"\nlasts = \"3 h\"\ninterface = \"" +
                        interface + "\"\n" + more);
    };
    const std::string silent = "[supplier_segment_defaults]\nconfirms = 0\nannounces = 0\n";
    const std::string telling = "[supplier_segment_defaults]\nconfirms = 0.5\nannounces = 0.5\n";
    EXPECT_THAT(outage("asn", silent), Contains(HasSubstr("dark.interface: has no effect: got asn, want")));
    EXPECT_THAT(outage("confirmation", silent), Contains(HasSubstr("got confirmation, want")));
    EXPECT_THAT(outage("asn", telling), Not(Contains(HasSubstr("has no effect"))));
    EXPECT_THAT(outage("gateway"), Not(Contains(HasSubstr("has no effect"))));
    EXPECT_THAT(outage("posting"), Not(Contains(HasSubstr("has no effect"))));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
