#include "studies/expectations.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "results/business/roi.hpp"
#include "results/kpis/registry.hpp"
#include "results/statistics/statistics.hpp"

namespace entrepot::studies {

namespace {

using results::Interval;
using scenarios::Expectation;

constexpr std::string_view kDifference = "difference:";  // to the comparator

using Figure = Interval results::StrategyRoi::*;
constexpr std::pair<std::string_view, Figure> kFigures[] = {
    {"npv", &results::StrategyRoi::npv},
    {"irr", &results::StrategyRoi::irr},
    {"roi", &results::StrategyRoi::roi},
    {"payback", &results::StrategyRoi::payback_years},
    {"discounted_payback", &results::StrategyRoi::discounted_payback_years},
};

/// The strategy that an expectation means: the one that it names, or else the first, which for the business case is the
/// first that isn't the comparator. None: there is no such strategy.
std::string strategy_of(const Expectation& e, const std::vector<std::string>& strategies,
                        const std::string& comparator) {
    if (!e.strategy.empty()) return e.strategy;
    const bool finance = is_finance_figure(e.kpi);
    for (const std::string& name : strategies) {
        if (!finance || name != comparator) return name;
    }
    return {};
}

/// What is wrong with one expectation, or one band: messages by key.
class ExpectationCheck {
public:
    ExpectationCheck(const scenarios::Scenario& scenario, std::string name, const Expectation& e,
                     std::vector<scenarios::Objection>& found, std::string table = "verify")
        : scenario_(scenario), table_(std::move(table)), name_(std::move(name)), e_(e), found_(found) {}

    void all() {
        if (e_.never && e_.kpi != "payback" && e_.kpi != "discounted_payback") {
            refuse("never", fmt::format("got true, want it of payback or discounted_payback: {} has no such end",
                                        e_.kpi.empty() ? "nothing" : e_.kpi));
        }
        if (is_finance_figure(e_.kpi)) return finance();
        kpi();
    }

    /// Of a KPI alone: the business case is no band.
    void kpi() {
        const results::KpiInfo* kpi = results::find_kpi(e_.kpi);
        if (kpi == nullptr) return unknown();
        slices(*kpi);
    }

private:
    void refuse(const char* key, std::string message) { found_.push_back({{table_, name_, key}, std::move(message)}); }

    void unknown() {
        std::vector<std::string> known;
        for (const results::KpiInfo& kpi : results::kpi_registry()) known.emplace_back(kpi.id);
        std::string others;
        if (table_ == "verify") {
            for (const auto& [figure, member] : kFigures) known.emplace_back(figure);
            others = fmt::format(" or {}", fmt::join(finance_figures(), ", "));
        }
        refuse("kpi", fmt::format("got {}, want the id of a KPI (entrepot list kpis){}{}",
                                  e_.kpi.empty() ? "nothing" : fmt::format("\"{}\"", e_.kpi), others,
                                  scenarios::suggestion(e_.kpi, known)));
    }

    void slices(const results::KpiInfo& kpi) {
        const auto by = [&](unsigned slice, const std::string& value, const char* key) {
            if (value.empty() || (kpi.slices & slice)) return;
            refuse(key, fmt::format("got \"{}\", want none: {} is not kept by {}", value, kpi.id, key));
        };
        by(results::kBySite, e_.site, "site");
        by(results::kByTier, e_.tier, "tier");
        by(results::kByPhase, e_.phase, "phase");
        by(results::kByMoment, e_.moment, "moment");
        if ((kpi.slices & results::kByMoment) && e_.moment.empty()) {
            refuse("moment", fmt::format("got nothing, want the name of a moment: {} is of one", kpi.id));
        }
        const bool pair = (kpi.slices & results::kByPairs) && (e_.site.empty() || e_.phase.empty());
        if (!e_.tier.empty() && !(e_.site.empty() && e_.phase.empty()) && !pair) {
            refuse("tier", fmt::format("got \"{}\" beside a {}, want one of them: KPIs are kept by tier alone", e_.tier,
                                       e_.site.empty() ? "phase" : "site"));
        }
    }

    void finance() {
        const auto unused = [&](const std::string& value, const char* key) {
            if (!value.empty()) {
                refuse(key, fmt::format("got \"{}\", want none: {} is a figure of the whole strategy", value, e_.kpi));
            }
        };
        unused(e_.site, "site");
        unused(e_.tier, "tier");
        unused(e_.phase, "phase");
        unused(e_.moment, "moment");
        const std::string& comparator = scenario_.study.comparator;
        const std::string strategy = strategy_of(e_, scenarios::strategy_names(scenario_), comparator);
        if (strategy.empty()) {
            refuse("kpi",
                   fmt::format("got \"{}\", want a second strategy: {} is compared with nothing", e_.kpi, comparator));
        } else if (strategy == comparator) {
            refuse("strategy", fmt::format("got \"{}\", want another one than the comparator", strategy));
        }
    }

