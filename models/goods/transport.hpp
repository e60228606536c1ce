#pragma once

#include "models/model.hpp"

/// Carriers: staging lanes, cut-offs, capacity, transit, delivery and what it costs.
namespace entrepot::models {

/// Schedules the day's departures.
void plan_departures(SiteState& site, int day, Context& context);

/// Whether what is picked of an order waits for no carrier: another site's, or at a site that ships at once.
inline bool leaves_at_once(const SiteState& site, const Order& order, const Network& network) {
    const Site& terms = network.sites[site.id];
    return order.internal || terms.ships_at_once || terms.handling == Handling::at_once;
}

/// Units of a line leave the dock: they are sold to the customer, or on their way to the site that ordered them.
void send_off(SiteState& site, std::uint32_t line, Units units, Context& context);

/// The day on which what is ready now is with a customer of the channel at the earliest, by its ordinary carriers; the
/// greatest number where it has none.
int earliest_arrival(const Network& network, Channel channel, Time now);

/// Puts picked units of an order into its carrier's staging lane; they join what is there of the same order.
void stage(SiteState& site, const Shipment& picked, Context& context);

/// The goods are with the customer; closes the order when they were the last of it.
void deliver(SiteState& site, const Shipment& shipment, Context& context);

/// Shipments that wait at the dock for a carrier.
inline std::int32_t staged_shipments(const SiteState& site) {
    std::size_t shipments = 0;
    for (const auto& lane : site.staged) shipments += lane.size();
    return static_cast<std::int32_t>(shipments);
}

/// Moves a staged shipment to the lane of the expedite carrier.
void expedite_shipment(SiteState& site, std::uint32_t shipment);

}  // namespace entrepot::models
