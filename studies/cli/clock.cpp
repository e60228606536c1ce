#include "studies/cli/clock.hpp"

#include <fmt/format.h>

#include "scenarios/kind.hpp"
#include "studies/cli/command_line.hpp"

namespace entrepot::studies::cli {

using models::Time;

Time Clock::read(const std::string& text, const std::string& option) const {
    const bool negative = text.starts_with('-');
    const auto microseconds = scenarios::parse_duration(negative ? text.substr(1) : text);
    int day = 0;
    if (!microseconds && !days_.read(text, day)) {
        throw UsageError(fmt::format(
            "--{}: got '{}', want a time since the start of the measured window such as '40 d' or '36.5 h', or a date "
            "such as {}",
            option, text, days_.date(0)));
    }
    const auto since = microseconds ? models::Duration{static_cast<std::int64_t>(*microseconds)} : sim::days{day};
    const Time time = models::start_of(warmup_) + (negative ? -since : since);
    if (time >= sim::kStart) return time;
    throw UsageError(
        fmt::format("--{}: got '{}', want a time in the run, which begins on {}", option, text, days_.text(-warmup_)));
}

std::string Clock::shown(Time t) const {
    const int day = models::day_of(t);
    const auto us = (t - models::start_of(day)).count();
    const auto second = us / 1'000'000;
    return fmt::format("{} {:02}:{:02}:{:02}.{:06}", days_.text(days_.of(day)), second / 3600, second / 60 % 60,
                       second % 60, us % 1'000'000);
}

}  // namespace entrepot::studies::cli
