#pragma once

#include <cstddef>
#include <vector>

#include "results/kpis/cube.hpp"
#include "results/kpis/log_histogram.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// Histograms of one quantity by site, tier and phase, for its mean and quantiles. They take memory once something is
/// counted.
class Histograms {
public:
    /// `least`: what the first bucket begins with (LogHistogram).
    Histograms(const Dimensions& d, double least)
        : sites_(d.sites.size()), tiers_(d.tiers.size()), phases_(d.phases.size() + 1), least_(least) {}

    /// Counts the value in the phase; the last one is of the days in none.
    void add(const KpiCube::Place& place, std::int32_t phase, double value) {
        if (cells_.empty()) cells_.resize(sites_ * tiers_ * phases_, LogHistogram(least_));
        const auto site = static_cast<std::size_t>(place.site), tier = static_cast<std::size_t>(place.tier);
        cells_[(site * tiers_ + tier) * phases_ + static_cast<std::size_t>(phase)].add(value);
    }

    /// All values that the slice covers.
    LogHistogram folded(const Slice& slice) const {
        LogHistogram sum(least_);
        const auto covers = [](int wanted, std::size_t i) {
            return wanted < 0 || static_cast<std::size_t>(wanted) == i;
        };
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const std::size_t phase = i % phases_, tier = i / phases_ % tiers_, site = i / phases_ / tiers_;
            if (covers(slice.site, site) && covers(slice.tier, tier) && covers(slice.phase, phase)) sum += cells_[i];
        }
        return sum;
    }

private:
    std::size_t sites_, tiers_, phases_;
    double least_;
    std::vector<LogHistogram> cells_;  ///< [site][tier][phase]
};

}  // namespace entrepot::results
