#include "models/conservation.hpp"

#include <cstdlib>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"
#include "models/small_world.hpp"
#include "sim/run_sequential.hpp"

/// Each ledger is looked at: what breaks it ends the program.
namespace entrepot::tests {
namespace {

using namespace models;

struct Running {
    FactRecord<> record;
    Network network;
    World world;

    explicit Running(FixtureStrategy strategy)
        : network(network_of(std::move(strategy))), world(start_world(network, 7, 0, record.log)) {
        run_sequential(world, start_of(30) + sim::hours{14});  // the middle of a working day
    }
    static Network network_of(FixtureStrategy strategy) {
        Network network = small_network();
        for (auto& stock : network.initial.on_hand) {
            for (Units& units : stock) units /= 8;  // so that somebody waits
        }
        follow(network, strategy);
        finish(network);
        return network;
    }
    SiteState& site() { return world.state.sites[SiteId{0}]; }
    Headquarters& hq() { return world.state.headquarters; }
};

template <class Break>
void expect_end(Break break_it, const char* message) {
    for (const FixtureStrategy& strategy : {manual_strategy(), orchestrated_strategy()}) {
        Running run(strategy);
        check_conservation(run.world);
        EXPECT_DEATH((break_it(run), check_conservation(run.world)), message);
    }
}

std::uint32_t open_line(const SiteState& site) {
    std::uint32_t line = 0;
    while (line < site.lines.size() && site.lines[line].order == kNone) ++line;
    SIM_CHECK(line < site.lines.size(), "the test wants an open line");
    return line;
}

TEST(ConservationDeathTest, OfUnits) {
    expect_end([](Running& run) { ++run.site().truth[ItemId{0}].on_hand; }, "units are lost");
    expect_end([](Running& run) { --run.site().truth[ItemId{0}].moved.sent; }, "units are lost");
}

TEST(ConservationDeathTest, OfOrders) {
    expect_end([](Running& run) { --run.site().lines[open_line(run.site())].waiting; }, "units of an order line");
    expect_end([](Running& run) { ++run.site().open_lines; }, "order lines are lost");
    expect_end([](Running& run) { ++run.site().waiting_lines; }, "waiting order lines");
    expect_end([](Running& run) { ++run.site().record[ItemId{0}].waiting; }, "who waits");
    expect_end([](Running& run) { run.site().record[ItemId{0}].allocated = -1; }, "promised twice");
    expect_end([](Running& run) { ++run.site().entered; }, "orders are lost");
}

TEST(ConservationDeathTest, OfPurchaseOrders) {
    expect_end([](Running& run) { ++run.hq().view[LocationId{0}].on_order; }, "purchase or transfer orders");
    expect_end([](Running& run) { --run.hq().view[LocationId{0}].delivered; }, "purchased units are lost");
}

TEST(ConservationDeathTest, OfMoney) {
    expect_end([](Running& run) { run.site().ledger.post(Account::inventory, Account::payables, Money::of(0.01)); },
               "inventory account");
    expect_end([](Running& run) { run.hq().ledger.post(Account::transit, Account::payables, Money::of(0.01)); },
               "transit account");
}

TEST(Conservation, IsCheckedAsOftenAsTheEnvironmentSays) {
    constexpr char kName[] = "ENTREPOT_DAYS_BETWEEN_CHECKS";
    const char* const said = std::getenv(kName);
    const std::string before = said == nullptr ? "" : said;
    for (const auto& [text, days] : {std::pair{"1", 1}, {"3", 3}, {"0", 7}, {"often", 7}}) {
        setenv(kName, text, 1);
        EXPECT_EQ(Runner{}.days_between_checks, days) << text;
    }
    unsetenv(kName);
    EXPECT_EQ(Runner{}.days_between_checks, 7);
    if (said == nullptr) GTEST_SKIP() << "run by hand: whether CTest has the tests check every day isn't seen";
    setenv(kName, before.c_str(), 1);
    EXPECT_EQ(Runner{}.days_between_checks, 1) << "tests/environment.cmake";
}

/// Several lots of a line are at the dock in one moment: all of them are under way until the site has heard.
TEST(Conservation, HoldsWhileLotsComeTogether) {
    Network network = quiet_network();
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ConstantTime{std::chrono::hours{24}};
        supplier.on_time = supplier.in_full = 1;
        supplier.capacity_factor = 0;
        supplier.lot = 5;
        supplier.order_lag = {};
    }
    for (Site& site : network.sites) site.dock_hours = 24;
    finish(network);
    SmallWorld<> world(network);
    world.run_until(0, 10);
    Context context = world.at_headquarters();
    place_purchase(world.hq(), world.purchase(1, 20), context);
    for (int seconds = 0; seconds < 180; seconds += 10) {
        world.run_until(1, 10 + seconds / 3600.0);
        check_conservation(world.world);
    }
    EXPECT_EQ(world.site().truth[ItemId{1}].at_dock, 20);
}

}  // namespace
}  // namespace entrepot::tests
