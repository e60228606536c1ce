#pragma once

#include "models/network/ids.hpp"
#include "models/units.hpp"

/// What the item master says wrongly, and what is done about it. Policies, guardrails and approvals see the master;
/// goods and money are what they are.
namespace entrepot::models {

struct MasterData {
    double errors = 0;      ///< share of the items with an error on day 0
    double new_errors = 0;  ///< in a year, over the items: of an item that is right, at a constant rate
    // What it is, as shares of these; they sum to 1.
    double units = 0.5;  ///< a pack is taken for a unit: a pack's size too much is ordered; of items that come in packs
    double costs = 0.25;                       ///< the cost is ten times too high or too low
    double classes = 0.25;                     ///< the velocity class is another one
    double lead_times = 0;                     ///< the lead time is twice or half of what the supplier's record says
    double minimums = 0;                       ///< the minimum of an order is five times too high or too low
    double packs = 0;                          ///< the pack is twice as large, or a single unit
    double warehouses = 0;                     ///< one region's demand is planned for at another site
    Duration corrected_after = sim::days{14};  ///< from when somebody sees that what is ordered is wrong

    bool any() const { return errors > 0 || new_errors > 0; }
};

/// A programme that goes through the items one by one, from the first on, and puts right what it finds.
struct CleanUp {
    int items_a_week = 0;  ///< 0 = there is none
    int first_day = 0;     ///< of the run
    double finds = 1;      ///< probability that it sees an item's error
    Money per_item;        ///< cost, wrong or not
    bool operator==(const CleanUp&) const = default;
};

}  // namespace entrepot::models
