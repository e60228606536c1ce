#pragma once

#include "models/model.hpp"

namespace entrepot::models {

/// Checks, in integers, that nothing was lost or made: units on shelves and under way, order lines and orders, purchase
/// and transfer orders, money. A broken balance ends the program. Takes some nanoseconds a location, an open line and
/// a purchase line.
void check_conservation(const World& world);

}  // namespace entrepot::models
