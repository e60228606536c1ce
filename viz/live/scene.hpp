#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/model.hpp"
#include "viz/live/case_book.hpp"
#include "viz/live/flows.hpp"
#include "viz/live/measures.hpp"

/// How one replication stands at one moment, as the views want it: numbers, copied out of the world, so that the window
/// may look as long as it likes while the world goes on.
namespace entrepot::viz {

inline constexpr std::size_t kInboundDays = 30;

/// Purchase lines that will be at a dock on one of the next days; the last entry is of all later ones.
struct Inbound {
    std::array<std::int32_t, kInboundDays> lines{}, late{};  ///< late: of them, more than 3 days after the day told
    std::int32_t all_lines = 0, all_late = 0;
    std::int64_t units = 0;
};

struct SiteScene {
    // The shelves, and the record of them. Units.
    std::int64_t on_hand = 0, seasonal_on_hand = 0, at_dock = 0, on_record = 0, record_gap = 0, postings = 0;
    double daily = 0, seasonal_daily = 0;  ///< usual demand [units a day]
    std::int32_t items_out = 0, items_short_on_record = 0;
    // Orders.
    std::int32_t open_lines = 0, past_due = 0, waiting_stock = 0;
    std::int32_t unreleased = 0, released = 0, in_wave = 0, staged = 0, on_the_road = 0;
    // People and doors.
    std::int32_t on_duty = 0, on_overtime = 0, picking = 0, dock = 0, receiving = 0;
    Inbound inbound;

    double cover() const { return daily > 0 ? static_cast<double>(on_hand) / daily : 0; }
    double seasonal_cover() const {
        return seasonal_daily > 0 ? static_cast<double>(seasonal_on_hand) / seasonal_daily : 0;
    }
};

/// Goods between two sites: what arrives together.
struct TruckScene {
    std::uint16_t from = 0, to = 0;
    bool urgent = false;
    std::int32_t lines = 0;
    std::int64_t units = 0;
    models::Time arrives{};
    double way = 0;  ///< part of the way that is behind it, in [0, 1]
};

/// A piece of work that waits for somebody, or is being done.
struct CaseScene {
    enum class Where : std::uint8_t { urgent, ordinary, preparing, approval, at_work };
    static constexpr std::uint8_t kNoLevel = models::Case::kNoLevel;
    std::uint32_t number = models::kNone;
    models::DecisionKind kind{};
    Where where{};
    std::uint32_t item = models::kNone;
    std::uint16_t site = 0;
    models::Units units = 0;
    models::Time raised{};
    models::Time since{};              ///< it waits there, or is worked on
    models::Time until = sim::kNever;  ///< of what has a time: the approval, the facts gathered, the work done
    std::uint32_t order = 0;           ///< its name; of an escalation
    std::uint8_t touches = 0;
    models::Role role{};            ///< before whom it is
    std::uint8_t level = kNoLevel;  ///< of the approval that it waits for
    std::int32_t turn = 0;          ///< of what is in a queue: the first is 1
};

struct DeskScene {
    int staff = 0, busy = 0, busy_on_urgent = 0;
    std::int32_t urgent = 0, ordinary = 0;
    bool open = false, overtime = false;
    double overtime_hours = 0;  ///< of the day
    std::int32_t waiting() const { return urgent + ordinary; }
};

/// Purchase lines of a supplier for a site that have not all been received.
struct SupplierScene {
    std::int32_t lines = 0, overdue = 0, slipping = 0;  ///< more than 3 days after the day told; not yet, but will be
    std::int64_t units = 0;
    models::Time oldest_due = sim::kNever;
};

/// An item of which shelf, record and headquarters say different things.
struct Known {
    std::uint32_t item = 0;
    std::uint16_t site = 0;
    models::Units shelf = 0, record = 0, net = 0, believed = 0,
                  on_order = 0;  ///< net: of the record; believed: of it, at HQ
    models::Time heard{};
};

/// The oldest of what waits on a warehouse's floor.
struct FloorScene {
    models::Time oldest_released = sim::kNever, oldest_in_wave = sim::kNever, oldest_waiting = sim::kNever;
};

/// Days from an order to the goods.
struct LeadTimes {
    double known = 0, spread = 0;  ///< what receipts have taught headquarters: mean and standard deviation
    int receipts = 0;
    double on_record = 0;  ///< by the item master
    double now = 0;        ///< of an order placed now, in the mean, behind what the supplier has to do
};

/// One item at one site, in all three views, for who follows it.
struct ItemScene {
    models::Units on_hand = 0, at_dock = 0, staged = 0;  // truth
    models::Units to_pick = 0;                           ///< promised to orders and other sites, and still on the shelf
    models::Units to_come = 0;                           ///< of suppliers and other sites
    models::Units recorded = 0, allocated = 0, waiting = 0, unposted = 0;  // record
    models::Units believed = 0, on_order = 0;                              // headquarters
    models::Time heard{};
    models::Units proposed = 0;  ///< part of on_order that is no purchase line yet
    float reorder_point = 0, order_up_to = 0, forecast = 0;
    float rate = 0, confidence = 0;  ///< demand behind the levels [units a day], and how sure its forecast is
    double usual = 0;
    double wanted = 0;  ///< by customers in the next four weeks, in the mean [units a day]; less than 0: nobody can say
    bool planned = false;  ///< headquarters keeps levels of it
    LeadTimes lead;
    models::Time next_due = sim::kNever, next_arrives = sim::kNever;  ///< of the purchase line that was told first

