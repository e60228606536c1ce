#include "results/kpis/recovery.hpp"

#include <algorithm>
#include <cmath>

#include "results/kpis/accumulator.hpp"

namespace entrepot::results {

std::vector<Fall> falls(std::span<const double> service, const RecoveryLevels& levels) {
    std::vector<Fall> all;
    bool fallen = false;
    int good = 0, since = 0;  // days in a row at the higher level, and the first of them
    for (int day = 0; day < static_cast<int>(service.size()); ++day) {
        const double now = service[static_cast<std::size_t>(day)];
        if (std::isnan(now)) continue;
        if (!fallen && now < levels.falls_below) {
            all.push_back({day, static_cast<int>(service.size())});
            fallen = true;
            good = 0;
        } else if (fallen) {
            good = now >= levels.recovers_at ? good + 1 : 0;
            if (good == 1) since = day;
            if (good < levels.stays_days) continue;
            all.back().end = since;
            fallen = false;
        }
    }
    return all;
}

double resilience_loss(std::span<const double> service, const RecoveryLevels& levels) {
    double loss = 0;
    for (const double now : service) {
        if (!std::isnan(now)) loss += 100 * std::max(0.0, levels.recovers_at - now);
    }
    return loss;
}

/// The unit fill rate of each day of the window.
std::vector<double> KpiAccumulator::daily_fill(const Slice& slice) const {
    const Span days = days_in({}), sites = sites_in(slice);
    std::vector<double> fill;
    for (int day = days.first; day < days.end; ++day) {
        double filled = 0, ordered = 0;
        for (int site = sites.first; site < sites.end; ++site) {
            filled += series_.at(kUnitsFilledFirst, site, day);
            ordered += series_.at(kUnitsOrdered, site, day);
        }
        fill.push_back(filled / ordered);  // of none: not a number
    }
    return fill;
}

/// Days of the falls that began in the slice's phase, and their number.
KpiAccumulator::Cell KpiAccumulator::days_to_recover(const Slice& slice) const {
    const Span phase = days_in(slice);
    const int first = days_in({}).first;
    Cell cell;
    for (const Fall& fall : falls(daily_fill(slice))) {
        if (first + fall.first < phase.first || first + fall.first >= phase.end) continue;
        cell.numerator += fall.end - fall.first;
        cell.denominator += 1;
    }
    return cell;
}

KpiAccumulator::Cell KpiAccumulator::loss_of_resilience(const Slice& slice) const {
    const Span phase = days_in(slice);
    const int first = days_in({}).first;
    const std::vector<double> fill = daily_fill(slice);
    const auto from = static_cast<std::size_t>(phase.first - first);
    return {resilience_loss(std::span(fill).subspan(from, static_cast<std::size_t>(phase.count()))), 1};
}

}  // namespace entrepot::results
