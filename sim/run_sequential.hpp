#pragma once

#include "sim/world.hpp"

namespace entrepot::sim {

/// The reference loop: takes the earliest event, moves the clock to it, lets its receiver handle it; until the next
/// event would be at `until` or later. Every other runner must give the same trajectory digest.
template <class Model>
void run_sequential(World<Model>& world, Time until) {
    while (world.pending.next_at() < until) {
        const Event event = world.pending.pop();
        world.now = event.at;
        world.events += 1;
        world.digest.add(event);
        Context<Model> context(world, event.to);
        Model::Messages::visit(event, [&](const auto& message) {
            using To = typename std::remove_cvref_t<decltype(message)>::To;
            on(world.state.template at<To>(event.to), message, context);
        });
    }
    world.now = until;
}

}  // namespace entrepot::sim
