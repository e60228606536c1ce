#pragma once

#include "models/model.hpp"

/// Headquarters' replenishment: levels are computed when they are due, positions in its view are reviewed, lines are
/// proposed and released. The flow reads top-down in planning.cpp.
namespace entrepot::models {

/// Which levels are computed anew.
enum class Levelled : std::uint8_t { due, all };
/// Computes levels of an inventory policy anew.
void refresh_levels(Headquarters& hq, std::size_t policy, Levelled which, int day, Context& context);

/// Whether a review falls on this business day: one every `interval` days, on the first business day from then on. A
/// week's reviews have a weekday: the policy's, or each supplier's own.
bool is_review_day(const InventoryPolicy& policy, const Supplier& supplier, const Calendar& calendar, int day);

/// Goes through the locations that it replenishes by these policies, supplier by supplier, and proposes what to buy.
void review(Headquarters& hq, const std::vector<bool>& policies, int day, Context& context);

/// The same for one location, whatever the day, where headquarters replenishes it.
void review_at_once(Headquarters& hq, SiteId site, ItemId item, Context& context);

}  // namespace entrepot::models
