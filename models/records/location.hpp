#pragma once

#include "models/messages.hpp"
#include "models/network/ids.hpp"

/// An item at a site, as numbers.
namespace entrepot::models {

/// A stock-keeping location. Those of an item lie side by side: who decides on it looks at all of its sites.
using LocationId = sim::Id<struct LocationTag>;

inline LocationId location_of(SiteId site, ItemId item, std::size_t sites) {
    return LocationId{item.index() * sites + site.index()};
}

inline StockKey key_of(SiteId site, ItemId item) { return {item.value | (std::uint32_t{site.value} << 20)}; }
inline SiteId site_of(StockKey key) { return SiteId{key.site()}; }
inline ItemId item_of(StockKey key) { return ItemId{key.item()}; }

}  // namespace entrepot::models
