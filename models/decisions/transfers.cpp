#include "models/decisions/transfers.hpp"

#include <algorithm>
#include <cmath>

#include "models/decisions/office.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

namespace {

constexpr int kTruckHour = 18;  ///< scheduled trucks leave in the evening
constexpr int kArrivalHour = 8;

/// Days that the stock in the view lasts at the demand behind the levels.
double cover_days(const Headquarters& hq, LocationId location, double units) {
    const double rate = hq.levels[location].daily_rate;
    return rate > 1e-6 ? units / rate : (units > 0 ? 1e6 : 0);
}

Money haul_cost(const TransferPolicyTerms& terms, Units units, bool urgent) {
    const double pallets = std::max(units / terms.units_per_pallet, urgent ? 1.0 : 0.0);
    const Money haul = terms.per_pallet * (urgent ? terms.urgent_cost_factor : 1.0);
    return (haul + terms.handling * 2) * pallets;
}

std::uint32_t propose(Headquarters& hq, ItemId item, SiteId from, SiteId to, Units units, bool urgent, Time now) {
    hq.transfers.push_back(
        Transfer{.item = item, .from = from, .to = to, .units = units, .urgent = urgent, .proposed = now});
    hq.view[hq.location(to, item)].on_order += units;
    hq.view[hq.location(from, item)].net -= units;  // until the next extract says the same
    return static_cast<std::uint32_t>(hq.transfers.size() - 1);
}

/// Units that a site can give away and still cover its own demand.
double spare_units(const Headquarters& hq, LocationId location, double keep_days) {
    const double keep = std::max<double>(keep_days * hq.levels[location].daily_rate, hq.levels[location].reorder_point);
    return hq.view[location].net - keep;
}

void rebalance_item(Headquarters& hq, ItemId item, Context& context) {
    const Network& network = context.network();
    const Transfers& rule = network.strategy.transfers;
    for (const SiteId to : sim::ids<SiteId>(network.sites)) {
        const LocationId receiver = hq.location(to, item);
        const double rate = hq.levels[receiver].daily_rate;
        const StockView& view = hq.view[receiver];
        if (rate <= 0 || cover_days(hq, receiver, view.net) >= rule.receiver_below_days) continue;
        // What suppliers will bring may come too late: only transfers and stock count as near.
        SiteId best = to;
        double most = 0;
        for (const SiteId from : sim::ids<SiteId>(network.sites)) {
            if (from == to) continue;
            const double spare = spare_units(hq, hq.location(from, item), rule.donor_keeps_days);
            if (spare > most) {
                most = spare;
                best = from;
            }
        }
        const double near = std::max(0, view.net) + hq.transfers_under_way[receiver];
        const double lead = network.transfer_terms.lead_days[best][to];
        const double wanted = rate * (rule.receiver_below_days + lead) - std::min<double>(0, view.net) - near;
        const auto units = static_cast<Units>(std::min(wanted, most));
        const Item& goods = network.items[item];
        const Money margin = goods.price[0] - goods.unit_cost;
        // A move must be able to earn its freight: the margin of the units that would otherwise wait or be lost.
        if (units < 1 || margin * units <= haul_cost(network.transfer_terms, units, false)) continue;
        const std::uint32_t transfer = propose(hq, item, best, to, units, false, context.now());
        if (goods.unit_cost * units <= rule.auto_value_limit) {
            execute_transfer(hq, transfer, context);
        } else {
            ask_planner(hq, DecisionKind::transfer, transfer, context);
        }
    }
}

}  // namespace

void rebalance(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    const auto weekday = static_cast<std::size_t>(network.calendar.weekday(day));
    if (!network.strategy.transfers.proactive || !network.transfer_terms.truck_weekdays[weekday]) return;
    for (const ItemId item : sim::ids<ItemId>(network.items)) rebalance_item(hq, item, context);
}

bool order_urgent_transfer(Headquarters& hq, const Work& work, Context& context) {
    const Network& network = context.network();
    const ItemId item = item_of(work.escalated.key);
    const SiteId to = site_of(work.escalated.key);
    const auto needed = static_cast<double>(work.escalated.short_units);
    SiteId best = to;
    double longest = 0;
    for (const SiteId from : sim::ids<SiteId>(network.sites)) {
        const LocationId donor = hq.location(from, item);
        const double cover = cover_days(hq, donor, hq.view[donor].net - needed);
        if (from != to && hq.view[donor].net >= needed && cover > longest) {
            longest = cover;
            best = from;
        }
    }
    constexpr double kDonorCoverDays = 3;  // a planner doesn't strip a warehouse for one order
    if (best == to || longest < kDonorCoverDays) return false;
    const std::uint32_t transfer = propose(hq, item, best, to, work.escalated.short_units, true, work.raised);
    hq.transfers[transfer].touches = work.touches;
    execute_transfer(hq, transfer, context);
    return true;
}

