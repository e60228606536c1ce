#include "viz/timeline/scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace entrepot::viz {

namespace {

constexpr double kLeastHours = 6;

void keep_within(TimeAxis& axis, double last) {
    const double shown = std::min(axis.to - axis.from, last);
    axis.from = std::clamp(axis.from, 0.0, last - shown);
    axis.to = axis.from + shown;
}

}  // namespace

void TimeAxis::zoom(double factor, float at, double last) {
    const double fixed = hour(at), shown = std::clamp((to - from) * factor, std::min(kLeastHours, last), last);
    const double share = (fixed - from) / (to - from);
    from = fixed - share * shown;
    to = from + shown;
    keep_within(*this, last);
}

void TimeAxis::pan(float pixels, double last) {
    const double by = static_cast<double>(pixels) * hours_per_pixel();
    from += by;
    to += by;
    keep_within(*this, last);
}

void TimeAxis::follow(double hour, double last) {
    const double shown = to - from;
    if (hour >= from && hour <= to) return;
    from = hour < from ? hour - 0.1 * shown : hour - 0.9 * shown;
    to = from + shown;
    keep_within(*this, last);
}

std::size_t bin_hours(double hours_per_pixel, double least_pixels) {
    constexpr std::array<std::size_t, 9> usual{1, 2, 3, 4, 6, 8, 12, 24, 48};
    const double least = hours_per_pixel * least_pixels;
    for (const std::size_t hours : usual) {
        if (static_cast<double>(hours) >= least) return hours;
    }
    constexpr std::size_t kWeek = 168;
    return kWeek * static_cast<std::size_t>(std::ceil(least / static_cast<double>(kWeek)));
}

TimeTicks ticks(const TimeAxis& axis, double least_pixels) {
    constexpr std::array<double, 12> usual{1, 2, 3, 6, 12, 24, 48, 168, 336, 672, 1344, 2688};
    const double least = axis.hours_per_pixel() * least_pixels;
    TimeTicks ticks;
    const auto found = std::ranges::find_if(usual, [&](double step) { return step >= least; });
    ticks.step = found == usual.end() ? std::ceil(least / usual.back()) * usual.back() : *found;
    for (double at = std::ceil(axis.from / ticks.step) * ticks.step; at <= axis.to; at += ticks.step) {
        ticks.at.push_back(at);
    }
    return ticks;
}

}  // namespace entrepot::viz
