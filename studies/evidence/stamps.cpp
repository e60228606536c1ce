#include "studies/evidence/stamps.hpp"

#include <charconv>

#include <fmt/format.h>

#include "results/text/days.hpp"

namespace entrepot::studies::evidence {

namespace {

/// What a run still tells of itself may end after its last day.
constexpr int kDaysBeyond = 2;

void append_padded(std::string& text, std::int64_t number, int digits) {
    std::int64_t power = 1;
    for (int i = 1; i < digits; ++i) power *= 10;
    for (; power > 0; power /= 10) text += static_cast<char>('0' + number / power % 10);
}

}  // namespace

Stamps::Stamps(const models::Calendar& calendar, std::string zone) : zone_(std::move(zone)) {
    const results::Days days(calendar.start_date, calendar.warmup_days);
    for (int day = 0; day < calendar.total_days() + kDaysBeyond; ++day) {
        const std::string date = days.date(days.of(day));
        days_.push_back((date.empty() ? fmt::format("day {}", days.of(day)) : date) + "T");
    }
}

Stamps Stamps::of_clock(const models::Calendar& calendar) { return {calendar, ""}; }

Stamps Stamps::dated(models::Calendar calendar) {
    if (calendar.start_date.empty()) calendar.start_date = "2000-01-01";
    return {calendar, "Z"};
}

void Stamps::append(std::string& text, models::Time t) const {
    const int day = models::day_of(t);
    const auto ms = (t - models::start_of(day)).count() / 1'000;
    text += days_.at(static_cast<std::size_t>(day));
    append_padded(text, ms / 3'600'000, 2);
    text += ':';
    append_padded(text, ms / 60'000 % 60, 2);
    text += ':';
    append_padded(text, ms / 1'000 % 60, 2);
    text += '.';
    append_padded(text, ms % 1'000, 3);
    text += zone_;
}

std::string Stamps::text(models::Time t) const {
    std::string text;
    append(text, t);
    return text;
}

void append_number(std::string& text, std::int64_t number) {
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
    text.append(digits, end);
}

void append_fingerprint(std::string& text, std::uint64_t fingerprint) {
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[fingerprint >> shift & 15];
}

}  // namespace entrepot::studies::evidence
