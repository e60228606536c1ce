#pragma once

#include <algorithm>
#include <array>

#include "results/kpis/registry.hpp"

/// The KPIs of the customers' side of the systems: the web shop, holds, returns.
namespace entrepot::results {

template <std::size_t... N>
constexpr auto joined(const std::array<KpiInfo, N>&... parts) {
    std::array<KpiInfo, (N + ...)> all{};
    auto end = all.begin();
    ((end = std::copy(parts.begin(), parts.end(), end)), ...);
    return all;
}

inline constexpr unsigned kOfCustomers = kBySite | kByTier | kByPhase | kOfSome;

inline constexpr unsigned kOfGoods = kBySite | kByClass | kByPhase | kOfSome;

inline constexpr unsigned kAllOfLines = kBySite | kByTier | kByClass | kByPhase;

inline constexpr auto kCustomers = std::to_array<KpiInfo>({
    {Kpi::oversold_lines, "oversold_lines", "Oversold, of 10,000 lines", "", Form::ratio, Better::lower, kOfCustomers,
     true,
     "Lines of the web shop for which it offered more than the record had to give, of 10,000 lines that were bought by "
     "a view of the stock of its own."},
    {Kpi::turned_away_lines, "turned_away_lines", "Turned away, of 10,000 lines", "", Form::ratio, Better::lower,
     kOfCustomers, false,
     "Of the same lines those for which the shop offered less than the customer wanted and the record had: as its news "
     "were old, or for its reserve."},
    {Kpi::shop_error, "shop_error", "Error of the shop's stock", "", Form::percentage, Better::lower, kOfCustomers,
     false,
     "Units by which shop and record differed of an item as a customer bought it, over the units that the record had "
     "and nobody was promised; sums over the same lines."},
    {Kpi::substituted_share, "substituted_share", "Lines filled by a substitute", "", Form::share, Better::neither,
     kAllOfLines | kOfSome, false,
     "Lines whose customer took another item than the one that he ordered, which was short, over all lines ordered. "
     "For `line_fill`, `unit_fill` and `order_fill` such a line is the substitute's: it is filled where that was "
     "there, since its customer allowed it, and counts by the substitute's class, here, too."},
    {Kpi::substitutes_taken, "substitutes_taken", "Substitutes taken", "", Form::share, Better::neither,
     kAllOfLines | kOfSome, false, "Of the lines whose customer was offered a substitute, those in which he took it."},
    {Kpi::held_orders, "held_orders", "Orders held", "", Form::total, Better::lower, kOfCustomers, false,
     "Orders that were held at their entry, for credit or as something in them was not clear."},
    {Kpi::hold_hours, "hold_hours", "Time on hold", "h", Form::ratio, Better::lower, kOfCustomers, false,
     "Hours from the entry of a held order until it was cleared, mean; by the day of the order. What is still held at "
     "the end counts nowhere."},
    {Kpi::held_otif, "held_otif", "On time in full, held orders", "", Form::share, Better::higher, kOfCustomers, false,
     "As `otif`, of the orders that were held: their promised day is that of any order."},
    {Kpi::returned_units, "returned_units", "Units sent back", "units", Form::total, Better::neither,
     kBySite | kByTier | kByClass | kByPhase | kOfSome, false,
     "Units that customers sent back, by the day on which they were at the dock again."},
    {Kpi::refunds, "refunds", "Refunds for returns", "", Form::money, Better::lower,
     kBySite | kByTier | kByClass | kByPhase | kOfSome, false,
     "Sales value of the units that customers sent back; `sales` and `cost_of_sales` are those of what was shipped."},
    {Kpi::restocked_share, "restocked_share", "Returns sold again", "", Form::share, Better::higher, kOfGoods, false,
     "Units sent back that went to the shelf again, over all that were looked at."},
    {Kpi::scrapped_value, "scrapped_value", "Returns scrapped, at cost", "", Form::money, Better::lower, kOfGoods,
     false, "Cost of the units sent back that were scrapped."},
    {Kpi::damaged_value, "damaged_value", "Goods damaged, at cost", "", Form::money, Better::lower, kOfGoods, false,
     "Cost of the units that were damaged on the shelf or as they were put away, whether or not somebody saw it."},
    {Kpi::returns_cost, "returns_cost", "Cost of returns", "", Form::money, Better::lower, kBySite | kByPhase | kOfSome,
     false, "Refunds for what customers sent back and its handling, less the cost of what went back to the shelf."},
    {Kpi::large_account_penalties, "large_account_penalties", "Penalties of large accounts", "", Form::share,
     Better::neither, kOfCustomers, false,
     "Part of the penalties of tiers with accounts that the largest tenth of a tier's accounts at a site got."},
});

}  // namespace entrepot::results
