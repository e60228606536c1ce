#include <random>

#include "live/recorded.hpp"
#include "sim/check.hpp"

/// Going back and forwards in a run shows what an undisturbed run has at that moment, bit for bit, and those who listen
/// hear of everything once.
namespace entrepot::tests {
namespace {

using models::Duration;
using models::Time;
using studies::Recording;
using studies::RecordingOptions;

/// Room for a few worlds of the small scenarios, so that some are dropped on the way.
constexpr std::size_t kLittleMemory = std::size_t{2} << 20;

class Recordings : public testing::TestWithParam<Case> {
protected:
    scenarios::Loaded loaded_ = loaded_of(GetParam().file);
    RecordingOptions options_{
        .strategy = GetParam().strategy, .which = {.seed = 7, .replication = 3}, .memory = kLittleMemory};
};

INSTANTIATE_TEST_SUITE_P(Small, Recordings,
                         testing::Values(Case{"tiny.toml", "S0"}, Case{"tiny.toml", "S6"},
                                         Case{"validation/two_echelon.toml", "rule"}),
                         [](const auto& one) {
                             std::string name = one.param.file;
                             std::erase_if(name, [](char c) { return std::isalnum(c) == 0; });
                             return name + one.param.strategy;
                         });

TEST_P(Recordings, ShowAtRandomMomentsWhatAnUndisturbedRunHas) {
    std::mt19937_64 random(20261129);
    Recording recording(loaded_, options_);
    std::uniform_int_distribution<std::int64_t> any(0, (recording.end() - recording.begin()).count());
    for (int i = 0; i < 14; ++i) {
        const Time t = i % 6 == 5 ? recording.end() : sim::kStart + Duration{any(random)};
        ASSERT_TRUE(recording.go_to(t));
        EXPECT_EQ(recording.now(), t);
        EXPECT_EQ(recording.ended(), t == recording.end());
        EXPECT_EQ(prints_of(recording), undisturbed(loaded_, options_, t)) << t.time_since_epoch().count();
    }
}

TEST_P(Recordings, StepByTheEventAndBack) {
    Recording recording(loaded_, options_), same(loaded_, options_);
    const Time there = sim::kStart + (recording.end() - sim::kStart) / 3;
    recording.run_to(there);
    const Prints before = prints_of(recording);
    std::vector<Prints> steps;
    std::vector<Time> times;
    for (int i = 0; i < 300; ++i) {
        const auto event = recording.step_event();
        ASSERT_TRUE(event);
        EXPECT_EQ(recording.now(), event->at);
        EXPECT_TRUE(recording.within_instant());
        steps.push_back(prints_of(recording));
        times.push_back(event->at);
    }
    recording.go_to(there);
    EXPECT_EQ(prints_of(recording), before);
    for (int i = 0; i < 300; ++i) {  // replayed, up to the furthest event
        EXPECT_EQ(recording.step_event()->at, times[static_cast<std::size_t>(i)]);
        EXPECT_EQ(prints_of(recording), steps[static_cast<std::size_t>(i)]) << i;
    }
    recording.step_event();  // and beyond
    recording.run_to(recording.end());
    same.run_to(same.end());
    EXPECT_EQ(prints_of(recording), prints_of(same));
    EXPECT_EQ(recording.step_event(), std::nullopt);
}

/// With whatever goings to and fro: the facts of a study, in one order, and each full hour once.
TEST_P(Recordings, TellEverythingOnce) {
    Heard at_once, in_pieces;
    Recording straight(loaded_, options_, at_once.listeners());
    straight.run_to(straight.end());

    std::vector<Time> hours;
    auto listeners = in_pieces.listeners();
    listeners.hour = [&](const models::World& world) { hours.push_back(world.now); };
    Recording recording(loaded_, options_, listeners);
    std::mt19937_64 random(5);
    std::uniform_int_distribution<std::int64_t> any(0, (recording.end() - recording.begin()).count());
    for (int i = 0; i < 10; ++i) {
        recording.go_to(sim::kStart + Duration{any(random)});
        for (int step = 0; step < 20; ++step) recording.step_event();
    }
    recording.go_to(recording.end());
    EXPECT_EQ(in_pieces.facts.size(), at_once.facts.size());
    EXPECT_EQ(in_pieces.print(), at_once.print());
    EXPECT_EQ(prints_of(recording), prints_of(straight));
    ASSERT_EQ(hours.size(), static_cast<std::size_t>((recording.end() - sim::kStart) / sim::hours{1}) + 1);
    for (std::size_t i = 0; i < hours.size(); ++i) {
        ASSERT_EQ(hours[i], sim::kStart + sim::hours{1} * static_cast<std::int64_t>(i));
    }
}

TEST_P(Recordings, HaveTheFactsAndTheDigestOfAStudy) {
    Heard heard, studied;
    Recording recording(loaded_, options_, heard.listeners());
    recording.run_to(recording.end());
    const models::Network network = scenarios::build(loaded_, options_.strategy);
    models::FactLog log([&](std::span<const models::Fact> told) {
        studied.facts.insert(studied.facts.end(), told.begin(), told.end());
    });
    log.follow_messages();  // as whoever watches does
    const auto figures = models::simulate(network, options_.which.seed, draws_of(options_.which).number, log);
    EXPECT_EQ(recording.trajectory_digest(), figures->digest);
    EXPECT_EQ(heard.facts.size(), studied.facts.size());
}

TEST(Recording, KeepsItsMemory) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    Recording recording(loaded, {.strategy = "S0", .which = {.seed = 7}, .memory = kLittleMemory});
    recording.run_to(recording.end());
    EXPECT_GT(recording.kept_worlds(), 2u);
    EXPECT_LE(recording.kept_bytes(), kLittleMemory);
    recording.go_to(recording.begin());
    EXPECT_LE(recording.kept_bytes(), kLittleMemory);
    const std::size_t before = recording.kept_worlds();
    const std::size_t less = recording.kept_bytes();  // for the one shown, too
    recording.keep_within(less);
    EXPECT_LE(recording.kept_bytes(), less);
    EXPECT_LT(recording.kept_worlds(), before);
    const Time middle = sim::kStart + (recording.end() - sim::kStart) / 2;
    recording.go_to(middle);
    EXPECT_EQ(prints_of(recording), undisturbed(loaded, {.strategy = "S0", .which = {.seed = 7}}, middle));
}

TEST(Recording, StopsWhenAskedTo) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    Recording recording(loaded, {.strategy = "S0", .which = {.seed = 7}});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(recording.go_to(recording.end(), stop.get_token()));
    EXPECT_EQ(recording.now(), sim::kStart);
    EXPECT_TRUE(recording.go_to(recording.end()));
    EXPECT_FALSE(recording.go_to(recording.end() - sim::minutes{1}, stop.get_token()));
    EXPECT_TRUE(recording.go_to(recording.end()));
    EXPECT_TRUE(recording.ended());
    EXPECT_TRUE(recording.run_to(recording.begin()));  // it is later, and stays
    EXPECT_TRUE(recording.ended());
}

