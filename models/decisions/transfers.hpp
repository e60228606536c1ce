#pragma once

#include "models/model.hpp"

/// Stock that moves between warehouses: asked for by headquarters, picked by the donor, carried by truck.
namespace entrepot::models {

/// Proposes to move stock from sites with more than enough to sites that will run short; scheduled trucks.
void rebalance(Headquarters& hq, int day, Context& context);

/// A planner answers an escalation: a dedicated truck from the site with the longest cover, if one can spare the units.
/// Returns whether a transfer was ordered.
bool order_urgent_transfer(Headquarters& hq, const Work& work, Context& context);

/// Sends a transfer that nothing stands in the way of to its donor.
void execute_transfer(Headquarters& hq, std::uint32_t transfer, Context& context);

/// Puts a picked transfer on its truck: the dedicated one at once, else the next scheduled one.
void stage_transfer(SiteState& site, std::uint32_t outgoing, Context& context);

}  // namespace entrepot::models
