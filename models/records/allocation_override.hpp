#pragma once

#include "models/model.hpp"

/// Stock that orders of lower tiers were promised, and that an escalated order gets instead.
namespace entrepot::models {

/// The tier that an order of `tier` could get units of the item from, the lowest there is: that of an order whose pick
/// nobody has begun. OrderEscalated::kNobody where there is none, no unit is short or the strategy takes nothing.
std::uint8_t tier_to_take_from(const SiteState& site, ItemId item, TierId tier, Units short_units,
                               const Network& network);

}  // namespace entrepot::models
