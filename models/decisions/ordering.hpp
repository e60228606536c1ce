#pragma once

#include <algorithm>
#include <limits>

#include "models/records/supply_account.hpp"

/// How orders follow from levels and inventory position, where the record at the site is looked at: at every change, or
/// at reviews. Levels are given, follow the site's own forecast, or are headquarters'. What is wanted goes to a site,
/// to a second source, or to headquarters, which hands it to the supplier or lays it before a planner.
namespace entrepot::models {

/// Schedules the first review of each policy that has reviews.
void start_reviews(SiteState& site, Context& context);

/// The same from now on, in a running world, for a policy that the site has not followed so far.
void take_up_reviews(SiteState& site, std::uint16_t policy, Context& context);

/// Orders what a policy wants now, of its first source or its second.
void order_by_policy(SiteState& site, ItemId item, const InventoryPolicy& policy, Context& context);

/// The inventory position of the item may have fallen: orders, where the item's policy looks at every change.
inline void follow_policy(SiteState& site, ItemId item, Context& context) {
    if (inventory_position(site, item) > site.record[item].looks_at) return;
    order_by_policy(site, item, context.network().replenished_by(site.id, item), context);
}

inline constexpr Units kLooksNever = std::numeric_limits<Units>::min();

/// The greatest inventory position at which a look at the policy may lead to an order, when the position has changed.
inline Units looks_at(const InventoryPolicy* policy, const Network& network) {
    constexpr Units kAlways = std::numeric_limits<Units>::max();
    if (policy == nullptr || policy->review > Duration::zero() || policy->planned()) return kLooksNever;
    if (policy->levels) return kLooksNever;  // until headquarters has told them
    const bool plain = !policy->second && !policy->forecast && policy->shifts.empty() && !network.watches_demand;
    return plain ? policy->reorder_point.value_or(kLooksNever) : kAlways;
}

/// Whether a second source's level counts some of what the first one owes.
inline bool looks_ahead(const InventoryPolicy* policy) {
    return policy != nullptr && policy->second && policy->second->looks_ahead > Duration::zero();
}

/// Part of a unit that a computed level is off by for want of digits: nobody orders a whole one for it.
inline constexpr double kNoUnit = 1e-3;

/// A number as units are counted: there are never more than a thousand million of them.
inline Units counted(double units) {
    constexpr double kMost = 1e9;
    return static_cast<Units>(std::clamp(units, -kMost, kMost));
}

/// Rounded up to whole packs, at least the minimum of a purchase line, at most the policy's cap. [units]
Units purchasable(OrderSizes sizes, const InventoryPolicy& policy, double wanted);
/// So many units in whole packs, the minimum at least.
Units whole_packs(OrderSizes sizes, double units);

/// An item is ordered: a policy that forecasts at the site counts it.
inline void note_demand(SiteState& site, const LineRequest& request, bool by_site) {
    DemandSeen& seen = site.seen[request.item];
    seen.here += request.units;
    if (by_site) return;  // what its customers wanted comes with the order
    seen.customers += request.units;
    seen.untold += request.units;
}

}  // namespace entrepot::models