void execute_transfer(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Transfer& transfer = hq.transfers[index];
    hq.transfers_under_way[hq.location(transfer.to, transfer.item)] += transfer.units;
    const Money cost = haul_cost(network.transfer_terms, transfer.units, transfer.urgent);
    hq.ledger.post(Account::freight, Account::payables, cost);
    context.tell(TransferOrdered{transfer.item.value, transfer.units, transfer.from.value, transfer.to.value,
                                 transfer.urgent, transfer.touches, cost.micros});
    if (transfer.urgent) {
        const Money ordinary = haul_cost(network.transfer_terms, transfer.units, false);
        context.tell(ExpeditePaid{(cost - ordinary).micros, static_cast<std::uint8_t>(ExpediteKind::transfer)});
    }
    context.tell(CaseClosed{transfer.proposed.time_since_epoch().count(), index,
                            static_cast<std::uint8_t>(DecisionKind::transfer), transfer.touches, 1});
    context.send(
        entity_of(transfer.from), context.now() + network.strategy.integration.pump,
        TransferRequested{key_of(transfer.to, transfer.item), transfer.units, index & 0x7FFFFFFF, transfer.urgent});
}

void on(SiteState& site, const TransferRequested& message, Context& context) {
    const ItemId item = item_of(message.key);
    const Units units = std::clamp<Units>(available_on_record(site, item), 0, message.units);
    site.record[item].allocated += units;
    const std::uint32_t index = site.outgoing.take();
    site.outgoing[index] = OutgoingTransfer{.item = item.value,
                                            .transfer = message.transfer,
                                            .units = units,
                                            .destination = site_of(message.key),
                                            .urgent = message.urgent != 0};
    mark_changed(site, item, context);
    if (units > 0) {
        release_transfer(site, index, context);
        return;
    }
    site.outgoing.release(index);
    context.send(headquarters_of(context.network()), context.now() + context.network().strategy.integration.pump,
                 TransferShipped{message.transfer, 0});
}

namespace {

void dispatch(SiteState& site, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const OutgoingTransfer transfer = site.outgoing[index];
    site.outgoing.release(index);
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 TransferShipped{transfer.transfer, transfer.picked});
    if (transfer.picked == 0) return;
    const TransferPolicyTerms& terms = network.transfer_terms;
    const double lead =
        terms.lead_days[site.id][transfer.destination] * (transfer.urgent ? terms.urgent_lead_factor : 1);
    const int day = day_of(context.now()) + std::max(1, static_cast<int>(std::lround(lead)));
    context.send(entity_of(transfer.destination), at_hour(day, kArrivalHour),
                 GoodsArrive{transfer.item, transfer.picked, GoodsReference::transfer(transfer.transfer)});
}

}  // namespace

void stage_transfer(SiteState& site, std::uint32_t index, Context& context) {
    if (site.outgoing[index].urgent || site.outgoing[index].picked == 0) {
        dispatch(site, index, context);
        return;
    }
    if (site.staged_transfers.empty()) {
        const Network& network = context.network();
        int day = day_of(context.now());
        if (context.now() >= at_hour(day, kTruckHour)) ++day;
        const auto runs = [&](int d) {
            return network.transfer_terms.truck_weekdays[static_cast<std::size_t>(network.calendar.weekday(d))];
        };
        for (int tries = 0; tries < 7 && !runs(day); ++tries) ++day;
        context.at(at_hour(day, kTruckHour), TransferTruckDeparts{});
    }
    site.staged_transfers.push_back(index);
}

void on(SiteState& site, const TransferTruckDeparts&, Context& context) {
    for (const std::uint32_t index : site.staged_transfers) dispatch(site, index, context);
    site.staged_transfers.clear();
}

void on(Headquarters& hq, const TransferShipped& message, Context&) {
    Transfer& transfer = hq.transfers[message.transfer];
    transfer.shipped = message.units;
    transfer.answered = true;
    const Units missing = transfer.units - message.units;
    const LocationId receiver = hq.location(transfer.to, transfer.item);
    hq.view[receiver].on_order -= missing;
    hq.transfers_under_way[receiver] -= missing;
}

}  // namespace entrepot::models
