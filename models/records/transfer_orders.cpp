#include "models/records/transfer_orders.hpp"

#include <algorithm>

#include "models/goods/warehouse.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/stock_costs.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::models {

namespace {

void close_when_done(Headquarters& hq, std::uint32_t index, const Network& network) {
    Transfer& transfer = hq.transfers[index];
    const bool nobody_reports = transfer.shipped == 0 || account_at_site(network, transfer.to, transfer.item);
    if (!transfer.answered || !(transfer.reported || nobody_reports)) return;
    transfer.open = false;
    hq.transfers.release(index);
}

/// Headquarters' account, or the receiving site's, has so many units more on order; with fewer than none, less.
void account(Headquarters& hq, const Transfer& transfer, Units units, Context& context) {
    const Network& network = context.network();
    if (transfer.standing == OnRecord::unknown) return;
    if (!account_at_site(network, transfer.to, transfer.item)) {
        const LocationId receiver = hq.location(transfer.to, transfer.item);
        hq.view[receiver].on_order += units;
        hq.transfers_under_way[receiver] += units;
    } else if (transfer.mode != TransferMode::lent && units != 0) {  // a borrower counts what it asked for by itself
        context.send(entity_of(transfer.to), context.now() + network.strategy.integration.pump,
                     ReceiptShort{key_of(transfer.to, transfer.item), -units});
    }
}

/// Freight of a transfer, and what of it is the price of haste.
void pay_haul(Headquarters& hq, const Transfer& transfer, Context& context) {
    const Network& network = context.network();
    const Money cost = haul_cost(network.transfer_terms, transfer.units, transfer.mode);
    const bool urgent = transfer.mode == TransferMode::urgent;
    hq.ledger.post(Account::freight, Account::payables, cost);
    context.tell(TransferOrdered{transfer.item.value, transfer.units, transfer.from.value, transfer.to.value, urgent,
                                 transfer.touches, cost.micros});
    if (urgent) {
        const Money ordinary = haul_cost(network.transfer_terms, transfer.units, TransferMode::scheduled);
        context.tell(ExpeditePaid{(cost - ordinary).micros, static_cast<std::uint8_t>(ExpediteKind::transfer)});
    }
}

}  // namespace

Money haul_cost(const TransferTerms& terms, Units units, TransferMode mode) {
    if (mode == TransferMode::lent) return {};
    const bool urgent = mode == TransferMode::urgent;
    const double pallets = std::max(units / terms.units_per_pallet, urgent ? 1.0 : 0.0);
    const Money haul = terms.per_pallet * (urgent ? terms.urgent_cost_factor : 1.0);
    return (haul + terms.handling * 2) * pallets;
}

const StockPool* pool_between(const Network& network, SiteId borrower, SiteId lender) {
    if (borrower == lender) return nullptr;
    for (const std::uint16_t index : network.pools_of[borrower]) {
        const StockPool& pool = network.pools[index];
        if (std::ranges::find(pool.lenders, lender) != pool.lenders.end()) return &pool;
    }
    return nullptr;
}

std::uint32_t open_transfer(Headquarters& hq, const Transfer& transfer, Context& context) {
    const std::uint32_t index = hq.transfers.take();
    const auto serial = static_cast<std::uint16_t>(hq.transfers[index].serial + 1);
    hq.transfers[index] = transfer;
    hq.transfers[index].open = true;
    hq.transfers[index].serial = serial;
    const LocationId giver = hq.location(transfer.from, transfer.item);
    hq.view[giver].net -= transfer.units;
    hq.cover_changed(giver);
    if (!account_at_site(context.network(), transfer.to, transfer.item)) {
        hq.view[hq.location(transfer.to, transfer.item)].on_order += transfer.units;
    }
    return index;
}

void resize_transfer(Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    Transfer& transfer = hq.transfers[index];
    const Units less = transfer.units - units;
    const LocationId giver = hq.location(transfer.from, transfer.item);
    hq.view[giver].net += less;
    hq.cover_changed(giver);
    if (!account_at_site(context.network(), transfer.to, transfer.item)) {
        hq.view[hq.location(transfer.to, transfer.item)].on_order -= less;
    }
    transfer.units = units;
    if (units > 0) return;
    transfer.open = false;
    hq.transfers.release(index);
}

void execute_transfer(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Transfer transfer = hq.transfers[index];
    if (account_at_site(network, transfer.to, transfer.item)) {
        account(hq, transfer, transfer.units, context);
    } else {
        hq.transfers_under_way[hq.location(transfer.to, transfer.item)] += transfer.units;
    }
    pay_haul(hq, transfer, context);
    transmit(hq, InterfaceName::transfer_order, transfer.from.index(), {index, transfer.serial, 0}, context);
}

namespace {

void ask_sender(const Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    const Transfer& transfer = hq.transfers[index];
    context.send(entity_of(transfer.from), context.now() + context.network().strategy.integration.pump,
                 TransferRequested::of(key_of(transfer.to, transfer.item), units, index, transfer.mode));
}

}  // namespace

