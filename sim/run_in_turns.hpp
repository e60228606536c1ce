#pragma once

#include <algorithm>
#include <vector>

#include "sim/world.hpp"

namespace entrepot::sim {

/// One thread, and the entities in turn: each goes on by itself until the first moment at which a message could still
/// reach it, at once or by way of others. With channels of different lookahead that is further than a window goes: the
/// spokes of a hub hear of each other after two ways. For models with few entities, since each turn looks at all.
template <class Model>
class Turns {
public:
    /// Cuts the world into single entities.
    explicit Turns(World<Model>& world)
        : world_(world), entities_(static_cast<EntityId>(world.sent.size())), ways_(world.sent.size() * entities_) {
        world.cut(0);
        for (EntityId to = 0; to < entities_; ++to) {
            for (EntityId from = 0; from < entities_; ++from) {
                const Duration channel = lookahead_of<Model>(*world.network, from, to);
                SIM_CHECK(channel > Duration::zero(), "turns need a lookahead");
                way(from, to) = from == to ? kNoChannel : std::min(channel, kNoChannel);
            }
        }
        // The shortest ways by way of others (Floyd and Warshall), and from each entity back to itself.
        for (EntityId via = 0; via < entities_; ++via) {
            for (EntityId to = 0; to < entities_; ++to) {
                for (EntityId from = 0; from < entities_; ++from) {
                    way(from, to) = std::min(way(from, to), way(from, via) + way(via, to));
                }
            }
        }
    }

    /// Takes the world on until the next event would be at `until` or later.
    template <class Observer = Unobserved>
    void run(Time until, Observer&& observer = {}) {
        while (some_wait(until)) {
            // A hub is the last entity as a rule: what it has sent lets the others go on.
            for (EntityId entity = entities_; entity-- > 0;) take_on(entity, until, observer);
        }
        for (Partition<Model>& partition : world_.partitions) partition.now = until;
        world_.now = until;
    }

private:
    Duration& way(EntityId from, EntityId to) { return ways_[to * entities_ + from]; }

    bool some_wait(Time until) {
        return std::ranges::any_of(world_.partitions, [until](auto& p) { return p.pending.next_at() < until; });
    }

    template <class Observer>
    void take_on(EntityId entity, Time until, Observer& observer) {
        Time end = until;
        for (EntityId from = 0; from < entities_; ++from) {
            const Time next = world_.partitions[from].pending.next_at();
            if (next < end) end = std::min(end, next + way(from, entity));
        }
        Partition<Model>& partition = world_.partitions[entity];
        while (partition.pending.next_at() < end) {
            handle(world_, partition, partition.pending.pop(), end, nullptr, observer);
        }
    }

    World<Model>& world_;
    EntityId entities_;
    std::vector<Duration> ways_;  ///< [to][from]
};

}  // namespace entrepot::sim
