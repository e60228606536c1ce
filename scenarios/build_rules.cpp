#include <algorithm>
#include <cmath>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::ItemId;
using models::Network;
using models::SiteId;

namespace {

/// One of so many, for certain.
sim::Discrete only(std::size_t size, std::size_t index) {
    std::vector<double> weights(size, 0);
    weights[index] = 1;
    return sim::Discrete(weights);
}

/// All alike.
sim::Discrete any(std::size_t size) { return sim::Discrete(std::vector<double>(size, 1)); }

std::size_t item_named(const Network& network, const std::string& name) {
    std::size_t i = 0;
    while (i < network.items.size() && network.items[ItemId{i}].name != name) ++i;
    return i;
}

/// The model's clock begins with the warm-up, the scenario's with the measured window.
template <class Span>
Span from_start_of_run(Span span, const Scenario& scenario) {
    const models::Duration warmup = sim::days{scenario.calendar.warmup_days};
    span.from += warmup;
    span.to += warmup;
    return span;
}

/// Sites that order from others are customers there, of a tier of their own that waits without end.
void add_tier_of_sites(Network& network) {
    models::Tier tier;
    tier.name = "sites";
    tier.backorder_probability = 1;
    network.tiers.push_back(tier);
}

}  // namespace

void add_streams(const Scenario& scenario, const Popularity& popularity, Network& network) {
    const std::size_t items = network.items.size();
    for (const auto& [name, part] : scenario.streams) {
        models::DemandStream stream = part.stream;
        const std::size_t tier = position(scenario.tiers, part.tier);
        stream.channel = scenario.tiers[tier].value.tier.channel;
        stream.tier_mix = only(scenario.tiers.size(), tier);
        stream.item_mix = {part.each_item      ? any(items)
                           : part.item.empty() ? sim::Discrete(popularity.item)
                                               : only(items, item_named(network, part.item))};
        if (part.each_item) {  // the orders of all items together come so many times as often
            auto& time = std::get<models::ExponentialTime>(*stream.interarrival_time);
            time.mean =
                sim::Duration{std::llround(static_cast<double>(time.mean.count()) / static_cast<double>(items))};
        }
        if (!stream.units) stream.units = models::ConstantCount{1};
        for (const auto& [basket_name, basket] : part.baskets) {
            models::Basket lines{basket.probability, {}};
            for (std::size_t i = 0; i < basket.items.size(); ++i) {
                const ItemId item{static_cast<std::uint32_t>(item_named(network, basket.items[i]))};
                lines.lines.push_back({item, basket.units.empty() ? 1 : basket.units[i]});
            }
            stream.baskets.push_back(std::move(lines));
        }
        for (const auto& step : part.steps) stream.steps.push_back(from_start_of_run(step.value, scenario));
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            if (!part.site.empty() && network.sites[site].name != part.site) continue;
            stream.region = site;
            stream.name = "stream." + name + (part.site.empty() ? "." + network.sites[site].name : "");
            stream.key = sim::entity_hash(stream.name);
            network.streams.push_back(stream);
        }
    }
}

namespace {

/// Whether a scope holds for a location.
bool holds(const Scope& scope, const Network& network, SiteId site, ItemId item) {
    const models::Item& goods = network.items[item];
    return (scope.site.empty() || scope.site == network.sites[site].name) &&
           (scope.item.empty() || scope.item == goods.name) &&
           (scope.velocity.empty() || scope.velocity == network.classes[goods.velocity].name) &&
           (scope.segment.empty() || scope.segment == network.suppliers[goods.supplier].segment);
}

models::InventoryPolicy policy_of(const OrderingPart& part, const std::string& name, const Scenario& scenario) {
    models::InventoryPolicy policy = part.policy;
    policy.name = name;
    for (const auto& shift : part.shifts) policy.shifts.push_back(from_start_of_run(shift.value, scenario));
    if (!part.source.empty()) policy.source = SiteId{position(scenario.sites, part.source)};
    return policy;
}

models::InventoryPolicy policy_of(const ReplenishmentPart& part, const std::string& name, const Scenario& scenario) {
    models::InventoryPolicy policy = policy_of(part.ordering, name, scenario);
    policy.levels = part.levels;
    if (part.levels) policy.needs = part.levels->needs();
    const std::size_t other = position(scenario.strategies, part.fallback);
    if (other < scenario.strategies.size()) {
        policy.fallback = scenario.strategies[other].value.replenishment.levels;
        policy.fallback_needs = policy.fallback->needs();
    }
    return policy;
}

using IndexOf = models::Column<SiteId, models::Column<ItemId, std::uint16_t>>;

IndexOf nobody(const Network& network) {
    return IndexOf(network.sites.size(), models::Column<ItemId, std::uint16_t>(network.items.size(), Network::kNobody));
}

/// Calls f(site, item) for the locations of a scope.
template <class F>
void for_locations(const Scope& scope, const Network& network, F&& f) {
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            if (holds(scope, network, site, item)) f(site, item);
        }
    }
}

