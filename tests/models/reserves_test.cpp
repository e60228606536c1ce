#include "models/records/reserves.hpp"

#include <gtest/gtest.h>

#include "models/records/shop.hpp"
#include "models/records/substitution.hpp"
#include "models/small_world.hpp"
#include "models/take_over.hpp"

/// For whom the last days of stock are kept, and who gets what comes where it isn't enough for all.
namespace entrepot::tests {
namespace {

using namespace models;

using ReserveDesk = SmallWorld<LineCancelled, SubstituteOffered>;
constexpr std::size_t kFirst = 0, kSecond = 1, kWebShop = 2, kScarce = 0;
constexpr float kRate = 4;  // units a day

/// So many units of the scarce item, of which three days' demand is the first tier's.
Network with_reserve(Units stock) {
    Network network = quiet_network();
    network.initial.on_hand[SiteId{0}][ItemId{kScarce}] = stock;
    network.strategy.allocation.days.assign(network.tiers.size(), 3);
    network.strategy.allocation.days[TierId{kFirst}] = 0;
    return network;
}

void tell_rate(ReserveDesk& desk, float rate) {
    Context context = desk.at_site();
    on(desk.site(), DailyRateSet{kScarce, rate}, context);
}

void start_desk(ReserveDesk& desk) {
    desk.run_until(0, 9);
    tell_rate(desk, kRate);
}

Units got(ReserveDesk& desk, std::uint32_t order) { return desk.line_of(order).allocated; }

TEST(Reserve, KeepsTheLastDaysForThoseWhoRankBefore) {
    ReserveDesk desk(with_reserve(20));
    start_desk(desk);
    const std::uint32_t second = desk.order(kSecond, {line(kScarce, 10)});
    EXPECT_EQ(got(desk, second), 8);
    EXPECT_EQ(got(desk, desk.order(kWebShop, {line(kScarce, 1)})), 0);
    EXPECT_EQ(got(desk, desk.order(kFirst, {line(kScarce, 10)})), 10);
    desk.find_stock(kScarce, 9);  // 11: one below what is kept
    EXPECT_EQ(got(desk, second), 8);
    desk.find_stock(kScarce, 2);
    EXPECT_EQ(got(desk, second), 9);
}

TEST(Reserve, IsOfTheClassesThatItNames) {
    Network network = with_reserve(20);
    network.strategy.allocation.classes.assign(network.classes.size(), true);
    network.strategy.allocation.classes[network.items[ItemId{kScarce}].velocity.index()] = false;
    ReserveDesk desk(network);
    start_desk(desk);
    EXPECT_EQ(got(desk, desk.order(kSecond, {line(kScarce, 20)})), 20);
}

/// In the order of entry the second tier's line stands in front, and may have none of it.
TEST(Reserve, ServesThoseItIsForThoughOthersHaveWaitedLonger) {
    ReserveDesk desk(with_reserve(0));
    start_desk(desk);
    const std::uint32_t second = desk.order(kSecond, {line(kScarce, 5)});
    const std::uint32_t first = desk.order(kFirst, {line(kScarce, 5)});
    desk.find_stock(kScarce, 5);
    EXPECT_EQ(got(desk, second), 0);
    EXPECT_EQ(got(desk, first), 5);
}

TEST(Reserve, IsGivenUpAsTheRateFalls) {
    ReserveDesk desk(with_reserve(12));
    start_desk(desk);
    const std::uint32_t second = desk.order(kSecond, {line(kScarce, 12)});
    EXPECT_EQ(got(desk, second), 0);
    tell_rate(desk, kRate / 2);
    EXPECT_EQ(got(desk, second), 6);
}

/// On day 0 by what the planners knew, from the first levels on by their rate.
TEST(Reserve, IsCountedByTheRateBehindTheLevels) {
    Network network = with_reserve(1000);
    for (auto& usual : network.usual_daily_units) usual.assign(network.items.size(), 10.0);
    finish(network);
    ReserveDesk desk(network);
    EXPECT_EQ(kept_from(desk.site(), TierId{kSecond}, ItemId{kScarce}, desk.network), 30);
    desk.run_until(0, 9);
    const float rate = desk.hq().levels[desk.location(0, kScarce)].daily_rate;
    EXPECT_NE(rate, 10);  // spreadsheets err
    EXPECT_EQ(desk.site().daily_rates[ItemId{kScarce}], rate);
}

/// Rates change every day, and a site hears of one only where other units would be kept: it keeps what is right by the
/// last one, for each tier.
TEST(Reserve, IsWhatHeadquartersWouldKeep) {
    Network network = small_network();
    follow(network, orchestrated_strategy());
    network.strategy.allocation.days.assign(network.tiers.size(), 7);
    network.strategy.allocation.days[TierId{kFirst}] = 0;
    network.strategy.allocation.days[TierId{kWebShop}] = 11.5;
    finish(network);
    FactRecord<> record;
    World world = start_world(network, 7, 0, record.log);
    run_sequential(world, start_of(20) + sim::hours{12});
    const Headquarters& hq = world.state.headquarters;
    int stale = 0;
    for (const SiteState& site : world.state.sites) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const float rate = hq.levels[hq.location(site.id, item)].daily_rate;
            stale += site.daily_rates[item] != rate;
            EXPECT_EQ(kept_from(site, TierId{kSecond}, item, network), units_of(7, rate));
            EXPECT_EQ(kept_from(site, TierId{kWebShop}, item, network), units_of(11.5, rate));
        }
    }
    EXPECT_GT(stale, 0);  // that is: not all of them are told
}

