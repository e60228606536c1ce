#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Statistics of replications. An interval that can't be given (one replication, a zero denominator) is not available;
/// nothing here returns a NaN.
namespace entrepot::results {

/// A 95 % confidence interval.
struct Interval {
    double estimate = 0, low = 0, high = 0;
    double standard_error = 0;
    bool has_estimate = false;  ///< false: there is no number at all (no data, or a zero denominator)
    bool has_interval = false;  ///< false: fewer than two replications that say something

    bool excludes_zero() const { return has_interval && (low > 0 || high < 0); }
};

/// Quantile of Student's t with `freedom` degrees of freedom, p in (0,1).
double t_quantile(double p, double freedom);

/// Two-sided p-value of estimate / standard_error under Student's t; 1 when there is no interval, 0 when a difference
/// has no variance at all.
double p_value(const Interval& interval, std::size_t replications);

/// Mean with its t-interval.
Interval mean_interval(std::span<const double> values);

/// A ratio sum(numerator) / sum(denominator) over replications, with the jackknife's interval. For a constant
/// denominator it is the mean with its t-interval. Source: Efron and Tibshirani (1993), section 11.
Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator);

/// The same by the delta method. Source: Cochran (1977), section 6.4.
Interval ratio_interval_delta(std::span<const double> numerator, std::span<const double> denominator);

/// Difference of two ratios, a - b, over paired replications (common random numbers), jackknifed by pair.
Interval ratio_difference(std::span<const double> numerator_a, std::span<const double> denominator_a,
                          std::span<const double> numerator_b, std::span<const double> denominator_b);

/// A function of one replication's left-out sums: the general form behind the above. `leave_out[i]` is the statistic
/// without replication i, `whole` the statistic of all.
Interval jackknife(double whole, std::span<const double> leave_out);

/// p-values adjusted for that they are a family. Source: Holm (1979).
std::vector<double> holm(std::span<const double> p_values);

}  // namespace entrepot::results
