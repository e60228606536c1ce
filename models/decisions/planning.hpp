#pragma once

#include "models/model.hpp"

/// Headquarters' replenishment: levels are computed when they are due, positions in its view are reviewed, lines are
/// proposed and released. The flow reads top-down in planning.cpp.
namespace entrepot::models {

/// Computes anew the levels that are due, each by its policy.
void refresh_levels(Headquarters& hq, int day, Context& context);

/// Goes through the locations that it replenishes, supplier by supplier, and proposes what to buy.
void review(Headquarters& hq, int day, Context& context);

}  // namespace entrepot::models
