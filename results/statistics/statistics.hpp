#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "results/statistics/interval.hpp"

/// Means, differences and ratios over independent replications.
///
/// Everywhere: one value is one replication, estimates have the unit of the values (ratios: numerator per denominator),
/// and an observation that is not finite refuses the whole (Reason::not_finite).
namespace entrepot::results {

/// Two-sided p-value of estimate / standard_error under Student's t with the interval's own degrees of freedom; 1 when
/// there is no interval or it is not of Student's form, 0 when a difference has no variance at all.
double p_value(const Interval& interval);

/// Mean with its t-interval. Without values refused (no_data), of one value a point (too_few).
Interval mean_interval(std::span<const double> values, double confidence = kConfidence);

/// Mean of a_i - b_i with its t-interval, over paired replications (common random numbers). Refused for
/// unequal_lengths and no_data, a point for one pair. Source: Law (2015), section 10.2.1.
Interval paired_difference(std::span<const double> a, std::span<const double> b, double confidence = kConfidence);

/// Difference of two estimates that know nothing of each other, a - b, by their standard errors, ratios too; the
/// degrees of freedom are Welch's and lie between those of the smaller sample and those of both together. A point
/// (too_few) where one of them has no interval of Student's form. Source: Welch (1947), Biometrika 34, 28-35.
Interval independent_difference(const Interval& a, const Interval& b, double confidence = kConfidence);

/// A function of one replication's left-out sums: the general form behind the ratios. `leave_out[i]` is the statistic
/// without replication i, `whole` the statistic of all, which is the estimate. A point for fewer than two replications.
Interval jackknife(double whole, std::span<const double> leave_out, double confidence = kConfidence);

/// The jackknife's estimate of the bias of `whole`: (n - 1) * (mean(leave_out) - whole); whole minus this is the mean
/// of the pseudo-values. 0 without replications. Source: Efron and Tibshirani (1993), section 10.
double jackknife_bias(double whole, std::span<const double> leave_out);

/// A ratio sum(numerator) / sum(denominator) over replications, with the jackknife's interval. For a constant
/// denominator it is the mean with its t-interval. Refused for unequal_lengths, no_data and zero_denominator; a point
/// for too_few and rests_on_one. Source: Efron and Tibshirani (1993), section 11.
Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator,
                        double confidence = kConfidence);

/// The same by the delta method. Source: Cochran (1977), section 6.4.
Interval ratio_interval_delta(std::span<const double> numerator, std::span<const double> denominator,
                              double confidence = kConfidence);

/// The same by Fieller's theorem, for denominators so noisy that the others say too little. Not symmetric; the standard
/// error is the delta method's. A point (unbounded) when the denominator's own t-interval holds zero, since then every
/// ratio is possible. Source: Fieller (1954), J. Roy. Statist. Soc. B 16, 175-185.
Interval ratio_interval_fieller(std::span<const double> numerator, std::span<const double> denominator,
                                double confidence = kConfidence);

/// Difference of two ratios, a - b, over paired replications (common random numbers), jackknifed by pair.
Interval ratio_difference(std::span<const double> numerator_a, std::span<const double> denominator_a,
                          std::span<const double> numerator_b, std::span<const double> denominator_b,
                          double confidence = kConfidence);

}  // namespace entrepot::results
