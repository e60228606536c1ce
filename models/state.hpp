#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "models/facts.hpp"
#include "models/ledger.hpp"
#include "models/messages.hpp"
#include "models/network.hpp"
#include "models/occasions.hpp"
#include "models/pool.hpp"
#include "sim/random.hpp"

/// What changes during a run. Three views are kept apart everywhere: the physical truth (`SiteState::truth`), the
/// record
/// (`SiteState::record`: what the ERP believes) and the decision view (`Headquarters::view`: what planners and policies
/// see when they decide).
namespace entrepot::models {

// ---------------------------------------------------------------------------------------------------------- order book

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
    bool internal : 1 = false;  ///< of another site, whose index is the key
    bool summed : 1 = false;    ///< its facts go into the sums of ShortOrders
    bool boosted : 1 = false;   ///< customer service has it served first and shipped by the fastest carrier
};
static_assert(sizeof(Order) == 64);

/// One item that a customer asks for.
struct LineRequest {
    ItemId item;
    Units units = 0;
};

/// One item of an order. ordered = shipped + staged + cancelled + allocated + waiting, always. It is open until the
/// last of it has left the dock or was cancelled.
struct Line {
    std::uint32_t order = kNone, item = 0;
    std::uint32_t next = kNone;  ///< in the item's list of waiting lines
    std::uint32_t serial = 0;
    Units ordered = 0, waiting = 0, allocated = 0;
    Units staged = 0, shipped = 0;  ///< picked and at the dock; left
    Units cancelled = 0;
    bool first_attempt_open = true;
    bool listed = false;  ///< stands in the item's list of waiting lines
};

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
    bool urgent = false;
    bool lent = false;  ///< to a site of the pool, whose request is `transfer`
};

/// Units that a customer's line is short of and the pool was asked for.
struct PoolRequest {
    std::uint32_t item = 0, line = kNone, serial = 0, line_number = 0;
    Units open = 0;  ///< not answered yet
    TierId tier;
    std::uint16_t placed_day = 0;  ///< of the line's order
};

/// What a location under a forecasting stock rule knows of demand, and what it has to tell its source.
struct DemandSeen {
    Units here = 0, customers = 0;  ///< since the last review: ordered here; by customers, at the sites behind it too
    Units untold = 0;               ///< customers' units that its source has not heard of
    std::vector<Units> periods;     ///< the last reviews', a ring
    std::uint32_t reviews = 0;
    double smoothed = 0;

    template <class Archive>
    void fields(Archive& archive) {
        archive(here, customers, untold, periods, reviews, smoothed);
    }
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
};

/// A posting that the record has not seen yet.
struct Posting {
    std::uint32_t item = 0;
    Units units = 0, from_allocated = 0;
};

/// A receipt that headquarters has not heard of yet.
struct ReceiptNote {
    GoodsReference reference;
    Units units = 0;
};

/// Goods on the dock.
struct DockLoad {
    std::uint32_t item = 0;
    Units units = 0;
    GoodsReference reference;
};

/// Sums of a site's day for the closing facts.
struct DayTotals {
    std::int32_t lines_ordered = 0, units_ordered = 0, seasonal_units_ordered = 0;
    std::int32_t units_ordered_by_sites = 0;
    std::int32_t lines_picked = 0, lines_shipped = 0;
    double straight_available = 0, straight_busy = 0, overtime = 0;
    Money overtime_cost;
};

/// Orders of a tier and class that a site's shelf could not fill at once, of the day: told at midnight.
struct ShortOrders {
    Money sales, cost;  ///< handed over to such orders, of this day and of earlier ones
    std::int64_t orders = 0;
    Units ordered = 0, filled = 0;  ///< filled: at the first attempt
};

/// Orders of a tier and class that a site's shelf served, of the day: not in the day's sums nor posted before midnight.
struct ServedOrders {
    Money sales, cost;
    std::int32_t orders = 0, units = 0;
    ShortOrders others;
};

