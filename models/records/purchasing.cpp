#include "models/records/purchasing.hpp"

#include <algorithm>

#include "models/goods/supplier_answers.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/master_data.hpp"
#include "models/records/supplier_news.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::models {

namespace {

const Supplier& supplier_of(const Network& network, const PurchaseLine& line) {
    return network.suppliers[network.items[line.item].supplier];
}

/// Whose forecast the line goes by.
ForecastBy forecast_of(const Headquarters& hq, const PurchaseLine& line, const Network& network) {
    const InventoryPolicy* policy = network.policy(line.site, line.item);
    const bool asks = network.strategy.integration.watches(InterfaceName::forecast);
    if (policy == nullptr || !policy->takes_forecast() || !asks) return ForecastBy::none;
    const ForecastNews& news = hq.forecast_news[network.policy_of[line.site][line.item]];
    return news.by == ForecastNews::By::fallback ? ForecastBy::fallback : ForecastBy::service;
}

/// Headquarters' account has it on order.
bool is_on_account(const PurchaseLine& line, const Network& network) {
    return line.standing != OnRecord::unknown && !account_at_site(network, line.site, line.item);
}

void close(Headquarters& hq, std::uint32_t index) {
    hq.purchases[index].open = false;
    hq.purchases.release(index);
}

/// Another site supplies: it hears of the order as if the site had sent it. What comes of it, that site accounts for.
void order_of_site(Headquarters& hq, std::uint32_t index, SiteId source, Context& context) {
    const PurchaseLine& line = hq.purchases[index];
    context.send(entity_of(source), context.now() + context.network().strategy.integration.pump,
                 SiteOrders{key_of(line.site, line.item), line.ordered, 0});
    close(hq, index);
}

void order_of_second(Headquarters& hq, std::uint32_t index, const SecondSource& second, Context& context) {
    const PurchaseLine& line = hq.purchases[index];
    const StockKey key = key_of(line.site, line.item);
    const std::uint32_t occasion = hq.occasions.next(purpose::second_source, key, context.now());
    const double u = context.draws().at(purpose::second_source, lane_to(key, context.network()), occasion).uniform();
    truck_is_due(hq, index, line.ordered, 0, context.now() + draw(second.lead_time, u), context);
}

/// The order is sent off; whether or not it comes through, it counts as late from the day after the due one.
void order_of_supplier(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    line.due = line.placed + lead_time_on_record(hq, line.item, network);
    const ReceiptOverdue check{index, line.serial};
    const AnswerOverdue silence{index, line.serial};
    const Time due = line.due;
    transmit(hq, InterfaceName::purchase_order, network.items[line.item].supplier.index(), {index, line.serial, 0},
             context);
    context.at(looked_for(network, due), check);
    const std::optional<Duration>& answer = network.strategy.workflow.answer_within;
    if (answer && supplier_of(network, hq.purchases[index]).confirms > 0) context.after(*answer, silence);
}

/// The supplier's side of a line: it takes the order on once it has gone through its channel.
void supplier_takes(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const PurchaseLine& line = hq.purchases[index];
    const StockKey key = key_of(line.site, line.item);
    const int day = day_of(context.now());
    const std::uint32_t coordinate =
        hq.orders_today.next(purpose::lead_time, key, start_of(day), static_cast<std::uint32_t>(day));
    take_order(hq, {key, line.ordered, context.now() + supplier_of(network, line).order_lag, index, coordinate},
               context);
}

/// Everything that will come has come.
void complete(Headquarters& hq, std::uint32_t index, Context& context) {
    const PurchaseLine& line = hq.purchases[index];
    const Network& network = context.network();
    if (line.record.wrong_unit) report_error(hq, line.item, context);
    if (is_on_account(line, network)) {
        hq.view[hq.location(line.site, line.item)].on_order -= line.not_coming - line.record.short_by;
    }
    const double days = sim::in<sim::days>(context.now() - line.placed);
    if (!line.of_second && line.standing != OnRecord::unknown) {
        LeadTimeEstimate& estimate = hq.lead_times[network.items[line.item].supplier];
        const double weight = 1.0 / std::min(++estimate.receipts, network.office.receipts_remembered);
        const double error = days - estimate.mean;
        estimate.mean += weight * error;
        estimate.variance = (1 - weight) * (estimate.variance + weight * error * error);
    }
    const int off = day_of(std::max(line.delivered, line.arrives)) - day_of(line.due);
    context.tell(PurchaseLineReceived{index, line.item.value, line.ordered, line.received, static_cast<float>(days),
                                      line.late, supplier_of(network, line).tells() && !line.of_second,
                                      static_cast<std::uint8_t>(line.record.heard), static_cast<std::int16_t>(off)});
    close(hq, index);
}

}  // namespace

