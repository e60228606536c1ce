#include "models/goods/suppliers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <utility>

#include "models/disturbances/disturbances.hpp"
#include "models/goods/supplier_answers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/purchasing.hpp"

namespace entrepot::models {

namespace {

using Plant = Headquarters::Plant;

// What it makes, and when.

/// How a supplier works as things stand.
struct Form {
    double lead_time = 1;  ///< factor
    double on_time = 1, in_full = 1;
    double capacity = 1;  ///< factor
};

/// Nobody is told of a bad spell.
Form form_of(Headquarters& hq, SupplierId supplier, Context& context) {
    using Kind = Disturbance::Kind;
    const Network& network = context.network();
    const Supplier& terms = network.suppliers[supplier];
    Plant& plant = hq.plants[supplier];
    const Whereabouts at{.supplier = supplier};
    const Span now = at_moment(context.now());
    Form form{disturbed_factor(network, hq.happenings, Kind::supplier_slip, at, now), terms.on_time, terms.in_full,
              disturbed_factor(network, hq.happenings, Kind::supplier_capacity, at, now)};
    bool bad = is_disturbed(network, hq.happenings, Kind::supplier_spell, at, now);
    if (!bad && terms.good_spell && terms.bad_spell) {
        const OutageTerms law{*terms.good_spell, *terms.bad_spell, purpose::spell, terms.key};
        bad = plant.bad_spells.not_over(context.now(), law, context.draws()).stops <= context.now();
        plant.bad_spells.forget(context.now());
    }
    if (!bad) return form;
    form.lead_time *= terms.bad_lead_time;
    form.on_time *= terms.bad_on_time;
    form.in_full *= terms.bad_in_full;
    return form;
}

/// The first moment from t on at which no disturbance keeps the supplier from beginning anything.
Time after_stops(const Headquarters& hq, const Network& network, SupplierId supplier, Time t) {
    for (bool stopped = true; stopped;) {
        stopped = false;
        for_disturbances(network, hq.happenings, Disturbance::Kind::supplier_stop, {.supplier = supplier}, at_moment(t),
                         [&](const Disturbance&, const Happening& stop) {
                             t = std::max(t, stop.until);
                             stopped = true;
                         });
    }
    return t;
}

/// When work of so long ends that may begin at t.
Time end_of_work(Plant& plant, const Supplier& terms, Time t, Duration work, const sim::Draws& draws) {
    if (!terms.uptime || !terms.downtime) return t + work;
    const OutageTerms law{*terms.uptime, *terms.downtime, purpose::stoppage, terms.key};
    for (;;) {
        const Outage next = plant.stoppages.not_over(t, law, draws);
        if (t < next.stops) {
            if (!terms.stops_work || t + work <= next.stops) return t + work;
            work -= next.stops - t;
        }
        t = next.works;
    }
}

/// Lead time of an order or a lot.
struct Lead {
    Duration all{};
    Duration delay{};  ///< of it, what the supplier doesn't know when it answers
};

Lead lead_time(const Supplier& terms, const Form& form, sim::Stream& draws) {
    double days = 0;
    const double usual = draws.uniform();
    if (terms.lead_time) {
        const Duration drawn = draw(*terms.lead_time, usual);
        if (form.on_time >= 1 && form.lead_time == 1) return {drawn};
        days = sim::in<sim::days>(drawn);
    } else {
        const double mean = sim::in<sim::days>(terms.lead_time_mean);
        if (terms.lead_time_cv <= 0 && form.on_time >= 1 && form.lead_time == 1) return {terms.lead_time_mean};
        days = std::max(sim::lognormal(usual, mean, terms.lead_time_cv), terms.least_lead * mean);
    }
    double delay = 0;
    if (form.on_time < 1) {
        const double lateness = draws.uniform(), so_long = draws.uniform();
        if (lateness >= form.on_time) delay = sim::exponential(so_long, sim::in<sim::days>(terms.delay_mean));
    }
    return {sim::from_real<sim::days>((days + delay) * form.lead_time),
            sim::from_real<sim::days>(delay * form.lead_time)};
}

/// The supplier makes orders one after the other at its capacity. Some work waiting is what its lead times assume; what
/// waits beyond it is late. Returns the delay of an order of that value. However little it can do, it does something.
Duration wait_for_capacity(Plant& plant, const Supplier& terms, Money usual, double factor, Money value, Time now) {
    if (usual <= Money{}) return {};
    const Money a_day = std::max(usual * factor, Money{1});
    const Time done = std::max(plant.busy_until, now) + sim::from_real<sim::days>(value.amount() / a_day.amount());
    plant.busy_until = std::min(done, now + sim::kLongest);
    return std::max(plant.busy_until - now - terms.capacity_slack, Duration::zero());
}

/// Units of an order that the supplier delivers; it cancels the rest.
Units delivered_units(const Supplier& terms, double in_full, const SupplyOrder& order, std::uint64_t lane,
                      const sim::Draws& draws) {
    if (in_full >= 1) return order.units;
    auto draw = draws.at(purpose::in_full, lane, order.coordinate);
    if (draw.uniform() < in_full) return order.units;
    const double share = terms.short_least + (terms.short_most - terms.short_least) * draw.uniform();
    return std::clamp<Units>(static_cast<Units>(std::lround(order.units * share)), 1, order.units);
}

// What comes of it.

/// A lot leaves the supplier and is at the site's dock at `arrives`; so many of its units are good.
void deliver(Headquarters& hq, const SupplyOrder& order, Units good, Units bad, Time arrives, Context& context) {
    if (order.line != kNone) return truck_is_due(hq, order.line, good, bad, arrives, context);
    const sim::EntityId site = entity_of(site_of(order.key));
    if (bad > 0) context.send(site, arrives, ReceiptShort{order.key, bad});
    if (good > 0) {
        context.send(site, arrives,
                     GoodsArrive{item_of(order.key).value, good, GoodsReference::of(GoodsReference::direct)});
    }
}

/// A lot is ready for a server, which makes it in so long a time and sends it. Returns when it is to be at the dock, as
/// far as the supplier knows.
Time make_lot(Headquarters& hq, const SupplyOrder& order, Units units, Units cancelled, Time ready, const Lead& lead,
              Duration late, sim::Stream& luck, Context& context) {
    const Network& network = context.network();
    const SupplierId supplier = network.items[item_of(order.key)].supplier;
    const Supplier& terms = network.suppliers[supplier];
    Plant& plant = hq.plants[supplier];
    const auto servers = static_cast<std::size_t>(terms.servers);
    if (plant.free.empty()) plant.free.assign(servers * (terms.servers_by_site ? hq.sites : 1), sim::kStart);
    const auto mine =
        std::span(plant.free).subspan(terms.servers_by_site ? servers * site_of(order.key).index() : 0, servers);
    // A heap, whose first server is free the soonest: a pool of a thousand trucks costs no more than one of ten.
    const bool limited = !mine.empty();
    if (limited) std::ranges::pop_heap(mine, std::greater<>());
    const Time may_begin = after_stops(hq, network, supplier, limited ? std::max(ready, mine.back()) : ready);
    const Time made = end_of_work(plant, terms, may_begin, lead.all, context.draws());
    if (limited) {
        mine.back() = made;
        std::ranges::push_heap(mine, std::greater<>());
    }
    const Time docked = at_the_dock(network, site_of(order.key), made + late);
    const Time arrives = order.line == kNone ? std::max(docked, context.now() + network.strategy.integration.pump)
                                             : std::max(docked, context.now());
    const Units good = terms.yield < 1 ? sim::binomial(luck.uniform(), units, terms.yield) : units;
    deliver(hq, order, good, units - good + cancelled, arrives, context);
    return at_the_dock(network, site_of(order.key), made + late - lead.delay);
}

}  // namespace

Time at_the_dock(const Network& network, SiteId site, Time t) {
    const Site& terms = network.sites[site];
    if (terms.handling == Handling::at_once) return t;
    constexpr int kAroundTheClock = 24;
    if (terms.dock_hours >= kAroundTheClock) {
        const int open = business_day_from(network.calendar, day_of(t));
        return open == day_of(t) ? t : start_of(open);
    }
    const auto within = static_cast<int>((t.time_since_epoch() / sim::minutes{1}) % (terms.dock_hours * 60));
    int day = business_day_from(network.calendar, day_of(t));
    while (at_hour(day, terms.dock_opens_hour) + sim::minutes{within} < t) {
        day = business_day_from(network.calendar, day + 1);
    }
    return at_hour(day, terms.dock_opens_hour) + sim::minutes{within};
}

void take_order(Headquarters& hq, const SupplyOrder& order, Context& context) {
    const Network& network = context.network();
    const Item& item = network.items[item_of(order.key)];
    const Supplier& terms = network.suppliers[item.supplier];
    Plant& plant = hq.plants[item.supplier];
    const std::uint64_t lane = lane_to(order.key, network);
    const Form form = form_of(hq, item.supplier, context);
    plant.stoppages.forget(std::min(order.placed, context.now() - network.strategy.integration.pump));
    const Duration late = wait_for_capacity(plant, terms, network.supplier_capacity[item.supplier], form.capacity,
                                            item.unit_cost * order.units, order.placed);
    const Units delivered = delivered_units(terms, form.in_full, order, lane, context.draws());
    const Units lot = terms.lot > 0 ? terms.lot : delivered;
    Units cancelled = order.units - delivered;
    auto draws = context.draws().at(purpose::lead_time, lane, order.coordinate);
    auto luck = context.draws().at(purpose::yield, lane, order.coordinate);
    // What takes equally long to prepare is ready in the order of the orders: its server is known already.
    const bool in_turn = !terms.preparation || std::holds_alternative<ConstantTime>(*terms.preparation);
    Time planned{};
    for (Units left = delivered; left > 0; left -= lot) {
        const Units units = std::min(lot, left);
        if (in_turn) {
            const Lead lead = lead_time(terms, form, draws);
            const Time ready =
                order.placed + (terms.preparation ? draw(*terms.preparation, draws.uniform()) : Duration::zero());
            const Units not_coming = left <= lot ? cancelled : 0;
            planned = std::max(planned, make_lot(hq, order, units, not_coming, ready, lead, late, luck, context));
            continue;
        }
        if (std::exchange(cancelled, 0) > 0 && order.line == kNone) {  // which it says when it takes the order on
            context.send(entity_of(site_of(order.key)), context.now() + network.strategy.integration.pump,
                         ReceiptShort{order.key, order.units - delivered});
        } else if (order.line != kNone && left == delivered) {
            hq.purchases[order.line].not_coming += order.units - delivered;
        }
        if (order.line != kNone) ++hq.purchases[order.line].trucks;
        const Time ready = order.placed + draw(*terms.preparation, draws.uniform()) + late;
        context.at(std::max(ready, context.now()), LotPrepared{order.key, units, order.line});
    }
    if (order.line != kNone) answer(hq, order, planned, context);
}

void on(Headquarters& hq, const LotPrepared& message, Context& context) {
    const Network& network = context.network();
    const Item& item = network.items[item_of(message.key)];
    const std::uint32_t occasion = hq.occasions.next(purpose::making, message.key, context.now());
    auto draws = context.draws().at(purpose::making, lane_to(message.key, network), occasion);
    const Form form = form_of(hq, item.supplier, context);
    const Lead lead = lead_time(network.suppliers[item.supplier], form, draws);
    if (message.line != kNone) --hq.purchases[message.line].trucks;  // which `truck_is_due` counts anew
    make_lot(hq, {message.key, message.units, context.now(), message.line, occasion}, message.units, 0, context.now(),
             lead, {}, draws, context);
}

}  // namespace entrepot::models