/// Movements of one item at one site since the start, for the conservation check. [units]
struct Movements {
    Units opening = 0, received = 0, shipped = 0, adjusted = 0, sent = 0, got = 0;
    Units ordered = 0;  ///< by a stock rule, or asked of other sites, less what will not come
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

/// One item in the record that the ERP keeps of a site, with the order lines that wait for it.
struct alignas(64) StockRecord {
    Units on_hand = 0;
    Units allocated = 0;  ///< promised to orders or transfers, not yet posted as picked
    Units unposted = 0;   ///< truth's changes that are on their way to the record
    Units demand = 0;     ///< entered since the last extract to headquarters
    Units waiting = 0;    ///< units of the lines in the list
    std::uint32_t waiting_head = kNone, waiting_tail = kNone;
    std::int32_t expected_day = 0;  ///< earliest receipt told of that isn't past, for promises; 0 = none yet
    bool changed = false;           ///< since the last extract

    // Of a stock rule.
    /// The greatest inventory position at which a look at the rule may lead to an order; never changes.
    Units looks_at = std::numeric_limits<Units>::min();
    Units on_order = 0;           ///< of both sources
    Units due_soon = 0;           ///< of the second source, and of the first one what is due within its `looks_ahead`
    float waiting_unit_days = 0;  ///< integral of the waiting units over the day
    float sent_unit_days = 0;     ///< units sent times their days under way
    Time waiting_changed{};
};
static_assert(sizeof(ShelfStock) == 64 && sizeof(StockRecord) == 64);

/// Units that a tier's orders wait for, at locations of stock rules and elsewhere.
struct TierWaiting {
    Units units = 0;
    float unit_days = 0;  ///< integral over the day, up to the last change
    Time changed{};
};

/// A stream whose orders come one after the other, at its site. Some of its next draws are made ahead: they are
/// addressed by the order's ordinal, and several at once cost less.
struct StreamState {
    static constexpr std::uint32_t kAhead = sim::Draws::kBlock;
    double swell = 0;   ///< of correlated units: the normal variate behind the last order's
    bool high = false;  ///< does the rate of a bursty stream stand high?

    // Of the next orders, by ordinal, modulo kAhead.
    std::array<Duration, kAhead> waits{};  ///< since the one before
    /// The uniform that says what is ordered, or what that is, where it is known ahead (DemandStream::known_ahead).
    std::array<double, kAhead> contents{};
    std::array<TierId, kAhead> tiers{};
    std::array<ItemId, kAhead> items{};
    std::array<Units, kAhead> units{};
};

/// A regional warehouse with its order desk and the record that the ERP keeps of it.
struct SiteState {
    SiteId id;
    /// Nobody has to pick, the record learns of it at once, and nobody asks for each order's facts; never changes.
    bool serves_from_shelf = false;
    Column<ItemId, ShelfStock> truth;
    Column<ItemId, StockRecord> record;

    // Order desk
    Pool<Order> orders;
    Pool<Line> lines;
    std::uint32_t entered = 0;  ///< orders so far
    std::uint64_t lines_entered = 0;
    std::uint64_t closed = 0;
    struct DueOrder {
        std::uint32_t order;
        std::uint16_t serial;
    };
    Column<TierId, TierWaiting> waiting_by_tier;
    // By promised day; the last entry takes all that lie beyond the horizon.
    std::vector<std::vector<DueOrder>> due;
    std::vector<std::int32_t> open_lines_due;  ///< lines not yet gone
    std::size_t due_place(int promised) const { return std::min(static_cast<std::size_t>(promised), due.size() - 1); }
    std::int32_t open_lines = 0, past_due_lines = 0, waiting_lines = 0;
    struct ReplayedOrder {
        std::uint32_t first_line, lines, channel;
    };
    std::vector<StreamState> streams;  ///< by DemandStream::place; empty where none comes one after the other
    bool waits_in_turn = true;         ///< the lists of waiting lines are in the order of the orders' entry
    Column<ItemId, DemandSeen> seen;   ///< empty where no stock rule forecasts
    Pool<PoolRequest> pool_requests;
    Occasions occasions;                            ///< of what stock rules and pools order and send
    std::int64_t units_before_today = 0;            ///< ordered
    std::vector<std::int64_t> units_before_moment;  ///< by moment: ordered before its demand began to count
    std::vector<LineRequest> replay_lines;          ///< of the current day
    std::vector<ReplayedOrder> replay_orders;
    std::vector<LineRequest> basket;  ///< of the order that is drawn just now: nothing between events

