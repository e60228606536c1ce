#include <algorithm>
#include <cmath>

#include "results/kpis/accumulator.hpp"

/// KPIs that are more than a sum of what facts count for: made of the daily series, of the exceptions' hours, or of
/// other KPIs.
namespace entrepot::results {

KpiAccumulator::Span KpiAccumulator::days_in(const Slice& slice) const {
    const Span window{dimensions_.first_day, dimensions_.end_day};
    if (slice.phase < 0 || slice.phase >= static_cast<int>(dimensions_.phases.size())) return window;
    const Phase& phase = dimensions_.phases[static_cast<std::size_t>(slice.phase)];
    const int first = std::max(window.first, phase.first_day);
    return {first, std::max(first, std::min(window.end, phase.end_day))};
}

KpiAccumulator::Span KpiAccumulator::sites_in(const Slice& slice) const {
    // Headquarters has no stock, and no lines either.
    if (slice.site >= sites_) return {};
    return slice.site < 0 ? Span{0, sites_} : Span{slice.site, slice.site + 1};
}

/// Standard deviation and mean of the open lines at the close of the slice's days.
KpiAccumulator::Cell KpiAccumulator::volatility(const Slice& slice) const {
    const Span days = days_in(slice), sites = sites_in(slice);
    double sum = 0, squares = 0;
    for (int day = days.first; day < days.end; ++day) {
        double lines = 0;
        for (int site = sites.first; site < sites.end; ++site) lines += series_.at(kOpenLines, site, day);
        sum += lines;
        squares += lines * lines;
    }
    const double n = std::max(1, days.count()), mean = sum / n;
    return {std::sqrt(std::max(0.0, squares / n - mean * mean)), mean};
}

/// Mean and variance of a daily series over the window: of one site, or of all sites together without what one of them
/// orders from another.
KpiAccumulator::Moments KpiAccumulator::moments(Series which, const Slice& slice) const {
    const Span days = days_in({}), sites = sites_in(slice);
    Moments m;
    double squares = 0;
    for (int day = days.first; day < days.end; ++day) {
        double value = 0;
        for (int site = sites.first; site < sites.end; ++site) {
            value += series_.at(which, site, day);
            if (slice.site < 0) value -= series_.between_sites(which, site, day);
        }
        m.mean += value;
        squares += value * value;
    }
    const double n = std::max(1, days.count());
    m.mean /= n;
    m.variance = days.count() > 1 ? std::max(0.0, squares - n * m.mean * m.mean) / (n - 1) : 0;
    return m;
}

/// The ninth decile of the exceptions' hours; nothing when there were none.
KpiAccumulator::Cell KpiAccumulator::slowest_tenth(const Slice& slice) const {
    LogHistogram hours;
    for (std::size_t p = 0; p < exception_hours_.size(); ++p) {
        if (slice.phase < 0 || static_cast<std::size_t>(slice.phase) == p) hours += exception_hours_[p];
    }
    return {hours.quantile(0.9), hours.count() > 0 ? 1.0 : 0.0};
}

KpiAccumulator::Cell KpiAccumulator::mean(const LogHistogram& values) {
    return {values.sum(), static_cast<double>(values.count())};
}

/// A quantile; nothing when there are no values.
KpiAccumulator::Cell KpiAccumulator::quantile(const LogHistogram& values, double p) {
    return {values.interpolated_quantile(p), values.count() > 0 ? 1.0 : 0.0};
}

KpiAccumulator::Cell KpiAccumulator::operating_cost(const Slice& slice) const {
    double sum = 0;
    for (const Kpi part :
         {Kpi::freight_cost, Kpi::transfer_cost, Kpi::purchase_premiums, Kpi::overtime_cost, Kpi::temp_cost,
          Kpi::lending_cost, Kpi::penalties, Kpi::lost_margin, Kpi::clean_up_cost, Kpi::returns_cost}) {
        sum += cube_.folded(part, slice).numerator;
    }
    return {sum, 1};
}

/// Orders on time in full, less those that the contracts want, over all orders of tiers with a target.
KpiAccumulator::Cell KpiAccumulator::otif_over_target(const Slice& slice) const {
    Cell sum;
    for (int tier = 0; tier < static_cast<int>(dimensions_.tiers.size()); ++tier) {
        const double target = dimensions_.otif_targets[static_cast<std::size_t>(tier)];
        if (target == 0 || (slice.tier >= 0 && slice.tier != tier)) continue;
        Slice own = slice;
        own.tier = tier;
        const Cell otif = cube_.folded(Kpi::otif, own);
        sum.numerator += otif.numerator - target * otif.denominator;
        sum.denominator += otif.denominator;
    }
    return sum;
}

}  // namespace entrepot::results
