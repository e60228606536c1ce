#pragma once

#include <cstdint>

#include "models/messages.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// The physical truth of a site: what lies where, and the work on it.
namespace entrepot::models {

/// Movements of one item at one site since the start, for the conservation check. [units]
struct Movements {
    Units opening = 0, received = 0, shipped = 0, adjusted = 0, sent = 0, got = 0;
    Units ordered = 0;  ///< by an inventory policy, or asked of other sites, less what will not come
};

/// One item on a site's shelves: the physical truth. A cache line, as are the record's: an event touches one item of a
/// site and mostly all of it.
struct alignas(64) ShelfStock {
    Units on_hand = 0;
    Units at_dock = 0;               ///< arrived, not yet put away
    Time empty_since = sim::kNever;  ///< kNever while there is stock
    float hours_empty = 0;           ///< of the day, up to the last change
    Movements moved;
    float unit_days = 0;  ///< integral of the stock over the day, up to the last change
    Units staged = 0;     ///< picked for customers, not yet departed
    Time changed{};       ///< the last change; a day's midnight counts as one
};
static_assert(sizeof(ShelfStock) == 64);

/// So many units of a line to be picked, then those that were picked and wait at the dock.
struct PickLine {
    std::uint32_t line = kNone;
    Units units = 0;
    std::uint32_t next = kNone;
};

/// What one picker does in one walk: lines of an order, or one item of a transfer.
struct Task {
    std::uint32_t order = kNone;  ///< kNone: a transfer
    std::uint32_t first_pick = kNone;
    std::uint32_t transfer = kNone;  ///< in SiteState::outgoing
    std::int32_t picks = 0;
    std::uint64_t rank = 0;  ///< order in the wave, lower first
    Time entered{};
};

struct OutgoingTransfer {
    std::uint32_t item = 0, transfer = 0;
    Units units = 0, picked = 0;
    SiteId destination;
    TransferMode mode = TransferMode::scheduled;
    sim::Filler<1> rest{};
};

/// Picked units of an order, from the staging lane to the customer.
struct Shipment {
    std::uint32_t order = kNone;
    std::uint32_t first_pick = kNone;  ///< what it consists of, until it departs
    Units units = 0;
    float weight_lb = 0;
    Money cost;              ///< value at cost
    std::uint64_t rank = 0;  ///< lower leaves first, where a carrier can't take all
    bool expedite = false;
    bool departed = false;
    bool left_behind = false;  ///< has missed a day's departures
    sim::Filler<5> rest{};
};

/// What customers have sent back of an item, since the start. came = at_dock + restocked + scrapped. [units]
struct ReturnedStock {
    Units came = 0, at_dock = 0, restocked = 0, scrapped = 0;
    Units netted = 0;  ///< of the restocked ones, taken off the demand of which headquarters hears
};

/// Goods on the dock.
struct DockLoad {
    std::uint32_t item = 0;
    Units units = 0;
    GoodsReference reference;
};

}  // namespace entrepot::models
