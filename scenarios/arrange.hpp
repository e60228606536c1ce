#pragma once

#include <vector>

#include "scenarios/history.hpp"
#include "scenarios/record.hpp"
#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// What was read becomes a recording: dates become periods, names positions, money prices. `recording` brings what its
/// rows stand for and the digest of its files. False, and problems, where the calendar doesn't fit, or nothing is left.
bool arrange(const Record& record, Scenario& scenario, const Tree& tree, Problems& problems, Recording& recording);

}  // namespace entrepot::scenarios
