#pragma once

#include "models/network/ids.hpp"

/// What the item master says wrongly. Policies, guardrails and approvals see the master; goods and money are what they
/// are.
namespace entrepot::models {

struct MasterData {
    double errors = 0;   ///< share of the items with an error; the next three are shares of these, and sum to 1
    double units = 0.5;  ///< a pack is taken for a unit: a pack's size too much is ordered; of items that come in packs
    double costs = 0.25;                       ///< the cost is ten times too high or too low
    double classes = 0.25;                     ///< the velocity class is another one
    Duration corrected_after = sim::days{14};  ///< from when somebody sees that too much was ordered
};

}  // namespace entrepot::models
