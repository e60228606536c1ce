#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "results/interval.hpp"
#include "results/study.hpp"
#include "scenarios/load.hpp"

/// A scenario against what is known of it: its [verify.NAME] tables.
namespace entrepot::studies {

enum class Agreement {
    agrees,         ///< within the tolerance, and known well enough to say so
    misses,         ///< outside the tolerance
    imprecise,      ///< the replications allowed don't tell
    not_available,  ///< nothing was counted, or there is no such KPI in the study
};

struct Verified {
    std::string scenario, name, source;
    double expected = 0, tolerance = 0;  ///< absolute
    results::Interval simulated;         ///< of the KPI times the expectation's factor
    std::size_t replications = 0;
    Agreement agreement = Agreement::not_available;
};

struct VerifyOptions {
    std::size_t threads = 1;
    /// Replications go on until every interval's half-width is below this share of its tolerance.
    double precision = 0.5;
    std::size_t most_replications = 2000;
    std::uint32_t seed = 0;  ///< 0: the scenario's
};

/// The row of a study that an expectation is about; the number of rows when there is none.
std::size_t row_of(const results::Study& study, const scenarios::Expectation& expectation);

/// Runs the scenario until its expectations can be judged, or the replications are used up.
std::vector<Verified> verify(const scenarios::Loaded& loaded, const VerifyOptions& options, std::stop_token stop = {});

}  // namespace entrepot::studies
