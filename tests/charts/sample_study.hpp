#pragma once

#include <cstddef>

#include "results/study.hpp"

namespace entrepot::results {

struct SampleOptions {
    std::size_t strategies = 3, replications = 8;
    double effect = 0.25;  ///< by how much each strategy is better than the one before it; negative: worse
    double noise = 0.05;
    bool all_zero = false;  ///< nothing happened: every numerator and denominator is 0
    bool long_names = false;
    std::size_t fresh = 0;  ///< replications that confirm the best strategy
    bool phases = true, captions = false;
    std::size_t sites = 3;
    double loss_at_peak = 0;  ///< by how much service at the second site in the spike is worse than the comparator's
};

/// A study made up from a formula: three warehouses, a spike, plausible sizes. No simulation.
Study sample_study(const SampleOptions& options = {});

}  // namespace entrepot::results
