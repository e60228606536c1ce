#include "studies/clock.hpp"

#include <fmt/format.h>

#include "models/network/calendar.hpp"
#include "scenarios/kind.hpp"
#include "studies/quoted.hpp"

namespace entrepot::studies {

using models::Time;

namespace {

std::int64_t micros_of_day(Time t) { return (t - models::start_of(models::day_of(t))).count(); }

}  // namespace

Clock::Clock(const models::Calendar& calendar)
    : days_(calendar.start_date, calendar.warmup_days),
      warmup_(calendar.warmup_days),
      days_of_run_(calendar.total_days()) {}

namespace {

/// "40" is "40 d".
std::string with_unit(const std::string& text) {
    const bool number = !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
    return number ? text + " d" : text;
}

}  // namespace

Time Clock::read(const std::string& text) const {
    const bool negative = text.starts_with('-');
    const auto microseconds = scenarios::parse_duration(with_unit(negative ? text.substr(1) : text));
    int day = 0;
    if (!microseconds && !days_.read(text, day)) {
        const std::string date = days_.date(0);
        const std::string dated = date.empty() ? "" : ", or a date such as " + date;
        throw Unreadable(
            fmt::format("got {}, want a time since the measured window's start such as '40', '40 d' or '36.5 h'{}; {}",
                        quoted(text), dated, "the run goes " + range()));
    }
    const auto since = microseconds ? models::Duration{static_cast<std::int64_t>(*microseconds)} : sim::days{day};
    const Time time = models::start_of(warmup_) + (negative ? -since : since);
    if (time >= sim::kStart) return time;
    throw Unreadable(fmt::format("got {}, want a time in the run, which goes {}", quoted(text), range()));
}

int Clock::read_day(const std::string& text) const {
    const int day = models::day_of(read(text));
    if (day < days_of_run_) return day;
    throw Unreadable(fmt::format("got {}, want a day of the run, which goes {}", quoted(text), range()));
}

std::string Clock::range() const { return fmt::format("from {} to {}", day(0), day(days_of_run_ - 1)); }

std::string Clock::day(Time t) const { return day(models::day_of(t)); }

std::string Clock::hour(Time t) {
    const auto minutes = micros_of_day(t) / 60'000'000;
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string Clock::short_moment(Time t) const {
    const int since = days_.of(models::day_of(t));
    const std::string date = days_.short_date(since);
    return fmt::format("{} {}", date.empty() ? fmt::format("day {}", since) : date, hour(t));
}

std::string Clock::exact(Time t) const {
    const auto us = micros_of_day(t);
    return fmt::format("{}:{:02}.{:06}", moment(t), us / 1'000'000 % 60, us % 1'000'000);
}

std::string Clock::iso(Time t) const {
    const int since = days_.of(models::day_of(t));
    const std::string date = days_.date(since);
    const auto ms = micros_of_day(t) / 1'000;
    return fmt::format("{}T{}:{:02}.{:03}", date.empty() ? fmt::format("day {}", since) : date, hour(t),
                       ms / 1'000 % 60, ms % 1'000);
}

double Clock::number(Time t) const { return sim::in<sim::days>(t.time_since_epoch()) - warmup_; }

}  // namespace entrepot::studies
