#include "models/decisions/stock_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <span>
#include <utility>

#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"

namespace entrepot::models {

namespace {

/// The entity of draws about what comes to a site.
std::uint64_t lane_to(StockKey key, const Network& network) {
    return network.items[item_of(key)].key ^ network.sites[site_of(key)].key;
}

/// Units that the rule orders at this position; 0 = none.
Units wanted(const StockRule& rule, Units position) {
    if (!rule.reorder_point || position > *rule.reorder_point) return 0;
    if (rule.quantity <= 0) return std::max(0, rule.order_up_to - position);
    return ((*rule.reorder_point - position) / rule.quantity + 1) * rule.quantity;
}

void note_order(SiteState& site, ItemId item, Units units, double cost, bool second, Context& context) {
    expect(site, item, units);
    const StockRule& rule = *context.network().rule(site.id, item);
    const bool from_site = rule.source && !second;
    context.tell(StockRuleOrdered{item.value, units, context.network().items[item].velocity.value, from_site});
    charge(item, cost, context);
}

void order_from_second(SiteState& site, ItemId item, Units units, const StockRule& rule, double u, Context& context) {
    note_order(site, item, units, rule.per_order + rule.second->per_unit * units, true, context);
    site.record[item].due_soon += units;
    context.after(draw(rule.second->time, u), GoodsArrive{item.value, units, GoodsReference::second_source()});
}

sim::Stream draws_of_second(SiteState& site, ItemId item, Context& context) {
    const StockKey key = key_of(site.id, item);
    const std::uint32_t occasion = site.occasions.next(purpose::second_source, key, context.now());
    return context.draws().at(purpose::second_source, lane_to(key, context.network()), occasion);
}

/// The first source owes units that are due then.
void note_due(SiteState& site, ItemId item, Units units, Time due, Context& context) {
    const StockRule* rule = context.network().rule(site.id, item);
    if (!looks_ahead(rule)) return;
    context.at(std::max(context.now(), due - rule->second->looks_ahead), ReceiptNears{item.value, units});
}

/// From an order to the first source until it comes, in the mean.
Duration usual_time(const StockRule& rule, ItemId item, const Network& network) {
    const auto mean = [](const TimeLaw& law) { return sim::rounded_micros(mean_of(law)); };
    if (rule.source) return mean(rule.transit);
    const Supplier& supplier = network.suppliers[network.items[item].supplier];
    return (supplier.preparation ? mean(*supplier.preparation) : Duration::zero()) +
           (supplier.lead_time ? mean(*supplier.lead_time) : supplier.lead_time_mean);
}

/// The second source fills up to its own level.
void restore_second(SiteState& site, ItemId item, const StockRule& rule, Context& context) {
    const StockRecord& record = site.record[item];
    const Units near = available_on_record(site, item) - record.waiting + record.due_soon;
    if (near >= *rule.second->up_to) return;
    const double time = draws_of_second(site, item, context).uniform();
    order_from_second(site, item, *rule.second->up_to - near, rule, time, context);
}

/// Whether the second source takes the units that the first one would be asked for.
bool second_takes(SiteState& site, ItemId item, Units units, const StockRule& rule, Context& context) {
    if (units <= 0 || !rule.second || rule.second->share <= 0) return false;
    auto draws = draws_of_second(site, item, context);
    const double time = draws.uniform();
    if (draws.uniform() >= rule.second->share) return false;
    order_from_second(site, item, units, rule, time, context);
    return true;
}

/// Takes in the demand of the period that ends, and returns the level that it leads to.
Units forecast_level(SiteState& site, ItemId item, const StockRule& rule, Time now) {
    const DemandForecast& terms = *rule.forecast;
    DemandSeen& seen = site.seen[item];
    const Units units = terms.demand == DemandForecast::Of::customers ? seen.customers : seen.here;
    seen.here = seen.customers = 0;
    if (now - sim::kStart < rule.review) return rule.order_up_to;  // no whole period is over yet
    const auto last = static_cast<std::size_t>(terms.last);
    if (seen.periods.size() < last) {
        seen.periods.push_back(units);
    } else {
        seen.periods[seen.reviews % last] = units;
    }
    seen.smoothed = seen.reviews == 0 ? units : seen.smoothed + terms.smoothing * (units - seen.smoothed);
    ++seen.reviews;
    double mean = seen.smoothed;
    if (terms.smoothing <= 0) {
        mean =
            std::accumulate(seen.periods.begin(), seen.periods.end(), 0.0) / static_cast<double>(seen.periods.size());
    }
    return terms.added + static_cast<Units>(std::lround(mean * terms.cover));
}

/// What the season adds to the rule's levels.
Units added_now(const StockRule& rule, Time now) {
    Units added = 0;
    for (const LevelShift& shift : rule.shifts) added += shift.holds(now - sim::kStart) ? shift.added : 0;
    return added;
}

Units units_to_order(SiteState& site, ItemId item, const StockRule& rule, Context& context) {
    const Units position = inventory_position(site, item) - added_now(rule, context.now());
    if (rule.forecast) return std::max(0, forecast_level(site, item, rule, context.now()) - position);
    return rule.always > 0 ? rule.always : wanted(rule, position);
}

/// A rule that looks at every change must look when its levels rise, too.
void look_when_levels_change(std::uint16_t index, const StockRule& rule, Context& context) {
    const Duration end = sim::days{context.network().calendar.total_days()};
    for (const LevelShift& shift : rule.shifts) {
        for (Duration from = shift.from, to = shift.to; from < end; from += shift.every, to += shift.every) {
            context.at(sim::kStart + (shift.added > 0 ? from : to), StockReview{index});
            if (shift.every <= Duration::zero()) break;
        }
    }
}

/// What was ordered before day 0.
void expect_scheduled(SiteState& site, std::uint16_t rule, Context& context) {
    const Network& network = context.network();
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (network.rule_of[site.id][item] != rule) continue;
        for (const ScheduledReceipt& receipt : network.rules[rule].scheduled) {
            expect(site, item, receipt.units);
            note_due(site, item, receipt.units, sim::kStart + receipt.at, context);
            context.at(sim::kStart + receipt.at,
                       GoodsArrive{item.value, receipt.units, GoodsReference::by_rule(false)});
        }
    }
}

}  // namespace

