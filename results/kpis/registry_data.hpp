#pragma once

#include <array>

#include "results/kpis/registry.hpp"

/// The KPIs of what is known ahead, and on record: forecasts and the item master.
namespace entrepot::results {

inline constexpr auto kData = std::to_array<KpiInfo>({
    {Kpi::forecast_wmape, "forecast_wmape", "Forecast error (WMAPE)", "", Form::percentage, Better::lower,
     kBySite | kByClass | kByPhase | kOfSome, false,
     "Absolute differences between the demand that levels were made for and what the record heard of, over the latter: "
     "of an item at a warehouse over four weeks, by the day on which they ended. What chance alone does to demand is "
     "part of it."},
    {Kpi::forecast_bias, "forecast_bias", "Forecast bias", "", Form::percentage, Better::neither,
     kBySite | kByClass | kByPhase | kOfSome, false, "The same differences with their sign: above 0 is too much."},
    {Kpi::forecast_error, "forecast_error", "Forecast error but for chance", "", Form::percentage, Better::lower,
     kBySite | kByClass | kByPhase | kOfSome, false,
     "The same differences from the demand that was to be expected, spikes and promotions with it, over that demand: "
     "what a better forecast could still gain. Nobody in the operation knows it."},
    {Kpi::master_errors, "master_errors", "Items with a wrong record", "", Form::share, Better::lower,
     kByPhase | kOfSome, false,
     "Items whose record in the item master has an error, over all items, mean of the days."},
    {Kpi::errors_found, "errors_found", "Wrong records found by the clean-up", "", Form::total, Better::neither,
     kByPhase | kOfSome, false, "Errors of the item master that the strategy's clean-up has put right."},
    {Kpi::clean_up_cost, "clean_up_cost", "Cost of the clean-up", "", Form::money, Better::lower, kByPhase | kOfSome,
     false, "What going through the item master costs, by the items that were looked at."},
});

}  // namespace entrepot::results
