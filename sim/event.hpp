#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "sim/packed.hpp"
#include "sim/time.hpp"

namespace entrepot::sim {

/// A part of the model whose state only its own events touch: a site, a queue, headquarters. Numbered from 0.
using EntityId = std::uint32_t;
inline constexpr EntityId kMostEntities = EntityId{1} << 24;

/// Messages are small plain values; a longer story lies in the state and the message names its place.
inline constexpr std::size_t kMessageBytes = 12;

template <class Message>
concept FitsInEvent = (std::is_empty_v<Message> || Packed<Message>)&&sizeof(Message) <= kMessageBytes;

/// What one entity tells another, or itself, at a later time. A plain value of four words, which the compiler can keep
/// in registers from the handler that sends it to the place where it waits.
///
/// Events are processed in the order of `(at, rank)`; `rank` packs `{priority, from, nth}`: the sender's priority for
/// events at one instant (lower is earlier), the sending entity, and the sender's own count of messages. The order is
/// total and the same however the run is organised, because each part of it belongs to the sender alone.
class Event {
public:
    Time at;
    std::uint64_t rank;

    Event() = default;
    /// `kind` is the position of the message's type in the model's `Messages`.
    template <FitsInEvent Message>
    Event(Time when, std::uint64_t order, EntityId to, std::uint8_t kind, Message message) : at(when), rank(order) {
        std::uint32_t words[3] = {0, 0, 0};
        if constexpr (!std::is_empty_v<Message>) {
            std::memcpy(words, &message, sizeof message);
        }
        head_ = to | (std::uint32_t{kind} << 24) | (std::uint64_t{words[0]} << 32);
        tail_ = words[1] | (std::uint64_t{words[2]} << 32);
    }

    EntityId to() const { return static_cast<EntityId>(head_) & (kMostEntities - 1); }
    std::uint8_t kind() const { return static_cast<std::uint8_t>(head_ >> 24); }
    std::uint8_t priority() const { return static_cast<std::uint8_t>(rank >> 56); }
    EntityId from() const { return static_cast<EntityId>(rank >> 32) & (kMostEntities - 1); }
    std::uint32_t nth() const { return static_cast<std::uint32_t>(rank); }
    std::array<std::uint64_t, 4> words() const {
        return {static_cast<std::uint64_t>(at.time_since_epoch().count()), rank, head_, tail_};
    }

    /// The message, which must be of this type.
    template <FitsInEvent Message>
    Message as() const {
        const std::uint32_t words[3] = {static_cast<std::uint32_t>(head_ >> 32), static_cast<std::uint32_t>(tail_),
                                        static_cast<std::uint32_t>(tail_ >> 32)};
        Message message;
        std::memcpy(&message, words, sizeof message);
        return message;
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(at, rank, head_, tail_);
    }

private:
    std::uint64_t head_, tail_;
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

constexpr std::uint64_t rank_of(std::uint8_t priority, EntityId from, std::uint32_t nth) {
    return (std::uint64_t{priority} << 56) | (std::uint64_t{from} << 32) | nth;
}

/// The priority of a message that its sender gives none: what its type names as `static constexpr ... turn`, else 0.
template <class Message>
constexpr std::uint8_t turn_of() {
    if constexpr (requires { Message::turn; }) {
        return static_cast<std::uint8_t>(Message::turn);
    } else {
        return 0;
    }
}

constexpr bool earlier(const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.rank < b.rank; }

/// The closed list of a model's message types; the position of a type is its `kind`.
template <class... M>
struct MessageList {
    static constexpr std::size_t size = sizeof...(M);
    static_assert(size <= 256);

    template <class Wanted>
    static constexpr std::uint8_t kind_of() {
        static_assert((std::is_same_v<Wanted, M> || ...), "this message is not in the model's list");
        std::uint8_t kind = 0;
        bool found = false;
        ((found = found || std::is_same_v<Wanted, M>, kind = static_cast<std::uint8_t>(kind + !found)), ...);
        return kind;
    }

    /// Calls `f(message)` with the typed message that an envelope carries: an Event, or a like value with `kind()` and
    /// `as<Message>()`.
    template <class Envelope, class F>
    static void visit(const Envelope& envelope, F&& f) {
        if constexpr (size == 1) {  // so that the compiler sees through
            f(envelope.template as<M...>());
        } else {
            using Function = std::remove_reference_t<F>;
            using Caller = void (*)(const Envelope&, Function&);
            static constexpr Caller callers[] = {[](const Envelope& e, Function& g) { g(e.template as<M>()); }...};
            callers[envelope.kind()](envelope, f);
        }
    }
};

}  // namespace entrepot::sim