    // Warehouse
    Pool<Task> tasks;
    Pool<PickLine> picks;
    Pool<OutgoingTransfer> outgoing;
    std::vector<std::uint32_t> unreleased;  ///< tasks that the warehouse system has not seen
    std::vector<std::uint32_t> released;    ///< tasks that wait for a wave
    Queue<std::uint32_t> wave;              ///< tasks that wait for a picker
    std::int32_t lines_released = 0, lines_in_wave = 0;
    bool release_due = false;
    int ranked_day = -1;                              ///< day for which the released tasks' ranks hold; -1: none
    std::array<std::int32_t, 4> present{};            ///< pickers of each shift today
    std::int32_t released_this_shift = 0;             ///< lines, since the last shift ended
    std::array<std::int32_t, 4> released_in_shift{};  ///< lines that each shift got on its last business day
    int on_duty = 0, on_overtime = 0, picking = 0;
    Time picking_changed{};  ///< one of these three did; a midnight counts as one
    Queue<DockLoad> dock;
    int receiving = 0;
    bool receivers_on = false;

    // Transport
    std::array<std::vector<std::uint32_t>, 3> staged;  ///< shipments by lane: the channels, then the expedited ones
    std::vector<std::uint32_t> staged_transfers;
    Pool<Shipment> shipments;

    // Integration
    std::vector<Posting> journal;        ///< waits for the nightly batch
    std::vector<ReceiptNote> receipts;   ///< wait for the batch or the pump
    std::vector<std::uint32_t> changed;  ///< items whose record changed since the last extract
    bool pump_due = false;

    // Counts
    DayTotals today;
    std::vector<ServedOrders> served;  ///< [tier][class]
    Ledger ledger;

    template <class Archive>
    void fields(Archive& archive) {
        archive(id, serves_from_shelf, truth, record);
        archive(orders, lines, entered, lines_entered, closed, waiting_by_tier, due, open_lines_due, open_lines,
                past_due_lines, waiting_lines, streams, waits_in_turn, seen, pool_requests, occasions,
                units_before_today, units_before_moment, replay_lines, replay_orders);
        archive(tasks, picks, outgoing, unreleased, released, wave, lines_released, lines_in_wave, release_due,
                ranked_day, present, released_this_shift, released_in_shift, on_duty, on_overtime, picking,
                picking_changed, dock, receiving, receivers_on);
        archive(staged, staged_transfers, shipments, journal, receipts, changed, pump_due, today, served, ledger);
    }
};

// --------------------------------------------------------------------------------------------------- headquarters

/// A stock-keeping location: item i at site s is `s * items + i`.
using LocationId = sim::Id<struct LocationTag>;

inline StockKey key_of(SiteId site, ItemId item) { return {item.value | (std::uint32_t{site.value} << 20)}; }
inline SiteId site_of(StockKey key) { return SiteId{key.site()}; }
inline ItemId item_of(StockKey key) { return ItemId{key.item()}; }

/// What headquarters believes of a location when it decides.
struct StockView {
    Units net = 0;       ///< on hand less allocated and waiting, as last extracted
    Units on_order = 0;  ///< purchases and transfers under way, proposals included
    Units demand = 0;    ///< extracted since forecasts last took in a day
};

/// Reorder point and order-up-to level [units], however a policy came to them.
struct Levels {
    float reorder_point = 0, order_up_to = 0;
    float daily_rate = 0;      ///< demand behind them [units a day]
    float confidence = 0;      ///< of the forecast, in [0,1]; 0 where the policy makes none
    float usual_quantity = 0;  ///< smoothed past order quantities
    std::int32_t next_refresh_day = 0;
};

struct PurchaseLine {
    ItemId item;
    SiteId site;
    Units ordered = 0;
    std::uint16_t version = 0;  ///< counts reschedulings
    std::uint8_t touches = 0;
    bool auto_released = false, delivered = false, reported = false, late = false, chased = false;
    Units delivered_units = 0;
    Time proposed{}, placed{}, due{}, arrives{};
};

struct Transfer {
    ItemId item;
    SiteId from, to;
    Units units = 0, shipped = 0;
    std::uint8_t touches = 0;
    bool urgent = false, reported = false;
    bool answered = false;  ///< headquarters knows how many were shipped
    Time proposed{};
};

/// A piece of work for a planner or an agent.
struct Work {
    DecisionKind kind = DecisionKind::purchase;
    std::uint32_t subject = kNone;  ///< purchase line or transfer
    Time raised{};
    OrderEscalated escalated{};  ///< of an escalation, and of the transfer that it asks for
    std::uint8_t touches = 0;
};

/// People of one kind: a queue in two classes, and how many are at work.
struct Desk {
    int staff = 0, busy = 0;
    int busy_on_urgent = 0;
    Queue<std::uint32_t> urgent, ordinary;
    double hours_busy = 0;     ///< of the cases begun on the day
    double hours_at_work = 0;  ///< of the day, while the office is open, up to the last change of `busy`
    Time changed{};
    std::size_t waiting() const { return urgent.size() + ordinary.size(); }

