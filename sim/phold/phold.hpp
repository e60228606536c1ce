#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

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
    };
    using Messages = MessageList<Ball>;
    struct Facts {};
    static Duration lookahead(const Network& network) { return network.lookahead; }
};

/// One event in, one event out.
inline void throw_ball(Context<Phold>& context) {
    const Phold::Network& network = context.network();
    Stream draw = context.draws().at(0, context.self(), context.sent());
    const double mean = static_cast<double>(network.mean.count());
    const Duration delay{static_cast<std::int64_t>(-mean * std::log(draw.uniform()) + 0.5)};
    // One uniform says both whether the ball goes away and where to.
    const double u = draw.uniform();
    const EntityId to =
        u < network.remote ? static_cast<EntityId>(u / network.remote * network.objects) : context.self();
    context.send(to, context.now() + network.lookahead + delay, Ball{});
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

}  // namespace entrepot::sim::phold
