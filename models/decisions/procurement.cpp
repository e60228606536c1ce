#include "models/decisions/procurement.hpp"

#include <algorithm>
#include <cmath>

#include "models/decisions/office.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

constexpr int kOverdueHour = 9;
constexpr double kUsualWeight = 0.3;  ///< of the newest quantity in the usual one

int review_interval(const Replenishment& policy) {
    return std::visit([](const auto& p) { return p.review_interval_days; }, policy);
}

bool is_review_day(const Supplier& supplier, const Network& network, int day) {
    return review_interval(network.strategy.replenishment) < 7 ||
           network.calendar.weekday(day) == supplier.review_weekday;
}

/// Rounded up to whole packs, at least the minimum of a line.
Units purchasable(const Item& item, double wanted) {
    const double packs = std::ceil(std::max<double>(wanted, item.minimum_order) / item.pack);
    return static_cast<Units>(std::min(packs, std::floor(1e9 / item.pack))) * item.pack;  // units fit in 32 bits
}

bool within_guardrails(const Workflow& workflow, const Levels& levels, Units units, Money value) {
    const double change = levels.usual_quantity > 0 ? std::abs(units / double{levels.usual_quantity} - 1) : 0;
    return workflow.auto_release && value <= workflow.auto_value_limit &&
           levels.confidence >= workflow.auto_confidence && change <= workflow.auto_change_limit;
}

void propose(Headquarters& hq, ItemId item, SiteId site, Units units, Context& context) {
    const Network& network = context.network();
    const LocationId location = hq.location(site, item);
    Levels& levels = hq.levels[location];
    const Money value = network.items[item].unit_cost * units;
    const bool automatic = within_guardrails(network.strategy.workflow, levels, units, value);
    levels.usual_quantity += static_cast<float>(kUsualWeight * (units - double{levels.usual_quantity}));
    hq.view[location].on_order += units;
    const auto index = static_cast<std::uint32_t>(hq.purchases.size());
    hq.purchases.push_back(PurchaseLine{
        .item = item, .site = site, .ordered = units, .auto_released = automatic, .proposed = context.now()});
    if (automatic) {
        place_purchase(hq, index, context);
    } else {
        ask_planner(hq, DecisionKind::purchase, index, context);
    }
}

// -------------------------------------------------------------------------------------------------------------
// suppliers

/// Time until an order reaches the supplier and is confirmed.
Duration confirmation_lag(ConfirmBy channel) {
    switch (channel) {
        case ConfirmBy::api:
            return sim::minutes{5};
        case ConfirmBy::edi:
            return sim::hours{4};
        case ConfirmBy::email:
            return sim::hours{20};
    }
    return {};
}

double slip_on(const Network& network, SupplierId supplier, int day) {
    double factor = 1;
    for (const Disturbance& d : network.disturbances) {
        if (d.kind == Disturbance::Kind::supplier_slip && d.supplier == supplier && day >= d.first_day &&
            day < d.first_day + d.days) {
            factor *= d.factor;
        }
    }
    return factor;
}

std::uint64_t lane_key(const Network& network, const PurchaseLine& line) {
    return network.items[line.item].key ^ network.sites[line.site].key;
}

/// Days from the supplier's receipt of the order to the truck at our dock. Address: the lane and the day placed.
double draw_lead_days(const Network& network, const PurchaseLine& line, const sim::Draws& draws, int day) {
    constexpr double kLeastShare = 0.6;  // of the mean: no supplier is faster
    const Supplier& supplier = network.suppliers[network.items[line.item].supplier];
    auto draw = draws.at(purpose::lead_time, lane_key(network, line), static_cast<std::uint32_t>(day));
    const double mean = sim::in<sim::days>(supplier.lead_time_mean);
    const double usual = draw.uniform(), lateness = draw.uniform(), delay = draw.uniform();
    double days = std::max(sim::lognormal(usual, mean, supplier.lead_time_cv), kLeastShare * mean);
    if (lateness >= supplier.on_time) days += sim::exponential(delay, sim::in<sim::days>(supplier.delay_mean));
    return days * slip_on(network, network.items[line.item].supplier, day);
}

Units draw_delivered_units(const Network& network, const PurchaseLine& line, const sim::Draws& draws, int day) {
    const Supplier& supplier = network.suppliers[network.items[line.item].supplier];
    auto draw = draws.at(purpose::in_full, lane_key(network, line), static_cast<std::uint32_t>(day));
    if (draw.uniform() < supplier.in_full) return line.ordered;
    const double share = 0.4 + 0.5 * draw.uniform();
    return std::max<Units>(1, static_cast<Units>(std::lround(line.ordered * share)));
}

/// Suppliers' trucks come on business days, between eight and two.
Time at_the_dock(const Network& network, Time t) {
    constexpr int kFirstHour = 8, kHours = 6;
    const int day = business_day_from(network.calendar, day_of(t));
    const auto within = (t.time_since_epoch() / sim::minutes{1}) % (kHours * 60);
    return std::max(at_hour(day, kFirstHour) + sim::minutes{within}, t);
}

}  // namespace

namespace {

/// The supplier makes orders one after the other at its capacity. A week's work waiting is what its lead times assume;
/// what waits beyond it is late. Returns the delay of an order of that value.
Duration wait_for_capacity(Headquarters& hq, const Network& network, SupplierId supplier, Money value, Time now) {
    constexpr Duration kUsualWait = sim::days{7};
    const Money a_day = network.supplier_capacity[supplier];
    if (a_day <= Money{}) return {};
    Time& until = hq.supplier_busy_until[supplier];
    until = std::max(until, now) + sim::from_real<sim::days>(value.amount() / a_day.amount());
    return std::max(until - now - kUsualWait, Duration::zero());
}

}  // namespace