    template <class Archive>
    void fields(Archive& archive) {
        archive(staff, busy, busy_on_urgent, urgent, ordinary, hours_busy, hours_at_work, changed);
    }
};

/// What the recorded demand of one location says. `mean` and `spread` are its average over the span that the policy
/// looks back; the rest is the forecast's.
struct Forecast {
    float mean = 0;        ///< units a day
    float spread = 0;      ///< variance of a day's demand around the mean
    float level = 0;       ///< units a day
    float variance = 0;    ///< of a day's demand around the level
    float week = 0;        ///< sum of the last 7 days
    bool alarmed = false;  ///< the last week doesn't fit the level
};

/// What receipts have taught about a supplier's lead times [days].
struct LeadTimeEstimate {
    double mean = 0, variance = 0;
    int receipts = 0;
};

/// Procurement, planning and customer service.
struct Headquarters {
    std::size_t items = 0, sites = 0;
    LocationId location(SiteId site, ItemId item) const { return LocationId{site.index() * items + item.index()}; }

    Column<LocationId, StockView> view;
    Column<LocationId, Levels> levels;
    Column<LocationId, Units> transfers_under_way;  ///< part of on_order that other sites send
    Column<LocationId, Forecast> forecasts;
    Column<SiteId, std::array<double, 2>> surge;  ///< recent over forecast demand of a site's (usual, seasonal) items
    Column<SupplierId, LeadTimeEstimate> lead_times;
    Column<SupplierId, std::vector<ItemId>> items_of;
    Column<SupplierId, Time> supplier_busy_until;  ///< when it will have made what was ordered so far

    /// How far a supplier's servers and stoppages are known.
    struct Plant {
        struct Stoppage {
            Time stops, works;
        };
        std::vector<Time> free;           ///< by server: when it has made what was requested so far; by site, heaps
        std::vector<Stoppage> stoppages;  ///< drawn so far, but for those that were over before the last request
        std::uint32_t drawn = 0;

        template <class Archive>
        void fields(Archive& archive) {
            archive(free, stoppages, drawn);
        }
    };
    Column<SupplierId, Plant> plants;
    Occasions occasions;  ///< of what stock rules request

    std::vector<float> last_week;  ///< [day % 7][location]: recorded demand, units

    std::vector<PurchaseLine> purchases;
    std::vector<Transfer> transfers;
    Pool<Work> work;
    Desk planners, agents;
    bool open = false;
    Ledger ledger;

    template <class Archive>
    void fields(Archive& archive) {
        archive(items, sites, view, levels, transfers_under_way, forecasts, surge, lead_times, items_of,
                supplier_busy_until, plants, occasions, last_week, purchases, transfers, work, planners, agents, open,
                ledger);
    }
};

// ------------------------------------------------------------------------------------------------------ the whole

struct State {
    Column<SiteId, SiteState> sites;
    Headquarters headquarters;

    template <class Receiver>
    Receiver& at(sim::EntityId entity) {
        if constexpr (std::is_same_v<Receiver, SiteState>) {
            return sites[SiteId{entity}];
        } else {
            return headquarters;
        }
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(sites, headquarters);
    }
};

}  // namespace entrepot::models
