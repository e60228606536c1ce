#include "results/charts/axis.hpp"

#include <algorithm>
#include <cmath>

#include "results/text/digits.hpp"

namespace entrepot::results::charts {

namespace {

/// The smallest of 1, 2, 5 times a power of ten that is not below the wish.
double nice_step(double wish) {
    const double power = std::pow(10, std::floor(std::log10(wish)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= wish * (1 - 1e-9)) return factor * power;
    }
    return 10 * power;
}

struct Letter {
    double divisor;
    const char* text;
};

Letter letter_for(double magnitude, const Measure& measure) {
    if (measure.quantity == Quantity::share) return {0.01, " %"};
    if (magnitude >= 1e9) return {1e9, " bn"};
    if (magnitude >= 1e6) return {1e6, " M"};
    if (magnitude >= 1e4) return {1e3, " k"};
    return {1, ""};
}

std::string label(double value, double step, const Letter& letter, const Measure& measure) {
    const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step / letter.divisor) + 1e-9)), 0, 12);
    const std::string sign = value < 0 ? "-" : "";
    const std::string money = measure.quantity != Quantity::money ? ""
                              : measure.currency == "USD"         ? "$"
                                                                  : measure.currency + " ";
    if (value == 0) return money + "0" + (measure.quantity == Quantity::share ? letter.text : "");
    return sign + money + fixed_text(std::abs(value) / letter.divisor, decimals) + letter.text;
}

}  // namespace

Ticks nice_ticks(double low, double high, int about, const Measure& measure) {
    if (!std::isfinite(low)) low = std::isfinite(high) ? std::min(high, 0.0) : 0;
    if (!std::isfinite(high)) high = low;
    if (low > high) std::swap(low, high);
    if (high - low <= 1e-12 * std::max(std::abs(low), std::abs(high)) || high == low)
        high = low + std::max(1.0, std::abs(low));
    double step = nice_step((high - low) / std::max(1, about));
    if (measure.whole) step = std::max(1.0, std::round(step));
    const double first = std::floor(low / step + 1e-9);
    const double last = std::max(std::ceil(high / step - 1e-9), first + 1);
    const Letter letter = letter_for(std::max(std::abs(first * step), std::abs(last * step)), measure);
    Ticks ticks;
    for (double i = first; i <= last; ++i) {
        ticks.values.push_back(i * step);
        ticks.labels.push_back(label(i * step, step, letter, measure));
    }
    return ticks;
}

}  // namespace entrepot::results::charts