void review(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    for (const SupplierId supplier : sim::ids<SupplierId>(network.suppliers)) {
        if (!is_review_day(network.suppliers[supplier], network, day)) continue;
        for (const ItemId item : hq.items_of[supplier]) {
            for (const SiteId site : sim::ids<SiteId>(network.sites)) {
                const LocationId location = hq.location(site, item);
                const Levels& levels = hq.levels[location];
                const Units position = hq.view[location].net + hq.view[location].on_order;
                const double missing = double{levels.order_up_to} - position;
                if (position > double{levels.reorder_point} || missing <= 0) continue;
                propose(hq, item, site, purchasable(network.items[item], missing), context);
            }
        }
    }
}

void place_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    const Supplier& supplier = network.suppliers[network.items[line.item].supplier];
    const int day = day_of(context.now());
    line.placed = context.now();
    line.delivered_units = draw_delivered_units(network, line, context.draws(), day);
    const Time reaches = context.now() + confirmation_lag(supplier.confirm_by);
    const double lead = draw_lead_days(network, line, context.draws(), day);
    const Money value = network.items[line.item].unit_cost * line.ordered;
    const Duration queue = wait_for_capacity(hq, network, network.items[line.item].supplier, value, reaches);
    line.arrives = at_the_dock(network, reaches + sim::from_real<sim::days>(lead) + queue);
    line.due = line.placed + supplier.lead_time_on_record;
    context.at(line.arrives, SupplierDelivers{index, line.version});
    const int check_day = business_day_from(network.calendar, day_of(line.due) + 1);
    context.at(at_hour(check_day, kOverdueHour), ReceiptOverdue{index, line.version});
    if (!network.strategy.integration.batch_minute) {
        context.send(entity_of(line.site), reaches + network.strategy.integration.pump,
                     ReceiptExpected{line.item.value, day_of(line.due)});
    }
    context.tell(
        PurchaseLineOrdered{index, line.item.value, line.ordered, line.touches, line.auto_released, value.micros});
    context.tell(CaseClosed{line.proposed.time_since_epoch().count(), index,
                            static_cast<std::uint8_t>(DecisionKind::purchase), line.touches, 1});
}

void on(Headquarters& hq, const SupplierDelivers& message, Context& context) {
    PurchaseLine& line = hq.purchases[message.line];
    if (line.version != message.version) return;  // rescheduled
    line.delivered = true;
    context.send(entity_of(line.site), context.now() + context.network().strategy.integration.pump,
                 GoodsArrive{line.item.value, line.delivered_units, GoodsReference::purchase(message.line)});
}

/// A late line is an exception only where the stock is about to run out: planners have no time for the others.
void on(Headquarters& hq, const ReceiptOverdue& message, Context& context) {
    constexpr double kAlarmDays = 3;
    PurchaseLine& line = hq.purchases[message.line];
    if (line.reported || line.chased) return;
    line.late = true;
    const LocationId location = hq.location(line.site, line.item);
    if (hq.view[location].net > kAlarmDays * hq.levels[location].daily_rate) return;
    line.chased = true;
    ask_planner(hq, DecisionKind::supplier_exception, message.line, context);
}

bool expedite_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    PurchaseLine& line = hq.purchases[index];
    const Supplier& supplier = network.suppliers[network.items[line.item].supplier];
    const Duration left = line.arrives - context.now();
    if (line.delivered || left < sim::days{2} || supplier.expedite_lead_factor >= 1) return false;
    ++line.version;
    line.arrives = at_the_dock(
        network, context.now() + sim::from_real<sim::days>(sim::in<sim::days>(left) * supplier.expedite_lead_factor));
    context.at(line.arrives, SupplierDelivers{index, line.version});
    const Money premium = network.items[line.item].unit_cost * line.ordered * supplier.expedite_premium;
    hq.ledger.post(Account::premiums, Account::payables, premium);
    context.tell(ExpeditePaid{premium.micros, static_cast<std::uint8_t>(ExpediteKind::purchase)});
    return true;
}

void on(Headquarters& hq, const ReceiptReported& message, Context& context) {
    if (message.reference.is_transfer()) {
        Transfer& transfer = hq.transfers[message.reference.index()];
        transfer.reported = true;
        const LocationId receiver = hq.location(transfer.to, transfer.item);
        hq.view[receiver].on_order -= message.units;
        hq.transfers_under_way[receiver] -= message.units;
        return;
    }
    PurchaseLine& line = hq.purchases[message.reference.index()];
    line.reported = true;
    // What was not delivered will not come: the supplier cancels the rest.
    hq.view[hq.location(line.site, line.item)].on_order -= line.ordered;
    const double days = sim::in<sim::days>(context.now() - line.placed);
    LeadTimeEstimate& estimate = hq.lead_times[context.network().items[line.item].supplier];
    constexpr int kRemembered = 20;  // receipts
    const double weight = 1.0 / std::min(++estimate.receipts, kRemembered);
    const double error = days - estimate.mean;
    estimate.mean += weight * error;
    estimate.variance = (1 - weight) * (estimate.variance + weight * error * error);
    context.tell(PurchaseLineReceived{message.reference.index(), line.item.value, line.ordered, message.units,
                                      static_cast<float>(days), line.late});
}

}  // namespace entrepot::models
