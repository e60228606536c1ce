#pragma once

#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// Limits that follow from the widths of the models' ids and messages.
inline constexpr std::size_t kMostItems = 1'000'000, kMostLocations = 4'000'000;
inline constexpr int kMostDays = 4000;

/// What no single value shows: names that must exist, shares that must sum to 1, orders of dates.
/// What may be meant so goes to `notes`.
void check(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes);

/// Where a dotted key stands in the tree, or the nearest table above it that does. Keys of a site that it takes from
/// its defaults are found there.
Problem at(const Tree& tree, const std::vector<std::string>& path, std::string message);

/// Puts days in place of the phases' dates, and checks that they are measured. The first date must be known by now.
void place_phases(Scenario& scenario, const Tree& tree, Problems& problems);

}  // namespace entrepot::scenarios
