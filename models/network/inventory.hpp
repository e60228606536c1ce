#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/network/distributions.hpp"
#include "models/network/estimator.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"

/// How locations, an item at a site each, are replenished.
namespace entrepot::models {

/// A second source of an inventory policy, which brings goods straight to the site: a fast supplier that fills up to a
/// level of its own (dual sourcing), or a repair shop that takes a share of what would be ordered.
struct SecondSource {
    std::optional<Units>
        order_up_to;         ///< of on hand - waiting + what this source still owes; looked at before the first source
    Duration looks_ahead{};  ///< what the first source is due to bring within so long counts for order_up_to as well
    double share = 0;        ///< probability that an order goes here instead
    TimeDistribution lead_time = ConstantTime{};
    double per_unit = 0;  ///< cost
    bool operator==(const SecondSource&) const = default;
};

/// An order-up-to level that follows the demand of the reviews' periods: what `cover` periods are expected to need.
struct DemandForecast {
    enum class Of : std::uint8_t { orders, customers };
    int moving_average = 1;  ///< periods whose mean is the forecast
    double smoothing = 0;    ///< weight of the newest period, exponential smoothing; 0 = the mean of the last ones
    double cover = 1;        ///< periods of forecast demand in the level
    Units safety_stock = 0;  ///< to the level
    Of demand = Of::orders;  ///< what is ordered here, or what customers order here and at the sites that order here
    bool operator==(const DemandForecast&) const = default;
};

/// Units that were ordered before day 0 and come after it.
struct ScheduledReceipt {
    Units units = 0;
    Duration at{};  ///< since the start of day 0
};

/// A span of time in which an inventory policy's levels are other ones.
struct LevelShift {
    Duration from{}, to{};  ///< since the start of day 0
    Duration every{};       ///< and again after so long; 0 = once
    Units added = 0;        ///< to the levels

    bool holds(Duration since) const {
        if (since < from) return false;
        return (every > Duration::zero() ? (since - from) % every : since - from) < to - from;
    }
    bool operator==(const LevelShift&) const = default;
};

/// Sites that lend each other what a customer's line is short of: lateral transshipment. The lender with the most
/// stock on its record lends first.
struct StockPool {
    std::string name;
    std::vector<SiteId> sites;                  ///< that may borrow
    std::vector<SiteId> lenders;                ///< that lend; mostly the same
    Units keeps = 0;                            ///< of an item, that a lender keeps for its own customers
    TimeDistribution transit = ConstantTime{};  ///< from shelf to shelf
    double per_unit = 0;                        ///< cost, for the KPI inventory_cost
};

/// Who carries out what a policy wants ordered.
enum class Execution : std::uint8_t {
    site,      ///< the site itself, at once and without people
    planners,  ///< a case at headquarters: a person or a guardrail releases it, then a purchase order goes out
};

/// What an estimator on the recorded demand needs to be told.
struct Smoothing {
    double weekly = 0.1;           ///< weight of the newest week in the level
    double alarmed = 0.5;          ///< the same while a change is detected
    double alarm_threshold = 4;    ///< tracking signal that means a change, in mean absolute deviations
    double least_variance = 0.05;  ///< of a day's demand [units^2]: what the alarm takes for usual at the least
    bool operator==(const Smoothing&) const = default;
};

/// What a level policy wants of the rest of the operation. Nobody asks for its type.
struct PolicyNeeds {
    double history_days = 0;            ///< recorded demand is averaged over so many days; 0 = not at all
    std::optional<Smoothing> forecast;  ///< a forecast that follows the recorded demand
    EstimatorTerms estimator;           ///< by what, over the days that are kept
    int record_days = 0;                ///< recorded demand is kept by day for so long; 0 = not at all
    Duration refresh = sim::days{1};    ///< age at which a level is computed anew
    bool judgement = false;             ///< a person's error is drawn for each level that is computed
    bool software = false;              ///< licensed: part of the programme's cost
    bool prepared = false;              ///< what it proposes comes to the desk prepared: a check, not work by hand
    bool operator==(const PolicyNeeds&) const = default;
};

class LevelPolicy;

/// How some locations replenish, as three independent choices: how levels come about (given below, or computed by
/// `levels`), how orders follow from levels and inventory position (on hand - waiting + on order), and who executes.
struct InventoryPolicy {
    std::string name;                             ///< for people
    std::shared_ptr<const LevelPolicy> levels;    ///< computes reorder point and order-up-to level; none = those below
    PolicyNeeds needs;                            ///< of `levels`
    std::shared_ptr<const LevelPolicy> fallback;  ///< computes them where the forecasting service doesn't answer
    PolicyNeeds fallback_needs;
    Execution execution = Execution::site;

    std::optional<Units> reorder_point;  ///< none: it orders what always, second or forecast say
    Units order_up_to = 0;
    Units quantity = 0;        ///< fixed, and multiples of it; 0 = up to the level
    Units standing_order = 0;  ///< ordered at every review, whatever the position
    Units most = 0;            ///< of one order; 0 = no cap
    std::optional<SecondSource> second;
    Duration review{};  ///< time between two looks; 0 = at every change
    std::optional<Duration>
        debounce;             ///< headquarters also looks when it hears of a low position, but not so soon again
    Duration first_review{};  ///< time of the first one, where the site looks
    std::optional<int> review_weekday;          ///< 0 = Monday; none = planners' are spread over the suppliers
    std::optional<SiteId> source;               ///< a site that supplies; none = the item's supplier
    TimeDistribution transit = ConstantTime{};  ///< from that site
    std::vector<LevelShift> shifts;
    std::optional<DemandForecast> forecast;  ///< every review orders up to its level

    /// Headquarters looks at its own view and computes the levels; else the ERP's record at the site is looked at.
    bool planned() const { return levels != nullptr && execution == Execution::planners; }
    /// Its levels are computed from what the forecasting service says.
    bool takes_forecast() const { return levels != nullptr && needs.forecast.has_value(); }
    /// Orders may follow from the position.
    bool orders() const {
        return levels != nullptr || reorder_point || standing_order > 0 || forecast || (second && second->order_up_to);
    }

    bool operator==(const InventoryPolicy&) const = default;
};

/// What is to be known of a location's stock, whoever replenishes it.
struct StockTerms {
    std::optional<Units> initial;  ///< units on hand on day 0
    std::vector<ScheduledReceipt> scheduled;
    // Costs, for the KPI inventory_cost; a day where nothing else is said.
    double holding_cost = 0, backorder_cost = 0;  ///< of a unit on hand; of a unit waited for
    double in_transit_cost = 0;                   ///< of a unit on its way to another site
    double per_order = 0, per_unit = 0, per_lost_unit = 0;
    bool cost_at_close = false;  ///< holding and shortage of the stock at midnight, not of the time average
};

}  // namespace entrepot::models
