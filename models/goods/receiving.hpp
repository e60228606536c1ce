#pragma once

#include "models/model.hpp"

namespace entrepot::models {

/// Receivers take the next loads from the dock, as many as there are people.
void start_unloading(SiteState& site, Context& context);

/// A load is there: it waits for the receivers, where there are people.
void bring_to_dock(SiteState& site, const DockLoad& load, Context& context);

}  // namespace entrepot::models
