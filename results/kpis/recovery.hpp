#pragma once

#include <span>
#include <vector>

/// How a service falls and comes back, day by day, with hysteresis: it has fallen below one level, and is back when it
/// has been at a higher one for some days. A noisy service would else fall and recover each other day.
namespace entrepot::results {

struct RecoveryLevels {
    double falls_below = 0.90, recovers_at = 0.95;
    int stays_days = 3;  ///< on so many days on which anything was wanted
};

/// [first, end): from the day on which the service fell to the first of those on which it is back, or to the end.
struct Fall {
    int first = 0, end = 0;
    bool operator==(const Fall&) const = default;
};

/// `service`: a day's, in [0,1]; not a number on a day on which nothing was wanted.
std::vector<Fall> falls(std::span<const double> service, const RecoveryLevels& levels = {});

/// What is missing to the level at which it counts as recovered, summed over the days [percentage points x days].
double resilience_loss(std::span<const double> service, const RecoveryLevels& levels = {});

}  // namespace entrepot::results
