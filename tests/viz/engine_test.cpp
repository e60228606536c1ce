#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"
#include "viz/shown.hpp"

namespace entrepot::viz {

namespace {

using models::start_of;

/// The trajectory's fingerprint as `entrepot replay --until ... --digest` computes it: nobody looks.
std::uint64_t unwatched(const std::string& scenario, const std::string& strategy, models::Time until) {
    const auto loaded = scenarios::load(shipped(scenario)).loaded.value();
    const models::Network network = scenarios::build(loaded, strategy);
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, static_cast<std::uint32_t>(loaded.scenario.study.seed), 0, log);
    sim::run_sequential(world, until);
    return world.digest().value();
}

TEST(Engine, WhoLooksChangesNothing) {
    Shown shown(shipped("tiny.toml"));
    const std::string strategy = shown.engine().look()->lanes.front().strategy;
    shown.engine().want({.lists = true, .item = 1});
    for (const int day : {3, 17, 9, 16}) {  // forwards and back
        shown.engine().go_to(start_of(day) + sim::hours{7});
        shown.settled();
        EXPECT_EQ(shown.now(), start_of(day) + sim::hours{7});
        EXPECT_EQ(shown.engine().look()->lanes.front().scene.digest,
                  unwatched("tiny.toml", strategy, start_of(day) + sim::hours{7}));
    }
}

TEST(Engine, EachHourIsToldOnceAndInOrder) {
    Shown shown(shipped("tiny.toml"));
    Engine& engine = shown.engine();
    engine.go_to(start_of(5));
    engine.settle();
    engine.go_to(start_of(2));
    engine.settle();
    engine.go_to(start_of(6));
    engine.settle();
    std::vector<std::size_t> hours;
    for (const HourOfAll& told : engine.take_hours()) {
        if (told.lane == engine.look()->lanes.front().id) hours.push_back(told.hour);
    }
    ASSERT_EQ(hours.size(), 6U * 24);
    for (std::size_t i = 0; i < hours.size(); ++i) EXPECT_EQ(hours[i], i);
}

TEST(Engine, RunsToTheEndAndStopsThere) {
    Shown shown(shipped("tiny.toml"));
    Engine& engine = shown.engine();
    engine.set_speed(0);
    engine.run(true);
    engine.settle();
    EXPECT_EQ(engine.look()->now, engine.look()->end);
    EXPECT_FALSE(engine.look()->running);
    EXPECT_TRUE(engine.look()->trouble.empty());
}

TEST(Engine, AForkOfTheSameStrategyHasTheSameFuture) {
    Shown shown(shipped("tiny.toml"));
    Engine& engine = shown.engine();
    engine.go_to(start_of(10));
    engine.settle();
    const std::string strategy = engine.look()->lanes.front().strategy;
    const std::size_t before = engine.look()->lanes.size();
    engine.fork(0, {.strategy = strategy});
    engine.settle();
    ASSERT_EQ(engine.look()->lanes.size(), before + 1);
    engine.go_to(start_of(15));
    shown.settled();
    EXPECT_EQ(engine.look()->lanes.back().scene.digest, engine.look()->lanes.front().scene.digest);
    engine.drop(before);
    engine.settle();
    EXPECT_EQ(engine.look()->lanes.size(), before);
}

TEST(Scene, AgreesWithTheWorld) {
    const auto loaded = scenarios::load(shipped("tiny.toml")).loaded.value();
    const models::Network network = scenarios::build(loaded, "S0");
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, 1, 0, log);
    sim::run_sequential(world, start_of(12) + sim::hours{11});
    const Scene scene = Looker(network).scene(world, {.lists = true, .item = 0});
    std::int64_t on_hand = 0;
    for (const auto& shelf : world.state.sites[models::SiteId{0}].truth) on_hand += shelf.on_hand;
    EXPECT_EQ(scene.sites[0].on_hand, on_hand);
    EXPECT_EQ(scene.sites[0].open_lines, world.state.sites[models::SiteId{0}].open_lines);
    std::int32_t lines = 0, inbound = 0, at_desks = 0;
    for (const auto& supplier : scene.lists.suppliers) lines += supplier.lines;
    for (const SiteScene& site : scene.sites) inbound += site.inbound.all_lines;
    EXPECT_EQ(lines, scene.purchases_open);
    EXPECT_EQ(inbound, scene.purchases_open);
    std::int32_t to_first = 0;
    for (std::size_t i = 0; i < scene.lists.suppliers.size(); i += network.sites.size())
        to_first += scene.lists.suppliers[i].lines;
    EXPECT_EQ(to_first, scene.sites[0].inbound.all_lines);
    for (const CaseScene& one : scene.lists.cases) {
        at_desks += one.where == CaseScene::Where::urgent || one.where == CaseScene::Where::ordinary;
    }
    std::int32_t waiting = 0;
    for (const DeskScene& desk : scene.desks) waiting += desk.waiting();
    EXPECT_EQ(at_desks, waiting);
    EXPECT_EQ(scene.lists.item.size(), network.sites.size());
    std::int32_t by_lane = 0, at_dock = 0, staged = 0;
    for (const PurchaseLane& lane : scene.flows.purchases) by_lane += lane.all_lines;
    for (const CarrierScene& carrier : scene.flows.carriers) at_dock += carrier.waiting;
    for (const SiteScene& site : scene.sites) staged += site.staged;
    EXPECT_EQ(by_lane, scene.purchases_open);
    EXPECT_EQ(at_dock, staged);
    ASSERT_EQ(scene.flows.interfaces.size(), network.sites.size());
    const auto& first = scene.flows.interfaces.front();
    EXPECT_EQ(first.batch, network.strategy.integration.batch_minute.has_value());
    EXPECT_EQ(first.postings, static_cast<std::int32_t>(world.state.sites[models::SiteId{0}].journal.size()));
    EXPECT_GT(first.next, scene.now);
}

}  // namespace

}  // namespace entrepot::viz
