#include <algorithm>
#include <limits>
#include <new>

#include "models/decisions/ordering.hpp"
#include "models/network/calendar.hpp"
#include "models/records/notices.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/order_holds.hpp"
#include "models/records/order_lines.hpp"
#include "models/records/reserves.hpp"
#include "models/records/shelf_orders.hpp"
#include "models/records/shop.hpp"
#include "models/records/substitution.hpp"

namespace entrepot::models {

namespace {

constexpr std::size_t kMostLines = std::numeric_limits<std::uint16_t>::max();

/// Units of a line that its customer is offered: all, unless he buys by what a web shop shows.
Units offered_to(const SiteState& site, const Order& order, const LineRequest& request, const Network& network) {
    if (!is_bought_by_view(site, order, network)) return request.units;
    const Tier& tier = network.tiers[order.tier];
    const Units shown = shown_to(site, order.tier, request.item, network);
    return tier.whole_lines && shown < request.units ? 0 : std::min(shown, request.units);
}

/// Whether what is said to be there is enough for a line: by the shop's view, or by the record.
bool seems_there(const SiteState& site, const Order& order, const LineRequest& request, const Network& network) {
    const bool by_view = is_bought_by_view(site, order, network);
    return by_view ? offered_to(site, order, request, network) == request.units
                   : available_to(site, order.tier, request.item, network) >= request.units;
}

/// The day from which a promise counts.
int counted_from(const Tier& tier, int day, const Context& context) {
    const bool late = tier.order_cutoff_minute && context.now() >= at_minute(day, *tier.order_cutoff_minute);
    return late ? business_day_from(context.network().calendar, day + 1) : day;
}

/// The day promised at entry. The other rule also looks at what the record lacks.
int promise_day(const SiteState& site, const Order& order, int day, std::span<const LineRequest> lines,
                const Context& context) {
    const Network& network = context.network();
    const TierId id = order.tier;
    const int by_table = promise_by_table(network.tiers[id], counted_from(network.tiers[id], day, context), network);
    if (network.promise_of[id] == PromiseRule::table) return by_table;
    int latest = by_table;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const LineRequest& request = lines[i];
        if (seems_there(site, order, request, network)) continue;
        const bool by_view = is_bought_by_view(site, order, network);
        const auto other = substitute_for(site, order, request, static_cast<std::uint16_t>(i), by_view, context);
        if (other && other->taken) continue;
        const int expected = site.record[request.item].expected_day;
        if (expected >= day)
            latest = std::max(latest,
                              add_business_days(network.calendar, expected, network.tiers[id].promise_after_receipt));
    }
    return latest;
}

/// Units of a new line that can be allocated now.
Units units_for(const SiteState& site, const Line& line, const Network& network) {
    const TierId tier = site.orders[line.order].tier;
    const ItemId item{line.item};
    const Units available = std::max(0, available_to(site, tier, item, network));
    if (!network.tiers[tier].whole_lines) return std::min(available, line.ordered);
    return available >= line.ordered && site.record[item].waiting == 0 ? line.ordered : 0;
}

void enter_line(SiteState& site, std::uint32_t order, std::uint16_t number, LineRequest request, Context& context) {
    const std::uint32_t index = site.lines.take();
    Line& line = site.lines[index];
    const std::uint32_t serial = line.serial;
    ::new (&line) Line{};
    line.order = order;
    line.item = request.item.value;
    line.serial = serial;
    line.number = number;
    line.ordered = request.units;
    line.entered = context.now();
    ++site.open_lines;
    if (context.network().watches_records) site.record[request.item].demand += request.units;
    touch(site, request.item);
    ++site.lines_entered;
    ++site.today.lines_ordered;
    site.today.units_ordered += request.units;
    if (context.network().items[request.item].seasonal) site.today.seasonal_units_ordered += request.units;
    if (site.orders[order].internal) site.today.units_ordered_by_sites += request.units;
    if (!site.seen.empty()) note_demand(site, request, site.orders[order].internal);
    if (!site.held.empty() && was_held(site, order)) return hold_line(site, order, index);
    fill_line(site, index, is_bought_by_view(site, site.orders[order], context.network()), context);
}

/// The long way of an order, with a record that lives until all of it is delivered or cancelled.
[[gnu::noinline]] void open_order(SiteState& site, const OrderHeader& header, std::span<const LineRequest> lines,
                                  Context& context) {
    const Network& network = context.network();
    const int day = day_of(context.now());
    const Tier& tier = network.tiers[header.tier];
    const std::uint32_t index = site.orders.take();
    Order& order = site.orders[index];
    SIM_CHECK(lines.size() <= kMostLines, "an order has more lines than can be counted");
    const auto serial = static_cast<std::uint16_t>(order.serial + 1);
    ::new (&order) Order{};  // in place: an assignment would build it elsewhere and copy
    order.key = header.key;
    order.coordinate = header.coordinate;
    order.sequence = site.entered++;
    order.serial = serial;
    order.tier = header.tier;
    order.internal = header.internal;
    order.summed = site.serves_from_shelf && !header.internal && lines.size() == 1 && !sends_notices(network);
    order.placed_day = static_cast<std::uint16_t>(day);
    // No horizon is so long that a day beyond the greatest number could matter.
    order.promised_day = static_cast<std::uint16_t>(std::min(promise_day(site, order, day, lines, context), kLastDay));
    const std::size_t due = site.due_place(order.promised_day);
    order.lines_open = order.first_passes_left = static_cast<std::uint16_t>(lines.size());
    Money value;
    for (const LineRequest& request : lines) __builtin_prefetch(&site.record[request.item]);
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
    if (tier.escalation_probability > 0) site.due[due].push_back({index, order.serial});
    site.open_lines_due[due] += static_cast<std::int32_t>(lines.size());
    if (!network.holds.empty()) hold_if_due(site, index, lines.front().item, context);
    for (std::size_t i = 0; i < lines.size(); ++i)
        enter_line(site, index, static_cast<std::uint16_t>(i), lines[i], context);
}

}  // namespace

