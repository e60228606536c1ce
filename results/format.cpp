#include "results/format.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

constexpr int kMostDecimals = 6;
constexpr double kAlmost = 0.9995;  ///< what is written with three digits as the next power of ten

/// Position of the first significant digit: 0 for units, 3 for thousands, -2 for hundredths.
int magnitude_of(double value) { return static_cast<int>(std::floor(std::log10(std::abs(value) / kAlmost))); }

/// Digits in groups of three before the point.
std::string grouped(std::string digits) {
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t at = point; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

/// A magnitude; powers of ten only where nobody would write the digits.
std::string magnitude_text(double magnitude, int decimals) {
    if (!std::isfinite(magnitude)) return "not available";
    const bool lost = magnitude > 0 && magnitude < 1e-6 && decimals == kMostDecimals;
    if (magnitude >= 1e15 || lost) return fmt::format("{:.2e}", magnitude);
    return grouped(fmt::format("{:.{}f}", magnitude, decimals));
}

/// The minus, or the plus where one is wanted; none before what is written as zero, or isn't a number.
std::string sign_of(double value, const std::string& digits, bool plus) {
    if (!std::isfinite(value) || digits.find_first_of("123456789") == std::string::npos) return "";
    return value < 0 ? "-" : plus ? "+" : "";
}

std::string currency_sign(const std::string& currency) { return currency == "USD" ? "$" : currency + " "; }

struct Letter {
    double divisor;
    const char* text;
};
constexpr Letter kLetters[]{{1e9, " bn"}, {1e6, " M"}, {1e3, " k"}, {1, ""}};

/// The letter of the largest number, unless the least would then be less than a tenth. Thousands of money are written
/// " k" from ten on, those of other things in full.
Letter letter_for(const Numbers& numbers, bool money) {
    const auto fits = [&](const Letter& l) {
        return l.divisor == 1 || (l.divisor == 1e3 ? money && numbers.largest() >= 10 * kAlmost * l.divisor
                                                   : numbers.largest() >= kAlmost * l.divisor);
    };
    const Letter* letter = std::ranges::find_if(kLetters, fits);
    while (letter->divisor > 1 && numbers.least() < 0.1 * letter->divisor) {
        const Letter* next = letter + (letter->divisor == 1e6 && !money ? 2 : 1);
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

int decimals_for(double value, int significant) {
    if (value == 0 || !std::isfinite(value)) return 0;
    return std::clamp(significant - 1 - magnitude_of(value), 0, kMostDecimals);
}

Notation Notation::money(const Numbers& numbers, const std::string& currency) {
    const Letter letter = letter_for(numbers, true);
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
    const Letter letter = letter_for(numbers, false);
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

std::string fixed_text(double value, int decimals) {
    const std::string digits = magnitude_text(std::abs(value), decimals);
    return sign_of(value, digits, false) + digits;
}

std::string number_text(double value, int significant) {
    std::string text = fixed_text(value, decimals_for(value, significant));
    if (text.find('.') == std::string::npos || text.find('e') != std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string percent_text(double share, int significant) { return number_text(100 * share, significant) + " %"; }

std::string about_text(double count) {
    if (!std::isfinite(count) || count <= 0) return number_text(count);
    const double unit = std::pow(10, std::max(0, magnitude_of(count) - 1));
    const double rounded = std::round(count / unit) * unit;
    return rounded < 1e6 ? number_text(rounded) : number_text(rounded / 1e6, 2) + " M";
}

std::string duration_text(double seconds) {
    const auto s = std::llround(std::clamp(seconds, 0.0, 1e12));
    if (s < 100) return fmt::format("{} s", s);
    if (s < 6000) return fmt::format("{} min {:02} s", s / 60, s % 60);
    if (s < 48 * 3600) return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
    return fmt::format("{} d {} h", grouped(std::to_string(s / 86'400)), s % 86'400 / 3600);
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + '"';
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", grouped(std::to_string(count)), noun, count == 1 ? "" : "s");
}

}  // namespace entrepot::results
