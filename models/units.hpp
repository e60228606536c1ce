#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace entrepot::models {

/// Pieces of an item (eaches).
using Units = std::int32_t;

/// Days in a microsecond: integrals over time are taken by multiplying.
inline constexpr double kDayOfMicro = 1 / 86'400e6;

inline constexpr double kDaysOfYear = 365;

/// An amount, or a sum of them, that no Money holds. It is the scenario's: prices or quantities are too large together.
struct MoneyOverflow : std::overflow_error {
    explicit MoneyOverflow(const char* what)
        : std::overflow_error(std::string(what) +
                              " exceeds the 9.2 million million of the currency that an account holds: give prices and "
                              "costs in a larger unit, such as thousands") {}
};

/// An amount in the scenario's currency, integer micro-units: sums are exact, and rounded once, in the report. What
/// would exceed 64 bits, 9.2e12 of the currency, throws MoneyOverflow and never wraps.
struct Money {
    std::int64_t micros = 0;

    static Money of(double amount) { return {rounded(amount * 1e6, "an amount")}; }
    double amount() const { return static_cast<double>(micros) * 1e-6; }

    [[gnu::always_inline]] constexpr Money& operator+=(Money other) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(micros, other.micros, &sum)) overflows("a sum of money");
        return micros = sum, *this;
    }
    [[gnu::always_inline]] constexpr Money& operator-=(Money other) {
        std::int64_t rest = 0;
        if (__builtin_sub_overflow(micros, other.micros, &rest)) overflows("a sum of money");
        return micros = rest, *this;
    }
    constexpr auto operator<=>(const Money&) const = default;

    static std::int64_t rounded(double micros, const char* what) {
        constexpr double kMost = 9223372036854775808.0;  // 2^63
        if (!(micros < kMost && micros > -kMost)) overflows(what);
        return static_cast<std::int64_t>(std::llround(micros));
    }
    /// Far from where sums are made, which are many and must be short.
    [[noreturn, gnu::cold, gnu::noinline]] static void overflows(const char* what) { throw MoneyOverflow(what); }
};

[[gnu::always_inline]] constexpr Money operator+(Money a, Money b) { return a += b; }
constexpr Money operator-(Money a, Money b) { return a -= b; }
constexpr Money operator-(Money a) { return Money{} - a; }
[[gnu::always_inline]] constexpr Money operator*(Money price, Units units) {
    Money value;
    if (__builtin_mul_overflow(price.micros, units, &value.micros)) Money::overflows("a price times its units");
    return value;
}
inline Money operator*(Money m, double factor) {
    return {Money::rounded(static_cast<double>(m.micros) * factor, "an amount times a factor")};
}

}  // namespace entrepot::models