namespace {

/// What a line finds.
Offer offer_of(const SiteState& site, const Line& line, bool by_view, const Network& network) {
    const LineRequest request{ItemId{line.item}, line.ordered};
    const Order& order = site.orders[line.order];
    return {line.ordered, by_view ? offered_to(site, order, request, network) : line.ordered,
            units_for(site, line, network)};
}

/// A customer to whom the shop sold what wasn't there goes without: his tier's refund.
void compensate(SiteState& site, const Order& order, Context& context) {
    const Money refund = context.network().tiers[order.tier].refund;
    if (refund.micros > 0) pay_penalty(site, order, refund, context);
}

}  // namespace

void fill_line(SiteState& site, std::uint32_t index, bool by_view, Context& context) {
    const Network& network = context.network();
    Offer offer = offer_of(site, site.lines[index], by_view, network);
    if (offer.given() < offer.ordered && moves_to_substitute(site, index, by_view, context)) {
        offer = offer_of(site, site.lines[index], by_view, network);
    }
    const Line line = site.lines[index];
    const ItemId item{line.item};
    const Order& order = site.orders[line.order];
    const Units allocated = offer.given();
    if (by_view) note_offer(site, order.tier, item, offer, network);
    touch(site, item);
    if (allocated < line.ordered) {  // else its first attempt ends at the pick
        end_first_pass(site, index, allocated, context);
        wait_or_cancel(site, index, line.number, line.ordered - allocated, context);
        const bool oversold = by_view && offer.offered > offer.there;
        if (oversold && site.lines[index].cancelled > 0) compensate(site, order, context);
        if (sends_notices(network)) tell_with_confirmation(site, index, context);
        if (escalates(site, line.order, network))
            escalate(site, line.order, line.item, line.ordered - allocated, context);
    }
    if (allocated > 0) {
        allocate(site, index, allocated, context);
    } else {
        close_line_if_done(site, index, context);
    }
    // Who waits for what the shop did not show gets it as soon as his order is entered.
    if (by_view && offer.turned_away()) allocate_waiting(site, item, context);
}

int promise_by_table(const Tier& tier, int day, const Network& network) {
    return add_business_days(network.calendar, day, tier.promise_business_days);
}

void enter_order(SiteState& site, const OrderHeader& header, std::span<const LineRequest> lines, Context& context) {
    if (lines.size() == 1 && shelf_serves(site, header, lines.front(), context.network())) {
        serve_order(site, header, lines.front(), context);
    } else {
        open_order(site, header, lines, context);
    }
}

void on(SiteState& site, const ReceiptExpected& message, Context& context) {
    std::int32_t& expected = site.record[ItemId{message.item}].expected_day;
    const int today = day_of(context.now());
    if (expected < today || message.day < expected || message.was == expected) expected = message.day;
}

}  // namespace entrepot::models
