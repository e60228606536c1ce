#pragma once

#include "models/model.hpp"

/// Carriers: staging lanes, cut-offs, capacity, transit, delivery and what it costs.
namespace entrepot::models {

/// Schedules the day's departures.
void plan_departures(SiteState& site, int day, Context& context);

/// Puts picked units of an order into its carrier's staging lane; they join what is there of the same order.
void stage(SiteState& site, const Shipment& picked, Context& context);

/// The goods are with the customer; closes the order when they were the last of it.
void deliver(SiteState& site, const Shipment& shipment, Context& context);

/// Moves a staged shipment to the lane of the expedite carrier.
void expedite_shipment(SiteState& site, std::uint32_t shipment);

}  // namespace entrepot::models
