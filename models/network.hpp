#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/laws.hpp"
#include "models/units.hpp"
#include "sim/distributions.hpp"
#include "sim/id.hpp"
#include "sim/time.hpp"

/// What never changes during a run: the distribution network as the scenario describes it. Built once from a scenario,
/// shared read-only by all threads and replications.
namespace entrepot::models {

using sim::Column;
using sim::Duration;
using sim::Time;

using ItemId = sim::Id<struct ItemTag>;
using SiteId = sim::Id<struct SiteTag, std::uint16_t>;   ///< a regional warehouse, and its sales region
using TierId = sim::Id<struct TierTag, std::uint8_t>;    ///< a group of customers with one contract
using ClassId = sim::Id<struct ClassTag, std::uint8_t>;  ///< velocity class: A, B, C
using SupplierId = sim::Id<struct SupplierTag, std::uint16_t>;
using CarrierId = sim::Id<struct CarrierTag, std::uint8_t>;
using StreamId = sim::Id<struct DemandStreamTag, std::uint16_t>;

enum class Channel : std::uint8_t { b2b, ecommerce };

// ---------------------------------------------------------------------------------------------------- time and
// calendar

/// Day 0 starts at sim::kStart. The study measures the days [warmup, warmup + measure).
struct Calendar {
    std::string start_date;  ///< ISO date of day 0
    int first_weekday = 0;   ///< of day 0: 0 = Monday
    int warmup_days = 0, measure_days = 0, cooldown_days = 0;

    int total_days() const { return warmup_days + measure_days + cooldown_days; }
    int weekday(int day) const { return (first_weekday + day) % 7; }
    int working_days = 5;  ///< of a week, from Monday
    bool is_business_day(int day) const { return weekday(day) < working_days; }
};

/// Shares of a day's events by hour of the day; they sum to 1.
using HourProfile = std::array<double, 24>;

/// A point of time with a name, at which stock rules' locations are looked at.
struct Moment {
    std::string name;
    Duration at{};     ///< since the start of day 0
    Duration since{};  ///< demand is counted from here to there
};

/// A part of the measured horizon with a name, by which KPIs can be sliced ("before", "spike", "after").
struct Phase {
    std::string name;
    int first_day = 0, end_day = 0;  ///< [first, end), days since day 0
};

// -------------------------------------------------------------------------------------------------------------
// products

struct VelocityClass {
    std::string name;
    Duration cycle_count_interval{};  ///< how often a stock record is counted; 0 = never
};

/// What the run reads at every line stands first, in one cache line.
struct alignas(64) Item {
    Money unit_cost;
    std::array<Money, 2> price;  ///< by Channel
    std::uint64_t key = 0;       ///< sim::entity_hash of the name: the address of its draws
    double weight_lb = 0;        ///< of one unit
    Units pack = 1;              ///< purchase quantities are multiples of it
    Units minimum_order = 1;     ///< of one purchase line [units]
    SupplierId supplier;
    ClassId velocity;
    bool seasonal = false;
    std::string name;
};

// ------------------------------------------------------------------------------------------------------------
// customers

struct Tier {
    std::string name;
    Channel channel = Channel::b2b;
    int rank = 0;                       ///< importance for priority rules: 0 is served first
    int promise_business_days = 0;      ///< from the order's day to the promised day, fixed promise table
    double otif_target = 0;             ///< contract target in (0,1]; 0 = none
    double penalty_share = 0;           ///< of the late or short value at cost
    Money penalty_fixed;                ///< per order that is not on time in full
    Money refund;                       ///< per order delivered late (e-commerce shipping refund)
    double wait_probability = 0;        ///< that a customer accepts to wait for a short line
    Duration wait_median{};             ///< patience of those who wait, lognormal with sigma 0.5; 0 = without end
    std::optional<TimeLaw> patience;    ///< the same by a law of its own
    std::optional<Units> wait_limit;    ///< nobody waits where more units of the item would then be waited for
    bool whole_lines = false;           ///< a line is served as a whole, and after those that wait for the item
    Units reserve = 0;                  ///< units of an item's stock that are kept for others (critical level)
    double escalation_probability = 0;  ///< that a short or late order is escalated by e-mail
    std::optional<TimeLaw> pick_time;   ///< of a task, in place of the site's
};

/// The rate of orders swings around its mean: 1 + amplitude * sin(2 pi (t + shift) / period).
struct RateCycle {
    Duration period{}, shift{};
    double amplitude = 0;
};
struct RateStep {
    Duration from{}, to{};  ///< since day 0
    double factor = 1;
};
/// The rate jumps between two factors at exponential times: a Markov-modulated Poisson process, begun in its steady
/// state.
struct RateSwitch {
    double low = 1, high = 1;
    Duration mean_low{}, mean_high{};  ///< time spent in each
};

/// Lines of an order are counted in 16 bits, and no draw from a geometric distribution is 37 times its mean.
inline constexpr double kMostLinesMean = 1'700;

/// A source of random orders in one region. Base demand, a spike, a burst of contract orders, a promotion and a history
/// replayed as rates are all streams; they superpose and their draws never mix.
struct DemandStream {
    std::string name;
    std::uint64_t key = 0;
    SiteId region;
    Channel channel = Channel::b2b;
    std::vector<double> orders_by_day;  ///< mean number of orders on each day of the horizon
    HourProfile hours{};
    double lines_mean = 1;                  ///< lines of an order, geometric
    double units_mean = 1;                  ///< units of a line
    double units_cv2 = 0;                   ///< squared coefficient of variation of the units of a line
    sim::Discrete tier_mix;                 ///< over TierId
    std::vector<sim::Discrete> item_mix;    ///< over ItemId; several = one for each period
    std::vector<std::uint16_t> mix_of_day;  ///< which item_mix holds on each day; empty = item_mix[0] always

