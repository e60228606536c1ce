#include "scenarios/fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "scenarios/kind.hpp"
#include "scenarios/trim.hpp"

namespace entrepot::scenarios {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), digit); }

/// The kinds of space and apostrophe that stand between groups of digits, as a space.
std::string with_plain_spaces(std::string_view text) {
    static constexpr std::array<std::string_view, 5> kGroups{"\u00A0", "\u202F", "\u2009", "\u2019", "'"};
    std::string plain(text);
    for (const std::string_view group : kGroups) {
        for (std::size_t at = plain.find(group); at != std::string::npos; at = plain.find(group, at + 1)) {
            plain.replace(at, group.size(), 1, ' ');
        }
    }
    return plain;
}

/// Digits, or groups of them: three in each but the first, with one and the same of the signs between.
bool grouped(std::string_view text, std::string_view signs) {
    std::size_t first = 0;
    while (first < text.size() && digit(text[first])) ++first;
    if (first == text.size()) return first > 0;
    if (first < 1 || first > 3 || signs.find(text[first]) == std::string_view::npos) return false;
    const char sign = text[first];
    for (std::size_t i = first; i < text.size(); i += 4) {
        if (text[i] != sign || text.size() - i < 4 || !digits(text.substr(i + 1, 3))) return false;
    }
    return true;
}

/// Takes sign, brackets and currency off; true for a negative number.
bool take_frame(std::string_view& text, std::string_view currency) {
    bool negative = false;
    const std::string_view symbol = symbol_of(currency);
    for (bool found = true; found;) {
        text = trimmed(text);
        found = false;
        const auto front = [&](std::string_view part) {
            if (part.empty() || !text.starts_with(part)) return false;
            text.remove_prefix(part.size());
            return found = true;
        };
        const auto back = [&](std::string_view part) {
            if (part.empty() || !text.ends_with(part)) return false;
            text.remove_suffix(part.size());
            return found = true;
        };
        if (text.starts_with('(') && text.ends_with(')')) {
            text = text.substr(1, text.size() - 2);
            negative = found = true;
        }
        if (!negative && (front("-") || front("\u2212") || back("-"))) negative = true;
        front(symbol) || front(currency) || back(symbol) || back(currency);
    }
    if (!negative && text.starts_with('+')) text.remove_prefix(1);
    return negative;
}

/// Reads whole digits from the front of a text.
std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
    std::size_t size = 0;
    while (size < text.size() && size < most && digit(text[size])) ++size;
    if (size < least) return std::nullopt;
    int value = 0;
    std::from_chars(text.data(), text.data() + size, value);
    text.remove_prefix(size);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

/// Nothing, or a time of day.
bool is_time(std::string_view text) {
    if (text.empty()) return true;
    if (text.front() != 'T' && text.front() != ' ') return false;
    text.remove_prefix(1);
    const auto hour = take_digits(text, 1, 2);
    return hour && *hour <= 24 && take(text, ':') && take_digits(text, 2, 2);
}

std::optional<RecordDate> day_of(int year, int month, int day, RecordDate::Of of) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (year < 1900 || !date.ok()) return std::nullopt;
    return RecordDate{static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count()), of};
}

/// A date whose year stands last: its two numbers before it, and the year. What follows stays in the text, which is as
/// it was where it is no such date.
struct YearLast {
    int first = 0, second = 0, year = 0;
};
std::optional<YearLast> take_year_last(std::string_view& text) {
    std::string_view rest = trimmed(text);
    const auto first = take_digits(rest, 1, 2);
    if (!first || rest.empty() || std::string_view("/.-").find(rest.front()) == std::string_view::npos) return {};
    const char sign = rest.front();
    take(rest, sign);
    const auto second = take_digits(rest, 1, 2);
    if (!second || !take(rest, sign)) return {};
    const auto year = take_digits(rest, 4, 4);
    if (!year || (!rest.empty() && digit(rest.front()))) return {};
    text = rest;
    return YearLast{*first, *second, *year};
}

/// The Monday of a week by ISO 8601: week 1 has the year's first Thursday.
std::optional<RecordDate> week_of(int year, int week) {
    using namespace std::chrono;
    if (year < 1900 || week < 1) return std::nullopt;
    const auto first = [](int of) {
        const sys_days fourth{std::chrono::year{of} / January / 4};
        return fourth - (std::chrono::weekday{fourth} - Monday);
    };
    const sys_days monday = first(year) + weeks{week - 1};
    if (monday >= first(year + 1)) return std::nullopt;
    return RecordDate{static_cast<double>(monday.time_since_epoch().count()), RecordDate::Of::week};
}

}  // namespace

