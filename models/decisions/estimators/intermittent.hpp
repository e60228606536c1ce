#pragma once

#include "models/network/estimator.hpp"

namespace entrepot::models {

/// Demand that comes now and then: how much, and how often. It begins with the first that comes.
/// Sources: Croston (1972), Operational Research Quarterly 23; Syntetos and Boylan (2005), International Journal of
/// Forecasting 21; Teunter, Syntetos and Babai (2011), European Journal of Operational Research 214.
class IntermittentDemand {
public:
    explicit IntermittentDemand(const EstimatorTerms& terms) : terms_(&terms) {}

    void take(double units);

    bool has_begun() const { return size_ > 0; }
    double size() const { return size_; }
    double interval() const { return interval_; }        ///< periods from one to the next
    double probability() const { return probability_; }  ///< that something comes in a period
    double rate() const;                                 ///< expected of a period

private:
    const EstimatorTerms* terms_;
    double size_ = 0, interval_ = 0, probability_ = 0;
    int since_ = 0;  ///< periods since the last one, and of it
};

}  // namespace entrepot::models
