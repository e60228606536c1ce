#pragma once

#include "models/model.hpp"

/// What a location has on order, on the ERP's record at its site.
namespace entrepot::models {

/// On hand less waiting, on the record, and what is on order. [units]
inline Units inventory_position(const SiteState& site, ItemId item) {
    const StockRecord& record = site.record[item];
    return record.on_hand - record.allocated - record.waiting + record.on_order;
}

/// Units are on order, or with fewer than none: will not come after all.
inline void expect(SiteState& site, ItemId item, Units units) {
    site.record[item].on_order += units;
    site.truth[item].moved.ordered += units;
}

/// Whether the record at the site accounts for what is on order; else headquarters does, in its view.
inline bool account_at_site(const Network& network, SiteId site, ItemId item) {
    const InventoryPolicy* policy = network.policy(site, item);
    return policy == nullptr || !policy->planned();
}

/// Something happened to the item's record: who depends on it looks once, when all of it has happened (`settle`).
inline void touch(SiteState& site, ItemId item) {
    StockRecord& record = site.record[item];
    if (record.touched) return;
    record.touched = true;
    site.touched[site.touched_items++] = item.value;
}

}  // namespace entrepot::models
