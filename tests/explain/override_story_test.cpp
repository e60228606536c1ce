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

/// Everybody of the first tier complains at once, and the only wave of a day comes in the evening.
TEST(OverrideStory, TellsWhoGotAndWhoLost) {
    const auto scenario =
        loaded("tiny.toml", {R"(strategy.S0.workflow={ takes_allocated = true, escalation_search_median = "1 min" })",
                             R"(strategy.S0.waves.starts=["18:00"])", "tier.T1.escalation_probability=1",
                             R"(office.per_escalation="1 min")"});
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
    int got = 0, lost = 0;
    for (const auto& order : watched) {
        if (!order->found()) continue;
        const std::string text = steps_of(order->story());
        got += text.find("that orders of lower tiers were promised") != std::string::npos;
        if (text.find("an escalated order of a higher tier gets") == std::string::npos) continue;
        ++lost;
        EXPECT_THAT(text, Not(HasSubstr("has taken 0"))) << text;
    }
    EXPECT_GT(got, 0);
    EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace entrepot::tests