/// A promise to whom nothing is kept from rests on the shelf, another's on the next receipt.
TEST(Reserve, CountsInPromises) {
    Network network = with_reserve(12);
    network.promise_of.assign(network.tiers.size(), PromiseRule::available_to_promise);
    ReserveDesk desk(network);
    start_desk(desk);
    Context context = desk.at_site();
    on(desk.site(), ReceiptExpected{kScarce, 10}, context);
    EXPECT_EQ(desk.order_at(desk.order(kSecond, {line(kScarce, 5)})).promised_day, 14);
    EXPECT_EQ(desk.order_at(desk.order(kFirst, {line(kScarce, 5)})).promised_day, 2);
}

TEST(Reserve, IsNotShownByTheShop) {
    Network network = with_reserve(20);
    network.strategy.gateway.reserve = 1;
    ReserveDesk desk(network);
    start_desk(desk);
    EXPECT_EQ(shown_to(desk.site(), TierId{kWebShop}, ItemId{kScarce}, desk.network), 7);
    EXPECT_EQ(shown_to(desk.site(), TierId{kFirst}, ItemId{kScarce}, desk.network), 19);
}

TEST(Reserve, IsNoSubstitute) {
    for (const std::size_t tier : {kFirst, kSecond}) {
        constexpr std::size_t kGone = 1;
        Network network = with_reserve(12);
        network.initial.on_hand[SiteId{0}][ItemId{kGone}] = 0;
        for (const std::size_t item : {kScarce, kGone}) network.items[ItemId{item}].substitutes = 1;
        for (Tier& each : network.tiers) each.accepts_substitute = 1;
        network.strategy.substitution.offers = Substitution::Offers::at_entry;
        finish(network);
        ReserveDesk desk(network);
        start_desk(desk);
        desk.order(tier, {line(kGone, 5)});
        EXPECT_EQ(desk.all<SubstituteOffered>().size(), tier == kFirst ? 1u : 0u);
    }
}

