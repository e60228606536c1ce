#pragma once

#include <optional>
#include <string>

#include "models/network/ids.hpp"

/// The systems by which parts of the operation hear of each other.
namespace entrepot::models {

/// How the record learns of what happened. Legacy: a nightly batch. Modern: events through a middleware.
struct Integration {
    std::string name;
    std::optional<int> batch_minute;  ///< of the day: postings wait for the nightly batch; none = posted by events
    Duration latency_median{};        ///< of an event through the middleware, lognormal
    double latency_sigma = 0;         ///< of the logarithm
    Duration pump{};                  ///< cadence of information between sites and headquarters; the lookahead
    Duration release_interval{};      ///< how often allocated orders reach the warehouse system
};

}  // namespace entrepot::models
