#include "studies/describe_study.hpp"

#include <limits>

#include <fmt/format.h>

#include "entrepot_version.hpp"
#include "results/business/finance.hpp"
#include "results/kpis/accumulator.hpp"
#include "studies/expectations.hpp"

namespace entrepot::studies {

namespace {

/// FNV-1a over the text, to tell scenarios apart at a glance.
std::string digest_of(const std::string& text) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return fmt::format("{:016x}", hash);
}

/// What a strategy needs follows from what it is made of.
results::StrategyNeeds needs_of(const scenarios::StrategyPart& strategy) {
    const models::Rights& rights = strategy.terms.governance.rights;
    bool learns = rights.automatic(models::DecisionKind::purchase) || rights.automatic(models::DecisionKind::transfer);
    const auto add = [&](const scenarios::ReplenishmentPart& ordered, const scenarios::PriorityPart& ranked) {
        learns =
            learns || (ordered.levels && ordered.levels->needs().software) || (ranked.rule && ranked.rule->software());
    };
    add(strategy.replenishment, strategy.priority);
    for (const auto& [name, binding] : strategy.bindings) add(binding.ordered, binding.ranked);
    return {.software = learns,
            .integration = !strategy.systems.terms.batch_minute,
            .foresight = strategy.forecast.terms.knows_demand()};
}

const scenarios::StrategyPart& strategy_named(const scenarios::Scenario& scenario, const std::string& name) {
    for (const auto& [key, strategy] : scenario.strategies) {
        if (key == name) return strategy;
    }
    throw std::logic_error("no strategy " + name);
}

/// What reports say of a strategy: what it does, and the name of its systems where they have one.
std::string description_of(const scenarios::StrategyPart& strategy) {
    const std::string& systems = strategy.systems.terms.name;
    const std::string& said = strategy.terms.description;
    if (systems.empty()) return said;
    return fmt::format("{}{}Systems: {}.", said, said.empty() ? "" : " ", systems);
}

results::FinanceInputs finance_of(const scenarios::Scenario& scenario, const StudyOptions& options) {
    const scenarios::Finance& f = scenario.finance;
    results::FinanceInputs in;
    in.space_rate = f.space_rate;
    in.service_rate = f.service_rate;
    in.risk_rate = f.risk_rate;
    in.capital_rate = f.capital_rate;
    in.stock_charged = f.working_capital == 1;
    in.discount_rate = f.discount_rate;
    in.years = f.years;
    in.tax_rate = f.after_tax ? f.tax_rate : 0;
    in.days_per_year = scenarios::days_per_year(scenario);
    in.spikes_per_year = f.spikes_per_year;
    in.window_has_spike = scenario.spike.has_value();
    in.subscription_per_year = f.subscription_per_year.amount();
    in.implementation = f.implementation.amount();
    in.integration = f.integration.amount();
    in.change_management = f.change_management.amount();
    in.run_cost_per_year = f.run_people * f.run_cost_per_person_year.amount();
    in.ramp = f.ramp;
    in.cashable_labour_share = f.cashable_labour_share;
    in.planner_rate = f.planner_rate.value_or(scenario.office.planner_cost_per_hour).amount();
    in.agent_rate = f.agent_rate.value_or(scenario.office.agent_cost_per_hour).amount();
    in.recapture = f.recapture;
    in.benefit_risk = f.benefit_risk;
    in.cost_risk = f.cost_risk;
    in.low_spread = f.low_spread;
    in.high_spread = f.high_spread;
    for (const models::Money& flow : f.other_cash_flows) in.other_flows.push_back(flow.amount());
    for (const std::string& name : options.strategies) in.needs.push_back(needs_of(strategy_named(scenario, name)));
    return in;
}

}  // namespace

results::Dimensions dimensions_of(const models::Network& network, const scenarios::Scenario& scenario) {
    results::Dimensions d;
    for (const auto& site : network.sites) d.sites.push_back(site.name);
    for (const auto& tier : network.tiers) {
        d.tiers.push_back(tier.name);
        d.otif_targets.push_back(tier.otif_target);
        d.early_days.push_back(tier.early_days.value_or(std::numeric_limits<int>::max()));
    }
    for (const auto& [name, site] : scenario.sites)
        d.site_captions.push_back({site.caption.title, site.caption.description});
    for (const auto& [name, tier] : scenario.tiers)
        d.tier_captions.push_back({tier.caption.title, tier.caption.description});
    d.tier_captions.resize(d.tiers.size());  // sites that order from others are a tier, too
    for (const auto& velocity : network.classes) d.classes.push_back(velocity.name);
    for (const auto& carrier : network.carriers) d.carriers.push_back(carrier.name);
    for (const auto& item : network.items) d.item_cost.push_back(item.unit_cost.amount());
    const models::Calendar& calendar = network.calendar;
    d.first_day = calendar.warmup_days;
    d.end_day = calendar.warmup_days + calendar.measure_days;
    d.total_days = calendar.total_days();
    for (std::size_t p = 0; p < network.phases.size(); ++p) {
        const models::Phase& phase = network.phases[p];
        d.phases.push_back({phase.name, phase.first_day, phase.end_day, is_calm(scenario, scenario.phases[p].value)});
    }
    for (const auto& moment : network.moments) d.moments.push_back(moment.name);
    d.currency = network.currency;
    d.start_date = calendar.start_date;
    return d;
}

results::Study describe_study(const scenarios::Loaded& loaded, const StudyOptions& options) {
    const scenarios::Scenario& scenario = loaded.scenario;
    results::Study study;
    study.manifest = {.program_version = kVersion,
                      .source_commit = kCommit,
                      .scenario_name = scenario.name,
                      .scenario_text = loaded.text,
                      .scenario_digest = digest_of(loaded.text),
                      .scenario_title = scenario.title,
                      .seed = options.seed,
                      .comparator = options.comparator,
                      .finance = results::finance_to_text(finance_of(scenario, options))};
    study.strategies = options.strategies;
    for (const std::string& name : options.strategies) {
        const scenarios::StrategyPart& strategy = strategy_named(scenario, name);
        study.titles.push_back(strategy.terms.title);
        study.descriptions.push_back(description_of(strategy));
    }
    if (options.series) study.series = results::series_names();
    study.items = options.items;
    study.replications.resize(options.strategies.size());
    study.antithetic = options.antithetic;
    study.precision = options.precision;
    return study;
}

results::Study empty_study(const scenarios::Loaded& loaded, const StudyOptions& options,
                           const models::Network& network) {
    results::Study study = describe_study(loaded, options);
    study.dimensions = dimensions_of(network, loaded.scenario);
    study.rows = results::kpi_rows(study.dimensions);
    study.bands = bands_of(study, loaded.scenario);
    return study;
}

}  // namespace entrepot::studies
