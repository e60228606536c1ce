#include <cmath>

#include <gtest/gtest.h>

#include "models/conservation.hpp"
#include "models/goods/shelves.hpp"
#include "models/records/postings.hpp"
#include "models/small_world.hpp"

/// Goods that are damaged, and receipts that are posted ahead of the shelf: how the record comes to be wrong, and what
/// puts it right.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Shelf = SmallWorld<StockDamaged, StockAdjusted, LineFirstPass>;
constexpr ItemId kBroken{0};

Network fragile(const Damage& damage) {
    Network network = quiet_network();
    hear_at_once(network);
    network.sites[SiteId{0}].damage = damage;
    for (VelocityClass& c : network.classes) c.cycle_count_interval = {};
    finish(network);
    return network;
}

/// Each item on each day, of which the record hears of every fourth: 75 of 300, with a standard deviation of 7.5. False
/// alarm 6e-5, as seen once with this seed.
TEST(Damage, OnTheShelfIsOnTheRecordWhereSomebodySeesIt) {
    Shelf site(fragile({.per_item_day = 1, .per_load = 0, .units = 1, .seen = 0.25}));
    site.run_until(60);
    ASSERT_EQ(site.all<StockDamaged>().size(), 300u);
    int seen = 0, seen_of_item = 0;
    for (const auto& [at, where, damaged] : site.all<StockDamaged>()) {
        EXPECT_EQ(damaged.units, 1);
        EXPECT_EQ(damaged.handled, 0);
        EXPECT_EQ(damaged.cost_micros, Money::of(16).micros);
        seen += damaged.seen;
        seen_of_item += damaged.seen != 0 && damaged.item == kBroken.value;
    }
    EXPECT_NEAR(seen, 75, 30);
    EXPECT_EQ(site.site().truth[kBroken].on_hand, 940);
    EXPECT_EQ(site.site().record[kBroken].on_hand, 1000 - seen_of_item);
    EXPECT_EQ(site.site().ledger.balance(Account::shrinkage).micros, 300 * Money::of(16).micros);
    check_conservation(site.world);
}

/// Nothing is damaged that isn't there.
TEST(Damage, IsNoMoreThanThereIs) {
    Network network = fragile({.per_item_day = 1, .per_load = 0, .units = 50, .seen = 0});
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 60);
    Shelf site(std::move(network));
    site.run_until(30);
    EXPECT_EQ(site.site().truth[kBroken].on_hand, 0);
    check_conservation(site.world);
}

/// What nobody has seen a count finds.
TEST(Damage, UnseenIsFoundByACount) {
    Shelf site(fragile({.per_item_day = 1, .per_load = 0, .units = 4, .seen = 0}));
    site.run_until(3, 9);
    const Units there = site.site().truth[kBroken].on_hand;
    EXPECT_LT(there, 1000);
    EXPECT_EQ(site.site().record[kBroken].on_hand, 1000);
    Context context = site.at_site();
    count_stock(site.site(), kBroken, context);
    site.run_until(3, 9.1);
    EXPECT_EQ(site.site().record[kBroken].on_hand, there);
}

/// A load of 50, all of which breaks on its way to the shelf, and none of what lies there.
TEST(Damage, HappensAsLoadsArePutAway) {
    for (const bool seen : {true, false}) {
        Shelf site(fragile({.per_item_day = 0, .per_load = 1, .units = 1e5, .seen = seen ? 1.0 : 0.0}));
        site.run_until(0, 9);
        site.arrive(0, 50);
        site.run_until(0, 20);
        ASSERT_EQ(site.all<StockDamaged>().size(), 1u);
        const Units broken = site.all<StockDamaged>()[0].fact.units;
        EXPECT_EQ(site.all<StockDamaged>()[0].fact.handled, 1);
        EXPECT_EQ(broken, 50);
        EXPECT_EQ(site.site().truth[kBroken].on_hand, 1050 - broken);
        EXPECT_EQ(site.site().record[kBroken].on_hand, seen ? 1050 - broken : 1050);
    }
}

