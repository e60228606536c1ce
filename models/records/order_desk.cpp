#include "models/records/order_desk.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <utility>

#include "models/decisions/priority.hpp"
#include "models/decisions/stock_pools.hpp"
#include "models/decisions/stock_rules.hpp"
#include "models/goods/transport.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

namespace {

constexpr int kLastDay = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kMostLines = std::numeric_limits<std::uint16_t>::max();

std::uint64_t line_key(std::uint64_t order_key, std::uint32_t line) {
    return order_key ^ ((line + 1) * 0x9E3779B97F4A7C15ull);
}

/// The day promised at entry by the fixed table, which knows only the tier.
int promise_by_table(const Tier& tier, int day, const Network& network) {
    return add_business_days(network.calendar, day, tier.promise_business_days);
}

/// The day promised at entry. The other rule also looks at what the record lacks.
int promise_day(const SiteState& site, const Tier& tier, int day, std::span<const LineRequest> lines,
                const Network& network) {
    const int by_table = promise_by_table(tier, day, network);
    if (network.strategy.promise == PromiseRule::table) return by_table;
    int latest = by_table;
    for (const LineRequest& request : lines) {
        if (available_on_record(site, request.item) >= request.units) continue;
        const int expected = site.record[request.item].expected_day;
        if (expected >= day) latest = std::max(latest, add_business_days(network.calendar, expected, 2));
    }
    return latest;
}

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
    record.waiting += units;
    SIM_CHECK(record.waiting >= 0, "more units wait than can be counted: choose a larger unit");
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
    mark_changed(site, item, context);
}

void stop_waiting(SiteState& site, Line& line, Units units, Context& context) {
    change_waiting(site, line, -units, context.now());
    if (line.waiting == 0) --site.waiting_lines;
    mark_changed(site, ItemId{line.item}, context);
}

/// Of a unit.
Money margin_of(const Item& item, const Tier& tier) {
    return item.price[static_cast<std::size_t>(tier.channel)] - item.unit_cost;
}

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
    charge_lost_units(site, ItemId{line.item}, units, context);
}

void forget_open_line(SiteState& site, const Order& order, int today) {
    --site.open_lines;
    --site.open_lines_due[site.due_place(order.promised_day)];
    if (order.promised_day < today) --site.past_due_lines;
}

/// A line with nothing waiting, allocated or at the dock is done with; the last one may close the order.
void close_line_if_done(SiteState& site, std::uint32_t index, Context& context) {
    Line& line = site.lines[index];
    if (line.waiting > 0 || line.allocated > 0 || line.staged > 0) return;
    SIM_CHECK(line.ordered == line.shipped + line.cancelled, "units of an order line are lost");
    const std::uint32_t order = line.order;
    forget_open_line(site, site.orders[order], day_of(context.now()));
    --site.orders[order].lines_open;
    ++line.serial;  // a late PatienceEnds must not find the slot's next user
    line.order = kNone;
    if (!line.listed) site.lines.release(index);  // else the waiting list lets go of it when it comes by
    close_if_done(site, order, context);
}

double escalation_probability(const Tier& tier, const Network& network) {
    return tier.escalation_probability * network.strategy.workflow.escalation_factor;
}

void escalate(SiteState& site, std::uint32_t index, std::uint32_t item, Units short_units, Context& context) {
    Order& order = site.orders[index];
    if (order.escalated) return;
    const Network& network = context.network();
    const Tier& tier = network.tiers[order.tier];
    const double probability = escalation_probability(tier, network);
    if (probability <= 0) return;
    if (context.draws().at(purpose::escalation, order.key, order.coordinate).uniform() >= probability) return;
    order.escalated = true;
    // Only the first tier's shortages are worth a dedicated truck: for the others the order is just in a hurry.
    const auto units = static_cast<std::uint16_t>(tier.rank == 0 ? std::min<Units>(short_units, 65535) : 0);
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 OrderEscalated{index, key_of(site.id, ItemId{item}), units, order.serial});
}

/// Whether the customer of a short line would wait beside so many units that others wait for; if so, patience begins.
bool accepts_to_wait(const SiteState& site, std::uint32_t index, std::uint32_t line_number, Units waiting,
                     Context& context) {
    const Line& line = site.lines[index];
    const Order& order = site.orders[line.order];
    const Tier& tier = context.network().tiers[order.tier];
    const bool without_end = tier.wait_median <= Duration::zero() && !tier.patience;
    if (tier.wait_probability >= 1 && without_end && !tier.wait_limit) return true;  // no draw would change it
    auto draw = context.draws().at(purpose::patience, line_key(order.key, line_number), order.coordinate);
    const double wait = draw.uniform(), patience = draw.uniform();
    if (wait >= tier.wait_probability || (tier.wait_limit && waiting > *tier.wait_limit)) return false;
    if (tier.patience) {
        context.after(models::draw(*tier.patience, patience), PatienceEnds{index, line.serial});
    } else if (tier.wait_median > Duration::zero()) {
        const double days = sim::lognormal_median(patience, sim::in<sim::days>(tier.wait_median), 0.5);
        context.after(sim::from_real<sim::days>(days), PatienceEnds{index, line.serial});
    }
    return true;
}

