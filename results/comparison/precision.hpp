#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "results/statistics/sequential.hpp"
#include "results/study.hpp"

/// How precisely a study knows what it was asked to know: Law's rule for KPIs of strategies and their differences.
namespace entrepot::results {

/// One number that a precision goal is about.
struct Target {
    std::size_t row = 0, strategy = 0;
    bool difference = false;  ///< to the comparator, paired
    std::string name;         ///< "Operating cost, S6 - S0"
};

struct Reached {
    Target target;
    Precision precision;
    /// Why no number of replications gives the precision: nothing to divide by, or zero each time. Else none.
    Reason hopeless = Reason::none;
};

inline constexpr double kReachable = 1e6;  ///< more replications than that nobody makes

/// What a goal is about unless its user says otherwise: the service and the cost of every strategy.
std::vector<std::string> usual_targets(const Study& study);

/// What is wrong with a goal for this study, with what to do; empty when nothing is.
std::string goal_problem(const Study& study, const PrecisionGoal& goal);

/// How far the study's goal is reached, number by number. Empty without a goal.
std::vector<Reached> precision_reached(const Study& study);

/// All of them precise enough?
bool precise_enough(const std::vector<Reached>& all);

/// Observations that the slowest of them would need at the spread seen so far; 0 when that can't be told.
double observations_needed(const std::vector<Reached>& all);

/// The KPI's differences to the comparator with intervals that may be watched, in a line: "Line fill ... S6 +1.3 pt
/// [+0.9, +1.7]". Empty before there is something to watch.
std::string watch_text(const Study& study, const std::string& kpi);

/// The goal and what was reached of it, line by line, with what to do about what wasn't. Empty without a goal.
std::string precision_text(const Study& study);

/// The same in a sentence, for a page.
std::string precision_sentence(const Study& study);

}  // namespace entrepot::results
