#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/network/estimator.hpp"

/// Exponential smoothing of what comes in every period.
namespace entrepot::models {

/// Level alone. Source: Hyndman and Athanasopoulos, Forecasting: principles and practice, 3rd ed., 8.1.
struct SimpleSmoothing {
    double weight = 0.1, level = 0;
    void take(double units) { level += weight * (units - level); }
};

/// Level, trend, and a season's factors, multiplicative. Source: R's HoltWinters, which has its start values from the
/// first two seasons' moving average: factors from the ratios to it, level and trend from its regression line.
class HoltWinters {
public:
    /// `first_seasons`: two whole ones; the next period to be taken in is the one after them.
    HoltWinters(std::span<const float> first_seasons, const EstimatorTerms& terms);

    void take(double units);
    double next() const { return (level_ + trend_) * factors_[at_]; }
    /// Mean of the next so many periods, never below 0.
    double mean_of_next(int periods) const;

    double level() const { return level_; }
    double trend() const { return trend_; }
    /// Of the next period, and those after it.
    std::vector<double> factors() const;

private:
    double level_weight_, trend_weight_, season_weight_;
    double level_ = 0, trend_ = 0;
    std::vector<double> factors_;
    std::size_t at_ = 0;  ///< the next period's
};

}  // namespace entrepot::models
