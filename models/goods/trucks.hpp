#pragma once

#include "models/model.hpp"

/// Trucks between the sites: of transfers, and of sites that supply others.
namespace entrepot::models {

/// Puts a picked transfer on its truck: the dedicated one at once, else the next scheduled one.
void stage_transfer(SiteState& site, std::uint32_t outgoing, Context& context);

/// Picked units go to the site that ordered them.
void send_to_site(SiteState& site, ItemId item, Units units, SiteId destination, Context& context);

}  // namespace entrepot::models
