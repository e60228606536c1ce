#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/run_windowed.hpp"
#include "sim/world.hpp"

/// PHOLD, the usual benchmark of parallel discrete-event kernels (Fujimoto, 1990): objects that do nothing but send an
/// event for each event that they receive, to themselves or to any object, an exponential delay later.
namespace entrepot::sim::phold {

struct Object {
    std::uint32_t received = 0;
};

struct Ball {
    using To = Object;
};

struct Phold {
    struct Network {
        std::uint32_t objects = 1024;
        std::uint32_t start_events = 1;  ///< of each object
        double remote = 0.1;             ///< share of the events that go to an object drawn at random
        Duration mean = seconds{1};      ///< of the exponential part of the delay
        Duration lookahead = std::chrono::milliseconds{100};
    };
    struct State {
        std::vector<Object> objects;
        template <class To>
        Object& at(EntityId entity) {
            return objects[entity];
        }
        template <class Archive>
        void fields(Archive& archive) {
            archive(objects);
        }
    };
    using Messages = MessageList<Ball>;
    struct Facts {};
    static Duration lookahead(const Network& network) { return network.lookahead; }
};

/// Where an event goes, and when.
struct Throw {
    EntityId to;
    Duration delay;
};

/// The `nth` throw of an object.
inline Throw draw_throw(const Phold::Network& network, const Draws& draws, EntityId self, std::uint32_t nth) {
    Stream draw = draws.at(0, self, nth);
    const double delay = -static_cast<double>(network.mean.count()) * std::log(draw.uniform());
    // One uniform says both whether the event goes away and where to.
    const double u = draw.uniform();
    return {u < network.remote ? static_cast<EntityId>(u / network.remote * network.objects) : self,
            network.lookahead + Duration{static_cast<std::int64_t>(delay)}};
}

/// One event in, one event out.
inline void throw_ball(Context<Phold>& context) {
    const Throw ball = draw_throw(context.network(), context.draws(), context.self(), context.sent());
    context.send(ball.to, context.now() + ball.delay, Ball{});
}

inline void on(Object& object, const Ball&, Context<Phold>& context) {
    ++object.received;
    throw_ball(context);
}

inline World<Phold> start(const Phold::Network& network, Phold::Facts& facts, std::uint32_t seed) {
    World<Phold> world(network, facts, {std::vector<Object>(network.objects)}, Draws(seed, 0), network.objects);
    for (EntityId object = 0; object < network.objects; ++object) {
        Context<Phold> context(world, object);
        for (std::uint32_t i = 0; i < network.start_events; ++i) throw_ball(context);
    }
    return world;
}

/// Bits of partitions that are small enough for a core's near cache, yet have enough to do in a window: 2048 pending
/// events suit one thread and several alike. Fewer than that stay together.
inline unsigned partition_bits(const Phold::Network& network) {
    constexpr double kPending = 2048;
    const double partitions = static_cast<double>(network.objects) * network.start_events / kPending;
    unsigned bits = 0;
    while ((network.objects >> bits) > partitions && bits < 24) ++bits;
    return bits;
}

}  // namespace entrepot::sim::phold