void order_by_rule(SiteState& site, ItemId item, const StockRule& rule, Context& context) {
    const Network& network = context.network();
    if (rule.second && rule.second->up_to) restore_second(site, item, rule, context);
    Units units = std::max(0, units_to_order(site, item, rule, context));
    if (second_takes(site, item, units, rule, context)) units = 0;
    const bool has_news = rule.source && !site.seen.empty() && site.seen[item].untold != 0;
    if (units == 0 && !has_news) return;
    if (units > 0) {
        note_order(site, item, units, rule.per_order + rule.per_unit * units, false, context);
        note_due(site, item, units, context.now() + usual_time(rule, item, network), context);
    }
    const Time heard = context.now() + network.strategy.integration.pump;
    if (rule.source) {
        const Units wanted_here = has_news ? std::exchange(site.seen[item].untold, 0) : 0;
        context.send(entity_of(*rule.source), heard, SiteOrders{key_of(site.id, item), units, wanted_here});
    } else {
        context.send(headquarters_of(network), heard, SupplyRequested{key_of(site.id, item), units});
    }
}

void start_reviews(SiteState& site, Context& context) {
    const Network& network = context.network();
    for (std::size_t rule_index = 0; rule_index < network.rules.size(); ++rule_index) {
        const auto index = static_cast<std::uint16_t>(rule_index);
        const StockRule& rule = network.rules[index];
        const bool here = std::ranges::find(network.rule_of[site.id], index) != network.rule_of[site.id].end();
        if (!here) continue;
        expect_scheduled(site, index, context);
        const bool second_looks = rule.second && rule.second->up_to;
        if (!rule.reorder_point && rule.always == 0 && !rule.forecast && !second_looks) continue;
        const Time first = sim::kStart + rule.first_review;
        if (rule.review > Duration::zero()) {
            context.at(first, StockReview{index});
        } else {
            look_when_levels_change(index, rule, context);
            for (const ItemId item : sim::ids<ItemId>(network.items)) {
                if (network.rule_of[site.id][item] == index) order_by_rule(site, item, rule, context);
            }
        }
    }
}

void on(SiteState& site, const StockReview& message, Context& context) {
    const Network& network = context.network();
    const StockRule& rule = network.rules[message.rule];
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (network.rule_of[site.id][item] == message.rule) order_by_rule(site, item, rule, context);
    }
    if (rule.review == Duration::zero()) return;  // looked because its levels change
    const Time next = context.now() + rule.review;
    if (next < start_of(network.calendar.total_days())) context.at(next, message);
}

// --------------------------------------------------------------------------------------------- from another site

void on(SiteState& site, const SiteOrders& message, Context& context) {
    const Network& network = context.network();
    const LineRequest line{item_of(message.key), message.units};
    if (!site.seen.empty()) {
        site.seen[line.item].customers += message.customers_wanted;
        site.seen[line.item].untold += message.customers_wanted;
    }
    if (message.units == 0) return;
    // Sites order as customers of their own tier, the last one.
    const TierId tier{network.tiers.size() - 1};
    const SiteId from = site_of(message.key);
    const std::uint32_t occasion =
        site.occasions.next(purpose::pick_time, key_of(from, ItemId{0}), context.now());  // whatever they order
    enter_order(site, {from.index(), occasion, tier, 1, true}, std::array{line}, context);
}

