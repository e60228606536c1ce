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

/// The life of a replenishment decision between recommendation and execution.
struct Workflow {
    bool auto_release = false;           ///< lines within the guardrails go out untouched
    Money auto_value_limit;              ///< of a line
    double auto_confidence = 0;          ///< least forecast confidence in [0,1]
    double auto_change_limit = 0;        ///< greatest |quantity - usual quantity| / usual quantity
    double usual_quantity_weight = 0.3;  ///< of the newest quantity in the usual one
    Money approval_above;                ///< lines above it wait for an approval, whoever proposed them
    Duration approval_median{};          ///< business hours, lognormal
    double approval_sigma = 0;
    Duration escalation_search_median{};  ///< agent's search for facts before an escalation is resolved, lognormal
};

struct Waves {
    std::vector<int> start_minutes;  ///< fixed waves of the day; empty = every `interval` during shifts
    Duration interval{};
    bool at_once = false;  ///< no waves: who is free takes the task that comes first
    bool operator==(const Waves&) const = default;
};

struct Transfers {
    bool urgent_on_escalation = false;  ///< a planner may order a dedicated truck for a short order of the first tier
    bool proactive = false;             ///< rebalance before the scheduled trucks leave
    double donor_keeps_days = 0;        ///< cover that stays at the donor
    double receiver_below_days = 0;     ///< cover below which a site asks for stock
    Money auto_value_limit;             ///< transfers above it wait for approval
    double urgent_donor_days = 3;       ///< a planner doesn't strip a site of its last days for one order
};

enum class PromiseRule : std::uint8_t { table, available_to_promise };

struct Strategy {
    std::string name;                ///< S0, S1, ...
    std::string title, description;  ///< for people
    Integration integration;
    Workflow workflow;
    Waves waves;
    Transfers transfers;
    bool expedite_late_orders =
        false;  ///< ship by the expedite carrier when the ordinary one would miss the promise (top tier)
};

}  // namespace entrepot::models
