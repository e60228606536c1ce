#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/random.hpp"

/// Experiments on intervals: draw data whose truth is known, ask for an interval, see whether it holds the truth.
namespace entrepot::coverage {

enum class Outcome { covered, missed, refused };

/// What is known of the share of intervals that hold the truth.
enum class Expectation {
    theory,    ///< exactly `expected`
    at_least,  ///< `expected` or more
    measured   ///< about `expected`, as a longer run has shown: an approximation, good or bad
};

struct Experiment {
    std::string name;
    double nominal = 0.95;
    Expectation expectation = Expectation::theory;
    double expected = 0.95;
    double expected_error = 0;  ///< standard error of a measured one
    bool quick = true;          ///< thousands of them take no more than a second
    unsigned share = 1;         ///< only every share-th of the experiments is done
    std::function<Outcome(sim::Stream&)> once;
};

std::vector<Experiment> experiments();

}  // namespace entrepot::coverage
