#pragma once

#include "models/model.hpp"

/// Purchasing: levels, reviews, purchase lines, suppliers, late lines. The flow reads top-down in procurement.cpp.
namespace entrepot::models {

/// Computes anew the reorder points and order-up-to levels that are due, by the strategy's policy (replenishment.cpp).
void refresh_levels(Headquarters& hq, int day, Context& context);

/// Goes through the items of the suppliers whose review day it is, and proposes what to buy.
void review(Headquarters& hq, int day, Context& context);

/// Sends an approved purchase line to its supplier.
void place_purchase(Headquarters& hq, std::uint32_t line, Context& context);

/// A planner presses the supplier of a late line. Returns whether it was expedited.
bool expedite_purchase(Headquarters& hq, std::uint32_t line, Context& context);

}  // namespace entrepot::models
