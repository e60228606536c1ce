#pragma once

#include "models/model.hpp"

/// Goods that are damaged on the shelf or as they are handled. Whoever sees it writes them off; else the record goes on
/// counting them until somebody counts the shelf or finds too few.
namespace entrepot::models {

/// At midnight: what has broken or spoilt on the shelf.
void damage_stock(SiteState& site, int day, Context& context);

/// A load of so many units has just been put away.
void damage_in_handling(SiteState& site, ItemId item, Units units, Context& context);

}  // namespace entrepot::models