void reach_sender(Headquarters& hq, std::uint32_t index, std::uint16_t serial, Context& context,
                  std::optional<Units> units) {
    Transfer& transfer = hq.transfers[index];
    if (!transfer.open || transfer.serial != serial || transfer.standing != OnRecord::alone) return;
    transfer.standing = OnRecord::shared;
    ask_sender(hq, index, units.value_or(transfer.units), context);
}

void transfer_twice(Headquarters& hq, std::uint32_t index, std::uint16_t serial, Context& context) {
    const Network& network = context.network();
    const Transfer first = hq.transfers[index];
    const bool same = first.open && first.serial == serial && first.mode != TransferMode::lent;
    if (!same || account_at_site(network, first.to, first.item)) return;
    const std::uint32_t second = hq.transfers.take();
    Transfer again = first;
    again.serial = static_cast<std::uint16_t>(hq.transfers[second].serial + 1);
    again.standing = OnRecord::unknown;
    again.shipped = 0;
    again.reported = again.answered = false;
    hq.transfers[second] = again;
    context.tell(OrderedTwice{first.item.value, first.units, first.to.value, 1});
    pay_haul(hq, again, context);
    ask_sender(hq, second, again.units, context);
    context.after(network.strategy.integration.reconciled_after,
                  DuplicateFound{GoodsReference::of(GoodsReference::transfer, second), again.serial});
}

void find_second_transfer(Headquarters& hq, std::uint32_t index, std::uint16_t serial) {
    Transfer& transfer = hq.transfers[index];
    if (!transfer.open || transfer.serial != serial || transfer.standing != OnRecord::unknown) return;
    transfer.standing = OnRecord::shared;
    if (transfer.reported) return;
    const Units coming = transfer.answered ? transfer.shipped : transfer.units;
    const LocationId receiver = hq.location(transfer.to, transfer.item);
    hq.view[receiver].on_order += coming;
    hq.transfers_under_way[receiver] += coming;
}

void on(SiteState& site, const TransferRequested& message, Context& context) {
    const Network& network = context.network();
    const ItemId item = item_of(message.key);
    const bool lent = message.mode() == TransferMode::lent;
    const Units keeps = lent ? pool_between(network, site_of(message.key), site.id)->keeps : 0;
    const Units units = std::clamp<Units>(available_on_record(site, item) - keeps, 0, message.units);
    site.record[item].allocated += units;
    touch(site, item);
    if (units == 0) {
        return context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                            TransferShipped{message.transfer(), 0});
    }
    const std::uint32_t index = site.outgoing.take();
    site.outgoing[index] = OutgoingTransfer{.item = item.value,
                                            .transfer = message.transfer(),
                                            .units = units,
                                            .destination = site_of(message.key),
                                            .mode = message.mode()};
    release_transfer(site, index, context);
}

void on(Headquarters& hq, const TransferShipped& message, Context& context) {
    Transfer& transfer = hq.transfers[message.transfer];
    transfer.shipped = message.units;
    transfer.answered = true;
    const Units missing = transfer.units - message.units;
    account(hq, transfer, -missing, context);
    if (transfer.mode == TransferMode::lent) {
        const auto answer = [&](Units units, std::uint16_t lender) {
            if (units == 0) return;
            context.send(entity_of(transfer.to), context.now() + context.network().strategy.integration.pump,
                         PoolAnswers{transfer.request, units, lender});
        };
        answer(message.units, transfer.from.value);
        answer(missing, PoolAnswers::kNobody);
    }
    close_when_done(hq, message.transfer, context.network());
}

void receive_transfer(Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    Transfer& transfer = hq.transfers[index];
    transfer.reported = true;
    if (transfer.standing != OnRecord::unknown) {
        const LocationId receiver = hq.location(transfer.to, transfer.item);
        hq.view[receiver].on_order -= units;
        hq.transfers_under_way[receiver] -= units;
    }
    close_when_done(hq, index, context.network());
}

/// What came of units that a site asked others for: what none lends, its customer waits for or cancels.
void on(SiteState& site, const PoolAnswers& message, Context& context) {
    PoolRequest& request = site.pool_requests[message.request];
    const PoolRequest asked = request;
    const ItemId item{asked.item};
    request.open -= message.units;
    SIM_CHECK(request.open >= 0, "other sites lend more than they were asked for");
    if (request.open == 0) site.pool_requests.release(message.request);
    const Network& network = context.network();
    if (message.lender != PoolAnswers::kNobody) {
        context.tell(UnitsLent{asked.item, message.units, asked.tier.value, network.items[item].velocity.value,
                               asked.placed_day});
        const StockPool* pool = pool_between(network, site.id, SiteId{message.lender});
        SIM_CHECK(pool != nullptr, "a site lends that shares no pool");
        return charge(site.ledger, site.id, item, pool->per_unit * message.units, context);
    }
    if (account_at_site(network, site.id, item)) expect(site, item, -message.units);
    if (site.lines[asked.line].serial == asked.serial) {
        leave_or_wait(site, asked.line, asked.line_number, message.units, context);
    }
    touch(site, item);
}

}  // namespace entrepot::models
