#pragma once

#include "studies/run_study.hpp"

/// What a study says of itself before its first replication.
namespace entrepot::studies {

/// What the results need to know of a network of the scenario.
results::Dimensions dimensions_of(const models::Network& network, const scenarios::Scenario& scenario);

/// Everything about the study but its replications.
results::Study describe_study(const scenarios::Loaded& loaded, const StudyOptions& options);

/// The study of these options without a replication; `network` is that of any of its strategies.
results::Study empty_study(const scenarios::Loaded& loaded, const StudyOptions& options,
                           const models::Network& network);

}  // namespace entrepot::studies
