#include <memory>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"

/// Stock that goes from one order to another one that was escalated: both stories say so.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using testing::HasSubstr;
using testing::Not;

/// The stories of all orders of some weeks of a scenario's S0.
std::vector<std::string> stories_of(const std::vector<std::string>& changes) {
    const auto scenario = loaded("tiny.toml", changes);
    const models::Network network = network_of(scenario, "S0");
    const Names names(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers;
    for (int day = 5; day <= 30; ++day) {
        for (const char* site : {"North", "South", "West"}) {
            for (int i = 1; i <= 20; ++i) {
                for (const char* stream : {"b2b", "ecommerce"}) {
                    const auto address = names.find_order(fmt::format("{}-2026-01-{:02}-{}-{}", site, day, stream, i));
                    if (!address) continue;
                    watchers.push_back(watched.emplace_back(std::make_unique<OrderWatcher>(network, *address)).get());
                }
            }
        }
    }
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    std::vector<std::string> stories;
    for (const auto& order : watched) {
        if (order->found()) stories.push_back(steps_of(order->story()));
    }
    return stories;
}

std::string changed(const std::string& what) { return "strategy.S0." + what; }
const std::string kAllComplain = "tier.T1.escalation_probability=1";
const std::string kTakes = changed(R"(workflow={ takes_allocated = true, escalation_search_median = "1 min" })");

/// Those that tell a thing.
std::vector<std::string> telling(const std::vector<std::string>& stories, const std::string& what) {
    std::vector<std::string> some;
    for (const std::string& story : stories) {
        if (story.find(what) != std::string::npos) some.push_back(story);
    }
    return some;
}

/// Everybody of the first tier complains at once, and the only wave of a day comes in the evening.
TEST(OverrideStory, TellsWhoGotAndWhoLost) {
    const auto stories =
        stories_of({kTakes, changed(R"(waves.starts=["18:00"])"), kAllComplain, R"(office.per_escalation="1 min")"});
    EXPECT_GT(telling(stories, "that orders of lower tiers were promised").size(), 0u);
    const auto lost = telling(stories, "an escalated order of a higher tier gets");
    EXPECT_GT(lost.size(), 0u);
    for (const std::string& text : lost) EXPECT_THAT(text, Not(HasSubstr("has taken 0"))) << text;
}

/// By the time it is agreed to, others have been picked.
TEST(OverrideStory, TellsWhatCouldNotBeTaken) {
    const auto stories = stories_of({kTakes, kAllComplain,
                                     changed("approval.lead={ new = true, decisions = ['allocation_override'], role = "
                                             "'service_lead', median = '4 h' }")});
    EXPECT_GT(telling(stories, "asks a lead of customer service to agree that it gets").size(), 0u);
    EXPECT_GT(telling(stories, "service lead: agrees that it gets").size(), 0u);
    const auto missing = telling(stories, "was left to take from others");
    EXPECT_GT(missing.size(), 0u);
    for (const std::string& text : missing) EXPECT_THAT(text, HasSubstr("a planner is asked for stock")) << text;
}

/// A guardrail keeps every order in its turn: nobody has settled anything, and the order doesn't go first.
TEST(ComplaintStory, TellsWhatAGuardrailForbids) {
    const auto stories = stories_of(
        {kAllComplain, changed("rights.priority_exception=['system']"),
         changed(
             "guardrail.turn={ new = true, decision = 'priority_exception', action = 'block', decisions_a_day = 0 }")});
    const auto forbidden = telling(stories, "customer service: a guardrail forbids that it goes before its turn");
    EXPECT_GT(forbidden.size(), 10u);
    for (const std::string& text : forbidden) {
        EXPECT_THAT(text, HasSubstr("an agent has dealt with it"));
        EXPECT_THAT(text, Not(HasSubstr("settled"))) << text;
    }
    EXPECT_EQ(telling(stories, "the order goes first now").size(), 0u);
}

TEST(ComplaintStory, TellsWhoAgreesThatAnOrderGoesFirst) {
    const auto stories =
        stories_of({kAllComplain, changed("rights.priority_exception=['service_lead']"),
                    changed("approval.money={ new = true, decisions = ['priority_exception'], role = 'finance' }")});
    const auto agreed = telling(stories, "finance: agrees that it goes before its turn");
    EXPECT_GT(agreed.size(), 10u);
    for (const std::string& text : agreed) {
        EXPECT_THAT(text, HasSubstr("puts before a lead of customer service whether it goes before its turn"));
        EXPECT_THAT(text, HasSubstr("asks finance to agree that it goes before its turn"));
    }
}

/// Those whom nobody comes to are settled without an agent, or nothing is done.
TEST(ComplaintStory, TellsThatNobodyCame) {
    const auto with = [](const std::string& settled) {
        return stories_of(
            {kAllComplain, "office.service_agents=1", R"(office.per_escalation="2 h")",
             changed("route.late={ decisions = ['escalation'], settles_after = '1 h', settled = '" + settled + "' }")});
    };
    EXPECT_GT(telling(with("release"), "it is settled without an agent").size(), 5u);
    const auto dropped = telling(with("drop"), "nobody has come to it in time, and nothing is done");
    EXPECT_GT(dropped.size(), 5u);
    for (const std::string& text : dropped) EXPECT_THAT(text, Not(HasSubstr("goes first now"))) << text;
}

}  // namespace
}  // namespace entrepot::tests
