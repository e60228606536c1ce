#include <algorithm>
#include <random>

#include <gmock/gmock.h>

#include "live/recorded.hpp"
#include "models/conservation.hpp"
#include "models/take_over.hpp"
#include "sim/snapshot.hpp"
#include "studies/live/changes.hpp"

/// A running world goes on under another strategy: all that is goes on, all that comes from outside comes, and what
/// doesn't differ is not touched.
namespace entrepot::tests {
namespace {

using models::Duration;
using models::Time;
using studies::Recording;
using studies::RecordingOptions;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

class Unchanged : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Forks, Unchanged,
                         testing::Values(Case{"tiny.toml", "S0"}, Case{"tiny.toml", "S1"}, Case{"tiny.toml", "S6"},
                                         Case{"validation/two_echelon.toml", "rule"},
                                         Case{"validation/planners_desk.toml", "rule"},
                                         Case{"validation/bullwhip_chain.toml", "rule"},
                                         Case{"validation/dual_sourcing.toml", "rule"}));

/// The network is built anew from a scenario that was read anew: nothing is equal but what it says.
TEST_P(Unchanged, AnEqualNetworkChangesNothing) {
    const scenarios::Loaded loaded = loaded_of(GetParam().file), again = loaded_of(GetParam().file);
    const RecordingOptions options{.strategy = GetParam().strategy, .which = {.seed = 11, .replication = 2}};
    const models::Network network = scenarios::build(again, options.strategy);
    Recording whole(loaded, options);
    std::mt19937_64 random(14);
    std::uniform_int_distribution<std::int64_t> any(0, (whole.end() - whole.begin()).count() / 4);
    whole.go_to(sim::kStart + Duration{any(random)});
    for (int i = 0; i < 3; ++i) {
        Heard heard;
        models::FactLog log([&](std::span<const models::Fact> facts) {
            heard.facts.insert(heard.facts.end(), facts.begin(), facts.end());
        });
        EXPECT_THAT(models::what_speaks_against(whole.world(), network), ElementsAre());
        const models::World forked = models::take_over(whole.world(), network, log);
        EXPECT_EQ(forked.network, &network);
        EXPECT_EQ(sim::hash_of(forked), sim::hash_of(whole.world())) << whole.now().time_since_epoch().count();
        EXPECT_TRUE(heard.facts.empty());
        whole.run_to(whole.now() + Duration{any(random)});
        if (i == 1) whole.step_event();
    }
}

TEST(Fork, OfTheSameStrategyHasTheTrajectoryAndTheFactsOfTheUnforkedRun) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const RecordingOptions options{.strategy = "S6", .which = {.seed = 11}};
    Heard whole, forked;
    Recording run(loaded, options, whole.listeners());
    run.go_to(models::start_of(19) + sim::minutes{611});
    Recording future = run.fork(loaded_of("tiny.toml"), "S6", forked.listeners());
    run.go_to(run.end());
    future.go_to(future.end());
    EXPECT_EQ(prints_of(future), prints_of(run));
    EXPECT_EQ(forked.print(), whole.print(future.begin()));
    EXPECT_GT(forked.facts.size(), 1000u);
}

/// Before anything has happened, the world under another strategy is the one that begins with it.
TEST(Fork, OnDayZeroIsTheOtherStrategyFromTheStart) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    for (const auto& [first, then] : {std::pair("S0", "S6"), std::pair("S6", "S0"), std::pair("S0", "S1")}) {
        Recording run(loaded, {.strategy = first, .which = {.seed = 11}});
        Recording future = run.fork(loaded, then);
        Recording other(loaded, {.strategy = then, .which = {.seed = 11}});
        future.go_to(future.end());
        other.go_to(other.end());
        EXPECT_EQ(prints_of(future), prints_of(other)) << first << " " << then;
    }
}