void send_to_site(SiteState& site, ItemId item, Units units, SiteId destination, Context& context) {
    const Network& network = context.network();
    const StockRule& rule = *network.rule(destination, item);
    const StockKey key = key_of(destination, item);
    const std::uint32_t occasion = site.occasions.next(purpose::lead_time, key, context.now());
    const double u = context.draws().at(purpose::lead_time, lane_to(key, network), occasion).uniform();
    // The order took the pump's time to come here: the goods make up for it.
    const Duration pump = network.strategy.integration.pump;
    const Duration transit = draw(rule.transit, u);
    site.record[item].sent_unit_days += static_cast<float>(units * sim::in<sim::days>(transit));
    context.send(entity_of(destination), context.now() + std::max(pump, transit - pump),
                 GoodsArrive{item.value, units, GoodsReference::by_rule(true)});
}

// ------------------------------------------------------------------------------------------------ from a supplier

namespace {

/// Forgets the stoppages that were over at this moment. The last one stays: the next one begins after it.
void forget_stoppages(Headquarters::Plant& plant, Time over) {
    const auto current = std::ranges::upper_bound(plant.stoppages, over, {}, &Headquarters::Plant::Stoppage::works);
    if (current != plant.stoppages.end()) plant.stoppages.erase(plant.stoppages.begin(), current);
}

/// The first stoppage that is not over at t. No earlier t than what was forgotten; else in any order, as a later
/// request may be ready sooner, or have a server of its own.
const Headquarters::Plant::Stoppage& stoppage_after(Headquarters::Plant& plant, const Supplier& terms, Time t,
                                                    const sim::Draws& draws) {
    auto& stoppages = plant.stoppages;
    while (stoppages.empty() || stoppages.back().works <= t) {
        auto stream = draws.at(purpose::stoppage, terms.key, plant.drawn++);
        const Time from = stoppages.empty() ? sim::kStart : stoppages.back().works;
        const Time stops = from + draw(*terms.up, stream.uniform());
        stoppages.push_back({stops, stops + draw(*terms.down, stream.uniform())});
    }
    return *std::ranges::upper_bound(stoppages, t, {}, &Headquarters::Plant::Stoppage::works);
}

/// When work of so long ends that may begin at t.
Time end_of_work(Headquarters::Plant& plant, const Supplier& terms, Time t, Duration work, const sim::Draws& draws) {
    if (!terms.up || !terms.down) return t + work;
    for (;;) {
        const auto next = stoppage_after(plant, terms, t, draws);
        if (t < next.stops) {
            if (!terms.stops_work || t + work <= next.stops) return t + work;
            work -= next.stops - t;
        }
        t = next.works;
    }
}

/// Goods of a request; with a yield below 1 some of the units never come, and the site hears of it when the others do.
void deliver_request(StockKey to, Units units, Time arrives, double yield, sim::Stream& luck, Context& context) {
    const SiteId site = site_of(to);
    const ItemId item = item_of(to);
    const Units good = yield < 1 ? sim::binomial(luck.uniform(), units, yield) : units;
    if (good < units) context.send(entity_of(site), arrives, ReceiptShort{to, units - good});
    if (good > 0) context.send(entity_of(site), arrives, GoodsArrive{item.value, good, GoodsReference::by_rule(false)});
}

}  // namespace

void on(SiteState& site, const ReceiptNears& message, Context&) {
    site.record[ItemId{message.item}].due_soon += message.units;
}

void on(SiteState& site, const ReceiptShort& message, Context& context) {
    const ItemId item = item_of(message.key);
    expect(site, item, -message.units);
    if (looks_ahead(context.network().rule(site.id, item))) site.record[item].due_soon -= message.units;
    follow_stock_rule(site, item, context);
}

namespace {

/// A lot of a request is ready for a server, which makes it in so long a time and delivers it.
void make_lot(Headquarters& hq, StockKey key, Units units, Time ready, Duration lead, sim::Stream& luck,
              Context& context) {
    const Network& network = context.network();
    const SupplierId supplier = network.items[item_of(key)].supplier;
    const Supplier& terms = network.suppliers[supplier];
    Headquarters::Plant& plant = hq.plants[supplier];
    const auto servers = static_cast<std::size_t>(terms.servers);
    if (plant.free.empty()) plant.free.assign(servers * (terms.servers_by_site ? hq.sites : 1), sim::kStart);
    const auto mine =
        std::span(plant.free).subspan(terms.servers_by_site ? servers * site_of(key).index() : 0, servers);
    // A heap, whose first server is free the soonest: a pool of a thousand trucks costs no more than one of ten.
    const bool limited = !mine.empty();
    if (limited) std::ranges::pop_heap(mine, std::greater<>());
    const Time may_begin = limited ? std::max(ready, mine.back()) : ready;
    const Time made = end_of_work(plant, terms, may_begin, lead, context.draws());
    if (limited) {
        mine.back() = made;
        std::ranges::push_heap(mine, std::greater<>());
    }
    const Time arrives = std::max(made, context.now() + network.strategy.integration.pump);
    deliver_request(key, units, arrives, terms.yield, luck, context);
}

Duration lead_time(const Supplier& terms, sim::Stream& draws) {
    return terms.lead_time ? draw(*terms.lead_time, draws.uniform()) : terms.lead_time_mean;
}

}  // namespace

