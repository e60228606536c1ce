#pragma once

#include <cstddef>
#include <vector>

/// The time axis of a view: which hours it shows, and in what steps. Hours count from day 0.
namespace entrepot::viz {

struct TimeAxis {
    double from = 0, to = 24;   ///< hours shown
    float left = 0, right = 1;  ///< where they lie [px]

    double hours_per_pixel() const { return (to - from) / static_cast<double>(right - left); }
    float x(double hour) const { return left + static_cast<float>((hour - from) / hours_per_pixel()); }
    double hour(float x) const { return from + static_cast<double>(x - left) * hours_per_pixel(); }

    /// Shows `factor` times as many hours; the one at x stays where it is. What is shown stays within [0, last].
    void zoom(double factor, float x, double last);
    /// Moves by so many pixels.
    void pan(float pixels, double last);
    /// Moves so that the hour is shown.
    void follow(double hour, double last);
};

/// Hours of a bin that is at least so many pixels wide: a divisor of a day, or whole days, so that days are not cut in
/// unequal pieces.
std::size_t bin_hours(double hours_per_pixel, double least_pixels);

/// Where numbers stand: whole multiples of a step that leaves `least_pixels` between two of them.
struct TimeTicks {
    double step = 24;  ///< hours
    std::vector<double> at;
};
TimeTicks ticks(const TimeAxis& axis, double least_pixels);

}  // namespace entrepot::viz
