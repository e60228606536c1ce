#include "models/goods/damage.hpp"

#include <algorithm>

#include "models/goods/daily_chance.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

namespace {

/// Some of an item's units, of so many, are worth nothing any more; `draw` says how many, and whether anybody sees it.
void write_off(SiteState& site, ItemId item, Units of, bool handled, sim::Stream& draw, Context& context) {
    const Network& network = context.network();
    const Damage& terms = network.sites[site.id].damage;
    const Units units = std::min({sim::geometric(draw.uniform(), terms.units), of, site.truth[item].on_hand});
    const bool seen = draw.uniform() < terms.seen;
    if (units <= 0) return;
    move_stock(site, item, -units, context.now());
    site.truth[item].moved.adjusted -= units;
    const Money cost = network.items[item].unit_cost * units;
    site.ledger.post(Account::shrinkage, Account::inventory, cost);
    context.tell(StockDamaged{cost.micros, item.value, units, network.items[item].velocity.value, handled, seen});
    if (seen) post(site, {item.value, -units, 0}, context);
}

}  // namespace

void damage_stock(SiteState& site, int day, Context& context) {
    const double probability = context.network().sites[site.id].damage.per_item_day;
    strike_items(site, purpose::damage, probability, day, context, [&](ItemId item, sim::Stream& draw) {
        write_off(site, item, site.truth[item].on_hand, false, draw, context);
    });
}

void damage_in_handling(SiteState& site, ItemId item, Units units, Context& context) {
    const Network& network = context.network();
    const Damage& terms = network.sites[site.id].damage;
    if (terms.per_load <= 0) return;
    const std::uint64_t key = network.items[item].key ^ network.sites[site.id].key;
    auto draw = context.draws().at(purpose::damaged_load, key, static_cast<std::uint32_t>(day_of(context.now())));
    if (draw.uniform() < terms.per_load) write_off(site, item, units, true, draw, context);
}

}  // namespace entrepot::models
