#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "results/statistics/interval.hpp"
#include "scenarios/load.hpp"
#include "studies/evidence/overrides.hpp"

/// What overrides were worth: the replication again without one of them, on the same noise.
namespace entrepot::studies::evidence {

/// What a replication came to, from the beginning of its measured window to the end of the run.
struct TwinResult {
    double cost = 0;               ///< operating cost, and carrying cost of the stock
    double filled = 0, lines = 0;  ///< order lines that were filled at the first attempt, and all
    std::uint64_t digest = 0;      ///< of its trajectory

    double fill() const { return lines > 0 ? filled / lines : 0; }
};

/// What one override was worth: above zero, the world was better with it.
struct Worth {
    Override what;
    double cost = 0;  ///< that the twin had more, everywhere and to the end
    double fill = 0;  ///< of the lines that the twin filled less
    /// What the location cost its twin more, from the override until it was judged: carrying of its stock, and margin
    /// of what customers cancelled.
    double here = 0;
};

struct Twins {
    TwinResult as_it_was;
    std::vector<Worth> worths;  ///< by time
};

struct TwinOptions {
    Which which;
    std::size_t threads = 1;
};

/// Runs a replication once as it was, and once without each of some overrides. Fewer worths where a stop came before
/// the end; none where the first run was stopped.
Twins run_twins(const models::Network& network, const scenarios::Scenario& scenario,
                const std::vector<Override>& overrides, const TwinOptions& options,
                const std::function<void(std::size_t done)>& progress, std::stop_token stop);

/// Means of them, with intervals over the sample.
struct MeanWorth {
    results::Interval score, here, cost, fill;
    std::size_t judged = 0;                ///< that have a score
    std::size_t signs = 0, same_sign = 0;  ///< of those, where score and `here` both say something; and the same
};
MeanWorth mean_of(const std::vector<Worth>& worths);

}  // namespace entrepot::studies::evidence
