#include "models/take_over.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "live/recorded.hpp"
#include "sim/snapshot.hpp"

/// What a running world takes from its new rules, one rule each, and what it refuses.
namespace entrepot::tests {
namespace {

using studies::Recording;
using testing::ElementsAre;
using testing::HasSubstr;

Recording run_of(const scenarios::Loaded& loaded, const char* strategy, models::Time at) {
    Recording run(loaded, {.strategy = strategy, .which = {.seed = 5}});
    run.go_to(at);
    return run;
}

const models::Headquarters& headquarters(const Recording& run) { return run.world().state.headquarters; }

std::size_t batches_waiting(const Recording& run, sim::EntityId at) {
    const auto events = sim::snapshot::pending_events(run.world());
    return static_cast<std::size_t>(std::ranges::count_if(events, [&](const sim::Event& event) {
        return event.kind() == models::Messages::kind_of<models::BatchPosts>() && event.to() == at;
    }));
}

/// Before the night's batch: the one that waits is the old system's, and the last one comes now.
TEST(TakeOver, TheBatchThatWaitsIsNotTheNewSystems) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const Recording run = run_of(loaded, "S0", models::start_of(15) + sim::minutes{5});
    ASSERT_EQ(batches_waiting(run, 0), 1u);
    Recording future = run.fork(loaded, "S6");
    EXPECT_EQ(batches_waiting(future, 0), 1u);
    future.run_to(future.now() + models::Duration{1});
    EXPECT_EQ(batches_waiting(future, 0), 0u);
    EXPECT_EQ(batches_waiting(run.fork(loaded, "S0"), 0), 1u);
}

/// Levels hold for weeks: those of the old policy don't outlive it.
TEST(TakeOver, LevelsOfANewPolicyAreComputedWhenTheOfficeOpensNext) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const Recording run = run_of(loaded, "S0", models::start_of(21) + sim::hours{10});
    Recording future = run.fork(loaded, "S6");
    const std::size_t locations = headquarters(run).levels.size();
    std::size_t planned_ahead = 0;
    for (std::size_t i = 0; i < locations; ++i) {
        planned_ahead += headquarters(run).levels[models::LocationId{i}].next_refresh_day > 22;
        EXPECT_LE(headquarters(future).levels[models::LocationId{i}].next_refresh_day, 21) << i;
    }
    EXPECT_GT(planned_ahead, 0u);
    future.go_to(models::start_of(22) + sim::hours{12});
    for (std::size_t i = 0; i < locations; ++i) {
        EXPECT_GE(headquarters(future).levels[models::LocationId{i}].next_refresh_day, 22) << i;
    }
}

/// Back from a policy that smooths to one that averages: it begins with the forecast that there was.
TEST(TakeOver, AnAverageThatNobodyKeptBeginsWithTheForecast) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const Recording run = run_of(loaded, "S6", models::start_of(21) + sim::hours{10});
    const Recording future = run.fork(loaded, "S0");
    bool differed = false;
    for (std::size_t i = 0; i < headquarters(run).forecasts.size(); ++i) {
        const models::Forecast &old = headquarters(run).forecasts[models::LocationId{i}],
                               &now = headquarters(future).forecasts[models::LocationId{i}];
        EXPECT_EQ(now.mean, old.level) << i;
        EXPECT_EQ(now.spread, old.variance) << i;
        differed = differed || old.mean != old.level;
    }
    EXPECT_TRUE(differed);
}

/// Nobody kept single days under the old strategy; the new one begins with an empty record, and goes by it later.
TEST(TakeOver, ARecordOfDaysBeginsWithThePolicyThatLooksBack) {
    const scenarios::Loaded loaded = loaded_of(
        "tiny.toml", {"strategy.S6.replenishment.estimator=croston", "strategy.S6.replenishment.record=30 d"});
    const Recording run = run_of(loaded, "S0", models::start_of(21) + sim::hours{10});
    EXPECT_TRUE(headquarters(run).recorded_days.empty());
    Recording future = run.fork(loaded, "S6");
    const sim::Table<float>& days = headquarters(future).recorded_days;
    EXPECT_EQ(days.size(), 30 * headquarters(future).view.size());
    EXPECT_EQ(std::ranges::count_if(days, [](float units) { return units >= 0; }), 0);
    future.go_to(models::start_of(24) + sim::hours{12});
    const auto kept = static_cast<std::size_t>(
        std::ranges::count_if(headquarters(future).recorded_days, [](float units) { return units >= 0; }));
    EXPECT_EQ(kept, 3 * headquarters(future).view.size());  // of days 21, 22 and 23
    EXPECT_TRUE(future.fork(loaded, "S0").world().state.headquarters.recorded_days.empty());
}

/// Tasks that wait for a wave have ranks by the rule of the day.
TEST(TakeOver, ReleasedTasksAreRankedByTheNewRule) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const Recording run = run_of(loaded, "S0", models::start_of(15) + sim::hours{15});
    const models::SiteId north{0};
    ASSERT_EQ(run.world().state.sites[north].ranked_day, 15);
    EXPECT_EQ(run.fork(loaded, "S6").world().state.sites[north].ranked_day, -1);
    EXPECT_EQ(run.fork(loaded, "S0").world().state.sites[north].ranked_day, 15);
}

TEST(TakeOver, AWorldOfAnotherShapeIsRefused) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const Recording run = run_of(loaded, "S0", models::start_of(3));
    for (const char* change : {"items.count=31", "calendar.cooldown='8 d'", "calendar.start='2026-01-06'"}) {
        const models::Network other = scenarios::build(loaded_of("tiny.toml", {change}), "S0");
        EXPECT_THAT(models::what_speaks_against(run.world(), other),
                    ElementsAre(HasSubstr("the two don't have the same items")))
            << change;
    }
}

/// Goods are under way to the site from where they were ordered.
TEST(TakeOver, AnotherSourceIsRefused) {
    const scenarios::Loaded loaded = loaded_of("validation/two_echelon.toml");
    const Recording run = run_of(loaded, "rule", models::start_of(3));
    models::Network other = scenarios::build(loaded, "rule");
    EXPECT_THAT(models::what_speaks_against(run.world(), other), ElementsAre());
    const auto supplied = std::ranges::find_if(other.policies, [](const auto& p) { return p.source.has_value(); });
    ASSERT_NE(supplied, other.policies.end());
    supplied->source.reset();
    EXPECT_THAT(models::what_speaks_against(run.world(), other), ElementsAre(HasSubstr("supplied by another site")));
}

/// A site that hands over without a pick has nobody who could wait for the record.
TEST(TakeOver, AShelfThatServesAtOnceRefusesARecordThatLagsBehind) {
    const scenarios::Loaded loaded = loaded_of("validation/base_stock_palm.toml");
    const Recording run = run_of(loaded, "rule", models::start_of(3));
    ASSERT_TRUE(run.world().state.sites[models::SiteId{0}].serves_from_shelf);
    models::Network other = scenarios::build(loaded, "rule");
    EXPECT_THAT(models::what_speaks_against(run.world(), other), ElementsAre());
    other.strategy.integration.batch_minute = 120;
    EXPECT_THAT(models::what_speaks_against(run.world(), other), ElementsAre(HasSubstr("hands over at once")));
}

}  // namespace
}  // namespace entrepot::tests
