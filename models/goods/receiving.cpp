#include "models/goods/receiving.hpp"

#include "models/decisions/ordering.hpp"
#include "models/goods/damage.hpp"
#include "models/goods/dock_help.hpp"
#include "models/goods/returns.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

namespace {

/// The record and whoever waits for the goods hear of them.
void enter_receipt(SiteState& site, const DockLoad& goods, Context& context) {
    const ItemId item{goods.item};
    const Network& network = context.network();
    const bool own_account = account_at_site(network, site.id, item);
    if (own_account) {
        const bool was_due_soon =
            goods.reference.kind() == GoodsReference::second || looks_ahead(network.policy(site.id, item));
        site.record[item].on_order -= goods.units;
        if (was_due_soon) site.record[item].due_soon -= goods.units;
    }
    post(site, {goods.item, goods.units, 0}, context);
    // Headquarters waits for what it ordered; a transfer to a site with an account of its own is over with the truck.
    const bool told =
        goods.reference.kind() == GoodsReference::transfer ? !own_account : goods.reference.of_headquarters();
    if (told) note_receipt(site, {goods.reference, goods.units}, context);
}

/// Some post a receipt as the truck is unloaded, and bring the goods to the shelf afterwards. What a site accounts for
/// by itself is on order until it is there.
bool is_entered_ahead(const SiteState& site, const ReceiptUnloaded& goods, Context& context) {
    const Network& network = context.network();
    const double share = network.sites[site.id].posts_ahead;
    const bool own_account = account_at_site(network, site.id, ItemId{goods.item});
    if (share <= 0 || goods.reference.from_customer() || own_account) return false;
    const std::uint64_t key = network.items[ItemId{goods.item}].key ^ network.sites[site.id].key;
    const auto day = static_cast<std::uint32_t>(day_of(context.now()));
    return context.draws().at(purpose::posted_ahead, key, day).uniform() < share;
}

}  // namespace

void on(SiteState& site, const GoodsArrive& message, Context& context) {
    const ItemId item{message.item};
    const Money cost = context.network().items[item].unit_cost * message.units;
    site.truth[item].at_dock += message.units;
    if (message.reference.from_site()) {
        site.truth[item].moved.got += message.units;
        site.ledger.post(Account::inventory, Account::transit, cost);
    } else {
        site.truth[item].moved.received += message.units;
        site.ledger.post(Account::inventory, Account::payables, cost);
    }
    bring_to_dock(site, {message.item, message.units, message.reference}, context);
}

void bring_to_dock(SiteState& site, const DockLoad& load, Context& context) {
    const Site& terms = context.network().sites[site.id];
    if (terms.handling == Handling::at_once)
        return on(site, GoodsPutAway{load.item, load.units, load.reference}, context);
    site.dock.push(load);
    start_unloading(site, context);
    if (terms.cross_training.share > 0) help_at_dock(site, context);
}

void start_unloading(SiteState& site, Context& context) {
    const Site& terms = context.network().sites[site.id];
    if (is_closed(site, context)) return;
    while (site.receivers_on && site.receiving < terms.receivers + site.crew.helping && !site.dock.empty()) {
        const DockLoad load = site.dock.pop();
        ++site.receiving;
        const double hours = 1 / (terms.receive_lines_per_hour * terms.productive_share * pace_at(site, context));
        context.after(sim::from_real<sim::hours>(hours), ReceiptUnloaded{load.item, load.units, load.reference});
    }
}

void on(SiteState& site, const ReceiptUnloaded& message, Context& context) {
    const Site& terms = context.network().sites[site.id];
    const std::uint64_t key = context.network().items[ItemId{message.item}].key ^ terms.key;
    const auto coordinate = static_cast<std::uint32_t>(day_of(context.now()));
    const double u = context.draws().at(purpose::put_away, key, coordinate).uniform();
    const auto& [least, mode, most] = terms.dock_to_stock;
    const double hours =
        sim::triangular(u, sim::in<sim::hours>(least), sim::in<sim::hours>(mode), sim::in<sim::hours>(most));
    GoodsReference goods = message.reference;
    if (is_entered_ahead(site, message, context)) {
        goods = goods.as_entered();
        enter_receipt(site, {message.item, message.units, goods}, context);
    }
    context.after(sim::from_real<sim::hours>(hours), GoodsPutAway{message.item, message.units, goods});
    --site.receiving;
    if (site.crew.helping > 0) let_helpers_go(site, context);
    start_unloading(site, context);
    if (terms.cross_training.share > 0) help_at_dock(site, context);
}

void on(SiteState& site, const GoodsPutAway& message, Context& context) {
    if (message.reference.from_customer()) return put_back(site, message, context);
    const ItemId item{message.item};
    site.truth[item].at_dock -= message.units;
    move_stock(site, item, message.units, context.now());
    if (!message.reference.entered()) enter_receipt(site, {message.item, message.units, message.reference}, context);
    damage_in_handling(site, item, message.units, context);
}

}  // namespace entrepot::models
