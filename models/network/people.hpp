#pragma once

#include <optional>

#include "models/network/calendar.hpp"
#include "models/network/distributions.hpp"
#include "models/units.hpp"

/// Who decides: planners and customer service.
namespace entrepot::models {

struct Office {
    int planners = 0;
    int service_agents = 0;       ///< customer service
    double productive_hours = 8;  ///< per person and business day, from start_hour on
    int start_hour = 8;
    double opening_hours = 8;  ///< of a business day, in which approvals are given
    int forecast_hour = 5;     ///< of each day: forecasts take in what was recorded, after the nightly batch
    Money planner_cost_per_hour;
    Money agent_cost_per_hour;
    double minutes_per_line = 0;    ///< planner: one purchase line, all by hand
    double minutes_per_review = 0;  ///< planner: check one recommended line
    double minutes_per_exception = 0;
    double overdue_alarm_days = 3;              ///< a late line is pursued where the stock lasts no longer
    int overdue_hour = 9;                       ///< when somebody looks for what was due the day before
    Duration least_to_expedite = sim::days{2};  ///< what comes sooner can't be expedited
    double lead_time_cv_on_record = 0.25;       ///< spread of lead times that the item master assumes
    int receipts_known = 5;                     ///< its lead times count as so many receipts on day 0
    int receipts_remembered = 20;               ///< by which lead times are estimated, the newest ones
    double agent_minutes_per_escalation = 0;
    double handling_cv = 0.5;   ///< of the minutes of a case, lognormal
    double search_sigma = 0.5;  ///< of the logarithm of an agent's search for facts
    double urgent_share = 0.5;  ///< of the people, rounded up, whom urgent cases may take while others wait
    // Laws of a case's time, in place of its minutes and their cv.
    std::optional<TimeDistribution> line_time, review_time, exception_time, escalation_time;
};

/// The moment at which `work` office time has passed since t: while the office is open on a business day.
inline Time add_office_time(const Calendar& calendar, const Office& office, Time t, Duration work) {
    const Duration open = sim::from_real<sim::hours>(office.opening_hours);
    int day = day_of(t);
    while (true) {
        const Time opens = at_hour(day, office.start_hour);
        const Time closes = opens + open;
        if (calendar.is_business_day(day) && t < closes) {
            if (t < opens) t = opens;
            if (t + work <= closes) return t + work;
            work -= closes - t;
        }
        t = start_of(++day);
    }
}

}  // namespace entrepot::models
