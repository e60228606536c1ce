#include "studies/evidence/twins.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "models/simulate.hpp"

/// What overrides were worth: a replication with and without each, on the same noise.
namespace entrepot::tests {
namespace {

using namespace studies::evidence;
using models::DecisionKind;
using models::Role;
using studies::explain::Watcher;

/// Planners change half of what is recommended, and every second change is for the better.
scenarios::Loaded overridden(const std::vector<std::string>& more = {}) {
    std::vector<std::string> all{"calendar.measure='60 d'", "office.judgement.acceptance=0.5",
                                 "office.judgement.override_sigma=0.8", "strategy.S6.guardrail.value.value='$300'"};
    all.insert(all.end(), more.begin(), more.end());
    return loaded("tiny.toml", all);
}

std::vector<Override> overrides_of(const models::Network& network, std::uint64_t* digest = nullptr) {
    OverrideWatch watch(network.calendar);
    Watcher* watchers[] = {&watch};
    const auto again = rerun(network, {7}, watchers, true);
    if (digest != nullptr) *digest = again.digest;
    return watch.found();
}

/// Steps and units of one case in a run.
struct CourseOfCase {
    std::vector<models::CaseStepped> steps;
    std::uint64_t digest = 0;
    bool took(models::CaseStep step) const {
        return std::ranges::any_of(steps, [&](const auto& s) { return s.step == static_cast<std::uint8_t>(step); });
    }
};
CourseOfCase course_of(const models::Network& network, std::uint32_t number, std::uint32_t not_overridden) {
    CourseOfCase course;
    models::FactLog log([&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            if (fact.kind() != models::FactList::kind_of<models::CaseStepped>()) continue;
            if (fact.as<models::CaseStepped>().number == number) course.steps.push_back(fact.as<models::CaseStepped>());
        }
    });
    course.digest = models::simulate(network, 7, 0, log, {}, {.not_overridden = not_overridden})->digest;
    return course;
}

TEST(Twin, OrdersWhatWasRecommended) {
    const auto scenario = overridden();
    const models::Network network = network_of(scenario, "S6");
    std::uint64_t digest = 0;
    const std::vector<Override> all = overrides_of(network, &digest);
    ASSERT_GT(all.size(), 20u);
    for (const Override& one : {all.front(), all[all.size() / 2]}) {
        EXPECT_EQ(one.kind, DecisionKind::purchase);
        EXPECT_EQ(one.role, Role::planner);
        EXPECT_NE(one.before, one.after);
        const CourseOfCase was = course_of(network, one.number, models::kNone);
        const CourseOfCase twin = course_of(network, one.number, one.number);
        EXPECT_EQ(was.digest, digest);
        EXPECT_EQ(was.steps.back().units, one.after);
        EXPECT_EQ(twin.steps.back().units, one.before);
        EXPECT_TRUE(was.took(models::CaseStep::changed));
        EXPECT_FALSE(twin.took(models::CaseStep::changed));
    }
}

/// A number that no case has changes nothing.
TEST(Twin, OfNoOverrideIsTheReplicationItself) {
    const models::Network network = network_of(overridden(), "S6");
    EXPECT_EQ(course_of(network, 0, models::kNone).digest, course_of(network, 0, 4'000'000).digest);
}

TEST(Twin, KeepsToTheRuleThatWasSetAside) {
    const auto scenario = overridden({"strategy.S6.workflow.takes_allocated=true", "tier.T1.escalation_probability=1",
                                      "strategy.S6.waves={ starts = ['18:00'] }"});
    const models::Network network = network_of(scenario, "S6");
    std::vector<Override> all = overrides_of(network);
    std::erase_if(all, [](const Override& one) { return one.kind != DecisionKind::allocation_override; });
    ASSERT_GT(all.size(), 0u);
    EXPECT_EQ(all.front().role, Role::service_agent);
    EXPECT_FALSE(all.front().score.has_value());
    const std::uint32_t number = all.front().number;
    EXPECT_TRUE(course_of(network, number, models::kNone).took(models::CaseStep::executed));
    EXPECT_FALSE(course_of(network, number, number).took(models::CaseStep::executed));
}

TEST(Sample, IsTheSameEachTimeAndOfAll) {
    std::vector<Override> all(100);
    for (std::uint32_t i = 0; i < 100; ++i) all[i].number = 3 * i, all[i].at = models::start_of(static_cast<int>(i));
    const auto numbers = [&](std::size_t most, std::uint32_t seed) {
        std::vector<std::uint32_t> some;
        for (const Override& one : sample_of(all, most, seed)) some.push_back(one.number);
        return some;
    };
    EXPECT_EQ(numbers(20, 7), numbers(20, 7));
    EXPECT_NE(numbers(20, 7), numbers(20, 8));
    EXPECT_EQ(numbers(500, 7).size(), 100u);
    const auto some = numbers(20, 7), more = numbers(21, 7);
    EXPECT_TRUE(std::ranges::is_sorted(some));
    EXPECT_TRUE(std::ranges::includes(more, some));
    EXPECT_LT(some.front(), 60u);
    EXPECT_GT(some.back(), 240u);
}

TEST(Twins, AreWorthTheDifference) {
    const auto scenario = overridden();
    const models::Network network = network_of(scenario, "S6");
    std::vector<Override> lines = overrides_of(network);
    std::erase_if(lines, [](const Override& one) { return one.kind != DecisionKind::purchase; });  // those have scores
    const std::vector<Override> drawn = sample_of(lines, 40, 7);
    std::size_t progress = 0;
    const auto run = [&](std::size_t threads) {
        return run_twins(network, scenario.scenario, drawn, {.which = {7}, .threads = threads},
                         [&](std::size_t done) { progress = done; }, {});
    };
    const Twins twins = run(1), again = run(3);
    EXPECT_EQ(progress, drawn.size() + 1);
    ASSERT_EQ(twins.worths.size(), drawn.size());
    int agreed = 0, compared = 0, different = 0;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        const Worth& worth = twins.worths[i];
        EXPECT_EQ(worth.what.number, drawn[i].number);
        EXPECT_EQ(worth.cost, again.worths[i].cost);
        EXPECT_EQ(worth.here, again.worths[i].here);
        different += worth.cost != 0;
        if (!worth.what.score || *worth.what.score == 0 || worth.here == 0) continue;
        ++compared;
        agreed += (*worth.what.score > 0) == (worth.here > 0);
    }
    EXPECT_GT(twins.as_it_was.cost, 0);
    EXPECT_GT(twins.as_it_was.fill(), 0.5);
    EXPECT_GT(different, 30);
    EXPECT_GT(compared, 12);
    EXPECT_GT(agreed, compared * 2 / 3);
    const MeanWorth mean = mean_of(twins.worths);
    EXPECT_EQ(mean.signs, static_cast<std::size_t>(compared));
    EXPECT_EQ(mean.same_sign, static_cast<std::size_t>(agreed));
    double sum = 0;
    for (const Worth& worth : twins.worths) sum += worth.cost;
    EXPECT_NEAR(mean.cost.estimate, sum / 40, 1e-9);
    EXPECT_TRUE(mean.cost.has_interval);
}

TEST(Twins, AreFewerWhereAStopComes) {
    const auto scenario = overridden();
    const models::Network network = network_of(scenario, "S6");
    std::stop_source stop;
    const Twins twins = run_twins(
        network, scenario.scenario, sample_of(overrides_of(network), 20, 7), {.which = {7}},
        [&](std::size_t done) { done == 4 ? stop.request_stop() : false; }, stop.get_token());
    EXPECT_LT(twins.worths.size(), 6u);
    EXPECT_GE(twins.worths.size(), 3u);
}

}  // namespace
}  // namespace entrepot::tests