/// The customer of a short line decides: wait, with so much patience, or cancel what is short. Where other sites may
/// help out, they are asked first.
void wait_or_cancel(SiteState& site, std::uint32_t index, std::uint32_t line_number, Units short_units,
                    Context& context) {
    if (pool_for(site, site.lines[index], context.network())) {
        wait_for_stock(site, index, short_units, context);
        ask_pool(site, index, line_number, short_units, context);
        return;
    }
    const Units waiting = site.record[ItemId{site.lines[index].item}].waiting + short_units;
    if (accepts_to_wait(site, index, line_number, waiting, context)) {
        wait_for_stock(site, index, short_units, context);
    } else {
        cancel_units(site, index, short_units, LostBecause::no_stock_no_wait, context);
    }
}

/// Allocates units of a line and gives them to the warehouse.
void allocate(SiteState& site, std::uint32_t index, Units units, Context& context) {
    Line& line = site.lines[index];
    line.allocated += units;
    site.record[ItemId{line.item}].allocated += units;
    release_pick(site, line.order, index, units, context);
}

/// Units of a new line that can be allocated now.
Units units_for(const SiteState& site, const Line& line, const Network& network) {
    const Tier& tier = network.tiers[site.orders[line.order].tier];
    const ItemId item{line.item};
    const Units available = std::max(0, available_on_record(site, item) - tier.reserve);
    if (!tier.whole_lines) return std::min(available, line.ordered);
    return available >= line.ordered && site.record[item].waiting == 0 ? line.ordered : 0;
}

void enter_line(SiteState& site, std::uint32_t order, std::uint32_t number, LineRequest request, Context& context) {
    const std::uint32_t index = site.lines.take();
    Line& line = site.lines[index];
    const std::uint32_t serial = line.serial;
    ::new (&line) Line{};
    line.order = order;
    line.item = request.item.value;
    line.serial = serial;
    line.ordered = request.units;
    ++site.open_lines;
    site.record[request.item].demand += request.units;
    mark_changed(site, request.item, context);
    ++site.lines_entered;
    ++site.today.lines_ordered;
    site.today.units_ordered += request.units;
    if (context.network().items[request.item].seasonal) site.today.seasonal_units_ordered += request.units;
    if (site.orders[order].internal) site.today.units_ordered_by_sites += request.units;
    if (!site.seen.empty()) note_demand(site, request, site.orders[order].internal);

    const Units allocated = units_for(site, line, context.network());
    if (allocated < request.units) {  // else its first attempt ends at the pick
        end_first_pass(site, index, allocated, context);
        wait_or_cancel(site, index, number, request.units - allocated, context);
        escalate(site, order, request.item.value, request.units - allocated, context);
    }
    if (allocated > 0) {
        allocate(site, index, allocated, context);
    } else {
        close_line_if_done(site, index, context);
    }
    follow_stock_rule(site, request.item, context);
}

void remove_from_list(SiteState& site, ItemId item, std::uint32_t previous, std::uint32_t index) {
    Line& line = site.lines[index];
    (previous == kNone ? site.record[item].waiting_head : site.lines[previous].next) = line.next;
    if (site.record[item].waiting_tail == index) site.record[item].waiting_tail = previous;
    line.listed = false;
    if (line.order == kNone) site.lines.release(index);  // closed while it stood in the list
}

/// Drops lines that no longer wait from the item's list; returns the one to serve first, kNone when none waits.
std::uint32_t first_waiting(SiteState& site, ItemId item, const Network& network, Time now) {
    const bool first_come = site.waits_in_turn && std::holds_alternative<Fifo>(network.strategy.priority);
    const RankingMoment moment = first_come ? RankingMoment{} : ranking_moment(network, now);
    std::uint32_t best = kNone, previous = kNone;
    std::uint64_t best_rank = 0;
    for (std::uint32_t index = site.record[item].waiting_head, next; index != kNone; index = next) {
        const Line& line = site.lines[index];
        next = line.next;
        if (line.order == kNone || line.waiting == 0) {
            remove_from_list(site, item, previous, index);
            continue;
        }
        if (first_come) return index;
        const std::uint64_t rank = priority_rank(network, site.orders[line.order], moment);
        if (best == kNone || rank < best_rank) {
            best = index;
            best_rank = rank;
        }
        previous = index;
    }
    return best;
}

