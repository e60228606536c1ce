#include <algorithm>
#include <map>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::Network;

namespace {

/// What is said by name in the words of the network. An item that isn't there has been refused.
std::vector<bool> tiers_of(const std::vector<std::string>& names, const Scenario& scenario) {
    std::vector<bool> tiers;
    if (names.empty()) return tiers;
    for (const auto& tier : scenario.tiers) tiers.push_back(std::ranges::count(names, tier.name) > 0);
    return tiers;
}

models::Guardrail guardrail_of(const std::string& name, const GuardrailPart& part, const Scenario& scenario,
                               const Network& network) {
    models::Guardrail rule = part.rule;
    rule.name = name;
    rule.tiers = tiers_of(part.tiers, scenario);
    const Scope& scope = part.scope;
    if (!scope.site.empty()) rule.site = models::SiteId{position(scenario.sites, scope.site)};
    if (!scope.velocity.empty()) rule.velocity = models::ClassId{position(scenario.classes, scope.velocity)};
    for (const models::ItemId item : sim::ids<models::ItemId>(network.items)) {
        if (!scope.item.empty() && network.items[item].name == scope.item) rule.item = item;
    }
    if (scope.segment.empty()) return rule;
    for (const models::Supplier& supplier : network.suppliers) {
        rule.suppliers.push_back(supplier.segment == scope.segment);
    }
    return rule;
}

models::Route route_of(const std::string& name, const RoutePart& part, const Scenario& scenario) {
    models::Route route = part.route;
    route.name = name;
    route.tiers = tiers_of(part.tiers, scenario);
    route.releases = part.settled == RoutePart::release;
    if (!part.velocity.empty()) route.velocity = models::ClassId{position(scenario.classes, part.velocity)};
    return route;
}

std::vector<models::ApprovalLevel> levels_of(const NamedList<ApprovalPart>& parts, const Scenario& scenario) {
    std::vector<std::size_t> order(parts.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return parts[i].value.level.above; });
    std::map<std::string, std::uint8_t> index;
    for (const std::size_t i : order) index.emplace(parts[i].name, static_cast<std::uint8_t>(index.size()));
    std::vector<models::ApprovalLevel> levels;
    for (const std::size_t i : order) {
        models::ApprovalLevel level = parts[i].value.level;
        level.name = parts[i].name;
        level.tiers = tiers_of(parts[i].value.tiers, scenario);
        level.key = sim::entity_hash("approval." + level.name);
        const auto next = index.find(parts[i].value.escalates_to);
        if (next != index.end()) level.escalates_to = next->second;
        levels.push_back(std::move(level));
    }
    return levels;
}

}  // namespace

void add_office(const Scenario& scenario, Network& network) {
    network.office = scenario.office;
    for (const auto& [name, part] : scenario.office.skill_groups) {
        models::SkillGroup group = part.group;
        group.name = name;
        if (!part.sites.empty()) {
            for (const auto& site : scenario.sites) {
                group.sites.push_back(std::ranges::count(part.sites, site.name) > 0);
            }
        }
        network.office.skills[static_cast<std::size_t>(part.role)].push_back(std::move(group));
    }
}

void add_forecast(const StrategyPart& strategy, Network& network) {
    models::ForecastModel& model = network.strategy.forecast = strategy.forecast.terms;
    model.wmape.assign(network.classes.size(), 0);
    for (const models::ClassId id : sim::ids<models::ClassId>(network.classes)) {
        for (const auto& [name, value] : strategy.forecast.wmape) {
            if (name == network.classes[id].name) model.wmape[id] = value;
        }
    }
}

void add_clean_up(const StrategyPart& strategy, Network& network) {
    models::CleanUp& terms = network.strategy.clean_up = strategy.clean_up.terms;
    terms.first_day = std::max(0, network.calendar.warmup_days + strategy.clean_up.start);
}

void add_systems(const StrategyPart& strategy, Network& network) {
    models::Integration& systems = network.strategy.integration;
    systems = strategy.systems.terms;
    for (const auto& [name, part] : strategy.systems.links) {
        for (const models::InterfaceName each : part.interfaces) systems.of(each) = part.terms;
    }
}

void add_governance(const Scenario& scenario, const StrategyPart& strategy, Network& network) {
    models::Governance& governance = network.strategy.governance;
    for (const auto& [name, part] : strategy.guardrails) {
        governance.guardrails.push_back(guardrail_of(name, part, scenario, network));
    }
    for (const auto& [name, part] : strategy.routes) governance.routes.push_back(route_of(name, part, scenario));
    governance.approvals = levels_of(strategy.approvals, scenario);
}

}  // namespace entrepot::scenarios
