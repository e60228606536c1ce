#pragma once

#include <limits>

#include "models/records/order_desk.hpp"

/// Stock rules: every site replenishes its items by itself, continuously or at its reviews, from a supplier or from
/// another site. What textbooks analyse, and what a store does without a planner.
namespace entrepot::models {

/// Schedules the first review of each rule that has reviews.
void start_reviews(SiteState& site, Context& context);

/// Orders what a rule wants now, of its first source or its second.
void order_by_rule(SiteState& site, ItemId item, const StockRule& rule, Context& context);

/// On hand less waiting, on the record, and what is on order. [units]
inline Units inventory_position(const SiteState& site, ItemId item) {
    const StockRecord& record = site.record[item];
    return record.on_hand - record.allocated - record.waiting + record.on_order;
}

/// The inventory position of the item may have fallen: orders, where the item's rule looks at every change.
inline void follow_stock_rule(SiteState& site, ItemId item, Context& context) {
    if (inventory_position(site, item) > site.record[item].looks_at) return;
    order_by_rule(site, item, *context.network().rule(site.id, item), context);
}

/// The greatest inventory position at which a look at the rule may lead to an order, when the position has changed.
inline Units looks_at(const StockRule* rule, const Network& network) {
    constexpr Units kNever = std::numeric_limits<Units>::min(), kAlways = std::numeric_limits<Units>::max();
    if (rule == nullptr || rule->review > Duration::zero()) return kNever;
    const bool plain = !rule->second && !rule->forecast && rule->shifts.empty() && !network.watches_demand;
    return plain ? rule->reorder_point.value_or(kNever) : kAlways;
}

/// Whether a second source's level counts some of what the first one owes.
inline bool looks_ahead(const StockRule* rule) {
    return rule != nullptr && rule->second && rule->second->looks_ahead > Duration::zero();
}

/// Units are on order, or with fewer than none: will not come after all.
inline void expect(SiteState& site, ItemId item, Units units) {
    site.record[item].on_order += units;
    site.truth[item].moved.ordered += units;
}

/// Picked units go to the site that ordered them.
void send_to_site(SiteState& site, ItemId item, Units units, SiteId destination, Context& context);

/// Brings the integral of the waiting units up to now; to be called before they change.
inline void count_waiting(StockRecord& record, Time now) {
    if (record.waiting != 0) {
        const auto since = static_cast<double>((now - record.waiting_changed).count());
        record.waiting_unit_days += static_cast<float>(record.waiting * since * kDayOfMicro);
    }
    record.waiting_changed = now;
}

inline void count_waiting(TierWaiting& tier, Time now) {
    tier.unit_days += static_cast<float>(tier.units * static_cast<double>((now - tier.changed).count()) * kDayOfMicro);
    tier.changed = now;
}

/// An item is ordered: a forecasting rule counts it.
inline void note_demand(SiteState& site, const LineRequest& request, bool by_site) {
    DemandSeen& seen = site.seen[request.item];
    seen.here += request.units;
    if (by_site) return;  // what its customers wanted comes with the order
    seen.customers += request.units;
    seen.untold += request.units;
}

/// Schedules what comes at the scenario's moments.
void start_moments(SiteState& site, Context& context);

/// Tells of the moments at the end of the horizon, of which nothing else happens any more.
void end_moments(SiteState& site, Context& context);

/// A cost of the item's stock: part of the KPI inventory_cost.
void charge(ItemId item, double amount, Context& context);

/// A rule's cost of units that a customer cancelled.
void charge_lost_units(const SiteState& site, ItemId item, Units units, Context& context);

}  // namespace entrepot::models