    /// Orders one after the other instead of so many a day: the time between two of them, from day 0 on.
    std::optional<TimeLaw> between;
    Duration first{};                ///< the first one is this much later
    std::optional<CountLaw> units;   ///< units of a line in place of the above; 0 units are no line
    double correlation = 0;          ///< of the units of one order with those of the one before, by a Gaussian copula
    std::optional<RateCycle> cycle;  ///< with exponential times: the rate swings
    std::vector<RateStep> steps;     ///< the same: the rate is another one for a while
    std::optional<RateSwitch> bursty;
    bool changes_rate() const { return cycle || bursty || !steps.empty(); }
    /// Whether an order's one uniform says all of it: one line, and units of their own.
    bool known_ahead() const { return lines_mean <= 1 && correlation == 0; }
    double most_rate_factor() const;  ///< a multiple of the mean rate that the three never exceed
    double most_rate = 1;             ///< the same, kept by `finish()`
    std::uint32_t place = 0;          ///< among its region's streams, kept by `finish()`
};

/// Exact replay of recorded demand: so many units of an item in a region during a span of days. The units are cut into
/// lines and orders and spread over the days and hours at random, but their sum is the file's.
struct ReplayedDemand {
    static constexpr int kMostDays = 31;
    SiteId region;
    ItemId item;
    int first_day = 0, days = 1;
    Units units = 0;
};

/// How replayed units become orders, for one channel.
struct ReplayChannel {
    Channel channel = Channel::b2b;
    double share_of_units = 0;  ///< of a span on whose days all channels order; `share_of_span` says it of any
    double lines_mean = 1, units_mean = 1, units_cv2 = 0;
    HourProfile hours{};
    std::array<double, 7> weekday_weights{};  ///< sum 1; on a day without weight nobody orders
    sim::Discrete tier_mix;
};

/// Day-to-day variation that all items of a region share.
struct DemandNoise {
    double sigma = 0;                 ///< of the logarithm of the day's factor; the factor's mean is 1
    double regional_correlation = 0;  ///< of the factors of two regions, in [0,1]
};

// -----------------------------------------------------------------------------------------------------------
// warehouses

struct Shift {
    int start_hour = 0, end_hour = 0;  ///< of the day, end <= 24
};

/// Who moves goods in a warehouse: people, in shifts and waves; or nobody, all at once.
enum class Handling : std::uint8_t { people, at_once };

struct Site {
    std::string name;
    std::uint64_t key = 0;
    Handling handling = Handling::people;
    bool ships_at_once = false;        ///< what is picked is with the customer: no carriers
    std::optional<TimeLaw> pick_time;  ///< of a task, in place of the pick rate
    std::optional<TimeLaw> repair;     ///< of a picker's equipment; the pick goes on where it was
    double breakdowns_per_busy_hour = 0;
    double latitude = 0, longitude = 0;
    std::vector<Shift> shifts = {{6, 14}, {14, 22}};
    int pickers = 0;  ///< of a day, dealt evenly to its shifts, the first ones first
    int receivers = 0;
    bool picks_on_saturday = false;  ///< with half of the first shift
    double pick_lines_per_hour = 0;  ///< of one person, while productive
    double receive_lines_per_hour = 0;
    double productive_share = 1;      ///< productive hours of a shift over its hours
    double overtime_max_hours = 0;    ///< per shift and person
    double overtime_trigger = 0.3;    ///< people stay when the work left exceeds this share of a shift's capacity
    double overtime_rate_factor = 1;  ///< pick rate during overtime over the normal rate
    double overtime_pay_factor = 1;
    Money wage_per_hour;                      ///< loaded
    double absence = 0;                       ///< probability that a person is absent on a day
    std::array<Duration, 3> dock_to_stock{};  ///< triangular: least, mode, most
    double miscount_per_item_day = 0;         ///< probability of an unrecorded loss or find of stock, per item and day
    double seasonal_bias = 0;  ///< relative error of the site's spreadsheets for seasonal items: last season's split
};

// ------------------------------------------------------------------------------------------------------------- supply

enum class ConfirmBy : std::uint8_t { api, edi, email };

struct Supplier {
    std::string name;
    std::uint64_t key = 0;
    std::string segment;
    Duration lead_time_mean{};  ///< order placed to goods at the dock, when delivered on time
    double lead_time_cv = 0;    ///< lognormal, not below 0.6 of the mean
    double on_time = 1;         ///< probability that a line is not delayed further
    Duration delay_mean{};      ///< further delay of a late line, exponential
    double in_full = 1;         ///< probability that a line comes complete; else 40-90 % of it, the rest is cancelled
    Duration lead_time_on_record{};  ///< what the item master says (wrong for some)
    ConfirmBy confirm_by = ConfirmBy::email;
    int review_weekday = 0;           ///< 0 = Monday, in weekly reviews
    double expedite_premium = 0;      ///< of the line's value
    double expedite_lead_factor = 1;  ///< remaining lead time is multiplied by it
    double capacity_factor = 1.3;     ///< what it can deliver over our usual demand; 0 = no limit

