#include "results/text/digits.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

constexpr int kMostDecimals = 6;

/// Position of the first significant digit: 0 for units, 3 for thousands, -2 for hundredths.
int magnitude_of(double value) { return static_cast<int>(std::floor(std::log10(std::abs(value) / kNextPower))); }

/// Digits in groups of three before the point.
std::string grouped(std::string digits) {
    const std::size_t point = std::min(digits.find('.'), digits.size());
    for (std::size_t at = point; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

}  // namespace

std::string magnitude_text(double magnitude, int decimals) {
    if (!std::isfinite(magnitude)) return "not available";
    const bool lost = magnitude > 0 && magnitude < 1e-6 && decimals == kMostDecimals;
    if (magnitude >= 1e15 || lost) return fmt::format("{:.2e}", magnitude);
    return grouped(fmt::format("{:.{}f}", magnitude, decimals));
}

std::string sign_of(double value, const std::string& digits, bool plus) {
    if (!std::isfinite(value) || digits.find_first_of("123456789") == std::string::npos) return "";
    return value < 0 ? "-" : plus ? "+" : "";
}

int decimals_for(double value, int significant) {
    if (value == 0 || !std::isfinite(value)) return 0;
    return std::clamp(significant - 1 - magnitude_of(value), 0, kMostDecimals);
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

std::string size_text(double bytes) {
    constexpr double kMega = 1 << 20, kGiga = 1 << 30;
    return bytes < kGiga ? number_text(bytes / kMega) + " MB" : number_text(bytes / kGiga) + " GB";
}

std::string duration_text(double seconds) {
    const auto s = std::llround(std::clamp(seconds, 0.0, 1e12));
    if (s < 100) return fmt::format("{} s", s);
    if (s < 6000) return fmt::format("{} min {:02} s", s / 60, s % 60);
    if (s < 48 * 3600) return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
    return fmt::format("{} d {} h", grouped(std::to_string(s / 86'400)), s % 86'400 / 3600);
}

std::string csv_field(const std::string& text) {
    const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    const std::string shown = formula ? "'" + text : text;
    if (shown.find_first_of(",\"\r\n") == std::string::npos) return shown;
    std::string quoted = "\"";
    for (const char c : shown) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + '"';
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", grouped(std::to_string(count)), noun, count == 1 ? "" : "s");
}

}  // namespace entrepot::results
