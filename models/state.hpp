#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "models/customers/stream_state.hpp"
#include "models/decisions/desk.hpp"
#include "models/decisions/noted.hpp"
#include "models/decisions/site_view.hpp"
#include "models/decisions/view.hpp"
#include "models/disturbances/happenings.hpp"
#include "models/facts.hpp"
#include "models/goods/crew_state.hpp"
#include "models/goods/shelves.hpp"
#include "models/messages.hpp"
#include "models/network/network.hpp"
#include "models/occasions.hpp"
#include "models/pool.hpp"
#include "models/records/ledger.hpp"
#include "models/records/links.hpp"
#include "models/records/location.hpp"
#include "models/records/order_book.hpp"
#include "models/records/orders_of_headquarters.hpp"
#include "models/records/shop_view.hpp"
#include "models/records/stock_record.hpp"
#include "sim/random.hpp"

/// What changes during a run. Three views are kept apart everywhere: the physical truth (`SiteState::truth`), the
/// record
/// (`SiteState::record`: what the ERP believes) and the decision view (`Headquarters::view`: what planners and policies
/// see when they decide).
namespace entrepot::models {

/// Sums of a site's day for the closing facts.
struct DayTotals {
    std::int32_t lines_ordered = 0, units_ordered = 0, seasonal_units_ordered = 0;
    std::int32_t units_ordered_by_sites = 0;
    std::int32_t lines_picked = 0, lines_shipped = 0;
    double straight_available = 0, straight_busy = 0, overtime = 0;
    Money overtime_cost;
    double temp_hours = 0, learning_loss = 0, lent = 0, borrowed = 0;
    Money temp_cost, lending_cost;
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
        bool by_notice = false;  ///< the day is the notice's, not the promised one
        sim::Filler<1> rest{};
    };
    Column<TierId, TierWaiting> waiting_by_tier;
    std::vector<EscalatedOrder> escalated;  ///< not yet settled, sorted by name
    std::vector<HeldOrder> held;            ///< or once held, sorted by name
    std::vector<Notice> notices;            ///< on their way, sorted by name
    // By promised day; the last entry takes all that lie beyond the horizon.
    sim::Table<std::vector<DueOrder>> due;
    sim::Table<std::int32_t> open_lines_due;  ///< lines not yet gone
    std::size_t due_place(int promised) const { return std::min(static_cast<std::size_t>(promised), due.size() - 1); }
    std::int32_t open_lines = 0, past_due_lines = 0, waiting_lines = 0;
    struct ReplayedOrder {
        std::uint32_t first_line, lines, channel;
    };
    sim::Table<StreamState> streams;     ///< by DemandStream::place; empty where none comes one after the other
    bool waits_in_turn = true;           ///< the lists of waiting lines are in the order of the orders' entry
    Column<ItemId, DemandSeen> seen;     ///< empty where no site forecasts by itself
    Column<ItemId, SiteLevels> levels;   ///< empty where headquarters computes none
    Column<ItemId, float> daily_rates;   ///< demand as headquarters tells of it [units a day]; empty: none is kept
    sim::Table<std::uint32_t> touched;   ///< items whose record this event has touched, with room for all
    std::uint32_t touched_items = 0;     ///< so many of them: none between events
    std::vector<ShortLine> short_lines;  ///< the same of lines that other sites may help out with
    Pool<PoolRequest> pool_requests;
    Occasions occasions;                           ///< of what policies and pools order and send
    std::int64_t units_before_today = 0;           ///< ordered
    sim::Table<std::int64_t> units_before_moment;  ///< by moment: ordered before its demand began to count
    sim::Table<LineRequest> replay_lines;          ///< of the current day
    sim::Table<ReplayedOrder> replay_orders;
    std::vector<LineRequest> basket;  ///< of the order that is drawn just now: nothing between events

    // Warehouse
    Pool<Task> tasks;
    Pool<PickLine> picks;
    Pool<OutgoingTransfer> outgoing;
    std::vector<std::uint32_t> unreleased;  ///< tasks that the warehouse system has not seen
    std::vector<std::uint32_t> released;    ///< tasks that wait for a wave
    Queue<std::uint32_t> wave;              ///< tasks that wait for a picker
    Queue<std::uint32_t> errands;           ///< names of escalated orders after which a picker is to look first
    std::int32_t lines_released = 0, lines_in_wave = 0;
    bool release_due = false;
    std::vector<std::uint32_t> by_local_rule;  ///< of a wave that is made just now: nothing between events
    std::uint32_t put_in_order = 0;            ///< coordinate of the next draw for a supervisor; 0 where he has no say
    int ranked_day = -1;                       ///< day for which the released tasks' ranks hold; -1: none
    std::array<std::int32_t, 4> present{};     ///< pickers of each shift today
    std::int32_t released_this_shift = 0;      ///< lines, since the last shift ended
    std::array<std::int32_t, 4> released_in_shift{};  ///< lines that each shift got on its last business day
    int on_duty = 0, on_overtime = 0, picking = 0;
    Time picking_changed{};  ///< one of these three did; a midnight counts as one
    Crew crew;               ///< those among them who learn, or are there for a while
    Queue<DockLoad> dock;
    Column<ItemId, ReturnedStock> returned;  ///< empty where nobody sends anything back
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
    Links links;
    Happenings happenings;
    ShopView shop;

