#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "models/network/ids.hpp"

/// The days of a run: business days, phases, moments.
namespace entrepot::models {

/// Day 0 starts at sim::kStart. The study measures the days [warmup, warmup + measure).
struct Calendar {
    std::string start_date;  ///< ISO date of day 0
    int first_weekday = 0;   ///< of day 0: 0 = Monday
    int warmup_days = 0, measure_days = 0, cooldown_days = 0;

    int total_days() const { return warmup_days + measure_days + cooldown_days; }
    int weekday(int day) const { return (first_weekday + day) % 7; }
    int working_days = 5;  ///< of a week, from Monday
    bool is_business_day(int day) const { return weekday(day) < working_days; }
};

/// Shares of a day's events by hour of the day; they sum to 1.
using HourProfile = std::array<double, 24>;

/// A point of time with a name, at which inventory policies' locations are looked at.
struct Moment {
    std::string name;
    Duration at{};     ///< since the start of day 0
    Duration since{};  ///< demand is counted from here to there
    int low = 0;       ///< a location with so many units on hand less waiting, or fewer, is low
};

/// A part of the measured horizon with a name, by which KPIs can be sliced ("before", "spike", "after").
struct Phase {
    std::string name;
    int first_day = 0, end_day = 0;  ///< [first, end), days since day 0
};

inline int day_of(Time t) { return static_cast<int>(std::chrono::floor<sim::days>(t.time_since_epoch()).count()); }
inline Time start_of(int day) { return sim::kStart + sim::days{day}; }
inline Time at_minute(int day, int minute) { return start_of(day) + sim::minutes{minute}; }
inline Time at_hour(int day, int hour) { return start_of(day) + sim::hours{hour}; }

/// Coordinate of draws at a moment: two at one address are microseconds apart at least.
inline std::uint32_t moment(Time t) {
    const auto micros = static_cast<std::uint64_t>(t.time_since_epoch().count());
    return static_cast<std::uint32_t>((micros * 0x9E3779B97F4A7C15ull) >> 32);
}

/// Whole seconds since the start.
inline std::uint32_t second_of(Time t) {
    return static_cast<std::uint32_t>(std::chrono::floor<sim::seconds>(t.time_since_epoch()).count());
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
    for (int weekday = calendar.weekday(day); count > 0; count -= weekday < calendar.working_days) {
        ++day;
        weekday = weekday == 6 ? 0 : weekday + 1;
    }
    return business_day_from(calendar, day);
}

/// The next multiple of `interval` after t, counted from midnight; t itself when there is no interval.
inline Time next_beat(Time t, Duration interval) {
    if (interval <= Duration::zero()) return t;
    const Duration since = t.time_since_epoch();
    return sim::kStart + (since / interval + 1) * interval;
}

}  // namespace entrepot::models
