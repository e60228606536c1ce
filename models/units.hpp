#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace entrepot::models {

/// Pieces of an item (eaches).
using Units = std::int32_t;

/// Days in a microsecond: integrals over time are taken by multiplying.
inline constexpr double kDayOfMicro = 1 / 86'400e6;

/// An amount in the scenario's currency, integer micro-units: sums are exact, and rounded once, in the report.
struct Money {
    std::int64_t micros = 0;

    static Money of(double amount) { return {static_cast<std::int64_t>(std::llround(amount * 1e6))}; }
    double amount() const { return static_cast<double>(micros) * 1e-6; }

    constexpr Money& operator+=(Money other) { return micros += other.micros, *this; }
    constexpr Money& operator-=(Money other) { return micros -= other.micros, *this; }
    constexpr auto operator<=>(const Money&) const = default;
};

constexpr Money operator+(Money a, Money b) { return {a.micros + b.micros}; }
constexpr Money operator-(Money a, Money b) { return {a.micros - b.micros}; }
constexpr Money operator-(Money a) { return {-a.micros}; }
constexpr Money operator*(Money price, Units units) { return {price.micros * units}; }
inline Money operator*(Money m, double factor) {
    return {static_cast<std::int64_t>(std::llround(static_cast<double>(m.micros) * factor))};
}

}  // namespace entrepot::models
