#include "models/decisions/policies/registry.hpp"

namespace entrepot::models {

PolicyRegistry built_in_policies() {
    return {
        .levels =
            {
                {"stale_min_max",
                 "spreadsheet minimum and maximum from past consumption, refreshed rarely, each with its own error",
                 stale_min_max},
                {"class_service", "(s,S) with safety stock from the recorded variability, by class", class_service},
                {"fill_rate", "(s,S) with safety stock for a share of the units met at once, by class", fill_rate},
                {"empirical_quantile", "(s,S) at a quantile of the demand recorded in spans of lead time and review",
                 empirical_quantile},
                {"days_of_cover", "reorder point and lot in fixed days of recorded demand, by class", days_of_cover},
                {"order_on_demand", "no stock: what customers wait for is ordered", order_on_demand},
                {"forecast_quantile", "order up to a quantile of the forecast demand over lead time and review",
                 forecast_quantile},
            },
        .priorities =
            {
                {"fifo", "in the order of entry", fifo},
                {"tier_then_date", "by the tier's rank, then by the promised day", tier_then_date},
                {"composite", "by a weighted score of tier, slack, penalty and age", composite},
                {"edd", "by the promised day", edd},
                {"margin", "by the order's margin, the greatest first", margin},
                {"penalty", "by the penalty that can still be avoided, the greatest first", penalty},
                {"atc", "by the cost of lateness over the order's lines, the less the more time is left", atc},
                {"cmu", "by the cost of lateness over the order's lines", cmu},
            },
    };
}

}  // namespace entrepot::models
