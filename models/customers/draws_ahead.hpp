#pragma once

#include "models/customers/stream_state.hpp"
#include "models/messages.hpp"
#include "models/network/demand.hpp"
#include "models/state.hpp"

/// Draws made ahead of their time, which are there for speed alone: those of a stream's next orders have addresses of
/// their own, so that several at once give the same numbers for less. The door: wait_for, which has the others drawn,
/// and what it knows of the order that came.
namespace entrepot::models {

/// The time between an order and the one before it; to be asked for in the order of ordinals.
Duration wait_for(StreamState& state, const DemandStream& stream, std::uint32_t ordinal, const sim::Draws& draws);

/// The uniform that says what is ordered, where that is not known ahead.
inline double content_of(const StreamState& state, std::uint32_t ordinal) {
    return state.contents[ordinal % StreamState::kAhead];
}

/// What is ordered, and by whom, where it is known ahead (DemandStream::known_ahead).
inline LineRequest line_of(const StreamState& state, std::uint32_t ordinal) {
    const std::size_t i = ordinal % StreamState::kAhead;
    return {state.items[i], state.units[i]};
}
inline TierId tier_of(const StreamState& state, std::uint32_t ordinal) {
    return state.tiers[ordinal % StreamState::kAhead];
}

}  // namespace entrepot::models
