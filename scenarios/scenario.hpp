#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/network/network.hpp"
#include "scenarios/crew_pool.hpp"
#include "scenarios/office_part.hpp"
#include "scenarios/strategy_part.hpp"

/// A scenario as plain values with defaults. Where the models' own structs say it already, they are used as they are;
/// names are resolved to ids when the Network is built. Every member is declared once more, with key, unit, range and
/// meaning, in describe.hpp.
namespace entrepot::scenarios {

/// How the study is run, unless the command line says otherwise.
struct Study {
    int replications = 20;
    std::uint32_t seed = 20261123;
    std::vector<std::string> strategies;  ///< empty = all
    std::string comparator = "S0";
    double precision = 0;                   ///< relative, of the KPIs below; 0 = a fixed number of replications
    std::vector<std::string> precision_of;  ///< "line_fill" or "difference:line_fill"; empty = the usual ones
    int most_replications = 1000;           ///< with a precision
    std::optional<int> confirm;             ///< fresh replications of the best; none = as many as chose it
    bool antithetic = false;
};

/// Inputs of the return on investment. Money in the scenario's currency.
struct Finance {
    // Carrying cost of stock, shares of its value a year; they add up to the full rate.
    double capital_rate = 0.10, space_rate = 0.05, service_rate = 0.04, risk_rate = 0.05;
    double discount_rate = 0.10;
    int years = 3;
    double tax_rate = 0.25;
    bool after_tax = false;
    int working_capital = 0;  ///< 0 = less stock releases its value once; 1 = its full carrying rate is saved, no more
    double spikes_per_year = 2;
    models::Money subscription_per_year = models::Money::of(420'000);
    models::Money implementation = models::Money::of(900'000);
    models::Money integration = models::Money::of(650'000);
    models::Money change_management = models::Money::of(250'000);
    double run_people = 2.5;
    models::Money run_cost_per_person_year = models::Money::of(150'000);
    std::vector<double> ramp = {0.50, 0.85, 1.0};  ///< share of the full benefit in each year; the last one goes on
    double cashable_labour_share = 0.5;
    std::optional<models::Money> planner_rate, agent_rate;  ///< an hour; none = the office's costs
    double recapture = 0.25;     ///< share of cancelled margin that comes back by substitution or later orders
    double benefit_risk = 0.15;  ///< taken off the benefits
    double cost_risk = 0.10;     ///< put on the costs
    double low_spread = 0.2, high_spread = 0.2;
    std::vector<models::Money> other_cash_flows;   ///< net, by year from 0 = now; what the study doesn't know of
    std::optional<double> business_days_per_year;  ///< none = all that the calendar has
};

struct CalendarPart {
    /// Days since 1970-01-01; none = the first date of the history, or 2026-01-05, a Monday.
    std::optional<double> start;
    double first_date() const { return start.value_or(20'458); }
    int warmup_days = 90, measure_days = 180, cooldown_days = 21;
    int working_days = 5;
};

struct PhasePart {
    /// Days of the measured window. `place_phases` puts them in place of dates.
    double first_day = 0, end_day = 0;
    bool spike = false;  ///< something that comes now and then
};

struct ClassPart {
    double item_share = 0, volume_share = 0;
    double cost_factor = 1;
    double popularity_sigma = 0.5;  ///< spread of the items' demand within the class, of the logarithm
    double seasonal_share = 0;
    double substitute_share = 0;     ///< of the items that have one of the same class that does for them
    double seasonal_popularity = 1;  ///< demand of a seasonal item over that of others in the class
    double minimum_order_days = 0;   ///< smallest purchase line, in days of the network's mean demand at one site
    double initial_cover_days = 0;
    models::Duration cycle_count_interval{};
};

struct Items {
    int count = 3000;
    std::string file;  ///< CSV of items instead of made-up ones
    models::Money unit_cost = models::Money::of(16.5);
    double unit_cost_sigma = 0.5;
    double weight_lb = 0.8;
    double weight_sigma = 0.5;
    std::vector<int> packs = {1, 6, 12, 24};
    std::vector<double> pack_shares = {0.4, 0.2, 0.25, 0.15};
    std::uint32_t seed = 1;  ///< of the made-up attributes, the same in all replications and studies
};

/// What one sales channel orders.
struct ChannelPart {
    double orders = 0;  ///< of the network, a business day: a fifth of a week's
    double lines_per_order = 1, units_per_line = 1, units_cv2 = 0;
    std::vector<double> weekdays;  ///< 7 weights, from Monday
    std::vector<double> hours;     ///< 24 weights
    double margin = 0.27;          ///< of the price
};

/// Headers of the columns of a history; empty = one of the usual names.
struct HistoryColumns {
    std::string date, warehouse, item, units, price;
};

/// Recorded demand in place of the described one.
struct History {
    std::string file, price_file;
    HistoryColumns columns;
    int rows = 0;                    ///< 0 = as the file shows, 1 = daily, 2 = weekly, 3 = monthly
    int decimal = 0;                 ///< 0 = as the file shows, 1 = point, 2 = comma
    int date_order = 0;              ///< 0 = as the file shows, 1 = the day before the month, 2 = the month first
    int mode = 0;                    ///< 0 = replay, 1 = rates
    std::vector<std::string> sites;  ///< names in the file, in the order of the scenario's sites
    double ecommerce_share = 0.3;    ///< of the units
    double seasonal_ratio = 3;       ///< an item is seasonal when its best four weeks are that many times its mean
    double margin = 0.27;
    models::Money default_price = models::Money::of(22);
};

struct Demand {
    ChannelPart b2b, ecommerce;
    const ChannelPart& of(models::Channel channel) const { return channel == models::Channel::b2b ? b2b : ecommerce; }
    models::DemandNoise noise;
    std::optional<History> history;
};

/// What people call something, and what is to be known of it: for reports.
struct CaptionPart {
    std::string title, description;
};

struct TierPart {
    CaptionPart caption;
    models::Tier tier;
    double share = 0;  ///< of its channel's orders
};

/// Orders that are held at entry; tiers by their names.
struct HoldPart {
    std::vector<std::string> tiers;
    models::OrderHold hold;
};

struct SitePart {
    CaptionPart caption;
    models::Site site;
    double share = 0;          ///< of the network's demand
    std::string history_name;  ///< what the site is called in a history; empty = its name
    NamedList<models::Shift> shifts;
};

struct SupplierSegment {
    int count = 0;
    double item_share = 0;
    models::Supplier terms;
};

struct Suppliers {
    double confirm_api = 0.4, confirm_edi = 0.4, confirm_email = 0.2;
    double record_sigma = 0.2;  ///< error of the lead time on record, of the logarithm
    double record_biased_share = 0.1, record_bias = -0.3;
    models::Duration lag_api = sim::minutes{5}, lag_edi = sim::hours{4}, lag_email = sim::hours{20};
};

struct CarrierPart {
    models::Carrier carrier;
    double capacity = 1.2;  ///< of its channel's mean daily shipments at the site
};

struct Lane {
    std::string from, to;
    double lead_days = 0;
};

struct TransferPart {
    models::TransferTerms terms;
    std::vector<int> truck_weekdays = {0, 2, 4};
    double miles_per_day = 500, loading_days = 1, road_factor = 1.2;
    double least_days = 2, most_days = 5;
    NamedList<Lane> lanes;  ///< exceptions from the rule by distance
};

struct InitialPart {
    double staleness_sigma = 0.4;
    double misplaced_share = 0.15;
    double pipeline_lot_days = 30;
    int pipeline_hour = 9;
    double demand_dispersion = 3;
};

/// How far the forecasting services are told of something that is to change demand.
struct Announcement {
    double known = 0;              ///< share of the change
    std::optional<double> on_day;  ///< of the measured window; none = all the time
};

/// A seasonal spike: seasonal items, by region.
struct Spike {
    Announcement told;
    double start_days = 40, ramp_days = 10, plateau_days = 21, halflife_days = 12;
    NamedList<double> peak;      ///< multiplier by site; 1 where none is given
    double ecommerce_extra = 1;  ///< the excess over 1 is that many times larger in e-commerce
};

/// A point of time at which inventory policies' locations are looked at, counted from the start of the measured window.
struct MomentPart {
    models::Duration at{}, since{};
    int low = 0;
};

/// Sites that lend each other stock.
struct PoolPart {
    std::vector<std::string> sites;    ///< names; none = all
    std::vector<std::string> lenders;  ///< names; none = the same
    models::StockPool pool;
};

/// An order with given lines.
struct BasketPart {
    double probability = 1;
    std::vector<std::string> items;
    std::vector<int> units;  ///< of each; none = 1
};

/// Orders that come one after the other, at one site or at each.
struct StreamPart {
    std::string site, tier, item;  ///< names; no site = one such stream at each; no item = any, by popularity
    bool each_item = false;        ///< the times are those of one item's orders
    models::DemandStream stream;
    NamedList<models::RateStep> steps;
    NamedList<BasketPart> baskets;
};

/// An inventory policy of some locations, and what is to be known of their stock.
struct StockPart {
    Scope scope;
    OrderingPart ordering;
    models::StockTerms terms;
    NamedList<models::ScheduledReceipt> scheduled;
};

/// What a study of the scenario should find: a published or exact result.
struct Expectation {
    std::string strategy, kpi, site, tier, phase, moment;
    std::optional<double> expected;  ///< this, bounds, or `never`
    std::optional<double> at_least, at_most;
    bool never = false;                 ///< the cash flow doesn't pay back
    double relative = 0, absolute = 0;  ///< tolerance; one of them
    double factor = 1;                  ///< the KPI's value times this is compared
    bool bounded() const { return at_least || at_most; }
    std::string source;
};

/// Where a KPI of the comparator lies in the business that the scenario stands for.
struct Band {
    std::string kpi, site, tier, phase;
    std::optional<double> at_least, at_most;  ///< one of them, or both
    std::string source;
};

/// Contract orders that come on one day.
struct Burst {
    int day = 0;
    std::string tier;
    double orders = 0, lines_per_order = 1;
    std::string at;
    double share_at = 1;  ///< the rest goes to the other sites by their share
};

struct Promotion {
    int day = 0, days = 14;
    double lift = 1.6;
    double item_share = 0.3;
    double dip = 1;     ///< of the base demand afterwards
    int dip_days = 10;  ///< so long
    Announcement told;
};

/// Customers move from one channel to the other, at once or by and by.
struct ChannelShift {
    int day = 0;        ///< of the measured window
    double days = 0;    ///< until all of it has moved; 0 = at once
    double points = 0;  ///< of all units, that go to e-commerce; below 0 the other way
};

struct DisturbancePart {
    int kind = 0;  ///< models::Disturbance::Kind
    int day = 0, days = 1;
    std::string supplier, carrier, site;
    double factor = 1;
    int interface = 0;  ///< models::InterfaceName
    int start_minute = 0;
    std::optional<models::Duration> lasts;
    double probability = 1;
    std::string after;
    std::optional<models::TimeDistribution> between, length;
};

struct Scenario {
    std::string name, title;
    std::string currency = "USD";
    Study study;
    Finance finance;
    CalendarPart calendar;
    NamedList<PhasePart> phases;
    NamedList<MomentPart> moments;
    NamedList<ClassPart> classes;
    Items items;
    Demand demand;
    NamedList<TierPart> tiers;
    NamedList<HoldPart> holds;
    NamedList<SitePart> sites;
    Suppliers suppliers;
    NamedList<SupplierSegment> segments;
    NamedList<CarrierPart> carriers;
    TransferPart transfers;
    InitialPart initial;
    OfficePart office{{.planner_cost_per_hour = models::Money::of(52), .agent_cost_per_hour = models::Money::of(38)},
                      {}};
    models::MasterData master_data;
    std::optional<Spike> spike;
    NamedList<Burst> bursts;
    NamedList<Promotion> promotions;
    NamedList<ChannelShift> channel_shifts;
    NamedList<DisturbancePart> disturbances;
    NamedList<SystemsPart> integrations;
    NamedList<StrategyPart> strategies;
    NamedList<StreamPart> streams;
    NamedList<StockPart> stocks;
    NamedList<PoolPart> pools;
    NamedList<CrewPoolPart> crew_pools;
    NamedList<Expectation> expectations;
    NamedList<Band> calibration;
};

/// Whether a phase is calm, so that it may stand for a year: it isn't called a spike, and ends before the spike begins
/// where there is one.
bool is_calm(const Scenario& scenario, const PhasePart& phase);
/// Measured days that count once for each spike in the business case: where there is one, all but those of calm phases.
int spike_days(const Scenario& scenario);
/// Calendar days of a year at the window's pace: fewer than 365 where the business days say that there are holidays.
double days_per_year(const Scenario& scenario);

/// So many parts of a kind a scenario may have: some for the widths of the models' ids, all lest a slip in a program
/// that writes scenarios take the memory.
template <class T>
inline constexpr std::size_t kMostParts = 10'000;
template <>
inline constexpr std::size_t kMostParts<SitePart> = 255;
template <>
inline constexpr std::size_t kMostParts<SupplierSegment> = 1000;
template <>
inline constexpr std::size_t kMostParts<PhasePart> = 1000;
template <>
inline constexpr std::size_t kMostParts<ClassPart> = 100;
template <>
inline constexpr std::size_t kMostParts<TierPart> = 100;
template <>
inline constexpr std::size_t kMostParts<HoldPart> = 100;
template <>
inline constexpr std::size_t kMostParts<CarrierPart> = 100;
template <>
inline constexpr std::size_t kMostParts<StrategyPart> = 100;
template <>
inline constexpr std::size_t kMostParts<ApprovalPart> = 250;
template <>
inline constexpr std::size_t kMostParts<SkillGroupPart> = 250;

}  // namespace entrepot::scenarios
