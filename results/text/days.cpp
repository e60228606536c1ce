#include "results/text/days.hpp"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Days from 1970-01-01 to an ISO date; false when the text isn't one.
bool read_iso(const std::string& text, long& days) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto part = [&](std::size_t first, std::size_t size) {
        int value = -1;
        const char* end = text.data() + first + size;
        const auto [stop, error] = std::from_chars(text.data() + first, end, value);
        return error == std::errc{} && stop == end ? value : -1;
    };
    const int y = part(0, 4), m = part(5, 2), d = part(8, 2);
    if (y < 0 || m < 0 || d < 0) return false;
    const year_month_day date{std::chrono::year{y}, std::chrono::month{static_cast<unsigned>(m)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    if (date.ok()) days = sys_days{date}.time_since_epoch().count();
    return date.ok();
}

sys_days day_from(long days) { return sys_days{std::chrono::days{days}}; }

}  // namespace

Days::Days(const std::string& start_date, int warmup) : warmup_(warmup) {
    dated_ = read_iso(start_date, first_);
    first_ += warmup;
}

std::string Days::date(int day) const {
    if (!dated_) return "";
    const year_month_day date{day_from(first_ + day)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string Days::short_date(int day) const {
    static constexpr const char* kMonths[]{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (!dated_) return "";
    const year_month_day date{day_from(first_ + day)};
    return fmt::format("{} {}", static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1]);
}

std::string Days::text(int day) const {
    static constexpr const char* kWeekdays[]{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    if (!dated_) return fmt::format("day {}", day);
    const std::chrono::weekday weekday{day_from(first_ + day)};
    return fmt::format("day {} ({} {})", day, kWeekdays[weekday.c_encoding()], date(day));
}

bool Days::read(const std::string& date, int& day) const {
    long days = 0;
    if (!dated_ || !read_iso(date, days)) return false;
    day = static_cast<int>(days - first_);
    return true;
}

}  // namespace entrepot::results
