#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/messages.hpp"
#include "models/network/calendar.hpp"
#include "sim/digest.hpp"
#include "sim/random.hpp"

namespace entrepot::models {

/// Tells apart what happens to one item at one moment, such as its orders when a customer's order has two lines of it.
struct Occasions {
    struct Occasion {
        std::uint64_t what = 0, times = 0;
    };
    Time at = sim::kStart;
    std::vector<Occasion> seen;  ///< at that moment, sorted

    /// Coordinate of the draws of one more occasion: the moment's for the first one, for each further one another.
    std::uint32_t next(sim::Purpose purpose, StockKey key, Time now) { return next(purpose, key, now, moment(now)); }
    /// The same where the first one's coordinate is another, such as the day that began at `now`.
    std::uint32_t next(sim::Purpose purpose, StockKey key, Time now, std::uint32_t first) {
        if (now != at) seen.clear();
        at = now;
        const std::uint64_t what = (std::uint64_t{purpose} << 32) | key.packed;
        const auto place = std::ranges::lower_bound(seen, what, {}, &Occasion::what);
        if (place == seen.end() || place->what != what) {
            seen.insert(place, {what, 1});
            return first;
        }
        return static_cast<std::uint32_t>(
            sim::mix(first ^ 0x9E3779B97F4A7C15ull, place->times++ ^ 0xD6E8FEB86659FD93ull));
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(at, seen);
    }
};

}  // namespace entrepot::models
