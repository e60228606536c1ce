#pragma once

#include <string>
#include <vector>

#include "models/network/network.hpp"
#include "results/text/days.hpp"

/// How stories speak of times, spans and amounts.
namespace entrepot::studies::explain {

/// The calendar in words. Days are counted from the start of the measured window, as everywhere.
class Calendar {
public:
    explicit Calendar(const models::Calendar& calendar)
        : days_(calendar.start_date, calendar.warmup_days), warmup_(calendar.warmup_days) {}

    /// "day 52 (Tue 2026-05-26)" of a day since day 0.
    std::string day(int day) const { return days_.text(days_.of(day)); }
    std::string day(models::Time t) const;
    /// "10:42".
    static std::string clock(models::Time t);
    /// "day 52 (Tue 2026-05-26) 10:42".
    std::string moment(models::Time t) const { return day(t) + " " + clock(t); }
    /// "2026-05-26T10:42:03.125", or without dates "day 52T10:42:03.125".
    std::string iso(models::Time t) const;
    /// Days of the measured window's count, with what is no whole day.
    double number(models::Time t) const;

private:
    results::Days days_;
    int warmup_;
};

/// "40 seconds", "42 minutes", "5.2 hours", "3.4 days".
std::string span_text(models::Duration span);

/// "1 unit", "12 units", "1,204 units".
std::string count_text(long count, const std::string& one, const std::string& several = "");
inline std::string units_text(long units) { return count_text(units, "unit"); }

/// "first", "2nd", "3rd", "4th".
std::string ordinal_text(int n);

/// A sentence begins with a capital.
std::string sentence(std::string text);

/// "A", "A and B", "A, B and C".
std::string listed(const std::vector<std::string>& parts);

}  // namespace entrepot::studies::explain