/// Whether the shelf gives all of a line at once.
bool shelf_serves(const SiteState& site, const OrderHeader& header, const LineRequest& request,
                  const Network& network) {
    if (!site.serves_from_shelf || header.internal || site.truth[request.item].on_hand < request.units) return false;
    const Tier& tier = network.tiers[header.tier];
    const StockRecord& record = site.record[request.item];
    return record.on_hand - record.allocated - tier.reserve >= request.units &&
           (!tier.whole_lines || record.waiting == 0);
}

/// An order that the shelf fills is entered, handed over and closed in one moment, so that it needs no record; the
/// day's sums and the ledger learn of it at midnight. All comes to what the long way would make of it: a test holds one
/// against the other.
[[gnu::always_inline]] inline void serve_order(SiteState& site, const OrderHeader& header, const LineRequest& request,
                                               Context& context) {
    const Network& network = context.network();
    const Tier& tier = network.tiers[header.tier];
    const Item& item = network.items[request.item];
    StockRecord& record = site.record[request.item];
    record.on_hand -= request.units;
    record.demand += request.units;
    mark_changed(site, request.item, context);
    move_stock(site, request.item, -request.units, context.now());
    site.truth[request.item].moved.shipped += request.units;
    const Money sales = item.price[static_cast<std::size_t>(tier.channel)] * request.units;
    if (item.seasonal) site.today.seasonal_units_ordered += request.units;
    if (!site.seen.empty()) note_demand(site, request, false);
    ServedOrders& served = site.served[header.tier.index() * network.classes.size() + item.velocity.index()];
    served.sales += sales;
    served.cost += item.unit_cost * request.units;
    ++served.orders;
    served.units += request.units;
    follow_stock_rule(site, request.item, context);
}

/// The long way of an order, with a record that lives until all of it is delivered or cancelled.
[[gnu::noinline]] void open_order(SiteState& site, const OrderHeader& header, std::span<const LineRequest> lines,
                                  Context& context) {
    const Network& network = context.network();
    const int day = day_of(context.now());
    const Tier& tier = network.tiers[header.tier];
    const std::uint32_t index = site.orders.take();
    Order& order = site.orders[index];
    // No horizon is so long that a day beyond the greatest number could matter.
    const auto promised = static_cast<std::uint16_t>(std::min(promise_day(site, tier, day, lines, network), kLastDay));
    const std::size_t due = site.due_place(promised);
    SIM_CHECK(lines.size() <= kMostLines, "an order has more lines than can be counted");
    const auto serial = static_cast<std::uint16_t>(order.serial + 1);
    ::new (&order) Order{};  // in place: an assignment would build it elsewhere and copy
    order.key = header.key;
    order.coordinate = header.coordinate;
    order.sequence = site.entered++;
    order.serial = serial;
    order.tier = header.tier;
    order.internal = header.internal;
    order.summed = site.serves_from_shelf && !header.internal && lines.size() == 1;
    order.placed_day = static_cast<std::uint16_t>(day);
    order.promised_day = promised;
    order.lines_open = order.first_passes_left = static_cast<std::uint16_t>(lines.size());
    Money value;
    for (const LineRequest& request : lines) {
        const Item& item = network.items[request.item];
        value += item.price[static_cast<std::size_t>(tier.channel)] * request.units;
        order.cost += item.unit_cost * request.units;
        order.units_ordered += request.units;
    }
    if (!order.summed) {
        context.tell(OrderPlaced{index, static_cast<std::uint16_t>(lines.size()), header.tier.value,
                                 static_cast<std::uint8_t>(tier.channel), value.micros});
    }
    if (escalation_probability(tier, network) > 0) site.due[due].push_back({index, order.serial});
    site.open_lines_due[due] += static_cast<std::int32_t>(lines.size());
    for (std::uint32_t i = 0; i < lines.size(); ++i) enter_line(site, index, i, lines[i], context);
}

}  // namespace

void enter_order(SiteState& site, const OrderHeader& header, std::span<const LineRequest> lines, Context& context) {
    if (lines.size() == 1 && shelf_serves(site, header, lines.front(), context.network())) {
        serve_order(site, header, lines.front(), context);
    } else {
        open_order(site, header, lines, context);
    }
}

