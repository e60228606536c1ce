#include "models/customers/draws_ahead.hpp"

#include <span>
#include <type_traits>
#include <variant>

#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

/// What the next orders of a stream ask for, by their uniforms.
void know_ahead(StreamState& state, const DemandStream& stream, std::span<double, StreamState::kAhead> u) {
    const auto choose = [u](const sim::Discrete& mix, auto& chosen) {
        using Id = typename std::decay_t<decltype(chosen)>::value_type;
        if (mix.size() <= 1) return;
        for (std::size_t i = 0; i < u.size(); ++i) chosen[i] = Id{mix.split(u[i])};
    };
    choose(stream.tier_mix, state.tiers);
    choose(stream.item_mix.front(), state.items);
    std::visit(
        [&](const auto& distribution) {
            for (std::size_t i = 0; i < u.size(); ++i) state.units[i] = drawn_units(distribution, u[i]);
        },
        *stream.units);
}

/// Draws the waits and contents of the next orders of a stream, from an ordinal on that is a multiple of kAhead.
void draw_ahead(StreamState& state, const DemandStream& stream, std::uint32_t ordinal, const sim::Draws& draws) {
    sim::Draws::Block block = draws.block(purpose::order_time, stream.key, ordinal);
    if (const auto* exponential = std::get_if<ExponentialTime>(&*stream.interarrival_time)) {
        sim::exponential(block.first, static_cast<double>(exponential->mean.count()), state.waits);
    } else {
        for (std::size_t i = 0; i < StreamState::kAhead; ++i)
            state.waits[i] = draw(*stream.interarrival_time, block.first[i]);
    }
    if (stream.most_rate != 1) {
        for (Duration& wait : state.waits) {
            wait = Duration{static_cast<std::int64_t>(static_cast<double>(wait.count()) / stream.most_rate)};
        }
    }
    if (stream.known_ahead()) {
        know_ahead(state, stream, block.second);
    } else {
        state.contents = block.second;
    }
}

}  // namespace

Duration wait_for(StreamState& state, const DemandStream& stream, std::uint32_t ordinal, const sim::Draws& draws) {
    if (ordinal % StreamState::kAhead == 0) draw_ahead(state, stream, ordinal, draws);
    return state.waits[ordinal % StreamState::kAhead];
}

}  // namespace entrepot::models
