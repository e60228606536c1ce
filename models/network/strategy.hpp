#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "models/network/ids.hpp"
#include "models/network/systems.hpp"
#include "models/units.hpp"

/// What a study compares: policies, workflow and systems that change together.
namespace entrepot::models {

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

}  // namespace entrepot::models
