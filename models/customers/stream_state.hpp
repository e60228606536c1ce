#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "models/network/ids.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"
#include "sim/random.hpp"

/// Where the demand streams of a region stand.
namespace entrepot::models {

/// A stream whose orders come one after the other, at its site. Some of its next draws are made ahead: they are
/// addressed by the order's ordinal, and several at once cost less.
struct StreamState {
    static constexpr std::uint32_t kAhead = sim::Draws::kBlock;
    double swell = 0;  ///< of correlated units: the normal variate behind the last order's

    // Of the next orders, by ordinal, modulo kAhead.
    std::array<Duration, kAhead> waits{};  ///< since the one before
    /// The uniform that says what is ordered, or what that is, where it is known ahead (DemandStream::known_ahead).
    std::array<double, kAhead> contents{};
    std::array<TierId, kAhead> tiers{};
    std::array<ItemId, kAhead> items{};
    std::array<Units, kAhead> units{};

    bool high = false;  ///< does the rate of a bursty stream stand high?
    sim::Filler<7> rest{};

    bool holds() const {
        return std::ranges::all_of(contents, [](double u) { return u >= 0 && u < 1; }) &&
               std::ranges::all_of(waits, [](Duration wait) { return wait >= Duration::zero(); });
    }
};

}  // namespace entrepot::models
