#pragma once

#include <array>
#include <optional>
#include <string>

#include "models/interface_names.hpp"
#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"

/// The systems by which parts of the operation hear of each other.
namespace entrepot::models {

/// Stops calls for a while where most of the last ones have failed.
struct CircuitBreaker {
    int calls = 20;      ///< of the last ones, at most 32
    double share = 0.5;  ///< of these that failed, from which on it opens
    Duration open{std::chrono::seconds{60}};
    bool operator==(const CircuitBreaker&) const = default;
};

/// How messages go over a link, what can go wrong, and what helps. As it stands they come through at once.
struct Interface {
    // When: with an event where neither of these is said. Postings, releases and extracts have their own beat.
    std::optional<int> batch_minute;  ///< of the day, with the next batch
    Duration every{};                 ///< with the next poll; 0 = at once
    Duration latency_median{};        ///< from a call to what it asks for, lognormal
    double latency_sigma = 0;
    bool keyed = false;   ///< what comes is a letter or an e-mail, which somebody enters by hand
    double capacity = 0;  ///< messages an hour, one after the other, while others wait in their order; 0: any number
    // What goes wrong.
    double failure = 0;                                ///< probability that a call fails by itself
    std::optional<TimeDistribution> uptime, downtime;  ///< of the link, in turn, beginning with uptime
    double duplicates = 0;                             ///< share of the repeated calls whose forerunner had come
                                                       ///< through all the same: only the answer was lost
    bool idempotent = false;                           ///< the receiver knows what it has had already
    double overtaken = 0;                              ///< share of the messages that are held up on their way
    Duration overtaken_mean{};                         ///< so long, exponential; those that are sent later pass them
    bool version_checked = false;                      ///< the receiver leaves what is older than what it has
    // Repeated calls.
    int retries = 0;
    Duration first_wait{};
    double back_off = 1;  ///< each wait over the one before
    double jitter = 0;    ///< share of a wait that is drawn
    std::optional<CircuitBreaker> breaker;
    // What no retry has helped.
    Duration noticed_median{};  ///< until people see that something is stuck, lognormal
    double noticed_sigma = 0;
    bool governed = false;      ///< versions and keys are looked after: schema breaks and expired tokens don't reach it
    bool dead_letters = false;  ///< it is kept, and told apart; else people find out who misses what, and enter it anew
    bool operator==(const Interface&) const = default;

    bool can_fail() const { return failure > 0 || uptime.has_value(); }
    bool has_beat() const { return batch_minute || every.count() > 0 || latency_median.count() > 0; }
    bool takes_time() const { return has_beat() || keyed || capacity > 0 || overtaken > 0; }
};

/// How the record learns of what happened. Legacy: a nightly batch. Modern: events through a middleware.
struct Integration {
    std::string name;
    std::optional<int> batch_minute;  ///< of the day: postings wait for the nightly batch; none = posted by events
    Duration latency_median{};        ///< of an event through the middleware, lognormal
    double latency_sigma = 0;         ///< of the logarithm
    Duration pump{};                  ///< cadence of information between sites and headquarters; the lookahead
    Duration release_interval{};      ///< how often allocated orders reach the warehouse system
    Duration forecast_keeps{sim::days{2}};  ///< so long after it was heard, levels still go by the last forecast
    Duration reconciled_after{};            ///< until somebody sees that an order was carried out twice
    std::array<Interface, kInterfaces> interfaces;
    std::array<bool, kInterfaces> watched{};  ///< by finish(): it takes time, or can fail, if only by a disturbance

    const Interface& of(InterfaceName which) const { return interfaces[static_cast<std::size_t>(which)]; }
    Interface& of(InterfaceName which) { return interfaces[static_cast<std::size_t>(which)]; }
    bool watches(InterfaceName which) const { return watched[static_cast<std::size_t>(which)]; }
};

}  // namespace entrepot::models
