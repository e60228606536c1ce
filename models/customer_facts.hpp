#pragma once

#include <cstdint>

#include "sim/packed.hpp"

/// What facts say of the customers' side of the systems: notices, the web shop, holds, returns.
namespace entrepot::models {

/// What became of the notice to an order's customer.
enum class NoticeKept : std::uint8_t {
    none_sent,  ///< the strategy sends none
    untold,
    told,  ///< before the promised day was over
};

/// A customer was told that the order comes later than promised, before the promised day was over.
struct NoticeGiven {
    std::uint8_t tier;
    std::uint16_t placed_day, promised_day, new_day;
};

/// Lines of a tier that were bought at a site's web shop on the day that ends at this midnight, by its own view of the
/// stock.
struct ShopDay {
    std::int64_t units_apart;      ///< sum over the lines: by which shop and record differed of the item
    std::int64_t units_on_record;  ///< the same: that nobody was promised
    std::uint32_t lines;
    std::uint32_t oversold;     ///< of them, offered more than the record had
    std::uint32_t turned_away;  ///< offered less than they wanted and the record had
    std::uint8_t tier;
    sim::Filler<3> rest{};
};

/// A line was short of an item, and its customer was offered another one of the group in its place.
struct SubstituteOffered {
    std::uint32_t order;
    std::uint32_t item, substitute;
    std::int32_t units;  ///< all of the line
    std::uint16_t placed_day;
    std::uint8_t tier, velocity;  ///< velocity: of the substitute
    std::uint8_t taken;           ///< 1: the line is the substitute's from then on
    sim::Filler<3> rest{};
};

/// A customer's goods are back at the dock, and he has his money.
struct UnitsReturned {
    std::int64_t refund_micros;  ///< at sales price
    std::int32_t units;
    std::uint8_t tier, velocity;
    std::int64_t handling_micros = 0;
};

/// They have been looked at.
struct ReturnInspected {
    std::int64_t cost_micros;  ///< at cost
    std::int32_t units;
    std::uint8_t velocity;
    std::uint8_t restocked;  ///< 0: scrapped
};

/// An order is held at its entry.
struct OrderPutOnHold {
    std::uint32_t order;
    std::uint8_t tier;
    std::uint8_t holds;        ///< at once
    std::uint8_t follows = 0;  ///< 1: one of these is an earlier order of its account, which is on hold
};

/// All of an order's holds are cleared: it gets what there is.
struct OrderCleared {
    float hours;  ///< since it was entered
    std::uint32_t order;
    std::uint16_t placed_day;
    std::uint8_t tier;
};

}  // namespace entrepot::models