std::uint32_t open_purchase(Headquarters& hq, const PurchaseLine& line, const Network& network) {
    const std::uint32_t index = hq.purchases.take();
    const auto serial = static_cast<std::uint16_t>(hq.purchases[index].serial + 1);
    hq.purchases[index] = line;
    hq.purchases[index].serial = serial;
    hq.purchases[index].open = true;
    if (!account_at_site(network, line.site, line.item)) {
        hq.view[hq.location(line.site, line.item)].on_order += line.ordered;
    }
    return index;
}

void reach_supplier(Headquarters& hq, std::uint32_t index, std::uint16_t serial, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    if (!line.open || line.serial != serial || line.standing != OnRecord::alone) return;  // it was told otherwise
    line.standing = OnRecord::shared;
    context.tell(OrderReachedSupplier{index});
    const PurchaseLine taken = line;
    supplier_takes(hq, index, context);
    const Time heard = context.now() + supplier_of(network, taken).order_lag;
    tell_order_desk(taken, heard, ReceiptExpected::kNews, context);
}

void order_twice(Headquarters& hq, std::uint32_t index, std::uint16_t serial, Context& context) {
    const Network& network = context.network();
    const PurchaseLine line = hq.purchases[index];
    const bool same = line.open && line.serial == serial;
    if (!same || account_at_site(network, line.site, line.item)) return;  // a site's own record counts what comes
    const std::uint32_t second = hq.purchases.take();
    const auto its = static_cast<std::uint16_t>(hq.purchases[second].serial + 1);
    hq.purchases[second] = PurchaseLine{.item = line.item,
                                        .ordered = line.ordered,
                                        .site = line.site,
                                        .serial = its,
                                        .open = true,
                                        .standing = OnRecord::unknown,
                                        .proposed = context.now(),
                                        .placed = context.now(),
                                        .due = line.due};
    context.tell(OrderedTwice{line.item.value, line.ordered, line.site.value, 0});
    supplier_takes(hq, second, context);
    context.after(network.strategy.integration.reconciled_after,
                  DuplicateFound{GoodsReference::of(GoodsReference::purchase, second), its});
}

void find_second_purchase(Headquarters& hq, std::uint32_t index, std::uint16_t serial) {
    PurchaseLine& line = hq.purchases[index];
    if (!line.open || line.serial != serial || line.standing != OnRecord::unknown) return;
    line.standing = OnRecord::shared;
    hq.view[hq.location(line.site, line.item)].on_order += line.ordered - line.received - line.record.short_by;
}

void resize_purchase(Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    const Units less = line.ordered - units;
    if (!account_at_site(network, line.site, line.item)) {
        hq.view[hq.location(line.site, line.item)].on_order -= less;
    } else if (less != 0) {
        context.send(entity_of(line.site), context.now() + network.strategy.integration.pump,
                     ReceiptShort{key_of(line.site, line.item), less});
    }
    line.ordered = units;
    if (units == 0) close(hq, index);
}

void place_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    line.placed = context.now();
    const InventoryPolicy* policy = network.policy(line.site, line.item);
    const bool of_supplier = !line.of_second && !(policy && policy->source);
    const Units sold = of_supplier ? as_sold(hq, line.item, line.ordered, context) : line.ordered;
    if (sold != line.ordered) resize_purchase(hq, index, sold, context);
    const Money value = network.items[line.item].unit_cost * line.ordered;
    context.tell(PurchaseLineOrdered{index, line.item.value, line.ordered, line.touches, line.auto_released,
                                     value.micros, line.recommended, forecast_of(hq, line, network)});
    if (line.record.wrong_unit) context.tell(OrderedInWrongUnit{line.item.value, line.ordered, line.site.value});
    if (line.of_second) {
        const auto& second = context.network().replenished_by(line.site, line.item).second;
        return order_of_second(hq, index, second.value(), context);
    }
    if (policy && policy->source) return order_of_site(hq, index, *policy->source, context);
    order_of_supplier(hq, index, context);
}

void truck_is_due(Headquarters& hq, std::uint32_t index, Units good, Units bad, Time arrives, Context& context) {
    PurchaseLine& line = hq.purchases[index];
    line.not_coming += bad;
    line.arrives = std::max(line.arrives, arrives);
    ++line.trucks;
    context.at(arrives, SupplierDelivers{index, line.serial, line.version, good});
    if (!line.of_second) announce(hq, index, arrives, context);
}

