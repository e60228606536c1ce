#include <algorithm>

#include "scenarios/scenario.hpp"

/// What the business case makes of the measured window: which of its days are usual ones, and how many a year has.
namespace entrepot::scenarios {

bool is_calm(const Scenario& scenario, const PhasePart& phase) {
    if (phase.spike) return false;
    return !scenario.spike || phase.end_day <= static_cast<int>(scenario.spike->start_days);
}

int spike_days(const Scenario& scenario) {
    const auto comes_now_and_then = [&](const auto& phase) { return !is_calm(scenario, phase.value); };
    if (!scenario.spike && std::ranges::none_of(scenario.phases, comes_now_and_then)) return 0;
    int days = scenario.calendar.measure_days;
    for (const auto& [name, phase] : scenario.phases) {
        if (is_calm(scenario, phase)) days -= static_cast<int>(phase.end_day - phase.first_day);
    }
    return std::max(0, days);
}

double days_per_year(const Scenario& scenario) {
    const auto& business_days = scenario.finance.business_days_per_year;
    return business_days ? *business_days * 7 / scenario.calendar.working_days : 365;
}

}  // namespace entrepot::scenarios
