#include "models/transport.hpp"

#include <algorithm>
#include <cmath>

#include "models/calendar.hpp"
#include "models/order_desk.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

constexpr std::size_t kExpediteLane = 2;
constexpr int kDeliveryHour = 12;

std::size_t lane_of(const Carrier& carrier) {
    return carrier.expedite ? kExpediteLane : static_cast<std::size_t>(carrier.channel);
}

bool departs_on(const Carrier& carrier, const Calendar& calendar, int day) {
    return calendar.is_business_day(day) || (carrier.on_saturday && calendar.weekday(day) == 5);
}

const Carrier* first_carrier(const Network& network, std::size_t lane) {
    for (const Carrier& carrier : network.carriers) {
        if (lane_of(carrier) == lane) return &carrier;
    }
    return nullptr;
}

/// Shipments that the carrier takes from the site on the day, by its contract and what happens to it.
std::size_t capacity_on(const Network& network, CarrierId carrier, SiteId site, int day) {
    double capacity = network.carriers[carrier].daily_capacity[site.index()];
    for (const Disturbance& d : network.disturbances) {
        if (d.kind == Disturbance::Kind::carrier_capacity && d.carrier == carrier && d.site == site &&
            day >= d.first_day && day < d.first_day + d.days) {
            capacity *= d.factor;
        }
    }
    return static_cast<std::size_t>(std::llround(std::min(capacity, 1e9)));
}

/// Business days from departure to delivery: the table's, and one or two more when the carrier is late.
int transit_days(const Carrier& carrier, const Order& order, int day, const sim::Draws& draws) {
    auto draw = draws.at(purpose::transit, order.key ^ carrier.key,
                         order.coordinate ^ (static_cast<std::uint32_t>(day) * 0x9E3779B9u));
    double u = draw.uniform();
    int days = 1;
    for (const double p : carrier.transit_days) {
        if (u < p || days == static_cast<int>(carrier.transit_days.size())) break;
        u -= p;
        ++days;
    }
    const double lateness = draw.uniform();
    if (lateness >= carrier.on_time) days += lateness >= carrier.on_time + 0.7 * (1 - carrier.on_time) ? 2 : 1;
    return days;
}

Money freight(const Carrier& carrier, double weight_lb) {
    return (carrier.per_shipment + carrier.per_lb * weight_lb) * carrier.cost_factor;
}

/// Would the ordinary carrier, leaving at its next cut-off, come after the promise?
bool would_be_late(const Network& network, const Carrier& carrier, const Order& order, Time now) {
    int day = day_of(now);
    if (now > at_minute(day, carrier.cutoff_minute)) ++day;
    while (!departs_on(carrier, network.calendar, day)) ++day;
    return add_business_days(network.calendar, day, 1) > order.promised_day;
}

void depart(SiteState& site, std::uint32_t index, CarrierId id, Context& context) {
    const Network& network = context.network();
    const Carrier& carrier = network.carriers[id];
    Shipment& shipment = site.shipments[index];
    shipment.departed = true;
    Order& order = site.orders[shipment.order];
    order.shipment = kNone;
    const Money cost = freight(carrier, shipment.weight_lb);
    Money extra;
    if (carrier.expedite) {
        const Carrier* ordinary = first_carrier(network, static_cast<std::size_t>(network.tiers[order.tier].channel));
        if (ordinary) extra = cost - freight(*ordinary, shipment.weight_lb);
    }
    site.ledger.post(Account::freight, Account::payables, cost);
    context.tell(FreightPaid{cost.micros, extra.micros, id.value, order.tier.value, carrier.expedite});
    const int day = day_of(context.now());
    const int arrives = add_business_days(network.calendar, day, transit_days(carrier, order, day, context.draws()));
    context.at(at_hour(arrives, kDeliveryHour), ShipmentDelivered{index});
}

}  // namespace

void plan_departures(SiteState& site, int day, Context& context) {
    (void)site;
    const Network& network = context.network();
    for (const CarrierId id : sim::ids<CarrierId>(network.carriers)) {
        const Carrier& carrier = network.carriers[id];
        if (!departs_on(carrier, network.calendar, day)) continue;
        context.at(at_minute(day, carrier.cutoff_minute), CarrierDeparts{id.value});
    }
}

void stage(SiteState& site, const Shipment& picked, Context& context) {
    const Network& network = context.network();
    Order& order = site.orders[picked.order];
    ++site.today.lines_shipped;
    if (network.sites[site.id].ships_at_once || order.internal) {
        deliver(site, picked, context);
        return;
    }
    if (order.shipment != kNone) {
        Shipment& staged = site.shipments[order.shipment];
        staged.units += picked.units;
        staged.cost += picked.cost;
        staged.margin += picked.margin;
        staged.weight_lb += picked.weight_lb;
        return;
    }
    const auto lane = static_cast<std::size_t>(network.tiers[order.tier].channel);
    const Carrier* ordinary = first_carrier(network, lane);
    const bool hurry = order.boosted || (network.strategy.expedite_late_orders && network.tiers[order.tier].rank == 0 &&
                                         ordinary && would_be_late(network, *ordinary, order, context.now()));
    const std::uint32_t index = site.shipments.take();
    site.shipments[index] = picked;
    order.shipment = index;
    ++order.shipments_open;
    site.staged[lane].push_back(index);
    if (hurry) expedite_shipment(site, index);
}

void expedite_shipment(SiteState& site, std::uint32_t index) {
    Shipment& shipment = site.shipments[index];
    if (shipment.expedite || shipment.departed) return;
    shipment.expedite = true;
    for (std::size_t lane = 0; lane < kExpediteLane; ++lane) std::erase(site.staged[lane], index);
    site.staged[kExpediteLane].push_back(index);
}

void on(SiteState& site, const CarrierDeparts& message, Context& context) {
    const CarrierId id{message.carrier};
    const Network& network = context.network();
    std::vector<std::uint32_t>& lane = site.staged[lane_of(network.carriers[id])];
    const std::size_t taken = std::min(lane.size(), capacity_on(network, id, site.id, day_of(context.now())));
    constexpr std::size_t kAhead = 4;  // orders lie all over memory: fetch the next ones while this one departs
    for (std::size_t i = 0; i < taken; ++i) {
        if (i + kAhead < taken) __builtin_prefetch(&site.orders[site.shipments[lane[i + kAhead]].order]);
        depart(site, lane[i], id, context);
    }
    lane.erase(lane.begin(), lane.begin() + static_cast<std::ptrdiff_t>(taken));
}

void on(SiteState& site, const ShipmentDelivered& message, Context& context) {
    const Shipment shipment = site.shipments[message.shipment];
    site.shipments[message.shipment].order = kNone;
    site.shipments.release(message.shipment);
    --site.orders[shipment.order].shipments_open;
    deliver(site, shipment, context);
}

void deliver(SiteState& site, const Shipment& shipment, Context& context) {
    Order& order = site.orders[shipment.order];
    const int day = day_of(context.now());
    order.units_delivered += shipment.units;
    order.delivered_day = static_cast<std::uint16_t>(std::max<int>(order.delivered_day, day));
    if (day <= order.promised_day) order.cost_on_time += shipment.cost;
    close_if_done(site, shipment.order, context);
}

}  // namespace entrepot::models
