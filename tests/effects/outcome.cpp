#include "outcome.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "results/business/calibration.hpp"
#include "results/business/input_doubt.hpp"
#include "results/business/recommendation.hpp"
#include "results/business/roi.hpp"
#include "results/report/report.hpp"
#include "studies/cli/run_options.hpp"
#include "studies/run_study.hpp"
#include "studies/verify.hpp"
#include "studies/verify_text.hpp"

namespace entrepot::tests {

namespace {

class Figures {
public:
    void add(std::string name, double value) { all_.push_back({std::move(name), value}); }
    void add(const std::string& name, const results::Interval& interval) {
        add(name, interval.has_estimate ? interval.estimate : 0);
        add(name + " low", interval.has_interval ? interval.low : 0);
        add(name + " high", interval.has_interval ? interval.high : 0);
        add(name + " missing", static_cast<double>(interval.missing));
    }
    std::vector<Figure> take() { return std::move(all_); }

private:
    std::vector<Figure> all_;
};

/// As `entrepot run` would run it, on one thread.
results::Study study_of(const scenarios::Loaded& loaded) {
    namespace cli = studies::cli;
    const auto values = cli::parse(cli::run_options(), {"it.toml", "--threads", "1"});
    studies::StudyOptions options = cli::study_options(*values, loaded.scenario);
    if (options.precision) {
        options.usual_kpis = options.precision->of.empty();
        options.precision = studies::checked_goal(loaded, options);
    }
    return studies::run_study(loaded, options, {}, {});
}

std::vector<studies::Verified> verified(const scenarios::Loaded& loaded) {
    studies::VerifyOptions options;
    options.most_replications = studies::kLeastReplications;
    return studies::verify(loaded, options);
}

void add_kpis(const results::Study& study, Figures& figures) {
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        for (std::size_t r = 0; r < study.replications[s].size(); ++r) {
            const results::Replication& replication = study.replications[s][r];
            for (std::size_t row = 0; row < study.rows.size(); ++row) {
                const double of = replication.denominator[row];
                figures.add(fmt::format("{} of {} by {} in {}", study.rows[row].kpi, study.rows[row].label,
                                        study.strategies[s], r),
                            of == 0 ? 0 : replication.numerator[row] / of);
            }
        }
    }
    if (study.confirmation) figures.add("fresh", static_cast<double>(study.confirmation->replication_count()));
    figures.add("ending", static_cast<double>(study.ending));
}

void add_business(const results::Study& study, const results::Roi& roi, Figures& figures) {
    figures.add("best", roi.best ? static_cast<double>(*roi.best) : -1);
    figures.add("standing", static_cast<double>(roi.standing));
    figures.add("advice", static_cast<double>(results::recommend(study, roi).advice));
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const results::StrategyRoi& one = roi.strategies[s];
        const auto add = [&](std::string_view what, const auto& value) {
            figures.add(fmt::format("{} of {}", what, study.strategies[s]), value);
        };
        for (const results::BenefitLine& line : one.lines) add(line.name, line.annual);
        add("working capital", one.working_capital);
        add("annual benefit", one.annual_benefit);
        add("npv", one.npv);
        add("npv other", one.npv_other_stock);
        add("roi", one.roi);
        add("irr", one.irr);
        add("payback", one.payback_years);
        add("initial cost", one.initial_cost);
        add("yearly cost", one.yearly_cost);
        for (const double flow : one.cash_flow) add("cash flow", flow);
        const auto doubt = results::doubt_about_inputs(study, roi, s);
        if (!doubt) continue;
        add("tenth percentile", doubt->p10);
        add("ninetieth percentile", doubt->p90);
    }
}

void add_bands(const results::Study& study, Figures& figures) {
    for (const results::HeldBand& one : results::held_bands(study)) {
        figures.add("band " + one.band.name, static_cast<double>(one.held));
        figures.add("simulated for band " + one.band.name, one.simulated);
    }
}

void add_verified(const scenarios::Loaded& loaded, Figures& figures) {
    if (loaded.scenario.expectations.empty()) return;
    for (const studies::Verified& one : verified(loaded)) {
        figures.add("verify " + one.name, static_cast<double>(one.agreement));
        figures.add("simulated for " + one.name, one.simulated);
        figures.add("replications for " + one.name, static_cast<double>(one.replications));
    }
}

}  // namespace

std::vector<Figure> figures_of(const scenarios::Loaded& loaded) {
    Figures figures;
    const results::Study study = study_of(loaded);
    add_kpis(study, figures);
    add_bands(study, figures);
    if (study.strategies.size() > 1) add_business(study, results::return_on_investment(study), figures);
    add_verified(loaded, figures);
    return figures.take();
}

std::string first_difference(const std::vector<Figure>& one, const std::vector<Figure>& other) {
    constexpr double kRounding = 1e-9;  // sums of the same numbers in another order or unit
    for (std::size_t i = 0; i < std::max(one.size(), other.size()); ++i) {
        if (i == one.size()) return other[i].name + " is new";
        if (i == other.size() || one[i].name != other[i].name) return one[i].name + " is gone";
        const double a = one[i].value, b = other[i].value;
        if (std::abs(a - b) > kRounding * std::max(std::abs(a), std::abs(b))) {
            return fmt::format("{}: {:.9g}, then {:.9g}", one[i].name, a, b);
        }
    }
    return "";
}

std::string pages_of(const scenarios::Loaded& loaded) {
    results::Study study = study_of(loaded);
    study.manifest.scenario_text.clear();
    study.manifest.scenario_digest.clear();
    const results::Comparison comparison = results::compare(study);
    const results::Roi roi = results::return_on_investment(study);
    std::string pages = results::html_report(study, comparison, roi) + results::comparison_table(study, comparison);
    if (!loaded.scenario.expectations.empty()) pages += studies::verify_markdown(verified(loaded), {});
    return pages;
}

}  // namespace entrepot::tests
