#pragma once

#include <string_view>
#include <vector>

#include "results/statistics/interval.hpp"
#include "results/study.hpp"
#include "scenarios/load.hpp"

/// What a scenario's [verify.NAME] and [calibration.NAME] tables speak of: KPIs, and figures of the business case.
namespace entrepot::studies {

/// Names of the business case's figures, which an expectation may have in place of a KPI.
std::vector<std::string_view> finance_figures();
bool is_finance_figure(std::string_view name);

/// What is wrong with the expectations as far as only the results know it: KPIs that don't exist or aren't kept by
/// site, tier or phase. For `scenarios::load`.
std::vector<scenarios::Objection> check_expectations(const scenarios::Scenario& scenario);

/// The strategies of the scenario that its expectations need, in its order.
std::vector<std::string> strategies_of_expectations(const scenarios::Scenario& scenario);

/// The row of a study that an expectation is about; the number of rows when there is none.
std::size_t row_of(const results::Study& study, const scenarios::Expectation& expectation);

/// The scenario's bands by the rows of a study.
std::vector<results::Band> bands_of(const results::Study& study, const scenarios::Scenario& scenario);

/// The expectation's figure in this study, times its factor, with its interval.
results::Interval simulated(const results::Study& study, const scenarios::Expectation& expectation);

}  // namespace entrepot::studies
