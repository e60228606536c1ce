#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/network/forecast.hpp"
#include "models/network/governance.hpp"
#include "models/network/ids.hpp"
#include "models/network/master_data.hpp"
#include "models/network/systems.hpp"
#include "models/units.hpp"

/// What a study compares: policies, workflow and systems that change together.
namespace entrepot::models {

/// The life of a decision between recommendation and execution, beside its governance.
struct Workflow {
    double usual_quantity_weight = 0.3;     ///< of the newest quantity in the usual one
    Duration escalation_search_median{};    ///< agent's search for facts before an escalation is resolved, lognormal
    std::optional<Duration> answer_within;  ///< a supplier that hasn't answered an order by then is asked; none = never
    bool watches_answers = false;  ///< a later day that a supplier names is an exception before the line is overdue
    bool nets_returns = false;     ///< headquarters hears of demand less what came back and is sold again
    bool takes_allocated = false;  ///< an escalated order may get stock that lower tiers were promised
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
};

/// Breaches of which somebody is told, whatever the calendar of reviews says.
struct Alerts {
    double cover_below = 0;      ///< days that the stock lasts, from which down; 0 = never
    double burn_rate = 0;        ///< recorded demand of a week over what levels expect, from which on; 0 = never
    bool late_receipts = false;  ///< of a line that isn't there on the day after it was due
    int again_days = 7;          ///< the same location, at the soonest
    int horizon_days = 7;        ///< an alert was right where the stock doesn't last so long
    bool any() const { return cover_below > 0 || burn_rate > 0 || late_receipts; }
};

/// What the web shop makes of the stock that the gateway tells it of. With a reserve, or where the interface takes time
/// or can fail, it has a view of its own.
struct Gateway {
    std::int32_t reserve = 0;       ///< units of each item's stock that it does not show
    bool counts_own_orders = true;  ///< it takes off what it has sold since the last news
};

/// Whether the order desk offers another item of the group where a line is short.
struct Substitution {
    enum class Offers : std::uint8_t { none, at_entry };
    Offers offers = Offers::none;
    std::vector<bool> tiers, classes;  ///< to whose orders, and for which items; empty: all
};

/// Which of the lines that wait get what comes, where it isn't enough for all.
enum class AllocationRule : std::uint8_t {
    by_priority,  ///< the first by the priority rule
    first_come,   ///< whose order was entered first
    fair_share,   ///< each the same part of what it waits for
};

/// Who gets the stock.
struct Allocation {
    AllocationRule rule = AllocationRule::by_priority;
    Column<TierId, double>
        days;                   ///< of an item's demand at the site that are kept from a tier's customers; empty: none
    std::vector<bool> classes;  ///< of which items; empty: all
    bool keeps() const { return !days.empty(); }
    double days_kept(TierId tier, ClassId velocity) const {
        return classes.empty() || classes[velocity.index()] ? days[tier] : 0;
    }
    bool operator==(const Allocation&) const = default;
};

enum class PromiseRule : std::uint8_t { table, available_to_promise };

struct Strategy {
    std::string name;                ///< S0, S1, ...
    std::string title, description;  ///< for people
    Integration integration;
    ForecastModel forecast;
    CleanUp clean_up;
    Workflow workflow;
    Governance governance;
    Waves waves;
    Transfers transfers;
    Notices notices;
    Alerts alerts;
    Gateway gateway;
    Substitution substitution;
    Allocation allocation;
    bool has_gateway() const { return gateway.reserve > 0 || integration.watches(InterfaceName::gateway); }
    bool expedite_late_orders =
        false;  ///< ship by the expedite carrier when the ordinary one would miss the promise (top tier)
};

}  // namespace entrepot::models
