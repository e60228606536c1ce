#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "sim/time.hpp"

namespace entrepot::sim {

/// A part of the model whose state only its own events touch: a site, or headquarters.
using PartitionId = std::uint16_t;

/// What one partition tells another, or itself, at a later time. A plain value of 32 bytes.
///
/// Events are processed in the order of `(at, rank)`; `rank` packs `{priority, from, nth}`: the sender's priority for
/// events at one instant (lower is earlier), the sending partition, and the sender's own count of messages. The order
/// is total and the same whatever the number of threads, because each part of it belongs to the sender alone.
struct Event {
    static constexpr std::size_t kPayloadBytes = 12;

    Time at;
    std::uint64_t rank;
    PartitionId to;
    std::uint16_t kind;  ///< position of the message's type in the model's `Messages`
    std::byte payload[kPayloadBytes];
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

constexpr std::uint64_t rank_of(std::uint8_t priority, PartitionId from, std::uint64_t nth) {
    return (std::uint64_t{priority} << 56) | (std::uint64_t{from} << 40) | (nth & ((std::uint64_t{1} << 40) - 1));
}

constexpr bool earlier(const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.rank < b.rank; }

/// The closed list of a model's message types; the position of a type is its `kind`.
template <class... M>
struct MessageList {
    static constexpr std::size_t size = sizeof...(M);

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

}  // namespace entrepot::sim
