#include "models/records/shop.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/records/supply_account.hpp"
#include "models/small_world.hpp"
#include "models/take_over.hpp"

/// A web shop that sells by a view of its own: what it promises twice, whom it turns away, and what helps.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Shop = SmallWorld<ShopDay, LineCancelled, PenaltyCharged>;

constexpr std::size_t kContract = 0, kWeb = 2;
constexpr std::size_t kGoods = 1;

/// A quiet site whose gateway goes by these terms.
Network with_gateway(const Interface& terms, const Gateway& gateway = {}) {
    Network network = quiet_network();
    hear_at_once(network);
    network.strategy.integration.latency_median = {};
    network.strategy.integration.of(InterfaceName::gateway) = terms;
    network.strategy.gateway = gateway;
    network.office.it_support = 0;
    for (VelocityClass& velocity : network.classes) velocity.cycle_count_interval = {};
    finish(network);
    return network;
}

ShopDay today(Shop& shop) { return shop.site().shop.today[TierId{kWeb}]; }
Units known(Shop& shop) { return shop.site().shop.stock[ItemId{kGoods}].known; }

TEST(Shop, SellsWhatOthersHaveBoughtUntilTheNextNews) {
    Shop shop(with_gateway({.every = 1h}));
    shop.run_until(0, 0.25);
    shop.order(kContract, {line(kGoods, 998)});
    shop.order(kWeb, {line(kGoods, 5)});
    EXPECT_EQ(today(shop).lines, 1u);
    EXPECT_EQ(today(shop).oversold, 1u);
    EXPECT_EQ(today(shop).turned_away, 0u);
    EXPECT_EQ(shop.line_of(shop.order(kWeb, {line(kGoods, 5)})).waiting, 5);
    shop.run_until(0, 1.25);
    EXPECT_EQ(known(shop), 0);
    shop.order(kWeb, {line(kGoods, 5)});
    EXPECT_EQ(today(shop).lines, 3u);
    EXPECT_EQ(today(shop).oversold, 2u);  // the last one was not offered any
    shop.run_until(1, 1);
    ASSERT_EQ(shop.all<ShopDay>().size(), 1u);
    EXPECT_EQ(shop.all<ShopDay>()[0].fact.oversold, 2u);
    EXPECT_EQ(shop.all<ShopDay>()[0].fact.tier, kWeb);
    EXPECT_EQ(shop.all<ShopDay>()[0].fact.units_apart, 998 + 995 + 0);  // 1000 and 995 shown of 2 and 0
    EXPECT_EQ(shop.all<ShopDay>()[0].fact.units_on_record, 2);
}

/// Who is sold what isn't there and doesn't wait gets a refund; who is told beforehand gets none.
TEST(Shop, RefundsWhomItSoldWhatIsNotThere) {
    for (const double stale : {1.0, 0.0}) {
        Network network = with_gateway({.every = stale > 0 ? 1h : 0h});
        network.tiers[TierId{kWeb}].backorder_probability = 0;
        network.tiers[TierId{kWeb}].refund = Money{8'000'000};
        finish(network);
        Shop shop(network);
        shop.run_until(0, 0.25);
        shop.order(kContract, {line(kGoods, 1000)});
        shop.run_until(0, 0.5);
        shop.order(kWeb, {line(kGoods, 5)});
        ASSERT_EQ(shop.all<LineCancelled>().size(), 1u);
        ASSERT_EQ(shop.all<PenaltyCharged>().size(), stale > 0 ? 1u : 0u);
        for (const auto& paid : shop.all<PenaltyCharged>()) EXPECT_EQ(paid.fact.micros, 8'000'000);
    }
}

TEST(Shop, TurnsAwayWhoWantsWhatHasJustCome) {
    Network network = with_gateway({.every = 1h});
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 0);
    network.tiers[TierId{kWeb}].backorder_probability = 0;
    finish(network);
    Shop shop(network);
    shop.run_until(0, 0.25);
    shop.find_stock(kGoods, 100);
    shop.order(kWeb, {line(kGoods, 5)});
    EXPECT_EQ(today(shop).turned_away, 1u);
    EXPECT_EQ(shop.all<LineCancelled>().size(), 1u);
    EXPECT_EQ(available_on_record(shop.site(), ItemId{kGoods}), 100);
    shop.run_until(0, 1.25);
    shop.order(kWeb, {line(kGoods, 5)});
    EXPECT_EQ(today(shop).turned_away, 1u);
    EXPECT_EQ(available_on_record(shop.site(), ItemId{kGoods}), 95);
}

