#pragma once

#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// Gives the tree's values their meaning: types, units, ranges, unknown keys, new names. What is wrong keeps its
/// default and is added to `problems`; of a tree that isn't complete only that which no more text could mend. `added`
/// gets the names that the user's own file and --set add without saying so.
Scenario read_scenario(const Tree& tree, const models::PolicyRegistry& policies, Problems& problems,
                       std::vector<std::string>& added);

}  // namespace entrepot::scenarios
