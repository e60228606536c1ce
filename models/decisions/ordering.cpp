#include "models/decisions/ordering.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/stock_costs.hpp"

namespace entrepot::models {

namespace {

/// Units that follow from a reorder point and a level or lot at this position; 0 = none.
Units wanted(const InventoryPolicy& policy, Units position) {
    if (!policy.reorder_point || position > *policy.reorder_point) return 0;
    if (policy.quantity <= 0) return std::max(0, policy.order_up_to - position);
    return ((*policy.reorder_point - position) / policy.quantity + 1) * policy.quantity;
}

/// The same by the levels that headquarters has told.
Units wanted(const SiteLevels& levels, Units position) {
    if (position > double{levels.reorder_point} + kNoUnit) return 0;
    return std::max(0, counted(std::ceil(double{levels.order_up_to} - position - kNoUnit)));
}

void expect_order(SiteState& site, ItemId item, Units units, const InventoryPolicy& policy, bool second,
                  Context& context) {
    expect(site, item, units);
    const std::uint8_t velocity = context.network().items[item].velocity.value;
    const bool from_site = policy.source && !second;
    note_order(site.ledger, {item.value, units, velocity, from_site, site.id.value},
               second ? std::optional(policy.second->per_unit) : std::nullopt, context);
}

void order_from_second(SiteState& site, ItemId item, Units units, const InventoryPolicy& policy, double u,
                       Context& context) {
    expect_order(site, item, units, policy, true, context);
    site.record[item].due_soon += units;
    if (policy.execution == Execution::planners) {
        const Time heard = context.now() + context.network().strategy.integration.pump;
        return context.send(headquarters_of(context.network()), heard,
                            SupplyRequested{key_of(site.id, item), units, 1});
    }
    context.after(draw(policy.second.value().lead_time, u),
                  GoodsArrive{item.value, units, GoodsReference::of(GoodsReference::second)});
}

sim::Stream draws_of_second(SiteState& site, ItemId item, Context& context) {
    const StockKey key = key_of(site.id, item);
    const std::uint32_t occasion = site.occasions.next(purpose::second_source, key, context.now());
    return context.draws().at(purpose::second_source, lane_to(key, context.network()), occasion);
}

/// The first source owes units that are due then.
void note_due(ItemId item, Units units, Time due, const InventoryPolicy& policy, Context& context) {
    context.at(std::max(context.now(), due - policy.second->looks_ahead), ReceiptNears{item.value, units});
}

/// From an order to the first source until it comes, in the mean.
Duration usual_time(const InventoryPolicy& policy, ItemId item, const Network& network) {
    const auto mean = [](const TimeDistribution& distribution) { return sim::rounded_micros(mean_of(distribution)); };
    if (policy.source) return mean(policy.transit);
    const Supplier& supplier = network.suppliers[network.items[item].supplier];
    return (supplier.preparation ? mean(*supplier.preparation) : Duration::zero()) +
           (supplier.lead_time ? mean(*supplier.lead_time) : supplier.lead_time_mean);
}

/// The second source fills up to its own level.
void restore_second(SiteState& site, ItemId item, const InventoryPolicy& policy, Context& context) {
    const StockRecord& record = site.record[item];
    const Units near = available_on_record(site, item) - record.waiting + record.due_soon;
    if (near >= *policy.second->order_up_to) return;
    const double time = draws_of_second(site, item, context).uniform();
    order_from_second(site, item, *policy.second->order_up_to - near, policy, time, context);
}

/// Whether the second source takes the units that the first one would be asked for.
bool second_takes(SiteState& site, ItemId item, Units units, const InventoryPolicy& policy, Context& context) {
    if (units <= 0 || !policy.second || policy.second->share <= 0) return false;
    auto draws = draws_of_second(site, item, context);
    const double time = draws.uniform();
    if (draws.uniform() >= policy.second->share) return false;
    order_from_second(site, item, units, policy, time, context);
    return true;
}

/// Takes in the demand of the period that ends, and returns the level that it leads to.
Units forecast_level(SiteState& site, ItemId item, const InventoryPolicy& policy, Time now) {
    const DemandForecast& terms = *policy.forecast;
    DemandSeen& seen = site.seen[item];
    const Units units = terms.demand == DemandForecast::Of::customers ? seen.customers : seen.here;
    seen.here = seen.customers = 0;
    if (now - sim::kStart < policy.review) return policy.order_up_to;  // no whole period is over yet
    const auto last = static_cast<std::size_t>(terms.moving_average);
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
    return terms.safety_stock + static_cast<Units>(std::lround(mean * terms.cover));
}

/// What the season adds to the policy's levels.
Units added_now(const InventoryPolicy& policy, Time now) {
    Units added = 0;
    for (const LevelShift& shift : policy.shifts) added += shift.holds(now - sim::kStart) ? shift.added : 0;
    return added;
}

/// What the first source is asked for.
Units units_to_order(SiteState& site, ItemId item, const InventoryPolicy& policy, Context& context) {
    const Units position = inventory_position(site, item) - added_now(policy, context.now());
    Units units = policy.standing_order;
    if (policy.levels) {
        units = wanted(site.levels[item], position);
    } else if (policy.forecast) {
        units = std::max(0, forecast_level(site, item, policy, context.now()) - position);
    } else if (policy.standing_order == 0) {
        units = wanted(policy, position);
    }
    if (units <= 0) return 0;
    if (policy.source) return policy.most > 0 ? std::min(units, policy.most) : units;
    const Item& terms = context.network().items[item];
    return purchasable({terms.pack, terms.minimum_order}, policy, units);
}

/// A policy that looks at every change must look when its levels rise, too.
void look_when_levels_change(std::uint16_t index, const InventoryPolicy& policy, Context& context) {
    const Duration end = sim::days{context.network().calendar.total_days()};
    for (const LevelShift& shift : policy.shifts) {
        for (Duration from = shift.from, to = shift.to; from < end; from += shift.every, to += shift.every) {
            const Time at = sim::kStart + (shift.added > 0 ? from : to);
            if (at >= context.now()) context.at(at, StockReview{index});
            if (shift.every <= Duration::zero()) break;
        }
    }
}

/// What was ordered before day 0.
void expect_scheduled(SiteState& site, Context& context) {
    const Network& network = context.network();
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const StockTerms* terms = network.terms(site.id, item);
        if (terms == nullptr || !account_at_site(network, site.id, item)) continue;
        const InventoryPolicy* policy = network.policy(site.id, item);
        for (const ScheduledReceipt& receipt : terms->scheduled) {
            expect(site, item, receipt.units);
            if (looks_ahead(policy)) note_due(item, receipt.units, sim::kStart + receipt.at, *policy, context);
            context.at(sim::kStart + receipt.at,
                       GoodsArrive{item.value, receipt.units, GoodsReference::of(GoodsReference::direct)});
        }
    }
}

template <class F>
void for_items_of(const SiteState& site, std::uint16_t policy, const Network& network, F&& f) {
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (network.policy_of[site.id][item] == policy) f(item);
    }
}

