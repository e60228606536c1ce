#include "results/kpis.hpp"

/// KPIs that are made of other KPIs.
namespace entrepot::results {

KpiAccumulator::Cell KpiAccumulator::operating_cost(const Slice& slice) const {
    double sum = 0;
    for (const Kpi part : {Kpi::freight_cost, Kpi::transfer_cost, Kpi::purchase_premiums, Kpi::overtime_cost,
                           Kpi::penalties, Kpi::lost_margin}) {
        sum += folded(part, slice).numerator;
    }
    return {sum, 1};
}

/// Orders on time in full, less those that the contracts want, over all orders of tiers with a target.
KpiAccumulator::Cell KpiAccumulator::otif_over_target(const Slice& slice) const {
    Cell sum;
    for (int tier = 0; tier < tiers_; ++tier) {
        const double target = dimensions_.otif_targets[static_cast<std::size_t>(tier)];
        if (target == 0 || (slice.tier >= 0 && slice.tier != tier)) continue;
        Slice own = slice;
        own.tier = tier;
        const Cell otif = folded(Kpi::otif, own);
        sum.numerator += otif.numerator - target * otif.denominator;
        sum.denominator += otif.denominator;
    }
    return sum;
}

}  // namespace entrepot::results
