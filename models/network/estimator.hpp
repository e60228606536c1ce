#pragma once

#include <cstdint>

/// How what comes is estimated from a record of days: the textbook's methods beside the service's own.
namespace entrepot::models {

enum class Estimator : std::uint8_t {
    weekly,        ///< exponential smoothing by weeks that detects changes, kept up to date each night (Smoothing)
    exponential,   ///< simple exponential smoothing (Brown 1956)
    holt_winters,  ///< level, trend and factors of a season, multiplicative (Winters 1960)
    croston,       ///< size over interval of what comes now and then (Croston 1972)
    sba,           ///< the same less its bias (Syntetos and Boylan 2005)
    tsb,           ///< size times probability, which falls while nothing comes (Teunter, Syntetos and Babai 2011)
};

struct EstimatorTerms {
    Estimator by = Estimator::weekly;
    double level_weight = 0.1;     ///< of the newest day in the level; of the newest size, where it comes now and then
    double trend_weight = 0.01;    ///< of the newest rise of the level in the trend
    double season_weight = 0.1;    ///< of the newest day in its factor
    double interval_weight = 0.1;  ///< of the newest interval; tsb: of the newest day in the probability
    int season = 7;                ///< days after which factors come again
    bool operator==(const EstimatorTerms&) const = default;
};

}  // namespace entrepot::models
