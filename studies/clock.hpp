#pragma once

#include <stdexcept>
#include <string>

#include "models/network/network.hpp"
#include "results/text/days.hpp"

/// Moments as people say and read them, in every command and in the window.
namespace entrepot::studies {

/// The clock of a scenario. Days are counted from the start of the measured window, or told by dates.
class Clock {
public:
    /// What was got instead of a moment, and what is wanted: "got 'soon', want a time ...".
    struct Unreadable : std::invalid_argument {
        using std::invalid_argument::invalid_argument;
    };

    explicit Clock(const models::Calendar& calendar);

    /// "40", "40 d", "-3.5 d", "36.5 h" or "2026-05-26". Unreadable for anything else, and for what lies before the
    /// warm-up.
    models::Time read(const std::string& text) const;
    /// The day of such a moment, since day 0. Unreadable also for what comes after the last day.
    int read_day(const std::string& text) const;
    /// "from day -14 (Mon 2026-01-05) to day 27 (Sun 2026-02-15)".
    std::string range() const;

    const results::Days& days() const { return days_; }
    /// "day 52 (Tue 2026-05-26)", of a day since day 0 or of a moment.
    std::string day(int day) const { return days_.text(days_.of(day)); }
    std::string day(models::Time t) const;
    /// "10:42".
    static std::string hour(models::Time t);
    /// "day 52 (Tue 2026-05-26) 10:42".
    std::string moment(models::Time t) const { return day(t) + " " + hour(t); }
    /// "26 May 10:42", or without dates "day 52 10:42".
    std::string short_moment(models::Time t) const;
    /// "day 52 (Tue 2026-05-26) 10:42:03.123456".
    std::string exact(models::Time t) const;
    /// "2026-05-26T10:42:03.125", or without dates "day 52T10:42:03.125".
    std::string iso(models::Time t) const;
    /// Days of the measured window's count, with what is no whole day.
    double number(models::Time t) const;

private:
    results::Days days_;
    int warmup_, days_of_run_;
};

}  // namespace entrepot::studies