/// Of reviews that have a weekday, the first such day from then on, at the same time of the day.
Time first_review(const InventoryPolicy& policy, const Calendar& calendar) {
    const Time first = sim::kStart + policy.first_review;
    if (!policy.review_weekday) return first;
    return first + sim::days{(*policy.review_weekday - calendar.weekday(day_of(first)) + 7) % 7};
}

}  // namespace

Units whole_packs(OrderSizes sizes, double units) {
    const double packs = std::ceil(std::max<double>(units, sizes.minimum) / sizes.pack);
    return static_cast<Units>(std::min(packs, std::floor(1e9 / sizes.pack))) * sizes.pack;  // units fit in 32 bits
}

Units purchasable(OrderSizes sizes, const InventoryPolicy& policy, double wanted) {
    return whole_packs(sizes, policy.most > 0 ? std::min<double>(wanted, policy.most) : wanted);
}

void order_by_policy(SiteState& site, ItemId item, const InventoryPolicy& policy, Context& context) {
    const Network& network = context.network();
    if (policy.second && policy.second->order_up_to) restore_second(site, item, policy, context);
    Units units = units_to_order(site, item, policy, context);
    if (second_takes(site, item, units, policy, context)) units = 0;
    const bool has_news = policy.source && !site.seen.empty() && site.seen[item].untold != 0;
    if (units == 0 && !has_news) return;
    if (units > 0) {
        expect_order(site, item, units, policy, false, context);
        if (looks_ahead(&policy))
            note_due(item, units, context.now() + usual_time(policy, item, network), policy, context);
    }
    const Time heard = context.now() + network.strategy.integration.pump;
    const bool by_planners = policy.execution == Execution::planners;
    if (policy.source) {
        const Units wanted_here = has_news ? std::exchange(site.seen[item].untold, 0) : 0;
        const Units at_once = by_planners ? 0 : units;
        if (at_once > 0 || has_news) {
            context.send(entity_of(*policy.source), heard, SiteOrders{key_of(site.id, item), at_once, wanted_here});
        }
    }
    if (units > 0 && (by_planners || !policy.source)) {
        context.send(headquarters_of(network), heard, SupplyRequested{key_of(site.id, item), units, 0});
    }
}

