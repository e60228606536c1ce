#pragma once

#include <cstdint>

#include "models/references.hpp"
#include "models/turn.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// Everything that a site is told, by itself, by another or by headquarters.
namespace entrepot::models {

struct SiteState;

// Demand and order desk.

/// Midnight at a site: the day before is closed, the day's people and orders are drawn.
struct DayStarts {
    using To = SiteState;
    static constexpr Turn turn = Turn::day;
    std::int32_t day;
};
/// A customer's order is entered. Its contents are drawn at its address.
struct OrderArrives {
    using To = SiteState;
    static constexpr Turn turn = Turn::demand;
    std::uint32_t coordinate;  ///< day, and ordinal of the order in its stream on that day
    std::uint16_t stream;
    sim::Filler<2> rest{};
};
/// An arrival of a stream whose orders come one after the other: perhaps an order, by the rate of the moment.
struct StreamArrives {
    using To = SiteState;
    static constexpr Turn turn = Turn::demand;
    std::uint32_t ordinal;
    std::uint16_t stream;
    sim::Filler<2> rest{};
};
/// The rate of a bursty stream jumps.
struct StreamSwitches {
    using To = SiteState;
    static constexpr Turn turn = Turn::day;
    std::uint32_t ordinal;
    std::uint16_t stream;
    sim::Filler<2> rest{};
};
/// A replayed order is entered; its lines wait in the site's list of the day.
struct ReplayedOrderArrives {
    using To = SiteState;
    static constexpr Turn turn = Turn::demand;
    std::uint32_t order;
};
/// A customer who accepted to wait has waited long enough.
struct PatienceEnds {
    using To = SiteState;
    static constexpr Turn turn = Turn::patience;
    std::uint32_t line, serial;
};
/// The same of one who counts on a notice and so has waited longer.
struct LongerPatienceEnds {
    using To = SiteState;
    static constexpr Turn turn = Turn::patience;
    std::uint32_t line, serial;
};

// Warehouse.

/// Orders that were allocated since the last release reach the warehouse system.
struct OrdersReleased {
    using To = SiteState;
    static constexpr Turn turn = Turn::release;
};
struct WaveStarts {
    using To = SiteState;
    static constexpr Turn turn = Turn::waves;
};
struct ShiftStarts {
    using To = SiteState;
    static constexpr Turn turn = Turn::coming;
    std::uint8_t shift;
};
struct ShiftEnds {
    using To = SiteState;
    static constexpr Turn turn = Turn::leaving;
    std::int32_t people;  ///< who leave
    std::uint8_t shift;
    sim::Filler<3> rest{};
};
struct OvertimeEnds {
    using To = SiteState;
    static constexpr Turn turn = Turn::leaving;
    std::int32_t people;
};
struct PickDone {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t task;
};
/// A picker has looked after an order that was escalated, and is free again.
struct ErrandDone {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
};
/// Headquarters asks a site to lend pickers to another, for the rest of their shift.
struct HandsLent {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::int32_t people;
    std::uint16_t site;  ///< that gets them
    sim::Filler<2> rest{};
};
/// Pickers of another site are here to help.
struct HandsArrive {
    using To = SiteState;
    static constexpr Turn turn = Turn::coming;
    std::int32_t until;  ///< hours since the first midnight
    std::int32_t people;
    float lost;  ///< pickers of the usual rate whom the slower ones of them cost
};
struct HandsLeave {
    using To = SiteState;
    static constexpr Turn turn = Turn::leaving;
    std::int32_t people;
    float lost;
};
/// A truck with goods from a supplier or another site is at the dock.
struct GoodsArrive {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t item;
    std::int32_t units;
    GoodsReference reference;
};
/// What a customer sends back is at the dock.
struct ReturnArrives {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t item;
    std::int32_t units;
    std::uint8_t tier;         ///< of the customer
    std::uint8_t sells_again;  ///< 0: it will be found damaged
    sim::Filler<2> rest{};
};
struct ReceiptUnloaded {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t item;
    std::int32_t units;
    GoodsReference reference;
};
struct GoodsPutAway {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t item;
    std::int32_t units;
    GoodsReference reference;
};
/// A site looks at the items of an inventory policy.
struct StockReview {
    using To = SiteState;
    static constexpr Turn turn = Turn::reviews;
    std::uint16_t policy;
};
/// Headquarters has computed the levels by which a site orders an item by itself.
struct LevelsSet {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t item;
    float reorder_point, order_up_to;
};
/// By what rate of demand a site counts the days of stock that it keeps for some tiers.
struct DailyRateSet {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t item;
    float rate;  ///< units a day
};
/// Another site orders from this one, by its inventory policy, and tells what its customers wanted since the last time.
struct SiteOrders {
    using To = SiteState;
    static constexpr Turn turn = Turn::demand;
    StockKey key;  ///< item, and the site that orders
    std::int32_t units;
    std::int32_t customers_wanted;  ///< units
};
/// What the first source owes comes near enough to count for the second one's level.
struct ReceiptNears {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t item;
    std::int32_t units;
};
/// Units that the site has on order and that will not come, or with fewer than none: that will come.
struct ReceiptShort {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    StockKey key;
    std::int32_t units;
};
/// What came of units that a site asked of its pool.
struct PoolAnswers {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    static constexpr std::uint16_t kNobody = 0xFFFF;
    std::uint32_t request;
    std::int32_t units;
    std::uint16_t lender;  ///< the site that lends them, or kNobody
    sim::Filler<2> rest{};
};
/// The demand of one of the scenario's moments is counted from or up to here; the count that begins has this instant.
struct MomentCounts {
    using To = SiteState;
    static constexpr Turn turn = Turn::day;
    std::uint16_t moment;
    std::uint8_t ends;
    sim::Filler<1> rest{};
};
/// One of the scenario's moments: the stock is looked at.
struct MomentComes {
    using To = SiteState;
    static constexpr Turn turn = Turn::looks;
    std::uint16_t moment;
};
/// Headquarters asks a site to send stock to another.
struct TransferRequested {
    using To = SiteState;
    static constexpr Turn turn = Turn::demand;
    StockKey key;  ///< item, and the site that gets it
    Units units;
    std::uint32_t packed;  ///< transfer, mode

