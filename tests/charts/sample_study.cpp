#include "sample_study.hpp"

#include <algorithm>
#include <cmath>

#include "results/business/roi.hpp"
#include "results/kpis/accumulator.hpp"
#include "results/kpis/registry.hpp"

namespace entrepot::results {

namespace {

constexpr int kSpikeFirst = 70, kSpikeEnd = 98;

/// A number in [-1, 1) that depends on its arguments alone.
double wobble(std::size_t a, std::size_t b, std::size_t c) {
    std::uint64_t x = a * 0x9E3779B97F4A7C15ull + b * 0xC2B2AE3D27D4EB4Full + c * 0x165667B19E3779F9ull + 1;
    x ^= x >> 31;
    x *= 0xBF58476D1CE4E5B9ull;
    x ^= x >> 29;
    return static_cast<double>(x >> 11) / 4503599627370496.0 - 1;
}

/// A middling value of the KPI for the comparator.
double level_of(const KpiInfo& kpi) {
    switch (kpi.form) {
        case Form::share:
        case Form::percentage:
            return kpi.better == Better::lower ? 0.12 : 0.82;
        case Form::money:
            return 450e3;
        case Form::total:
            return 9000;
        case Form::per_day:
            return kpi.kpi == Kpi::inventory_value ? 6.2e6 : 800;
        case Form::ratio:
            return 6;
    }
    return 1;
}

Dimensions dimensions_of(const SampleOptions& options) {
    Dimensions d;
    d.sites = {"NE", "SE", "MW"};
    d.tiers = {"strategic", "standard"};
    d.classes = {"A", "B", "C"};
    if (options.long_names && options.sites > 1) {
        d.sites[1] = "Southeastern <regional> distribution & returns centre, building \"7\" of the old rail yard";
        d.tiers[0] = "Strategic accounts with a service contract of the year before last, incl. pharmacies";
    }
    d.sites.resize(options.sites);
    if (options.phases) {
        d.phases = {{"before", 42, kSpikeFirst, true},
                    {"spike", kSpikeFirst, kSpikeEnd, false},
                    {"after", kSpikeEnd, 140, false}};
    }
    if (options.captions) {
        d.site_captions = {{"Northeast", "near the <ports>"}, {"Southeast & islands", ""}, {"Midwest", ""}};
        d.tier_captions = {{"Contracts <of years>", "They pay \"late\"."}, {"", ""}};
        d.site_captions.resize(options.sites);
    }
    d.first_day = 42;
    d.end_day = 140;
    d.total_days = 150;
    d.item_cost = {10, 20};
    d.start_date = "2025-01-06";
    return d;
}

/// The comparator loses fill in the spike, most of all at the second site; better strategies lose less.
float series_value(const std::string& name, double better, std::size_t site, int day, double noise) {
    const double spike = day >= kSpikeFirst && day < kSpikeEnd + 20 ? std::exp(-std::abs(day - 82) / 12.0) : 0;
    const double hurt = spike * (site == 1 ? 1.0 : 0.5) * (1 - better);
    double value = 0;
    if (name == "units_ordered") value = 5000 * (1 + spike);
    if (name == "units_filled_first") value = 5000 * (1 + spike) * (0.94 - 0.5 * hurt);
    if (name == "open_lines") value = 900 * (1 + 3 * hurt);
    if (name == "units_on_hand") value = 190e3 * (1 - 0.4 * hurt);
    if (name == "overtime_hours") value = 40 * hurt;
    return static_cast<float>(value * (1 + noise));
}

Replication replication_of(const Study& study, const SampleOptions& options, std::size_t strategy, std::size_t index) {
    Replication r;
    const double better = options.effect * static_cast<double>(strategy);
    for (std::size_t row = 0; row < study.rows.size(); ++row) {
        const KpiInfo& kpi = *find_kpi(study.rows[row].kpi);
        const double noise = options.noise * (0.6 * wobble(index, row, 0) + 0.4 * wobble(index, row, strategy + 1));
        const double turn = kpi.better == Better::higher ? 0.4 : kpi.better == Better::lower ? -1 : 0;
        const double share = study.rows[row].slice.is_total() ? 1 : 0.33;
        double value = level_of(kpi) * (1 + turn * better * (0.4 + 0.6 * std::abs(wobble(row / 7, 1, 2))) + noise);
        const Slice& slice = study.rows[row].slice;
        if (strategy > 0 && slice == Slice{.site = 1, .phase = 1}) value *= 1 + turn * options.loss_at_peak * -2;
        if (kpi.form == Form::share || kpi.form == Form::percentage) value = std::clamp(value, 0.0, 1.0);
        const bool sum = kpi.form == Form::money || kpi.form == Form::total;
        const double denominator = sum ? 1 : 100 * share;
        r.numerator.push_back(options.all_zero ? 0 : value * (sum ? share : denominator));
        r.denominator.push_back(options.all_zero ? 0 : denominator);
    }
    const Dimensions& d = study.dimensions;
    for (const std::string& name : study.series) {
        for (std::size_t site = 0; site <= d.sites.size(); ++site) {
            for (int day = 0; day < d.total_days; ++day) {
                const double noise = 0.05 * wobble(index, site, static_cast<std::size_t>(day) + 1000 * strategy);
                r.series.push_back(options.all_zero ? 0 : series_value(name, better, site, day, noise));
            }
        }
    }
    return r;
}

}  // namespace

namespace {

Study plain_study(const SampleOptions& options) {
    Study study;
    study.dimensions = dimensions_of(options);
    study.rows = kpi_rows(study.dimensions);
    study.series = series_names();
    FinanceInputs finance{.space_rate = 0.03,
                          .service_rate = 0.02,
                          .risk_rate = 0.05,
                          .spikes_per_year = 2,
                          .subscription_per_year = 300e3,
                          .implementation = 400e3,
                          .integration = 200e3,
                          .change_management = 80e3,
                          .run_cost_per_year = 150e3,
                          .ramp = {0.5, 0.9, 1},
                          .cashable_labour_share = 0.5,
                          .planner_rate = 55,
                          .agent_rate = 35,
                          .recapture = 0.3,
                          .benefit_risk = 0.15,
                          .cost_risk = 0.1};
    for (std::size_t s = 0; s < options.strategies; ++s) {
        study.strategies.push_back("S" + std::to_string(s));
        study.titles.push_back(s == 0   ? "baseline_manual"
                               : s == 1 ? "tuned_min_max"
                                        : "predictive_" + std::to_string(s));
        if (options.captions) study.descriptions.push_back("What strategy " + std::to_string(s) + " does & leaves.");
        if (options.long_names) study.titles.back() += "_with_a_name_that_<nobody>_wanted_to_shorten_&_so_it_goes_on";
        finance.needs.push_back({s > 1, s > 2});
        study.replications.emplace_back();
        for (std::size_t r = 0; r < options.replications; ++r) {
            study.replications.back().push_back(replication_of(study, options, s, r));
        }
    }
    study.manifest = {.program_version = "0.0.0",
                      .source_commit = "sample",
                      .scenario_name = "sample",
                      .scenario_text = "",
                      .scenario_digest = "0123456789abcdef",
                      .scenario_title = options.captions ? "Three warehouses & a <spike>" : "",
                      .seed = 7,
                      .comparator = "S0",
                      .finance = finance_to_text(finance)};
    return study;
}

}  // namespace

Study sample_study(const SampleOptions& options) {
    SampleOptions all = options;
    all.replications += options.fresh;
    Study study = plain_study(all);
    if (options.fresh == 0) return study;
    const std::size_t best = return_on_investment(study).best.value();
    study.confirmation = {.strategy = study.strategies[best], .first = options.replications, .replications = {{}, {}}};
    const auto cut = static_cast<std::ptrdiff_t>(options.replications);
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        auto& runs = study.replications[s];
        if (s == 0 || s == best)
            study.confirmation->replications[s == 0 ? 0 : 1].assign(runs.begin() + cut, runs.end());
        runs.erase(runs.begin() + cut, runs.end());
    }
    return study;
}

}  // namespace entrepot::results
