#pragma once

#include "models/model.hpp"

/// Suppliers at work: one mechanism for planners' purchase lines and for what sites order by themselves. The flow reads
/// top-down in suppliers.cpp: capacity, preparation, servers, stoppages, lead time, delay, what comes of it, the dock.
namespace entrepot::models {

/// What a supplier is asked for.
struct SupplyOrder {
    StockKey key;  ///< item, and the site that gets it
    Units units = 0;
    Time placed{};                 ///< when it reaches the supplier
    std::uint32_t line = kNone;    ///< the purchase line of headquarters; kNone: the site's own order
    std::uint32_t coordinate = 0;  ///< of its draws, beside the lane
};

/// The supplier of the item takes the order on. Its goods go to the site, or, of a purchase line, are announced by
/// `truck_is_due`.
void take_order(Headquarters& hq, const SupplyOrder& order, Context& context);

/// The next moment at which the site lets a supplier's truck unload.
Time at_the_dock(const Network& network, SiteId site, Time t);

/// The entity of draws about what comes to a site.
inline std::uint64_t lane_to(StockKey key, const Network& network) {
    return network.items[item_of(key)].key ^ network.sites[site_of(key)].key;
}

}  // namespace entrepot::models
