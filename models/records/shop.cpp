#include "models/records/shop.hpp"

#include <cstdlib>

#include "models/records/interfaces.hpp"
#include "models/records/order_desk.hpp"

namespace entrepot::models {

void ready_shop(SiteState& site, const Network& network) {
    ShopView& shop = site.shop;
    if (!network.strategy.has_gateway()) {
        shop = {};
    } else if (shop.stock.empty()) {
        shop.stock.assign(site.record.size(), {});
        shop.today.assign(network.tiers.size(), {});
        for (const ItemId item : sim::ids<ItemId>(site.record))
            shop.stock[item].known = available_on_record(site, item);
    }
}

void note_offer(SiteState& site, TierId tier, ItemId item, const Offer& offer, const Network& network) {
    ShopDay& today = site.shop.today[tier];
    ShopStock& stock = site.shop.stock[item];
    const Units on_record = std::max(0, available_on_record(site, item));
    ++today.lines;
    today.oversold += offer.offered > offer.there;
    today.turned_away += offer.turned_away();
    today.units_apart += std::abs(std::max(0, stock.known) - on_record);
    today.units_on_record += on_record;
    if (network.strategy.gateway.counts_own_orders) stock.known -= offer.offered;
}

void send_to_shop(SiteState& site, Context& context) {
    if (site.shop.due || site.shop.changed.empty()) return;
    site.shop.due = true;
    transmit(site, InterfaceName::gateway, {}, context);
}

void bring_up_to_date(SiteState& site, Context& context) {
    ShopView& shop = site.shop;
    shop.due = false;
    const std::uint32_t now = second_of(context.now());
    for (const std::uint32_t changed : shop.changed) {
        const ItemId item{changed};
        const Units there = available_on_record(site, item);
        if (const auto late = hold_up(site, InterfaceName::gateway, context)) {
            shop.stock[item].changed = false;
            come_late(site, InterfaceName::gateway, {changed, static_cast<std::uint32_t>(there), now}, *late, context);
        } else {
            shop.stock[item] = {there, now};
        }
    }
    shop.changed.clear();
}

void show_late(SiteState& site, const Content& content, Context& context) {
    ShopStock& stock = site.shop.stock[ItemId{content[0]}];
    const bool older = stock.told > content[2];
    const bool applied = !older || !context.network().strategy.integration.of(InterfaceName::gateway).version_checked;
    if (older) context.tell(MessageOvertaken{static_cast<std::uint8_t>(InterfaceName::gateway), applied});
    if (!applied) return;
    stock.known = static_cast<Units>(content[1]);
    stock.told = content[2];
}

void close_shop(SiteState& site, Context& context) {
    for (const TierId tier : sim::ids<TierId>(site.shop.today)) {
        ShopDay& today = site.shop.today[tier];
        if (today.lines == 0) continue;
        today.tier = tier.value;
        context.tell(today);
        today = {};
    }
}

}  // namespace entrepot::models
