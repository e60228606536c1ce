#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "results/statistics/interval.hpp"

/// One long run in place of many: where its warm-up ends, and an interval for the mean of what depends on its past.
///
/// Studies of a planning horizon start from today's stock and need none of this: they are replicated, warm-up and all.
/// Here are the tools for claims about the long run.
namespace entrepot::results {

/// Where a warm-up ends.
struct Truncation {
    std::size_t discard = 0;  ///< observations to leave out at the start
    double mean = 0;          ///< of all observations after them, in their unit
    double statistic = 0;     ///< the criterion at its minimum, about the squared standard error of the mean
    std::size_t batches = 0;  ///< whole batches that the run has
    Reason missing = Reason::none;

    bool available() const { return missing == Reason::none; }
};

/// MSER: leave out the batches that make sum((Y_i - mean)^2) / kept^2 least, over at most the first half of the run. A
/// minimum at the half itself means that the warm-up may go on: run_too_short, and nothing is cut. At least 10 batches
/// (too_few). Observations after the last whole batch don't vote, but count in the mean.
/// Sources: White (1997), Simulation 69, 323-334; White, Cobb and Spratt (2000), Proc. WSC, 755-760.
Truncation mser(std::span<const double> values, std::size_t batch = 5);

/// Mean over replications at each point of time. Empty when there are none, or they differ in length.
/// Source: Welch (1983), The statistical analysis of simulation results, section 6.3.
std::vector<double> welch_average(std::span<const std::vector<double>> replications);

/// The mean of a correlated series by batch means.
struct BatchMeans {
    Interval mean;                ///< a point when the batch means are correlated, or too few
    double variance_of_mean = 0;  ///< the method's estimate, also when it is not to be believed
    std::size_t batch = 0;        ///< observations in a batch
    std::size_t batches = 0;      ///< that don't overlap
    std::size_t left_out = 0;     ///< observations at the start that fill no batch
    double lag1 = 0;              ///< autocorrelation of neighbouring batch means
    double correlation_p = 1;     ///< p-value of von Neumann's test that they are independent, against lag1 > 0
};

/// Batches below this p-value are too correlated for an interval.
inline constexpr double kCorrelationGate = 0.1;

/// Batches that don't overlap, of `batch` (>= 1) observations: Student's t with one degree of freedom less than there
/// are batches. At least 10 batches. The mean is of the observations used.
/// Sources: Law (2015), section 9.5.3; the gate is von Neumann's (1941) ratio as in Fishman and Yarberry (1997),
/// INFORMS J. Computing 9, 296-310.
BatchMeans batch_means(std::span<const double> values, std::size_t batch, double confidence = kConfidence);

/// Batches that begin at every observation: the same bias, two thirds of the variance, 1.5 (n / batch - 1) degrees of
/// freedom. The gate looks at the batches that don't overlap. Source: Meketon and Schmeiser (1984), Proc. WSC, 227-230.
BatchMeans overlapping_batch_means(std::span<const double> values, std::size_t batch, double confidence = kConfidence);

/// Both steps: the warm-up is cut by MSER-5, then batches grow, from 64 over 32 to 16 of them, until they pass the
/// gate.
struct SteadyState {
    Truncation warm_up;
    BatchMeans batches;
    Interval mean;  ///< refused for the warm-up's reason, or what the batches say
};
SteadyState steady_state_mean(std::span<const double> values, double confidence = kConfidence);

}  // namespace entrepot::results
