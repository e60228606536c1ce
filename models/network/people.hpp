#pragma once

#include "models/network/calendar.hpp"
#include "models/units.hpp"

/// Who decides: planners and customer service.
namespace entrepot::models {

struct Office {
    int planners = 0;
    int service_agents = 0;       ///< customer service
    double productive_hours = 8;  ///< per person and business day, from start_hour on
    int start_hour = 8;
    Money planner_cost_per_hour;
    Money agent_cost_per_hour;
    double minutes_per_line = 0;    ///< planner: one purchase line, all by hand
    double minutes_per_review = 0;  ///< planner: check one recommended line
    double minutes_per_exception = 0;
    double agent_minutes_per_escalation = 0;
};

/// The moment at which `work` office time has passed since t: eight hours a business day from the office's opening.
inline Time add_office_time(const Calendar& calendar, const Office& office, Time t, Duration work) {
    constexpr Duration kOfficeDay = sim::hours{8};
    int day = day_of(t);
    while (true) {
        const Time opens = at_hour(day, office.start_hour);
        const Time closes = opens + kOfficeDay;
        if (calendar.is_business_day(day) && t < closes) {
            if (t < opens) t = opens;
            if (t + work <= closes) return t + work;
            work -= closes - t;
        }
        t = start_of(++day);
    }
}

}  // namespace entrepot::models
