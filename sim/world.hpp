#pragma once

#include <algorithm>
#include <concepts>
#include <string>
#include <type_traits>
#include <vector>

#include "sim/check.hpp"
#include "sim/digest.hpp"
#include "sim/event.hpp"
#include "sim/pending.hpp"
#include "sim/random.hpp"

namespace entrepot::sim {

/// Adjacent entities that one thread takes forward together, with the events that they have yet to handle.
template <class Model>
struct alignas(64) Partition {
    Pending pending;
    Time now = kStart;
    std::uint64_t events = 0;  ///< handled
    Digest digest;
    typename Model::Facts* facts = nullptr;

    /// Moves the clock to an event whose receiver has sent so many messages before.
    void handling(const Event& event, std::uint32_t sent_before) {
        now = event.at;
        events += 1;
        digest.add(event, sent_before);
    }
};

/// Everything that changes in one replication. Copying a World forks it: snapshot, branch, replay.
///
/// A `Model` names
///   - `Network`  - what never changes, shared by all replications,
///   - `State`    - what changes; copyable; `state.template at<R>(entity)` gives the receiver of a message,
///   - `Messages` - a `MessageList`; each message `M` names its receiver's type in `M::To`, and may name in `M::turn`
///   its
///     priority among the messages of one instant,
///   - `Facts`    - where handlers tell what happened: `facts.tell(Time, EntityId, const Fact&)`,
///   - `lookahead(const Network&)` - the least delay of any message from one entity to another,
///   - optionally `lookahead(const Network&, EntityId from, EntityId to)` - a channel's own, no less than that;
///     `kNoChannel` where none sends to the other,
///   - optionally `name(const Network&, EntityId)` - for messages to people,
/// and has a free function `on(M::To&, const M&, Context<Model>&)` for every message, and, where a receiver has
/// something left to do after each of them, `settle(Receiver&, Context<Model>&)`.
template <class Model>
struct World {
    const typename Model::Network* network;
    typename Model::State state;
    Draws draws;                      ///< the replication's addressed random draws
    Time now = kStart;                ///< every event before this has been handled
    std::vector<std::uint32_t> sent;  ///< by entity: messages sent so far, the last part of the order of events
    unsigned partition_bits = 24;     ///< a partition holds 2^partition_bits entities; at first there is one for all
    std::vector<Partition<Model>> partitions{1};

    World(const typename Model::Network& net, typename Model::Facts& sink, typename Model::State initial, Draws d,
          std::size_t entities)
        : network(&net), state(std::move(initial)), draws(d), sent(entities, 0) {
        SIM_CHECK(entities <= kMostEntities, "a world can't have so many entities");
        report_to(sink);
    }

    std::size_t partition_of(EntityId entity) const { return entity >> partition_bits; }

    /// Facts are not part of the state: a fork of the world may report elsewhere.
    void report_to(typename Model::Facts& sink) {
        for (Partition<Model>& partition : partitions) partition.facts = &sink;
    }

    std::uint64_t events() const {
        std::uint64_t sum = 0;
        for (const Partition<Model>& partition : partitions) sum += partition.events;
        return sum;
    }
    Digest digest() const {
        Digest sum;
        for (const Partition<Model>& partition : partitions) sum += partition.digest;
        return sum;
    }

    /// Cuts the world into partitions of 2^bits adjacent entities; 24 bits leave it whole. The trajectory stays as it
    /// is. All partitions report to the first one's facts until told otherwise.
    void cut(unsigned bits) {
        if (bits == partition_bits) return;
        std::vector<Partition<Model>> old(((sent.size() - 1) >> bits) + 1);
        std::swap(old, partitions);
        partition_bits = bits;
        report_to(*old.front().facts);
        for (Partition<Model>& partition : partitions) partition.now = now;
        for (Partition<Model>& partition : old) {
            partitions.front().events += partition.events;
            partitions.front().digest += partition.digest;
            while (!partition.pending.empty()) {
                const Event event = partition.pending.pop();
                partitions[partition_of(event.to())].pending.push(event);
            }
        }
    }
};

/// The lookahead between entities that send each other nothing: longer than any run.
inline constexpr Duration kNoChannel = Duration::max() / 4;

/// The least delay of a message from one entity to another.
template <class Model>
Duration lookahead_of(const typename Model::Network& network, EntityId from, EntityId to) {
    if constexpr (requires { Model::lookahead(network, from, to); }) {
        return Model::lookahead(network, from, to);
    } else {
        return Model::lookahead(network);
    }
}

/// Messages on their way to other partitions, by receiving partition.
struct Outbox {
    std::vector<std::vector<Event>> to;
    Time earliest = kNever;  ///< of those that were put in

    void put(std::size_t partition, const Event& event) {
        to[partition].push_back(event);
        earliest = std::min(earliest, event.at);
    }
};

/// A part of an entity's state that stands for one message of its to itself, not yet come. To cancel or move it costs
/// nothing: the message that was sent stays among the pending events, and is void when it comes.
class Timer {
public:
    bool is_set() const { return rank_ != kNotSet; }
    void cancel() { rank_ = kNotSet; }

    /// Whether the event is the one that is waited for; if so, the timer is no longer set.
    bool fires(const Event& event) {
        if (event.rank != rank_) return false;
        rank_ = kNotSet;
        return true;
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(rank_);
    }

private:
    template <class Model>
    friend class Context;
    static constexpr std::uint64_t kNotSet = ~std::uint64_t{0};
    std::uint64_t rank_ = kNotSet;
};

/// What a handler may do besides changing its own entity's state: look at the clock, draw, and send. Messages go by
/// value: in registers, where a look at memory that was just written in other pieces would wait for it.
template <class Model>
class Context {
public:
    /// Without an outbox, messages go to their partitions at once: right while one thread has the world for itself.
    /// Until `own_until` the runner has no other events for the partition than those that wait in it.
    Context(World<Model>& world, EntityId self, Outbox* outbox = nullptr, Time own_until = Time::min())
        : world_(world),
          partition_(world.partitions[world.partition_of(self)]),
          outbox_(outbox),
          own_until_(own_until),
          self_(self) {}

