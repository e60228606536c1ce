#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers and dates as people and programs write them into data files. What can be read in two ways is read in
/// neither.
namespace entrepot::scenarios {

/// The sign before a number's fraction.
enum class Decimal : std::uint8_t { unknown, point, comma };

/// Which sign a number shows to be its decimal one: "2.5" and "1,234.5" the point, "1.234.567" the comma. Unknown for
/// "20", which has none, and for "3.000", which may be 3 or 3000.
Decimal shown_by(std::string_view number);

/// A number with or without groups of three digits, an exponent, the currency's sign or code, and a minus before or
/// after it or brackets around it. Nothing for what is none, or is not as the decimal sign says; while that is unknown,
/// for all that have a point or a comma.
std::optional<double> parse_number(std::string_view text, Decimal decimal, std::string_view currency);

/// A date of a record. A whole week or month stands for its first day.
struct RecordDate {
    enum class Of : std::uint8_t { day, week, month };
    double day = 0;  ///< days since 1970-01-01
    Of of = Of::day;
};

/// Which of day and month stands first in a date whose year stands last: "19/01/2026", "19.1.2026", "1-19-2026".
enum class DateOrder : std::uint8_t { unknown, day_first, month_first };

/// Which of them such a date shows to be first, by a day above 12. Unknown for "05/01/2026", and for what is no such
/// date.
DateOrder order_shown_by(std::string_view date);

/// "2026-01-05", "2026/1/5", "20260105", and by the order "5/1/2026", each also with a time of day, "2026-W02" or
/// "2026-01".
std::optional<RecordDate> parse_record_date(std::string_view text, DateOrder order = DateOrder::unknown);

/// Why a text is not read as a date, where that can be said: ": the year has two digits".
std::string why_no_date(std::string_view text, DateOrder order = DateOrder::unknown);

}  // namespace entrepot::scenarios
