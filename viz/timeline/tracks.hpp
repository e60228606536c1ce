#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "viz/live/hours.hpp"
#include "viz/timeline/levels.hpp"

namespace entrepot::viz {

inline constexpr std::size_t kWeekHours = 168;

/// All hours of all strategies that are watched, at every scale. A lane is known by the id under which it tells.
class Tracks {
public:
    explicit Tracks(std::size_t places = 0) : places_(places) {}

    void take(const std::vector<HourOfAll>& hours);
    /// A lane that left another one's world at that hour has this one's hours before it, as far as they are known by
    /// now; to be called again as more become known. An hour in which a world was forked counts as the other one's.
    void branch(std::size_t lane, std::size_t from, std::size_t hour);
    std::size_t lanes() const { return lanes_.size(); }
    std::size_t hours(std::size_t lane) const;
    const Levels& of(std::size_t lane, std::size_t place, Counted which) const {
        return lanes_[lane].series[place * kCounted + static_cast<std::size_t>(which)];
    }

    /// What a measure comes to in bins of so many hours from `first` on: a flow is told per day, a state as its mean
    /// with the lowest and the highest hour, a ratio as that of the sums. A bin without hours is empty. `window`: a
    /// ratio is that of so many hours up to the end of its bin, if these are more; one of a weekend would be made of
    /// the few lines that ended then.
    struct Bin {
        float value = 0, low = 0, high = 0;
        bool empty = true;
    };
    void bins(std::size_t lane, std::size_t place, const Measure& measure, std::size_t first, std::size_t hours_each,
              std::vector<Bin>& bins, std::size_t window = 0) const;

private:
    struct Lane {
        std::vector<Levels> series;      ///< [place * kCounted + counted]
        std::optional<std::size_t> own;  ///< the first hour that it told itself
        std::size_t inherited = 0;       ///< hours taken over from the lane that it left
    };
    Lane& lane_of(std::size_t id);
    static void put(Levels& levels, std::size_t hour, float value);

    std::size_t places_;
    std::vector<Lane> lanes_;
};

}  // namespace entrepot::viz
