#pragma once

#include <vector>

#include "sim/check.hpp"
#include "sim/digest.hpp"
#include "sim/event.hpp"
#include "sim/pending.hpp"
#include "sim/random.hpp"

namespace entrepot::sim {

/// Everything that changes in one replication. Copying a World forks it: snapshot, branch, replay.
///
/// A `Model` names
///   - `Network`  - what never changes, shared by all replications,
///   - `State`    - what changes; copyable; `state.template at<R>(partition)` gives the receiver of a message,
///   - `Messages` - a `MessageList`; each message `M` names its receiver's type in `M::To`,
///   - `Facts`    - where handlers tell what happened: `facts.tell(Time, PartitionId, const Fact&)`,
///   - `lookahead(const Network&)` - the least delay of a message to another partition,
/// and has a free function `on(M::To&, const M&, Context<Model>&)` for every message.
template <class Model>
struct World {
    const typename Model::Network* network;
    typename Model::Facts* facts;  ///< not part of the state: a fork of the world may report elsewhere
    typename Model::State state;
    Draws draws;  ///< the replication's addressed random draws
    Time now = kStart;
    Pending pending;
    std::vector<std::uint64_t> sent;  ///< by partition: messages sent so far, the last part of the order of events
    std::uint64_t events = 0;         ///< events processed
    Digest digest;                    ///< fingerprint of the trajectory: every event, in order

    World(const typename Model::Network& net, typename Model::Facts& sink, typename Model::State initial, Draws d,
          std::size_t partitions)
        : network(&net), facts(&sink), state(std::move(initial)), draws(d), sent(partitions, 0) {}
};

/// What a handler may do besides changing its own partition's state: look at the clock, draw, and send.
template <class Model>
class Context {
public:
    Context(World<Model>& world, PartitionId self) : world_(world), self_(self) {}

    Time now() const { return world_.now; }
    PartitionId self() const { return self_; }
    const typename Model::Network& network() const { return *world_.network; }
    const Draws& draws() const { return world_.draws; }

    /// Reports what just happened; changes nothing.
    template <class Fact>
    void tell(const Fact& fact) {
        world_.facts->tell(world_.now, self_, fact);
    }

    /// A message to the own partition, now or later.
    template <FitsInEvent Message>
    void at(Time when, const Message& message, std::uint8_t priority = 0) {
        SIM_CHECK(when >= world_.now, "a message can't arrive in the past");
        push(self_, when, message, priority);
    }
    template <FitsInEvent Message>
    void after(Duration delay, const Message& message, std::uint8_t priority = 0) {
        at(world_.now + delay, message, priority);
    }

    /// A message to another partition, at least the model's lookahead from now.
    template <FitsInEvent Message>
    void send(PartitionId to, Time when, const Message& message, std::uint8_t priority = 0) {
        if (to != self_) {
            const Duration lookahead = Model::lookahead(*world_.network);
            if (when < world_.now + lookahead) sent_too_soon(self_, world_.now, to, when, lookahead);
        }
        push(to, when, message, priority);
    }

private:
    template <class Message>
    void push(PartitionId to, Time when, const Message& message, std::uint8_t priority) {
        Event event{
            when, rank_of(priority, self_, world_.sent[self_]++), to, Model::Messages::template kind_of<Message>(), {}};
        std::memcpy(event.payload, &message, sizeof message);
        world_.pending.push(event);
    }

    World<Model>& world_;
    PartitionId self_;
};

}  // namespace entrepot::sim
