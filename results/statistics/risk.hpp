#pragma once

#include <cstddef>
#include <span>

#include "results/statistics/interval.hpp"

/// How bad it may get: quantiles, the mean beyond them, and probabilities of events, over independent replications.
namespace entrepot::results {

/// A quantile between two order statistics.
struct QuantileInterval {
    Interval interval;         ///< in the unit of the values
    std::size_t low_rank = 0;  ///< 1-based ranks of the ends among the sorted values; 0: none
    std::size_t high_rank = 0;
    double coverage = 0;  ///< probability that the ends enclose the quantile, at least the confidence
};

/// The p-quantile (p in (0,1)) of whatever distribution the values have: the estimate is value ceil(n p), the ends are
/// the order statistics that a binomial count of values below the quantile leaves. No assumption but independence, so
/// the coverage is exact for continuous values, and no less for others. A point (thin_tail) while the sample is too
/// small to hold such ends. Source: Conover (1999), Practical Nonparametric Statistics, section 3.2.
QuantileInterval quantile_interval(std::span<const double> values, double p, double confidence = kConfidence);

/// Mean of the worst 1 - p of the values (conditional value at risk, expected shortfall), where great is bad: negate
/// profits. The interval is the t-interval of q + (x - q)^+ / (1 - p) at the sample's quantile q, the estimate's
/// influence. A point (thin_tail) unless n (1 - p) >= 50: the mean of a few extremes is worth nothing.
/// Sources: Rockafellar and Uryasev (2000), J. of Risk 2, 21-41; Trindade et al. (2007), J. Banking Finance 31.
Interval cvar_interval(std::span<const double> values, double p, double confidence = kConfidence);

/// A probability of which `successes` of `trials` (>= successes) are known. Source: Wilson (1927), J. Amer. Statist.
/// Assoc. 22, 209-212. Refused without trials.
Interval proportion_wilson(std::size_t successes, std::size_t trials, double confidence = kConfidence);

/// The same, never below the confidence. Source: Clopper and Pearson (1934), Biometrika 26, 404-413.
Interval proportion_exact(std::size_t successes, std::size_t trials, double confidence = kConfidence);

/// A probability with an upper limit only, low = 0: what can be said of an event that was never seen (about 3 /
/// trials). Source: Clopper and Pearson (1934).
Interval proportion_upper(std::size_t successes, std::size_t trials, double confidence = kConfidence);

}  // namespace entrepot::results