TEST(Damage, IsTheSameForAllStrategies) {
    const auto damaged = [](bool counted) {
        Network network = fragile({.per_item_day = 0.3, .per_load = 0, .units = 3, .seen = 0.5});
        if (counted) {
            for (VelocityClass& c : network.classes) c.cycle_count_interval = sim::days{1};
            finish(network);
        }
        Shelf site(std::move(network));
        site.run_until(40);
        std::vector<std::pair<std::uint32_t, Units>> all;
        for (const auto& [at, where, one] : site.all<StockDamaged>()) all.emplace_back(one.item, one.units);
        return all;
    };
    EXPECT_FALSE(damaged(true).empty());
    EXPECT_EQ(damaged(true), damaged(false));
}

// Receipts that are posted as the truck is unloaded.

/// From unloading to the shelf it takes six hours.
Network posting_ahead(double share) {
    Network network = quiet_network();
    hear_at_once(network);
    Site& site = network.sites[SiteId{0}];
    site.posts_ahead = share;
    site.dock_to_stock = {6h, 6h, 6h};
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 0);
    for (VelocityClass& c : network.classes) c.cycle_count_interval = {};
    finish(network);
    return network;
}

TEST(PostedAhead, IsOnRecordBeforeItIsOnTheShelf) {
    for (const bool ahead : {true, false}) {
        Shelf site(posting_ahead(ahead ? 1 : 0));
        site.run_until(0, 9);
        site.arrive(0, 50);
        site.run_until(0, 10);
        EXPECT_EQ(site.site().truth[kBroken].on_hand, 0);
        EXPECT_EQ(site.site().record[kBroken].on_hand, ahead ? 50 : 0);
        // Nobody counts it twice: what is on record is no longer on order.
        EXPECT_EQ(site.hq().view[site.location(0, 0)].net, ahead ? 50 : 0);
        EXPECT_EQ(site.hq().view[site.location(0, 0)].on_order, ahead ? 0 : 50);
        site.run_until(0, 20);
        EXPECT_EQ(site.site().truth[kBroken].on_hand, 50);
        EXPECT_EQ(site.site().record[kBroken].on_hand, 50);
        EXPECT_EQ(site.hq().view[site.location(0, 0)].on_order, 0);
    }
}

/// Who is sent for them meanwhile finds none and has the place counted: the record is put right, and wrong again once
/// they lie there.
TEST(PostedAhead, MisleadsWhoCountsMeanwhile) {
    Shelf site(posting_ahead(1));
    site.run_until(0, 8);
    site.arrive(0, 50);
    site.run_until(0, 9);
    site.order(0, {line(0, 10)});
    site.run_until(0, 13);
    ASSERT_EQ(site.all<StockAdjusted>().size(), 1u);
    EXPECT_EQ(site.all<StockAdjusted>()[0].fact.units, -50);
    EXPECT_EQ(site.site().record[kBroken].on_hand, 0);
    site.run_until(0, 20);
    EXPECT_EQ(site.site().truth[kBroken].on_hand, 50);
    EXPECT_EQ(site.site().record[kBroken].on_hand, 0);
    Context context = site.at_site();
    count_stock(site.site(), kBroken, context);
    site.run_until(0, 20.1);
    EXPECT_EQ(site.site().record[kBroken].on_hand, 50);
}

/// 1000 loads of 5 items, one each on 200 days, of which 30 % are posted ahead: each lane and day by itself.
TEST(PostedAhead, ConcernsItsShareOfTheLoads) {
    Network network = posting_ahead(0.3);
    network.calendar.measure_days = 300;
    Shelf site(std::move(network));
    int ahead = 0, loads = 0;
    for (int day = 0; day < 50; ++day) {
        if (!site.network.calendar.is_business_day(day)) continue;
        site.run_until(day, 8);
        for (std::size_t item = 0; item < 5; ++item) site.arrive(item, 1);
        site.run_until(day, 10);
        for (std::size_t item = 0; item < 5; ++item) {
            const ItemId id{item};
            ahead += site.site().record[id].on_hand > site.site().truth[id].on_hand;
            ++loads;
        }
        site.run_until(day, 22);
    }
    EXPECT_EQ(loads, 36 * 5);
    EXPECT_NEAR(ahead, 0.3 * loads, 4 * std::sqrt(0.21 * loads));
}

}  // namespace
}  // namespace entrepot::tests
