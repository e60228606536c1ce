#pragma once

#include "models/model.hpp"

/// Orders that are held at entry: nothing is promised to them until all that holds them is cleared, by people or by the
/// system, while their promised day comes nearer.
namespace entrepot::models {

/// Whether an order is held, and by what: headquarters hears of each. Returns whether it is.
bool hold_if_due(SiteState& site, std::uint32_t order, ItemId item, Context& context);

/// A line of a held order waits with the others, in their order.
void hold_line(SiteState& site, std::uint32_t order, std::uint32_t line);

/// The order was held, and has not ended since.
bool was_held(const SiteState& site, std::uint32_t order);
/// It has ended. Returns whether it was held.
bool forget_hold(SiteState& site, std::uint32_t order);

}  // namespace entrepot::models
