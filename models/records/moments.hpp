#pragma once

#include "models/model.hpp"

/// The scenario's moments, at which stock and demand are looked at: for textbooks that ask for a point of time.
namespace entrepot::models {

/// Schedules what comes at the scenario's moments.
void start_moments(SiteState& site, Context& context);

/// Tells of the moments at the end of the horizon, of which nothing else happens any more.
void end_moments(SiteState& site, Context& context);

}  // namespace entrepot::models
