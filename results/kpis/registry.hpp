#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// The list of KPIs. To add one: a line in registry.cpp, and the facts that feed it in rules.cpp.
namespace entrepot::results {

enum class Kpi : std::size_t {
    line_fill,
    unit_fill,
    order_fill,
    otif,
    promise_accuracy,
    promise_accuracy_strict,
    stockout_rate,
    lost_units,
    lost_margin,
    turns,
    inventory_value,
    days_of_supply,
    imbalance,
    over_and_under,
    record_accuracy,
    visibility_error,
    expedite_cost,
    purchase_premiums,
    expedite_share,
    freight_cost,
    freight_share,
    overtime_hours,
    overtime_cost,
    labour_utilisation,
    penalties,
    penalty_share,
    backlog,
    past_due,
    backlog_volatility,
    staged_orders,
    missed_departures,
    carrier_use,
    touchless,
    exception_hours,
    exception_p90,
    exceptions,
    planner_utilisation,
    planner_queue,
    planner_hours,
    agent_hours,
    purchase_lines,
    transfers,
    urgent_transfers,
    transfer_cost,
    sales,
    cost_of_sales,
    gross_margin,
    order_lines,
    censored_orders,
    lost_share,
    inventory_cost,
    mean_on_hand,
    mean_backorders,
    on_hand_at_close,
    backorders_at_close,
    on_order_at_close,
    replenishment_orders,
    replenishment_units,
    order_variability,
    demand_dispersion,
    pick_wait,
    time_in_system,
    picks_waiting,
    tier_backorders,
    operating_cost,
    transshipped_share,
    on_hand_at,
    backorders_at,
    on_order_at,
    demanded_by,
    otif_over_target,
    backorder_probability,
    line_wait,
    line_wait_p50,
    line_wait_p90,
    line_wait_p99,
    pick_wait_p90,
    time_in_system_p90,
    stocked_out_at,
    no_backorders_at,
    low_at,
    notices,
    late_told,
    notice_precision,
    decisions,
    needless_cases,
    decision_hours,
    waiting_hours,
    handling_hours,
    touchless_value,
    auto_released,
    acceptance,
    guardrail_strikes,
    manual_interventions,
    office_utilisation,
    office_queue,
    office_hours,
    office_overtime,
    alert_precision,
    alert_recall,
    reallocated_units,
    temp_hours,
    temp_cost,
    learning_loss,
    hours_lent,
    lending_cost,
    decision_regret,
    override_value,
    overrides_improved,
    wrong_auto,
    stopped_in_vain,
    let_pass,
    approval_hours,
    approval_office_hours,
    approvals_in_time,
    exceptions_in_time,
    open_exceptions,
    nervousness,
    expedited_lines,
    rekeyed_lines,
    mistaken_lines,
    audit_completeness,
    call_success,
    message_success,
    availability,
    hours_to_repair,
    hours_between_outages,
    recovery_hours,
    late_minutes,
    dead_letters,
    lost_messages,
    duplicate_effects,
    message_delay_p50,
    message_delay_p95,
    message_delay_p99,
    overtaken_messages,
    stale_overwrites,
    record_age,
    duplicate_orders,
    fallback_share,
    wrong_unit_lines,
    forecast_wmape,
    forecast_bias,
    forecast_error,
    master_errors,
    errors_found,
    clean_up_cost,
    answered_lines,
    announced_lines,
    changed_answers,
    receipt_date_error,
    oversold_lines,
    turned_away_lines,
    shop_error,
    substituted_share,
    substitutes_taken,
    held_orders,
    hold_hours,
    held_otif,
    returned_units,
    refunds,
    restocked_share,
    scrapped_value,
    damaged_value,
    returns_cost,
    large_account_penalties,
    on_time_ship,
    tender_rejections,
    consolidation,
    days_to_recover,
    resilience_loss,
    count
};
inline constexpr std::size_t kKpis = static_cast<std::size_t>(Kpi::count);

enum class Better { higher, lower, neither };

/// How a KPI's numerator and denominator become one number, and how it is written.
enum class Form {
    share,       ///< a part of a whole, in [0,1], written as a percentage
    percentage,  ///< a ratio of two things, written as a percentage; may exceed 100 %
    ratio,       ///< a ratio in units of its own
    money,       ///< a sum over the slice's days, currency units
    total,       ///< a sum over the slice's days, counted things
    per_day,     ///< mean of a day's value
};

/// Dimensions by which a KPI is kept; a row is made for each value of each of them.
enum : unsigned { kBySite = 1, kByTier = 2, kByClass = 4, kByPhase = 8 };
/// Only some scenarios have anything for it, such as costs of stock or picking without waves: a headline where they do.
inline constexpr unsigned kOfSome = 16;
/// Of the scenario's moments: a row for each of them, and none in all.
inline constexpr unsigned kByMoment = 32;
/// Where a service falls short: also by each pair of warehouse, tier and phase.
inline constexpr unsigned kByPairs = 64;
/// Of decisions: a row for each kind. Of people at work: a row for each role. Neither goes with a class.
inline constexpr unsigned kByDecision = 256, kByRole = 512;
/// Of links between systems: a row for each interface; nor does it go with a class.
inline constexpr unsigned kByInterface = 1024;
/// Of transport: a row for each carrier; nor does it go with a class.
inline constexpr unsigned kByCarrier = 2048;
/// Kept only where some tier has a target.
inline constexpr unsigned kOfTargets = 128;

struct KpiInfo {
    Kpi kpi;
    std::string_view id, name, unit;
    Form form;
    Better better;
    unsigned slices;
    bool headline;  ///< shown first in comparisons
    std::string_view definition;
};

/// Whether a KPI may have come to this: a share is a part of a whole, to within what hours lose when they are summed.
inline bool may_be(const KpiInfo& kpi, double numerator, double denominator) {
    return kpi.form != Form::share || (numerator >= 0 && numerator <= denominator * (1 + 1e-9));
}

std::span<const KpiInfo> kpi_registry();
const KpiInfo& info(Kpi kpi);
/// Null when there is no such id.
const KpiInfo* find_kpi(std::string_view id);

/// docs/kpis.md
std::string kpi_markdown();

}  // namespace entrepot::results
