#include <algorithm>
#include <limits>

#include "models/decisions/transfers.hpp"
#include "models/goods/transport.hpp"
#include "models/goods/warehouse.hpp"
#include "models/purposes.hpp"
#include "models/records/allocation_override.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/order_lines.hpp"
#include "models/records/shelf_orders.hpp"
#include "models/records/stock_costs.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::models {

// How lines wait, and what customers do who wait; who of them is served is in rationing.cpp.

namespace {

void append_waiting(SiteState& site, std::uint32_t index) {
    Line& line = site.lines[index];
    const ItemId item{line.item};
    line.next = kNone;
    line.listed = true;
    if (site.record[item].waiting_head == kNone) {
        site.record[item].waiting_head = index;
    } else {
        site.lines[site.record[item].waiting_tail].next = index;
    }
    site.record[item].waiting_tail = index;
}

/// So many units more, or fewer, are waited for by the line.
void change_waiting(SiteState& site, Line& line, Units units, Time now) {
    StockRecord& record = site.record[ItemId{line.item}];
    count_waiting(record, now);
    SIM_CHECK(units <= std::numeric_limits<Units>::max() - record.waiting,
              "more units wait than can be counted: choose a larger unit");
    record.waiting += units;
    SIM_CHECK(record.waiting >= 0, "fewer units wait than none");
    TierWaiting& tier = site.waiting_by_tier[site.orders[line.order].tier];
    count_waiting(tier, now);
    tier.units += units;
    line.waiting += units;
}

void wait_for_stock(SiteState& site, std::uint32_t index, Units units, Context& context) {
    Line& line = site.lines[index];
    if (line.waiting == 0) ++site.waiting_lines;
    const ItemId item{line.item};
    change_waiting(site, line, units, context.now());
    if (!line.listed) append_waiting(site, index);
    touch(site, item);
}

/// The customer of a line that is short by so many units waits for them.
void begin_to_wait(SiteState& site, Line& line, Units units, Context& context) {
    const Order& order = site.orders[line.order];
    charge_short_units(site, ItemId{line.item}, context.network().tiers[order.tier], units, context);
    if (line.wait != Line::Wait::none) return;
    line.wait = Line::Wait::begun;
    const ClassId velocity = context.network().items[ItemId{line.item}].velocity;
    if (order.summed && line.entered == context.now()) {
        ++short_orders(site, order.tier, velocity, context.network()).waiting;
    } else {
        context.tell(LineWaits{1, order.tier.value, velocity.value, order.placed_day});
    }
}

/// Units that the line waited for are there; perhaps they were the last.
void end_wait(SiteState& site, Line& line, Context& context) {
    if (line.waiting > 0 || line.wait != Line::Wait::begun) return;
    line.wait = Line::Wait::ended;
    const Order& order = site.orders[line.order];
    context.tell(LineWaited{sim::in<sim::days>(context.now() - line.entered), order.tier.value,
                            context.network().items[ItemId{line.item}].velocity.value, order.placed_day});
}

void stop_waiting(SiteState& site, Line& line, Units units, Context& context) {
    change_waiting(site, line, -units, context.now());
    if (line.waiting == 0) --site.waiting_lines;
    touch(site, ItemId{line.item});
}

/// Whether the customer of a short line would wait beside so many units that others wait for; if so, patience begins.
bool accepts_to_wait(const SiteState& site, std::uint32_t index, std::uint32_t line_number, Units waiting,
                     Context& context) {
    const Line& line = site.lines[index];
    const Order& order = site.orders[line.order];
    const Tier& tier = context.network().tiers[order.tier];
    const bool without_end = tier.patience_median <= Duration::zero() && !tier.patience;
    if (tier.backorder_probability >= 1 && without_end && !tier.backorder_limit)
        return true;  // no draw would change it
    auto draw = context.draws().at(purpose::patience, line_key(order.key, line_number), order.coordinate);
    const double wait = draw.uniform(), patience = draw.uniform();
    if (wait >= tier.backorder_probability || (tier.backorder_limit && waiting > *tier.backorder_limit)) return false;
    if (tier.patience) {
        context.after(models::draw(*tier.patience, patience), PatienceEnds{index, line.serial});
    } else if (tier.patience_median > Duration::zero()) {
        const double days =
            sim::lognormal_median(patience, sim::in<sim::days>(tier.patience_median), tier.patience_sigma);
        context.after(sim::from_real<sim::days>(days), PatienceEnds{index, line.serial});
    }
    return true;
}

}  // namespace

void wait_or_cancel(SiteState& site, std::uint32_t index, std::uint32_t line_number, Units short_units,
                    Context& context) {
    if (!context.network().pools_of[site.id].empty() && may_borrow(site, site.lines[index], context.network())) {
        wait_for_stock(site, index, short_units, context);
        site.short_lines.push_back({index, line_number, short_units});
        return;
    }
    const Units waiting = site.record[ItemId{site.lines[index].item}].waiting + short_units;
    if (accepts_to_wait(site, index, line_number, waiting, context)) {
        wait_for_stock(site, index, short_units, context);
        begin_to_wait(site, site.lines[index], short_units, context);
    } else {
        cancel_units(site, index, short_units, LostBecause::no_stock_no_wait, context);
    }
}

