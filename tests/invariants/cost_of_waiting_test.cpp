#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "invariants/small_study.hpp"
#include "models/simulate.hpp"

/// What waiting costs in a queue of two classes, by the rule that says who goes first.
namespace entrepot::tests {
namespace {

using namespace models;

/// Per hour, where the second class, whose orders cost more, ranks before the first, and an hour costs each class what
/// its orders would pay if they were late.
double cost_of_waiting(const std::string& rule) {
    const std::vector<std::string> changes{"strategy.rule.priority.policy='" + rule + "'", "tier.customers.rank=1"};
    const Network network = scenarios::build(load_shipped("validation/queue_cmu.toml", changes), "rule");
    double cost = 0;
    FactLog log([&](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            fact.visit([&]<class Told>(const Told& told) {
                if constexpr (std::is_same_v<Told, TaskDone>) {
                    cost += network.tiers[TierId{told.tier}].penalty_fixed.amount() * double{told.waited_hours};
                }
            });
        }
    });
    simulate(network, 3, 0, log);
    return cost / (24.0 * network.calendar.total_days());
}

/// Cobham (1954): the work that an order finds is 0.2375 h, the loads are 0.3 and 0.4. The c-mu rule has the least cost
/// that a rule without preemption can have (Cox and Smith 1961). Within some three standard errors of a long run: false
/// alarm one in a hundred, were the seed another.
TEST(CostOfWaiting, IsLeastByCostOverWork) {
    constexpr double kLeast = 1.2 * 0.2375 / 0.7 + 0.8 * 0.2375 / (0.7 * 0.3);
    constexpr double kInTurn = 2.0 * 0.2375 / 0.3;
    constexpr double kDearerFirst = 1.2 * 0.2375 / (0.6 * 0.3) + 0.8 * 0.2375 / 0.6;
    EXPECT_NEAR(cost_of_waiting("cmu"), kLeast, 0.08 * kLeast);
    EXPECT_NEAR(cost_of_waiting("fifo"), kInTurn, 0.08 * kInTurn);
    EXPECT_NEAR(cost_of_waiting("tier_then_date"), kDearerFirst, 0.08 * kDearerFirst);
    EXPECT_GT(cost_of_waiting("edd"), 1.1 * kLeast);
}

}  // namespace
}  // namespace entrepot::tests
