#include "studies/run_study.hpp"

#include <fmt/format.h>

#include "entrepot_version.hpp"
#include "models/simulate.hpp"
#include "results/kpis.hpp"
#include "results/roi.hpp"
#include "sim/replicate.hpp"

namespace entrepot::studies {

namespace {

/// FNV-1a over the text, to tell scenarios apart at a glance.
std::string digest_of(const std::string& text) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return fmt::format("{:016x}", hash);
}

/// What a strategy needs follows from what it is made of.
results::StrategyNeeds needs_of(const models::Strategy& strategy, const models::Strategy& comparator) {
    const auto learns = [](const models::Strategy& s) {
        return std::holds_alternative<models::ForecastQuantile>(s.replenishment) ||
               std::holds_alternative<models::CompositeScore>(s.priority) || s.workflow.auto_release;
    };
    const auto modern = [](const models::Strategy& s) { return !s.integration.batch_minute; };
    return {learns(strategy) && !learns(comparator), modern(strategy) && !modern(comparator)};
}

const models::Strategy& strategy_named(const scenarios::Scenario& scenario, const std::string& name) {
    for (const auto& [key, strategy] : scenario.strategies) {
        if (key == name) return strategy;
    }
    throw std::logic_error("no strategy " + name);
}

results::FinanceInputs finance_of(const scenarios::Scenario& scenario, const StudyOptions& options) {
    const scenarios::Finance& f = scenario.finance;
    results::FinanceInputs in;
    in.space_rate = f.space_rate;
    in.service_rate = f.service_rate;
    in.risk_rate = f.risk_rate;
    in.discount_rate = f.discount_rate;
    in.years = f.years;
    in.tax_rate = f.after_tax ? f.tax_rate : 0;
    in.spikes_per_year = f.spikes_per_year;
    in.subscription_per_year = f.subscription_per_year.amount();
    in.implementation = f.implementation.amount();
    in.integration = f.integration.amount();
    in.change_management = f.change_management.amount();
    in.run_cost_per_year = f.run_people * f.run_cost_per_person_year.amount();
    in.ramp = f.ramp;
    in.cashable_labour_share = f.cashable_labour_share;
    in.planner_rate = f.planner_rate.amount();
    in.agent_rate = f.agent_rate.amount();
    in.recapture = f.recapture;
    in.benefit_risk = f.benefit_risk;
    in.cost_risk = f.cost_risk;
    const models::Strategy& base = strategy_named(scenario, options.comparator);
    for (const std::string& name : options.strategies)
        in.needs.push_back(needs_of(strategy_named(scenario, name), base));
    return in;
}

std::optional<results::Replication> run_once(const models::Network& network, const results::Dimensions& dimensions,
                                             std::uint32_t seed, std::size_t replication, std::stop_token stop) {
    results::KpiAccumulator kpis(dimensions);
    models::FactLog log([&](std::span<const models::Fact> facts) { kpis.read(facts); });
    const auto figures = models::simulate(network, seed, static_cast<std::uint32_t>(replication), log, stop);
    if (!figures) return std::nullopt;
    results::Replication result = kpis.finish();
    result.digest = figures->digest;
    result.events = figures->events;
    result.order_lines = figures->order_lines;
    return result;
}

}  // namespace

results::Dimensions dimensions_of(const models::Network& network, const scenarios::Scenario& scenario) {
    results::Dimensions d;
    for (const auto& site : network.sites) d.sites.push_back(site.name);
    for (const auto& tier : network.tiers) d.tiers.push_back(tier.name);
    for (const auto& velocity : network.classes) d.classes.push_back(velocity.name);
    for (const auto& item : network.items) d.item_cost.push_back(item.unit_cost.amount());
    const models::Calendar& calendar = network.calendar;
    d.first_day = calendar.warmup_days;
    d.end_day = calendar.warmup_days + calendar.measure_days;
    d.total_days = calendar.total_days();
    // A phase that ends before the spike begins is calm; without a spike all are.
    const int spike_day =
        scenario.spike ? calendar.warmup_days + static_cast<int>(scenario.spike->start_days) : d.total_days;
    for (const auto& phase : network.phases) {
        d.phases.push_back({phase.name, phase.first_day, phase.end_day, phase.end_day <= spike_day});
    }
    for (const auto& moment : network.moments) d.moments.push_back(moment.name);
    d.stock_rules = !network.rules.empty() || network.strategy.waves.at_once;
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
                      .seed = options.seed,
                      .comparator = options.comparator,
                      .finance = results::finance_to_text(finance_of(scenario, options))};
    study.strategies = options.strategies;
    for (const std::string& name : options.strategies) study.titles.push_back(strategy_named(scenario, name).title);
    study.series = results::series_names();
    study.replications.resize(options.strategies.size());
    return study;
}

results::Study run_study(const scenarios::Loaded& loaded, const StudyOptions& options, const StudyEvents& events,
                         std::stop_token stop) {
    std::vector<models::Network> networks;
    for (const std::string& name : options.strategies) networks.push_back(scenarios::build(loaded, name));
    results::Study study = describe_study(loaded, options);
    study.dimensions = dimensions_of(networks.front(), loaded.scenario);
    study.rows = results::kpi_rows(study.dimensions);

    const std::size_t strategies = networks.size();
    Progress progress{.runs = strategies * static_cast<std::size_t>(options.replications)};
    std::vector<results::Replication> pair;  // of the replication under way, by strategy
    std::stop_source ending;
    const std::stop_callback stopped(stop, [&] { ending.request_stop(); });
    bool enough = false;
    sim::replicate(
        progress.runs, options.threads, ending.get_token(),
        [&](std::size_t run) {
            return run_once(networks[run % strategies], study.dimensions, options.seed, run / strategies,
                            ending.get_token());
        },
        [&](std::size_t run, results::Replication result) {
            if (enough) return;  // it was under way when the study ended
            ++progress.runs_done;
            progress.events += result.events;
            progress.order_lines += result.order_lines;
            pair.push_back(std::move(result));
            if (run % strategies + 1 == strategies) {
                for (std::size_t s = 0; s < strategies; ++s) study.replications[s].push_back(std::move(pair[s]));
                pair.clear();
                if (events.replication_done) events.replication_done(study);
                enough = events.enough && events.enough(study);
                if (enough) ending.request_stop();
            }
            if (events.progress) events.progress(progress);
        });
    return study;
}

}  // namespace entrepot::studies
