#pragma once

#include <cstdint>

#include "sim/event.hpp"

/// Everything that one part of the network tells another, or itself, at a later time.
namespace entrepot::models {

struct SiteState;
struct Headquarters;

/// An item at a site, in 32 bits: up to a million items at up to 4096 sites.
struct StockKey {
    std::uint32_t packed = 0;

    std::uint32_t item() const { return packed & 0xFFFFF; }
    std::uint32_t site() const { return packed >> 20; }
};

/// What goods carry: which purchase line or transfer of headquarters they belong to, or, where a stock rule ordered
/// them or a pool lent them, just that.
struct GoodsReference {
    std::uint32_t packed = 0;

    static GoodsReference purchase(std::uint32_t line) { return {line << 1}; }
    static GoodsReference transfer(std::uint32_t transfer) { return {(transfer << 1) | 1}; }
    static GoodsReference by_rule(bool from_site) { return {0xFFFFFFFE | std::uint32_t{from_site}}; }
    static GoodsReference second_source() { return {0xFFFFFFFC}; }
    static GoodsReference lent() { return {0xFFFFFFFD}; }
    bool is_by_rule() const { return packed >= 0xFFFFFFFC; }
    bool is_second_source() const { return packed == 0xFFFFFFFC; }
    bool is_transfer() const { return packed & 1; }
    std::uint32_t index() const { return packed >> 1; }
};

// ------------------------------------------------------------------------------------------ demand and order desk

/// Midnight at a site: the day before is closed, the day's people and orders are drawn.
struct DayStarts {
    using To = SiteState;
    std::int32_t day;
};
/// A customer's order is entered. Its contents are drawn at its address.
struct OrderArrives {
    using To = SiteState;
    std::uint32_t coordinate;  ///< day, and ordinal of the order in its stream on that day
    std::uint16_t stream;
};
/// An arrival of a stream whose orders come one after the other: perhaps an order, by the rate of the moment.
struct StreamArrives {
    using To = SiteState;
    std::uint32_t ordinal;
    std::uint16_t stream;
};
/// The rate of a bursty stream jumps.
struct StreamSwitches {
    using To = SiteState;
    std::uint32_t ordinal;
    std::uint16_t stream;
};
/// A replayed order is entered; its lines wait in the site's list of the day.
struct ReplayedOrderArrives {
    using To = SiteState;
    std::uint32_t order;
};
/// A customer who accepted to wait has waited long enough.
struct PatienceEnds {
    using To = SiteState;
    std::uint32_t line, serial;
};

// ------------------------------------------------------------------------------------------------------ warehouse

/// Orders that were allocated since the last release reach the warehouse system.
struct OrdersReleased {
    using To = SiteState;
};
struct WaveStarts {
    using To = SiteState;
};
struct ShiftStarts {
    using To = SiteState;
    std::uint8_t shift;
};
struct ShiftEnds {
    using To = SiteState;
    std::uint8_t shift;
    std::uint16_t people;  ///< who leave
};
struct OvertimeEnds {
    using To = SiteState;
    std::uint8_t people;
};
struct PickDone {
    using To = SiteState;
    std::uint32_t task;
    float hours;
};
/// A truck with goods from a supplier or another site is at the dock.
struct GoodsArrive {
    using To = SiteState;
    std::uint32_t item;
    std::int32_t units;
    GoodsReference reference;
};
struct ReceiptUnloaded {
    using To = SiteState;
    std::uint32_t item;
    std::int32_t units;
    GoodsReference reference;
};
struct GoodsPutAway {
    using To = SiteState;
    std::uint32_t item;
    std::int32_t units;
    GoodsReference reference;
};
/// A site looks at the items of a stock rule.
struct StockReview {
    using To = SiteState;
    std::uint16_t rule;
};
/// Another site orders from this one, by its stock rule, and tells what its customers wanted since the last time.
struct SiteOrders {
    using To = SiteState;
    StockKey key;  ///< item, and the site that orders
    std::int32_t units;
    std::int32_t customers_wanted;  ///< units
};
/// What the first source owes comes near enough to count for the second one's level.
struct ReceiptNears {
    using To = SiteState;
    std::uint32_t item;
    std::int32_t units;
};
/// Units that a stock rule ordered and that will not come.
struct ReceiptShort {
    using To = SiteState;
    StockKey key;
    std::int32_t units;
};
/// Headquarters has a site of the pool lend units to another.
struct LoanRequested {
    using To = SiteState;
    StockKey key;  ///< item, and the site that borrows
    std::int32_t units;
    std::uint32_t request;  ///< the borrower's
};
/// What came of units that a site asked of its pool.
struct PoolAnswers {
    using To = SiteState;
    std::uint32_t request;
    std::int32_t lent, refused;  ///< units
};
/// One of the scenario's moments: demand is counted from here, or the stock is looked at.
struct MomentComes {
    using To = SiteState;
    std::uint16_t moment;
    std::uint8_t looks;  ///< 1: the stock is looked at; 0: demand is counted from here
};
/// Headquarters asks a site to send stock to another.
struct TransferRequested {
    using To = SiteState;
    std::uint32_t item;
    std::uint32_t transfer;
    std::uint16_t units;
    std::uint8_t destination, urgent;
};

// ------------------------------------------------------------------------------------------------------ transport

struct CarrierDeparts {
    using To = SiteState;
    std::uint8_t carrier;
};
struct TransferTruckDeparts {
    using To = SiteState;
};
struct ShipmentDelivered {
    using To = SiteState;
    std::uint32_t shipment;
};

// ---------------------------------------------------------------------------------------------- record and events

/// The nightly batch posts what happened since the last one, and tells headquarters.
struct BatchPosts {
    using To = SiteState;
};
/// One posting through the middleware.
struct EventPosts {
    using To = SiteState;
    std::uint32_t item;
    std::int32_t units;
    std::int32_t from_allocated;  ///< part of a decrease that had been allocated
};
/// The middleware tells headquarters of receipts and of what changed in the record since the last time.
struct PumpRuns {
    using To = SiteState;
};
/// Headquarters tells the order desk on which day a purchase line of an item is due.
struct ReceiptExpected {
    using To = SiteState;
    std::uint32_t item;
    std::int32_t day;
};
/// Customer service has settled an escalation: the order goes first, by the fastest carrier.
struct EscalationResolved {
    using To = SiteState;
    std::uint32_t order, serial;
};

// --------------------------------------------------------------------------------------------------- headquarters

/// What the record says of an item at a site, and the demand entered since the last extract.
struct StockExtract {
    using To = Headquarters;
    StockKey key;
    std::int32_t net;     ///< on hand - allocated - waiting [units]
    std::int32_t demand;  ///< entered since the last extract [units]
};
/// Goods of a purchase line or a transfer have been put away at the site that got them.
struct ReceiptReported {
    using To = Headquarters;
    GoodsReference reference;
    std::int32_t units;
};
/// What a site could send of a transfer: perhaps less than was asked for, or nothing.
struct TransferShipped {
    using To = Headquarters;
    std::uint32_t transfer;
    std::int32_t units;
};
struct OrderEscalated {
    using To = Headquarters;
    std::uint32_t order;
    StockKey key;               ///< the line that is short, or any line of a late order
    std::uint16_t short_units;  ///< 0: the order is late, not short
    std::uint16_t serial;       ///< of the order's slot, echoed in the answer
};
struct OfficeOpens {
    using To = Headquarters;
    std::int32_t day;
};
struct OfficeCloses {
    using To = Headquarters;
    std::int32_t day;
};
/// Forecasts take in the demand that was extracted since the last time.
struct ForecastsUpdate {
    using To = Headquarters;
    std::int32_t day;
};
/// The facts of an escalation are gathered: it joins the agents' queue.
struct CaseReady {
    using To = Headquarters;
    std::uint32_t work;
};
/// A planner or an agent has handled a case.
struct DeskDone {
    using To = Headquarters;
    std::uint32_t work;
};
/// A proposed purchase line has been approved and is placed.
struct ApprovalGiven {
    using To = Headquarters;
    std::uint32_t work;
};
/// A site asks its pool for units that a customer's line is short of.
struct PoolAsked {
    using To = Headquarters;
    StockKey key;
    std::int32_t units;
    std::uint32_t request;  ///< of the site
};
/// A site orders from a supplier, by its stock rule.
struct SupplyRequested {
    using To = Headquarters;
    StockKey key;
    std::int32_t units;
};
/// A lot of a request is prepared and needs a server of the supplier. Only where preparation takes unequal times.
struct LotPrepared {
    using To = Headquarters;
    StockKey key;
    std::int32_t units;
};
/// A purchase line's truck arrives at the site; stale where the line was rescheduled since.
struct SupplierDelivers {
    using To = Headquarters;
    std::uint32_t line, version;
};
/// The first business day after a purchase line was due.
struct ReceiptOverdue {
    using To = Headquarters;
    std::uint32_t line, version;
};

using Messages =
    sim::MessageList<DayStarts, OrderArrives, StreamArrives, StreamSwitches, ReplayedOrderArrives, PatienceEnds,
                     OrdersReleased, WaveStarts, ShiftStarts, ShiftEnds, OvertimeEnds, PickDone, GoodsArrive,
                     ReceiptUnloaded, GoodsPutAway, StockReview, SiteOrders, ReceiptShort, LoanRequested, PoolAnswers,
                     MomentComes, TransferRequested, CarrierDeparts, TransferTruckDeparts, ShipmentDelivered,
                     BatchPosts, EventPosts, PumpRuns, ReceiptExpected, EscalationResolved, StockExtract,
                     ReceiptReported, TransferShipped, OrderEscalated, OfficeOpens, OfficeCloses, ForecastsUpdate,
                     CaseReady, DeskDone, ApprovalGiven, PoolAsked, SupplyRequested, SupplierDelivers, ReceiptOverdue,
                     LotPrepared, ReceiptNears>;

}  // namespace entrepot::models
