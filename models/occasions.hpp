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
    std::vector<Occasion> seen;  ///< at that moment: sorted, but for the last ones, which are few
    std::uint32_t in_order = 0;  ///< so many are

    /// Coordinate of the draws of one more occasion: the moment's for the first one, for each further one another.
    std::uint32_t next(sim::Purpose purpose, StockKey key, Time now) { return next(purpose, key, now, moment(now)); }
    /// The same where the first one's coordinate is another, such as the day that began at `now`.
    std::uint32_t next(sim::Purpose purpose, StockKey key, Time now, std::uint32_t first) {
        if (now != at) {
            seen.clear();
            in_order = 0;
        }
        at = now;
        const std::uint64_t what = (std::uint64_t{purpose} << 32) | key.packed;
        Occasion* const known = find(what);
        if (known == nullptr) {
            note(what);
            return first;
        }
        return static_cast<std::uint32_t>(
            sim::mix(first ^ 0x9E3779B97F4A7C15ull, known->times++ ^ 0xD6E8FEB86659FD93ull));
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(at, seen, in_order);
    }

private:
    Occasion* find(std::uint64_t what) {
        const auto last = seen.begin() + std::min<std::ptrdiff_t>(in_order, std::ssize(seen));
        const auto place = std::ranges::lower_bound(seen.begin(), last, what, {}, &Occasion::what);
        if (place != last && place->what == what) return &*place;
        const auto late = std::ranges::find(last, seen.end(), what, &Occasion::what);
        return late != seen.end() ? &*late : nullptr;
    }

    /// A day has thousands of purchase lines: each one put in its place at once would move half of them.
    void note(std::uint64_t what) {
        constexpr std::size_t kFew = 32;
        seen.push_back({what, 1});
        if (seen.size() < in_order + kFew) return;
        const auto few = seen.begin() + std::min<std::ptrdiff_t>(in_order, std::ssize(seen));
        std::ranges::sort(few, seen.end(), {}, &Occasion::what);
        std::ranges::inplace_merge(seen, few, {}, &Occasion::what);
        in_order = static_cast<std::uint32_t>(seen.size());
    }
};

}  // namespace entrepot::models