/// What customers order, and when: the same whatever is decided.
std::vector<std::string> orders_in(const Heard& heard, Time from) {
    std::vector<std::string> orders;
    for (const models::Fact& fact : heard.facts) {
        fact.visit([&](const auto& told) {
            if constexpr (std::is_same_v<std::decay_t<decltype(told)>, models::OrderPlaced>) {
                if (fact.at < from) return;
                orders.push_back(std::to_string(fact.at.time_since_epoch().count()) + " " + std::to_string(fact.where) +
                                 " " + std::to_string(told.lines) + " " + std::to_string(told.tier) + " " +
                                 std::to_string(told.value_micros));
            }
        });
    }
    return orders;
}

class Switched : public testing::TestWithParam<std::pair<const char*, const char*>> {};
INSTANTIATE_TEST_SUITE_P(Forks, Switched,
                         testing::Values(std::pair("S0", "S6"), std::pair("S6", "S0"), std::pair("S0", "S1"),
                                         std::pair("S1", "S6")));

TEST_P(Switched, BothFuturesMeetTheSameOrdersAndLoseNothing) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const auto& [first, then] = GetParam();
    std::mt19937_64 random(3);
    for (int i = 0; i < 5; ++i) {
        Heard stays, changes;
        Recording run(loaded, {.strategy = first, .which = {.seed = 5, .replication = 1}}, stays.listeners());
        run.go_to(models::start_of(std::uniform_int_distribution(0, 40)(random)) +
                  sim::minutes{std::uniform_int_distribution(0, 1439)(random)} * (i % 2));
        if (i == 3) run.step_event();
        const sim::RunUnderCheck check;
        Recording future = run.fork(loaded, then, changes.listeners());
        EXPECT_NO_THROW(models::check_conservation(future.world()));
        run.go_to(run.end());
        EXPECT_TRUE(future.go_to(future.end()));  // which checks conservation every week, and at the end
        EXPECT_NE(future.trajectory_digest(), run.trajectory_digest());
        const auto orders = orders_in(changes, future.begin() + Duration{1});
        EXPECT_EQ(orders, orders_in(stays, future.begin() + Duration{1}));
    }
}

std::size_t waiting(const models::World& world, std::uint8_t kind, sim::EntityId to) {
    const auto events = sim::snapshot::pending_events(world);
    return static_cast<std::size_t>(std::ranges::count_if(
        events, [&](const sim::Event& event) { return event.kind() == kind && event.to() == to; }));
}

/// Of each rule that plans ahead: its events are the new rule's.
TEST(Fork, PlansAnewWhatTheOldRulesHadPlanned) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    constexpr auto wave = models::Messages::kind_of<models::WaveStarts>();
    constexpr auto batch = models::Messages::kind_of<models::BatchPosts>();
    Recording run(loaded, {.strategy = "S0", .which = {.seed = 5}});
    run.go_to(models::start_of(15) + sim::hours{9} + sim::minutes{10});  // a Tuesday
    EXPECT_EQ(waiting(run.world(), wave, 0), 3u);                        // 10:00, 14:00, 18:00
    const models::SiteState& before = run.world().state.sites[models::SiteId{0}];
    ASSERT_FALSE(before.journal.empty());

    Recording future = run.fork(loaded, "S6");
    EXPECT_EQ(waiting(future.world(), wave, 0), 25u);  // every half hour from 9:30 to 21:30
    EXPECT_EQ(waiting(future.world(), batch, 0), 1u);  // for the last time, now
    future.step_event();
    future.run_to(future.now() + Duration{1});
    EXPECT_EQ(waiting(future.world(), batch, 0), 0u);
    EXPECT_TRUE(future.world().state.sites[models::SiteId{0}].journal.empty());

    Recording back = future.fork(loaded, "S0");
    EXPECT_EQ(waiting(back.world(), wave, 0), 3u);
    back.run_to(models::start_of(16) + sim::hours{3});
    EXPECT_TRUE(back.world().state.sites[models::SiteId{0}].journal.empty());  // posted by night
}

