#include "models/decisions/transfers.hpp"

#include <algorithm>

#include "models/decisions/cases.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/office.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/reserves.hpp"
#include "models/records/supply_account.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

/// Days that the stock in the view lasts at the demand behind the levels.
double cover_days(const Headquarters& hq, LocationId location, double units) {
    const double rate = hq.levels[location].daily_rate;
    return rate > 1e-6 ? units / rate : (units > 0 ? 1e6 : 0);
}

/// Units that a site can give away and still cover its own demand.
double spare_units(const Headquarters& hq, LocationId location, double keep_days) {
    const double keep = std::max<double>(keep_days * hq.levels[location].daily_rate, hq.levels[location].reorder_point);
    return hq.view[location].net - keep;
}

/// A transfer is recommended: the system releases it within the guardrails, if that is its to do.
void decide_transfer(Headquarters& hq, std::uint32_t index, Context& context) {
    const std::uint32_t place = raise_case(hq, case_of_transfer(hq, index, context.now()), context);
    take_step(hq, place, CaseStep::recommended, Role::system, context);
    if (!context.network().strategy.governance.rights.automatic(DecisionKind::transfer)) {
        return recommend(hq, place, context);
    }
    const Transfer& transfer = hq.transfers[index];
    const LocationId donor = hq.location(transfer.from, transfer.item);
    const Recommendation recommended{.number = hq.cases[place].number,
                                     .kind = DecisionKind::transfer,
                                     .item = transfer.item,
                                     .site = transfer.to,
                                     .units = transfer.units,
                                     .donor_net = static_cast<double>(hq.view[donor].net) + transfer.units,
                                     .donor_rate = hq.levels[donor].daily_rate};
    follow_verdict(hq, place, check_guardrails(hq, recommended, context), recommended, context);
}

}  // namespace

void rebalance_item(Headquarters& hq, ItemId item, Context& context) {
    const Network& network = context.network();
    const Transfers& rule = network.strategy.transfers;
    for (const SiteId to : sim::ids<SiteId>(network.sites)) {
        const LocationId receiver = hq.location(to, item);
        const double rate = hq.levels[receiver].daily_rate;
        const StockView& view = hq.view[receiver];
        if (rate <= 0 || cover_days(hq, receiver, view.net) >= rule.receiver_below_days) continue;
        if (account_at_site(network, to, item)) continue;  // it orders by itself
        // What suppliers will bring may come too late: only transfers and stock count as near.
        SiteId best = to;
        double most = 0;
        for (const SiteId from : sim::ids<SiteId>(network.sites)) {
            if (from == to || account_at_site(network, from, item)) continue;
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
        if (units < 1 || margin * units <= haul_cost(network.transfer_terms, units, TransferMode::scheduled)) continue;
        const std::uint32_t transfer = open_transfer(
            hq, {.item = item, .from = best, .to = to, .units = units, .proposed = context.now()}, context);
        decide_transfer(hq, transfer, context);
    }
}

void rebalance(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    const auto weekday = static_cast<std::size_t>(network.calendar.weekday(day));
    if (!network.strategy.transfers.proactive || !network.transfer_terms.truck_weekdays[weekday]) return;
    for (const ItemId item : sim::ids<ItemId>(network.items)) rebalance_item(hq, item, context);
}

std::uint32_t propose_urgent_transfer(Headquarters& hq, const Case& escalated, Context& context) {
    const Network& network = context.network();
    const ItemId item = item_of(escalated.about);
    const SiteId to = site_of(escalated.about);
    const auto needed = static_cast<double>(escalated.units);
    SiteId best = to;
    double longest = 0;
    for (const SiteId from : sim::ids<SiteId>(network.sites)) {
        const LocationId donor = hq.location(from, item);
        const bool unknown = account_at_site(network, from, item) && hq.levels[donor].daily_rate <= 0;
        const double cover = cover_days(hq, donor, hq.view[donor].net - needed);
        if (from != to && !unknown && hq.view[donor].net >= needed && cover > longest) {
            longest = cover;
            best = from;
        }
    }
    if (best == to || longest < network.strategy.transfers.urgent_donor_days) return kNone;
    return open_transfer(hq,
                         {.item = item,
                          .from = best,
                          .to = to,
                          .units = escalated.units,
                          .mode = TransferMode::urgent,
                          .touches = escalated.touches,
                          .proposed = escalated.raised},
                         context);
}

// Loans.

bool may_borrow(const SiteState& site, const Line& line, const Network& network) {
    const Order& order = site.orders[line.order];
    // Sites don't borrow for sites, nor for customers who are kept off a part of the stock.
    const ItemId item{line.item};
    if (order.internal || kept_from(site, order.tier, item, network) > 0) return false;
    return network.policy(site.id, item) != nullptr;
}

void ask_for_loans(SiteState& site, Context& context) {
    const Network& network = context.network();
    for (const ShortLine& wanting : site.short_lines) {
        const Line& line = site.lines[wanting.line];
        const Order& order = site.orders[line.order];
        const ItemId item{line.item};
        const std::uint32_t request = site.pool_requests.take();
        site.pool_requests[request] = PoolRequest{line.item,     wanting.line,     line.serial, wanting.number,
                                                  wanting.units, order.placed_day, order.tier};
        if (account_at_site(network, site.id, item)) expect(site, item, wanting.units);
        context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                     PoolAsked{key_of(site.id, item), wanting.units, request});
    }
    site.short_lines.clear();
}

namespace {

struct Lender {
    SiteId site;
    Units keeps = 0;
    bool found = false;
};

/// The site that has the most to lend, as headquarters believes. Among equals luck decides, drawn for this occasion.
Lender best_lender(const Headquarters& hq, SiteId borrower, ItemId item, std::uint32_t occasion, Context& context) {
    const Network& network = context.network();
    Lender best;
    Units most = 0;
    double luck = 0;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        const StockPool* pool = pool_between(network, borrower, site);
        if (pool == nullptr || network.policy(site, item) == nullptr) continue;
        const Units there = hq.view[hq.location(site, item)].net;
        if (there <= pool->keeps || (best.found && there < most)) continue;
        const double u = context.draws().at(purpose::lender, lane_to(key_of(site, item), network), occasion).uniform();
        if (best.found && there == most && u < luck) continue;
        best = {site, pool->keeps, true};
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
    const std::uint32_t occasion = hq.occasions.next(purpose::lender, key_of(SiteId{0}, item), context.now());
    Units left = message.units;
    while (left > 0) {
        const Lender lender = best_lender(hq, borrower, item, occasion, context);
        if (!lender.found) break;
        const Units spare = hq.view[hq.location(lender.site, item)].net - lender.keeps;
        const Units units = std::min(left, spare);
        left -= units;
        const Transfer loan{.item = item,
                            .from = lender.site,
                            .to = borrower,
                            .units = units,
                            .request = message.request,
                            .mode = TransferMode::lent,
                            .proposed = context.now()};
        execute_transfer(hq, open_transfer(hq, loan, context), context);
    }
    if (left == 0) return;
    context.send(entity_of(borrower), context.now() + network.strategy.integration.pump,
                 PoolAnswers{message.request, left, PoolAnswers::kNobody});
}

}  // namespace entrepot::models
