#include "scenarios/kind.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace entrepot::scenarios {

namespace {

constexpr std::array<UnitName, 5> kDurations{
    {{"d", kDay}, {"w", 7 * kDay}, {"h", kDay / 24}, {"min", kDay / 1440}, {"s", 1e6}}};
constexpr std::array<UnitName, 5> kDays{
    {{"d", 1}, {"w", 7}, {"h", 1.0 / 24}, {"min", 1.0 / 1440}, {"s", 1.0 / 86'400}}};
constexpr std::array<UnitName, 2> kWholeDays{{{"d", 1}, {"w", 7}}};
constexpr std::array<UnitName, 5> kHours{{{"h", 1}, {"min", 1.0 / 60}, {"d", 24}, {"s", 1.0 / 3600}, {"w", 168}}};
constexpr std::array<UnitName, 5> kMinutes{{{"min", 1}, {"h", 60}, {"s", 1.0 / 60}, {"d", 1440}, {"w", 10'080}}};
constexpr std::array<UnitName, 1> kShares{{{"%", 0.01}}};
constexpr std::array<UnitName, 3> kPounds{{{"lb", 1}, {"kg", 2.2046226218}, {"oz", 1.0 / 16}}};
constexpr std::array<UnitName, 12> kQuantities{{{"lines/h", 1},
                                                {"orders/d", 1},
                                                {"lines/order", 1},
                                                {"units/line", 1},
                                                {"units/pallet", 1},
                                                {"miles/d", 1},
                                                {"people", 1},
                                                {"FTE", 1},
                                                {"spikes/y", 1},
                                                {"y", 1},
                                                {"h/d", 1},
                                                {"/y", 1}}};

/// A limit as it is told: with its unit, but for zero.
std::string bound(double value, const Kind& kind) {
    if (kind.form == Kind::Form::money || kind.bare || value == 0) return fmt::format("{}", value);
    std::string text = format(value, kind, "");
    return text.substr(1, text.size() - 2);  // without the quotes
}

}  // namespace

Kind Kind::at_least(double value) const {
    Kind kind = *this;
    kind.least = value;
    kind.above = false;
    return kind;
}

Kind Kind::more_than(double value) const {
    Kind kind = *this;
    kind.least = value;
    kind.above = true;
    return kind;
}

Kind Kind::at_most(double value) const {
    Kind kind = *this;
    kind.most = value;
    kind.tells_most = value < 1e9;
    return kind;
}

Kind Kind::required() const {
    Kind kind = *this;
    kind.need = Need::always;
    return kind;
}

Kind Kind::or_else(std::string_view words) const {
    Kind kind = *this;
    kind.otherwise = words;
    return kind;
}

Kind Kind::if_asked() const {
    Kind kind = *this;
    kind.need = Need::if_asked;
    return kind;
}

bool Kind::allows(double value) const {
    if (!std::isfinite(value) || value > most || value < least) return false;
    if (above && value <= least) return false;
    return !whole || value == std::floor(value);
}

std::string Kind::wanted() const {
    std::string text(noun);
    if (form == Form::choice) {
        text = fmt::format("one of {}", fmt::join(choices, ", "));
    } else if (form == Form::number || form == Form::money) {
        const bool low = std::isfinite(least) && least > -1e14;
        const bool high = tells_most;
        if (low) text += fmt::format(" {} {}", above ? ">" : ">=", bound(least, *this));
        if (high) text += fmt::format("{} <= {}", low ? " and" : "", bound(most, *this));
    }
    if (!example.empty()) text += fmt::format(" ({})", example);
    if (example.empty() && form == Form::number && !bare) text += fmt::format(" (\"{} {}\")", 40, units.front().name);
    return text;
}

std::string Kind::wanted_in_place_of(const Node& node, std::string_view currency) const {
    Kind without = *this;
    without.most = std::numeric_limits<double>::infinity();
    std::string got;
    Kind told = *this;
    told.tells_most = tells_most || read_number(node, without, currency, got).has_value();
    return told.wanted() + (otherwise.empty() ? "" : fmt::format("; {}", otherwise));
}

Kind number(double least, double most) {
    Kind kind;
    kind.tells_most = most < 1e9;
    kind.least = least;
    kind.most = most;
    return kind;
}

Kind count(double least, double most) {
    Kind kind = number(least, most);
    kind.noun = "a whole number";
    kind.whole = true;
    return kind;
}

Kind share() {
    Kind kind = number(0, 1);
    kind.noun = "a share";
    kind.example = "0.95 or \"95 %\"";
    kind.units = kShares;
    return kind;
}

Kind duration() {
    Kind kind;
    kind.noun = "a duration";
    kind.example = "\"14 d\", \"3 h\", \"30 min\", \"45 s\" or \"2 w\"";
    kind.units = kDurations;
    kind.bare = false;
    kind.least = 0;
    kind.most = 36'500 * kDay;
    return kind;
}

Kind days() {
    Kind kind = duration();
    kind.units = kDays;
    kind.most = 36'500;
    return kind;
}

Kind whole_days() {
    Kind kind = days();
    kind.noun = "whole days";
    kind.example = "\"14 d\" or \"2 w\"";
    kind.units = kWholeDays;
    kind.whole = true;
    return kind;
}

Kind hours() {
    Kind kind = days();
    kind.units = kHours;
    kind.most = 876'000;
    return kind;
}

Kind minutes() {
    Kind kind = days();
    kind.units = kMinutes;
    kind.most = 52'560'000;
    return kind;
}

Kind pounds() {
    Kind kind = number(0, 1e6);
    kind.tells_most = false;
    kind.noun = "a weight";
    kind.example = "\"0.8 lb\" or \"1.2 kg\"";
    kind.units = kPounds;
    kind.bare = false;
    return kind;
}

Kind quantity(std::string_view unit) {
    Kind kind = number(0, 1e9);
    const auto it =
        std::find_if(kQuantities.begin(), kQuantities.end(), [&](const UnitName& known) { return known.name == unit; });
    kind.units = {&*it, 1};
    kind.noun = "a number with its unit";
    kind.example = "";
    kind.bare = false;
    return kind;
}

Kind money(std::string_view per) {
    Kind kind = number(0, 1e12);
    kind.form = Kind::Form::money;
    kind.noun = "an amount";
    kind.example = "\"$27\" or \"27 USD\"";
    kind.per = per;
    kind.bare = false;
    return kind;
}

Kind clock() {
    static constexpr UnitName kMinute{"min", 1};
    Kind kind = number(0, 24 * 60);
    kind.form = Kind::Form::clock;
    kind.noun = "a time of day";
    kind.example = "\"17:00\"";
    kind.units = {&kMinute, 1};
    kind.bare = false;
    kind.whole = true;
    return kind;
}

Kind clock_hour() {
    static constexpr UnitName kHour{"h", 60};
    Kind kind = clock();
    kind.noun = "a full hour of the day";
    kind.units = {&kHour, 1};
    kind.most = 24;
    return kind;
}

Kind weekday() { return choice({"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}); }

Kind choice(std::vector<std::string_view> names) {
    Kind kind;
    kind.form = Kind::Form::choice;
    kind.noun = "a name";
    kind.choices = std::move(names);
    kind.bare = false;
    return kind;
}

Kind date() {
    Kind kind;
    kind.form = Kind::Form::date;
    kind.noun = "a date";
    kind.example = "2026-01-05";
    kind.bare = false;
    return kind;
}

Kind day_or_date() {
    Kind kind = whole_days();
    kind.form = Kind::Form::day_or_date;
    kind.noun = "whole days or a date";
    kind.example = "\"14 d\" or 2026-01-05";
    kind.most = 2 * kDates;
    return kind;
}

Kind text() {
    Kind kind;
    kind.form = Kind::Form::text;
    kind.noun = "a text in quotes";
    kind.bare = false;
    return kind;
}

Kind flag() {
    Kind kind;
    kind.form = Kind::Form::flag;
    kind.noun = "true or false";
    kind.bare = false;
    return kind;
}

}  // namespace entrepot::scenarios
