#pragma once

#include <array>

#include "results/kpis/registry.hpp"

/// The KPIs of what suppliers tell of their orders.
namespace entrepot::results {

inline constexpr auto kSuppliers = std::to_array<KpiInfo>({
    {Kpi::answered_lines, "answered_lines", "Purchase lines that were answered", "", Form::share, Better::higher,
     kByPhase | kOfSome, false,
     "Purchase lines that the supplier had answered or announced, as far as the record knew, before the goods came, "
     "over those that came of suppliers that tell anything."},
    {Kpi::announced_lines, "announced_lines", "Purchase lines that were announced", "", Form::share, Better::higher,
     kByPhase | kOfSome, false, "The same of shipping notices (ASN) alone."},
    {Kpi::changed_answers, "changed_answers", "Changes of orders by suppliers", "", Form::share, Better::lower,
     kByPhase | kOfSome, false,
     "Answers and shipping notices that name another day or fewer units than the record had, over all of them."},
    {Kpi::receipt_date_error, "receipt_date_error", "Error of the day of a receipt", "d", Form::ratio, Better::lower,
     kByPhase | kOfSome, false,
     "Days between the one on which the record had a purchase line and the one on which it came, either way, mean; of "
     "suppliers that tell anything."},
});

}  // namespace entrepot::results
