#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "models/network/governance.hpp"
#include "models/network/ids.hpp"
#include "models/network/systems.hpp"
#include "models/units.hpp"

/// What a study compares: policies, workflow and systems that change together.
namespace entrepot::models {

/// The life of a decision between recommendation and execution, beside its governance.
struct Workflow {
    double usual_quantity_weight = 0.3;   ///< of the newest quantity in the usual one
    Duration escalation_search_median{};  ///< agent's search for facts before an escalation is resolved, lognormal
};

/// By what a supervisor takes work who doesn't go by the priority rule.
enum class LocalRule : std::uint8_t {
    easiest,  ///< fewest lines
    newest,   ///< that came last
    loudest,  ///< orders that a customer has complained of
};

struct Waves {
    std::vector<int> start_minutes;  ///< fixed waves of the day; empty = every `interval` during shifts
    Duration interval{};
    bool at_once = false;                       ///< no waves: who is free takes the task that comes first
    double local_override = 0;                  ///< probability that a supervisor says which task comes next; 0 = never
    LocalRule local_rule = LocalRule::easiest;  ///< by what
    bool operator==(const Waves&) const = default;
};

struct Transfers {
    bool urgent_on_escalation = false;  ///< a planner may order a dedicated truck for a short order of the first tier
    bool proactive = false;             ///< rebalance before the scheduled trucks leave
    double donor_keeps_days = 0;        ///< cover that stays at the donor
    double receiver_below_days = 0;     ///< cover below which a site asks for stock
    double urgent_donor_days = 3;       ///< a planner doesn't strip a site of its last days for one order
};

/// Whether customers hear of an order that will be late before it is.
struct Notices {
    int at_risk_days = 0;  ///< orders due within so many days are looked at each midnight; 0 = nobody is told
    bool by_hand = false;  ///< an agent writes each, in place of a system
};

enum class PromiseRule : std::uint8_t { table, available_to_promise };

struct Strategy {
    std::string name;                ///< S0, S1, ...
    std::string title, description;  ///< for people
    Integration integration;
    Workflow workflow;
    Governance governance;
    Waves waves;
    Transfers transfers;
    Notices notices;
    bool expedite_late_orders =
        false;  ///< ship by the expedite carrier when the ordinary one would miss the promise (top tier)
};

}  // namespace entrepot::models
