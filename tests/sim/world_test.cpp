#include "sim/world.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/queue_example.hpp"
#include "sim/run_windowed.hpp"
#include "sim/tandem.hpp"

namespace entrepot::sim {
namespace {

namespace example = queue_example;

struct Mean {
    double mean = 0, standard_error = 0;
};

/// Of 40 replications; the two-sided t quantile of 1e-3 is 3.558.
template <class Run>
Mean mean_of_40(Run run) {
    std::vector<double> values;
    for (std::uint32_t replication = 0; replication < 40; ++replication) values.push_back(run(replication));
    Mean result;
    double square = 0;
    for (const double value : values) result.mean += value / 40;
    for (const double value : values) square += (value - result.mean) * (value - result.mean) / 39;
    result.standard_error = std::sqrt(square / 40);
    return result;
}

TEST(World, MeetsTheTheoryOfASingleServer) {
    // Half load, one service per hour: the mean wait in queue is 1 hour. The customers of the first 100 hours, of some
    // 5000 in a run, bias it by less than 0.1 %. A false alarm with probability 1e-3.
    const example::Queue::Network network{0.5, 1};
    const Mean wait = mean_of_40([&](std::uint32_t replication) {
        example::Queue::Facts facts;
        auto world = example::start(network, facts, Draws(1, replication));
        run_sequential(world, kStart + hours{10'000});
        return world.state.counter.hours_waited / world.state.counter.served;
    });
    EXPECT_NEAR(wait.mean, 1.0, 3.558 * wait.standard_error);
    EXPECT_LT(wait.standard_error, 0.02);  // the interval says something
}

TEST(World, MeetsTheTheoryOfQueuesInTandem) {
    // Five servers at four fifths of their load, three stations: by Burke's theorem each is an M/M/5 queue with a mean
    // wait of 0.5541125541 hours (Erlang C). The empty start biases a mean over 4 000 hours by less than 0.3 %. Each
    // station: a false alarm with probability 1e-3.
    using tests::tandem::Tandem;
    const Tandem::Network network;
    for (std::size_t station = 0; station < network.servers.size(); ++station) {
        const Mean wait = mean_of_40([&](std::uint32_t replication) {
            Tandem::Facts facts;
            auto world = tests::tandem::start(network, facts, Draws(1, replication));
            world.cut(0);
            Inline one_thread;
            run_windowed(world, kStart + hours{4'000}, one_thread);
            return world.state.stations[station].hours_waited / world.state.stations[station].begun;
        });
        EXPECT_NEAR(wait.mean, 0.5541125541, 3.558 * wait.standard_error) << station;
        EXPECT_LT(wait.standard_error, 0.015);
    }
}

TEST(World, ACopyGoesOnAsTheOriginalWould) {
    const example::Queue::Network network{0.8, 1};
    example::Queue::Facts facts;
    auto world = example::start(network, facts, Draws(3, 0));
    run_sequential(world, kStart + hours{500});
    auto fork = world;
    run_sequential(world, kStart + hours{900});
    run_sequential(fork, kStart + hours{700});
    run_sequential(fork, kStart + hours{900});
    EXPECT_EQ(fork.digest(), world.digest());
    EXPECT_EQ(fork.events(), world.events());
    EXPECT_EQ(fork.now, world.now);

    auto other = example::start(network, facts, Draws(4, 0));
    run_sequential(other, kStart + hours{900});
    EXPECT_NE(other.digest(), world.digest());
}

TEST(World, LeavesTheEventsAtTheEndForTheNextRun) {
    const example::Queue::Network network{0.5, 1};
    example::Queue::Facts facts;
    auto world = example::start(network, facts, Draws(3, 0));
    run_sequential(world, kStart);
    EXPECT_EQ(world.events(), 0u);
    run_sequential(world, kStart + Duration{1});
    EXPECT_EQ(world.events(), 1u);
    EXPECT_EQ(world.now, kStart + Duration{1});
}

// A model that only writes down what it receives, to look at the order.
namespace log {

struct Partition {
    std::vector<int>* seen;
};
struct Note {
    using To = Partition;
    int value;
};
struct Echo {
    using To = Partition;
    int value;
};
struct Late {
    using To = Partition;
    static constexpr int turn = 2;
    int value;
};
struct Book {
    struct Network {};
    struct State {
        Partition partition;
        template <class To>
        Partition& at(EntityId) {
            return partition;
        }
    };
    using Messages = MessageList<Note, Echo, Late>;
    struct Facts {};
    static Duration lookahead(const Network&) { return minutes{10}; }
};
void on(Partition& partition, const Note& note, Context<Book>&) { partition.seen->push_back(note.value); }
void on(Partition& partition, const Late& late, Context<Book>&) { partition.seen->push_back(late.value); }
void on(Partition& partition, const Echo& echo, Context<Book>& context) {
    partition.seen->push_back(echo.value);
    context.at(context.now(), Note{echo.value + 100});
}

struct Bench {
    Book::Network network;
    Book::Facts facts;
    std::vector<int> seen;
    World<Book> world{network, facts, {{&seen}}, Draws(1, 0), 3};

    Context<Book> from(EntityId partition) { return {world, partition}; }
};

}  // namespace log

TEST(World, OrdersByTimeThenPriorityThenSenderThenCount) {
    log::Bench bench;
    const Time noon = kStart + hours{12};
    bench.from(2).send(1, noon, log::Note{7});
    bench.from(1).send(0, noon, log::Note{5});
    bench.from(1).send(2, noon, log::Note{6});
    bench.from(0).send(1, noon, log::Note{8}, 1);
    bench.from(0).send(1, noon, log::Note{4});
    bench.from(2).send(0, noon - Duration{1}, log::Note{3}, 9);
    run_sequential(bench.world, kNever);
    EXPECT_EQ(bench.seen, (std::vector{3, 4, 5, 6, 7, 8}));
}

TEST(World, AMessageToNowComesInItsPlaceAmongThoseOfTheInstant) {
    log::Bench bench;
    bench.from(0).at(kStart, log::Echo{1});
    bench.from(0).at(kStart, log::Note{2});
    bench.from(0).at(kStart, log::Note{3}, 1);
    run_sequential(bench.world, kNever);
    EXPECT_EQ(bench.seen, (std::vector{1, 2, 101, 3}));
}

TEST(World, AMessageComesInTheTurnOfItsTypeUnlessItsSenderSaysAnother) {
    log::Bench bench;
    bench.from(0).send(1, kStart + hours{1}, log::Late{4});
    bench.from(0).after(hours{1}, log::Late{5});
    bench.from(0).send(1, kStart + hours{1}, log::Late{1}, 0);
    bench.from(0).send(1, kStart + hours{1}, log::Note{2});
    bench.from(0).send(1, kStart + hours{1}, log::Note{3}, 1);
    run_sequential(bench.world, kNever);
    EXPECT_EQ(bench.seen, (std::vector{1, 2, 3, 4, 5}));
}

TEST(World, TheDigestDependsOnEveryPartOfEveryEvent) {
    const auto digest = [](int value, Duration delay, std::uint8_t priority, EntityId to) {
        log::Bench bench;
        bench.from(0).send(to, kStart + hours{1} + delay, log::Note{value}, priority);
        run_sequential(bench.world, kStart + days{1});
        return bench.world.digest();
    };
    const Digest base = digest(1, Duration{0}, 0, 1);
    EXPECT_EQ(base, digest(1, Duration{0}, 0, 1));
    EXPECT_NE(base, digest(2, Duration{0}, 0, 1));
    EXPECT_NE(base, digest(1, Duration{1}, 0, 1));
    EXPECT_NE(base, digest(1, Duration{0}, 1, 1));
    EXPECT_NE(base, digest(1, Duration{0}, 0, 2));
}

TEST(WorldDeathTest, RefusesAMessageSoonerThanTheLookahead) {
    log::Bench bench;
    bench.world.partitions[0].now = kStart + minutes{60};
    EXPECT_DEATH(bench.from(1).send(2, bench.world.partitions[0].now + minutes{10} - Duration{1}, log::Note{1}),
                 "from entity 1 at 3600000000 us to entity 2 at 4199999999 us");
    bench.from(1).send(2, bench.world.partitions[0].now + minutes{10}, log::Note{1});
    bench.from(1).send(1, bench.world.partitions[0].now, log::Note{1});  // to itself: at any time
    EXPECT_EQ(bench.world.partitions[0].pending.size(), 2u);
}

TEST(WorldDeathTest, RefusesAMessageToThePast) {
    log::Bench bench;
    bench.world.partitions[0].now = kStart + minutes{60};
    EXPECT_DEATH(bench.from(1).at(kStart, log::Note{1}), "in the past");
}

}  // namespace
}  // namespace entrepot::sim