TEST(Fork, KeepsWhatPeopleHaveOnTheirDesksAndWhatHeadquartersBelieves) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    Recording run(loaded, {.strategy = "S0", .which = {.seed = 5}});
    run.go_to(models::start_of(21) + sim::hours{10});
    Recording future = run.fork(loaded, "S6");
    const models::Headquarters &old = run.world().state.headquarters, &now = future.world().state.headquarters;
    EXPECT_EQ(now.desk(models::Role::planner).waiting(), old.desk(models::Role::planner).waiting());
    EXPECT_EQ(now.purchases.in_use(), old.purchases.in_use());
    EXPECT_GT(now.purchases.in_use(), 0u);
    for (std::size_t i = 0; i < old.view.size(); ++i) {
        const models::LocationId at{i};
        EXPECT_EQ(now.view[at].net, old.view[at].net);
        EXPECT_EQ(now.view[at].on_order, old.view[at].on_order);
        EXPECT_EQ(now.forecasts[at].mean, old.forecasts[at].mean);
        EXPECT_EQ(now.forecasts[at].level, old.forecasts[at].mean);  // the record's average, no truth
    }
}

TEST(Fork, TakesPeopleAndRulesThatWereChanged) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    Recording run(loaded, {.strategy = "S0", .which = {.seed = 5}});
    run.go_to(models::start_of(15) + sim::hours{9});
    Recording more = run.fork(loaded_of("tiny.toml", {"site.North.pickers=9", "office.planners=7"}), "S0");
    EXPECT_EQ(more.world().state.headquarters.desk(models::Role::planner).staff(), 7);
    more.go_to(models::start_of(16) + sim::hours{13});
    const models::SiteState& north = more.world().state.sites[models::SiteId{0}];
    EXPECT_GE(north.on_duty, 4);
    more.go_to(more.end());
}

TEST(Fork, SaysAllThatSpeaksAgainstIt) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    Recording run(loaded, {.strategy = "S0", .which = {.seed = 5}});
    run.go_to(models::start_of(15));
    const auto reasons = [&](const std::vector<std::string>& changes, const std::string& strategy) {
        try {
            run.fork(loaded_of("tiny.toml", changes), strategy);
        } catch (const studies::CantTakeOver& error) {
            return error.reasons;
        }
        return std::vector<std::string>{};
    };
    EXPECT_THAT(reasons({"site.North.pickers=3"}, "S6"), ElementsAre());
    EXPECT_THAT(reasons({"calendar.cooldown='9 d'", "site.North.latitude=40", "site.North.wage='$30/h'"}, "S6"),
                ElementsAre(HasSubstr("calendar.cooldown"), HasSubstr("site.North.latitude 41.9 -> 40")));
    EXPECT_THAT(reasons({}, "S9"), ElementsAre(HasSubstr("S9")));
    EXPECT_THAT(reasons({"strategy.S6.replenishment.executed_by='site'"}, "S6"),
                ElementsAre(HasSubstr("accounted for by the site")));
}

TEST(Fork, KnowsWhichKeysARunningWorldCanTake) {
    for (const char* key : {"strategy.S6.waves.interval", "integration.modern.pump", "office.planners",
                            "site.SE.pickers", "stock.depot.reorder_point", "stock.depot.transit.mean"}) {
        EXPECT_TRUE(studies::may_change(key)) << key;
    }
    for (const char* key :
         {"calendar.measure", "items.count", "site.SE.share", "site.SE", "tier.T1.share", "spike.peak",
          "stock.depot.initial", "stock.depot.scheduled", "supplier_segment.far.lead_time", "disturbance.strike.factor",
          "pool.all.sites", "sites.SE.pickers"}) {
        EXPECT_FALSE(studies::may_change(key)) << key;
    }
}

}  // namespace
}  // namespace entrepot::tests