/// Who looks may break something. What is whole stays to be looked at, and what isn't is never shown.
TEST(Recording, EndsAtABrokenInvariant) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    studies::RecordingListeners listeners;
    listeners.hour = [](const models::World& world) {
        SIM_CHECK(world.now < models::start_of(20), "nobody may come here");
    };
    Recording recording(loaded, {.strategy = "S0", .which = {.seed = 7}}, listeners);
    EXPECT_THROW(recording.go_to(recording.end()), sim::BrokenInvariant);
    EXPECT_LT(recording.now(), models::start_of(20));
    const Time whole = recording.now();
    ASSERT_GT(whole, sim::kStart + sim::hours{30});
    EXPECT_TRUE(recording.go_to(whole - sim::hours{30}));
    EXPECT_EQ(prints_of(recording),
              undisturbed(loaded, {.strategy = "S0", .which = {.seed = 7}}, whole - sim::hours{30}));
    EXPECT_THROW(recording.go_to(recording.end()), sim::BrokenInvariant);
    EXPECT_EQ(recording.now(), whole);
}

TEST(Recording, IsForkedWithoutNoticing) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const RecordingOptions options{.strategy = "S6", .which = {.seed = 7}};
    Recording recording(loaded, options);
    recording.go_to(models::start_of(20) + sim::minutes{617});
    for (int i = 0; i < 5; ++i) recording.step_event();
    Recording forked = recording.fork(loaded, "S6");
    EXPECT_EQ(forked.begin(), recording.now());
    EXPECT_EQ(prints_of(forked), prints_of(recording));
    forked.go_to(forked.end());
    EXPECT_EQ(prints_of(forked), undisturbed(loaded, options, forked.end()));
    forked.go_to(sim::kStart);
    EXPECT_EQ(forked.now(), forked.begin());
    EXPECT_EQ(prints_of(forked), prints_of(recording));
}

}  // namespace
}  // namespace entrepot::tests
