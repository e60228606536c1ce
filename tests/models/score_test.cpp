#include <gtest/gtest.h>

#include "models/decisions/priority.hpp"
#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"

/// The parts of the composite score, one at a time.
namespace entrepot::tests {
namespace {

using namespace models;

constexpr int kScoredOn = 9;

struct Scored {
    std::size_t tier = 0;
    int placed = kScoredOn, promised = kScoredOn + 3;
    double cost = 1000;
};

/// Whether the score serves `first` before `second`, though it was entered later.
bool serves_first(const CompositeScore& weights, const Scored& first, const Scored& second) {
    Network network = small_network();
    prioritise(network, weights);
    const auto rank = [&](const Scored& placed, std::uint32_t sequence) {
        Order order;
        order.tier = TierId{placed.tier};
        order.placed_day = static_cast<std::uint16_t>(placed.placed);
        order.promised_day = static_cast<std::uint16_t>(placed.promised);
        order.cost = Money::of(placed.cost);
        order.sequence = sequence;
        return priority_rank(SiteState{.id = SiteId{0}}, order, ranking_moment(network, at_hour(kScoredOn, 9)));
    };
    return rank(first, 2) < rank(second, 1);
}

TEST(Score, EachPartCountsByItsWeight) {
    const CompositeScore tier{.tier = 1}, slack{.slack = 1}, penalty{.penalty = 1}, age{.age = 1};
    const Scored first_tier{.tier = 0}, second_tier{.tier = 1};
    EXPECT_TRUE(serves_first(tier, first_tier, second_tier));
    EXPECT_FALSE(serves_first(slack, first_tier, second_tier));
    EXPECT_FALSE(serves_first(age, first_tier, second_tier));
    EXPECT_TRUE(serves_first(slack, {.promised = kScoredOn + 2}, {.promised = kScoredOn + 3}));
    EXPECT_FALSE(serves_first(tier, {.promised = kScoredOn + 2}, {.promised = kScoredOn + 3}));
    EXPECT_TRUE(serves_first(penalty, {.cost = 9000}, {.cost = 1000}));
    EXPECT_FALSE(serves_first(tier, {.cost = 9000}, {.cost = 1000}));
    EXPECT_TRUE(serves_first(age, {.placed = kScoredOn - 2}, {.placed = kScoredOn - 1}));
    EXPECT_FALSE(serves_first(tier, {.placed = kScoredOn - 2}, {.placed = kScoredOn - 1}));
}

TEST(Score, WeightsAreAgainstEachOther) {
    const Scored important{.tier = 0, .placed = kScoredOn}, old{.tier = 1, .placed = kScoredOn - 3};
    EXPECT_TRUE(serves_first({.tier = 3, .age = 1}, important, old));
    EXPECT_TRUE(serves_first({.tier = 1, .age = 3}, old, important));
}

}  // namespace
}  // namespace entrepot::tests
