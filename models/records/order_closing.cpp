#include "models/records/accounts.hpp"
#include "models/records/notices.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/order_holds.hpp"
#include "models/records/order_lines.hpp"
#include "models/records/shelf_orders.hpp"
#include "models/records/stock_costs.hpp"

namespace entrepot::models {

// How lines and orders end: shipped, cancelled, or open as the horizon ends.

namespace {

/// Of a unit.
Money margin_of(const Item& item, const Tier& tier) {
    return item.price[static_cast<std::size_t>(tier.channel)] - item.unit_cost;
}

void forget_open_line(SiteState& site, const Order& order, int today) {
    --site.open_lines;
    --site.open_lines_due[site.due_place(order.promised_day)];
    if (order.promised_day < today) --site.past_due_lines;
}

}  // namespace

void cancel_units(SiteState& site, std::uint32_t index, Units units, LostBecause because, Context& context) {
    Line& line = site.lines[index];
    const Network& network = context.network();
    const Tier& tier = network.tiers[site.orders[line.order].tier];
    const Item& item = network.items[ItemId{line.item}];
    line.cancelled += units;
    const Order& order = site.orders[line.order];
    context.tell(LineCancelled{line.item, units, order.tier.value, item.velocity.value,
                               static_cast<std::uint8_t>(because), order.placed_day,
                               (margin_of(item, tier) * units).micros});
    charge_lost_units(site, ItemId{line.item}, tier, units, context);
}

void pay_penalty(SiteState& site, const Order& order, Money charge, Context& context) {
    site.ledger.post(Account::penalties, Account::payables, charge);
    const std::uint32_t account = account_of(order, context.network(), context.draws());
    context.tell(PenaltyCharged{charge.micros, order.tier.value, order.promised_day, account,
                                is_large(account, context.network().tiers[order.tier])});
}

void close_line(SiteState& site, std::uint32_t index, Context& context) {
    Line& line = site.lines[index];
    SIM_CHECK(line.ordered == line.shipped + line.cancelled, "units of an order line are lost");
    const std::uint32_t order = line.order;
    forget_open_line(site, site.orders[order], day_of(context.now()));
    --site.orders[order].lines_open;
    ++line.serial;  // a late PatienceEnds must not find the slot's next user
    line.order = kNone;
    if (!line.listed) site.lines.release(index);  // else the waiting list lets go of it when it comes by
    close_if_done(site, order, context);
}

void end_first_pass(SiteState& site, std::uint32_t index, Units filled, Context& context) {
    Line& line = site.lines[index];
    if (!line.first_attempt_open) return;
    line.first_attempt_open = false;
    Order& order = site.orders[line.order];
    order.first_pass_filled = order.first_pass_filled && filled == line.ordered;
    --order.first_passes_left;
    const ClassId velocity = context.network().items[ItemId{line.item}].velocity;
    if (order.summed) {
        SIM_CHECK(filled < line.ordered, "the shelf would have served this order");
        ShortOrders& sums = short_orders(site, order.tier, velocity, context.network());
        ++sums.orders;
        sums.ordered += line.ordered;
        sums.filled += filled;
        return;
    }
    context.tell(LineFirstPass{line.item, line.ordered, filled, order.tier.value, velocity.value, order.placed_day,
                               order.first_passes_left == 0, order.first_pass_filled});
}

void ship_units(SiteState& site, std::uint32_t index, Units units, Context& context) {
    Line& line = site.lines[index];
    line.staged -= units;
    line.shipped += units;
    close_line_if_done(site, index, context);
}

namespace {

/// What the contract asks for an order that was not delivered in full by its promised day.
void charge_penalty(SiteState& site, const Order& order, bool late, Context& context) {
    const Tier& tier = context.network().tiers[order.tier];
    Money charge = (order.cost - order.cost_on_time) * tier.penalty_share + tier.penalty_fixed;
    if (late) charge += tier.refund;
    if (charge.micros <= 0) return;
    pay_penalty(site, order, charge, context);
}

}  // namespace

void close_if_done(SiteState& site, std::uint32_t index, Context& context) {
    Order& order = site.orders[index];
    if (order.lines_open > 0 || order.shipments_open > 0) return;
    const bool in_full = order.units_delivered == order.units_ordered;
    const bool cancelled = order.units_delivered == 0;
    const bool late = !cancelled && order.delivered_day > order.promised_day;
    if (late || !in_full) charge_penalty(site, order, late, context);
    if (!deliver_short_order(site, order, in_full, context)) {
        context.tell(OrderClosed{index, order.tier.value, in_full, cancelled, 0, order.placed_day, order.promised_day,
                                 order.delivered_day, notice_of(order, context.network()), forget_hold(site, index)});
    }
    ++site.closed;
    site.orders.release(index);
}

namespace {

bool is_open(const Order& order) { return order.lines_open > 0 || order.shipments_open > 0; }

/// What is lost of orders that were due, as the horizon ends: what has not left. What is on its way will be paid for.
void tell_undelivered(const SiteState& site, Context& context) {
    const Network& network = context.network();
    for (std::uint32_t index = 0; index < site.lines.size(); ++index) {
        const Line& line = site.lines[index];
        if (line.order == kNone) continue;
        const Order& order = site.orders[line.order];
        if (order.internal || order.promised_day >= network.calendar.total_days()) continue;
        const Item& item = network.items[ItemId{line.item}];
        const Units units = line.waiting + line.allocated + line.staged + line.on_hold();
        const Money margin = margin_of(item, network.tiers[order.tier]) * units;
        if (margin == Money{}) continue;
        context.tell(UnitsUndelivered{margin.micros, order.placed_day, order.tier.value, item.velocity.value});
    }
}

}  // namespace

void end_orders(SiteState& site, Context& context) {
    for (std::uint32_t index = 0; index < site.lines.size(); ++index) {
        if (site.lines[index].order != kNone) end_first_pass(site, index, 0, context);
    }
    tell_undelivered(site, context);
    std::uint64_t open = 0;
    for (std::uint32_t index = 0; index < site.orders.size(); ++index) {
        const Order& order = site.orders[index];
        if (!is_open(order)) continue;
        ++open;
        const bool due = order.promised_day < context.network().calendar.total_days();
        if (due) charge_penalty(site, order, true, context);
        context.tell(OrderClosed{index, order.tier.value, 0, 0, 1, order.placed_day, order.promised_day,
                                 order.delivered_day, notice_of(order, context.network()), was_held(site, index)});
    }
    SIM_CHECK(site.entered == site.closed + open, "orders are lost");
}

}  // namespace entrepot::models
