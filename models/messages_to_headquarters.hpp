#pragma once

#include <cstdint>

#include "models/references.hpp"
#include "models/roles.hpp"
#include "models/turn.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// Everything that headquarters is told, by itself or by a site.
namespace entrepot::models {

struct Headquarters;

/// What the record says of an item at a site, and the demand entered since the last extract.
struct StockExtract {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    StockKey key;
    std::int32_t net;     ///< on hand - allocated - waiting [units]
    std::int32_t demand;  ///< entered since the last extract [units]
};
/// The same of an extract that was held up on its way: others may have passed it. What was entered is in those.
struct ExtractOvertaken {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    StockKey key;
    std::int32_t net;
    std::uint32_t due;  ///< the second since the start in which it was to come
};
/// What was just extracted is of a record that lacks what has happened since then: postings are stuck.
struct RecordLags {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t since;  ///< the second since the start
    std::uint16_t site;   ///< whose record it is
    sim::Filler<2> rest{};
};
/// Goods of a purchase line or a transfer have been put away at the site that got them.
struct ReceiptReported {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    GoodsReference reference;
    std::int32_t units;
};
/// What a site could send of a transfer: perhaps less than was asked for, or nothing.
struct TransferShipped {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t transfer;
    std::int32_t units;
};
/// Pickers that a site can spare in the shift that has begun, or is short of.
struct HandsReported {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::int32_t people;  ///< offered, or with a minus asked for
    float hours_each;     ///< too little or too much work for each picker
    std::uint16_t site;
    sim::Filler<2> rest{};
};
/// Headquarters says who lends pickers to whom.
struct HandsDealt {
    using To = Headquarters;
    static constexpr Turn turn = Turn::reviews;
    std::uint16_t pool;
    sim::Filler<2> rest{};
};
struct OrderEscalated {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;        ///< its name (name_of), echoed in the answer
    StockKey key;               ///< the line that is short, or any line of a late order
    std::uint16_t short_units;  ///< 0: the order is late, not short
    std::uint8_t tier;          ///< of its customer
    std::uint8_t taken_from;    ///< tier that was promised stock which this order may get instead, or kNobody
    static constexpr std::uint8_t kNobody = 0xFF;
};
/// What has come of an allocation override: of what an escalated order was to get from others.
struct AllocationAnswered {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;  ///< its name
    StockKey key;
    std::uint16_t taken, missing;  ///< units; what its customer no longer waits for is neither
};
/// The customer of an order that will be late is to be told of another day, which isn't the system's alone to do.
struct OrderAtRisk {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;  ///< its name
    StockKey key;         ///< a line that will be late
    std::uint8_t tier;    ///< of its customer
    sim::Filler<3> rest{};
};
/// An order is held until somebody clears it.
struct OrderHeld {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t order;  ///< its name
    StockKey key;         ///< its first line
    std::uint8_t tier;    ///< of its customer
    std::uint8_t hold;    ///< of the network's list
    sim::Filler<2> rest{};
};
struct OfficeOpens {
    using To = Headquarters;
    static constexpr Turn turn = Turn::reviews;
    std::int32_t day;
};
struct OfficeCloses {
    using To = Headquarters;
    static constexpr Turn turn = Turn::leaving;
    std::int32_t day;
};
struct OfficeOvertimeEnds {
    using To = Headquarters;
    static constexpr Turn turn = Turn::leaving;
    std::int32_t day;
};
/// Forecasts take in the demand that was extracted since the last time.
struct ForecastsUpdate {
    using To = Headquarters;
    static constexpr Turn turn = Turn::reviews;
    std::int32_t day;
};
/// The facts of an escalation are gathered: it joins the agents' queue.
struct CaseReady {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t place;  ///< of the case, while it is open
};
/// A case has waited before people for as long as its route lets it.
struct CaseWaits {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t place, number;  ///< of the case
    std::uint8_t asks;            ///< of the case, when it was put before them
    sim::Filler<3> rest{};
};
/// A planner or an agent has handled a case.
struct DeskDone {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t place;  ///< of the case
    std::uint8_t group;   ///< of the desk, in which whoever handled it is
    sim::Filler<3> rest{};
};
/// An approver, or his delegate, turns to a case that waits for him.
struct ApproverTurns {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t place, number;  ///< of the case
    std::uint8_t asks;            ///< of the case, when it was put before him
    Role role;
    sim::Filler<2> rest{};
};
/// An approval was promised for now.
struct ApprovalOverdue {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t place, number;
    std::uint8_t asks, level;  ///< that was asked
    sim::Filler<2> rest{};
};
/// The same as SiteSendsAgain and SiteTriesLink, of headquarters' links.
struct LetterSentAgain {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t letter;
};
struct LinkTried {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint16_t link;
    sim::Filler<2> rest{};
};
/// A link of headquarters that people have seen to works again.
struct LinkRepaired {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t number;  ///< of the case
    std::uint16_t link;
    sim::Filler<2> rest{};
};
/// What has come of people's work on a link, once it works.
struct LinkAnswered {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t number;  ///< of the case
    std::uint8_t sent;     ///< something was stuck, and was sent once more; else it had come through meanwhile
    sim::Filler<3> rest{};
};
/// Somebody has noticed that messages of a link don't come through.
struct LinkFails {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint16_t link;    ///< of its sender
    std::uint16_t sender;  ///< a site's number, or the number of sites: headquarters
    std::uint8_t interface;
    sim::Filler<3> rest{};
};
/// Somebody has seen that an order was carried out twice: it is on the record from now on.
struct DuplicateFound {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    GoodsReference reference;
    std::uint16_t serial;
    sim::Filler<2> rest{};
};
/// An error of the item master is put right.
struct MasterCorrected {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t item;
};
/// The record of an item that was right becomes wrong.
struct MasterErrs {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t item;
    std::uint32_t ordinal;
};
/// The clean-up goes on with the next items.
struct MasterChecked {
    using To = Headquarters;
    static constexpr Turn turn = Turn::work;
    std::uint32_t next;
};
/// A site asks its pool for units that a customer's line is short of.
struct PoolAsked {
    using To = Headquarters;
    static constexpr Turn turn = Turn::demand;
    StockKey key;
    std::int32_t units;
    std::uint32_t request;  ///< of the site
};
/// A site wants units of a supplier, by its inventory policy: at once, or for a planner to release.
struct SupplyRequested {
    using To = Headquarters;
    static constexpr Turn turn = Turn::demand;
    StockKey key;
    std::int32_t units;
    std::uint8_t of_second;  ///< 1: of the policy's second source, which planners order of, too
    sim::Filler<3> rest{};
};
/// A lot of an order is prepared and needs a server of the supplier. Only where preparation takes unequal times.
struct LotPrepared {
    using To = Headquarters;
    static constexpr Turn turn = Turn::goods;
    StockKey key;
    std::int32_t units;
    std::uint32_t line;  ///< the purchase line; kNone: a site's own order
};
/// Goods of a purchase line arrive at the site; stale where the line was rescheduled or is closed.
struct SupplierDelivers {
    using To = Headquarters;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t line;
    std::uint16_t serial, version;
    std::int32_t units;  ///< good ones
};
/// The first business day after a purchase line was due.
struct ReceiptOverdue {
    using To = Headquarters;
    static constexpr Turn turn = Turn::reviews;
    std::uint32_t line;
    std::uint16_t serial;
    sim::Filler<2> rest{};
};
/// A supplier has told that a purchase line comes later than the record had it.
struct ReceiptSlips {
    using To = Headquarters;
    static constexpr Turn turn = Turn::reviews;
    std::uint32_t line;
    std::uint16_t serial;
    sim::Filler<2> rest{};
};
/// A supplier answers an order: it tells what it means to bring, and when.
struct SupplierAnswers {
    using To = Headquarters;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t line;
    std::uint16_t serial;
    sim::Filler<2> rest{};
};
/// So long was a supplier to answer an order.
struct AnswerOverdue {
    using To = Headquarters;
    static constexpr Turn turn = Turn::reviews;
    std::uint32_t line;
    std::uint16_t serial;
    sim::Filler<2> rest{};
};
/// A truck with goods of a purchase line leaves the supplier; stale where the line was rescheduled or is closed.
struct TruckLeaves {
    using To = Headquarters;
    static constexpr Turn turn = Turn::goods;
    std::uint32_t line;
    std::uint16_t serial, version;
    std::int32_t arrives;  ///< day
};

}  // namespace entrepot::models
