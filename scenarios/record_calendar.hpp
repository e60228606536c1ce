#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

/// From the dates of a record to the days, weeks or months that its rows stand for.
namespace entrepot::scenarios {

enum class RowsOf { days, weeks, months };

/// Dates [days since 1970-01-01] with the number of their rows.
using DatesWithRows = std::map<double, std::size_t>;

/// A date that is so far from the others that it is a slip of the pen, or nothing: half a year away, or eight weeks
/// with few rows beyond.
std::optional<double> stray(const DatesWithRows& dates);

/// What the rows of dates that don't say it stand for, by the dates' distances: most of them a day apart, all on one
/// weekday and mostly seven days apart, or all on the first or last day of a month and mostly a month apart. Nothing
/// where it may be one or the other.
std::optional<RowsOf> rows_by_distance(const DatesWithRows& dates);

/// The weekday on which most rows' weeks begin, 0 = Monday.
int usual_weekday(const DatesWithRows& dates);
int weekday_of(double date);

/// First days of the periods from the first date's to the last one's, and the day after: one more than there are
/// periods.
std::vector<double> period_starts(const DatesWithRows& dates, RowsOf rows);

std::string date_text(double date);

}  // namespace entrepot::scenarios
