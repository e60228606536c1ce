#include "results/business/savings.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

using Values = std::vector<double>;  ///< by replication

constexpr Kpi kCounted[] = {Kpi::lost_margin,   Kpi::expedite_cost, Kpi::penalties,     Kpi::inventory_value,
                            Kpi::overtime_cost, Kpi::freight_cost,  Kpi::transfer_cost, Kpi::purchase_premiums,
                            Kpi::planner_hours, Kpi::agent_hours,   Kpi::temp_cost,     Kpi::lending_cost,
                            Kpi::clean_up_cost, Kpi::returns_cost};

Values weighted(std::initializer_list<std::pair<double, Values>> terms) {
    Values sum(terms.begin()->second.size(), 0.0);
    for (const auto& [weight, values] : terms) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * values[i];
    }
    return sum;
}

/// What `base` has more than `own` in a row, by replication; zeros where the study doesn't have the row.
/// Without `own`, all that `base` has.
Values difference(const Study& study, std::size_t base, std::optional<std::size_t> own, Kpi kpi,
                  const std::string& label) {
    Values values(study.replication_count(), 0.0);
    const auto row =
        std::ranges::find_if(study.rows, [&](const Row& r) { return r.kpi == info(kpi).id && r.label == label; });
    if (row == study.rows.end()) return values;
    const auto at = static_cast<std::size_t>(row - study.rows.begin());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = study.replications[base][i].numerator[at];
        if (own) values[i] -= study.replications[*own][i].numerator[at];
    }
    return values;
}

}  // namespace

double WindowDays::most_spikes(double days_per_year) const {
    return spike > 0 ? days_per_year / spike : std::numeric_limits<double>::infinity();
}

WindowDays window_days(const Study& study, const FinanceInputs& inputs) {
    WindowDays days{.measured = std::max(1, study.dimensions.measured_days())};
    bool spike = inputs.window_has_spike;
    for (const Phase& phase : study.dimensions.phases) {
        spike = spike || !phase.calm;
        if (phase.calm) days.calm += phase.end_day - phase.first_day;
    }
    if (spike) days.spike = std::max(0, days.measured - days.calm);
    return days;
}

std::string basis_text(const Study& study, const FinanceInputs& in) {
    const WindowDays days = window_days(study, in);
    if (days.spike == 0) {
        return fmt::format("Effects in the {} measured days are scaled to {:.4g} days.", days.measured,
                           in.days_per_year);
    }
    if (days.calm == 0) {
        return fmt::format(
            "No calm days were measured: the effects of the {} measured days count once for each of {:g} spikes a "
            "year, {:.0f} % of the year; for the rest no effect is assumed.",
            days.measured, in.spikes_per_year, 100 * in.spikes_per_year * days.measured / in.days_per_year);
    }
    return fmt::format(
        "The calm days ({}) stand for the year of {:.4g} days; what the other {} days add to their pace counts once "
        "for each of {:g} spikes a year.",
        days.calm, in.days_per_year, days.spike, in.spikes_per_year);
}

Savings::Savings(const Study& study, const WindowDays& days, std::size_t base, std::size_t own)
    : replications_(study.replication_count()) {
    const Values none(replications_, 0.0);
    for (std::size_t s = 0; s < study.strategies.size() && s < study.replications.size(); ++s) {
        const Values spent = difference(study, s, {}, Kpi::clean_up_cost, "all");
        cleans_up_ = cleans_up_ || std::ranges::any_of(spent, [](double x) { return x != 0; });
    }
    for (const Kpi kpi : kCounted) {
        const auto part = [&](const std::string& label) { return difference(study, base, own, kpi, label); };
        Pace& pace = paces_[kpi];
        if (days.spike == 0) {
            pace = {weighted({{1.0 / days.measured, part("all")}}), none};
            continue;
        }
        Values calm = none;
        for (const Phase& phase : study.dimensions.phases) {
            if (phase.calm) calm = weighted({{1, calm}, {1, part("phase=" + phase.name)}});
        }
        pace.a_day = weighted({{1.0 / std::max(1, days.calm), calm}});
        pace.a_spike = weighted({{1, part("all")}, {-days.measured, pace.a_day}});
    }
}

Values Savings::annual(Kpi kpi, const FinanceInputs& in) const {
    const Pace& pace = paces_.at(kpi);
    return weighted({{in.days_per_year, pace.a_day}, {in.spikes_per_year, pace.a_spike}});
}

/// How much less stock there is, mean over the days of a year.
Values Savings::less_stock(const FinanceInputs& in) const {
    return weighted({{1 / in.days_per_year, annual(Kpi::inventory_value, in)}});
}

Values Savings::released(const FinanceInputs& in) const {
    return in.stock_charged ? Values(replications_, 0.0) : less_stock(in);
}

std::vector<SavingLine> Savings::lines(const FinanceInputs& in) const {
    const double carrying = in.space_rate + in.service_rate + in.risk_rate + (in.stock_charged ? in.capital_rate : 0);
    const Values expedites = annual(Kpi::expedite_cost, in);
    // Expedite cost holds the extra of shipments and transfers, which are part of what those cost: count it once.
    const Values haulage = weighted({{1, annual(Kpi::freight_cost, in)},
                                     {1, annual(Kpi::transfer_cost, in)},
                                     {-1, expedites},
                                     {1, annual(Kpi::purchase_premiums, in)}});
    const double cash = in.cashable_labour_share;
    std::vector<SavingLine> lines{
        {"Lost sales, margin", false, weighted({{1 - in.recapture, annual(Kpi::lost_margin, in)}})},
        {"Expedites", false, expedites},
        {"Penalties", false, annual(Kpi::penalties, in)},
        {"Returns", false, annual(Kpi::returns_cost, in)},
        {in.stock_charged ? "Stock carrying, with capital" : "Stock carrying, non-capital", false,
         weighted({{carrying, less_stock(in)}})},
        {"Overtime and temps", false,
         weighted({{1, annual(Kpi::overtime_cost, in)},
                   {1, annual(Kpi::temp_cost, in)},
                   {1, annual(Kpi::lending_cost, in)}})},
        {"Ordinary freight and transfers", false, haulage},
        {"Manual work", true,
         weighted({{cash * in.planner_rate, annual(Kpi::planner_hours, in)},
                   {cash * in.agent_rate, annual(Kpi::agent_hours, in)}})},
    };
    if (cleans_up_) lines.push_back({"Clean-up of the item master", false, annual(Kpi::clean_up_cost, in)});
    return lines;
}

}  // namespace entrepot::results
