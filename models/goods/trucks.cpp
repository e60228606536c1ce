#include "models/goods/trucks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

/// When the goods of a transfer that leaves now are at the other site's dock.
Time arrival_of(SiteState& site, const OutgoingTransfer& transfer, Context& context) {
    const Network& network = context.network();
    if (transfer.mode == TransferMode::lent) {
        const StockPool& pool = *pool_between(network, transfer.destination, site.id);
        const std::uint64_t lane = network.items[ItemId{transfer.item}].key ^ network.sites[site.id].key ^
                                   (network.sites[transfer.destination].key * 0x9E3779B97F4A7C15ull);
        const std::uint32_t occasion = site.occasions.next(
            purpose::loan_transit, key_of(transfer.destination, ItemId{transfer.item}), context.now());
        const double u = context.draws().at(purpose::loan_transit, lane, occasion).uniform();
        // Asking took the pump's time twice: the goods make up for it.
        const Duration pump = network.strategy.integration.pump;
        return context.now() + std::max(pump, draw(pool.transit, u) - 2 * pump);
    }
    const TransferTerms& terms = network.transfer_terms;
    const bool urgent = transfer.mode == TransferMode::urgent;
    const double lead = terms.lead_days[site.id][transfer.destination] * (urgent ? terms.urgent_lead_factor : 1);
    const int day = day_of(context.now()) + std::max(1, static_cast<int>(std::lround(lead)));
    return at_hour(day, terms.arrival_hour);
}

void dispatch(SiteState& site, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const OutgoingTransfer transfer = site.outgoing[index];
    site.outgoing.release(index);
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 TransferShipped{transfer.transfer, transfer.picked});
    if (transfer.picked == 0) return;
    context.send(
        entity_of(transfer.destination), arrival_of(site, transfer, context),
        GoodsArrive{transfer.item, transfer.picked, GoodsReference::of(GoodsReference::transfer, transfer.transfer)});
}

}  // namespace

void stage_transfer(SiteState& site, std::uint32_t index, Context& context) {
    if (site.outgoing[index].mode != TransferMode::scheduled || site.outgoing[index].picked == 0) {
        dispatch(site, index, context);
        return;
    }
    if (site.staged_transfers.empty()) {
        const Network& network = context.network();
        const int truck_hour = network.transfer_terms.truck_hour;
        int day = day_of(context.now());
        if (context.now() >= at_hour(day, truck_hour)) ++day;
        const auto runs = [&](int d) {
            return network.transfer_terms.truck_weekdays[static_cast<std::size_t>(network.calendar.weekday(d))];
        };
        for (int tries = 0; tries < 7 && !runs(day); ++tries) ++day;
        context.at(at_hour(day, truck_hour), TransferTruckDeparts{});
    }
    site.staged_transfers.push_back(index);
}

void on(SiteState& site, const TransferTruckDeparts&, Context& context) {
    for (const std::uint32_t index : site.staged_transfers) dispatch(site, index, context);
    site.staged_transfers.clear();
}

/// Another site orders: it is a customer of a tier of its own, the last one.
void on(SiteState& site, const SiteOrders& message, Context& context) {
    const Network& network = context.network();
    const LineRequest line{item_of(message.key), message.units};
    if (!site.seen.empty()) {
        site.seen[line.item].customers += message.customers_wanted;
        site.seen[line.item].untold += message.customers_wanted;
    }
    if (message.units == 0) return;
    const TierId tier{network.tiers.size() - 1};
    const SiteId from = site_of(message.key);
    const std::uint32_t occasion =
        site.occasions.next(purpose::pick_time, key_of(from, ItemId{0}), context.now());  // whatever they order
    enter_order(site, {from.index(), occasion, tier, 1, true}, std::array{line}, context);
}

void send_to_site(SiteState& site, ItemId item, Units units, SiteId destination, Context& context) {
    const Network& network = context.network();
    const InventoryPolicy& policy = network.replenished_by(destination, item);
    const StockKey key = key_of(destination, item);
    const std::uint32_t occasion = site.occasions.next(purpose::lead_time, key, context.now());
    const double u = context.draws().at(purpose::lead_time, lane_to(key, network), occasion).uniform();
    // The order took the pump's time to come here: the goods make up for it.
    const Duration pump = network.strategy.integration.pump;
    const Duration transit = draw(policy.transit, u);
    site.record[item].sent_unit_days += static_cast<float>(units * sim::in<sim::days>(transit));
    context.send(entity_of(destination), context.now() + std::max(pump, transit - pump),
                 GoodsArrive{item.value, units, GoodsReference::of(GoodsReference::site)});
}

}  // namespace entrepot::models