/// A strategy that begins to keep stock goes by the rates of headquarters, and one that ceases by none.
TEST(Reserve, BeginsAndEndsWithItsStrategy) {
    Network with = with_reserve(1000);
    for (auto& usual : with.usual_daily_units) usual.assign(with.items.size(), 10.0);
    Network without = with;
    without.strategy.allocation = {};
    FactRecord<> record;
    World world = start_world(without, 7, 0, record.log);
    run_sequential(world, start_of(1));
    EXPECT_TRUE(world.state.sites[SiteId{0}].daily_rates.empty());
    const World forked = take_over(world, with, record.log);
    const Headquarters& hq = world.state.headquarters;
    EXPECT_EQ(forked.state.sites[SiteId{0}].daily_rates[ItemId{kScarce}],
              hq.levels[hq.location(SiteId{0}, ItemId{kScarce})].daily_rate);
    const World back = take_over(forked, without, record.log);
    EXPECT_TRUE(back.state.sites[SiteId{0}].daily_rates.empty());
}

// Rules.

Network with_rule(AllocationRule rule) {
    Network network = quiet_network();
    network.initial.on_hand[SiteId{0}][ItemId{kScarce}] = 0;
    network.strategy.allocation.rule = rule;
    prioritise(network, TierThenDate{});
    return network;
}

TEST(AllocationByEntry, HoldsWhateverThePriority) {
    for (const bool boosted : {false, true}) {
        ReserveDesk desk(with_rule(AllocationRule::first_come));
        desk.run_until(0, 9);
        const std::uint32_t early = desk.order(kSecond, {line(kScarce, 5)});
        const std::uint32_t important = desk.order(kFirst, {line(kScarce, 5)});
        desk.order_at(important).boosted = boosted;
        desk.site().waits_in_turn = !boosted;
        desk.find_stock(kScarce, 5);
        EXPECT_EQ(got(desk, early), boosted ? 0 : 5);
        EXPECT_EQ(got(desk, important), boosted ? 5 : 0);
    }
}

TEST(FairShare, IsTheSamePartOfWhatEachWaitsFor) {
    ReserveDesk desk(with_rule(AllocationRule::fair_share));
    desk.run_until(0, 9);
    const std::uint32_t one = desk.order(kSecond, {line(kScarce, 10)});
    const std::uint32_t two = desk.order(kFirst, {line(kScarce, 20)});
    const std::uint32_t three = desk.order(kSecond, {line(kScarce, 30)});
    desk.find_stock(kScarce, 30);
    EXPECT_EQ(got(desk, one), 5);
    EXPECT_EQ(got(desk, two), 10);
    EXPECT_EQ(got(desk, three), 15);
    desk.find_stock(kScarce, 1);
    EXPECT_EQ(got(desk, one), 6);  // of odd units the first gets one
    desk.find_stock(kScarce, 100);
    EXPECT_EQ(got(desk, one), 10);
    EXPECT_EQ(got(desk, two), 20);
    EXPECT_EQ(got(desk, three), 30);
    EXPECT_EQ(available_on_record(desk.site(), ItemId{kScarce}), 71);
}

TEST(FairShare, IsServedAfterEscalatedOrders) {
    ReserveDesk desk(with_rule(AllocationRule::fair_share));
    desk.run_until(0, 9);
    const std::uint32_t usual = desk.order(kFirst, {line(kScarce, 10)});
    const std::uint32_t hurried = desk.order(kSecond, {line(kScarce, 10)});
    desk.order_at(hurried).boosted = true;
    desk.find_stock(kScarce, 12);
    EXPECT_EQ(got(desk, hurried), 10);
    EXPECT_EQ(got(desk, usual), 2);
}

/// Of 20 units 12 are the first tier's alone: both share the other eight.
TEST(FairShare, LeavesReservesToThoseTheyAreFor) {
    Network network = with_reserve(0);
    network.strategy.allocation.rule = AllocationRule::fair_share;
    ReserveDesk desk(network);
    start_desk(desk);
    const std::uint32_t first = desk.order(kFirst, {line(kScarce, 30)});
    const std::uint32_t second = desk.order(kSecond, {line(kScarce, 30)});
    desk.find_stock(kScarce, 20);
    EXPECT_EQ(got(desk, second), 4);
    EXPECT_EQ(got(desk, first), 16);
}

}  // namespace
}  // namespace entrepot::tests
