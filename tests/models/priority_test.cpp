#include "models/decisions/priority.hpp"

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"

namespace entrepot::tests {
namespace {

using namespace models;

constexpr int kToday = 9;  // a Wednesday

/// The fixture's tiers: 0 has contract penalties, 1 has none, 2 are consumers.
Network with(const Priority& rule) {
    Network network = small_network();
    prioritise(network, rule);
    return network;
}

struct Placed {
    int tier = 0, placed = kToday, promised = kToday + 3;
    std::uint32_t sequence = 0;
    bool boosted = false;
};

/// In the morning, long before the cut-offs, unless another hour is given.
std::uint64_t rank(const Network& network, const Placed& placed, int hour = 9) {
    Order order;
    order.tier = TierId{static_cast<std::size_t>(placed.tier)};
    order.placed_day = static_cast<std::uint16_t>(placed.placed);
    order.promised_day = static_cast<std::uint16_t>(placed.promised);
    order.sequence = placed.sequence;
    order.boosted = placed.boosted;
    order.cost = Money::of(1000);
    return priority_rank(SiteState{.id = SiteId{0}}, order, ranking_moment(network, at_hour(kToday, hour)));
}

const CompositeScore kScore{.tier = 1, .slack = 2, .penalty = 1.5, .age = 0.5};

TEST(Priority, FirstComeServesByEntryAlone) {
    const Network network = with(Fifo{});
    EXPECT_LT(rank(network, {.tier = 2, .promised = kToday + 9, .sequence = 1}),
              rank(network, {.tier = 0, .promised = kToday, .sequence = 2}));
}

TEST(Priority, TierThenDateLooksAtTheTierFirst) {
    const Network network = with(TierThenDate{});
    EXPECT_LT(rank(network, {.tier = 0, .promised = kToday + 9}), rank(network, {.tier = 1, .promised = kToday}));
    EXPECT_LT(rank(network, {.promised = kToday + 1, .sequence = 2}), rank(network, {.promised = kToday + 2}));
}

TEST(Priority, TheScoreServesFirstWhatHasLittleTimeLeft) {
    const Network network = with(kScore);
    EXPECT_LT(rank(network, {.promised = kToday + 1, .sequence = 2}), rank(network, {.promised = kToday + 3}));
    EXPECT_LT(rank(network, {.tier = 2, .promised = kToday + 1}), rank(network, {.tier = 1, .promised = kToday + 5}));
}

/// What leaves today comes tomorrow: an order promised for today is late whatever is done, one for tomorrow is not.
TEST(Priority, TheScoreHurriesForNoPromiseThatCantBeKept) {
    const Network network = with(kScore);
    for (const int tier : {0, 1, 2}) {
        const Placed lost{.tier = tier, .placed = kToday - 2, .promised = kToday};
        EXPECT_LT(rank(network, {.tier = tier, .placed = kToday - 2, .promised = kToday + 1, .sequence = 9}),
                  rank(network, lost));
    }
    const CompositeScore penalty_alone{.penalty = 1};
    EXPECT_LT(rank(with(penalty_alone), {.tier = 0, .promised = kToday + 1, .sequence = 9}),
              rank(with(penalty_alone), {.tier = 0, .promised = kToday}));
}

/// After the last truck of the day nothing that is due tomorrow can be on time; what is due the day after must hurry.
TEST(Priority, TheScoreKnowsWhenTheLastTruckHasLeft) {
    const Network network = with(kScore);
    const Placed tomorrow{.tier = 1, .promised = kToday + 1}, later{.tier = 1, .promised = kToday + 2, .sequence = 9};
    EXPECT_LT(rank(network, tomorrow), rank(network, later));
    EXPECT_GT(rank(network, tomorrow, 16), rank(network, later, 16));
    const Placed consumer_tomorrow{.tier = 2, .promised = kToday + 1},
        consumer_later{.tier = 2, .promised = kToday + 2};
    EXPECT_LT(rank(network, consumer_tomorrow, 16), rank(network, consumer_later, 16));  // parcels leave at five
    // On a Friday, an order for Monday is as urgent as one for tomorrow is on a Wednesday.
    EXPECT_EQ(rank(network, {.tier = 1, .placed = kToday, .promised = kToday + 1}),
              rank(network, {.tier = 1, .placed = kToday + 2, .promised = kToday + 5}, 9 + 2 * 24));
}

TEST(Priority, WhatIsLateStillComesBeforeWhatHasTime) {
    const Network network = with(kScore);
    EXPECT_LT(rank(network, {.tier = 1, .placed = kToday - 9, .promised = kToday - 4, .sequence = 9}),
              rank(network, {.tier = 1, .promised = kToday + 6}));
}

TEST(Priority, CustomerServiceGoesBeforeEveryRule) {
    for (const Priority& rule : {Priority{Fifo{}}, Priority{TierThenDate{}}, Priority{kScore}}) {
        const Network network = with(rule);
        EXPECT_LT(rank(network, {.tier = 2, .promised = kToday + 9, .sequence = 9, .boosted = true}),
                  rank(network, {.tier = 0, .promised = kToday + 1}));
    }
}

/// Waves every so many hours are the waves of a list with those hours: they begin with the shift and carry its work.
/// The last of those every five hours has an hour until the shift ends.
TEST(Waves, AnIntervalIsAListOfStarts) {
    const auto digest = [](const Waves& waves) {
        Network network = with(TierThenDate{});
        network.strategy.waves = waves;
        for (Site& site : network.sites) site.pickers = 3;
        FactRecord<> record;
        return simulate(network, 5, 0, record.log)->digest;
    };
    EXPECT_EQ(digest({.interval = std::chrono::hours{4}}), digest({.start_minutes = {360, 600, 840, 1080}}));
    EXPECT_EQ(digest({.interval = std::chrono::hours{5}}), digest({.start_minutes = {360, 660, 960, 1260}}));
}

}  // namespace
}  // namespace entrepot::tests