Decimal shown_by(std::string_view number) {
    std::string text = with_plain_spaces(number);
    const auto shows = [](char sign) { return sign == '.' ? Decimal::point : Decimal::comma; };
    const auto other = [&](char sign) { return shows(sign == '.' ? ',' : '.'); };
    const std::size_t last = text.find_last_of(".,");
    if (last == std::string::npos || std::none_of(text.begin(), text.end(), digit)) return Decimal::unknown;
    const char sign = text[last];
    const std::size_t first = text.find_first_of(".,");
    if (text[first] != sign) return shows(sign);
    if (first != last) return other(sign);
    std::size_t before = last, after = last + 1;
    while (before > 0 && digit(text[before - 1])) --before;
    while (after < text.size() && digit(text[after])) ++after;
    const std::string_view whole = std::string_view(text).substr(before, last - before);
    const bool exponent = after < text.size() && (text[after] == 'e' || text[after] == 'E');
    const bool spaced = before > 1 && text[before - 1] == ' ' && digit(text[before - 2]);
    const bool group = after - last == 4 && whole.size() >= 1 && whole.size() <= 3 && whole.front() != '0';
    return group && !exponent && !spaced ? Decimal::unknown : shows(sign);
}

std::optional<double> parse_number(std::string_view written, Decimal decimal, std::string_view currency) {
    const std::string plain = with_plain_spaces(written);
    std::string_view text = plain;
    const bool negative = take_frame(text, currency);
    if (decimal == Decimal::unknown && text.find_first_of(".,") != std::string_view::npos) return std::nullopt;
    const char point = decimal == Decimal::comma ? ',' : '.';
    const std::string groups = decimal == Decimal::comma ? " ." : " ,";
    std::string_view exponent;
    if (const std::size_t at = text.find_first_of("eE"); at != std::string_view::npos) {
        exponent = text.substr(at + 1);
        text = text.substr(0, at);
        const std::size_t sign = exponent.starts_with('-') || exponent.starts_with('+');
        if (!digits(exponent.substr(sign)) || exponent.size() > 4) return std::nullopt;
        if (exponent.starts_with('+')) exponent.remove_prefix(1);
    }
    const std::size_t at = text.find(point);
    const std::string_view whole = text.substr(0, at);
    const std::string_view fraction = at == std::string_view::npos ? "" : text.substr(at + 1);
    if (!grouped(whole, groups) && !(whole.empty() && !fraction.empty())) return std::nullopt;
    if (!fraction.empty() && !digits(fraction)) return std::nullopt;
    std::string number(whole);
    std::erase_if(number, [](char c) { return !digit(c); });
    number = fmt::format("{}{}.{}e{}", negative ? "-" : "", number.empty() ? "0" : number,
                         fraction.empty() ? "0" : fraction, exponent.empty() ? "0" : exponent);
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    return error == std::errc{} && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

DateOrder order_shown_by(std::string_view date) {
    const auto numbers = take_year_last(date);
    if (!numbers) return DateOrder::unknown;
    const bool first = numbers->first > 12, second = numbers->second > 12;
    return first == second ? DateOrder::unknown : first ? DateOrder::day_first : DateOrder::month_first;
}

std::optional<RecordDate> parse_record_date(std::string_view text, DateOrder order) {
    using Of = RecordDate::Of;
    text = trimmed(text);
    if (const auto numbers = take_year_last(text)) {
        const auto& [first, second, year] = *numbers;
        if (order == DateOrder::unknown || !is_time(text)) return std::nullopt;
        const bool day_first = order == DateOrder::day_first;
        return day_of(year, day_first ? second : first, day_first ? first : second, Of::day);
    }
    if (text.size() == 8 && digits(text)) {
        const auto year = take_digits(text, 4, 4), month = take_digits(text, 2, 2), day = take_digits(text, 2, 2);
        return day_of(*year, *month, *day, Of::day);
    }
    const auto year = take_digits(text, 4, 4);
    if (!year || text.empty()) return std::nullopt;
    const char sign = text.front();
    if (sign == '-' && text.starts_with("-W")) text.remove_prefix(1);
    if (take(text, 'W')) {
        const auto week = take_digits(text, 1, 2);
        return week && text.empty() ? week_of(*year, *week) : std::nullopt;
    }
    if (sign != '-' && sign != '/') return std::nullopt;
    take(text, sign);
    const auto month = take_digits(text, 1, 2);
    if (!month) return std::nullopt;
    if (text.empty()) return day_of(*year, *month, 1, Of::month);
    if (!take(text, sign)) return std::nullopt;
    const auto day = take_digits(text, 1, 2);
    return day && is_time(text) ? day_of(*year, *month, *day, Of::day) : std::nullopt;
}

std::string why_no_date(std::string_view text, DateOrder order) {
    text = trimmed(text);
    if (digits(text) && text.size() == 5) return ": this is a spreadsheet's number of a day";
    std::string_view rest = text;
    if (take_year_last(rest)) {
        return order == DateOrder::day_first     ? " or one with the day before the month"
               : order == DateOrder::month_first ? " or one with the month before the day"
                                                 : ": day and month can be read both ways";
    }
    const auto first = take_digits(text, 1, 2);
    if (!first || text.empty() || std::string_view("/.-").find(text.front()) == std::string_view::npos) return "";
    const char sign = text.front();
    take(text, sign);
    return take_digits(text, 1, 2) && take(text, sign) ? ": the year has two digits" : "";
}

}  // namespace entrepot::scenarios
