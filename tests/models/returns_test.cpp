#include "models/goods/returns.hpp"

#include <cmath>
#include <functional>
#include <sstream>

#include <gtest/gtest.h>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "models/records/postings.hpp"
#include "models/small_world.hpp"
#include "sim/snapshot.hpp"

/// Goods that customers send back: by which share and when, who receives them, and what becomes of them.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Back = SmallWorld<UnitsReturned, ReturnInspected, LineFirstPass>;

/// A quiet site where all that contract customers buy comes back after two days, and some of it is sold again.
Network sent_back(double restocked) {
    Network network = quiet_network();
    hear_at_once(network);
    network.tiers[TierId{0}].returns = {.share = 1, .time = ConstantTime{48h}, .restocked = restocked};
    finish(network);
    return network;
}

TEST(Returns, ComeBackByTheDockAndAreSoldAgain) {
    Back world(sent_back(1));
    world.run_until(0, 6);
    world.order(0, {line(1, 10)});
    world.order(1, {line(1, 5)});
    world.run_until(1, 0);
    EXPECT_EQ(world.site().truth[ItemId{1}].on_hand, 985);
    world.run_until(3, 0);
    ASSERT_EQ(world.all<UnitsReturned>().size(), 1u);
    EXPECT_EQ(world.all<UnitsReturned>()[0].fact.units, 10);
    EXPECT_EQ(world.all<UnitsReturned>()[0].fact.refund_micros, Money::of(220).micros);
    ASSERT_EQ(world.all<ReturnInspected>().size(), 1u);
    EXPECT_GT(world.all<ReturnInspected>()[0].at, world.all<UnitsReturned>()[0].at);
    EXPECT_EQ(world.site().truth[ItemId{1}].on_hand, 995);
    EXPECT_EQ(world.site().record[ItemId{1}].on_hand, 995);
    EXPECT_EQ(world.site().ledger.balance(Account::refunds), Money::of(220));
    check_conservation(world.world);
}

TEST(Returns, OfDamagedGoodsAreScrapped) {
    Back world(sent_back(0));
    world.run_until(0, 6);
    world.order(0, {line(1, 10)});
    world.run_until(3, 0);
    EXPECT_EQ(world.all<UnitsReturned>().size(), 1u);
    EXPECT_EQ(world.site().truth[ItemId{1}].on_hand, 990);
    EXPECT_EQ(world.site().record[ItemId{1}].on_hand, 990);
    EXPECT_EQ(world.site().returned[ItemId{1}].scrapped, 10);
    check_conservation(world.world);
}

/// Who waits for stock gets what another one has sent back.
TEST(Returns, ServeThoseWhoWait) {
    Back world(sent_back(1));
    world.run_until(0, 6);
    world.order(0, {line(1, 1000)});
    const std::uint32_t waits = world.order(1, {line(1, 8)});
    world.run_until(1, 0);
    EXPECT_EQ(world.line_of(waits).waiting, 8);
    world.run_until(3, 0);
    EXPECT_EQ(world.site().waiting_lines, 0);
}

/// Each line is a load like any other: a supplier's goods wait behind it.
TEST(Returns, TakeTheReceiversTime) {
    const auto put_away_by = [](int returns) {
        Network network = sent_back(1);
        network.tiers[TierId{0}].returns.share = 0;
        network.tiers[TierId{1}].returns = {.share = 1e-12, .time = ConstantTime{48h}};
        network.sites[SiteId{0}].receivers = 1;
        finish(network);
        Back world(network);
        world.run_until(0, 7);
        Context context = world.at_site();
        for (int i = 0; i < returns; ++i) {
            world.site().truth[ItemId{2}].moved.shipped += 1;
            on(world.site(), ReturnArrives{2, 1, 0, 0}, context);
        }
        world.arrive(1, 50);
        for (int minute = 0;; ++minute) {
            world.run_until(0, 7 + minute / 60.0);
            if (world.site().truth[ItemId{1}].on_hand > 1000) return minute;
        }
    };
    const double rate =
        sent_back(1).sites[SiteId{0}].receive_lines_per_hour * sent_back(1).sites[SiteId{0}].productive_share;
    EXPECT_NEAR(put_away_by(20) - put_away_by(0), 20 * 60 / rate, 2);
}

struct Sums {
    double shipped = 0, returned = 0, inspected = 0, restocked = 0, hours = 0;
};

