#pragma once

#include <string>
#include <vector>

#include "results/study.hpp"
#include "scenarios/load.hpp"
#include "studies/run_study.hpp"

/// A study that was stopped or killed goes on where it was.
namespace entrepot::studies {

/// Why a kept study isn't the beginning of the one that these options ask for, one reason each: "seed: was 7, is 8";
/// empty where it is. More replications may be asked for than before.
std::vector<std::string> hindrances(const results::Study& kept, const scenarios::Loaded& loaded,
                                    const StudyOptions& options);

/// Whether the kept study's own replications are all there, so that only fresh ones of the best strategy may be
/// missing.
bool has_all_replications(const results::Study& kept, const StudyOptions& options);

}  // namespace entrepot::studies
