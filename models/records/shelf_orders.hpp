#pragma once

#include "models/decisions/ordering.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"
#include "models/records/reserves.hpp"

/// Orders served from the shelf, which is there for speed alone: an order of one line that the shelf fills at once
/// needs no record. Without this file every order would go the long way and all results would be the same; the door is
/// shelf_serves and serve_order, at entry, and close_orders, at midnight.
namespace entrepot::models {

/// Whether a site may do so. Who asks for each order's facts says so besides.
inline bool may_serve_from_shelf(const Network& network, SiteId site) {
    return network.sites[site].handling == Handling::at_once && posts_at_once(network.strategy.integration) &&
           !network.strategy.has_gateway() && network.holds.empty() && !network.takes_returns() &&
           !network.offers_substitutes();
}

/// Whether the shelf gives all of a line at once.
inline bool shelf_serves(const SiteState& site, const OrderHeader& header, const LineRequest& request,
                         const Network& network) {
    if (!site.serves_from_shelf || header.internal || site.truth[request.item].on_hand < request.units) return false;
    const Tier& tier = network.tiers[header.tier];
    const StockRecord& record = site.record[request.item];
    return available_to(site, header.tier, request.item, network) >= request.units &&
           (!tier.whole_lines || record.waiting == 0);
}

/// An order that the shelf fills is entered, handed over and closed in one moment, so that it needs no record; the
/// day's sums and the ledger learn of it at midnight. All comes to what the long way would make of it: a test holds one
/// against the other.
[[gnu::always_inline]] inline void serve_order(SiteState& site, const OrderHeader& header, const LineRequest& request,
                                               Context& context) {
    const Network& network = context.network();
    const Tier& tier = network.tiers[header.tier];
    const Item& item = network.items[request.item];
    StockRecord& record = site.record[request.item];
    record.on_hand -= request.units;
    move_stock(site, request.item, -request.units, context.now());
    site.truth[request.item].moved.shipped += request.units;
    const Money sales = item.price[static_cast<std::size_t>(tier.channel)] * request.units;
    if (item.seasonal) site.today.seasonal_units_ordered += request.units;
    if (!site.seen.empty()) note_demand(site, request, false);
    ServedOrders& served = site.served[header.tier.index() * network.classes.size() + item.velocity.index()];
    served.sales += sales;
    served.cost += item.unit_cost * request.units;
    ++served.orders;
    served.units += request.units;
    if (network.watches_records) {
        record.demand += request.units;
        tell_headquarters(site, request.item, context);
    }
    follow_policy(site, request.item, context);
}

/// The day's sums to which an order of this tier belongs that is not told by itself.
inline ShortOrders& short_orders(SiteState& site, TierId tier, ClassId velocity, const Network& network) {
    return site.served[tier.index() * network.classes.size() + velocity.index()].others;
}

/// Counts an order of those that are not told by themselves as delivered; false where it has to be told: it was
/// delivered on an earlier day, not in full, or is due beyond the horizon.
inline bool deliver_short_order(SiteState& site, const Order& order, bool in_full, Context& context) {
    if (!order.summed || !in_full || order.delivered_day != day_of(context.now())) return false;
    const std::size_t days = site.open_lines_due.size();
    if (order.promised_day >= days) return false;
    const std::size_t place = order.tier.index() * days + order.promised_day;
    if (site.delivered.orders[place]++ == 0) site.delivered.some.push_back(static_cast<std::uint32_t>(place));
    return true;
}

/// Posts, counts and tells the orders that the shelf served on the day that ends, and tells those that it did not.
void close_orders(SiteState& site, int day, Context& context);

}  // namespace entrepot::models
