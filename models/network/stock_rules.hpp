#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"

/// How sites replenish themselves.
namespace entrepot::models {

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

}  // namespace entrepot::models
