#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/records/order_desk.hpp"

/// Stock that is kept for better customers: of units, by a tier's critical level, and of days of demand, by the
/// strategy's reserves.
namespace entrepot::models {

/// The site's rates of demand, where the strategy that holds from now on keeps days of it; what it has heard stays.
/// Until headquarters tells it of others they are those that the planners knew on day 0.
void ready_reserves(SiteState& site, const Network& network);

/// What so many days of demand come to.
inline Units units_of(double days, float daily_rate) {
    constexpr double kMost = 1e9;  // a rate that was read may be any
    return static_cast<Units>(std::lround(std::clamp(days * double{daily_rate}, 0.0, kMost)));
}

/// Units of an item's stock that a tier's customers don't get.
inline Units kept_from(const SiteState& site, TierId tier, ItemId item, const Network& network) {
    const Units level = network.tiers[tier].critical_level;
    if (site.daily_rates.empty()) return level;
    const double days = network.strategy.allocation.days_kept(tier, network.items[item].velocity);
    return level + units_of(days, site.daily_rates[item]);
}

/// Whether a site that goes by another rate keeps other units of an item, for any tier.
inline bool keeps_otherwise(const Network& network, ItemId item, float before, float now) {
    const Allocation& terms = network.strategy.allocation;
    double last = 0;
    for (const TierId tier : sim::ids<TierId>(terms.days)) {
        const double days = terms.days_kept(tier, network.items[item].velocity);
        if (std::exchange(last, days) == days) continue;  // as of the tier before, or none
        if (units_of(days, before) != units_of(days, now)) return true;
    }
    return false;
}

/// Units of the item that the record has for a tier's customers. May be negative.
inline Units available_to(const SiteState& site, TierId tier, ItemId item, const Network& network) {
    return available_on_record(site, item) - kept_from(site, tier, item, network);
}

}  // namespace entrepot::models
