#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "results/statistics/interval.hpp"

/// How many replications: a rule that stops, and an interval that may be watched while they run.
///
/// Looking at an ordinary interval after every replication and stopping when it pleases is wrong nearly half of the
/// time. The replications are always the first n of a fixed order, never those that happened to finish.
namespace entrepot::results {

/// Mean and variance, one value at a time. Source: Welford (1962), Technometrics 4, 419-420.
class RunningMean {
public:
    void add(double value) {
        ++count_;
        const double step = value - mean_;
        mean_ += step / static_cast<double>(count_);
        squares_ += step * (value - mean_);
    }

    std::size_t count() const { return count_; }
    double mean() const { return mean_; }
    double variance() const { return count_ < 2 ? 0 : squares_ / static_cast<double>(count_ - 1); }

private:
    std::size_t count_ = 0;
    double mean_ = 0, squares_ = 0;
};

/// Stop when the mean is known to a relative error of `relative`.
struct PrecisionRule {
    double relative = 0.05;  ///< in (0,1), of the true mean
    double confidence = kConfidence;
    std::size_t least = 10;   ///< replications before the first look, >= 10: fewer make it stop by luck
    std::size_t most = 1000;  ///< the cap, >= least
};

/// Where the rule stands.
struct Precision {
    Interval mean;
    std::size_t replications = 0;
    double wanted = 0;         ///< half-width that stops now: relative / (1 + relative) of |mean|
    double reached = 0;        ///< relative error that the mean has with the rule's confidence
    bool has_reached = false;  ///< false: too few replications, or the mean can't be told from zero
    bool satisfied = false;    ///< precise enough
    bool capped = false;       ///< out of replications without being precise enough

    bool stop() const { return satisfied || capped; }
};

/// Law's rule for replications 1 .. n that are there: precise enough when t s / sqrt(n) <= relative / (1 + relative)
/// |mean|. A mean of zero never is. Source: Law (2015), section 9.4.1; Nadas (1969), Ann. Math. Statist. 40, 667-671.
Precision judge_precision(const RunningMean& replications, const PrecisionRule& rule);

/// The same for any estimate of n observations with Student's interval of the rule's confidence: a ratio, a difference.
Precision judge_precision(const Interval& estimate, std::size_t n, const PrecisionRule& rule);

/// Observations that would be needed at the spread seen so far; 0 when that can't be told.
double observations_needed(const Precision& now);

/// Runs replications 0, 1, 2, ... until the rule stops, and says what was reached. A result that is not finite ends it
/// with a refused mean (not_finite).
Precision sequential_mean(const std::function<double(std::size_t replication)>& replicate, const PrecisionRule& rule);

/// A confidence sequence: intervals of which, with the given confidence, not one misses the truth, however often one
/// looks. Wider than a t-interval of the same n, as it must be.
struct WatchOptions {
    double confidence = kConfidence;
    double rho = 20;         ///< > 0; at 95 % the interval is best, next to a t-interval, near n = 8 rho
    std::size_t least = 10;  ///< replications before the first interval, >= 2
};

/// Half-width after n values of known standard deviation `sd`: sd sqrt((n + rho) log((n + rho) / (rho alpha^2))) / n.
/// Exact for normal values. Source: Robbins (1970), Ann. Math. Statist. 41, 1397-1409; Howard et al. (2021), Ann.
/// Statist. 49, 1055-1080, for the normal mixture.
double watch_half_width(std::size_t n, double sd, const WatchOptions& options = {});

/// The sequence's interval after these values, with their own standard deviation in place of the true one: approximate,
/// the better the greater `least`. A point (too_few) before `least`. Source: Waudby-Smith et al. (2024), Ann. Statist.
/// 52, 2613-2640.
Interval watch_interval(const RunningMean& replications, const WatchOptions& options = {});

/// The same around any estimate of n observations with a standard error: a ratio or a difference by the jackknife.
Interval watch_interval(const Interval& estimate, std::size_t n, const WatchOptions& options = {});

/// The least alpha whose sequence leaves out zero after these n observations; 1 without an interval. It may be looked
/// at after each of them, and stays valid. Source: Howard et al. (2021), the sequence solved for alpha.
double watch_p_value(const Interval& estimate, std::size_t n, const WatchOptions& options = {});

}  // namespace entrepot::results