void allocate(SiteState& site, std::uint32_t index, Units units, Context& context) {
    Line& line = site.lines[index];
    line.allocated += units;
    site.record[ItemId{line.item}].allocated += units;
    release_pick(site, line.order, index, units, context);
}

void serve_waiting(SiteState& site, std::uint32_t index, Units units, Context& context) {
    stop_waiting(site, site.lines[index], units, context);
    end_wait(site, site.lines[index], context);
    allocate(site, index, units, context);
}

void return_to_waiting(SiteState& site, std::uint32_t line, Units units, Context& context) {
    site.waits_in_turn = false;  // it stands behind later orders now
    wait_for_stock(site, line, units, context);
    begin_to_wait(site, site.lines[line], units, context);
}

void leave_or_wait(SiteState& site, std::uint32_t index, std::uint32_t line_number, Units units, Context& context) {
    Line& line = site.lines[index];
    const Units refused = std::min(units, line.waiting);
    const Units waiting = site.record[ItemId{line.item}].waiting;
    if (refused == 0) return;
    if (accepts_to_wait(site, index, line_number, waiting, context)) {
        begin_to_wait(site, line, refused, context);
        return;
    }
    stop_waiting(site, line, refused, context);
    cancel_units(site, index, refused, LostBecause::no_stock_no_wait, context);
    close_line_if_done(site, index, context);
}

namespace {

void end_patience(SiteState& site, std::uint32_t index, Context& context) {
    Line& line = site.lines[index];
    const Units units = line.waiting;
    stop_waiting(site, line, units, context);
    cancel_units(site, index, units, LostBecause::patience_ended, context);
    close_line_if_done(site, index, context);
}

bool still_waits(const Line& line, std::uint32_t serial) { return line.serial == serial && line.waiting > 0; }

}  // namespace

void on(SiteState& site, const PatienceEnds& message, Context& context) {
    const Line& line = site.lines[message.line];
    if (!still_waits(line, message.serial)) return;
    const Order& order = site.orders[line.order];
    const double longer = context.network().tiers[order.tier].patience_if_told;
    if (longer <= 1 || !order.counts_on_notice) return end_patience(site, message.line, context);
    const double days = sim::in<sim::days>(context.now() - line.entered);
    context.after(sim::from_real<sim::days>(days * (longer - 1)), LongerPatienceEnds{message.line, message.serial});
}

void on(SiteState& site, const LongerPatienceEnds& message, Context& context) {
    if (still_waits(site.lines[message.line], message.serial)) end_patience(site, message.line, context);
}

void escalate(SiteState& site, std::uint32_t index, std::uint32_t item, Units short_units, Context& context) {
    Order& order = site.orders[index];
    if (order.escalated) return;
    const Network& network = context.network();
    const Tier& tier = network.tiers[order.tier];
    const double silent = tier.escalation_probability;
    const double probability = order.counts_on_notice ? tier.escalation_if_told.value_or(silent) : silent;
    if (context.draws().at(purpose::escalation, order.key, order.coordinate).uniform() >= probability) return;
    order.escalated = true;
    const std::uint32_t name = name_of(order);
    site.escalated.insert(std::ranges::upper_bound(site.escalated, name, {}, &EscalatedOrder::name),
                          {name, index, order.serial});
    // Only the first tier's shortages are worth a dedicated truck: for the others the order is just in a hurry.
    const auto units = static_cast<std::uint16_t>(tier.rank == 0 ? std::min<Units>(short_units, 65535) : 0);
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 OrderEscalated{name, key_of(site.id, ItemId{item}), units, order.tier.value,
                                tier_to_take_from(site, ItemId{item}, order.tier, units, network)});
}

void note_past_due(SiteState& site, int day, Context& context) {
    const Column<TierId, Tier>& tiers = context.network().tiers;
    for (const SiteState::DueOrder& due : site.due[static_cast<std::size_t>(day)]) {
        Order& order = site.orders[due.order];
        const bool on_the_way = order.shipments_open > 0 && tiers[order.tier].escalates_on_the_way;
        if (order.serial != due.serial || (order.lines_open == 0 && !on_the_way)) continue;
        if (due.by_notice) order.counts_on_notice = false;  // its day, too, has passed
        escalate(site, due.order, 0, 0, context);
    }
    site.due[static_cast<std::size_t>(day)] = {};
}

void on(SiteState& site, const EscalationResolved& message, Context& context) {
    const auto settled = std::ranges::lower_bound(site.escalated, message.order, {}, &EscalatedOrder::name);
    SIM_CHECK(settled != site.escalated.end() && settled->name == message.order, "an escalation is settled twice");
    const EscalatedOrder escalated = *settled;
    site.escalated.erase(settled);
    if (message.in_turn != 0) return;
    send_on_errand(site, message.order, context);
    Order& order = site.orders[escalated.order];
    if (order.serial != escalated.serial) return;  // the order has ended, another one has its place
    order.boosted = true;
    site.waits_in_turn = false;
    site.ranked_day = -1;
    if (order.shipment != kNone) expedite_shipment(site, order.shipment);
}

}  // namespace entrepot::models