    Time now() const { return partition_.now; }
    EntityId self() const { return self_; }
    const typename Model::Network& network() const { return *world_.network; }
    const Draws& draws() const { return world_.draws; }
    /// Messages that the entity has sent so far: a coordinate for draws that no one else uses.
    std::uint32_t sent() const { return world_.sent[self_]; }

    /// Who hears of what happens; some of it is told only to those who ask for it.
    const typename Model::Facts& facts() const { return *partition_.facts; }
    /// Reports what just happened; changes nothing.
    template <class Fact>
    void tell(const Fact& fact) {
        partition_.facts->tell(now(), self_, fact);
    }

    /// A message to the own entity, now or later.
    template <FitsInEvent Message>
    void at(Time when, Message message, std::uint8_t priority = turn_of<Message>()) {
        SIM_CHECK(when >= now(), "a message can't arrive in the past");
        partition_.pending.push(stamped(self_, when, message, priority));
    }
    template <FitsInEvent Message>
    void after(Duration delay, Message message, std::uint8_t priority = turn_of<Message>()) {
        at(now() + delay, message, priority);
    }

    /// The same, as the last thing that a handler does. True when the message is the very next event: then it has come,
    /// the clock says `when`, and the caller handles it itself. So a process that mostly follows itself runs in a loop,
    /// and nothing else shows that it does.
    template <FitsInEvent Message>
    [[gnu::always_inline]] bool goes_on(Time when, Message message) {
        SIM_CHECK(when >= now(), "a message can't arrive in the past");
        const Event event = stamped(self_, when, message, turn_of<Message>());
        if (when >= own_until_ || when >= partition_.pending.next_at()) return wait_for(event);
        partition_.handling(event, world_.sent[self_]);
        return true;
    }

    /// A message to the own entity that can be called back: sets the timer, or moves it. The message's type says which
    /// timer it belongs to: `static Timer& timer(To&, const Message&)`.
    template <FitsInEvent Message>
    void set(Timer& timer, Time when, Message message, std::uint8_t priority = turn_of<Message>()) {
        SIM_CHECK(when >= now(), "a timer can't be set to the past");
        const Event event = stamped(self_, when, message, priority);
        timer.rank_ = event.rank;
        partition_.pending.push(event);
    }

    /// A message to another entity, at least the channel's lookahead from now.
    template <FitsInEvent Message>
    void send(EntityId to, Time when, Message message, std::uint8_t priority = turn_of<Message>()) {
        if (to == self_) return at(when, message, priority);
        SIM_CHECK(to < world_.sent.size(), "a message is for an entity that there is not");
        const Duration lookahead = lookahead_of<Model>(network(), self_, to);
        if (when < now() + lookahead) too_soon(to, when, lookahead);
        const std::size_t partition = world_.partition_of(to);
        const Event event = stamped(to, when, message, priority);
        if (&world_.partitions[partition] == &partition_) {
            partition_.pending.push(event);
        } else if (outbox_) {
            outbox_->put(partition, event);
        } else {
            world_.partitions[partition].pending.push(event);
        }
    }

private:
    template <class Message>
    Event stamped(EntityId to, Time when, Message message, std::uint8_t priority) {
        return {when, rank_of(priority, self_, world_.sent[self_]++), to, Model::Messages::template kind_of<Message>(),
                message};
    }

    [[gnu::noinline]] bool wait_for(const Event& event) {
        partition_.pending.push(event);
        return false;
    }

    [[noreturn]] void too_soon(EntityId to, Time when, Duration lookahead) const {
        const auto name = [&](EntityId entity) -> std::string {
            if constexpr (requires { std::string(Model::name(network(), entity)); }) {
                return std::string(Model::name(network(), entity));
            } else {
                return "entity " + std::to_string(entity);
            }
        };
        sent_too_soon(name(self_), now(), name(to), when, lookahead);
    }

    World<Model>& world_;
    Partition<Model>& partition_;
    Outbox* outbox_;
    Time own_until_;
    EntityId self_;
};

/// Watches nothing, and costs nothing.
struct Unobserved {
    static void handled(const Event&, const Pending&, std::uint32_t /*sent_before*/, std::uint32_t /*sent_after*/) {}
};

/// Lets the receiver of an event handle it, and notes that it did. A message that belongs to a timer which was set anew
/// or cancelled since is void. Until `own_until` nothing else comes than what waits in the partition; an observer sees
/// each event by itself all the same.
template <class Model, class Observer>
void handle(World<Model>& world, Partition<Model>& partition, const Event& event, Time own_until, Outbox* outbox,
            Observer& observer) {
    constexpr bool kUnobserved = std::is_same_v<std::remove_const_t<Observer>, Unobserved>;
    const std::uint32_t sent_before = world.sent[event.to()];
    partition.handling(event, sent_before);
    Context<Model> context(world, event.to(), outbox, kUnobserved ? own_until : Time::min());
    Model::Messages::visit(event, [&]<class Message>(const Message& message) {
        auto& receiver = world.state.template at<typename Message::To>(event.to());
        if constexpr (requires { Message::timer(receiver, message); }) {
            if (!Message::timer(receiver, message).fires(event)) return;
        }
        on(receiver, message, context);
        if constexpr (requires { settle(receiver, context); }) settle(receiver, context);
    });
    observer.handled(event, partition.pending, sent_before, world.sent[event.to()]);
}

}  // namespace entrepot::sim