    const scenarios::Scenario& scenario_;
    std::string table_, name_;
    const Expectation& e_;
    std::vector<scenarios::Objection>& found_;
};

/// The result that a band is about.
Expectation expectation_of(const scenarios::Band& band) {
    Expectation e;
    e.kpi = band.kpi;
    e.site = band.site;
    e.tier = band.tier;
    e.phase = band.phase;
    return e;
}

std::size_t position(const std::vector<std::string>& names, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

Interval figure_of_business_case(const results::Study& study, std::size_t strategy, const Expectation& e) {
    const results::StrategyRoi roi = results::return_on_investment(study).strategies[strategy];
    const auto named = std::ranges::find(kFigures, std::string_view(e.kpi), [](const auto& f) { return f.first; });
    Interval figure = roi.*(named->second);
    for (double* value : {&figure.estimate, &figure.low, &figure.high}) *value *= e.factor;
    figure.standard_error *= std::abs(e.factor);
    if (figure.low > figure.high) std::swap(figure.low, figure.high);
    return figure;
}

/// The KPIs that a run to a precision is to know.
void check_goal(const std::vector<std::string>& names, std::vector<scenarios::Objection>& found) {
    std::vector<std::string> known;
    for (const results::KpiInfo& kpi : results::kpi_registry()) known.emplace_back(kpi.id);
    for (const std::string& name : names) {
        const std::string id = name.starts_with(kDifference) ? name.substr(kDifference.size()) : name;
        if (results::find_kpi(id)) continue;
        found.push_back({{"study", "precision_of"},
                         fmt::format("got \"{}\", want ids of KPIs (entrepot list kpis), or {}KPI{}", name, kDifference,
                                     scenarios::suggestion(id, known))});
    }
}

}  // namespace

std::vector<std::string_view> finance_figures() {
    std::vector<std::string_view> names;
    for (const auto& [name, member] : kFigures) names.push_back(name);
    return names;
}

bool is_finance_figure(std::string_view name) {
    return std::ranges::any_of(kFigures, [&](const auto& figure) { return figure.first == name; });
}

std::vector<scenarios::Objection> check_expectations(const scenarios::Scenario& scenario) {
    std::vector<scenarios::Objection> found;
    check_goal(scenario.study.precision_of, found);
    for (const auto& [name, e] : scenario.expectations) ExpectationCheck(scenario, name, e, found).all();
    for (const auto& [name, band] : scenario.calibration) {
        ExpectationCheck(scenario, name, expectation_of(band), found, "calibration").kpi();
    }
    return found;
}

std::vector<std::string> strategies_of_expectations(const scenarios::Scenario& scenario) {
    const std::vector<std::string> all = scenarios::strategy_names(scenario);
    std::vector<std::string> needed;
    for (const auto& [name, e] : scenario.expectations) {
        needed.push_back(strategy_of(e, all, scenario.study.comparator));
        if (is_finance_figure(e.kpi)) needed.push_back(scenario.study.comparator);
    }
    std::vector<std::string> in_order;
    for (const std::string& name : all) {
        if (std::ranges::find(needed, name) != needed.end()) in_order.push_back(name);
    }
    return in_order;
}

std::size_t row_of(const results::Study& study, const Expectation& e) {
    const auto index = [](const std::vector<std::string>& names, const std::string& name) {
        return name.empty() ? -1 : static_cast<int>(position(names, name));
    };
    std::vector<std::string> phases;
    for (const results::Phase& phase : study.dimensions.phases) phases.push_back(phase.name);
    const int moment = index(study.dimensions.moments, e.moment);
    const int phase = moment < 0 ? index(phases, e.phase) : static_cast<int>(phases.size()) + moment;
    const results::Slice slice{
        .site = index(study.dimensions.sites, e.site), .tier = index(study.dimensions.tiers, e.tier), .phase = phase};
    const auto row =
        std::ranges::find_if(study.rows, [&](const results::Row& r) { return r.kpi == e.kpi && r.slice == slice; });
    return static_cast<std::size_t>(row - study.rows.begin());
}

std::vector<results::Band> bands_of(const results::Study& study, const scenarios::Scenario& scenario) {
    std::vector<results::Band> bands;
    for (const auto& [name, band] : scenario.calibration) {
        const std::size_t row = row_of(study, expectation_of(band));
        if (row == study.rows.size()) continue;  // of a tier without a target, say: there is nothing to hold it against
        bands.push_back({name, static_cast<std::uint32_t>(row), band.at_least, band.at_most, band.source});
    }
    return bands;
}

Interval simulated(const results::Study& study, const Expectation& e) {
    const std::size_t strategy =
        position(study.strategies, strategy_of(e, study.strategies, study.manifest.comparator));
    if (strategy == study.strategies.size() || study.replication_count() == 0) {
        return results::refused(results::Reason::no_data);
    }
    if (is_finance_figure(e.kpi)) return figure_of_business_case(study, strategy, e);
    const std::size_t row = row_of(study, e);
    if (row == study.rows.size()) return results::refused(results::Reason::no_data);
    std::vector<double> numerator, denominator;
    for (const results::Replication& replication : study.replications[strategy]) {
        numerator.push_back(replication.numerator[row] * e.factor);
        denominator.push_back(replication.denominator[row]);
    }
    return results::ratio_interval(numerator, denominator);
}

}  // namespace entrepot::studies
