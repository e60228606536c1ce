#include "models/network/demand.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/check.hpp"

namespace entrepot::models {

namespace {

/// Whether a channel's customers order on some day of the span.
bool orders_in(const ReplayChannel& channel, const Calendar& calendar, int first_day, int days) {
    for (int day = first_day; day < first_day + days; ++day) {
        if (channel.weekday_weights[static_cast<std::size_t>(calendar.weekday(day))] > 0) return true;
    }
    return false;
}

/// Probabilities of 0, 1, 2, ... units beyond the first, but for the last 1e-9; fewer where that takes too many.
std::vector<double> extra_units(double mean, double cv2) {
    const double extra = mean - 1, variance = cv2 * mean * mean;
    const bool negative_binomial = variance > extra;
    const double size = negative_binomial ? extra * extra / (variance - extra) : 0;
    const double q = negative_binomial ? 1 - extra / variance : 0;
    const double log_of_none = negative_binomial ? size * std::log1p(-q) : -extra;
    std::vector<double> probabilities;
    double sum = 0, p = std::exp(log_of_none);
    int k = 0;
    if (log_of_none < -600) {  // begin where a double can tell it from 0
        k = static_cast<int>(std::max(0.0, extra - 12 * std::sqrt(std::max(variance, extra))));
        const double ways =
            negative_binomial ? std::lgamma(size + k) - std::lgamma(size) + k * std::log(q) : k * std::log(extra);
        p = std::exp(log_of_none + ways - std::lgamma(k + 1.0));
        probabilities.assign(static_cast<std::size_t>(k), 0);
    }
    for (; sum < 1 - 1e-9 && k < kMostLineUnits; ++k) {
        probabilities.push_back(p);
        sum += p;
        p *= negative_binomial ? q * (size + k) / (k + 1) : extra / (k + 1);
    }
    if (sum < 1 - 1e-6) probabilities.clear();
    return probabilities;
}

}  // namespace

double share_of_span(const std::vector<ReplayChannel>& channels, std::size_t channel, const Calendar& calendar,
                     int first_day, int days) {
    double all = 0, ordering = 0;
    bool any = false;
    for (const ReplayChannel& c : channels) {
        const bool orders = orders_in(c, calendar, first_day, days);
        all += c.share_of_units;
        any |= orders;
        if (orders) ordering += c.share_of_units;
    }
    if (!any) return channels[channel].share_of_units / all;
    if (!orders_in(channels[channel], calendar, first_day, days)) return 0;
    return ordering > 0 ? channels[channel].share_of_units / ordering : 1;
}

sim::Discrete line_units(double mean, double cv2) {
    if (mean <= 1) return sim::Discrete(std::array{1.0});
    const std::vector<double> probabilities = extra_units(mean, cv2);
    SIM_CHECK(!probabilities.empty(), "the units of a line are too many to tabulate");
    return sim::Discrete(probabilities);
}

bool line_units_fit(double mean, double cv2) { return mean <= 1 || !extra_units(mean, cv2).empty(); }

double DemandStream::most_rate_factor() const {
    double most = cycle ? 1 + std::abs(cycle->amplitude) : 1;
    double highest = 1;
    for (const RateStep& begin : steps) {  // the rate is greatest at the start of a step, where others may go on
        double together = 1;
        for (const RateStep& step : steps) {
            if (step.from <= begin.from && begin.from < step.to) together *= std::max(1.0, step.factor);
        }
        highest = std::max(highest, together);
    }
    most *= highest;
    return bursty ? most * std::max(bursty->low, bursty->high) : most;
}

}  // namespace entrepot::models