    // Counts
    DayTotals today;
    sim::Table<ServedOrders> served;  ///< [tier][class]
    DeliveredOrders delivered;
    Ledger ledger;

    template <class Archive>
    void fields(Archive& archive) {
        archive(id, serves_from_shelf, truth, record);
        archive(orders, lines, entered, lines_entered, closed, waiting_by_tier, escalated, held, notices);
        archive.table(due);
        archive.table(open_lines_due);
        archive(open_lines, past_due_lines, waiting_lines, streams, waits_in_turn, seen, levels, pool_requests,
                occasions, units_before_today, units_before_moment, replay_lines, replay_orders);
        archive(daily_rates);
        archive(tasks, picks, outgoing, unreleased, released, wave, errands, lines_released, lines_in_wave, release_due,
                put_in_order, ranked_day, present, released_this_shift, released_in_shift, on_duty, on_overtime,
                picking, picking_changed, crew, dock, returned, receiving, receivers_on);
        archive(staged, staged_transfers, shipments, journal, receipts, changed, pump_due, links, happenings, shop,
                today);
        archive.table(served);
        archive(delivered, ledger);
    }
};

/// Procurement, planning and customer service.
struct Headquarters {
    std::size_t items = 0, sites = 0;
    LocationId location(SiteId site, ItemId item) const { return location_of(site, item, sites); }
    /// A location's net units or daily rate are other ones: who takes cases by cover looks at their order again.
    void cover_changed(LocationId location) { cover_changes += cases_about[location] > 0; }

    Column<LocationId, StockView> view;
    Column<SiteId, Time> told;  ///< when the site's record was last heard of
    Column<LocationId, Levels> levels;
    Column<LocationId, std::uint32_t> cases_about;  ///< that are open
    std::uint32_t cover_changes = 0;                ///< counts what has changed the cover that an open case is about
    Column<LocationId, Units> transfers_under_way;  ///< part of on_order that other sites send
    Column<LocationId, Forecast> forecasts;
    /// Recent over forecast demand of a site's (usual, seasonal) items, by inventory policy and site.
    sim::Table<std::array<double, 2>> surge;
    Column<SupplierId, LeadTimeEstimate> lead_times;
    Column<SupplierId, std::vector<ItemId>> items_of;

    /// How far a supplier's work, servers and stoppages are known.
    struct Plant {
        std::vector<Time> free;  ///< by server: when it has made what was requested so far; by site, heaps
        Outages stoppages, bad_spells;
        Time busy_until{};  ///< when its capacity will have made what was ordered so far

        template <class Archive>
        void fields(Archive& archive) {
            archive(free, stoppages, bad_spells, busy_until);
        }
    };
    Column<SupplierId, Plant> plants;
    Occasions occasions;     ///< of what sites request of suppliers, and of loans
    Occasions orders_today;  ///< of purchase lines of one lane on one day

    sim::Table<float> last_week;                     ///< [day % 7][location]: recorded demand, units
    sim::Table<float> recorded_days;                 ///< [location][day]: records/demand_record.hpp
    Column<LocationId, std::uint32_t> demand_taken;  ///< StockView::demand when forecasts last took in a day

    Column<SiteId, HandsNews> hands;     ///< empty where no site lends pickers
    sim::Table<std::uint8_t> hands_due;  ///< by crew pool: 1 where it is soon said who goes where

    Pool<PurchaseLine> purchases;
    Pool<Transfer> transfers;
    Pool<Case> cases;
    std::uint32_t cases_raised = 0;        ///< the number of the next one
    std::uint32_t not_overridden = kNone;  ///< number of a case in which nobody overrides anything: of a twin
    std::array<Desk, kRoles> desks;
    Desk& desk(Role role) { return desks[static_cast<std::size_t>(role)]; }
    const Desk& desk(Role role) const { return desks[static_cast<std::size_t>(role)]; }
    Column<LocationId, NotedForecast> forecasts_noted;  ///< empty where headquarters computes no levels
    std::vector<DayAccount> released;          ///< by the strategy's guardrail: what the system released on the day
    double acceptance = 1;                     ///< probability that a planner takes a recommendation as it is
    double attention = 1;                      ///< probability that somebody acts on an alert
    Column<LocationId, std::int32_t> alerted;  ///< day of the last alert, -1: none; empty where nobody is alerted
    Queue<OpenAlert> alerts;                   ///< that are not judged yet, by day
    NotedDecisions noted;                      ///< that are to be judged in hindsight
    Column<ItemId, MasterRecord> master;       ///< empty where all of it is right
    Links links;
    Happenings happenings;
    sim::Table<ForecastNews> forecast_news;  ///< by inventory policy
    Ledger ledger;

    template <class Archive>
    void fields(Archive& archive) {
        archive(items, sites, view, told, levels, cases_about, cover_changes, transfers_under_way, forecasts);
        archive.table(surge);
        archive(lead_times, items_of, plants, occasions, orders_today);
        archive.table(last_week);
        archive.table(recorded_days);
        archive(demand_taken, hands);
        archive.table(hands_due);
        archive(purchases, transfers, cases, cases_raised, not_overridden);
        for (Desk& each : desks) archive(each);
        archive(released, acceptance, attention, alerted, alerts, noted, master, links, happenings);
        archive.table(forecast_news);
        archive(forecasts_noted, ledger);
    }
};

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

    /// Whether it can be a state of this network; said of one that was read.
    bool fits(const Network& network) const;
};

}  // namespace entrepot::models