void start_reviews(SiteState& site, Context& context) {
    const Network& network = context.network();
    if (!network.stock_terms_of.empty()) expect_scheduled(site, context);
    for (std::size_t i = 0; i < network.policies.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        const InventoryPolicy& policy = network.policies[i];
        if (policy.planned() || !policy.orders()) continue;
        const bool here = std::ranges::find(network.policy_of[site.id], index) != network.policy_of[site.id].end();
        if (here) take_up_reviews(site, index, context);
    }
}

void take_up_reviews(SiteState& site, std::uint16_t index, Context& context) {
    const Network& network = context.network();
    const InventoryPolicy& policy = network.policies[index];
    if (policy.review > Duration::zero()) {
        Time next = first_review(policy, network.calendar);
        if (next < context.now())
            next += (context.now() - next + policy.review - Duration{1}) / policy.review * policy.review;
        context.at(next, StockReview{index});  // what lies beyond the horizon never comes
        return;
    }
    look_when_levels_change(index, policy, context);
    if (policy.levels) return;  // which come from headquarters
    for_items_of(site, index, network, [&](ItemId item) { order_by_policy(site, item, policy, context); });
}

void on(SiteState& site, const StockReview& message, Context& context) {
    const Network& network = context.network();
    const InventoryPolicy& policy = network.policies.at(message.policy);
    for_items_of(site, message.policy, network, [&](ItemId item) { order_by_policy(site, item, policy, context); });
    if (policy.review == Duration::zero()) return;  // looked because its levels change
    const Time next = context.now() + policy.review;
    if (next < start_of(network.calendar.total_days())) context.at(next, message);
}

void on(SiteState& site, const LevelsSet& message, Context& context) {
    const ItemId item{message.item};
    site.levels[item] = {message.reorder_point, message.order_up_to};
    const bool at_every_change = context.network().replenished_by(site.id, item).review == Duration::zero();
    if (at_every_change) site.record[item].looks_at = counted(std::floor(double{message.reorder_point} + kNoUnit));
    touch(site, item);
}

void on(SiteState& site, const ReceiptNears& message, Context&) {
    site.record[ItemId{message.item}].due_soon += message.units;
}

void on(SiteState& site, const ReceiptShort& message, Context& context) {
    const ItemId item = item_of(message.key);
    expect(site, item, -message.units);
    if (looks_ahead(context.network().policy(site.id, item))) site.record[item].due_soon -= message.units;
    touch(site, item);
}

}  // namespace entrepot::models
