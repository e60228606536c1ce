#include "results/kpis/cube.hpp"

namespace entrepot::results {

KpiCube::KpiCube(const Dimensions& d)
    : first_day_(d.first_day),
      end_day_(d.end_day),
      sites_(static_cast<int>(d.sites.size())),
      tiers_(static_cast<int>(d.tiers.size())),
      classes_(static_cast<int>(d.classes.size())),
      carriers_(static_cast<int>(d.carriers.size())),
      phases_(static_cast<int>(d.phases.size())),
      moments_(static_cast<int>(d.moments.size())),
      phase_of_day_(static_cast<std::size_t>(d.total_days), static_cast<std::int32_t>(d.phases.size())),
      cells_(kKpis) {
    for (int p = 0; p < phases_; ++p) {
        const Phase& phase = d.phases[static_cast<std::size_t>(p)];
        for (int day = phase.first_day; day < phase.end_day; ++day) {
            phase_of_day_[static_cast<std::size_t>(day)] = p;
        }
    }
    for (const KpiInfo& k : kpi_registry()) {
        Cells& cells = cells_[static_cast<std::size_t>(k.kpi)];
        cells.slices = k.slices;
        std::size_t size = 1;  // the last dimension's step is 1
        const auto keep_by = [&](unsigned slice, std::int32_t& step, int values) {
            if (!(k.slices & slice)) return;
            step = static_cast<std::int32_t>(size);
            size *= static_cast<std::size_t>(values);
        };
        keep_by(kByMoment, cells.moment, moments_);
        keep_by(kByPhase, cells.phase, phases_ + 1);
        keep_by(kByClass, cells.velocity, classes_);
        keep_by(kByDecision, cells.who, static_cast<int>(kDecisionNames.size()));
        keep_by(kByRole, cells.who, static_cast<int>(kRoleNames.size()));
        keep_by(kByInterface, cells.who, static_cast<int>(kInterfaceNames.size()));
        keep_by(kByCarrier, cells.who, carriers_);
        keep_by(kByTier, cells.tier, tiers_);
        keep_by(kBySite, cells.site, sites_ + 1);
        cells.values.resize(size);
    }
}

KpiCube::Cell KpiCube::folded(Kpi kpi, const Slice& slice) const {
    const Cells& cells = cells_[static_cast<std::size_t>(kpi)];
    Cell sum;
    std::size_t index = 0;
    const auto range = [&](unsigned bit, int size) { return cells.slices & bit ? size : 1; };
    const auto wanted = [](int asked, int at) { return asked < 0 || asked == at; };
    for (int site = 0; site < range(kBySite, sites_ + 1); ++site) {
        for (int tier = 0; tier < range(kByTier, tiers_); ++tier) {
            // A kind of decision, a role, an interface and a carrier stand in the class's place.
            const int decisions = static_cast<int>(kDecisionNames.size()), roles = static_cast<int>(kRoleNames.size());
            const int kinds = range(kByDecision, decisions) * range(kByRole, roles) *
                              range(kByInterface, static_cast<int>(kInterfaceNames.size())) *
                              range(kByCarrier, carriers_);
            const int before = cells.slices & kByDecision    ? classes_
                               : cells.slices & kByRole      ? classes_ + decisions
                               : cells.slices & kByInterface ? classes_ + decisions + roles
                               : cells.slices & kByCarrier   ? classes_ + static_cast<int>(kKinds)
                                                             : 0;
            for (int velocity = before; velocity < before + range(kByClass, classes_) * kinds; ++velocity) {
                const int moments = range(kByMoment, moments_);
                for (int phase = 0; phase < range(kByPhase, phases_ + 1) * moments; ++phase, ++index) {
                    if (!wanted(slice.site, site) || !wanted(slice.tier, tier) || !wanted(slice.velocity, velocity) ||
                        !wanted(slice.phase, cells.slices & kByMoment ? phases_ + phase : phase)) {
                        continue;
                    }
                    sum.numerator += cells.values[index].numerator;
                    sum.denominator += cells.values[index].denominator;
                }
            }
        }
    }
    return sum;
}

}  // namespace entrepot::results