    // What stock rules order; the terms above are those of headquarters' purchase orders.
    std::optional<TimeLaw> lead_time;    ///< from request to stock, at any hour; none = the mean above, constant
    std::optional<TimeLaw> preparation;  ///< before a request needs a server
    bool servers_by_site = false;        ///< each site has so many of its own, such as its trucks
    int servers = 0;                     ///< so many requests at a time take their lead time, the others wait; 0 = all
    Units lot = 0;                       ///< a request is made and delivered in lots of so many units; 0 = whole
    double yield = 1;                    ///< probability of each unit to be good; the others never come
    std::optional<TimeLaw> up, down;     ///< it works and stands still in turn, beginning with work
    bool stops_work = false;             ///< what is being made stands still, too; else only nothing is begun
};

// ---------------------------------------------------------------------------------------------------------- transport

struct Carrier {
    std::string name;
    std::uint64_t key = 0;
    Channel channel = Channel::b2b;  ///< whose orders it carries, in order of preference within the channel
    bool expedite = false;           ///< the expedite service, any channel
    int cutoff_minute = 0;           ///< of the day: shipments ready by then leave that day
    bool on_saturday = false;
    double on_time = 1;
    std::vector<double> transit_days;    ///< probabilities of 1, 2, 3, ... business days
    std::vector<double> daily_capacity;  ///< shipments, by site
    Money per_shipment;
    Money per_lb;
    double cost_factor = 1;
};

struct TransferPolicyTerms {
    std::array<bool, 7> truck_weekdays{};
    Column<SiteId, Column<SiteId, double>> lead_days;  ///< between sites, whole calendar days
    Money per_pallet;
    double units_per_pallet = 1;
    Money handling;                 ///< per pallet at each end
    double urgent_cost_factor = 1;  ///< dedicated truck
    double urgent_lead_factor = 1;
};

/// A change of the network's abilities for some days.
struct Disturbance {
    enum class Kind : std::uint8_t { supplier_slip, carrier_capacity, absence };
    Kind kind = Kind::supplier_slip;
    std::string name;
    int first_day = 0, days = 0;  ///< days since day 0
    SupplierId supplier;
    CarrierId carrier;
    SiteId site;
    double factor = 1;  ///< lead time multiplier; capacity multiplier; absence probability added
};

// ------------------------------------------------------------------------------------------------- people and workflow

struct Office {
    int planners = 0;
    int service_agents = 0;       ///< customer service
    double productive_hours = 8;  ///< per person and business day, from start_hour on
    int start_hour = 8;
    Money planner_cost_per_hour;
    Money agent_cost_per_hour;
    double minutes_per_line = 0;    ///< planner: one purchase line, all by hand
    double minutes_per_review = 0;  ///< planner: check one recommended line
    double minutes_per_exception = 0;
    double agent_minutes_per_escalation = 0;
};

// -----------------------------------------------------------------------------------------------------------
// strategies

/// How the record learns of what happened. Legacy: a nightly batch. Modern: events through a middleware.
struct Integration {
    std::string name;
    std::optional<int> batch_minute;  ///< of the day: postings wait for the nightly batch; none = posted by events
    Duration latency_median{};        ///< of an event through the middleware, lognormal
    double latency_sigma = 0;         ///< of the logarithm
    Duration pump{};                  ///< cadence of information between sites and headquarters; the lookahead
    Duration release_interval{};      ///< how often allocated orders reach the warehouse system
};

/// Spreadsheet min-max: parameters from past consumption, refreshed rarely, each with its own error.
struct StaleMinMax {
    Column<ClassId, double> safety_days, cover_days;
    Duration refresh{};          ///< age at which a parameter is computed anew
    Duration history{};          ///< span of recorded demand that the computation averages
    double staleness_sigma = 0;  ///< of the logarithm of the error of the demand rate baked into a parameter
    int review_interval_days = 7;
};

/// (s,S) with safety stock from the recorded variability, by class; refreshed monthly.
struct ClassPolicy {
    Column<ClassId, double> service;  ///< cycle service level in (0,1)
    Column<ClassId, double> cover_days;
    Duration refresh{};
    Duration history{};
    int review_interval_days = 7;
};

/// Order-up-to a quantile of forecast demand over the estimated lead time and review, recomputed daily from the record.
struct ForecastQuantile {
    Column<ClassId, double> service;
    Column<ClassId, double> cover_days;
    double smoothing = 0.1;        ///< of the level, per week of data
    double alarm_smoothing = 0.5;  ///< while a change is detected
    double alarm_threshold = 4;    ///< of the tracking signal, in mean absolute deviations
    int review_interval_days = 1;
};

/// Every site follows the stock rules of its items by itself, at once and without people.
struct StockRules {
    static constexpr int review_interval_days = 1;
};

using Replenishment = std::variant<StaleMinMax, ClassPolicy, ForecastQuantile, StockRules>;

struct Fifo {};
struct TierThenDate {};
/// Weighted sum of tier rank, slack to the promise, value at penalty and age; higher is served first.
struct CompositeScore {
    double tier = 0, slack = 0, penalty = 0, age = 0;
};
using Priority = std::variant<Fifo, TierThenDate, CompositeScore>;

/// The life of a replenishment decision between recommendation and execution.
struct Workflow {
    bool auto_release = false;     ///< lines within the guardrails go out untouched
    Money auto_value_limit;        ///< of a line
    double auto_confidence = 0;    ///< least forecast confidence in [0,1]
    double auto_change_limit = 0;  ///< greatest |quantity - usual quantity| / usual quantity
    Money approval_above;          ///< lines above it wait for an approval, whoever proposed them
    Duration approval_median{};    ///< business hours, lognormal
    double approval_sigma = 0;
    double escalation_factor = 1;  ///< multiplies Tier::escalation_probability (better information, fewer e-mails)
    Duration escalation_search_median{};  ///< agent's search for facts before an escalation is resolved, lognormal
};

struct Waves {
    std::vector<int> start_minutes;  ///< fixed waves of the day; empty = every `interval` during shifts
    Duration interval{};
    bool at_once = false;  ///< no waves: who is free takes the task that comes first
};

struct Transfers {
    bool urgent_on_escalation = false;  ///< a planner may order a dedicated truck for a short order of the first tier
    bool proactive = false;             ///< rebalance before the scheduled trucks leave
    double donor_keeps_days = 0;        ///< cover that stays at the donor
    double receiver_below_days = 0;     ///< cover below which a site asks for stock
    Money auto_value_limit;             ///< transfers above it wait for approval
};

enum class PromiseRule : std::uint8_t { table, available_to_promise };

struct Strategy {
    std::string name;                ///< S0, S1, ...
    std::string title, description;  ///< for people
    Integration integration;
    Replenishment replenishment;
    Priority priority;
    Workflow workflow;
    Waves waves;
    Transfers transfers;
    PromiseRule promise = PromiseRule::table;
    bool expedite_late_orders =
        false;  ///< ship by the expedite carrier when the ordinary one would miss the promise (top tier)
};

// ----------------------------------------------------------------------------------------------------- stock rules

/// A second source of a stock rule, which brings goods straight to the site: a fast supplier that fills up to a level
/// of its own (dual sourcing), or a repair shop that takes a share of what would be ordered.
struct SecondSource {
    std::optional<Units>
        up_to;               ///< of on hand - waiting + what this source still owes; looked at before the first source
    Duration looks_ahead{};  ///< what the first source is due to bring within so long counts for `up_to` as well
    double share = 0;        ///< probability that an order goes here instead
    TimeLaw time = ConstantTime{};
    double per_unit = 0;  ///< cost
};

/// An order-up-to level that follows the demand of the reviews' periods: what `cover` periods are expected to need.
struct DemandForecast {
    enum class Of : std::uint8_t { orders, customers };
    int last = 1;            ///< periods whose mean is the forecast
    double smoothing = 0;    ///< weight of the newest period, exponential smoothing; 0 = the mean of the last ones
    double cover = 1;        ///< periods of forecast demand in the level
    Units added = 0;         ///< to the level
    Of demand = Of::orders;  ///< what is ordered here, or what customers order here and at the sites that order here
};

/// Units that were ordered before day 0 and come after it.
struct ScheduledReceipt {
    Units units = 0;
    Duration at{};  ///< since the start of day 0
};

/// A span of time in which a stock rule's levels are other ones.
struct LevelShift {
    Duration from{}, to{};  ///< since the start of day 0
    Duration every{};       ///< and again after so long; 0 = once
    Units added = 0;        ///< to the levels

