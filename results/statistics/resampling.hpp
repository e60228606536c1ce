#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "results/statistics/interval.hpp"

/// Intervals for statistics that have no formula: the bootstrap.
namespace entrepot::results {

/// A statistic of some of the replications, given by their numbers (0-based, with repetition); infinite or not a number
/// where it does not exist.
using StatisticOfRows = std::function<double(std::span<const std::size_t> rows)>;

/// A statistic of one sample of values.
using StatisticOfValues = std::function<double(std::span<const double> values)>;

struct BootstrapOptions {
    std::uint32_t seed = 0;        ///< always said, so that a report can be repeated
    std::size_t resamples = 9999;  ///< at least so many that (resamples + 1) times each end's level is >= 1
    double confidence = kConfidence;
};

struct Bootstrap {
    Interval bca;               ///< standard_error: of the resamples, divisor B - 1
    double percentile_low = 0;  ///< the plain percentile interval, for comparison
    double percentile_high = 0;
    double bias_correction = 0;  ///< z0
    double acceleration = 0;     ///< a
};

/// Bias-corrected and accelerated interval (BCa): corrects the percentiles of the resamples for bias and skewness. Not
/// a cure for few replications: with 20 it is no better than the jackknife's t. Resample b draws its rows from its own
/// address of (seed, b), so the interval depends on nothing but data and options.
///
/// Refused without rows or where the statistic of the whole does not exist; a point for one row (too_few), a statistic
/// that doesn't exist for some resample (undefined_resample), resamples that are all equal (no_variation), or an
/// estimate at the edge of its resamples (thin_tail).
/// Source: Efron (1987), J. Amer. Statist. Assoc. 82, 171-185; Efron and Tibshirani (1993), section 14.3.
Bootstrap bootstrap_bca(std::size_t rows, const StatisticOfRows& statistic, const BootstrapOptions& options);
Bootstrap bootstrap_bca(std::span<const double> values, const StatisticOfValues& statistic,
                        const BootstrapOptions& options);

}  // namespace entrepot::results
