#pragma once

#include <cstddef>
#include <span>

#include "results/statistics/interval.hpp"

/// The same precision from fewer replications, and what each way of it has brought.
namespace entrepot::results {

/// How many times the replications would be needed without it; below 1 it has done harm.
struct Factor {
    double value = 1;
    Reason missing = Reason::none;

    bool available() const { return missing == Reason::none; }
};

/// var(a) + var(b) over var(a - b): what common random numbers bring to the difference of two strategies. Replication i
/// of both shares its numbers; at least two (too_few), and some difference between pairs (no_variation).
/// Source: Law (2015), section 11.2.
Factor pairing_factor(std::span<const double> a, std::span<const double> b);

/// The same for any estimates by their standard errors, ratios too: of `a`, of `b`, and of a - b over the pairs.
Factor pairing_factor(const Interval& a, const Interval& b, const Interval& difference);

/// Mean over antithetic pairs: first_i came from uniforms u, second_i from 1 - u. A pair is one observation, so that n
/// pairs give n - 1 degrees of freedom. Source: Law (2015), section 11.3.
Interval antithetic_interval(std::span<const double> first, std::span<const double> second,
                             double confidence = kConfidence);

/// Variance of the mean of 2 n independent replications over that of n antithetic pairs.
Factor antithetic_factor(std::span<const double> first, std::span<const double> second);

/// A mean corrected by what is known of another.
struct ControlVariate {
    Interval mean;           ///< in the unit of the values
    double coefficient = 0;  ///< values per control
    double correlation = 0;  ///< of values and control, -1 to 1
    Factor factor;           ///< variance of the plain mean over the variance of this one
};

/// Mean of `values` by regression on a `control` whose true mean is known exactly, from theory and not from other runs:
/// mean(values) - b (mean(control) - known). The standard error is the regression's, with n - 2 degrees of freedom, so
/// that it knows b is estimated; it is exact for jointly normal pairs. At least three pairs (too_few); a control
/// without spread leaves the plain mean as a point (no_variation).
/// Source: Lavenberg and Welch (1981), Management Science 27, 322-335.
ControlVariate control_variate(std::span<const double> values, std::span<const double> control, double known,
                               double confidence = kConfidence);

/// The same estimator jackknifed, for values that are not linear in the control: the mean of the pseudo-values, whose
/// bias is of order 1/n^2, with their t-interval of n - 1 degrees of freedom. At least four pairs (too_few); a point
/// (rests_on_one) when one replication holds all of the control's spread. Source: Nelson (1990), Operations
/// Research 38.
ControlVariate control_variate_jackknife(std::span<const double> values, std::span<const double> control, double known,
                                         double confidence = kConfidence);

/// What estimating the coefficients of `controls` controls from `replications` costs: variance times (n-2)/(n-q-2).
/// Above replications - 3 controls there is nothing left (too_few). Source: Lavenberg and Welch (1981).
Factor control_loss(std::size_t replications, std::size_t controls);

}  // namespace entrepot::results
