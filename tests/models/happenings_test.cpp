#include "models/disturbances/happenings.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/disturbances/disturbances.hpp"
#include "models/small_world.hpp"

/// What goes wrong in a replication, and when: by chance, one after the other, again and again.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;
using Kind = Disturbance::Kind;

Network with(std::vector<Disturbance> disturbances) {
    Network network = quiet_network(2);
    std::uint64_t key = 1;
    for (Disturbance& d : disturbances) d.key = key++;
    network.disturbances = std::move(disturbances);
    finish(network);
    return network;
}

TEST(Happenings, WithoutChanceTheyAreAsTheTableSays) {
    const Network network = with({{.kind = Kind::absence, .first_day = 3, .days = 2, .starts = 6h, .lasts = 30h}});
    for (std::uint32_t replication = 0; replication < 3; ++replication) {
        const Happenings drawn = draw_happenings(network, {7, replication});
        ASSERT_EQ(drawn.all.size(), 1u);
        EXPECT_EQ(drawn.all[0].from, start_of(3) + 6h);
        EXPECT_EQ(drawn.all[0].until, start_of(4) + 12h);
    }
}

/// 4,000 replications, four standard deviations.
TEST(Happenings, ComeWithTheirProbability) {
    const Network network = with({{.kind = Kind::absence, .days = 1, .probability = 0.3}});
    int count = 0;
    for (std::uint32_t replication = 0; replication < 4000; ++replication) {
        count += static_cast<int>(draw_happenings(network, {7, replication}).all.size());
    }
    EXPECT_NEAR(count, 1200, 4 * std::sqrt(4000 * 0.21));
}

/// What follows another happens only where that one did, so many days later, and not always.
TEST(Happenings, FollowEachOther) {
    const Network network =
        with({{.kind = Kind::site_closed, .first_day = 10, .days = 3, .probability = 0.5},
              {.kind = Kind::absence, .first_day = 4, .days = 2, .probability = 0.4, .after = std::uint16_t{0}}});
    int causes = 0, effects = 0;
    for (std::uint32_t replication = 0; replication < 4000; ++replication) {
        const Happenings drawn = draw_happenings(network, {7, replication});
        for (const Happening& one : drawn.all) {
            (one.disturbance == 0 ? causes : effects) += 1;
            if (one.disturbance == 1) {
                ASSERT_EQ(drawn.all.size(), 2u) << "without its cause";
                EXPECT_EQ(one.from, start_of(14));
            }
        }
    }
    EXPECT_NEAR(causes, 2000, 4 * std::sqrt(4000 * 0.25));
    EXPECT_NEAR(effects, 0.4 * causes, 4 * std::sqrt(causes * 0.24));
}

/// Nine days between two and one day each: a tenth of the time, and one in ten days.
TEST(Happenings, ComeAgainAndAgain) {
    Network network = with(
        {{.kind = Kind::absence, .between = ExponentialTime{sim::days{9}}, .length = ExponentialTime{sim::days{1}}}});
    network.calendar.measure_days = 40'000;
    const Happenings drawn = draw_happenings(network, {7, 0});
    const double cycles = static_cast<double>(drawn.all.size());
    EXPECT_NEAR(cycles, 4000, 4 * std::sqrt(4000 * 0.82));
    double days = 0;
    Time last{};
    for (const Happening& one : drawn.all) {
        EXPECT_GE(one.from, last);
        last = one.until;
        days += sim::in<sim::days>(one.until - one.from);
    }
    EXPECT_NEAR(days / network.calendar.total_days(), 0.1, 4 * 0.1 * 0.9 * std::sqrt(2 / cycles));
}

TEST(Happenings, AreTheSameForAllStrategies) {
    Network one = with(
        {{.kind = Kind::absence, .days = 1, .probability = 0.5},
         {.kind = Kind::absence, .between = ExponentialTime{sim::days{2}}, .length = ExponentialTime{sim::days{1}}}});
    Network other = one;
    other.strategy.waves.at_once = true;
    other.strategy.integration.pump = 2min;
    for (std::uint32_t replication = 0; replication < 20; ++replication) {
        const Happenings a = draw_happenings(one, {7, replication}), b = draw_happenings(other, {7, replication});
        ASSERT_EQ(a.all.size(), b.all.size());
        for (std::size_t i = 0; i < a.all.size(); ++i) EXPECT_EQ(a.all[i].from, b.all[i].from);
    }
}