void on(Headquarters& hq, const SupplyRequested& message, Context& context) {
    const Network& network = context.network();
    const SupplierId supplier = network.items[item_of(message.key)].supplier;
    const Supplier& terms = network.suppliers[supplier];
    const std::uint64_t lane = lane_to(message.key, network);
    const Time asked = context.now() - network.strategy.integration.pump;
    const Units lot = terms.lot > 0 ? terms.lot : message.units;
    forget_stoppages(hq.plants[supplier], asked);
    const std::uint32_t occasion = hq.occasions.next(purpose::lead_time, message.key, asked);
    auto draws = context.draws().at(purpose::lead_time, lane, occasion);
    auto luck = context.draws().at(purpose::yield, lane, occasion);
    // What takes equally long to prepare is ready in the order of the requests: its server is known already.
    const bool in_turn = !terms.preparation || std::holds_alternative<ConstantTime>(*terms.preparation);
    for (Units left = message.units; left > 0; left -= lot) {
        const Units units = std::min(lot, left);
        if (in_turn) {
            const Duration lead = lead_time(terms, draws);
            const Time ready = terms.preparation ? asked + draw(*terms.preparation, draws.uniform()) : asked;
            make_lot(hq, message.key, units, ready, lead, luck, context);
        } else {
            const Time ready = asked + draw(*terms.preparation, draws.uniform());
            context.at(std::max(ready, context.now()), LotPrepared{message.key, units});
        }
    }
}

void on(Headquarters& hq, const LotPrepared& message, Context& context) {
    const Network& network = context.network();
    const Supplier& terms = network.suppliers[network.items[item_of(message.key)].supplier];
    const std::uint32_t occasion = hq.occasions.next(purpose::making, message.key, context.now());
    auto draws = context.draws().at(purpose::making, lane_to(message.key, network), occasion);
    const Duration lead = lead_time(terms, draws);
    make_lot(hq, message.key, message.units, context.now(), lead, draws, context);
}

// ---------------------------------------------------------------------------------------------------------- costs

void charge(ItemId item, double amount, Context& context) {
    if (amount != 0) context.tell(StockCost{amount, context.network().items[item].velocity.value, 0});
}

void charge_lost_units(const SiteState& site, ItemId item, Units units, Context& context) {
    if (const StockRule* rule = context.network().rule(site.id, item)) {
        charge(item, rule->per_lost_unit * units, context);
    }
}

// -------------------------------------------------------------------------------------------------------- moments

void start_moments(SiteState& site, Context& context) {
    const std::vector<Moment>& moments = context.network().moments;
    site.units_before_moment.assign(moments.size(), 0);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        const Time at = sim::kStart + moments[i].at;
        context.at(sim::kStart + moments[i].since, MomentCounts{index, 0});
        context.at(at, MomentCounts{index, 1});
        context.at(at, MomentComes{index});
    }
}

void end_moments(SiteState& site, Context& context) {
    const std::vector<Moment>& moments = context.network().moments;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        if (sim::kStart + moments[i].at != context.now()) continue;
        const auto index = static_cast<std::uint16_t>(i);
        on(site, MomentCounts{index, 1}, context);
        on(site, MomentComes{index}, context);
    }
}

void on(SiteState& site, const MomentCounts& message, Context& context) {
    std::int64_t ordered = site.units_before_today + site.today.units_ordered;
    for (const ServedOrders& served : site.served) ordered += served.units;
    if (message.ends) {
        context.tell(DemandAtMoment{ordered - site.units_before_moment[message.moment], message.moment});
    } else {
        site.units_before_moment[message.moment] = ordered;
    }
}

void on(SiteState& site, const MomentComes& message, Context& context) {
    const Network& network = context.network();
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (network.rule(site.id, item) == nullptr) continue;
        const StockRecord& record = site.record[item];
        context.tell(
            StockAtMoment{item.value, site.truth[item].on_hand, record.waiting, record.on_order, message.moment});
    }
}

}  // namespace entrepot::models
