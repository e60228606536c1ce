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
    tier.wait_probability = 1;
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
            auto& time = std::get<models::ExponentialTime>(*stream.between);
            time.mean =
                sim::Duration{std::llround(static_cast<double>(time.mean.count()) / static_cast<double>(items))};
        }
        if (!stream.units) stream.units = models::ConstantCount{1};
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

void add_stock_rules(const Scenario& scenario, Network& network) {
    if (scenario.stocks.empty()) return;
    network.rule_of.assign(network.sites.size(),
                           models::Column<ItemId, std::uint16_t>(network.items.size(), Network::kNoRule));
    bool between_sites = false;
    for (const auto& [name, part] : scenario.stocks) {
        models::StockRule rule = part.rule;
        for (const auto& shift : part.shifts) rule.shifts.push_back(from_start_of_run(shift.value, scenario));
        for (const auto& receipt : part.scheduled) rule.scheduled.push_back(receipt.value);
        if (!part.source.empty()) rule.source = SiteId{position(scenario.sites, part.source)};
        between_sites = between_sites || rule.source.has_value();
        const auto index = static_cast<std::uint16_t>(network.rules.size());
        network.rules.push_back(rule);
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            if (!part.site.empty() && network.sites[site].name != part.site) continue;
            for (const ItemId item : sim::ids<ItemId>(network.items)) {
                if (part.item.empty() || network.items[item].name == part.item) network.rule_of[site][item] = index;
            }
        }
    }
    if (between_sites) add_tier_of_sites(network);
    for (const auto& [name, part] : scenario.pools) {
        models::StockPool pool = part.pool;
        pool.name = name;
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            if (part.sites.empty() || std::ranges::count(part.sites, network.sites[site].name))
                pool.sites.push_back(site);
        }
        network.pools.push_back(std::move(pool));
    }
}

}  // namespace entrepot::scenarios
