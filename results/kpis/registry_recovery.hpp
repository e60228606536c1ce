#pragma once

#include <array>

#include "results/kpis/registry.hpp"

/// The KPIs of how service falls and comes back (recovery.hpp).
namespace entrepot::results {

inline constexpr auto kRecovery = std::to_array<KpiInfo>({
    {Kpi::days_to_recover, "days_to_recover", "Recovery of service", "d", Form::ratio, Better::lower,
     kBySite | kByPhase, true,
     "Days from one on which less than 90 % of the units ordered were filled at the first attempt to the first of 3 "
     "with 95 % or more, mean; by the first day. What hasn't recovered at the end of the window counts up to there."},
    {Kpi::resilience_loss, "resilience_loss", "Resilience loss", "%-days", Form::total, Better::lower,
     kBySite | kByPhase, false,
     "What the unit fill rate of the days lacks to 95 %, in percentage points, summed over the days: the area of the "
     "resilience triangle."},
});

}  // namespace entrepot::results
