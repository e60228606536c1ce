#include "sim/world.hpp"

#include <cmath>
#include <deque>
#include <vector>

#include <gtest/gtest.h>

#include "sim/distributions.hpp"
#include "sim/run_sequential.hpp"

namespace entrepot::sim {
namespace {

// A complete model: customers arrive, wait for the one server, are served (M/M/1).
namespace mm1 {

struct Server {
    std::deque<Time> waiting;  ///< arrivals of those in the system, the first is being served
    std::uint32_t arrived = 0, served = 0;
};
struct Arrive {
    using To = Server;
};
struct Depart {
    using To = Server;
};
struct Waited {
    double hours;
};
struct Queue {
    struct Network {
        double arrivals_per_hour, services_per_hour;
    };
    struct State {
        Server server;
        template <class To>
        Server& at(EntityId) {
            return server;
        }
    };
    using Messages = MessageList<Arrive, Depart>;
    struct Facts {
        double sum = 0;
        void tell(Time, EntityId, const Waited& waited) { sum += waited.hours; }
    };
    static Duration lookahead(const Network&) { return hours{1}; }
};

void serve(Server& server, Context<Queue>& context) {
    context.tell(Waited{in<hours>(context.now() - server.waiting.front())});
    const double u = context.draws().at(2, 0, server.served++).uniform();
    context.after(from_real<hours>(exponential(u, 1 / context.network().services_per_hour)), Depart{});
}
void on(Server& server, const Arrive&, Context<Queue>& context) {
    server.waiting.push_back(context.now());
    if (server.waiting.size() == 1) serve(server, context);
    const double u = context.draws().at(1, 0, server.arrived++).uniform();
    context.after(from_real<hours>(exponential(u, 1 / context.network().arrivals_per_hour)), Arrive{});
}
void on(Server& server, const Depart&, Context<Queue>& context) {
    server.waiting.pop_front();
    if (!server.waiting.empty()) serve(server, context);
}

World<Queue> start(const Queue::Network& network, Queue::Facts& facts, std::uint32_t seed, std::uint32_t replication) {
    World<Queue> world(network, facts, {}, Draws(seed, replication), 1);
    Context<Queue>(world, 0).at(kStart, Arrive{});
    return world;
}

}  // namespace mm1

TEST(World, MeetsTheTheoryOfASingleServer) {
    // Half load, one service per hour: the mean wait in queue is 1 hour. The customers of the first 100 hours, of some
    // 5000 in a run, bias it by less than 0.1 %. 40 runs, t interval: a false alarm with probability 1e-3 (t = 3.558).
    const mm1::Queue::Network network{0.5, 1};
    std::vector<double> means;
    for (std::uint32_t replication = 0; replication < 40; ++replication) {
        mm1::Queue::Facts facts;
        auto world = mm1::start(network, facts, 1, replication);
        run_sequential(world, kStart + hours{10'000});
        means.push_back(facts.sum / world.state.server.served);
    }
    double mean = 0, square = 0;
    for (const double m : means) mean += m / 40;
    for (const double m : means) square += (m - mean) * (m - mean) / 39;
    EXPECT_NEAR(mean, 1.0, 3.558 * std::sqrt(square / 40));
    EXPECT_LT(std::sqrt(square / 40), 0.02);  // the interval says something
}

TEST(World, ACopyGoesOnAsTheOriginalWould) {
    const mm1::Queue::Network network{0.8, 1};
    mm1::Queue::Facts facts, elsewhere;
    auto world = mm1::start(network, facts, 3, 0);
    run_sequential(world, kStart + hours{500});
    auto fork = world;
    fork.report_to(elsewhere);
    run_sequential(world, kStart + hours{900});
    run_sequential(fork, kStart + hours{700});
    run_sequential(fork, kStart + hours{900});
    EXPECT_EQ(fork.digest(), world.digest());
    EXPECT_EQ(fork.events(), world.events());
    EXPECT_EQ(fork.now, world.now);
    EXPECT_GT(elsewhere.sum, 0);

    auto other = mm1::start(network, facts, 4, 0);
    run_sequential(other, kStart + hours{900});
    EXPECT_NE(other.digest(), world.digest());
}

TEST(World, LeavesTheEventsAtTheEndForTheNextRun) {
    const mm1::Queue::Network network{0.5, 1};
    mm1::Queue::Facts facts;
    auto world = mm1::start(network, facts, 3, 0);
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
struct Book {
    struct Network {};
    struct State {
        Partition partition;
        template <class To>
        Partition& at(EntityId) {
            return partition;
        }
    };
    using Messages = MessageList<Note, Echo>;
    struct Facts {};
    static Duration lookahead(const Network&) { return minutes{10}; }
};
void on(Partition& partition, const Note& note, Context<Book>&) { partition.seen->push_back(note.value); }
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
