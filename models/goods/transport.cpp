#include "models/goods/transport.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <span>
#include <utility>

#include "models/decisions/priority.hpp"
#include "models/disturbances/disturbances.hpp"
#include "models/goods/returns.hpp"
#include "models/goods/trucks.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/accounts.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/shelf_orders.hpp"

namespace entrepot::models {

namespace {

constexpr std::size_t kExpediteLane = 2;
constexpr int kNoon = 12;  // shipments come by then: by day alone they are late or not

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
std::size_t capacity_now(const SiteState& site, CarrierId carrier, const Context& context) {
    if (is_closed(site, context)) return 0;
    const double capacity = context.network().carriers[carrier].daily_capacity[site.id.index()] *
                            disturbed_factor(context.network(), site.happenings, Disturbance::Kind::carrier_capacity,
                                             {.site = site.id, .carrier = carrier}, at_moment(context.now()));
    return static_cast<std::size_t>(std::llround(std::min(capacity, 1e9)));
}

/// A carrier's terms as things stand.
struct CarrierTerms {
    double on_time = 1, rejects = 0, prices = 1;
};

CarrierTerms terms_now(const SiteState& site, CarrierId id, const Context& context) {
    const Carrier& carrier = context.network().carriers[id];
    const bool peak = is_disturbed(context.network(), site.happenings, Disturbance::Kind::carrier_peak,
                                   {.site = site.id, .carrier = id}, at_moment(context.now()));
    if (!peak) return {carrier.on_time, carrier.rejects, 1};
    return {carrier.peak_on_time.value_or(carrier.on_time), carrier.peak_rejects.value_or(carrier.rejects),
            carrier.peak_surcharge};
}

/// Draws about an order, a carrier and a day.
sim::Stream draws_of(sim::Purpose purpose, const Carrier& carrier, const Order& order, int day,
                     const sim::Draws& draws) {
    return draws.at(purpose, order.key ^ carrier.key,
                    order.coordinate ^ (static_cast<std::uint32_t>(day) * 0x9E3779B9u));
}

/// Business days from departure to delivery: the table's, and some more when the carrier is late.
struct Transit {
    int usual = 1, late = 0;
};

Transit transit_days(const Carrier& carrier, double on_time, const Order& order, int day, const sim::Draws& draws) {
    auto draw = draws_of(purpose::transit, carrier, order, day, draws);
    double u = draw.uniform();
    int days = 1;
    for (const double p : carrier.transit_days) {
        if (u < p || days == static_cast<int>(carrier.transit_days.size())) break;
        u -= p;
        ++days;
    }
    const double lateness = draw.uniform();
    if (lateness < on_time) return {days, 0};
    int late = 1;
    double upto = on_time;
    for (const double p : carrier.late_days) {
        upto += p * (1 - on_time);
        if (lateness < upto || late == static_cast<int>(carrier.late_days.size())) break;
        ++late;
    }
    return {days, late};
}

/// `joins`: it goes along with another one of its customer, if the carrier lets them.
Money freight(const Carrier& carrier, double weight_lb, bool joins) {
    const Money per_shipment = joins && carrier.consolidates ? Money{} : carrier.per_shipment;
    return (per_shipment + carrier.per_lb * weight_lb) * carrier.cost_factor;
}

/// The least number of business days that the carrier is under way.
int least_transit(const Carrier& carrier) {
    const auto first = std::ranges::find_if(carrier.transit_days, [](double p) { return p > 0; });
    return static_cast<int>(first - carrier.transit_days.begin()) + 1;
}

/// The most likely one.
int usual_transit(const Carrier& carrier) {
    return static_cast<int>(std::ranges::max_element(carrier.transit_days) - carrier.transit_days.begin()) + 1;
}

/// The day on which what leaves a lane next is with the customer at the earliest.
int arrival_by(const Network& network, std::size_t lane, Time now) {
    int first = std::numeric_limits<int>::max();
    for (const Carrier& carrier : network.carriers) {
        if (lane_of(carrier) != lane) continue;
        int day = day_of(now);
        if (now > at_minute(day, carrier.cutoff_minute)) ++day;
        while (!departs_on(carrier, network.calendar, day)) ++day;
        first = std::min(first, add_business_days(network.calendar, day, least_transit(carrier)));
    }
    return first;
}

/// Whether the order is worth the fast service as things stand: it would be late by the ordinary one and isn't by this.
bool in_a_hurry(const Network& network, const Order& order, Time now) {
    if (order.boosted) return true;
    const Tier& tier = network.tiers[order.tier];
    if (!network.strategy.expedite_late_orders || tier.rank != 0) return false;
    return earliest_arrival(network, tier.channel, now) > order.promised_day &&
           arrival_by(network, kExpediteLane, now) <= order.promised_day;
}

void send_off_all(SiteState& site, Shipment& shipment, Context& context) {
    ListWalk walk(site.picks);
    for (std::uint32_t index = std::exchange(shipment.first_pick, kNone); index != kNone;) {
        walk.step();
        const PickLine pick = site.picks[index];
        site.picks.release(index);
        send_off(site, pick.line, pick.units, context);
        index = pick.next;
    }
}

/// `joins`: another shipment of the same customer leaves with it, and has paid for both.
void depart(SiteState& site, std::uint32_t index, CarrierId id, const CarrierTerms& terms, bool joins,
            Context& context) {
    const Network& network = context.network();
    const Carrier& carrier = network.carriers[id];
    Shipment& shipment = site.shipments[index];
    shipment.departed = true;
    Order& order = site.orders[shipment.order];
    order.shipment = kNone;
    const bool tells = carrier.tells_delays && network.tells_delays();
    const std::uint32_t item = tells ? site.lines[site.picks[shipment.first_pick].line].item : kNone;
    send_off_all(site, shipment, context);
    Money cost = freight(carrier, shipment.weight_lb, joins);
    if (terms.prices != 1) cost = cost * terms.prices;
    Money extra;
    if (carrier.expedite) {
        const Carrier* ordinary = first_carrier(network, static_cast<std::size_t>(network.tiers[order.tier].channel));
        // Of the same move: what goes along here would have gone along there, too. What costs no more has no premium.
        if (ordinary) extra = std::max(Money{}, cost - freight(*ordinary, shipment.weight_lb, joins));
    }
    site.ledger.post(Account::freight, Account::payables, cost);
    const int day = day_of(context.now());
    const bool on_plan = add_business_days(network.calendar, day, usual_transit(carrier)) <= order.promised_day;
    context.tell(FreightPaid{cost.micros, extra.micros, id.value, order.tier.value, carrier.expedite, on_plan,
                             static_cast<std::uint8_t>(!carrier.consolidates ? 0
                                                       : joins               ? 2
                                                                             : 1)});
    const Transit transit = transit_days(carrier, terms.on_time, order, day, context.draws());
    const int arrives = add_business_days(network.calendar, day, transit.usual + transit.late);
    context.at(at_hour(arrives, kNoon), ShipmentDelivered{index});
    if (transit.late == 0 || !tells) return;
    const Time usual = at_hour(add_business_days(network.calendar, day, transit.usual), kNoon);
    const Time known = std::max(usual - *carrier.tells_delays, context.now());
    const int told = std::min<int>(arrives, std::numeric_limits<std::uint16_t>::max());
    context.at(known, DelayKnown{shipment.order, item, order.serial, static_cast<std::uint16_t>(told)});
}

/// Puts those into the front of the lane that come first by the strategy's priority rule, as many as leave.
void put_first(SiteState& site, std::span<std::uint32_t> lane, std::size_t leave, Time now, const Network& network) {
    const RankingMoment moment = ranking_moment(network, now);
    for (const std::uint32_t index : lane) {
        Shipment& shipment = site.shipments[index];
        shipment.rank = priority_rank(site, site.orders[shipment.order], moment);
    }
    const auto rank = [&](std::uint32_t index) { return site.shipments[index].rank; };
    const auto end = lane.begin() + static_cast<std::ptrdiff_t>(leave);
    std::ranges::nth_element(lane, end, {}, rank);
    std::ranges::sort(lane.begin(), end, {}, rank);
}

/// Whether another carrier will still take from the same lane today.
bool is_last_today(const Network& network, CarrierId carrier, int day) {
    const Carrier& mine = network.carriers[carrier];
    for (const CarrierId other : sim::ids<CarrierId>(network.carriers)) {
        const Carrier& theirs = network.carriers[other];
        if (lane_of(theirs) != lane_of(mine) || !departs_on(theirs, network.calendar, day)) continue;
        if (std::pair(theirs.cutoff_minute, other.value) > std::pair(mine.cutoff_minute, carrier.value)) return false;
    }
    return true;
}

/// What stays at the dock overnight, though it was ready: it has missed its departure, and may be worth the fast
/// service now. Returns how many of them had missed none before.
std::int32_t leave_behind(SiteState& site, std::span<const std::uint32_t> lane, Context& context) {
    std::int32_t first_time = 0;
    for (const std::uint32_t index : lane) {
        Shipment& shipment = site.shipments[index];
        first_time += !shipment.left_behind;
        shipment.left_behind = true;
    }
    const std::vector<std::uint32_t> stay(lane.begin(), lane.end());
    for (const std::uint32_t index : stay) {
        const Order& order = site.orders[site.shipments[index].order];
        const Time after = context.now() + Duration{1};  // this cut-off is over for it
        if (in_a_hurry(context.network(), order, after)) expedite_shipment(site, index);
    }
    return first_time;
}

/// Offers shipments to a carrier, and puts those that it refuses behind the others. Returns how many it takes.
std::size_t tender(SiteState& site, std::span<std::uint32_t> offered, CarrierId id, double rejects, Context& context) {
    const Network& network = context.network();
    const Carrier& carrier = network.carriers[id];
    if (rejects <= 0) return offered.size();
    const int day = day_of(context.now());
    const auto refused = std::ranges::stable_partition(offered, [&](std::uint32_t index) {
        const Order& order = site.orders[site.shipments[index].order];
        return draws_of(purpose::tender, carrier, order, day, context.draws()).uniform() >= rejects;
    });
    return offered.size() - refused.size();
}

/// Of shipments that leave together, those that go along with an earlier one of the same customer; empty where none
/// can.
std::vector<bool> who_joins(SiteState& site, std::span<const std::uint32_t> leaving, CarrierId id, Context& context) {
    const Network& network = context.network();
    std::vector<bool> joins;
    if (!network.carriers[id].consolidates) return joins;
    std::set<std::pair<TierId, std::uint32_t>> seen;
    for (const std::uint32_t index : leaving) {
        const Order& order = site.orders[site.shipments[index].order];
        const std::uint32_t account = account_of(order, network, context.draws());
        joins.push_back(account != 0 && !seen.emplace(order.tier, account).second);
    }
    return joins;
}

}  // namespace

int earliest_arrival(const Network& network, Channel channel, Time now) {
    return arrival_by(network, static_cast<std::size_t>(channel), now);
}

void send_off(SiteState& site, std::uint32_t index, Units units, Context& context) {
    const Network& network = context.network();
    const Line& line = site.lines[index];
    const ItemId item{line.item};
    const Item& goods = network.items[item];
    const Order& order = site.orders[line.order];
    const Money cost = goods.unit_cost * units;
    ShelfStock& shelf = site.truth[item];
    shelf.staged -= units;
    ++site.today.lines_shipped;
    if (order.internal) {
        shelf.moved.sent += units;
        site.ledger.post(Account::transit, Account::inventory, cost);
        send_to_site(site, item, units, SiteId{order.key}, context);
    } else {
        shelf.moved.shipped += units;
        const Money sales = goods.price[static_cast<std::size_t>(network.tiers[order.tier].channel)] * units;
        site.ledger.post(Account::cost_of_sales, Account::inventory, cost);
        site.ledger.post(Account::receivables, Account::sales, sales);
        if (order.summed) {
            ShortOrders& sums = short_orders(site, order.tier, goods.velocity, network);
            sums.sales += sales;
            sums.cost += cost;
        } else {
            context.tell(UnitsShipped{item.value, units, sales.micros, order.tier.value, goods.velocity.value});
        }
    }
    if (!order.internal && !site.returned.empty()) plan_return(site, line, units, context);
    ship_units(site, index, units, context);
}

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
    if (leaves_at_once(site, order, network)) {
        deliver(site, picked, context);
        return;
    }
    if (order.shipment != kNone) {
        Shipment& staged = site.shipments[order.shipment];
        std::uint32_t last = picked.first_pick;
        for (ListWalk walk(site.picks); site.picks[last].next != kNone; walk.step()) last = site.picks[last].next;
        site.picks[last].next = std::exchange(staged.first_pick, picked.first_pick);
        staged.units += picked.units;
        staged.cost += picked.cost;
        staged.weight_lb += picked.weight_lb;
        return;
    }
    const auto lane = static_cast<std::size_t>(network.tiers[order.tier].channel);
    const std::uint32_t index = site.shipments.take();
    site.shipments[index] = picked;
    order.shipment = index;
    ++order.shipments_open;
    site.staged[lane].push_back(index);
    if (in_a_hurry(network, order, context.now())) expedite_shipment(site, index);
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
    const int day = day_of(context.now());
    std::vector<std::uint32_t>& lane = site.staged[lane_of(network.carriers[id])];
    const CarrierTerms terms = terms_now(site, id, context);
    const std::size_t capacity = capacity_now(site, id, context);
    const std::size_t offered = capacity > 0 ? lane.size() : 0;
    const std::size_t accepted = tender(site, std::span(lane).first(offered), id, terms.rejects, context);
    const auto refused = static_cast<std::int32_t>(offered - accepted);
    const std::size_t taken = std::min(accepted, capacity);
    if (taken < accepted) put_first(site, std::span(lane).first(accepted), taken, context.now(), network);
    const std::vector<bool> joins = who_joins(site, std::span(lane).first(taken), id, context);
    std::int32_t ready = 0;
    constexpr std::size_t kAhead = 4;  // orders lie all over memory: fetch the next ones while this one departs
    for (std::size_t i = 0; i < taken; ++i) {
        if (i + kAhead < taken) __builtin_prefetch(&site.orders[site.shipments[lane[i + kAhead]].order]);
        ready += !site.shipments[lane[i]].left_behind;
        depart(site, lane[i], id, terms, !joins.empty() && joins[i], context);
    }
    lane.erase(lane.begin(), lane.begin() + static_cast<std::ptrdiff_t>(taken));
    std::int32_t left = 0;
    if (is_last_today(network, id, day)) {
        left = leave_behind(site, lane, context);
        site.ranked_day = -1;  // what is picked from now on leaves on another day
    }
    context.tell(CarrierDeparted{static_cast<std::int32_t>(taken), static_cast<std::int32_t>(capacity), ready + left,
                                 left, id.value, network.carriers[id].expedite,
                                 terms.rejects > 0 ? static_cast<std::int32_t>(offered) : 0, refused});
}

void on(SiteState& site, const ShipmentDelivered& message, Context& context) {
    const Shipment shipment = site.shipments[message.shipment];
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
