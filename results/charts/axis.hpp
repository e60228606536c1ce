#pragma once

#include <string>
#include <vector>

/// From values to places on the canvas, and the numbers beside them.
namespace entrepot::results::charts {

enum class Quantity { number, share, money };

/// What the values of an axis are.
struct Measure {
    Quantity quantity = Quantity::number;
    std::string unit;              ///< written once, beside the title
    std::string currency = "USD";  ///< of money
    bool whole = false;            ///< counted things, days: no ticks between the integers
};

/// Places for numbers on an axis, ascending, at multiples of 1, 2 or 5 times a power of ten; the first is at or below
/// the range and the last at or above it. All labels of an axis use one scale letter.
struct Ticks {
    std::vector<double> values;
    std::vector<std::string> labels;

    double low() const { return values.front(); }
    double high() const { return values.back(); }
};

/// About so many ticks over the range; at least two. A range that is empty or not finite becomes one around its begin.
Ticks nice_ticks(double low, double high, int about, const Measure& measure);

/// Linear map of [low, high] to [from, to]; values outside are moved to the nearer end.
struct Scale {
    double low = 0, high = 1, from = 0, to = 1;

    double operator()(double value) const {
        const double clamped = value < low ? low : value > high ? high : value;
        return from + (to - from) * (clamped - low) / (high - low);
    }
};

}  // namespace entrepot::results::charts
