#include "viz/timeline/tracks.hpp"

#include <algorithm>

namespace entrepot::viz {

void Tracks::take(const std::vector<HourOfAll>& hours) {
    for (const HourOfAll& told : hours) {
        while (lanes_.size() <= told.lane) lanes_.emplace_back(places_ * kCounted);
        std::vector<Levels>& lane = lanes_[told.lane];
        for (std::size_t place = 0; place < told.places.size() && place < places_; ++place) {
            for (std::size_t which = 0; which < kCounted; ++which) {
                Levels& levels = lane[place * kCounted + which];
                const float value = told.places[place][which];
                if (told.hour < levels.size()) {
                    levels.set(told.hour, value);
                } else {
                    while (levels.size() < told.hour) levels.add(std::numeric_limits<float>::quiet_NaN());
                    levels.add(value);
                }
            }
        }
    }
}

std::size_t Tracks::hours(std::size_t lane) const { return lane < lanes_.size() ? lanes_[lane].front().size() : 0; }

void Tracks::bins(std::size_t lane, std::size_t place, const Measure& measure, std::size_t first,
                  std::size_t hours_each, std::vector<Bin>& bins, std::size_t window) const {
    const Levels& values = of(lane, place, measure.value);
    const Levels& others = of(lane, place, measure.over);
    for (Bin& bin : bins) {
        const std::size_t end = first + hours_each;
        const Summary v = values.over(first, end);
        bin = {};
        if (!v.empty() && measure.ratio()) {
            const std::size_t from = end - std::min(end, std::max(window, hours_each));
            const double over = others.over(from, end).sum;
            const auto ratio = static_cast<float>(values.over(from, end).sum / over);
            if (over > 0) bin = {ratio, ratio, ratio, false};
        } else if (!v.empty() && measure.flow) {
            const auto per_day = static_cast<float>(24 * v.mean());
            bin = {per_day, per_day, per_day, false};
        } else if (!v.empty()) {
            bin = {static_cast<float>(v.mean()), v.low, v.high, false};
        }
        first = end;
    }
}

}  // namespace entrepot::viz
