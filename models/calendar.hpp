#pragma once

#include <algorithm>

#include "models/network.hpp"

namespace entrepot::models {

inline int day_of(Time t) { return static_cast<int>(std::chrono::floor<sim::days>(t.time_since_epoch()).count()); }
inline Time start_of(int day) { return sim::kStart + sim::days{day}; }
inline Time at_minute(int day, int minute) { return start_of(day) + sim::minutes{minute}; }
inline Time at_hour(int day, int hour) { return start_of(day) + sim::hours{hour}; }

/// Coordinate of draws at a moment: two at one address are microseconds apart at least.
inline std::uint32_t moment(Time t) {
    const auto micros = static_cast<std::uint64_t>(t.time_since_epoch().count());
    return static_cast<std::uint32_t>((micros * 0x9E3779B97F4A7C15ull) >> 32);
}

/// The first business day on or after `day`.
inline int business_day_from(const Calendar& calendar, int day) {
    if (calendar.working_days >= 7) return day;
    while (!calendar.is_business_day(day)) ++day;
    return day;
}

/// The day that lies `count` business days after `day`.
inline int add_business_days(const Calendar& calendar, int day, int count) {
    if (calendar.working_days >= 7) return day + std::max(count, 0);
    while (count > 0) {
        ++day;
        if (calendar.is_business_day(day)) --count;
    }
    return business_day_from(calendar, day);
}

/// The next multiple of `interval` after t, counted from midnight; t itself when there is no interval.
inline Time next_beat(Time t, Duration interval) {
    if (interval <= Duration::zero()) return t;
    const Duration since = t.time_since_epoch();
    return sim::kStart + (since / interval + 1) * interval;
}

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
