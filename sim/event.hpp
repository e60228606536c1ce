#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "sim/time.hpp"

namespace entrepot::sim {

/// A part of the model whose state only its own events touch: a site, a queue, headquarters. Numbered from 0.
using EntityId = std::uint32_t;
inline constexpr EntityId kMostEntities = EntityId{1} << 24;

/// What one entity tells another, or itself, at a later time. A plain value of 32 bytes.
///
/// Events are processed in the order of `(at, rank)`; `rank` packs `{priority, from, nth}`: the sender's priority for
/// events at one instant (lower is earlier), the sending entity, and the sender's own count of messages. The order is
/// total and the same however the run is organised, because each part of it belongs to the sender alone.
struct Event {
    static constexpr std::size_t kPayloadBytes = 12;

    Time at;
    std::uint64_t rank;
    std::uint32_t to : 24;   ///< the receiving entity
    std::uint32_t kind : 8;  ///< position of the message's type in the model's `Messages`
    std::byte payload[kPayloadBytes];

    std::uint8_t priority() const { return static_cast<std::uint8_t>(rank >> 56); }
    EntityId from() const { return static_cast<EntityId>(rank >> 32) & (kMostEntities - 1); }
    std::uint32_t nth() const { return static_cast<std::uint32_t>(rank); }
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

constexpr std::uint64_t rank_of(std::uint8_t priority, EntityId from, std::uint32_t nth) {
    return (std::uint64_t{priority} << 56) | (std::uint64_t{from} << 32) | nth;
}

constexpr bool earlier(const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.rank < b.rank; }

/// The closed list of a model's message types; the position of a type is its `kind`.
template <class... M>
struct MessageList {
    static constexpr std::size_t size = sizeof...(M);
    static_assert(size <= 256);

    template <class Wanted>
    static constexpr std::uint16_t kind_of() {
        static_assert((std::is_same_v<Wanted, M> || ...), "this message is not in the model's list");
        std::uint16_t kind = 0;
        bool found = false;
        ((found = found || std::is_same_v<Wanted, M>, kind = static_cast<std::uint16_t>(kind + !found)), ...);
        return kind;
    }

    /// Calls `f(message)` with the typed message that an envelope (an Event, or a like value with `kind` and `payload`)
    /// carries.
    template <class Envelope, class F>
    static void visit(const Envelope& envelope, F&& f) {
        using Function = std::remove_reference_t<F>;
        using Caller = void (*)(const Envelope&, Function&);
        static constexpr Caller callers[] = {[](const Envelope& e, Function& g) { g(unpack<M>(e)); }...};
        callers[envelope.kind](envelope, f);
    }

    template <class Message, class Envelope>
    static Message unpack(const Envelope& envelope) {
        Message message;
        std::memcpy(&message, envelope.payload, sizeof message);
        return message;
    }
};

template <class Message>
concept FitsInEvent = std::is_trivially_copyable_v<Message> && sizeof(Message) <= Event::kPayloadBytes;

/// Copies a message into an event's zeroed payload. Bytes between its fields mean nothing and would differ from run to
/// run; they are left out, for equal trajectories are to have equal digests.
template <FitsInEvent Message>
void pack(Message message, std::byte* payload) {
#if __has_builtin(__builtin_clear_padding)
    __builtin_clear_padding(&message);
#endif
    if constexpr (!std::is_empty_v<Message>) std::memcpy(payload, &message, sizeof message);
}

}  // namespace entrepot::sim
