#include "models/goods/receiving.hpp"

#include "models/decisions/ordering.hpp"
#include "models/goods/dock_help.hpp"
#include "models/goods/returns.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

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
    context.after(sim::from_real<sim::hours>(hours), GoodsPutAway{message.item, message.units, message.reference});
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
    const Network& network = context.network();
    const bool own_account = account_at_site(network, site.id, item);
    if (own_account) {
        const bool was_due_soon =
            message.reference.kind() == GoodsReference::second || looks_ahead(network.policy(site.id, item));
        site.record[item].on_order -= message.units;
        if (was_due_soon) site.record[item].due_soon -= message.units;
    }
    post(site, {message.item, message.units, 0}, context);
    // Headquarters waits for what it ordered; a transfer to a site with an account of its own is over with the truck.
    const bool told =
        message.reference.kind() == GoodsReference::transfer ? !own_account : message.reference.of_headquarters();
    if (told) note_receipt(site, {message.reference, message.units}, context);
}

}  // namespace entrepot::models
