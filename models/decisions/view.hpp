#pragma once

#include <cstdint>

#include "models/network/ids.hpp"
#include "models/records/location.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// What headquarters believes when it decides, and what it has made of it.
namespace entrepot::models {

/// What headquarters believes of a location when it decides.
struct StockView {
    Units net = 0;             ///< on hand less allocated and waiting, as last extracted
    Units on_order = 0;        ///< purchases and transfers under way, proposals included
    Time heard{};              ///< of the last extract
    std::uint32_t demand = 0;  ///< extracted since the start; it may run over, and only differences of two moments tell
    Units delivered = 0;       ///< that purchase lines have brought to the dock since the start
    Time low_since{};          ///< when the position was first heard to be at or below its reorder point; 0: it isn't
};

/// Units that were extracted between two moments, from StockView::demand at each.
inline Units demand_between(std::uint32_t before, std::uint32_t after) { return static_cast<Units>(after - before); }

/// Reorder point and order-up-to level [units], however a policy came to them.
struct Levels {
    float reorder_point = 0, order_up_to = 0;
    float daily_rate = 0;      ///< demand behind them [units a day]
    float confidence = 0;      ///< of the forecast, in [0,1]; 0 where the policy makes none
    float usual_quantity = 0;  ///< smoothed past order quantities
    std::int32_t next_refresh_day = 0;
    Time proposed{};  ///< the last line; where a guardrail blocked it perhaps later, lest news ask for it again
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
    sim::Filler<3> rest{};
};

/// What the forecasting service is to an inventory policy that takes a forecast.
struct ForecastNews {
    enum class By : std::uint8_t {
        service,   ///< levels are its, perhaps of some time ago
        fallback,  ///< they are the fallback policy's
        nobody,    ///< its last forecast is too old, and there is no fallback: nothing is recommended
    };
    friend constexpr By last_of(By) { return By::nobody; }
    Time heard{};
    By by = By::service;
    bool asked = false;  ///< it has not answered yet
    bool late = false;   ///< the review of the day had to do without
    sim::Filler<5> rest{};
};

/// What a location's levels expected when forecasts were judged last.
struct NotedForecast {
    float rate = -1;           ///< units a day; below 0: nobody expected anything
    std::uint32_t demand = 0;  ///< StockView::demand then
};

/// What the item master says of an item, as far as it is wrong.
struct MasterRecord {
    float cost_factor = 1, lead_factor = 1, minimum_factor = 1;  ///< of what is right
    float pack_factor = 1;                                       ///< 0: a single unit
    SiteId ordered_in, planned_at;  ///< the region's demand counts at the site; where both are one, at its own
    ClassId velocity;
    bool wrong_unit = false;  ///< a pack is taken for a unit
    bool reported = false;    ///< and somebody has seen what is wrong
    sim::Filler<1> rest{};
};

/// What receipts have taught about a supplier's lead times [days].
struct LeadTimeEstimate {
    double mean = 0, variance = 0;
    int receipts = 0;
    sim::Filler<4> rest{};
};

}  // namespace entrepot::models
