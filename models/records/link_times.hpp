#pragma once

#include <algorithm>
#include <cmath>

#include "models/network/systems.hpp"
#include "sim/distributions.hpp"

/// How long a link's messages wait, by its terms, each from a uniform of its own.
namespace entrepot::models {

/// On its way, while others pass it.
inline Duration held_up_for(const Interface& terms, double u) {
    const double hours = -std::log1p(-u) * sim::in<sim::hours>(terms.overtaken_mean);
    constexpr double kForGood = 1e5;
    return sim::from_real<sim::hours>(std::min(hours, kForGood));
}

/// From a call to what it asks for.
inline Duration latency_by(const Interface& terms, double u) {
    const double seconds = sim::lognormal_median(u, sim::in<sim::seconds>(terms.latency_median), terms.latency_sigma);
    constexpr double kLongest = 1e9;
    return sim::from_real<sim::seconds>(std::min(seconds, kLongest));
}

/// Before it is called again, so many calls having failed; `jitter` is the share that is left out.
inline Duration wait_to_retry(const Interface& terms, int tries, double jitter) {
    const double seconds = sim::in<sim::seconds>(terms.first_wait) * std::pow(terms.back_off, tries - 1) * (1 - jitter);
    constexpr double kLongest = 86'400;
    return std::max(sim::from_real<sim::seconds>(std::min(seconds, kLongest)), Duration{1});
}

/// Until people see that something is stuck.
inline Duration noticed_after(const Interface& terms, double u) {
    constexpr double kLeast = 1e-6, kForGood = 1e5;
    const double median = std::max(kLeast, sim::in<sim::hours>(terms.noticed_median));
    const double hours = sim::lognormal_median(u, median, terms.noticed_sigma);
    return sim::from_real<sim::hours>(std::min(hours, kForGood));
}

}  // namespace entrepot::models
