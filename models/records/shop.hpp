#pragma once

#include "models/model.hpp"
#include "models/records/reserves.hpp"

/// The web shop sells by a view of the stock of its own, which the gateway brings up to date: what is sold to others
/// meanwhile it promises once more, and what has come meanwhile it does not offer.
namespace entrepot::models {

/// The view as it is now, where the strategy that holds from now on has one; what there is already stays.
void ready_shop(SiteState& site, const Network& network);

/// Whether an order is bought by what the shop shows.
inline bool is_bought_by_view(const SiteState& site, const Order& order, const Network& network) {
    return !site.shop.stock.empty() && !order.internal && network.tiers[order.tier].channel == Channel::ecommerce;
}

/// Units of the item that the shop shows to customers of a tier.
inline Units shown_to(const SiteState& site, TierId tier, ItemId item, const Network& network) {
    const Units hidden = network.strategy.gateway.reserve + kept_from(site, tier, item, network);
    return std::max(0, site.shop.stock[item].known - hidden);
}

/// What the shop offered of a line that is entered, and what the record could give of it. [units]
struct Offer {
    Units ordered = 0, offered = 0, there = 0;
    Units given() const { return std::min(offered, there); }
    bool turned_away() const { return std::min(there, ordered) > offered; }
};
/// Counts what came of it, before anything is allocated; the shop takes off what it has sold.
void note_offer(SiteState& site, TierId tier, ItemId item, const Offer& offer, const Network& network);

/// The record of the item has changed: the gateway has to tell of it.
inline void note_for_shop(SiteState& site, ItemId item) {
    ShopStock& stock = site.shop.stock[item];
    if (stock.changed) return;
    stock.changed = true;
    site.shop.changed.push_back(item.value);
}
/// The gateway tells the shop of what has changed, with its next poll or at once.
void send_to_shop(SiteState& site, Context& context);
/// It has come through: the shop knows what the record says now.
void bring_up_to_date(SiteState& site, Context& context);
/// The same of one item, which was held up on its way: {item, units, second in which that was so}.
void show_late(SiteState& site, const Content& content, Context& context);

/// Tells what the shop's customers met on the day that ends.
void close_shop(SiteState& site, Context& context);

}  // namespace entrepot::models
