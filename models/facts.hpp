#pragma once

#include <cstdint>
#include <functional>
#include <new>
#include <span>
#include <stop_token>
#include <type_traits>
#include <vector>

#include "models/case_facts.hpp"
#include "models/customer_facts.hpp"
#include "models/interface_facts.hpp"
#include "models/labour_facts.hpp"
#include "models/stock_facts.hpp"
#include "models/transport_facts.hpp"
#include "models/units.hpp"
#include "sim/event.hpp"

/// What happened, as plain values in time order of each partition. The models tell; results count. Nothing here is read
/// back by a model. Times are sim times; `day` is the number of a calendar day.
namespace entrepot::models {

enum class LostBecause : std::uint8_t { no_stock_no_wait, patience_ended };
enum class ExpediteKind : std::uint8_t { shipment, purchase, transfer };

/// An order was entered. `where` = the region's site, as in all order facts.
struct OrderPlaced {
    std::uint32_t order;
    std::uint16_t lines;
    std::uint8_t tier, channel;
    std::int64_t value_micros;  ///< at sales price
};

/// The first attempt to fill a line has ended: at the promise decision when the record had too little, else at the
/// pick, or unfilled with the horizon. Every line has exactly one.
struct LineFirstPass {
    std::uint32_t item;
    std::int32_t ordered, filled;  ///< units
    std::uint8_t tier, velocity;
    std::uint16_t placed_day;
    std::uint8_t order_ends;    ///< 1: all lines of the order have had their first attempt
    std::uint8_t order_filled;  ///< with order_ends: all of them were filled completely
};

/// The end of an order: everything that will be delivered is, or all was cancelled, or the horizon came first.
struct OrderClosed {
    std::uint32_t order;
    std::uint8_t tier;
    std::uint8_t in_full;                                   ///< all units ordered were delivered
    std::uint8_t cancelled;                                 ///< nothing was delivered, the customer cancelled all
    std::uint8_t censored;                                  ///< still open at the end of the horizon
    std::uint16_t placed_day, promised_day, delivered_day;  ///< first promise; last delivery
    NoticeKept notice = NoticeKept::none_sent;
    std::uint8_t held = 0;  ///< 1: at its entry
};

/// Orders of one line that a site filled and handed over the moment they were entered, on the day that ends at this
/// midnight. It stands for four facts of each, which would tell the same: OrderPlaced, LineFirstPass, UnitsShipped and
/// OrderClosed, delivered on that day.
struct OrdersServed {
    std::int64_t sales_micros, cost_micros;  ///< at sales price; at cost
    std::int32_t orders, units;
    std::uint8_t tier, velocity;
    std::uint16_t promised_day;
};

/// Orders of one line that were entered on the day that ends at this midnight at a site which serves from its shelf,
/// and were not filled; and what the site handed over to such orders on that day. It stands for OrderPlaced,
/// LineFirstPass and UnitsShipped of each.
struct OrdersShort {
    std::int64_t sales_micros, cost_micros;  ///< handed over, at sales price; at cost
    std::int32_t orders, ordered, filled;    ///< entered; their units; of them filled at the first attempt
    std::uint8_t tier, velocity;
};

/// Orders of OrdersShort that were delivered in full on the day that ends at this midnight, whenever they were entered.
/// It stands for OrderClosed of each.
struct OrdersDelivered {
    std::int32_t orders;
    std::uint8_t tier;
    std::uint16_t promised_day;
};

/// The customer of a line that is short begins to wait: told once of a line, at midnight of those of OrdersShort that
/// wait since the day of the order.
struct LineWaits {
    std::int32_t lines;
    std::uint8_t tier, velocity;
    std::uint16_t placed_day;
};

/// The last unit that the customer of such a line waited for is there. Of a customer who leaves before, nothing is
/// told.
struct LineWaited {
    double days;  ///< since the order was entered
    std::uint8_t tier, velocity;
    std::uint16_t placed_day;
};

struct LineCancelled {
    std::uint32_t item;
    std::int32_t units;
    std::uint8_t tier, velocity, because;
    std::uint16_t placed_day;    ///< of the order
    std::int64_t margin_micros;  ///< sales value minus cost of the units
};

/// Units of an order that was due within the horizon and that had not left when it ended.
struct UnitsUndelivered {
    std::int64_t margin_micros;  ///< sales value minus cost of the units
    std::uint16_t placed_day;
    std::uint8_t tier, velocity;  ///< velocity of a shipment under way: its first line's
};

struct PenaltyCharged {
    std::int64_t micros;
    std::uint8_t tier;
    std::uint16_t due_day;
    std::uint32_t account = 0;  ///< of the tier's at the site; 0 = of nobody whom more than one order is known of
    std::uint8_t large = 0;     ///< 1: one of the largest tenth of these
};

/// Sales: units left the warehouse for a customer.
struct UnitsShipped {
    std::uint32_t item;
    std::int32_t units;
    std::int64_t sales_micros;  ///< at sales price
    std::uint8_t tier, velocity;
};

/// At a site's midnight.
struct BacklogAtClose {
    std::int32_t open_lines, past_due_lines;
    std::int32_t waiting_for_stock;  ///< of the open lines
    std::int32_t waiting_for_pick;
    std::int32_t shipped_today;  ///< lines
    std::int32_t staged;         ///< shipments that wait at the dock for a carrier
};

/// Stock at a site's midnight, physical truth: sums over the items of a class that are seasonal, or that are not.
struct StockAtClose {
    std::int64_t units, value_micros;  ///< on hand; at cost, with what lies at the docks
    double hours_out;                  ///< of the past day, time with no stock on hand
    std::int32_t items;
    std::uint8_t velocity;
    std::uint8_t seasonal;
};

/// What the ERP believes of the same stock.
struct RecordAtClose {
    std::int64_t units;
    std::int64_t wrong_units;  ///< by which record and shelf differ
    std::int32_t right_items;  ///< whose record equals the shelf
    std::uint8_t velocity;
};

/// Items at a site's midnight, where demand is expected anywhere: for the KPIs that compare the sites.
struct ItemsAtClose {
    static constexpr std::uint32_t kMost = 3;
    std::uint32_t first;                ///< item; the others follow it
    std::int32_t on_hand[kMost];        ///< units, physical truth
    float forward_daily_demand[kMost];  ///< expected units a day over the next 28 days (truth, for KPI 2.9)
    std::uint8_t items;
};

/// The locations of inventory policies of a site and class over the day that ends at this midnight: sums of their
/// means.
struct StockRuleDay {
    double mean_on_hand, mean_backorders;  ///< units
    std::uint8_t velocity;
};

/// The same locations at the midnight: sums.
struct StockRuleClose {
    std::int64_t on_hand, waiting, on_order;  ///< units
    std::uint8_t velocity;
};

/// Units that a tier's orders wait for at a site with inventory policies, mean over the day that ends at this midnight.
struct TierWaitingDay {
    float mean_backorders;
    std::uint8_t tier;
};

/// Units are wanted for a location, by its inventory policy. Told once, whoever executes it.
struct StockOrdered {
    std::uint32_t item;
    std::int32_t units;
    std::uint8_t velocity;
    std::uint8_t from_site;  ///< 1: of another site, 0: of a supplier
    std::uint16_t site;      ///< that gets them
};

/// Another site of the pool lends units for a line that was short.
struct UnitsLent {
    std::uint32_t item;
    std::int32_t units;
    std::uint8_t tier, velocity;
    std::uint16_t placed_day;  ///< of the line's order
};

/// One location of an inventory policy at one of the scenario's moments.
struct StockAtMoment {
    std::uint32_t item;
    std::int32_t on_hand, waiting, on_order;  ///< units
    std::uint16_t moment;
    std::uint8_t low;  ///< 1: on hand less waiting is at most the moment's `low`
};

/// A site's demand up to one of the scenario's moments.
struct DemandAtMoment {
    std::int64_t units;  ///< ordered since the moment's count began
    std::uint16_t moment;
};

/// Cost of inventory policies: of a site and class over a day at its midnight, of an order or a lost sale when it
/// happens.
struct StockCost {
    double amount;  ///< in the scenario's currency
    std::uint8_t velocity;
    std::uint8_t closes_day;  ///< 1: told at the midnight after the day that it belongs to
    std::uint16_t site;       ///< whose stock it is
};

/// A picker has finished a task, without waves.
struct TaskDone {
    float waited_hours, hours;  ///< from the order's entry to the pick's start; to its end
    std::uint8_t tier;
};

struct PurchaseLineOrdered {
    std::uint32_t line, item;
    std::int32_t units;
    std::uint8_t touches;  ///< human touches since the recommendation
    std::uint8_t auto_released;
    std::int64_t value_micros;
    std::int32_t recommended = 0;  ///< units, before guardrails and people; 0 where nobody recommends
    ForecastBy levels_by = ForecastBy::none;
    sim::Filler<3> rest{};
};

struct PurchaseLineReceived {
    std::uint32_t line, item;
    std::int32_t ordered, received;
    float lead_days;
    std::uint8_t late;
    std::uint8_t tells = 0,
                 heard = 0;     ///< 1: of a supplier that answers or announces; Heard, before the last of it came
    std::int16_t days_off = 0;  ///< so much later than the record had it, it came
};

struct TransferOrdered {
    std::uint32_t item;
    std::int32_t units;
    std::uint16_t from, to;
    std::uint8_t urgent, touches;
    std::int64_t cost_micros;
};

/// Stock that an order was promised went to another one.
struct StockReallocated {
    std::uint32_t item;
    std::int32_t units;
    std::uint32_t order, from_order;  ///< who got it; who waits for it now
    std::uint8_t tier, from_tier;     ///< theirs
    sim::Filler<2> rest{};
};

/// Headquarters' people of one role on one business day; hours.
struct OfficeDay {
    float available, busy;
    float at_work;   ///< on cases within the productive hours; what is begun may take longer
    float overtime;  ///< after the office has closed
    std::int64_t overtime_cost_micros;
    std::int32_t queue;  ///< cases waiting at the end of the day
    std::uint8_t role;
    sim::Filler<3> rest{};
};

/// How wrong the item master is.
struct MasterAtMorning {
    std::int32_t wrong, items;
};

/// The clean-up has gone through some items.
struct MasterCleaned {
    std::int64_t cost_micros;
    std::int32_t items, found;  ///< that it looked at; that it has put right
};

/// How far a site's levels of one class were off in four weeks. [units a day]
struct ForecastsJudged {
    float forecast, came;  ///< what they expected; what the record has heard of
    float off;             ///< absolute errors of the items
    float expected;        ///< demand that was to be expected; 0 where nobody can say
    float off_expected;    ///< the same errors by it: what chance adds is no matter
    std::uint16_t site;
    std::uint8_t velocity;
    sim::Filler<1> rest{};
};

/// Demand as entered, for the chart of one site.
struct DayClosed {
    std::int32_t lines_ordered, units_ordered;
    std::int32_t seasonal_units_ordered;
    std::int32_t units_ordered_by_sites;  ///< part of units_ordered
    std::int32_t lines_picked;
};

using FactList = sim::MessageList<
    OrderPlaced, LineFirstPass, OrderClosed, LineCancelled, PenaltyCharged, UnitsShipped, FreightPaid, ExpeditePaid,
    LabourDay, BacklogAtClose, StockAtClose, PurchaseLineOrdered, PurchaseLineReceived, TransferOrdered, CaseClosed,
    OfficeDay, StockAdjusted, DayClosed, StockRuleDay, StockOrdered, StockCost, TaskDone, UnitsLent, StockAtMoment,
    DemandAtMoment, TierWaitingDay, OrdersServed, OrdersShort, RecordAtClose, ItemsAtClose, StockRuleClose,
    CarrierDeparted, UnitsUndelivered, LineWaits, LineWaited, OrdersDelivered, CaseStepped, GuardrailMet, NoticeGiven,
    CaseRaised, AlertJudged, StockReallocated, ApprovalGiven, DecisionJudged, CrewDay, LinkDay, BacklogDrained,
    OrderedTwice, OrderReachedSupplier, OrderedInWrongUnit, SupplierTold, ShopDay, OrderPutOnHold, OrderCleared,
    UnitsReturned, ReturnInspected, ExceptionLeftOpen, ForecastsJudged, MasterAtMorning, MasterCleaned, LinkDelays,
    MessageOvertaken, SubstituteOffered, StockDamaged, MessageNeverCame, MessageStepped>;

/// A fact with its time, its kind and the entity that told it (a site's index; headquarters is the number of sites).
struct Fact {
    static constexpr std::size_t kPayloadBytes = 32;
    sim::Time at;
    sim::EntityId where;
    std::uint8_t type;
    alignas(8) std::byte payload[kPayloadBytes];