Sums months(const ReturnTerms& terms, bool by_file = false) {
    Network network = small_network();
    follow(network, orchestrated_strategy());
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units *= 3;  // lines are seldom sent in parts
    }
    for (Tier& tier : network.tiers) tier.returns = terms;
    finish(network);
    FactRecord<UnitsShipped, UnitsReturned, ReturnInspected> record;
    World world = start_world(network, 3, 0, record.log);
    for (int day = 1; day < network.calendar.total_days(); ++day) {
        run_sequential(world, start_of(day));
        check_conservation(world);
        if (!by_file || day != 30) continue;
        run_sequential(world, start_of(day) + 5h);  // at night, when what was sent back waits for people
        EXPECT_FALSE(world.state.sites[SiteId{0}].returned.empty());
        std::stringstream file;
        save(world, "test", file);
        World read = start_world(network, 3, 0, record.log);
        load(read, "test", file);
        world = read;
    }
    record.log.flush();
    Sums sum;
    const Time last = start_of(network.calendar.total_days() - 3);
    for (const auto& [at, where, units] : record.all<UnitsShipped>()) sum.shipped += at < last;
    for (const auto& [at, where, units] : record.all<UnitsReturned>()) sum.returned += at < last + 48h;
    for (const auto& [at, where, units] : record.all<ReturnInspected>()) {
        ++sum.inspected;
        sum.restocked += units.restocked;
    }
    return sum;
}

/// Both shares are binomial, up to four standard deviations: false alarm 6 in 100,000.
TEST(Returns, ConcernTheirShareOfTheLinesAndConserveUnits) {
    const Sums sum = months({.share = 0.25, .time = ConstantTime{48h}, .restocked = 0.6});
    EXPECT_GT(sum.shipped, 5000);
    EXPECT_NEAR(sum.returned / sum.shipped, 0.25, 4 * std::sqrt(0.1875 / sum.shipped));
    EXPECT_NEAR(sum.restocked / sum.inspected, 0.6, 4 * std::sqrt(0.24 / sum.inspected));
}

TEST(Returns, OutliveASnapshot) {
    const ReturnTerms terms{.share = 0.25, .time = ExponentialTime{48h}, .restocked = 0.6};
    EXPECT_EQ(months(terms).restocked, months(terms, true).restocked);
}

struct Known {
    double ordered = 0, returned = 0, heard = 0, on_hand = 0, handling = 0;
};

/// Some months in which much of what is sold comes back and is sold again.
Known known(bool nets) {
    Network network = small_network({.days = 120});
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.workflow.nets_returns = nets;
    follow(network, strategy);
    for (Tier& tier : network.tiers) {
        tier.returns = {.share = 0.4, .time = ConstantTime{48h}, .restocked = 1, .handling = Money::of(3)};
    }
    finish(network);
    FactRecord<UnitsReturned> record;
    World world = start_world(network, 3, 0, record.log);
    Known sum;
    for (int day = 1; day < 120; ++day) {
        run_sequential(world, start_of(day));
        check_conservation(world);
        for (const SiteState& site : world.state.sites) {
            for (const ShelfStock& shelf : site.truth) sum.on_hand += day > 60 ? shelf.on_hand : 0;
        }
    }
    run_sequential(world, start_of(119) + 6h);  // all of it is heard
    record.log.flush();
    for (const SiteState& site : world.state.sites) {
        sum.ordered += static_cast<double>(site.units_before_today) + site.today.units_ordered;
        for (const ReturnedStock& back : site.returned) sum.returned += back.restocked;
        sum.handling += site.ledger.balance(Account::returns).amount();
    }
    for (const StockView& view : world.state.headquarters.view) sum.heard += view.demand;
    EXPECT_NEAR(sum.handling, 3.0 * static_cast<double>(record.all<UnitsReturned>().size()), 1e-6);
    return sum;
}

/// What comes back is ordered a second time where levels go by all that was ordered: it swells the stock.
TEST(Returns, SwellTheStockUnlessDemandIsNetOfThem) {
    const Known gross = known(false), net = known(true);
    EXPECT_GT(gross.returned, 0.3 * gross.ordered);
    EXPECT_NEAR(gross.heard, gross.ordered, 0.01 * gross.ordered);
    EXPECT_NEAR(net.heard, net.ordered - net.returned, 0.01 * net.ordered);
    EXPECT_LT(net.on_hand, 0.9 * gross.on_hand);
}

TEST(Returns, OfNobodyTakeNoRoom) {
    Back world(quiet_network());
    EXPECT_TRUE(world.site().returned.empty());
}

}  // namespace
}  // namespace entrepot::tests
