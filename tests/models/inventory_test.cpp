#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "models/disturbances/disturbances.hpp"
#include "models/goods/suppliers.hpp"
#include "models/small_world.hpp"

/// Levels, orders and execution as choices of their own; what suppliers make of an order, whoever sends it; pools.
namespace entrepot::tests {
namespace {

using namespace models;

using House = SmallWorld<PurchaseLineOrdered, StockOrdered, CaseClosed, UnitsLent, TransferOrdered>;

constexpr std::size_t kStockedItem = 1;  // of the supplier that needs a week
constexpr ItemId kId{kStockedItem};

/// 300 are wanted where no more than 100 are left.
InventoryPolicy rule() {
    InventoryPolicy policy;
    policy.reorder_point = 100;
    policy.order_up_to = 300;
    return policy;
}

/// The item's location at the first site follows the policy, and has so much stock; suppliers keep their word.
Network ruled(InventoryPolicy policy, Units on_hand = 100, std::size_t sites = 1) {
    Network network = quiet_network(sites);
    network.policies = {std::move(policy)};
    network.policy_of.assign(sites, Column<ItemId, std::uint16_t>(network.items.size(), Network::kNobody));
    network.policy_of[SiteId{0}][kId] = 0;
    network.initial.on_hand[SiteId{0}][kId] = on_hand;
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time_cv = 0;
        supplier.on_time = supplier.in_full = 1;
    }
    finish(network);
    return network;
}

// Levels to orders.

TEST(Ordering, ASiteOrdersByItselfAtOnce) {
    House house(ruled(rule()));
    house.run_until(0, 0.1);
    ASSERT_EQ(house.all<PurchaseLineOrdered>().size(), 1u);
    EXPECT_EQ(house.all<PurchaseLineOrdered>()[0].fact.units, 204);  // in packs of six
    EXPECT_EQ(house.all<PurchaseLineOrdered>()[0].fact.touches, 0);
    EXPECT_EQ(house.hq().purchases.in_use(), 0u);
}

TEST(Ordering, WhatPlannersExecuteWaitsForThem) {
    InventoryPolicy policy = rule();
    policy.execution = Execution::planners;
    House house(ruled(policy));
    house.run_until(0, 7.9);
    EXPECT_EQ(house.site().record[kId].on_order, 204);
    EXPECT_EQ(house.all<PurchaseLineOrdered>().size(), 0u);
    house.run_until(1);
    ASSERT_EQ(house.all<PurchaseLineOrdered>().size(), 1u);
    EXPECT_EQ(house.all<PurchaseLineOrdered>()[0].fact.units, 204);
    EXPECT_EQ(house.all<PurchaseLineOrdered>()[0].fact.touches, 1);
}

/// The site's account has it on order from the order until it is on the shelf, whoever releases it.
TEST(Ordering, TheSitesAccountEndsAtTheShelf) {
    for (const Execution execution : {Execution::site, Execution::planners}) {
        InventoryPolicy policy = rule();
        policy.execution = execution;
        House house(ruled(policy));
        house.run_until(5);
        EXPECT_EQ(house.site().record[kId].on_order, 204);
        house.run_until(12);
        EXPECT_EQ(house.site().record[kId].on_order, 0);
        EXPECT_EQ(house.site().truth[kId].on_hand, 304);
        EXPECT_EQ(house.hq().purchases.in_use(), 0u);
    }
}

TEST(Ordering, NoOrderIsAboveItsCap) {
    InventoryPolicy policy = rule();
    policy.most = 60;
    House house(ruled(policy));
    house.run_until(0, 0.1);
    ASSERT_EQ(house.all<StockOrdered>().size(), 1u);
    EXPECT_EQ(house.all<StockOrdered>()[0].fact.units, 60);
}

TEST(Ordering, NoOrderOfASiteIsAboveItsCap) {
    InventoryPolicy policy = rule();
    policy.most = 50;
    policy.source = SiteId{1};
    House house(ruled(policy, 100, 2));
    house.run_until(0, 0.1);
    ASSERT_GE(house.all<StockOrdered>().size(), 1u);
    EXPECT_EQ(house.all<StockOrdered>()[0].fact.units, 50);
    EXPECT_EQ(house.all<StockOrdered>()[0].fact.from_site, 1);
}

/// 950 of 1000 are gone on Tuesday: the next look is on Thursday at ten, the one after it on Sunday.
TEST(Ordering, ReviewsComeByTheirInterval) {
    InventoryPolicy policy = rule();
    policy.review = sim::days{3};
    policy.first_review = sim::hours{10};
    House house(ruled(policy, 1000));
    house.run_until(1, 9);
    house.order(0, {line(kStockedItem, 950)});
    house.run_until(6, 9);
    ASSERT_EQ(house.all<StockOrdered>().size(), 1u);
    EXPECT_EQ(house.all<StockOrdered>()[0].at, at_hour(3, 10));
}

/// The run begins on a Monday: the first look of a week's is on Thursday at ten.
TEST(Ordering, WeeklyReviewsHaveTheirWeekday) {
    InventoryPolicy policy;
    policy.standing_order = 12;
    policy.review = sim::days{7};
    policy.first_review = sim::hours{10};
    policy.review_weekday = 3;
    House house(ruled(policy));
    house.run_until(12, 9);
    ASSERT_EQ(house.all<StockOrdered>().size(), 2u);
    EXPECT_EQ(house.all<StockOrdered>()[0].at, at_hour(3, 10));
    EXPECT_EQ(house.all<StockOrdered>()[1].at, at_hour(10, 10));
}

/// 310 as the reorder point, of 7 + 24 days, and 35 days more as the level.
TEST(Ordering, LevelsOfHeadquartersAreTheSites) {
    for (const Duration review : {Duration{}, Duration{sim::days{1}}}) {
        const Replenishment levels = StaleMinMax{.safety_days = {24, 24, 24}, .cover_days = {35, 35, 35}};
        InventoryPolicy policy = planned_by(levels.levels, review);
        policy.execution = Execution::site;
        policy.first_review = sim::hours{10};
        House house(ruled(policy));
        for (Forecast& forecast : house.hq().forecasts) forecast.mean = 10;
        house.run_until(0, 7.9);
        EXPECT_EQ(house.all<StockOrdered>().size(), 0u);
        house.run_until(0, 12);
        ASSERT_EQ(house.all<StockOrdered>().size(), 1u);
        EXPECT_EQ(house.all<StockOrdered>()[0].fact.units, 564);
        EXPECT_EQ(house.all<PurchaseLineOrdered>()[0].fact.touches, 0);
    }
}

// Suppliers.

/// A day's hours [8, 14) of business days, no sooner than it could and no more than a long weekend later.
TEST(DockHours, AreThoseOfBusinessDays) {
    Network network = quiet_network();
    for (int step = 0; step < 14 * 39; ++step) {
        const Time t = sim::kStart + step * sim::minutes{37};
        const Time docked = at_the_dock(network, SiteId{0}, t);
        const int day = day_of(docked);
        EXPECT_GE(docked, t);
        EXPECT_LT(docked - t, sim::days{4});
        EXPECT_LT(network.calendar.weekday(day), 5);
        EXPECT_GE(docked, at_hour(day, 8));
        EXPECT_LT(docked, at_hour(day, 14));
    }
    network.sites[SiteId{0}].handling = Handling::at_once;
    EXPECT_EQ(at_the_dock(network, SiteId{0}, at_hour(5, 3)), at_hour(5, 3));
}

/// A week after midnight is in the night: the truck comes in the morning.
TEST(DockHours, SuppliersTrucksComeWithinThem) {
    House house(ruled(rule()));
    house.run_until(7, 7.9);
    EXPECT_EQ(house.site().truth[kId].moved.received, 0);
    house.run_until(7, 14);
    EXPECT_EQ(house.site().truth[kId].moved.received, 204);
}

/// 204 units at 20 a day: ten days' work, of which so much may wait without being late.
TEST(Suppliers, SomeWorkMayWaitWithoutAnOrderBeingLate) {
    const auto day_of_receipt = [](Duration slack) {
        Network network = ruled(rule());
        network.suppliers[SupplierId{0}].capacity_slack = slack;
        network.supplier_capacity[SupplierId{0}] = network.items[kId].unit_cost * 20;
        House house(std::move(network));
        int day = 0;
        while (day < 40 && house.site().truth[kId].moved.received == 0) house.run_until(++day);
        return day - 1;
    };
    EXPECT_EQ(day_of_receipt(sim::days{30}), 7);
    EXPECT_EQ(day_of_receipt(sim::days{7}), 10);
    EXPECT_EQ(day_of_receipt({}), 17);
}

// Disturbances.

TEST(Disturbances, HoldWhereTheyAreAndOnTheirDays) {
    Network network = quiet_network(2);
    using enum Disturbance::Kind;
    network.disturbances = {
        {.kind = supplier_slip, .first_day = 2, .days = 3, .supplier = SupplierId{1}, .factor = 2},
        {.kind = supplier_slip, .first_day = 4, .days = 3, .supplier = SupplierId{1}, .factor = 1.5},
        {.kind = absence, .first_day = 2, .days = 3, .site = SiteId{1}, .factor = 0.25},
        {.kind = carrier_capacity, .first_day = 2, .days = 3, .carrier = CarrierId{1}, .site = SiteId{1}, .factor = 0}};
    const Happenings drawn = draw_happenings(network, {7, 0});
    const auto slip = [&](std::size_t supplier, int day) {
        return disturbed_factor(network, drawn, supplier_slip, {.supplier = SupplierId{supplier}},
                                at_moment(start_of(day)));
    };
    EXPECT_EQ(slip(1, 1), 1);
    EXPECT_EQ(slip(1, 2), 2);
    EXPECT_EQ(slip(1, 4), 3);
    EXPECT_EQ(slip(1, 5), 1.5);
    EXPECT_EQ(slip(0, 2), 1);
    EXPECT_EQ(disturbed_sum(network, drawn, absence, {.site = SiteId{1}}, at_moment(start_of(2))), 0.25);
    EXPECT_EQ(disturbed_sum(network, drawn, absence, {.site = SiteId{0}}, at_moment(start_of(2))), 0);
    const auto capacity = [&](std::size_t site, std::size_t carrier) {
        return disturbed_factor(network, drawn, carrier_capacity, {.site = SiteId{site}, .carrier = CarrierId{carrier}},
                                at_moment(start_of(2)));
    };
    EXPECT_EQ(capacity(1, 1), 0);
    EXPECT_EQ(capacity(0, 1), 1);
    EXPECT_EQ(capacity(1, 0), 1);
}

/// One supplier of the two slips: the other one's truck comes on its day.
TEST(Disturbances, AnotherSuppliersSlipIsNone) {
    for (const std::size_t slipping : {0u, 1u}) {
        Network network = ruled(rule());
        network.disturbances = {{.days = 9, .supplier = SupplierId{slipping}, .factor = 2}};
        House house(std::move(network));
        house.run_until(8);
        EXPECT_EQ(house.site().truth[kId].moved.received, slipping == 1 ? 204 : 0);
    }
}

// Pools.

/// The first site may borrow of the second one; each has so much of the item.
Network pooled(Units first, Units second, Units keeps = 0) {
    InventoryPolicy policy;  // which orders nothing
    Network network = ruled(policy, first, 2);
    network.policy_of[SiteId{1}][kId] = 0;
    network.initial.on_hand[SiteId{1}][kId] = second;
    network.pools = {{.name = "pool", .sites = {SiteId{0}}, .lenders = {SiteId{1}}, .keeps = keeps}};
    hear_at_once(network);
    finish(network);
    return network;
}

Units lent(House& house, std::size_t borrower) {
    house.run_until(0, 9);
    house.order(0, {line(kStockedItem, 10)}, borrower);
    house.run_until(0, 16);
    Units units = 0;
    for (const auto& loan : house.all<UnitsLent>()) units += loan.fact.units;
    return units;
}

TEST(Pools, ThoseWhoLendNeedNotBorrow) {
    House lender_has(pooled(0, 50)), borrower_has(pooled(50, 0));
    EXPECT_EQ(lent(lender_has, 0), 10);
    EXPECT_EQ(lent(borrower_has, 1), 0);
}

TEST(Pools, NoMoreIsAskedForThanALenderCanSpare) {
    House house(pooled(0, 48, 45));
    EXPECT_EQ(lent(house, 0), 3);
    ASSERT_EQ(house.all<TransferOrdered>().size(), 1u);
    EXPECT_EQ(house.all<TransferOrdered>()[0].fact.units, 3);
}

/// Headquarters believes that there is more than there is.
TEST(Pools, ALenderKeepsWhatItShallWhateverItIsAskedFor) {
    House house(pooled(0, 48, 45));
    house.hq().view[house.location(1, kStockedItem)].net = 1000;
    EXPECT_EQ(lent(house, 0), 3);
    ASSERT_EQ(house.all<TransferOrdered>().size(), 1u);
    EXPECT_EQ(house.all<TransferOrdered>()[0].fact.units, 10);
}

}  // namespace
}  // namespace entrepot::tests