void on(Headquarters& hq, const SupplierDelivers& message, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[message.line];
    if (line.serial != message.serial || line.version != message.version) return;  // rescheduled
    const Time there = context.now() + network.strategy.integration.pump;
    // Lots that come within a pump of each other are on their way to the dock together.
    const bool together = line.delivered + network.strategy.integration.pump >= context.now();
    line.last_delivered = message.units + (together ? line.last_delivered : 0);
    line.delivered = context.now();
    --line.trucks;
    hq.view[hq.location(line.site, line.item)].delivered += message.units;
    const auto kind = line.of_second ? GoodsReference::second : GoodsReference::purchase;
    if (message.units > 0) {
        context.send(entity_of(line.site), there,
                     GoodsArrive{line.item.value, message.units, GoodsReference::of(kind, message.line)});
    }
    if (line.trucks > 0) return;
    // The site's own record hears with the last truck of what will not come.
    const Units unknown = line.not_coming - line.record.short_by;
    if (unknown > 0 && account_at_site(network, line.site, line.item)) {
        context.send(entity_of(line.site), there, ReceiptShort{key_of(line.site, line.item), unknown});
        line.record.short_by = line.not_coming;
    }
    if (line.received + line.not_coming == line.ordered) complete(hq, message.line, context);
}

namespace {

/// Whether the stock runs out before the line comes, as far as is known, or nearly so.
bool is_short_without(const Headquarters& hq, const PurchaseLine& line, const Context& context) {
    const LocationId location = hq.location(line.site, line.item);
    const double until_due = day_of(line.due) - day_of(context.now());
    const double days = std::max(until_due, context.network().office.haste_alarm_days);
    return hq.view[location].net <= days * hq.levels[location].daily_rate;
}

/// The day that the supplier names when it is asked for the line.
int day_named(const PurchaseLine& line, Time now) {
    const bool late = line.late || (line.record.planned_day > 0 && day_of(now) > line.record.planned_day);
    return late ? day_of(line.arrives) : line.record.planned_day;
}

}  // namespace

bool pursue_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const PurchaseLine& line = hq.purchases[index];
    const bool unheard = line.standing == OnRecord::alone && line.trucks == 0 && line.delivered == Time{};
    if (line.of_second) return expedite_purchase(hq, index, context);
    if (unheard) {
        reach_supplier(hq, index, line.serial, context);
        return true;
    }
    const bool answers = supplier_of(context.network(), line).confirms > 0;
    const bool silent = line.record.heard == Heard::nothing;
    const bool asked = answers && (silent || line.late);
    if (asked) {
        const Heard heard = std::max(line.record.heard, Heard::confirmation);
        hear_of_purchase(hq, {index, line.serial}, {day_named(line, context.now()), heard, true}, context);
    }
    if (asked && !line.late) return true;
    const bool hastened = is_short_without(hq, line, context) && expedite_purchase(hq, index, context);
    return hastened || asked;
}

bool expedite_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    const Supplier& supplier = supplier_of(network, line);
    const Duration left = line.arrives - context.now();
    const bool under_way = line.trucks == 1 && line.received + line.last_delivered == 0;
    if (!under_way || left < network.office.least_to_expedite || supplier.expedite_lead_factor >= 1) return false;
    ++line.version;
    const Duration shorter = sim::from_real<sim::days>(sim::in<sim::days>(left) * supplier.expedite_lead_factor);
    line.arrives = at_the_dock(network, line.site, context.now() + shorter);
    context.at(line.arrives, SupplierDelivers{index, line.serial, line.version, line.ordered - line.not_coming});
    const Money premium = network.items[line.item].unit_cost * line.ordered * supplier.expedite_premium;
    hq.ledger.post(Account::premiums, Account::payables, premium);
    context.tell(ExpeditePaid{premium.micros, static_cast<std::uint8_t>(ExpediteKind::purchase)});
    announce(hq, index, line.arrives, context);
    if (supplier.confirms > 0) {  // it says so while it is asked
        const Heard heard = std::max(line.record.heard, Heard::confirmation);
        hear_of_purchase(hq, {index, line.serial}, {day_of(line.arrives), heard, true}, context);
    }
    return true;
}

void receive_purchase(Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    PurchaseLine& line = hq.purchases[index];
    line.received += units;
    if (is_on_account(line, context.network())) hq.view[hq.location(line.site, line.item)].on_order -= units;
    if (line.trucks == 0 && line.received + line.not_coming == line.ordered) complete(hq, index, context);
}

}  // namespace entrepot::models
