#include "models/decisions/stock_pools.hpp"

#include <algorithm>

#include "models/decisions/stock_rules.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

const StockPool* pool_for(const SiteState& site, const Line& line, const Network& network) {
    if (network.pool_of.empty() || network.pool_of[site.id] == Network::kNoRule) return nullptr;
    const Order& order = site.orders[line.order];
    // Sites don't borrow for sites, nor for customers who are kept off a part of the stock.
    if (order.internal || network.tiers[order.tier].reserve > 0) return nullptr;
    return network.rule(site.id, ItemId{line.item}) ? &network.pools[network.pool_of[site.id]] : nullptr;
}

void ask_pool(SiteState& site, std::uint32_t line, std::uint32_t line_number, Units units, Context& context) {
    const Line& asking = site.lines[line];
    const Order& order = site.orders[asking.order];
    const std::uint32_t request = site.pool_requests.take();
    site.pool_requests[request] =
        PoolRequest{asking.item, line, asking.serial, line_number, units, order.tier, order.placed_day};
    expect(site, ItemId{asking.item}, units);
    context.send(headquarters_of(context.network()), context.now() + context.network().strategy.integration.pump,
                 PoolAsked{key_of(site.id, ItemId{asking.item}), units, request});
}

namespace {

/// The site of the pool that has the most to lend, as headquarters believes; the borrower itself when none has any.
/// Among equals luck decides, drawn for this occasion.
SiteId best_lender(const Headquarters& hq, const StockPool& pool, SiteId borrower, ItemId item, std::uint32_t occasion,
                   Context& context) {
    const Network& network = context.network();
    SiteId best = borrower;
    Units most = pool.keeps;
    double luck = 0;
    for (const SiteId site : pool.sites) {
        const Units there = hq.view[hq.location(site, item)].net;
        if (site == borrower || !network.rule(site, item) || there < most || there <= pool.keeps) continue;
        const std::uint64_t key = network.items[item].key ^ network.sites[site].key;
        const double u = context.draws().at(purpose::lender, key, occasion).uniform();
        if (there == most && u < luck) continue;
        best = site;
        most = there;
        luck = u;
    }
    return best;
}

}  // namespace

void on(Headquarters& hq, const PoolAsked& message, Context& context) {
    const Network& network = context.network();
    const SiteId borrower = site_of(message.key);
    const ItemId item = item_of(message.key);
    const StockPool& pool = network.pools[network.pool_of[borrower]];
    const Time heard = context.now() + network.strategy.integration.pump;
    const std::uint32_t occasion = hq.occasions.next(purpose::lender, key_of(SiteId{0}, item), context.now());
    Units left = message.units;
    while (left > 0) {
        const SiteId lender = best_lender(hq, pool, borrower, item, occasion, context);
        if (lender == borrower) break;
        Units& net = hq.view[hq.location(lender, item)].net;
        const Units units = std::min(left, net - pool.keeps);
        net -= units;  // until the next extract says the same
        left -= units;
        context.send(entity_of(lender), heard, LoanRequested{message.key, units, message.request});
    }
    if (left > 0) context.send(entity_of(borrower), heard, PoolAnswers{message.request, 0, left});
}

void on(SiteState& site, const LoanRequested& message, Context& context) {
    const Network& network = context.network();
    const ItemId item = item_of(message.key);
    const StockPool& pool = network.pools[network.pool_of[site.id]];
    const Units units = std::clamp<Units>(available_on_record(site, item) - pool.keeps, 0, message.units);
    site.record[item].allocated += units;
    mark_changed(site, item, context);
    const std::uint32_t index = site.outgoing.take();
    site.outgoing[index] = OutgoingTransfer{.item = item.value,
                                            .transfer = message.request,
                                            .units = units,
                                            .destination = site_of(message.key),
                                            .urgent = true,
                                            .lent = true};
    if (units < message.units) {  // customers were quicker
        context.send(entity_of(site_of(message.key)), context.now() + network.strategy.integration.pump,
                     PoolAnswers{message.request, 0, message.units - units});
    }
    if (units == 0) return site.outgoing.release(index);
    release_transfer(site, index, context);
    follow_stock_rule(site, item, context);
}

void send_loan(SiteState& site, std::uint32_t outgoing, Context& context) {
    const Network& network = context.network();
    const OutgoingTransfer loan = site.outgoing[outgoing];
    site.outgoing.release(outgoing);
    const Duration pump = network.strategy.integration.pump;
    const sim::EntityId borrower = entity_of(loan.destination);
    context.send(borrower, context.now() + pump, PoolAnswers{loan.transfer, loan.picked, loan.units - loan.picked});
    if (loan.picked == 0) return;
    const StockPool& pool = network.pools[network.pool_of[site.id]];
    const std::uint64_t lane = network.items[ItemId{loan.item}].key ^ network.sites[site.id].key ^
                               (network.sites[loan.destination].key * 0x9E3779B97F4A7C15ull);
    const std::uint32_t occasion =
        site.occasions.next(purpose::loan_transit, key_of(loan.destination, ItemId{loan.item}), context.now());
    const double u = context.draws().at(purpose::loan_transit, lane, occasion).uniform();
    // Asking took the pump's time twice: the goods make up for it.
    context.send(borrower, context.now() + std::max(pump, draw(pool.transit, u) - 2 * pump),
                 GoodsArrive{loan.item, loan.picked, GoodsReference::lent()});
}

void on(SiteState& site, const PoolAnswers& message, Context& context) {
    PoolRequest& request = site.pool_requests[message.request];
    const PoolRequest asked = request;
    const ItemId item{asked.item};
    request.open -= message.lent + message.refused;
    SIM_CHECK(request.open >= 0, "the pool lends more than it was asked for");
    if (request.open == 0) site.pool_requests.release(message.request);
    if (message.lent > 0) {
        const Network& network = context.network();
        context.tell(UnitsLent{asked.item, message.lent, asked.tier.value, network.items[item].velocity.value,
                               asked.placed_day});
        charge(item, network.pools[network.pool_of[site.id]].per_unit * message.lent, context);
    }
    if (message.refused == 0) return;
    expect(site, item, -message.refused);
    if (site.lines[asked.line].serial == asked.serial) {
        leave_or_wait(site, asked.line, asked.line_number, message.refused, context);
    }
    follow_stock_rule(site, item, context);
}

}  // namespace entrepot::models
