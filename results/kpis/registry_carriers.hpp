#pragma once

#include <array>

#include "results/kpis/registry.hpp"

/// The KPIs of what leaves the docks, and with whom.
namespace entrepot::results {

inline constexpr auto kCarriers = std::to_array<KpiInfo>({
    {Kpi::on_time_ship, "on_time_ship", "On-time ship", "", Form::share, Better::higher, kBySite | kByTier | kByPhase,
     false,
     "Shipments that left in time for the promised day, if the carrier takes as long as it mostly does, over all "
     "shipments."},
    {Kpi::tender_rejections, "tender_rejections", "Tenders that carriers refused", "", Form::share, Better::lower,
     kByCarrier | kByPhase | kOfSome, false, "Shipments that a carrier refused over those that it was offered."},
    {Kpi::consolidation, "consolidation", "Orders per shipment", "", Form::ratio, Better::higher,
     kByCarrier | kByPhase | kOfSome, false,
     "Orders over the shipments that were paid for, where a customer's orders of a departure go together."},
});

}  // namespace entrepot::results
