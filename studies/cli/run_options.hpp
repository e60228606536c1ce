#pragma once

#include <optional>

#include "studies/cli/options.hpp"
#include "studies/run_study.hpp"

/// The options of `run`, and what they mean for a study.
namespace entrepot::studies::cli {

CommandOptions run_options();

/// Options of the command line first, then the scenario's own. Throws UsageError for what can't be.
StudyOptions study_options(const po::variables_map& values, const scenarios::Scenario& scenario);

/// [s]; nothing without a limit.
std::optional<double> time_limit(const po::variables_map& values);

}  // namespace entrepot::studies::cli
