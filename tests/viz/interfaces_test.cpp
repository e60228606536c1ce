#include <cmath>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"
#include "viz/shown.hpp"

/// The health of interfaces, as the window shows it.
namespace entrepot::viz {

namespace {

using models::InterfaceName;
using models::start_of;

struct Counts {
    double messages = 0, at_once = 0;
};

/// What the links tell of whole days, in a run that nobody looks at; it has told of a day once the next one is over.
std::array<Counts, models::kInterfaces> told_of_days(const std::string& strategy, int days) {
    const auto loaded = scenarios::load(shipped("tiny.toml")).loaded.value();
    const models::Network network = scenarios::build(loaded, strategy);
    std::array<Counts, models::kInterfaces> sums{};
    models::FactLog log([&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            if (fact.kind() != models::FactList::kind_of<models::LinkDay>()) continue;
            if (models::day_of(fact.at) > days) continue;
            const auto& day = fact.as<models::LinkDay>();
            sums[day.interface].messages += day.at_once + day.by_retry + day.given_up;
            sums[day.interface].at_once += day.at_once;
        }
    });
    models::World world = models::start_world(network, static_cast<std::uint32_t>(loaded.scenario.study.seed), 0, log);
    sim::run_sequential(world, start_of(days + 1));
    log.flush();
    return sums;
}

/// The hours of so many days come to what the links have told of them, also where a fork has taken some of them over.
TEST(InterfaceHours, AddUpToWhatTheLinksTell) {
    constexpr int kDays = 12;
    for (const std::string strategy : {"S0", "S6"}) {
        Shown shown(shipped("tiny.toml"), {.strategies = {strategy}});
        Engine& engine = shown.engine();
        engine.go_to(start_of(5) + sim::hours{13} + sim::minutes{20});
        engine.settle();
        engine.fork(0, {.strategy = strategy});
        engine.settle();
        engine.go_to(start_of(kDays));
        shown.settled();
        const auto told = told_of_days(strategy, kDays);
        const Tracks& tracks = shown.app->session().tracks;
        const std::size_t sites = engine.network().sites.size();
        double all = 0;
        for (const LaneLook& lane : engine.look()->lanes) {
            for (std::size_t i = 0; i < models::kInterfaces; ++i) {
                const auto sum = [&](Counted which) {
                    return tracks.of(lane.id, place_of_interface(sites, i), which).over(0, 24 * kDays).sum;
                };
                EXPECT_NEAR(sum(Counted::messages), told[i].messages, 0.5) << models::kInterfaceNames[i];
                EXPECT_NEAR(sum(Counted::at_once), told[i].at_once, 0.5) << models::kInterfaceNames[i];
                all += told[i].messages;
            }
        }
        EXPECT_GT(all, 500);
    }
}

/// As the world has it: what is stuck, which links are down, which breakers open.
TEST(InterfaceScene, AgreesWithTheWorld) {
    const auto loaded = scenarios::load(shipped("tiny.toml")).loaded.value();
    const models::Network network = scenarios::build(loaded, "S0");
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, 1, 0, log);
    int stuck = 0, down = 0;
    for (int hour = 1; hour < 24 * 25; ++hour) {
        sim::run_sequential(world, sim::kStart + sim::hours{hour});
        const auto links = Looker(network).links(world);
        std::array<std::int32_t, models::kInterfaces> waiting{};
        for (const models::SiteState& site : world.state.sites) {
            for (std::size_t i = 0; i < site.links.all.size(); ++i)
                waiting[i] += static_cast<std::int32_t>(site.links.all[i].stuck);
        }
        for (std::size_t i = 0; i < models::kInterfacesOfSites; ++i) {
            if (!links[i].watched) continue;
            EXPECT_EQ(links[i].links, static_cast<std::int32_t>(network.sites.size()));
            EXPECT_EQ(links[i].stuck, waiting[i]);
            EXPECT_EQ(links[i].since == sim::kNever, waiting[i] == 0);
            stuck += waiting[i];
            down += links[i].down;
        }
    }
    EXPECT_GT(stuck, 0);
    EXPECT_GT(down, 0);
}

}  // namespace

}  // namespace entrepot::viz
