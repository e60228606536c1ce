#pragma once

#include <cstdint>
#include <limits>

#include "models/messages.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// What the ERP believes of a site's stock, and what it has not heard of yet.
namespace entrepot::models {

/// An inventory position, or with the least of all numbers none, or with the greatest any.
struct Threshold {
    Units position = std::numeric_limits<Units>::min();

    constexpr Threshold() {}
    constexpr Threshold(Units at) : position(at) {}
    constexpr operator Units() const { return position; }
    friend bool sane_class(const Threshold&) { return true; }  // it is only ever compared
};

/// One item in the record that the ERP keeps of a site, with the order lines that wait for it.
struct alignas(64) StockRecord {
    Units on_hand = 0;
    Units allocated = 0;  ///< promised to orders or transfers, not yet posted as picked
    Units unposted = 0;   ///< truth's changes that are on their way to the record
    Units demand = 0;     ///< entered since the last extract to headquarters; 0 where it hears of none
    Units waiting = 0;    ///< units of the lines in the list
    std::uint32_t waiting_head = kNone, waiting_tail = kNone;
    std::int32_t expected_day = -1;  ///< earliest receipt told of that isn't past, for promises; -1 = none yet
    bool changed = false;            ///< since the last extract
    bool touched = false;            ///< in this event; who depends on it looks once, afterwards
    sim::Filler<2> rest{};

    /// The greatest inventory position at which a look at the inventory policy may lead to an order.
    Threshold looks_at;
    Units on_order = 0;           ///< of both sources
    Units due_soon = 0;           ///< of the second source, and of the first one what is due within its `looks_ahead`
    float waiting_unit_days = 0;  ///< integral of the waiting units over the day
    float sent_unit_days = 0;     ///< units sent times their days under way
    Time waiting_changed{};
};

/// A posting that the record has not seen yet.
struct Posting {
    std::uint32_t item = 0;
    Units units = 0, from_allocated = 0;
    std::int32_t minute = 0;  ///< since the start, of those that wait for the nightly batch
};

/// A receipt that headquarters has not heard of yet.
struct ReceiptNote {
    GoodsReference reference;
    Units units = 0;
};

static_assert(sizeof(StockRecord) == 64);

}  // namespace entrepot::models
