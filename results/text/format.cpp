#include "results/text/format.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

std::string currency_sign(const std::string& currency) { return currency == "USD" ? "$" : currency + " "; }

struct Magnitude {
    double divisor;
    const char* text;
};
constexpr Magnitude kMagnitudes[]{{1e9, " bn"}, {1e6, " M"}, {1e3, " k"}, {1, ""}};

/// The letter of the largest number, unless the least would then be less than a tenth. Thousands of money are written
/// " k" from ten on, those of other things in full.
Magnitude magnitude_for(const Numbers& numbers, bool money) {
    const auto fits = [&](const Magnitude& l) {
        return l.divisor == 1 || (l.divisor == 1e3 ? money && numbers.largest() >= 10 * kNextPower * l.divisor
                                                   : numbers.largest() >= kNextPower * l.divisor);
    };
    const Magnitude* letter = std::ranges::find_if(kMagnitudes, fits);
    while (letter->divisor > 1 && numbers.least() < 0.1 * letter->divisor) {
        const Magnitude* next = letter + (letter->divisor == 1e6 && !money ? 2 : 1);
        if (numbers.largest() >= 1e6 * next->divisor) break;
        letter = next;
    }
    return *letter;
}

/// Three digits of the largest number and two of the least, but no more than five in all.
int decimals_of(const Numbers& numbers, double divisor) {
    if (numbers.largest() == 0) return 0;
    const double largest = numbers.largest() / divisor, least = numbers.least() / divisor;
    return std::clamp(decimals_for(least, 2), decimals_for(largest, 3), decimals_for(largest, 5));
}

}  // namespace

void Numbers::take(double reach, double weight) {
    if (!std::isfinite(reach) || !std::isfinite(weight)) return;
    largest_ = std::max(largest_, reach);
    if (weight > 0) least_ = least_ == 0 ? weight : std::min(least_, weight);
}

void Numbers::take(double value) { take(std::abs(value), std::abs(value)); }

void Numbers::take(const Interval& i) {
    if (!i.has_estimate) return;
    if (!i.has_interval) return take(i.estimate);
    const double weight = std::max(std::abs(i.estimate), (i.high - i.low) / 2);
    take(weight, weight);
}

Notation Notation::money(const Numbers& numbers, const std::string& currency) {
    const Magnitude letter = magnitude_for(numbers, true);
    Notation n;
    n.divisor_ = letter.divisor;
    n.decimals_ = decimals_of(numbers, letter.divisor);
    n.before_ = currency_sign(currency);
    n.after_ = n.points_ = letter.text;
    return n;
}

Notation Notation::kpi(const KpiInfo& kpi, const Numbers& numbers, const std::string& currency) {
    if (kpi.form == Form::money || kpi.kpi == Kpi::inventory_value) return money(numbers, currency);
    Notation n;
    if (kpi.form == Form::share || kpi.form == Form::percentage) {
        n.divisor_ = 0.01;
        n.decimals_ = std::clamp(decimals_for(100 * numbers.least(), 1), 1, 3);
        n.after_ = " %";
        n.points_ = " pt";
        return n;
    }
    const Magnitude letter = magnitude_for(numbers, false);
    n.divisor_ = letter.divisor;
    n.decimals_ = decimals_of(numbers, letter.divisor);
    n.after_ = n.points_ = letter.text + (kpi.unit.empty() ? "" : " " + std::string(kpi.unit));
    return n;
}

namespace {

std::string with_ends(const std::string& estimate, const Interval& i, double divisor, int decimals, bool plus) {
    const auto end = [&](double value) {
        const std::string digits = magnitude_text(std::abs(value) / divisor, decimals);
        return sign_of(value, digits, plus) + digits;
    };
    return i.has_interval ? fmt::format("{} [{}, {}]", estimate, end(i.low), end(i.high)) : estimate;
}

}  // namespace

std::string Notation::value(double value) const {
    const std::string digits = magnitude_text(std::abs(value) / divisor_, decimals_);
    return sign_of(value, digits, false) + before_ + digits + after_;
}

std::string Notation::difference(double difference) const {
    const std::string digits = magnitude_text(std::abs(difference) / divisor_, decimals_);
    return sign_of(difference, digits, true) + before_ + digits + points_;
}

std::string Notation::value(const Interval& interval) const {
    return with_ends(value(interval.estimate), interval, divisor_, decimals_, false);
}

std::string Notation::difference(const Interval& interval) const {
    return with_ends(difference(interval.estimate), interval, divisor_, decimals_, true);
}

std::string money_text(double amount, const std::string& currency) {
    Numbers numbers;
    numbers.take(amount);
    return Notation::money(numbers, currency).value(amount);
}

std::string money_text(const Interval& amount, const std::string& currency) {
    Numbers numbers;
    numbers.take(amount);
    return Notation::money(numbers, currency).value(amount);
}

std::string value_text(const KpiInfo& kpi, double value, const std::string& currency) {
    Numbers numbers;
    numbers.take(value);
    return Notation::kpi(kpi, numbers, currency).value(value);
}

std::string difference_text(const KpiInfo& kpi, double difference, const std::string& currency) {
    Numbers numbers;
    numbers.take(difference);
    return Notation::kpi(kpi, numbers, currency).difference(difference);
}

}  // namespace entrepot::results
