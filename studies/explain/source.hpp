#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/study.hpp"
#include "scenarios/load.hpp"
#include "studies/explain/rerun.hpp"

/// What stories are of: a scenario, or a study that knows its scenario, seed and strategies.
namespace entrepot::studies::explain {

/// A study's scenario, read from the text that the study keeps; its data files are looked for from the folder in which
/// the program was started. The text is canonical: what it becomes here says whether this program reads it as the one
/// that ran the study.
scenarios::Result scenario_of(const results::Study& study);

/// A study's replication, or one of those that confirmed its best strategy; nothing where it has none of that number.
const results::Replication* replication_of(const results::Study& study, const std::string& strategy,
                                           std::size_t number);

/// What differs between the study's replication and the same one as this program runs it; empty where nothing does.
std::string difference(const results::Study& study, const results::Replication& kept, const Rerun& again);

}  // namespace entrepot::studies::explain
