#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "sim/observe.hpp"
#include "sim/phold/phold.hpp"
#include "sim/queue_example.hpp"
#include "sim/run_in_turns.hpp"
#include "sim/run_sequential.hpp"
#include "sim/run_windowed.hpp"
#include "sim/snapshot.hpp"
#include "sim/tandem.hpp"

/// Every model under every runner: one trajectory.
namespace entrepot::tests {
namespace {

using namespace sim;

/// Runs a world from its start to `until` and gives its hash: state, trajectory and what is to come.
template <class World, class Executor>
std::uint64_t windowed(World world, unsigned bits, Time until, Executor executor) {
    world.cut(bits);
    run_windowed(world, until, executor);
    return hash_of(world);
}
template <class World>
std::uint64_t sequential(World world, Time until) {
    run_sequential(world, until);
    return hash_of(world);
}

template <class Model>
std::uint64_t in_turns(World<Model> world, Time until) {
    Turns<Model> turns(world);
    // A run may stop anywhere, and go on.
    turns.run(kStart + (until - kStart) / 3);
    turns.run(until);
    return hash_of(world);
}

template <class World>
void expect_one_trajectory(const World& start, const std::vector<unsigned>& partition_bits, Time until) {
    const std::uint64_t expected = sequential(start, until);
    EXPECT_EQ(in_turns(start, until), expected);
    for (const unsigned bits : partition_bits) {
        EXPECT_EQ(windowed(start, bits, until, Inline{}), expected) << bits;
#if !defined(__SANITIZE_THREAD__)  // it doesn't know what Debian's TBB does, and warns of races that aren't there
        for (const std::size_t threads : {1u, 2u, 4u}) {
            Threads executor(threads);
            World world = start;
            world.cut(bits);
            run_windowed(world, until, executor);
            EXPECT_EQ(hash_of(world), expected) << bits << " " << threads;
        }
#endif
        for (const std::size_t threads : {2u, 3u}) {
            StdThreads executor(threads);
            World world = start;
            world.cut(bits);
            run_windowed(world, until, executor, Unobserved{}, Share::always);
            EXPECT_EQ(hash_of(world), expected) << bits << " " << threads;
        }
    }
}

TEST(Runners, PholdHasOneTrajectory) {
    phold::Phold::Facts facts;
    for (const std::uint32_t balls : {1u, 16u}) {
        const phold::Phold::Network network{.objects = 500, .start_events = balls};
        expect_one_trajectory(phold::start(network, facts, 1), {24, 8, 5, 0}, kStart + seconds{3});
    }
}

TEST(Runners, QueuesInTandemHaveOneTrajectory) {
    tandem::Tandem::Facts facts;
    const tandem::Tandem::Network network{.servers = {5, 5, 5, 5, 5}};
    expect_one_trajectory(tandem::start(network, facts, Draws(1, 0)), {24, 2, 1, 0}, kStart + hours{200});
}

/// Customers who follow one another at once are events all the same, for the digest as for an observer.
TEST(Runners, AnObserverSeesEveryEvent) {
    tandem::Tandem::Facts facts;
    const tandem::Tandem::Network network{.arrivals_per_hour = 2, .servers = {5, 5}};
    const auto start = tandem::start(network, facts, Draws(1, 0));
    auto observed = start, unobserved = start;
    Statistics statistics;
    run_sequential(observed, kStart + hours{200}, statistics);
    run_sequential(unobserved, kStart + hours{200});
    EXPECT_EQ(hash_of(observed), hash_of(unobserved));
    EXPECT_EQ(statistics.events, unobserved.events());
    EXPECT_EQ(observed.digest(), unobserved.digest());
}

TEST(Runners, RunnersMayTakeTurns) {
    phold::Phold::Facts facts;
    const phold::Phold::Network network{.objects = 64, .start_events = 4};
    auto world = phold::start(network, facts, 1);
    const std::uint64_t expected = sequential(world, kStart + seconds{6});
    Inline one_thread;
    world.cut(3);
    run_windowed(world, kStart + seconds{1}, one_thread);
    run_sequential(world, kStart + seconds{2} + Duration{1});
    world.cut(1);
    run_windowed(world, kStart + seconds{4}, one_thread);
    world.cut(4);
    run_windowed(world, kStart + seconds{6}, one_thread);
    EXPECT_EQ(hash_of(world), expected);
}

/// Models and configurations at random from one seed; each run is repeated under another runner.
TEST(Runners, RandomConfigurationsHaveOneTrajectory) {
    std::mt19937_64 random(20'240'617);
    const auto upto = [&](std::uint64_t n) { return static_cast<std::uint32_t>(random() % n); };
    for (int run = 0; run < 60; ++run) {
        const Time until = kStart + Duration{1 + upto(4'000'000)};
        const phold::Phold::Network network{.objects = 1 + upto(300),
                                            .start_events = 1 + upto(8),
                                            .remote = (upto(101)) / 100.0,
                                            .mean = Duration{1 + upto(2'000'000)},
                                            .lookahead = Duration{1 + upto(300'000)}};
        if (in<seconds>(until - kStart) / in<seconds>(network.mean + network.lookahead) > 200) continue;
        phold::Phold::Facts facts;
        const auto start = phold::start(network, facts, upto(1000));
        const std::uint64_t expected = sequential(start, until);
        const unsigned bits = upto(10);
        StdThreads threads(1 + upto(3));
        auto world = start;
        world.cut(bits);
        run_windowed(world, until, threads, Unobserved{}, upto(2) ? Share::always : Share::when_worth_it);
        EXPECT_EQ(hash_of(world), expected) << "run " << run;
        if (network.objects <= 50) {
            EXPECT_EQ(in_turns(start, until), expected) << "run " << run;
        }
    }
}

/// Customers go from each station to the next one only, so that the first station need not wait for any other.
TEST(Turns, GoAsFarAsTheChannelsAllow) {
    struct Watch {
        std::vector<EntityId> receivers;
        void handled(const Event& event, const Pending&, std::uint32_t, std::uint32_t) {
            if (receivers.empty() || receivers.back() != event.to()) receivers.push_back(event.to());
        }
    } watch;
    tandem::Tandem::Facts facts;
    const tandem::Tandem::Network network{.servers = {5, 5, 5, 5}};
    auto world = tandem::start(network, facts, Draws(1, 0));
    Turns<tandem::Tandem> turns(world);
    turns.run(kStart + hours{200}, watch);
    // The last station comes first, and has nothing to do yet. The first one does all of its work, then the second one.
    EXPECT_EQ(watch.receivers.front(), 0u);
    EXPECT_EQ(std::ranges::count(watch.receivers, 0u), 1);
    EXPECT_EQ(std::ranges::count(watch.receivers, 1u), 1);
}

TEST(Windows, FiguresAddUp) {
    phold::Phold::Facts facts;
    const phold::Phold::Network network{.objects = 256, .start_events = 4};
    auto world = phold::start(network, facts, 1);
    world.cut(5);
    Threads threads(2);
    const WindowFigures figures = run_windowed(world, kStart + seconds{20}, threads);
    // At most one window in each lookahead, and one for each event.
    EXPECT_GT(figures.windows, 100u);
    EXPECT_LE(figures.windows, 200u);
    std::uint64_t windows = 0;
    for (const std::uint64_t n : figures.by_occupancy) windows += n;
    EXPECT_EQ(windows, figures.windows);
    EXPECT_LE(figures.shared, figures.windows);
}

/// What became of 200 000 windows.
struct Course {
    double shared = 0;    ///< share of them
    double slowdown = 0;  ///< time taken over the time of one thread alone
};

/// Windows of so many events that cost so much [ns an event] when shared, and so much alone.
template <class SharedCost>
Course course(Sharing& sharing, SharedCost shared_cost, double alone_cost, std::uint64_t events = 100) {
    constexpr int kWindows = 200'000;
    Course course;
    const auto n = static_cast<double>(events);
    for (int i = 0; i < kWindows; ++i) {
        const bool share = sharing.worth();
        course.shared += share;
        const double cost = share ? shared_cost() : alone_cost;
        course.slowdown += cost / alone_cost;
        sharing.learn(events, std::chrono::nanoseconds(static_cast<std::int64_t>(cost * n)));
    }
    course.shared /= kWindows;
    course.slowdown /= kWindows;
    return course;
}

TEST(Sharing, DoesWhatIsCheaperAndChangesItsMind) {
    Sharing sharing;
    EXPECT_FALSE(sharing.worth()) << "a run begins alone";
    const auto dear = [] { return 90.0; };
    const auto cheap = [] { return 30.0; };
    const Course trials = course(sharing, dear, 60);
    EXPECT_LT(trials.shared, 0.05);
    EXPECT_LT(trials.slowdown, 1.02);
    EXPECT_GT(course(sharing, cheap, 60).shared, 0.5);  // the machine has become idle
    EXPECT_GT(course(sharing, cheap, 60).shared, 0.95);
    const Course busy = course(sharing, dear, 60);
    EXPECT_LT(busy.shared, 0.1);
    EXPECT_LT(busy.slowdown, 1.04);
    EXPECT_LT(course(sharing, cheap, 60, 10).shared, 1e-4) << "windows with next to nothing in them";
}

/// Cores that are busy: sharing is fast until a helper loses its core with a piece in its hands.
TEST(Sharing, IsNoSlowerWhereAHelperLosesItsCoreNowAndThen) {
    for (const int seldom : {100, 1'000, 10'000}) {
        Sharing sharing;
        std::mt19937_64 random(1);
        const auto stalls = [&] { return random() % static_cast<unsigned>(seldom) == 0 ? 4e6 / 100 : 30.0; };
        EXPECT_LT(course(sharing, stalls, 60).slowdown, 1.05) << seldom;
    }
}

TEST(WindowsDeathTest, AMessageThatIsTooEarlyNamesBothEntities) {
    tandem::Tandem::Facts facts;
    tandem::Tandem::Network network;
    auto world = tandem::start(network, facts, Draws(1, 0));
    Context<tandem::Tandem> context(world, 0);
    EXPECT_DEATH(context.send(1, kStart + minutes{5} - Duration{1}, tandem::Enter{}),
                 "from station 1 at 0 us to station 2");
    context.send(1, kStart + minutes{5}, tandem::Enter{});
    // Each channel has a lookahead of its own.
    Context<tandem::Tandem> further(world, 1);
    EXPECT_DEATH(further.send(2, kStart + minutes{10} - Duration{1}, tandem::Enter{}),
                 "from station 2 at 0 us to station 3");
    further.send(2, kStart + minutes{10}, tandem::Enter{});
}

// Snapshots.

template <class Model>
void expect_snapshots_to_go_on(const World<Model>& start, World<Model> blank, std::mt19937_64& random, Duration span) {
    const Time end = kStart + span;
    const std::uint64_t expected = sequential(start, end);
    for (int i = 0; i < 8; ++i) {
        auto world = start;
        run_sequential(
            world, kStart + Duration{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(span.count()))});
        std::stringstream file;
        save(world, "test", file);
        auto read = blank;
        load(read, "test", file);
        EXPECT_EQ(hash_of(read), hash_of(world));
        Inline one_thread;
        read.cut(static_cast<unsigned>(random() % 4));
        run_windowed(read, end, one_thread);
        EXPECT_EQ(hash_of(read), expected) << "from " << (world.now - kStart).count();
    }
}

TEST(Snapshots, GoOnAsTheUninterruptedRun) {
    std::mt19937_64 random(5);
    phold::Phold::Facts phold_facts;
    const phold::Phold::Network phold_network{.objects = 40, .start_events = 3};
    expect_snapshots_to_go_on(phold::start(phold_network, phold_facts, 1), phold::start(phold_network, phold_facts, 1),
                              random, seconds{10});
    tandem::Tandem::Facts facts;
    const tandem::Tandem::Network network;
    expect_snapshots_to_go_on(tandem::start(network, facts, Draws(1, 0)), tandem::start(network, facts, Draws(1, 0)),
                              random, hours{100});
}

TEST(Snapshots, DamageIsSeen) {
    tandem::Tandem::Facts facts;
    const tandem::Tandem::Network network;
    auto world = tandem::start(network, facts, Draws(1, 0));
    run_sequential(world, kStart + hours{30});
    std::stringstream file;
    save(world, "here", file);
    const std::string bytes = file.str();
    const auto load_text = [&](std::string text, const std::string& identity) {
        std::stringstream stream(std::move(text));
        auto read = tandem::start(network, facts, Draws(1, 0));
        load(read, identity, stream);
    };
    EXPECT_NO_THROW(load_text(bytes, "here"));
    EXPECT_THROW(load_text(bytes, "elsewhere"), ArchiveError);
    EXPECT_THROW(load_text("", "here"), ArchiveError);
    EXPECT_THROW(load_text("something else altogether", "here"), ArchiveError);
    for (std::size_t cut = 0; cut < bytes.size(); cut += 37) {
        EXPECT_THROW(load_text(bytes.substr(0, cut), "here"), ArchiveError) << cut;
    }
    for (std::size_t at = 0; at < bytes.size(); at += 41) {
        std::string bad = bytes;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        EXPECT_THROW(load_text(bad, "here"), ArchiveError) << at;
    }
}

// Timers.

TEST(Timers, CancelledAndMovedMessagesDoNotCome) {
    tandem::Tandem::Facts facts;
    const tandem::Tandem::Network network{.arrivals_per_hour = 0, .servers = {1}};
    World<tandem::Tandem> world(network, facts, {std::vector<tandem::Station>(1)}, Draws(1, 0), 1);
    tandem::Station& station = world.state.stations[0];
    Context<tandem::Tandem> context(world, 0);
    context.set(station.watch, kStart + minutes{10}, tandem::Quiet{});
    context.set(station.watch, kStart + minutes{30}, tandem::Quiet{});  // moved
    run_sequential(world, kStart + minutes{20});
    EXPECT_EQ(station.quiet, 0u);
    EXPECT_TRUE(station.watch.is_set());
    run_sequential(world, kStart + minutes{31});
    EXPECT_EQ(station.quiet, 1u);
    EXPECT_FALSE(station.watch.is_set());
    context.set(station.watch, kStart + minutes{40}, tandem::Quiet{});
    station.watch.cancel();
    run_sequential(world, kStart + hours{2});
    EXPECT_EQ(station.quiet, 1u);
}

// Observation.

TEST(Observation, TellsCausesAndKinds) {
    queue_example::Queue::Facts facts;
    const queue_example::Queue::Network network;
    auto world = queue_example::start(network, facts, Draws(1, 0));
    std::vector<Trace::Entry> entries;
    Trace trace([&](const Trace::Entry& entry) { entries.push_back(entry); });
    run_sequential(world, kStart + hours{50}, trace);
    ASSERT_EQ(entries.size(), world.events());
    EXPECT_FALSE(entries.front().caused);
    for (std::size_t i = 1; i < entries.size(); ++i) {
        ASSERT_TRUE(entries[i].caused);
        EXPECT_LT(entries[i].cause.at, entries[i].event.at);
        if (entries[i].event.kind() != 0) continue;
        EXPECT_EQ(entries[i].cause.kind(), 0);  // arrivals come from arrivals
    }
    EXPECT_EQ(NamesOf<queue_example::Queue::Messages>::value[1], "Depart");

    auto again = queue_example::start(network, facts, Draws(1, 0));
    Statistics statistics;
    run_sequential(again, kStart + hours{50}, statistics);
    EXPECT_EQ(statistics.events, world.events());
    EXPECT_EQ(statistics.by_kind[0] + statistics.by_kind[1], statistics.events);
    EXPECT_GE(statistics.most_waiting, 1u);
    EXPECT_EQ(again.digest(), world.digest());
}

}  // namespace
}  // namespace entrepot::tests
