#include "viz/timeline/tracks.hpp"

#include <algorithm>

namespace entrepot::viz {

Tracks::Lane& Tracks::lane_of(std::size_t id) {
    while (lanes_.size() <= id) lanes_.push_back({.series = std::vector<Levels>(places_ * kCounted)});
    return lanes_[id];
}

void Tracks::put(Levels& levels, std::size_t hour, float value) {
    if (hour < levels.size()) return levels.set(hour, value);
    while (levels.size() < hour) levels.add(std::numeric_limits<float>::quiet_NaN());
    levels.add(value);
}

void Tracks::take(const std::vector<HourOfAll>& hours) {
    for (const HourOfAll& told : hours) {
        Lane& lane = lane_of(told.lane);
        lane.own = std::min(lane.own.value_or(told.hour), told.hour);
        for (std::size_t place = 0; place < told.places.size() && place < places_; ++place) {
            for (std::size_t which = 0; which < kCounted; ++which) {
                put(lane.series[place * kCounted + which], told.hour, told.places[place][which]);
            }
        }
    }
}

void Tracks::branch(std::size_t lane, std::size_t from, std::size_t hour) {
    lane_of(std::max(lane, from));
    Lane& branch = lanes_[lane];
    const Lane& trunk = lanes_[from];
    if (trunk.series.empty()) return;
    const std::size_t end = std::min(branch.own.value_or(hour), trunk.series.front().size());
    for (; branch.inherited < end; ++branch.inherited) {
        for (std::size_t i = 0; i < branch.series.size(); ++i)
            put(branch.series[i], branch.inherited, trunk.series[i][branch.inherited]);
    }
}

std::size_t Tracks::hours(std::size_t lane) const {
    return lane < lanes_.size() && !lanes_[lane].series.empty() ? lanes_[lane].series.front().size() : 0;
}

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
