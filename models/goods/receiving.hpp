#pragma once

#include "models/model.hpp"

namespace entrepot::models {

/// Receivers take the next loads from the dock, as many as there are people.
void start_unloading(SiteState& site, Context& context);

}  // namespace entrepot::models