    std::uint8_t kind() const { return type; }
    /// What was told, which must be of this type.
    template <class Told>
    const Told& as() const {
        return *std::launder(reinterpret_cast<const Told*>(payload));
    }

    template <class F>
    void visit(F&& f) const {
        FactList::visit(*this, std::forward<F>(f));
    }
};

/// Collects facts and hands them on in batches, so that telling costs a copy of 48 bytes and no call. A batch stays in
/// the processor's nearest cache.
class FactLog {
public:
    using Reader = std::function<void(std::span<const Fact>)>;

    explicit FactLog(Reader reader) : reader_(std::move(reader)), facts_(kBatch) {}

    template <class Told>
    void tell(sim::Time at, sim::EntityId where, const Told& told) {
        static_assert(std::is_trivially_copyable_v<Told> && sizeof(Told) <= Fact::kPayloadBytes);
        Fact& fact = facts_[count_];
        fact.at = at;
        fact.type = FactList::kind_of<Told>();
        fact.where = where;
        ::new (fact.payload) Told(told);  // not memcpy, for which a compiler first builds `told` elsewhere
        if (++count_ == kBatch) flush();
    }

    /// MessageStepped is told only where somebody asks for it: it would be told more often than any other.
    void follow_messages(bool follows = true) { follows_messages_ = follows; }
    bool follows_messages() const { return follows_messages_; }

    /// Hands on facts that another log has collected.
    void hand_on(std::span<const Fact> facts) {
        flush();
        if (!facts.empty()) reader_(facts);
    }

    /// Hands on what is left; call it at the end of the run. Throws Stopped when what it heeds has asked for a stop.
    void flush() {
        if (stop_.stop_requested()) throw Stopped();
        if (count_ > 0) reader_(std::span(facts_).first(count_));
        count_ = 0;
    }

    /// A run tells facts all the time, also within a day that takes long: here a stop is seen in time, whoever runs.
    void heed(std::stop_token stop) { stop_ = std::move(stop); }
    struct Stopped {};

private:
    static constexpr std::size_t kBatch = 128;
    Reader reader_;
    std::stop_token stop_;
    std::vector<Fact> facts_;
    std::size_t count_ = 0;
    bool follows_messages_ = false;
};

}  // namespace entrepot::models
