#pragma once

#include <cstdint>
#include <vector>

#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/digest.hpp"
#include "sim/packed.hpp"

/// What the order desk keeps of customers' orders.
namespace entrepot::models {

/// A customer's order, from its entry to its last delivery or cancellation. One cache line: an order is touched rarely
/// and days apart, and what it costs then is the fetch.
struct alignas(64) Order {
    std::uint64_t key = 0;     ///< its stream's, or its site's; with `coordinate`: the address of its draws
    Money cost, cost_on_time;  ///< value at cost: ordered; delivered by the promised day
    std::uint32_t coordinate = 0;
    std::uint32_t sequence = 0;      ///< order of entry at this desk
    std::uint32_t task = kNone;      ///< not yet released to the warehouse: later lines join it
    std::uint32_t shipment = kNone;  ///< staged, not yet departed: later picks join it
    Units units_ordered = 0, units_delivered = 0;
    std::uint16_t placed_day = 0, promised_day = 0, delivered_day = 0;
    std::uint16_t serial = 0;  ///< tells the users of one slot apart
    std::uint16_t lines_open = 0, first_passes_left = 0, shipments_open = 0;
    TierId tier;
    bool first_pass_filled : 1 = true;  ///< no line has been short at its first attempt yet
    bool escalated : 1 = false;
    bool internal : 1 = false;          ///< of another site, whose index is the key
    bool summed : 1 = false;            ///< its facts go into the sums of ShortOrders
    bool boosted : 1 = false;           ///< customer service has it served first and shipped by the fastest carrier
    bool noticed : 1 = false;           ///< found at risk: a notice is on its way or was given
    bool told : 1 = false;              ///< by a notice, before the promised day was over
    bool counts_on_notice : 1 = false;  ///< told, and the notice's own day isn't past

    template <class Archive>
    void fields(Archive& archive) {
        auto flags = static_cast<std::uint8_t>(first_pass_filled | escalated << 1 | internal << 2 | summed << 3 |
                                               boosted << 4 | noticed << 5 | told << 6 | counts_on_notice << 7);
        archive(key, cost, cost_on_time, coordinate, sequence, task, shipment, units_ordered, units_delivered,
                placed_day, promised_day, delivered_day, serial, lines_open, first_passes_left, shipments_open, tier,
                flags);
        first_pass_filled = (flags & 1) != 0, escalated = (flags & 2) != 0, internal = (flags & 4) != 0;
        summed = (flags & 8) != 0, boosted = (flags & 16) != 0;
        noticed = (flags & 32) != 0, told = (flags & 64) != 0, counts_on_notice = (flags & 128) != 0;
    }
};
static_assert(sizeof(Order) == 64);

/// A number by which others know an order of the site, and to which draws for it can be addressed, the same under every
/// strategy: a slot is not. Two orders of a site share one in four thousand million.
inline std::uint32_t name_of(const Order& order) {
    return static_cast<std::uint32_t>(
        sim::mix(order.key ^ 0x9E3779B97F4A7C15ull, order.coordinate ^ 0xD6E8FEB86659FD93ull));
}

/// An order that customer service looks after.
struct EscalatedOrder {
    std::uint32_t name = 0;
    std::uint32_t order = kNone;
    std::uint16_t serial = 0;  ///< of the order's slot
    sim::Filler<2> rest{};
};

/// An order that is held, or was and hasn't ended.
struct HeldOrder {
    std::uint32_t name = 0;
    std::uint32_t order = kNone;
    std::uint32_t first_line = kNone, last_line = kNone;  ///< while it is held, by Line::next
    std::uint32_t account = 0;                            ///< that is on hold with it; 0: the order alone
    std::uint8_t left = 0;                                ///< so many things hold it
    bool follows = false;                                 ///< one of these is an earlier order of the account
    sim::Filler<2> rest{};
};

/// A notice to an order's customer that is on its way.
struct Notice {
    std::uint32_t name = 0;
    std::uint32_t order = kNone;
    std::uint32_t item = 0;    ///< of a line that will be late
    std::uint16_t serial = 0;  ///< of the order's slot
    std::uint16_t day = 0;     ///< that it names
};

/// One item that a customer asks for.
struct LineRequest {
    ItemId item;
    Units units = 0;
};

/// One item of an order. ordered = shipped + staged + cancelled + allocated + waiting, always, unless all of it is
/// held. It is open until the last of it has left the dock or was cancelled.
struct Line {
    std::uint32_t order = kNone, item = 0;
    std::uint32_t next = kNone;  ///< in the item's list of waiting lines, or among those of its order that are held
    std::uint32_t serial = 0;
    Units ordered = 0, waiting = 0, allocated = 0;
    Units staged = 0, shipped = 0;  ///< picked and at the dock; left
    Units cancelled = 0;
    Time entered{};
    bool first_attempt_open = true;
    enum class Wait : std::uint8_t { none, begun, ended };
    friend constexpr Wait last_of(Wait) { return Wait::ended; }
    Wait wait = Wait::none;    ///< for stock; what was told of it
    bool listed = false;       ///< stands in the item's list of waiting lines
    bool held = false;         ///< with its order: nothing of it is promised, and nobody waits for stock
    std::uint16_t number = 0;  ///< among its order's
    sim::Filler<2> rest{};
    Units on_hold() const { return held ? ordered : 0; }
};

/// Orders of a tier and class that a site's shelf could not fill at once, of the day: told at midnight.
struct ShortOrders {
    Money sales, cost;  ///< handed over to such orders, of this day and of earlier ones
    std::int32_t orders = 0, waiting = 0;
    Units ordered = 0, filled = 0;  ///< filled: at the first attempt
};

/// Orders of a tier and class that a site's shelf served, of the day: not in the day's sums nor posted before midnight.
struct ServedOrders {
    Money sales, cost;
    std::int32_t orders = 0, units = 0;
    ShortOrders others;
};

/// Orders of ShortOrders delivered in full, of the day: told at midnight.
struct DeliveredOrders {
    sim::Table<std::int32_t> orders;  ///< [tier][promised day]
    std::vector<std::uint32_t> some;  ///< which of them are not 0

    template <class Archive>
    void fields(Archive& archive) {
        archive.table(orders);
        archive(some);
    }
};

/// Units that a tier's orders wait for, at locations of inventory policies and elsewhere.
struct TierWaiting {
    Units units = 0;
    float unit_days = 0;  ///< integral over the day, up to the last change
    Time changed{};
};

}  // namespace entrepot::models