/// Two disturbances multiply; two times of one don't.
TEST(Happenings, OfOneDisturbanceThatOverlapCountOnce) {
    const Network network = with({{.kind = Kind::site_slow, .days = 9, .site = SiteId{0}, .factor = 0.5},
                                  {.kind = Kind::site_slow, .days = 9, .site = SiteId{0}, .factor = 0.4}});
    const Happenings drawn{
        {{start_of(0), start_of(9), 0}, {start_of(1), start_of(9), 0}, {start_of(0), start_of(9), 1}}};
    EXPECT_DOUBLE_EQ(disturbed_factor(network, drawn, Kind::site_slow, {.site = SiteId{0}}, at_moment(start_of(3))),
                     0.2);
    EXPECT_DOUBLE_EQ(disturbed_sum(network, drawn, Kind::site_slow, {.site = SiteId{0}}, at_moment(start_of(3))), 0.9);
}

/// Who comes by shifts misses those that a closure touches: from ten to eleven the first one, not the second.
TEST(Happenings, AClosureIsMissedByTheShiftsThatItTouches) {
    Network network =
        with({{.kind = Kind::site_closed, .first_day = 1, .days = 1, .site = SiteId{0}, .starts = 10h, .lasts = 1h}});
    ASSERT_EQ(network.sites[SiteId{0}].shifts.size(), 2u);
    SmallWorld<> world(network);
    world.run_until(1, 5);
    EXPECT_EQ(world.site(0).present[0], 0);
    EXPECT_GT(world.site(0).present[1], 0);
}

/// Nobody picks at a site that is closed, no carrier comes, and no truck is unloaded; the day after all of it goes on.
TEST(Happenings, AClosedSiteDoesNothing) {
    Network network = with({{.kind = Kind::site_closed, .first_day = 1, .days = 1, .site = SiteId{0}}});
    hear_at_once(network);
    SmallWorld<LineFirstPass, CarrierDeparted> world(network);
    world.run_until(0, 20);
    const std::uint32_t here = world.order(0, {line(1, 5)}, 0), there = world.order(0, {line(1, 5)}, 1);
    world.run_until(1, 9);
    world.arrive(2, 10, 0);
    world.run_until(2, 0);
    EXPECT_EQ(world.order_at(here, 0).units_delivered + world.line_of(here, 0).staged, 0);
    EXPECT_NE(world.site(1).orders[there].shipment == kNone && world.site(1).orders[there].shipments_open == 0, true);
    EXPECT_EQ(world.site(0).truth[ItemId{2}].at_dock, 10);
    for (const auto& [at, where, left] : world.all<CarrierDeparted>()) {
        if (day_of(at) != 1) continue;
        EXPECT_EQ(left.capacity == 0, where == 0);
    }
    world.run_until(3, 23);
    EXPECT_EQ(world.site(0).truth[ItemId{2}].at_dock, 0);
    EXPECT_GT(world.site(0).orders[here].units_delivered + world.site(0).orders[here].shipments_open, 0);
}

/// Half the pace makes each pick take twice as long.
TEST(Happenings, ASlowSiteTakesLonger) {
    const auto hours = [](double factor) {
        Network network =
            with({{.kind = Kind::site_slow, .first_day = 0, .days = 30, .site = SiteId{0}, .factor = factor}});
        hear_at_once(network);
        network.strategy.waves.at_once = true;
        SmallWorld<TaskDone> world(network);
        world.run_until(0, 9);
        world.order(0, {line(1, 5)}, 0);
        world.run_until(1, 0);
        EXPECT_EQ(world.all<TaskDone>().size(), 1u);
        const TaskDone& done = world.all<TaskDone>()[0].fact;
        return done.hours - done.waited_hours;
    };
    EXPECT_NEAR(hours(0.5), 2 * hours(1), 1e-3 * hours(1));
}

/// A new version stops whom nobody looks after.
TEST(Happenings, GovernedInterfacesKeepWorking) {
    for (const bool governed : {false, true}) {
        Network network = with({{.kind = Kind::schema_break,
                                 .first_day = 0,
                                 .days = 1,
                                 .interface = InterfaceName::posting,
                                 .everywhere = true}});
        hear_at_once(network);
        network.strategy.integration.of(InterfaceName::posting).governed = governed;
        finish(network);
        const Happenings drawn = draw_happenings(network, {7, 0});
        SmallWorld<LinkDay> world(network);
        world.run_until(1, 12);
        double down = 0;
        for (const auto& one : world.all<LinkDay>()) down += one.fact.hours_down;
        EXPECT_EQ(down > 0, !governed);
    }
}

}  // namespace
}  // namespace entrepot::tests