    bool holds(Duration since) const {
        if (since < from) return false;
        return (every > Duration::zero() ? (since - from) % every : since - from) < to - from;
    }
};

/// Sites that lend each other what a customer's line is short of: lateral transshipment. The site with the most stock
/// on its record lends first.
struct StockPool {
    std::string name;
    std::vector<SiteId> sites;
    Units keeps = 0;                   ///< of an item, that a lender keeps for its own customers
    TimeLaw transit = ConstantTime{};  ///< from shelf to shelf
    double per_unit = 0;               ///< cost, for the KPI inventory_cost
};

/// How one site replenishes some items by itself: when the inventory position (on hand - waiting + on order) is at or
/// below the reorder point, it orders up to a level or a fixed quantity.
struct StockRule {
    std::optional<Units> reorder_point;  ///< none: it orders what always, second or forecast say
    Units order_up_to = 0;
    Units quantity = 0;  ///< fixed, and multiples of it; 0 = up to the level
    Units always = 0;    ///< ordered at every review, whatever the position
    std::optional<SecondSource> second;
    Duration review{};                 ///< time between two looks; 0 = at every change
    Duration first_review{};           ///< time of the first one
    std::optional<SiteId> source;      ///< a site that supplies; none = the item's supplier
    TimeLaw transit = ConstantTime{};  ///< from that site
    std::optional<Units> initial;      ///< units on hand on day 0
    std::vector<ScheduledReceipt> scheduled;
    std::vector<LevelShift> shifts;
    std::optional<DemandForecast> forecast;  ///< every review orders up to its level
    // Costs, for the KPI inventory_cost; a day where nothing else is said.
    double holding = 0, shortage = 0;  ///< of a unit on hand; of a unit waited for
    double in_transit = 0;             ///< of a unit on its way to another site
    double per_order = 0, per_unit = 0, per_lost_unit = 0;
    bool cost_at_close = false;  ///< holding and shortage of the stock at midnight, not of the time average
};

// -------------------------------------------------------------------------------------------------------- initial
// state

struct InitialStock {
    Column<SiteId, Column<ItemId, Units>> on_hand;
};

// ------------------------------------------------------------------------------------------------------------- the
// whole

struct Network {
    std::string name;
    std::string currency;
    Calendar calendar;
    std::vector<Phase> phases;
    std::vector<Moment> moments;
    Column<ClassId, VelocityClass> classes;
    Column<ItemId, Item> items;
    Column<TierId, Tier> tiers;
    Column<SiteId, Site> sites;
    Column<SupplierId, Supplier> suppliers;
    Column<CarrierId, Carrier> carriers;
    Column<StreamId, DemandStream> streams;
    std::vector<ReplayedDemand> replay;  ///< sorted by first_day, region, item
    std::vector<ReplayChannel> replay_channels;
    DemandNoise noise;
    TransferPolicyTerms transfer_terms;
    std::vector<Disturbance> disturbances;
    Office office;
    InitialStock initial;
    std::vector<StockRule> rules;
    Column<SiteId, Column<ItemId, std::uint16_t>> rule_of;  ///< empty, or an index of rules, or kNoRule
    std::vector<StockPool> pools;
    static constexpr std::uint16_t kNoRule = 0xFFFF;
    const StockRule* rule(SiteId site, ItemId item) const {
        const std::uint16_t index = rule_of.empty() ? kNoRule : rule_of[site][item];
        return index == kNoRule ? nullptr : &rules[index];
    }
    /// Expected units a day before any spike, promotion or history: what the planners knew on day 0.
    Column<SiteId, Column<ItemId, double>> usual_daily_units;
    /// Strategies are variants of one network: each shares all of the above.
    Strategy strategy;

