#pragma once

#include "models/model.hpp"

/// Pickers who can also receive: where they are less needed, they unload what waits at the dock.
namespace entrepot::models {

/// A shift begins, with so many person-hours of picking ahead: where the dock is behind, so many pickers begin there
/// that each person on both sides has the same work. They stay until the dock is empty.
void send_to_dock(SiteState& site, double picking_ahead, Context& context);

/// Pickers who have nothing to pick take the loads that the receivers leave.
void help_at_dock(SiteState& site, Context& context);

/// A load is unloaded: helpers who are needed elsewhere, or no longer here, go back.
void let_helpers_go(SiteState& site, Context& context);

}  // namespace entrepot::models
