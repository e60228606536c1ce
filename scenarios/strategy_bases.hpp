#pragma once

#include <vector>

#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// Completes the strategies of a tree, before any value is given a meaning: those that stand on another one
/// (`base = "S6"`), and those that name their systems (`integration = "modern"`, or `preset` in a table of their own).
/// Circles and names of nothing are told, and the strategy then stands for itself.
void stand_on_bases(Tree& tree, Problems& problems);

}  // namespace entrepot::scenarios