TEST(Shop, HearsAgainOnceTheGatewayIsUp) {
    Shop shop(with_gateway({.uptime = ConstantTime{10h}, .downtime = ConstantTime{2h}}));
    shop.run_until(0, 10.5);
    shop.order(kContract, {line(kGoods, 100)});
    EXPECT_EQ(known(shop), 1000);  // given up
    shop.run_until(0, 12.5);
    EXPECT_EQ(known(shop), 1000);
    shop.order(kContract, {line(2, 1)});
    EXPECT_EQ(known(shop), 900);  // with the next news
}

/// Who waits for what was not shown is entered all the same, and the record has it.
TEST(Shop, KeepsItsReserveFromItsOwnCustomersAlone) {
    Shop shop(with_gateway({}, {.reserve = 998}));
    shop.run_until(0, 0.25);
    const Line web = shop.line_of(shop.order(kWeb, {line(kGoods, 5)}));
    EXPECT_EQ(today(shop).turned_away, 1u);
    EXPECT_EQ(web.allocated, 5);
    EXPECT_EQ(web.waiting, 0);
    EXPECT_FALSE(web.first_attempt_open);
    shop.order(kContract, {line(kGoods, 100)});
    EXPECT_EQ(today(shop).lines, 1u);
    EXPECT_EQ(known(shop), 895);  // the gateway tells at once
}

/// A shop that doesn't count its own orders accepts all N of a poll's: of S units, E[(N - S)+] too many.
/// One that counts them oversells what others have taken: of the poll's n-th order with probability p, if fewer than S
/// of those before it were its own, and S at least were there. Each within four standard errors: false alarm 6 in
/// 100,000.
class Polls {
public:
    static constexpr int kPolls = 2'000;
    static constexpr double kMean = 4, kWebShare = 0.4;  ///< orders of one unit between two polls
    static constexpr Units kStock = 3;

    explicit Polls(const Gateway& gateway) {
        Network network = with_gateway({.every = 5min}, gateway);
        for (Tier& tier : network.tiers) tier.backorder_probability = 0;
        network.initial.on_hand[SiteId{0}].assign(network.items.size(), 1'000'000);
        finish(network);
        Shop shop(network);
        auto draw = sim::Draws(3, 0).at(1, 2, 3);
        for (int poll = 0; poll < kPolls; ++poll) {
            const double begins = poll / 12.0;
            shop.run_until(0, begins + 0.08);
            StockRecord& record = shop.site().record[ItemId{kGoods}];
            record.on_hand = record.allocated + kStock;
            touch(shop.site(), ItemId{kGoods});
            Context context = shop.at_site();
            settle(shop.site(), context);
            shop.run_until(0, begins + 0.09);  // the news has come
            const int orders = sim::poisson(draw.uniform(), kMean);
            for (int i = 0; i < orders; ++i) {
                shop.order(draw.uniform() < kWebShare ? kWeb : kContract, {line(kGoods, 1)});
            }
        }
        shop.run_until(kPolls / 12 / 24 + 1, 1);
        for (const auto& [at, where, day] : shop.all<ShopDay>()) oversold += day.oversold;
    }

    double oversold = 0;
};

double poisson_of(int n, double mean) { return std::exp(n * std::log(mean) - mean - std::lgamma(n + 1)); }

TEST(Shop, OversellsWithoutACountOfItsOwnOrdersAsManyAsAreLeftOver) {
    // And of those beyond S each is its own with probability p.
    double mean = 0;
    for (int n = Polls::kStock + 1; n < 60; ++n) mean += (n - Polls::kStock) * poisson_of(n, Polls::kMean);
    mean *= Polls::kWebShare;
    const double se = std::sqrt(mean * 1.5 / Polls::kPolls);  // no more spread than twice a Poisson count's
    EXPECT_NEAR(Polls({.counts_own_orders = false}).oversold / Polls::kPolls, mean, 4 * se);
}

TEST(Shop, OversellsWithACountOfItsOwnOrdersWhatOthersHaveTaken) {
    constexpr double p = Polls::kWebShare;
    double mean = 0, more = 1;  // probability of n orders or more
    for (int n = 1; n < 60; ++n) {
        more -= poisson_of(n - 1, Polls::kMean);
        double few = 0;  // of the n - 1 before, fewer than S are its own
        for (int web = 0; web < Polls::kStock && web < n; ++web) {
            few += std::exp(std::lgamma(n) - std::lgamma(web + 1) - std::lgamma(n - web) + web * std::log(p) +
                            (n - 1 - web) * std::log(1 - p));
        }
        if (n - 1 >= Polls::kStock) mean += more * p * few;
    }
    const double se = std::sqrt(mean * 1.5 / Polls::kPolls);
    EXPECT_NEAR(Polls({}).oversold / Polls::kPolls, mean, 4 * se);
}