    static constexpr std::uint32_t kTransfers = (1u << 30) - 1;
    static TransferRequested of(StockKey key, Units units, std::uint32_t transfer, TransferMode mode) {
        return {key, units, (transfer & kTransfers) | (static_cast<std::uint32_t>(mode) << 30)};
    }
    std::uint32_t transfer() const { return packed & kTransfers; }
    TransferMode mode() const { return static_cast<TransferMode>(packed >> 30); }
};

// Transport.

struct CarrierDeparts {
    using To = SiteState;
    static constexpr Turn turn = Turn::trucks;
    std::uint8_t carrier;
};
struct TransferTruckDeparts {
    using To = SiteState;
    static constexpr Turn turn = Turn::trucks;
};
/// A carrier sees that a shipment will be late.
struct DelayKnown {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;   ///< its place in the book
    std::uint32_t item;    ///< one of those that are late
    std::uint16_t serial;  ///< of the order's slot
    std::uint16_t day;     ///< on which it will be there
};
struct ShipmentDelivered {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t shipment;
};

// Record and events.

/// The nightly batch posts what happened since the last one, and tells headquarters.
struct BatchPosts {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
};
/// One posting through the middleware.
struct EventPosts {
    using To = SiteState;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t item;
    std::int32_t units;
    std::int32_t from_allocated;  ///< part of a decrease that had been allocated
};
/// The middleware tells headquarters of receipts and of what changed in the record since the last time.
struct PumpRuns {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
};
/// A letter that did not come through is sent again.
struct SiteSendsAgain {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t letter;
};
/// A link's circuit breaker lets one call through, to see.
struct SiteTriesLink {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint16_t link;
    sim::Filler<2> rest{};
};
/// People have seen to a link: what was stuck is sent once more.
struct SiteLinkRepaired {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t number;  ///< of the case, echoed in the answer
    std::uint16_t link;
    sim::Filler<2> rest{};
};
/// Headquarters tells the order desk on which day a purchase line of an item is due.
struct ReceiptExpected {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    static constexpr std::int32_t kNews = -1;
    std::uint32_t item;
    std::int32_t day;
    std::int32_t was = kNews;  ///< the day told before, which no longer holds
};
/// Customer service has settled an escalation: the order goes first, by the fastest carrier, unless that was refused.
struct EscalationResolved {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;   ///< its name
    std::uint8_t in_turn;  ///< 1: it has its place in the queues as before
    sim::Filler<3> rest{};
};
/// One of the things that hold an order is cleared.
struct HoldCleared {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;  ///< its name
};
/// A notice reaches the customer of an order that is at risk, or is withheld.
struct NoticeArrives {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;    ///< its name
    std::uint8_t withheld;  ///< 1: nobody is told
    sim::Filler<3> rest{};
};
/// An order gets stock that orders of lower tiers were promised, as far as nobody has begun to pick it.
struct AllocationTaken {
    using To = SiteState;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;  ///< its name
    std::int32_t units;
    std::uint32_t packed;  ///< item, tier

    static AllocationTaken of(std::uint32_t order, StockKey key, std::int32_t units, std::uint8_t tier) {
        return {order, units, key.item() | std::uint32_t{tier} << 20};
    }
    std::uint32_t item() const { return packed & 0xFFFFF; }
    /// That was agreed to; those below it may lose, too.
    std::uint8_t tier() const { return static_cast<std::uint8_t>(packed >> 20); }
};

}  // namespace entrepot::models
