#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/tree.hpp"

/// What a single value of a scenario file may be: its unit, its range, and how both are told to the user. Every value
/// but texts and flags is carried as a real number in the unit that the program wants.
namespace entrepot::scenarios {

/// A unit as the user writes it, and how many of the program's units it is.
struct UnitName {
    std::string_view name;
    double factor = 1;
};

struct Kind {
    enum class Form : std::uint8_t { number, money, clock, choice, date, day_or_date, text, flag };
    /// When a key must be given: where its default is nothing that it may be, always, or where a check asks for it.
    enum class Need : std::uint8_t { without_default, always, if_asked };

    Form form = Form::number;
    std::string_view noun = "a number";  ///< with its article, for messages: "a duration"
    std::string_view example;            ///< as the user writes it
    std::string_view otherwise;          ///< what else the user may mean, told where a value is refused
    std::span<const UnitName> units;     ///< none: a bare number
    bool bare = true;                    ///< a number without a unit is accepted and means the program's unit
    bool whole = false;
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool tells_most = false;  ///< `most` is more than a guard against slips
    bool above = false;       ///< `least` itself is too little
    std::string_view per;     ///< of a money kind: "h" accepts "$27/h"
    std::vector<std::string_view> choices;
    Need need = Need::without_default;

    Kind at_least(double value) const;
    Kind more_than(double value) const;
    Kind at_most(double value) const;
    Kind required() const;
    /// Of a key beside which stands another one for what this one is not.
    Kind or_else(std::string_view words) const;
    /// Of a key that only some need: it may be missing where its default is nothing that it may be.
    Kind if_asked() const;
    bool allows(double value) const;
    /// What is wanted, such as `a duration >= 0 d ("14 d", "3 h")`.
    std::string wanted() const;
    /// The same for a value that was refused: a limit that is only a guard is told where it is what stopped it.
    std::string wanted_in_place_of(const Node& node, std::string_view currency) const;
};

inline constexpr double kDay = 86'400e6;  ///< microseconds

Kind number(double least = -1e15, double most = 1e15);
Kind count(double least = 0, double most = 1e9);
Kind share();                                      ///< 0.95 or "95 %", in [0,1]
Kind duration();                                   ///< microseconds, >= 0
Kind days();                                       ///< days, >= 0
Kind whole_days();                                 ///< whole days, >= 0
Kind hours();                                      ///< hours, >= 0
Kind minutes();                                    ///< minutes, >= 0
Kind pounds();                                     ///< lb, >= 0
Kind quantity(std::string_view unit);              ///< a number >= 0 with exactly this unit: "40 lines/h"
Kind money(std::string_view per = {});             ///< >= 0, in the scenario's currency
Kind clock();                                      ///< "17:00", minutes after midnight
Kind clock_hour();                                 ///< "17:00", whole hours after midnight, up to "24:00"
Kind weekday();                                    ///< Mon = 0
Kind choice(std::vector<std::string_view> names);  ///< the position of the name
template <std::size_t N>
Kind choice(const std::array<const char*, N>& names) {
    return choice(std::vector<std::string_view>(names.begin(), names.end()));
}
Kind date();                           ///< "2026-01-05", days since 1970-01-01
Kind day_or_date();                    ///< whole days, or kDates and the days since 1970-01-01 of a date
inline constexpr double kDates = 1e6;  ///< no span of days is that long
Kind text();
Kind flag();

/// The number that a value means, or nothing and in `got` what was found instead.
std::optional<double> read_number(const Node& node, const Kind& kind, std::string_view currency, std::string& got);

/// A number as TOML that `read_number` reads back.
std::string format(double value, const Kind& kind, std::string_view currency);

/// The sign of a currency by its ISO code: "$"; nothing where it has none of its own.
std::string_view symbol_of(std::string_view currency);

/// A text as a TOML string.
std::string toml_string(std::string_view text);

/// A duration as scenarios write it ("14 d", "3.5 h"), in microseconds; nothing for what is none.
std::optional<double> parse_duration(std::string_view text);

/// Days since 1970-01-01 of "2026-01-05"; nothing for what is no date.
std::optional<double> parse_date(std::string_view text);

}  // namespace entrepot::scenarios
