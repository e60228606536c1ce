#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "models/records/interfaces.hpp"
#include "models/records/purchasing.hpp"
#include "models/wired.hpp"
#include "sim/snapshot.hpp"

/// Each message's way, as it is told to those who follow messages: known answers.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Followed = SmallWorld<MessageStepped, LinkDay, CaseClosed>;
using Steps = std::vector<MessageStep>;

/// Ten hours up, one down, for ever.
Interface down_at_ten() { return {.uptime = ConstantTime{10h}, .downtime = ConstantTime{1h}}; }

/// One posting at half past ten.
template <class World>
void post_while_down(World& world, double hour = 10.5) {
    world.run_until(0, hour);
    Context context = world.at_site();
    post(world.site(), {kPosted, -5, 0}, context);
}

Steps steps_of_message(Followed& world, std::uint32_t number) {
    Steps steps;
    for (const auto& [at, where, told] : world.all<MessageStepped>()) {
        if (told.number == number) steps.push_back(told.step);
    }
    return steps;
}

double hour_of(Time at) { return sim::in<sim::hours>(at - sim::kStart); }

TEST(MessageSteps, AreToldOnlyToWhoFollowsThem) {
    Interface terms = down_at_ten();
    terms.retries = 2;
    terms.first_wait = 20min;
    Followed quiet(wired(terms)), followed(wired(terms));
    followed.record.log.follow_messages();
    for (Followed* world : {&quiet, &followed}) {
        post_while_down(*world);
        world->run_until(2, 0);
    }
    EXPECT_EQ(quiet.all<MessageStepped>().size(), 0u);
    EXPECT_GT(followed.all<MessageStepped>().size(), 3u);
    EXPECT_EQ(hash_of(quiet.world), hash_of(followed.world));
}

/// Down from ten to eleven: called at 10:30 and 10:50 in vain, and at 11:10 it comes through.
TEST(MessageSteps, TellEachTryUntilItComesThrough) {
    Interface terms = down_at_ten();
    terms.retries = 3;
    terms.first_wait = 20min;
    Followed world(wired(terms));
    world.record.log.follow_messages();
    post_while_down(world);
    world.run_until(1, 1);
    using enum MessageStep;
    EXPECT_EQ(steps_of_message(world, 1), (Steps{sent, failed, retried, failed, retried, applied}));
    const auto& all = world.all<MessageStepped>();
    EXPECT_EQ(all[1].fact.micros, Duration(20min).count());
    EXPECT_NEAR(hour_of(all[3].at), 10 + 5 / 6.0, 1e-6);
    EXPECT_NEAR(hour_of(all[5].at), 11 + 1 / 6.0, 1e-6);
    EXPECT_EQ(all[3].fact.tries, 2);
    EXPECT_EQ(all[0].fact.content[0], kPosted);
    EXPECT_EQ(static_cast<Units>(all[0].fact.content[1]), -5);
}

/// What is given up is lost, or kept as a dead letter; people see to it, and it goes once more.
TEST(MessageSteps, TellWhatIsGivenUpAndRepaired) {
    for (const bool keeps : {false, true}) {
        Interface terms = down_at_ten();
        terms.noticed_median = 1h;
        terms.dead_letters = keeps;
        Network network = wired(terms);
        network.office.it_support = 1;
        finish(network);
        Followed world(network);
        world.record.log.follow_messages();
        post_while_down(world);
        world.run_until(2, 0);
        using enum MessageStep;
        EXPECT_EQ(steps_of_message(world, 1), (Steps{sent, keeps ? kept : lost, repaired, applied}));
    }
}

TEST(MessageSteps, TellOfTheSecondEffect) {
    Interface terms = down_at_ten();
    terms.retries = 1;
    terms.first_wait = 1h;
    terms.duplicates = 1;
    Followed world(wired(terms));
    world.record.log.follow_messages();
    post_while_down(world);
    world.run_until(1, 1);
    using enum MessageStep;
    EXPECT_EQ(steps_of_message(world, 1), (Steps{sent, failed, retried, applied, twice}));
}

/// Its beat, its turn, the breaker's rest and the way itself, each with how long it takes.
TEST(MessageSteps, TellWhereItWaits) {
    using enum MessageStep;
    const auto all_of = [](const Interface& terms, double hour, std::uint32_t number = 1) {
        Followed world(wired(terms));
        world.record.log.follow_messages();
        post_while_down(world, hour - 0.125);
        post_while_down(world, hour);
        world.run_until(1, 1);
        std::vector<std::pair<MessageStep, double>> steps;
        for (const auto& [at, where, told] : world.all<MessageStepped>()) {
            if (told.number == number) steps.emplace_back(told.step, sim::in<sim::hours>(Duration{told.micros}));
        }
        return steps;
    };
    using Told = std::vector<std::pair<MessageStep, double>>;
    EXPECT_EQ(all_of({.every = 1h}, 10.25, 2), (Told{{sent, 0.75}, {applied, 0}}));
    EXPECT_EQ(all_of({.capacity = 2}, 10.25, 2), (Told{{sent, 0}, {queued, 0.875}, {applied, 0}}));
    EXPECT_EQ(all_of({.latency_median = 2h}, 10.25, 2), (Told{{sent, 0}, {answered, 2}, {applied, 0}}));
    Interface broken = down_at_ten();
    broken.retries = 9;
    broken.first_wait = 2h;
    broken.breaker = CircuitBreaker{.calls = 1, .share = 1, .open = 45min};
    // The first has failed, so the second waits until the breaker tries it at 11:07:30.
    EXPECT_EQ(all_of(broken, 10.5, 2), (Told{{sent, 0}, {rested, 0}, {applied, 0}}));
}

/// Calls are those that failed and those that came through; what was given up, lost and done twice is counted alike.
TEST(MessageSteps, AgreeWithTheDaysCounts) {
    Interface terms{.failure = 0.4, .duplicates = 0.3, .retries = 1, .first_wait = 5min};
    Network network = wired(terms);
    network.office.it_support = 0;
    finish(network);
    Followed world(network);
    world.record.log.follow_messages();
    constexpr int kMessages = 600;
    for (int i = 0; i < kMessages; ++i) {
        world.run_until(0, 1 + i / 60.0);
        Context context = world.at_site();
        post(world.site(), {kPosted, -1, 0}, context);
    }
    world.run_until(1, 1);
    std::array<std::uint32_t, static_cast<std::size_t>(last_of(MessageStep{})) + 1> steps{};
    for (const auto& [at, where, told] : world.all<MessageStepped>()) ++steps[static_cast<std::size_t>(told.step)];
    const auto count = [&](MessageStep step) { return steps[static_cast<std::size_t>(step)]; };
    LinkDay sum{};
    for (const auto& [at, where, day] : world.all<LinkDay>()) {
        if (where != 0) continue;
        sum.calls += day.calls;
        sum.at_once += day.at_once;
        sum.by_retry += day.by_retry;
        sum.lost = static_cast<std::uint16_t>(sum.lost + day.lost);
        sum.twice = static_cast<std::uint16_t>(sum.twice + day.twice);
    }
    using enum MessageStep;
    EXPECT_EQ(count(sent), static_cast<std::uint32_t>(kMessages));
    EXPECT_EQ(count(applied), sum.at_once + sum.by_retry);
    EXPECT_EQ(count(failed) + count(lost) + count(applied), sum.calls);
    EXPECT_EQ(count(lost), sum.lost);
    EXPECT_EQ(count(twice), sum.twice);
    EXPECT_GT(sum.lost, 50);
    EXPECT_GT(sum.twice, 20);
}

}  // namespace
}  // namespace entrepot::tests
