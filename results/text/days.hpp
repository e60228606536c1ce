#pragma once

#include <string>

#include "results/study.hpp"

/// Days as people meet them, in every text, chart and option: counted from the start of the measured window, as the
/// scenario counts them, so that the warm-up's are negative; and their dates.
namespace entrepot::results {

class Days {
public:
    /// `start_date`: ISO date of the first day of the warm-up, or empty; `warmup`: days before the measured window.
    Days(const std::string& start_date, int warmup);
    explicit Days(const Dimensions& dimensions) : Days(dimensions.start_date, dimensions.first_day) {}

    /// From an index of the series, which counts from the first day of the warm-up.
    int of(int index) const { return index - warmup_; }

    /// The following take a day of the measured window's count. Without a start date the dates are empty.
    std::string date(int day) const;        ///< "2026-05-26"
    std::string short_date(int day) const;  ///< "26 May"
    std::string text(int day) const;        ///< "day 52 (Tue 2026-05-26)"

    /// The day of an ISO date; false when the text isn't one, or the calendar has no dates.
    bool read(const std::string& date, int& day) const;

private:
    int warmup_ = 0;
    bool dated_ = false;
    long first_ = 0;  ///< days from 1970-01-01 to day 0
};

}  // namespace entrepot::results