struct Season {
    double lines = 0, oversold = 0, turned_away = 0, apart = 0, on_record = 0;
    std::uint64_t digest = 0;
};

/// Two months of two warehouses that are short of stock, in four replications.
Season season(const std::function<void(Network&)>& change) {
    Network network = small_network({.items = 10, .orders_per_day = 120});
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.replenishment = ClassPolicy{.service = {0.6, 0.6, 0.6}, .cover_days = {3, 3, 3}, .review = sim::days{1}};
    follow(network, strategy);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 4;
    }
    change(network);
    finish(network);
    FactRecord<ShopDay> record;
    Season sum;
    for (std::uint32_t replication = 0; replication < 4; ++replication) {
        sum.digest += simulate(network, 4, replication, record.log)->digest;
    }
    for (const auto& [at, where, day] : record.all<ShopDay>()) {
        sum.lines += day.lines;
        sum.oversold += day.oversold;
        sum.turned_away += day.turned_away;
        sum.apart += static_cast<double>(day.units_apart);
        sum.on_record += static_cast<double>(day.units_on_record);
    }
    return sum;
}

std::function<void(Network&)> polled(models::Duration every, Units reserve = 0) {
    return [=](Network& network) {
        network.strategy.integration.of(InterfaceName::gateway).every = every;
        network.strategy.gateway.reserve = reserve;
    };
}

TEST(Shop, OversellsLessWithFresherNewsOrAReserve) {
    const Season fresh = season(polled(5min)), old = season(polled(12h)), kept = season(polled(12h, 60));
    EXPECT_GT(old.lines, 5000);
    EXPECT_GT(old.oversold, 3 * fresh.oversold);
    EXPECT_GT(old.turned_away, 3 * fresh.turned_away);
    EXPECT_GT(old.apart / old.on_record, 3 * fresh.apart / fresh.on_record);
    EXPECT_LT(kept.oversold, 0.8 * old.oversold);
    EXPECT_GT(kept.turned_away, 1.5 * old.turned_away);
}

TEST(Shop, OversellsMoreWhereTheGatewayIsDown) {
    const auto down = [](Network& network) {
        polled(5min)(network);
        network.strategy.integration.of(InterfaceName::gateway).uptime = ExponentialTime{48h};
        network.strategy.integration.of(InterfaceName::gateway).downtime = ExponentialTime{12h};
        network.strategy.integration.of(InterfaceName::gateway).retries = 2;
        network.strategy.integration.of(InterfaceName::gateway).first_wait = 15min;
    };
    EXPECT_GT(season(down).oversold, 2 * season(polled(5min)).oversold);
}

/// Another strategy takes over whose shop has a view of its own: it begins with what the record says, and ends with it.
TEST(Shop, GetsItsViewFromAStrategyThatTakesOver) {
    Network without = quiet_network(), with = with_gateway({.every = 1h});
    follow(without, orchestrated_strategy());
    follow(with, orchestrated_strategy());
    with.strategy.integration.of(InterfaceName::gateway).every = 1h;
    finish(with);
    FactRecord<ShopDay> record;
    World world = start_world(without, 7, 0, record.log);
    run_sequential(world, start_of(0) + 9h);
    world.state.sites[SiteId{0}].record[ItemId{kGoods}].on_hand = 700;
    const World forked = take_over(world, with, record.log);
    ASSERT_EQ(forked.state.sites[SiteId{0}].shop.stock.size(), with.items.size());
    EXPECT_EQ(forked.state.sites[SiteId{0}].shop.stock[ItemId{kGoods}].known, 700);
    const World back = take_over(forked, without, record.log);
    EXPECT_TRUE(back.state.sites[SiteId{0}].shop.stock.empty());
}

/// A gateway that never fails, tells at once and keeps no reserve leaves everything as it is without one.
TEST(Shop, WithAPerfectViewSellsAsTheRecordSays) {
    const Season without = season([](Network&) {});
    const Season perfect = season([](Network& network) {
        network.disturbances.push_back({.kind = Disturbance::Kind::outage,
                                        .first_day = 1000,
                                        .days = 1,
                                        .interface = InterfaceName::gateway,
                                        .everywhere = true});
    });
    EXPECT_EQ(without.lines, 0);
    EXPECT_GT(perfect.lines, 5000);
    EXPECT_EQ(perfect.turned_away, 0);
    EXPECT_EQ(perfect.digest, without.digest);
}

}  // namespace
}  // namespace entrepot::tests