/// Opening stock and costs, and which rule is each location's; of several the last.
IndexOf add_stock_terms(const Scenario& scenario, Network& network) {
    IndexOf rule_of = nobody(network);
    for (std::size_t i = 0; i < scenario.stocks.size(); ++i) {
        const StockPart& part = scenario.stocks[i].value;
        network.stock_terms.push_back(part.terms);
        for (const auto& receipt : part.scheduled) network.stock_terms.back().scheduled.push_back(receipt.value);
        for_locations(part.scope, network,
                      [&](SiteId site, ItemId item) { rule_of[site][item] = static_cast<std::uint16_t>(i); });
    }
    if (!scenario.stocks.empty()) network.stock_terms_of = rule_of;
    return rule_of;
}

/// The strategy's bindings, from those that name least to those that name most: later ones go over earlier ones.
struct Bound {
    Scope scope;
    const ReplenishmentPart* part = nullptr;
    std::string name;
};

std::vector<Bound> bindings_of(const StrategyPart& strategy) {
    std::vector<Bound> bound{{{}, &strategy.replenishment, "replenishment"}};
    for (const auto& [name, binding] : strategy.bindings) {
        if (binding.decision == BindingPart::replenishment) bound.push_back({binding.scope, &binding.ordered, name});
    }
    std::ranges::stable_sort(bound, {}, [](const Bound& b) { return b.scope.names(); });
    return bound;
}

/// A policy that no location follows asks for nothing.
void forget_unused(Network& network) {
    std::vector<bool> used(network.policies.size());
    for (const auto& site : network.policy_of) {
        for (const std::uint16_t index : site) {
            if (index != Network::kNobody) used[index] = true;
        }
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (!used[i]) network.policies[i] = {};
    }
}

bool any_source(const Scenario& scenario) {
    const auto has = [](const OrderingPart& part) { return !part.source.empty(); };
    const auto in = [&](const StrategyPart& strategy) {
        return has(strategy.replenishment.ordering) ||
               std::ranges::any_of(strategy.bindings, [&](const auto& b) { return has(b.value.ordered.ordering); });
    };
    return std::ranges::any_of(scenario.stocks, [&](const auto& stock) { return has(stock.value.ordering); }) ||
           std::ranges::any_of(scenario.strategies, [&](const auto& strategy) { return in(strategy.value); });
}

void add_pools(const Scenario& scenario, Network& network) {
    for (const auto& [name, part] : scenario.pools) {
        models::StockPool pool = part.pool;
        pool.name = name;
        const auto named = [&](const std::vector<std::string>& names) {
            std::vector<SiteId> sites;
            for (const SiteId site : sim::ids<SiteId>(network.sites)) {
                if (names.empty() || std::ranges::count(names, network.sites[site].name)) sites.push_back(site);
            }
            return sites;
        };
        pool.sites = named(part.sites);
        pool.lenders = part.lenders.empty() ? pool.sites : named(part.lenders);
        network.pools.push_back(std::move(pool));
    }
}

}  // namespace

void add_replenishment(const Scenario& scenario, const StrategyPart& strategy, Network& network) {
    const IndexOf rule_of = add_stock_terms(scenario, network);
    const std::vector<Bound> bound = bindings_of(strategy);
    // First the inventory policies, then the strategy's own, with the same place in the list of policies for all
    // locations.
    for (const auto& [name, stock] : scenario.stocks) {
        network.policies.push_back(policy_of(stock.ordering, "stock." + name, scenario));
    }
    for (const Bound& b : bound) network.policies.push_back(policy_of(*b.part, b.name, scenario));
    network.policy_of = nobody(network);
    for (std::size_t i = 0; i < bound.size(); ++i) {
        const bool rules = bound[i].part->policy == ReplenishmentPart::kStockRules;
        const auto own = static_cast<std::uint16_t>(scenario.stocks.size() + i);
        for_locations(bound[i].scope, network, [&](SiteId site, ItemId item) {
            const std::uint16_t rule = rule_of[site][item];
            // What only says what there is at the start, or what it costs, leaves the ordering to the strategy.
            const bool rule_names_more = rule != Network::kNobody && network.policies[rule].orders() &&
                                         scenario.stocks[rule].value.scope.names() > bound[i].scope.names();
            network.policy_of[site][item] = rules || rule_names_more ? rule : own;
        });
    }
    forget_unused(network);
    if (any_source(scenario)) add_tier_of_sites(network);
    add_pools(scenario, network);
}

void add_priorities(const StrategyPart& strategy, Network& network) {
    network.priority_of.assign(network.sites.size(), strategy.priority.rule);
    network.promise_of.assign(network.tiers.size(), strategy.promise);
    for (const auto& [name, binding] : strategy.bindings) {
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            const bool here = binding.scope.site.empty() || binding.scope.site == network.sites[site].name;
            if (here && binding.decision == BindingPart::priority) network.priority_of[site] = binding.ranked.rule;
        }
        for (const models::TierId tier : sim::ids<models::TierId>(network.tiers)) {
            const bool theirs = binding.tier.empty() || binding.tier == network.tiers[tier].name;
            if (theirs && binding.decision == BindingPart::promise) network.promise_of[tier] = binding.promised;
        }
    }
}

bool binds_something(const Scope& scope, const Network& network) {
    bool any = false;
    for_locations(scope, network, [&](SiteId, ItemId) { any = true; });
    return any;
}

}  // namespace entrepot::scenarios