void close_orders(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    auto served = site.served.begin();
    for (const TierId tier : sim::ids<TierId>(network.tiers)) {
        // By the table: there was enough of what they asked for.
        const int promised = std::min(promise_by_table(network.tiers[tier], day, network), kLastDay);
        for (const ClassId velocity : sim::ids<ClassId>(network.classes)) {
            const ServedOrders sum = std::exchange(*served++, {});
            if (const ShortOrders& others = sum.others;
                others.orders > 0 || others.sales.micros > 0 || others.cost.micros > 0) {
                context.tell(OrdersShort{others.sales.micros, others.cost.micros,
                                         static_cast<std::int32_t>(others.orders), others.ordered, others.filled,
                                         tier.value, velocity.value});
            }
            if (sum.orders == 0) continue;
            site.ledger.post(Account::cost_of_sales, Account::inventory, sum.cost);
            site.ledger.post(Account::receivables, Account::sales, sum.sales);
            site.entered += static_cast<std::uint32_t>(sum.orders);
            site.closed += static_cast<std::uint64_t>(sum.orders);
            site.lines_entered += static_cast<std::uint64_t>(sum.orders);
            site.today.lines_ordered += sum.orders;
            site.today.lines_picked += sum.orders;
            site.today.lines_shipped += sum.orders;
            site.today.units_ordered += sum.units;
            context.tell(OrdersServed{sum.sales.micros, sum.cost.micros, sum.orders, sum.units, tier.value,
                                      velocity.value, static_cast<std::uint16_t>(promised)});
        }
    }
}

void allocate_waiting(SiteState& site, ItemId item, Context& context) {
    while (site.record[item].waiting_head != kNone) {
        const Units there = available_on_record(site, item);
        if (there <= 0) return;
        const std::uint32_t index = first_waiting(site, item, context.network(), context.now());
        if (index == kNone) return;
        const Tier& tier = context.network().tiers[site.orders[site.lines[index].order].tier];
        const Units waiting = site.lines[index].waiting, available = there - tier.reserve;
        if (available <= 0 || (tier.whole_lines && available < waiting)) return;
        const Units units = std::min(available, waiting);
        stop_waiting(site, site.lines[index], units, context);
        allocate(site, index, units, context);
    }
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

void return_to_waiting(SiteState& site, std::uint32_t line, Units units, Context& context) {
    site.waits_in_turn = false;  // it stands behind later orders now
    wait_for_stock(site, line, units, context);
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
    site.ledger.post(Account::penalties, Account::payables, charge);
    context.tell(PenaltyCharged{charge.micros, order.tier.value, order.promised_day});
}

}  // namespace

void close_if_done(SiteState& site, std::uint32_t index, Context& context) {
    Order& order = site.orders[index];
    if (order.lines_open > 0 || order.shipments_open > 0) return;
    const bool in_full = order.units_delivered == order.units_ordered;
    const bool cancelled = order.units_delivered == 0;
    const bool late = !cancelled && order.delivered_day > order.promised_day;
    if (late || !in_full) charge_penalty(site, order, late, context);
    context.tell(OrderClosed{index, order.tier.value, in_full, cancelled, 0, order.placed_day, order.promised_day,
                             order.delivered_day});
    ++site.closed;
    site.orders.release(index);
}

void note_past_due(SiteState& site, int day, Context& context) {
    for (const auto& [index, serial] : site.due[static_cast<std::size_t>(day)]) {
        const Order& order = site.orders[index];
        if (order.serial != serial || order.lines_open == 0) continue;
        escalate(site, index, 0, 0, context);
    }
    site.due[static_cast<std::size_t>(day)] = {};
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
        const Units units = line.waiting + line.allocated + line.staged;
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
        context.tell(
            OrderClosed{index, order.tier.value, 0, 0, 1, order.placed_day, order.promised_day, order.delivered_day});
    }
    SIM_CHECK(site.entered == site.closed + open, "orders are lost");
}

void leave_or_wait(SiteState& site, std::uint32_t index, std::uint32_t line_number, Units units, Context& context) {
    Line& line = site.lines[index];
    const Units refused = std::min(units, line.waiting);
    const Units waiting = site.record[ItemId{line.item}].waiting;
    if (refused == 0 || accepts_to_wait(site, index, line_number, waiting, context)) return;
    stop_waiting(site, line, refused, context);
    cancel_units(site, index, refused, LostBecause::no_stock_no_wait, context);
    close_line_if_done(site, index, context);
}

void on(SiteState& site, const PatienceEnds& message, Context& context) {
    Line& line = site.lines[message.line];
    if (line.serial != message.serial || line.waiting == 0) return;
    const Units units = line.waiting;
    stop_waiting(site, line, units, context);
    cancel_units(site, message.line, units, LostBecause::patience_ended, context);
    close_line_if_done(site, message.line, context);
}

void on(SiteState& site, const EscalationResolved& message, Context&) {
    Order& order = site.orders[message.order];
    if (order.serial != static_cast<std::uint16_t>(message.serial)) return;
    order.boosted = true;
    site.waits_in_turn = false;
    site.ranked_day = -1;
    if (order.shipment != kNone) expedite_shipment(site, order.shipment);
}

void on(SiteState& site, const ReceiptExpected& message, Context& context) {
    std::int32_t& expected = site.record[ItemId{message.item}].expected_day;
    const int today = day_of(context.now());
    if (expected < today || message.day < expected) expected = message.day;
}

}  // namespace entrepot::models
