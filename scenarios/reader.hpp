#pragma once

#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// Gives the tree's values their meaning: types, units, ranges, unknown keys. What is wrong keeps its default and is
/// added to `problems`.
Scenario read_scenario(const Tree& tree, std::vector<Problem>& problems);

}  // namespace entrepot::scenarios
