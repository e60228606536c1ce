#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "results/kpis/registry.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// Daily series kept for charts, by site and day; the last place is headquarters.
enum Series : std::size_t {
    kLinesOrdered,
    kUnitsOrdered,
    kUnitsFilledFirst,
    kUnitsOnHand,
    kUnitsOnRecord,
    kSeasonalOnHand,
    kOpenLines,
    kPastDueLines,
    kOvertimeHours,
    kLinesPicked,
    kStraightHours,
    kBusyHours,
    kHoursOut,
    kPlannerQueue,
    kReplenishmentUnits,
    kStagedOrders,
    kCarrierTaken,
    kCarrierCapacity,
    kSeriesCount
};

/// Their names, in that order.
std::vector<std::string> series_names();

/// The rows of every KPI table of a study, in their order: for each KPI its total, then its slices.
std::vector<Row> kpi_rows(const Dimensions& dimensions);

/// Calls `f(kpi, slice)` for every row of the tables, in their order.
template <class F>
void for_each_row(const Dimensions& d, F f) {
    const auto size = [](const auto& list) { return static_cast<int>(list.size()); };
    for (const KpiInfo& k : kpi_registry()) {
        const auto wanted = [](double target) { return target > 0; };
        if ((k.slices & kOfTargets) && std::ranges::none_of(d.otif_targets, wanted)) continue;
        if (k.slices & kByMoment) {
            for (int m = 0; m < size(d.moments); ++m) {
                const int moment = size(d.phases) + m;
                f(k, Slice{.phase = moment});
                for (int i = 0; i < size(d.sites); ++i) f(k, Slice{.site = i, .phase = moment});
            }
            continue;
        }
        f(k, Slice{});
        for (int i = 0; (k.slices & kBySite) && i < size(d.sites); ++i) f(k, Slice{.site = i});
        for (int i = 0; (k.slices & kByTier) && i < size(d.tiers); ++i) f(k, Slice{.tier = i});
        for (int i = 0; (k.slices & kByClass) && i < size(d.classes); ++i) f(k, Slice{.velocity = i});
        const int roles_begin = size(d.classes) + size(kDecisionNames);
        for (int i = size(d.classes); (k.slices & kByDecision) && i < roles_begin; ++i) f(k, Slice{.velocity = i});
        for (int i = 1; (k.slices & kByRole) && i < size(kRoleNames); ++i) {  // the system is no person
            f(k, Slice{.velocity = roles_begin + i});
        }
        const int interfaces_begin = roles_begin + size(kRoleNames);
        for (int i = 0; (k.slices & kByInterface) && i < size(kInterfaceNames); ++i) {
            f(k, Slice{.velocity = interfaces_begin + i});
        }
        for (int i = 0; (k.slices & kByCarrier) && i < size(d.carriers); ++i) {
            f(k, Slice{.velocity = size(d.classes) + static_cast<int>(kKinds) + i});
        }
        for (int p = 0; (k.slices & kByPhase) && p < size(d.phases); ++p) {
            f(k, Slice{.phase = p});
            for (int i = 0; (k.slices & kBySite) && i < size(d.sites); ++i) f(k, Slice{.site = i, .phase = p});
        }
        for (int t = 0; (k.slices & kByPairs) && t < size(d.tiers); ++t) {
            for (int i = 0; i < size(d.sites); ++i) f(k, Slice{.site = i, .tier = t});
            for (int p = 0; p < size(d.phases); ++p) f(k, Slice{.tier = t, .phase = p});
        }
    }
}

}  // namespace entrepot::results
