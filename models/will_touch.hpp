#pragma once

#include "models/messages.hpp"
#include "models/state.hpp"

/// What a message's handler will look at first. The memory is asked for it some events before, so that it is near when
/// it is needed: in a network of many items an event spends most of its time waiting for memory.
namespace entrepot::models {

template <class T>
void ask_for(const T& thing) {
    __builtin_prefetch(&thing);
}

template <class Goods>
    requires std::is_same_v<Goods, GoodsArrive> || std::is_same_v<Goods, ReceiptUnloaded> ||
             std::is_same_v<Goods, GoodsPutAway> || std::is_same_v<Goods, EventPosts>
void will_touch(SiteState& site, const Goods& m) {
    ask_for(site.truth[ItemId{m.item}]);
    ask_for(site.record[ItemId{m.item}]);
}
inline void will_touch(SiteState& site, const PatienceEnds& m) { ask_for(site.lines[m.line]); }
inline void will_touch(SiteState& site, const PickDone& m) { ask_for(site.tasks[m.task]); }
inline void will_touch(SiteState& site, const ShipmentDelivered& m) { ask_for(site.shipments[m.shipment]); }
inline void will_touch(Headquarters& hq, const StockExtract& m) {
    ask_for(hq.view[hq.location(SiteId{static_cast<std::uint16_t>(m.key.site())}, ItemId{m.key.item()})]);
}
inline void will_touch(Headquarters& hq, const SupplierDelivers& m) { ask_for(hq.purchases[m.line]); }
inline void will_touch(Headquarters& hq, const ReceiptOverdue& m) { ask_for(hq.purchases[m.line]); }

}  // namespace entrepot::models
