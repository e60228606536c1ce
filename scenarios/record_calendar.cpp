#include "scenarios/record_calendar.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "scenarios/kind.hpp"

namespace entrepot::scenarios {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

sys_days day_of(double date) { return sys_days{std::chrono::days{static_cast<int>(date)}}; }
year_month month_of(double date) {
    const year_month_day day{day_of(date)};
    return day.year() / day.month();
}
double first_of(year_month month) { return static_cast<double>(sys_days{month / 1}.time_since_epoch().count()); }

/// How often the commonest distance of two neighbours comes, and whether it is `wanted`.
template <class Distance>
bool usual(const DatesWithRows& dates, int wanted, Distance distance) {
    std::map<int, int> times;
    for (auto next = std::next(dates.begin()); next != dates.end(); ++next) {
        ++times[distance(std::prev(next)->first, next->first)];
    }
    const auto commonest =
        std::ranges::max_element(times, {}, [](const auto& distance_and_times) { return distance_and_times.second; });
    return commonest != times.end() && commonest->first == wanted;
}

}  // namespace

std::optional<double> stray(const DatesWithRows& dates) {
    constexpr double kFar = 182, kRatherFar = 56, kFew = 0.05;  // days, days, share of the rows
    std::size_t all = 0, before = 0;
    for (const auto& [date, rows] : dates) all += rows;
    std::optional<double> found;
    double farthest = 0;
    for (auto next = dates.begin(); next != dates.end() && std::next(next) != dates.end(); ++next) {
        before += next->second;
        const double first = next->first, second = std::next(next)->first;
        const std::size_t fewer = std::min(before, all - before);
        const bool few = static_cast<double>(fewer) < kFew * static_cast<double>(all);
        if (second - first <= (few ? kRatherFar : kFar) || second - first <= farthest) continue;
        farthest = second - first;
        found = before < all - before ? first : second;
    }
    return found;
}

std::optional<RowsOf> rows_by_distance(const DatesWithRows& dates) {
    if (dates.size() < 3) return std::nullopt;
    const auto all = [&](auto holds) {
        return std::ranges::all_of(dates, [&](const auto& d) { return holds(d.first); });
    };
    const auto days = [](double a, double b) { return static_cast<int>(b - a); };
    const auto months = [](double a, double b) { return static_cast<int>((month_of(b) - month_of(a)).count()); };
    const bool firsts = all([](double date) { return first_of(month_of(date)) == date; });
    const bool lasts = all([](double date) { return month_of(date + 1) != month_of(date); });
    if ((firsts || lasts) && usual(dates, 1, months)) return RowsOf::months;
    const bool one_weekday = all([&](double date) { return weekday_of(date) == weekday_of(dates.begin()->first); });
    if (one_weekday) return usual(dates, 7, days) ? std::optional(RowsOf::weeks) : std::nullopt;
    // Two deliveries a week are days; dates that are farther apart may be weeks around holidays.
    const double span = dates.rbegin()->first - dates.begin()->first + 1;
    if (static_cast<double>(dates.size()) >= 0.25 * span) return RowsOf::days;
    return std::nullopt;
}

int weekday_of(double date) { return static_cast<int>(std::chrono::weekday{day_of(date)}.iso_encoding()) - 1; }

int usual_weekday(const DatesWithRows& dates) {
    std::array<std::size_t, 7> rows{};
    for (const auto& [date, count] : dates) rows[static_cast<std::size_t>(weekday_of(date))] += count;
    return static_cast<int>(std::max_element(rows.begin(), rows.end()) - rows.begin());
}

std::vector<double> period_starts(const DatesWithRows& dates, RowsOf rows) {
    const double first = dates.begin()->first, last = dates.rbegin()->first;
    std::vector<double> starts;
    if (rows == RowsOf::months) {
        for (year_month month = month_of(first); month <= month_of(last) + std::chrono::months{1};
             month += std::chrono::months{1}) {
            starts.push_back(first_of(month));
        }
        return starts;
    }
    const double length = rows == RowsOf::weeks ? 7 : 1;
    for (double start = first; start < last + 2 * length; start += length) starts.push_back(start);
    return starts;
}

std::string date_text(double date) { return format(date, scenarios::date(), ""); }

}  // namespace entrepot::scenarios
