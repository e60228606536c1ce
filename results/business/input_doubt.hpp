#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "results/business/roi.hpp"
#include "results/study.hpp"

/// What doubt about the finance inputs does to a net present value. It is another layer than the noise of the
/// simulation, and neither is in the other: here the simulated effects stand still at their means.
namespace entrepot::results {

/// One input at its ends, all others as they are.
struct Driver {
    std::string key;  ///< as the scenario's table [finance] has it
    double base = 0, low = 0, high = 0;
    double npv_at_low = 0, npv_at_high = 0;
    double swing() const;
};

/// The ends of an input are its tenth and its ninetieth percentile: `low_spread` below and `high_spread` above it, but
/// no share over 1 and no more spikes than a year has room for.
struct InputDoubt {
    std::vector<Driver> drivers;                   ///< by falling swing; without those that move nothing
    double base = 0;                               ///< the NPV with the inputs as they are
    double worst_together = 0, best_together = 0;  ///< all of them at their worse ends at once, at their better ones
    std::size_t draws = 0;                         ///< of all inputs, each for itself
    double p10 = 0, p50 = 0, p90 = 0;              ///< of the NPV over the draws
    double worst_tenth = 0;                        ///< mean of the NPVs below the tenth percentile
    double probability_positive = 0;               ///< share of the draws with NPV > 0
};

/// For an alternative, on the replications that its figures rest on; none without spreads, and for the comparator.
std::optional<InputDoubt> doubt_about_inputs(const Study& study, const Roi& roi, std::size_t strategy);

}  // namespace entrepot::results
