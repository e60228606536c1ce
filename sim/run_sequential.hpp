#pragma once

#include "sim/world.hpp"

namespace entrepot::sim {

/// The reference loop: takes the earliest event, moves the clock to it, lets its receiver handle it; until the next
/// event would be at `until` or later. Every other runner must give the same trajectory digest.
template <class Model, class Observer = Unobserved>
void run_sequential(World<Model>& world, Time until, Observer&& observer = {}) {
    world.cut(24);
    Partition<Model>& all = world.partitions.front();
    while (all.pending.next_at() < until) {
        const Event event = all.pending.pop();
        handle(world, all, event, until, nullptr, observer);
    }
    world.now = all.now = until;
}

}  // namespace entrepot::sim