    // Tables that follow from the above; `finish()` computes them.
    Column<SiteId, std::vector<StreamId>> streams_of;  ///< of each region
    Column<StreamId, sim::Discrete> line_units;        ///< units of a line, minus one
    std::vector<sim::Discrete> replay_line_units;      ///< the same, by replay channel
    /// Expected units a day over the 28 days from the start of each week of the horizon: [week][site][item]. Empty
    /// where no demand is expected at all, as streams whose orders come one after the other have no expectation.
    std::vector<Column<SiteId, std::vector<float>>> outlook;
    Column<SupplierId, Money> supplier_capacity;  ///< a day, at cost; 0 = no limit
    Column<SiteId, std::uint16_t> pool_of;        ///< an index of pools, or kNoRule; empty without pools
    bool watches_demand = false;                  ///< some stock rule forecasts
    bool rules_join_sites = false;                ///< some stock rule orders from a site, or sites lend to each other
};

/// Whether the sites replenish themselves, and headquarters only passes on what they order.
inline bool follows_stock_rules(const Network& network) {
    return std::holds_alternative<StockRules>(network.strategy.replenishment);
}

/// Whether a site sends anything to another one.
inline bool sites_deal(const Network& network) { return !follows_stock_rules(network) || network.rules_join_sites; }

/// Computes the tables that follow from the rest; the last step of building a network.
void finish(Network& network);

}  // namespace entrepot::models
