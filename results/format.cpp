#include "results/format.hpp"

#include <cmath>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

/// Three significant digits with a scale letter.
std::string scaled(double magnitude) {
    if (magnitude >= 999.5e6) return fmt::format("{:.3g} bn", magnitude / 1e9);
    if (magnitude >= 999.5e3) return fmt::format("{:.3g} M", magnitude / 1e6);
    if (magnitude >= 9995) return fmt::format("{:.3g} k", magnitude / 1e3);
    if (magnitude >= 99.5) return fmt::format("{:.0f}", magnitude);
    if (magnitude >= 9.995) return fmt::format("{:.1f}", magnitude);
    return fmt::format("{:.2f}", magnitude);
}

std::string unit_suffix(const KpiInfo& kpi) { return kpi.unit.empty() ? "" : fmt::format(" {}", kpi.unit); }

}  // namespace

std::string money_text(double amount, const std::string& currency) {
    const std::string sign = amount < 0 ? "-" : "";
    const std::string unit = currency == "USD" ? "$" : currency + " ";
    return sign + unit + scaled(std::abs(amount));
}

std::string value_text(const KpiInfo& kpi, double value, const std::string& currency) {
    switch (kpi.form) {
        case Form::share:
        case Form::percentage:
            return fmt::format("{:.1f} %", 100 * value);
        case Form::money:
            return money_text(value, currency);
        case Form::per_day:
            if (kpi.kpi == Kpi::inventory_value) return money_text(value, currency);
            break;
        default:
            break;
    }
    return (value < 0 ? "-" : "") + scaled(std::abs(value)) + unit_suffix(kpi);
}

std::string difference_text(const KpiInfo& kpi, double difference, const std::string& currency) {
    const std::string sign = difference < 0 ? "-" : "+";
    if (kpi.form == Form::share || kpi.form == Form::percentage)
        return fmt::format("{}{:.1f} pt", sign, std::abs(100 * difference));
    return sign + value_text(kpi, std::abs(difference), currency);
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + '"';
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace entrepot::results
