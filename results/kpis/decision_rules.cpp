#include <cstdlib>
#include <utility>

#include "results/kpis/accumulator.hpp"

/// What facts of decisions, and of the people who take them, count for.
namespace entrepot::results {

using namespace models;

namespace {

KpiCube::Place of_kind(KpiCube::Place place, DecisionKind kind) {
    place.who = static_cast<int>(kind);
    return place;
}

/// Of customers and suppliers. Those of systems have KPIs of their own: failing more would make the others look quick.
bool is_of_business(DecisionKind kind) { return is_exception(kind) && kind != DecisionKind::integration_exception; }

double hours_since(std::int64_t micros, sim::Time now) {
    return sim::in<sim::hours>(now - (sim::kStart + sim::Duration{micros}));
}

}  // namespace

void KpiAccumulator::on(const PurchaseLineOrdered& f, const Place& place) {
    if (f.levels_by != ForecastBy::none) cube_.add(Kpi::fallback_share, place, f.levels_by == ForecastBy::fallback, 1);
    cube_.add(Kpi::purchase_lines, place, 1);
    cube_.add(Kpi::touchless, of_kind(place, DecisionKind::purchase), f.touches == 0, 1);
    const double value = static_cast<double>(f.value_micros) * 1e-6;
    cube_.add(Kpi::touchless_value, place, f.touches == 0 ? value : 0, value);
    cube_.add(Kpi::expedited_lines, place, 0, 1);
    cube_.add(Kpi::audit_completeness, place, 0, 1);
    if (f.recommended > 0) cube_.add(Kpi::nervousness, place, std::abs(f.units - f.recommended), f.recommended);
}

void KpiAccumulator::on(const TransferOrdered& f, const Place& place) {
    const double cost = static_cast<double>(f.cost_micros) * 1e-6;
    cube_.add(Kpi::transfers, place, 1);
    cube_.add(Kpi::urgent_transfers, place, f.urgent, 1);
    cube_.add(Kpi::transfer_cost, place, cost);
    cube_.add(Kpi::touchless, of_kind(place, DecisionKind::transfer), f.touches == 0, 1);
    cube_.add(Kpi::expedite_share, place, f.urgent ? cost : 0, cost);
    cube_.add(Kpi::audit_completeness, place, 0, 1);
}

/// Of a case that leads to a transaction, what was known then is told with it, at once before the case is closed.
void KpiAccumulator::on(const CaseStepped& f, const Place& told) {
    const auto step = static_cast<CaseStep>(f.step);
    if (step == CaseStep::executed) traced_ = f.inputs != 0 ? f.number + 1 : 0;
    if (step == CaseStep::checked && static_cast<Role>(f.role) == Role::system) count_checked(f, told);
}

/// A recommendation that was cut and is routed besides has met guardrails once.
void KpiAccumulator::count_checked(const CaseStepped& f, const Place& told) {
    const bool again = std::exchange(cut_, 0) == f.number + 1;
    const auto outcome = static_cast<StepOutcome>(f.outcome);
    if (outcome == StepOutcome::capped) cut_ = f.number + 1;
    if (again) return;
    const Place place = of_kind(told, static_cast<DecisionKind>(f.kind));
    cube_.add(Kpi::guardrail_strikes, place, outcome != StepOutcome::within, 1);
}

void KpiAccumulator::count_audited(const CaseClosed& f, const Place& told) {
    const auto kind = static_cast<DecisionKind>(f.kind);
    const bool transaction = f.executed && (kind == DecisionKind::purchase || kind == DecisionKind::transfer);
    const bool somebody_decided = f.touches > 0 || static_cast<Recommended>(f.recommended) == Recommended::released;
    if (transaction && somebody_decided && traced_ == f.number + 1) cube_.add(Kpi::audit_completeness, told, 1);
}

void KpiAccumulator::on(const ApprovalGiven& f, const Place& told) {
    Place place = told;
    place.who = f.role;
    cube_.add(Kpi::approval_hours, place, f.hours, 1);
    cube_.add(Kpi::approval_office_hours, place, f.office_hours, 1);
    if (f.service != Service::none) cube_.add(Kpi::approvals_in_time, place, f.service == Service::kept, 1);
}

void KpiAccumulator::on(const DecisionJudged& f, const Place& told) {
    Place place = of_kind(told, static_cast<DecisionKind>(f.kind));
    place.day = f.decided_day;
    cube_.add(Kpi::decision_regret, place, f.decided, 1);
    if (f.who == Recommended::changed) {
        cube_.add(Kpi::override_value, place, double{f.offered} - f.decided, 1);
        cube_.add(Kpi::overrides_improved, place, f.decided < f.offered, 1);
    }
    if (f.who == Recommended::released) cube_.add(Kpi::wrong_auto, place, f.went_bad, 1);
    if (f.struck) {
        cube_.add(Kpi::stopped_in_vain, place, !f.bad, 1);
    } else if (f.who == Recommended::released) {
        cube_.add(Kpi::let_pass, place, f.bad, 1);
    }
}

void KpiAccumulator::on(const AlertJudged& f, const Place& told) {
    Place place = told;
    place.site = f.site;
    cube_.add(f.of_shortage != 0 ? Kpi::alert_recall : Kpi::alert_precision, place, f.right, 1);
}

void KpiAccumulator::on(const ForecastsJudged& f, const Place& told) {
    Place place = told;
    place.site = f.site;
    place.velocity = f.velocity;
    cube_.add(Kpi::forecast_wmape, place, f.off, f.came);
    cube_.add(Kpi::forecast_bias, place, double{f.forecast} - f.came, f.came);
    if (f.expected > 0) cube_.add(Kpi::forecast_error, place, f.off_expected, f.expected);
}

void KpiAccumulator::on(const StockReallocated& f, const Place& told) {
    Place place = told;
    place.tier = f.from_tier;
    cube_.add(Kpi::reallocated_units, place, f.units);
}

void KpiAccumulator::count_decision(const CaseClosed& f, const Place& told, sim::Time now) {
    const auto kind = static_cast<DecisionKind>(f.kind);
    const Place place = of_kind(told, kind);
    cube_.add(Kpi::needless_cases, place, !f.executed, 1);
    cube_.add(Kpi::manual_interventions, place, 100.0 * f.touches);
    if (f.executed) {
        cube_.add(Kpi::decisions, place, 1);
        cube_.add(Kpi::decision_hours, place, f.signal_hours + hours_since(f.raised_micros, now), 1);
    }
    if (f.touches > 0) {
        cube_.add(Kpi::waiting_hours, place, f.waited_hours, 1);
        cube_.add(Kpi::handling_hours, place, f.worked_hours, 1);
    }
    const auto recommended = static_cast<Recommended>(f.recommended);
    const bool by_hand = kind == DecisionKind::purchase || kind == DecisionKind::keying;
    if (by_hand && f.executed && f.touches > 0 && recommended == Recommended::no) {
        cube_.add(Kpi::rekeyed_lines, place, 1);
        cube_.add(Kpi::mistaken_lines, place, f.mistaken, 1);
    }
    if (recommended == Recommended::no) return;
    const bool released = recommended == Recommended::released;
    cube_.add(Kpi::auto_released, place, released, 1);
    // What somebody has no right to change goes out as it was.
    if (!released) cube_.add(Kpi::acceptance, place, recommended != Recommended::changed, 1);
}

void KpiAccumulator::on(const CaseClosed& f, const Place& place, sim::Time now) {
    count_decision(f, place, now);
    count_audited(f, place);
    const auto kind = static_cast<DecisionKind>(f.kind);
    if (!is_of_business(kind)) return;
    cube_.add(Kpi::exceptions, place, 1);
    if (f.service != Service::none) {
        cube_.add(Kpi::exceptions_in_time, of_kind(place, kind), f.service == Service::kept, 1);
    }
    const double hours = hours_since(f.raised_micros, now);
    cube_.add(Kpi::exception_hours, place, hours, 1);
    if (cube_.measured(place.day)) exception_hours_[static_cast<std::size_t>(cube_.phase_at(place.day))].add(hours);
}

void KpiAccumulator::on(const ExceptionLeftOpen& f, const Place& told) {
    const auto kind = static_cast<DecisionKind>(f.kind);
    if (!is_of_business(kind)) return;
    Place place = of_kind(told, kind);
    place.day = f.raised_day;
    cube_.add(Kpi::open_exceptions, place, 1);
    if (f.service == Service::missed) cube_.add(Kpi::exceptions_in_time, place, 0, 1);
}

void KpiAccumulator::on(const OfficeDay& f, const Place& place) {
    Place of_role = place;
    of_role.who = f.role;
    cube_.add(Kpi::office_utilisation, of_role, f.at_work, f.available);
    cube_.add(Kpi::office_queue, of_role, f.queue);
    cube_.add(Kpi::office_hours, of_role, f.busy);
    cube_.add(Kpi::office_overtime, of_role, f.overtime);
    const auto role = static_cast<Role>(f.role);
    cube_.add(Kpi::overtime_cost, place, static_cast<double>(f.overtime_cost_micros) * 1e-6);
    if (role == Role::service_agent) cube_.add(Kpi::agent_hours, place, f.busy - f.overtime);
    if (role != Role::planner) return;
    cube_.add(Kpi::planner_utilisation, place, f.at_work, f.available);
    cube_.add(Kpi::planner_hours, place, f.busy - f.overtime);
    cube_.add(Kpi::planner_queue, place, f.queue);
    series_.at(kPlannerQueue, place.site, place.day) = static_cast<float>(f.queue);
}

}  // namespace entrepot::results
