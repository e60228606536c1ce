#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "studies/explain/item_watcher.hpp"
#include "studies/explain/worst.hpp"

/// Nothing that looks changes a result: a replication under all eyes has the trajectory that it has without.
namespace entrepot::tests {
namespace {

using namespace studies::explain;

void expect_same(const scenarios::Loaded& scenario, const std::string& strategy, std::size_t replication,
                 bool antithetic) {
    const models::Network network = network_of(scenario, strategy);
    const studies::Which which{scenario.scenario.study.seed, replication, antithetic};
    models::FactLog log([](std::span<const models::Fact>) {});
    const auto plain = models::simulate(network, which.seed, studies::draws_of(which).number, log, {},
                                        {.antithetic = studies::draws_of(which).mirrored});
    const OrderAddress address = *Names(network).find_order(Names(network).order_examples().front());
    Supply supply(network);
    OrderWatcher order(network, address);
    ItemWatcher item(network, supply, models::SiteId{}, models::ItemId{});
    Worst worst(network, supply, 5);
    Watcher* watchers[] = {&supply, &order, &item, &worst};
    const Rerun again = rerun(network, which, watchers, true);
    EXPECT_TRUE(again.whole);
    EXPECT_EQ(again.digest, plain->digest) << network.name << strategy;
    EXPECT_EQ(again.events, plain->events) << network.name << strategy;
    const Rerun bare = rerun(network, which, {}, true);
    EXPECT_EQ(bare.digest, plain->digest) << network.name << strategy;
}

TEST(Explain, RunsTheSameTrajectoryAsTheStudy) {
    const auto tiny = loaded("tiny.toml");
    for (const char* strategy : {"S0", "S1", "S6"}) {
        expect_same(tiny, strategy, 0, false);
        expect_same(tiny, strategy, 3, true);
    }
}

/// Orders that a shelf fills at once are told one by one here, and the trajectory is the same.
TEST(Explain, RunsTheSameTrajectoryWithoutPeople) {
    for (const char* file : {"validation/base_stock_fill.toml", "validation/planners_exceptions.toml",
                             "validation/planners_transfers.toml", "validation/transshipment.toml"}) {
        expect_same(loaded(file, {"calendar.measure=60 d"}), "", 1, false);
    }
}

TEST(Explain, StopsWhenTheStoryIsOver) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny);
    OrderWatcher order(network, *Names(network).find_order("North-2026-01-08-b2b-0001"));
    Watcher* watchers[] = {&order};
    const Rerun part = rerun(network, {tiny.scenario.study.seed}, watchers, false);
    EXPECT_FALSE(part.whole);
    EXPECT_TRUE(order.found());
    EXPECT_LT(part.events, rerun(network, {tiny.scenario.study.seed}, watchers, true).events / 2);
}

}  // namespace
}  // namespace entrepot::tests