    models::Units free() const { return on_hand - to_pick - waiting; }
    models::Units free_on_record() const { return recorded - allocated - waiting; }
};
ItemScene look_at_location(const models::World& world, models::SiteId site, models::ItemId item);

/// A case that is looked at.
struct OpenedCase {
    CaseHistory history;
    std::optional<CaseScene> waits;  ///< where, while it is open
    std::string order;               ///< its name, where the case is about one that is known still
    ItemScene known;                 ///< of its location
};

/// The lists that only some views look at, told when somebody looks.
struct Lists {
    std::vector<CaseScene> cases;             ///< oldest first within each place where they wait
    std::vector<SupplierScene> suppliers;     ///< by supplier, and of each by site
    std::vector<Known> known;                 ///< the greatest differences first
    std::vector<FloorScene> floors;           ///< by site
    std::vector<ItemScene> item;              ///< of the item that is followed, by site; empty when none is
    std::vector<std::string> levels;          ///< of approval, by their index
    std::optional<std::uint32_t> looked_for;  ///< the case that was asked for; none: that which waits longest
    std::optional<OpenedCase> opened;         ///< nothing where it is not raised yet
};

/// The links of an interface together.
struct LinkScene {
    bool watched = false;  ///< something can happen to its messages
    bool has_breaker = false;
    std::int32_t links = 0, down = 0, open = 0;  ///< open: a circuit breaker
    std::int32_t stuck = 0;                      ///< messages that failed, or wait while a link rests
    std::int32_t for_people = 0;                 ///< of them given up
    models::Time since = sim::kNever;            ///< the first of them was to go
    std::int64_t messages_today = 0, at_once_today = 0;
};

struct Scene {
    models::Time now{};
    std::uint64_t events = 0, digest = 0;
    std::vector<SiteScene> sites;
    std::vector<TruckScene> trucks;
    std::array<DeskScene, models::kRoles> desks;  ///< by role
    std::int32_t approvals = 0, purchases_open = 0, purchases_overdue = 0, transfers_open = 0;
    Flows flows;
    std::array<LinkScene, models::kInterfaces> links;  ///< by interface
    Lists lists;

    const DeskScene& desk(models::Role role) const { return desks[static_cast<std::size_t>(role)]; }
};

/// What is to be told beside the numbers.
struct Wanted {
    bool lists = false;
    std::uint32_t item = models::kNone;
    bool one_case = false;
    std::uint32_t opened = models::kNone;  ///< its number; none: the one that waits longest
    bool operator==(const Wanted&) const = default;
};

/// Looks at worlds of one network, and changes nothing.
class Looker {
public:
    explicit Looker(const models::Network& network);

    Scene scene(const models::World& world, const Wanted& wanted = {}) const;

    /// The states of the sites and of headquarters at this moment. Flows are left as they are.
    void states(const models::World& world, std::span<Hour> places) const;

    /// The interfaces at this moment.
    std::array<LinkScene, models::kInterfaces> links(const models::World& world) const;

private:
    SiteScene look_at(const models::SiteState& site) const;
    void add_waiting_events(const models::World& world, bool lists, Scene& scene) const;
    void add_purchases(const models::World& world, bool lists, Scene& scene) const;
    Lists lists(const models::World& world) const;
    std::vector<ItemScene> item(const models::World& world, std::uint32_t item) const;

    const models::Network& network_;
    const Segments segments_;
    std::vector<float> daily_;               ///< [site][item] usual units a day
    std::vector<double> total_, seasonal_;   ///< by site: their sums, of all items and of seasonal ones
    std::vector<std::uint8_t> is_seasonal_;  ///< by item
};

}  // namespace entrepot::viz
