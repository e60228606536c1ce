#pragma once

#include <string>

#include "models/network/calendar.hpp"
#include "results/text/days.hpp"

/// Moments as users say and read them.
namespace entrepot::studies::cli {

/// The clock of a scenario, as people count: from the start of the measured window, or by dates.
class Clock {
public:
    explicit Clock(const models::Calendar& calendar)
        : days_(calendar.start_date, calendar.warmup_days), warmup_(calendar.warmup_days) {}

    /// "40 d", "-3.5 d" or "2026-05-26". UsageError for anything else, and for what lies before the warm-up.
    models::Time read(const std::string& text, const std::string& option) const;

    /// "day 40 (Tue 2026-05-12)", of a day since day 0.
    std::string day(int day) const { return days_.text(days_.of(day)); }

    /// "day 40 (Tue 2026-05-12) 13:05:02.123456"
    std::string shown(models::Time t) const;

private:
    results::Days days_;
    int warmup_;
};

}  // namespace entrepot::studies::cli
