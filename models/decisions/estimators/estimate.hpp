#pragma once

#include <optional>
#include <span>

#include "models/network/estimator.hpp"

namespace entrepot::models {

/// What a record of periods leads to expect.
struct Estimate {
    double rate = 0;      ///< of a period, mean over those that were asked for
    double variance = 0;  ///< of a period around what was expected of it: mean square of the errors so far
};

/// Runs an estimator over a record, the oldest period first; nothing while the record says too little: where nothing
/// has come yet, and with a season before there are three of them. `horizon`: periods that the estimate is for.
std::optional<Estimate> estimate(std::span<const float> record, const EstimatorTerms& terms, int horizon);

}  // namespace entrepot::models
