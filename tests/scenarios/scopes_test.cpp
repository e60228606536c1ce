#include <string>

#include <gtest/gtest.h>

#include "models/decisions/policies/priority_policy.hpp"
#include "textbook.hpp"

/// Which policy decides where: of several that fit, the one that names most.
namespace entrepot::scenarios::testing {
namespace {

using namespace models;

/// A second site and a second tier on the textbook's base, a customer's order now and then, and a rule that names
/// nothing.
const std::string kTwo = R"(
[site.V]
[tier.second]
share = "0 %"
backorder_probability = "100 %"
[stream.a]
site = "W"
tier = "customers"
interarrival_time = { distribution = "exponential", mean = "1 d" }
[stock.all]
reorder_point = 5
order_up_to = 6
)";

std::string levels(const std::string& name, const std::string& scope) {
    return "[strategy.rule.bind." + name + "]\ndecision = \"replenishment\"\n" + scope +
           "policy = \"fixed_levels\"\nreorder_point = 1\norder_up_to = 2\n";
}

std::string policy_at(const Network& network, const std::string& site) {
    for (const SiteId id : sim::ids<SiteId>(network.sites)) {
        if (network.sites[id].name == site) return network.policy(id, ItemId{0})->name;
    }
    return {};
}

TEST(Scopes, ThoseThatNameMostGoBeforeWhateverTheirOrder) {
    const std::string both = levels("both", "site = \"W\"\nclass = \"A\"\n"), one = levels("one", "class = \"A\"\n");
    for (const std::string& text : {both + one, one + both}) {
        const Network network = textbook(kTwo + text);
        EXPECT_EQ(policy_at(network, "W"), "both");
        EXPECT_EQ(policy_at(network, "V"), "one");
    }
}

TEST(Scopes, AStockRuleCountsWithWhatItNames) {
    const std::string rule = "[stock.W]\nsite = \"W\"\nclass = \"A\"\nreorder_point = 3\norder_up_to = 4\n";
    const Network modest = textbook(kTwo + rule + levels("one", "class = \"A\"\n"));
    EXPECT_EQ(policy_at(modest, "W"), "stock.W");
    EXPECT_EQ(policy_at(modest, "V"), "one");
    const Network equal =
        textbook(kTwo + rule + levels("both", "site = \"W\"\nclass = \"A\"\n") + levels("one", "class = \"A\"\n"));
    EXPECT_EQ(policy_at(equal, "W"), "both");
}

TEST(Scopes, OfPrioritiesHoldAtTheirSiteAndOfPromisesForTheirTier) {
    const Network network = textbook(kTwo + levels("one", "class = \"A\"\n") + R"(
[strategy.rule.bind.first]
decision = "priority"
site = "V"
policy = "tier_then_date"
[strategy.rule.bind.second]
decision = "promise"
tier = "second"
promise = "available_to_promise"
)");
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        EXPECT_EQ(network.priority_of[site]->first_come(), network.sites[site].name == "W");
    }
    for (const TierId tier : sim::ids<TierId>(network.tiers)) {
        const bool second = network.tiers[tier].name == "second";
        EXPECT_EQ(network.promise_of[tier], second ? PromiseRule::available_to_promise : PromiseRule::table);
    }
}

}  // namespace
}  // namespace entrepot::scenarios::testing
