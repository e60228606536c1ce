#pragma once

#include "models/model.hpp"

/// A site's midnights. All but the last are messages (DayStarts).
namespace entrepot::models {

/// Tells of the last day of the horizon, whose midnight is the end of the run.
void close_last_day(SiteState& site, Context& context);

}  // namespace entrepot::models
