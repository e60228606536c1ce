#pragma once

#include <algorithm>
#include <vector>

#include "sim/world.hpp"

namespace entrepot::sim {

/// One thread, and the entities in turn: each goes on by itself until the first moment at which a message could still
/// reach it, from those who send to it or by way of them. With channels of different lookahead that is further than a
/// window goes: the spokes of a hub hear of each other after two ways. A turn looks at all who send to the entity, so
/// this is for networks with few channels, or few entities.
template <class Model>
class Turns {
public:
    /// Cuts the world into single entities.
    explicit Turns(World<Model>& world) : world_(world), receivers_(world.sent.size()) {
        world.cut(0);
        const auto entities = static_cast<EntityId>(receivers_.size());
        for (EntityId to = 0; to < entities; ++to) {
            for (EntityId from = 0; from < entities; ++from) {
                const Duration least = lookahead_of<Model>(*world.network, from, to);
                SIM_CHECK(least > Duration::zero(), "turns need a lookahead");
                if (from == to || least >= kNoChannel) continue;
                receivers_[to].channels.push_back({from, least});
                receivers_[to].nearest = std::min(receivers_[to].nearest, least);
            }
        }
        for (Receiver& receiver : receivers_) {
            for (const Channel& channel : receiver.channels) {
                receiver.two_ways = std::min(receiver.two_ways, receivers_[channel.from].nearest + channel.least);
            }
        }
    }

    /// Takes the world on until the next event would be at `until` or later.
    template <class Observer = Unobserved>
    void run(Time until, Observer&& observer = {}) {
        for (find_earliest(); earliest_ < until; find_earliest()) {
            // A hub is the last entity as a rule: what it has sent lets the others go on.
            for (auto entity = static_cast<EntityId>(receivers_.size()); entity-- > 0;) {
                take_on(entity, until, observer);
            }
        }
        for (Partition<Model>& partition : world_.partitions) partition.now = until;
        world_.now = until;
    }

private:
    struct Channel {
        EntityId from;
        Duration least;
    };
    struct Receiver {
        std::vector<Channel> channels;
        Duration nearest = kNoChannel;   ///< the least of them
        Duration two_ways = kNoChannel;  ///< the least from anyone by way of another, the entity itself included
    };

    Time next_of(EntityId entity) const { return world_.partitions[entity].pending.next_at(); }

    void find_earliest() {
        earliest_ = kNever;
        for (Partition<Model>& partition : world_.partitions) {
            earliest_ = std::min(earliest_, partition.pending.next_at());
        }
    }

    template <class Observer>
    void take_on(EntityId entity, Time until, Observer& observer) {
        const Time next = next_of(entity);
        if (next >= until) return;
        // What others have not begun yet comes from the earliest event or later.
        Time end = std::min(until, earliest_ + receivers_[entity].two_ways);
        for (const Channel& channel : receivers_[entity].channels) {
            const Time sender = next_of(channel.from);
            if (sender < end) end = std::min(end, sender + channel.least);
        }
        Partition<Model>& partition = world_.partitions[entity];
        while (partition.pending.next_at() < end) {
            handle(world_, partition, partition.pending.pop(), end, nullptr, observer);
        }
        if (next == earliest_) find_earliest();
    }

    World<Model>& world_;
    std::vector<Receiver> receivers_;  ///< by entity
    Time earliest_ = kNever;           ///< no event is earlier
};

}  // namespace entrepot::sim
