#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

/// What every estimate has: a number, an interval around it, and a word for why one of them is missing.
///
/// Data decide what can be said: what can't be given is "not available" with a reason, and nothing here or in the files
/// that build on it returns a NaN. Arguments that no data can excuse (a confidence of 1.2) stop the program.
namespace entrepot::results {

/// The confidence of an interval where nobody asks for another.
inline constexpr double kConfidence = 0.95;

/// Why a number or its interval is not available.
enum class Reason {
    none,                ///< nothing is missing
    no_data,             ///< there is no observation
    too_few,             ///< fewer observations than the method needs
    unequal_lengths,     ///< what should be paired is not of one length
    not_finite,          ///< an observation, or a sum of them, is infinite or not a number
    zero_denominator,    ///< a ratio to nothing
    rests_on_one,        ///< a single replication holds the whole denominator: there is no spread to see
    no_variation,        ///< everything is the same where the method needs differences
    unbounded,           ///< the denominator may be zero, as far as the data can tell: every ratio is possible
    run_too_short,       ///< the warm-up has not ended at half of the run
    correlated_batches,  ///< batch means still depend on each other: their spread says too little
    thin_tail,           ///< too few observations beyond the quantile
    undefined_resample,  ///< the statistic does not exist for some of the resamples
    no_rate,             ///< no interest rate makes the cash flow's present value zero
    several_rates,       ///< more than one does
    never                ///< the cash flow doesn't pay back within the horizon
};

/// The reason as part of a sentence, such as "too few observations"; empty for none.
std::string_view reason_text(Reason reason);

/// An estimate with its confidence interval, in the unit of the estimate. 95 % unless another confidence was asked for.
struct Interval {
    double estimate = 0, low = 0, high = 0;
    double standard_error = 0;      ///< 0 also where the method has none (quantiles, proportions by Clopper, Pearson)
    bool has_estimate = false;      ///< false: there is no number at all (no data, or a zero denominator)
    bool has_interval = false;      ///< false: too few replications that say something
    double freedom = 0;             ///< degrees of Student's t in estimate ± t * standard_error; 0: no such form
    Reason missing = Reason::none;  ///< why there is no estimate, or no interval

    bool excludes_zero() const { return has_interval && (low > 0 || high < 0); }
    double half_width() const { return (high - low) / 2; }
};

/// No number at all, and why.
Interval refused(Reason reason);

/// A number without an interval, and why.
Interval point(double estimate, Reason reason);

/// estimate ± t * standard_error with `freedom` (> 0) degrees of freedom; refused when a number is not finite.
Interval student_interval(double estimate, double standard_error, double freedom, double confidence = kConfidence);

/// Quantile of Student's t with `freedom` degrees of freedom, p in (0,1).
double t_quantile(double p, double freedom);

/// P(Z <= z) of the standard normal distribution.
double normal_probability(double z);

/// Mean and variance (divisor n - 1) of a sample. Equal values have exactly no variance.
struct Moments {
    std::size_t count = 0;
    double mean = 0;      ///< 0 without values
    double variance = 0;  ///< 0 for fewer than two values
};
Moments moments(std::span<const double> values);

/// Sum of (a_i - mean a) (b_i - mean b) over n - 1; 0 for fewer than two. Both are of one length.
double covariance(std::span<const double> a, std::span<const double> b);

bool all_finite(std::span<const double> values);

}  // namespace entrepot::results
