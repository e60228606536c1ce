#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/kind.hpp"
#include "scenarios/trim.hpp"

/// Values as text: read, and written so that they can be read again.
namespace entrepot::scenarios {

namespace {

/// Takes a number off the front; nothing when there is none or it isn't finite.
std::optional<double> take_number(std::string_view& text) {
    std::string_view rest = text;
    if (!rest.empty() && rest.front() == '+') rest.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
    text = rest.substr(static_cast<std::size_t>(end - rest.data()));
    return value;
}

/// "$27", "-$27", "27 USD", with "/h" where the kind says so.
std::optional<double> parse_money(std::string_view text, const Kind& kind, std::string_view currency) {
    text = trimmed(text);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::string_view symbol = symbol_of(currency);
    const bool prefixed = !symbol.empty() && text.starts_with(symbol);
    if (prefixed) text = trimmed(text.substr(symbol.size()));
    std::optional<double> value = take_number(text);
    if (!value) return std::nullopt;
    text = trimmed(text);
    if (!kind.per.empty()) {
        const std::string per = fmt::format("/{}", kind.per);
        if (text.ends_with(per)) text = trimmed(text.substr(0, text.size() - per.size()));
    }
    if (!prefixed && text.starts_with(currency)) {
        text = trimmed(text.substr(currency.size()));
    } else if (!prefixed) {
        return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    return negative ? -*value : *value;
}

std::optional<double> parse_with_unit(std::string_view text, const Kind& kind) {
    text = trimmed(text);
    const std::optional<double> value = take_number(text);
    if (!value) return std::nullopt;
    text = trimmed(text);
    if (text.empty()) return kind.bare ? value : std::nullopt;
    for (const UnitName& unit : kind.units) {
        if (text == unit.name) return *value * unit.factor;
    }
    return std::nullopt;
}

/// Minutes after midnight of "17:00" or "17:00:00".
std::optional<double> parse_clock(std::string_view text) {
    int parts[3] = {0, 0, 0};
    int n = 0;
    while (n < 3) {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts[n]);
        if (error != std::errc{} || parts[n] < 0) return std::nullopt;
        ++n;
        text = text.substr(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) break;
        if (text.front() != ':') return std::nullopt;
        text.remove_prefix(1);
    }
    const int minutes = parts[0] * 60 + parts[1];
    if (n < 2 || !text.empty() || parts[0] > 24 || parts[1] > 59 || parts[2] != 0 || minutes > 24 * 60) {
        return std::nullopt;
    }
    return minutes;
}

std::optional<double> parse(std::string_view text, const Kind& kind, std::string_view currency) {
    switch (kind.form) {
        case Kind::Form::money:
            return parse_money(text, kind, currency);
        case Kind::Form::clock: {
            const std::optional<double> minutes = parse_clock(text);
            return minutes ? std::optional(*minutes / kind.units.front().factor) : std::nullopt;
        }
        case Kind::Form::date:
            return parse_date(text);
        case Kind::Form::day_or_date: {
            const std::optional<double> date = parse_date(text);
            return date ? std::optional(kDates + *date) : parse_with_unit(text, kind);
        }
        case Kind::Form::choice: {
            const auto it = std::find(kind.choices.begin(), kind.choices.end(), text);
            if (it == kind.choices.end()) return std::nullopt;
            return static_cast<double>(it - kind.choices.begin());
        }
        default:
            return parse_with_unit(text, kind);
    }
}

}  // namespace

std::string_view symbol_of(std::string_view currency) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSymbols{
        {{"USD", "$"}, {"CAD", "$"}, {"AUD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"JPY", "¥"}, {"CNY", "¥"}}};
    for (const auto& [code, symbol] : kSymbols) {
        if (code == currency) return symbol;
    }
    return {};
}

std::optional<double> read_number(const Node& node, const Kind& kind, std::string_view currency, std::string& got) {
    got = shown(node);
    std::optional<double> value;
    if (const std::string* written = node.text()) {
        value = parse(*written, kind, currency);
    } else if (const auto* literal = std::get_if<Literal>(&node.value)) {
        const auto forms = {Kind::Form::clock, Kind::Form::date, Kind::Form::day_or_date};
        if (std::ranges::find(forms, kind.form) != forms.end()) value = parse(literal->text, kind, currency);
    } else if (kind.bare || (kind.form != Kind::Form::clock && !kind.units.empty())) {
        if (const auto* integer = std::get_if<std::int64_t>(&node.value)) value = static_cast<double>(*integer);
        if (const auto* real = std::get_if<double>(&node.value)) value = *real;
        if (value && !kind.bare && *value != 0) {  // zero needs no unit
            got += " without a unit";
            value.reset();
        }
    }
    if (value && !kind.allows(*value)) value.reset();
    return value;
}

std::string format(double value, const Kind& kind, std::string_view currency) {
    switch (kind.form) {
        case Kind::Form::money: {
            return fmt::format("\"{} {}{}{}\"", value, currency, kind.per.empty() ? "" : "/", kind.per);
        }
        case Kind::Form::clock: {
            const int minute = static_cast<int>(value * kind.units.front().factor);
            return fmt::format("\"{:02}:{:02}\"", minute / 60, minute % 60);
        }
        case Kind::Form::date: {
            const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{static_cast<int>(value)}}};
            return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                               static_cast<unsigned>(day.day()));
        }
        case Kind::Form::day_or_date:
            if (value > kDates / 2) return format(value - kDates, date(), currency);
            break;
        case Kind::Form::choice:
            return toml_string(kind.choices[static_cast<std::size_t>(value)]);
        default:
            break;
    }
    if (kind.units.empty() || kind.bare) return fmt::format("{}", value);
    const UnitName* best = &kind.units.front();  // the largest unit that leaves a short number
    std::string shortest = fmt::format("{}", value / best->factor);
    for (const UnitName& unit : kind.units) {
        if (unit.name == "w" || unit.name == "kg") continue;
        const std::string digits = fmt::format("{}", value / unit.factor);
        if (digits.size() < shortest.size() || (digits.size() == shortest.size() && unit.factor > best->factor)) {
            const double back = std::stod(digits) * unit.factor;
            if (back != value) continue;
            best = &unit;
            shortest = digits;
        }
    }
    return fmt::format("\"{} {}\"", shortest, best->name);
}

std::string toml_string(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            result += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::optional<double> parse_duration(std::string_view text) {
    std::string got;
    return read_number(Node{.value = std::string(text)}, duration(), {}, got);
}

std::optional<double> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto part = [&](std::size_t first, std::size_t size) {
        int value = -1;
        const char* end = text.data() + first + size;
        const auto [stop, error] = std::from_chars(text.data() + first, end, value);
        return error == std::errc{} && stop == end ? value : -1;
    };
    const int y = part(0, 4), m = part(5, 2), d = part(8, 2);
    if (y < 1900 || m < 0 || d < 0) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                                          std::chrono::day{static_cast<unsigned>(d)}};
    if (!day.ok()) return std::nullopt;
    return static_cast<double>(std::chrono::sys_days{day}.time_since_epoch().count());
}

}  // namespace entrepot::scenarios
