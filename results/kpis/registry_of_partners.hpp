#pragma once

#include <array>

#include "results/kpis/registry.hpp"

/// A part of the registry: KPIs of what partners do, suppliers and carriers; the last ones of `Kpi`.
namespace entrepot::results {

constexpr unsigned kAll = kBySite | kByTier | kByClass | kByPhase;
constexpr unsigned kRuleSlices = kBySite | kByClass | kByPhase | kOfSome;
constexpr unsigned kMomentSlices = kBySite | kByMoment | kOfSome;
constexpr unsigned kDecided = kByDecision | kByPhase | kOfSome;
constexpr unsigned kLinked = kByInterface | kByPhase | kOfSome;
constexpr bool kHeadline = true, kDetail = false;

constexpr std::array<KpiInfo, 7> kOfPartners{{
    {Kpi::answered_lines, "answered_lines", "Purchase lines that were answered", "", Form::share, Better::higher,
     kByPhase | kOfSome, kDetail,
     "Purchase lines that the supplier had answered or announced, as far as the record knew, before the goods came, "
     "over those that came of suppliers that tell anything."},
    {Kpi::announced_lines, "announced_lines", "Purchase lines that were announced", "", Form::share, Better::higher,
     kByPhase | kOfSome, kDetail, "The same of shipping notices (ASN) alone."},
    {Kpi::changed_answers, "changed_answers", "Changes of orders by suppliers", "", Form::share, Better::lower,
     kByPhase | kOfSome, kDetail,
     "Answers and shipping notices that name another day or fewer units than the record had, over all of them."},
    {Kpi::receipt_date_error, "receipt_date_error", "Error of the day of a receipt", "d", Form::ratio, Better::lower,
     kByPhase | kOfSome, kDetail,
     "Days between the one on which the record had a purchase line and the one on which it came, either way, mean; of "
     "suppliers that tell anything."},
    {Kpi::on_time_ship, "on_time_ship", "On-time ship", "", Form::share, Better::higher, kBySite | kByTier | kByPhase,
     kDetail,
     "Shipments that left in time for the promised day, if the carrier takes as long as it mostly does, over all "
     "shipments."},
    {Kpi::tender_rejections, "tender_rejections", "Tenders that carriers refused", "", Form::share, Better::lower,
     kByCarrier | kByPhase | kOfSome, kDetail, "Shipments that a carrier refused over those that it was offered."},
    {Kpi::consolidation, "consolidation", "Orders per shipment", "", Form::ratio, Better::higher,
     kByCarrier | kByPhase | kOfSome, kDetail,
     "Orders over the shipments that were paid for, where a customer's orders of a departure go together."},
}};

}  // namespace entrepot::results
