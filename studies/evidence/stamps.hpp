#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/network/calendar.hpp"

namespace entrepot::studies::evidence {

/// Moments as ISO 8601 says them, to the millisecond: millions of them, so the dates are made once.
class Stamps {
public:
    /// As Clock::iso: without dates "day 52T10:42:03.125".
    static Stamps of_clock(const models::Calendar& calendar);
    /// With a zone and always with a date, as OCEL wants them: "2026-05-26T10:42:03.125Z". Where the calendar has no
    /// dates, its first day is 2000-01-01.
    static Stamps dated(models::Calendar calendar);

    void append(std::string& text, models::Time t) const;
    std::string text(models::Time t) const;

private:
    Stamps(const models::Calendar& calendar, std::string zone);

    std::vector<std::string> days_;  ///< "2026-05-26T", by day since day 0
    std::string zone_;
};

/// A number's digits behind a text, without the detour of a format.
void append_number(std::string& text, std::int64_t number);
/// In 16 hexadecimal digits.
void append_fingerprint(std::string& text, std::uint64_t fingerprint);

}  // namespace entrepot::studies::evidence
