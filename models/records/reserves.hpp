#pragma once

#include <algorithm>
#include <cmath>

#include "models/records/order_desk.hpp"

/// Stock that is kept for better customers: of units, by a tier's critical level, and of days of demand, by the
/// strategy's reserves.
namespace entrepot::models {

/// The site's rates of demand, where the strategy that holds from now on keeps days of it; what it has heard stays.
/// Until headquarters tells it of others they are those that the planners knew on day 0.
void ready_reserves(SiteState& site, const Network& network);

/// Units of an item's stock that a tier's customers don't get.
inline Units kept_from(const SiteState& site, TierId tier, ItemId item, const Network& network) {
    const Units level = network.tiers[tier].critical_level;
    if (site.daily_rates.empty()) return level;
    const double days = network.strategy.allocation.days_kept(tier, network.items[item].velocity);
    constexpr double kMost = 1e9;  // a rate that was read may be any
    return level + static_cast<Units>(std::lround(std::clamp(days * double{site.daily_rates[item]}, 0.0, kMost)));
}

/// Units of the item that the record has for a tier's customers. May be negative.
inline Units available_to(const SiteState& site, TierId tier, ItemId item, const Network& network) {
    return available_on_record(site, item) - kept_from(site, tier, item, network);
}

}  // namespace entrepot::models
