#include "results/roi.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/roots.hpp>
#include <fmt/format.h>

#include "results/confirmation.hpp"
#include "results/kpi_registry.hpp"

namespace entrepot::results {

// ------------------------------------------------------------------------------------------------------------- finance

double net_present_value(double rate, std::span<const double> flows) {
    double value = 0, factor = 1;
    for (const double flow : flows) {
        value += flow * factor;
        factor /= 1 + rate;
    }
    return value;
}

namespace {

/// Value of a polynomial, lowest power first; exactly 0 where it can't be told from that.
double polynomial(std::span<const double> coefficients, double x) {
    double value = 0, scale = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) {
        value = value * x + coefficients[i];
        scale = scale * std::abs(x) + std::abs(coefficients[i]);
    }
    return std::abs(value) <= 1e-13 * scale ? 0 : value;
}

/// Its zeros within (low, high), ascending: between two neighbouring zeros of the derivative it runs one way, so that
/// each such piece has one zero or none, and none is overlooked.
std::vector<double> zeros(std::span<const double> coefficients, double low, double high) {
    if (coefficients.size() < 2) return {};
    std::vector<double> derivative;
    for (std::size_t i = 1; i < coefficients.size(); ++i)
        derivative.push_back(static_cast<double>(i) * coefficients[i]);
    std::vector<double> ends = zeros(derivative, low, high);
    ends.push_back(high);
    const auto value = [&](double x) { return polynomial(coefficients, x); };
    std::vector<double> found;
    double from = low, at_from = value(low);
    for (const double to : ends) {
        const double at_to = value(to);
        if (at_from * at_to < 0) {
            std::uintmax_t steps = 200;
            const auto [a, b] = boost::math::tools::toms748_solve(value, from, to, at_from, at_to,
                                                                  boost::math::tools::eps_tolerance<double>(48), steps);
            found.push_back((a + b) / 2);
        } else if (at_to == 0 && to < high) {
            found.push_back(to);  // it touches zero there
        }
        from = to;
        at_from = at_to;
    }
    return found;
}

}  // namespace

std::vector<double> internal_rates(std::span<const double> flows) {
    if (std::ranges::all_of(flows, [](double flow) { return flow == 0; })) return {};
    // A polynomial of the discount factor 1 / (1 + rate).
    std::vector<double> rates = zeros(flows, 1 / (1 + 1e4), 1 / (1 - 0.99));
    std::ranges::reverse(rates);
    for (double& rate : rates) rate = 1 / rate - 1;
    return rates;
}

std::optional<double> internal_rate(std::span<const double> flows) {
    const std::vector<double> rates = internal_rates(flows);
    return rates.size() == 1 ? std::optional(rates.front()) : std::nullopt;
}

std::optional<double> payback_years(std::span<const double> flows) {
    double sum = 0;
    for (std::size_t year = 0; year < flows.size(); ++year) {
        const double before = sum;
        sum += flows[year];
        if (sum >= 0 && year > 0 && before < 0) return static_cast<double>(year - 1) - before / flows[year];
    }
    return flows.empty() || flows[0] < 0 ? std::nullopt : std::optional(0.0);
}

// --------------------------------------------------------------------------------------------- from windows to a year

namespace {

using Values = std::vector<double>;  ///< by replication

/// Reads KPI sums of a strategy, by replication, and makes years of them. A spike is never stretched over a year: with
/// calm phases beside it they stand for the year and the spike's surplus counts once for each spike; a window that is
/// all spike counts once for each spike, and the rest of the year is taken to show no difference.
class Yearly {
public:
    Yearly(const Study& study, double spikes_per_year) : study_(study), spikes_per_year_(spikes_per_year) {
        for (const Phase& phase : study.dimensions.phases) (phase.calm ? calm_days_ : spike_days_) += days(phase);
        for (std::size_t r = 0; r < study.rows.size(); ++r) row_of_[{study.rows[r].kpi, study.rows[r].label}] = r;
    }

    /// The KPI's sum in a year.
    Values annual(std::size_t strategy, Kpi kpi) const {
        if (spike_days_ == 0) return scaled(sums(strategy, kpi, "all"), 365.0 / study_.dimensions.measured_days());
        if (calm_days_ == 0) return scaled(sums(strategy, kpi, "all"), spikes_per_year_);
        Values calm(study_.replication_count(), 0.0), spike = calm;
        for (const Phase& phase : study_.dimensions.phases) {
            const Values part = sums(strategy, kpi, "phase=" + phase.name);
            for (std::size_t i = 0; i < part.size(); ++i) (phase.calm ? calm : spike)[i] += part[i];
        }
        Values year(calm.size());
        for (std::size_t i = 0; i < year.size(); ++i) {
            const double a_day = calm[i] / calm_days_;
            year[i] = 365 * a_day + spikes_per_year_ * (spike[i] - a_day * spike_days_);
        }
        return year;
    }

    /// Mean over the days of a year, of a KPI that sums daily values.
    Values daily_mean(std::size_t strategy, Kpi kpi) const { return scaled(annual(strategy, kpi), 1 / 365.0); }

    std::string basis() const {
        const int measured = study_.dimensions.measured_days();
        if (spike_days_ == 0) return fmt::format("Effects in the {} measured days are scaled to 365 days.", measured);
        if (calm_days_ == 0) {
            return fmt::format(
                "No calm days were measured: the effects of the {} measured days count once for each of {:g} "
                "spikes a year, {:.0f} % of the year; for the rest no effect is assumed.",
                measured, spikes_per_year_, 100 * spikes_per_year_ * measured / 365);
        }
        return fmt::format(
            "The calm days ({}) stand for the year; what the other {} days add to their pace counts once for "
            "each of {:g} spikes a year.",
            calm_days_, spike_days_, spikes_per_year_);
    }

private:
    static int days(const Phase& phase) { return phase.end_day - phase.first_day; }

    static Values scaled(Values values, double factor) {
        for (double& v : values) v *= factor;
        return values;
    }

    Values sums(std::size_t strategy, Kpi kpi, const std::string& label) const {
        const auto row = row_of_.find({std::string(info(kpi).id), label});
        Values values;
        for (const Replication& r : study_.replications[strategy]) {
            values.push_back(row == row_of_.end() ? 0.0 : r.numerator[row->second]);
        }
        return values;
    }

    const Study& study_;
    double spikes_per_year_;
    int calm_days_ = 0, spike_days_ = 0;
    std::map<std::pair<std::string, std::string>, std::size_t> row_of_;
};

/// One benefit, by replication.
struct Line {
    std::string name;
    bool labour = false;
    Values annual;
};

Values weighted(std::initializer_list<std::pair<double, Values>> terms) {
    Values sum(terms.begin()->second.size(), 0.0);
    for (const auto& [weight, values] : terms) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * values[i];
    }
    return sum;
}

/// The benefits of a strategy: what the comparator's way costs more.
std::vector<Line> benefit_lines(const Yearly& year, const FinanceInputs& in, std::size_t base, std::size_t own) {
    const auto saved = [&](Kpi kpi, double weight = 1) {
        return weighted({{weight, year.annual(base, kpi)}, {-weight, year.annual(own, kpi)}});
    };
    const Values stock =
        weighted({{1, year.daily_mean(base, Kpi::inventory_value)}, {-1, year.daily_mean(own, Kpi::inventory_value)}});
    // Expedite cost holds the extra of shipments and transfers, which are part of what those cost: count it once.
    const Values haulage = weighted({{1, saved(Kpi::freight_cost)},
                                     {1, saved(Kpi::transfer_cost)},
                                     {-1, saved(Kpi::expedite_cost)},
                                     {1, saved(Kpi::purchase_premiums)}});
    const double cash = in.cashable_labour_share;
    return {
        {"Lost sales, margin", false, saved(Kpi::lost_margin, 1 - in.recapture)},
        {"Expedites", false, saved(Kpi::expedite_cost)},
        {"Penalties", false, saved(Kpi::penalties)},
        {"Stock carrying, non-capital", false, weighted({{in.space_rate + in.service_rate + in.risk_rate, stock}})},
        {"Overtime", false, saved(Kpi::overtime_cost)},
        {"Ordinary freight and transfers", false, haulage},
        {"Manual work", true,
         weighted(
             {{cash * in.planner_rate, saved(Kpi::planner_hours)}, {cash * in.agent_rate, saved(Kpi::agent_hours)}})},
    };
}

double ramp_in(const FinanceInputs& in, int year) {
    if (year <= 0) return 0;
    if (in.ramp.empty()) return 1;
    return in.ramp[std::min(static_cast<std::size_t>(year - 1), in.ramp.size() - 1)];
}

/// Risk adjustment to the careful side: a gain is lowered, a loss raised.
double careful(double benefit, double risk) { return benefit * (benefit > 0 ? 1 - risk : 1 + risk); }

/// Benefits and costs of each year from 0, risk-adjusted.
struct Flows {
    std::vector<double> benefits, costs, net;
};

Flows flows_of(const FinanceInputs& in, double annual_benefit, double release, double initial, double yearly) {
    Flows flows;
    for (int year = 0; year <= in.years; ++year) {
        const double reached = ramp_in(in, year);
        const double yearly_part = careful(reached * annual_benefit, in.benefit_risk);
        const double benefit = yearly_part + careful((reached - ramp_in(in, year - 1)) * release, in.benefit_risk);
        const double cost = year == 0 ? initial : yearly;
        const auto index = static_cast<std::size_t>(year);
        const double other = index < in.other_flows.size() ? in.other_flows[index] : 0;
        flows.benefits.push_back(benefit + std::max(other, 0.0));
        flows.costs.push_back(cost + std::max(-other, 0.0));
        const double taxed = year == 0 ? 0 : in.tax_rate * (yearly_part - cost);
        flows.net.push_back(benefit - cost - taxed + other);
    }
    return flows;
}

/// Probability that the true mean is above zero, given mean and standard error, by Student's t.
double probability_above_zero(const Interval& interval, std::size_t n) {
    if (!interval.has_interval) return interval.estimate > 0 ? 1 : 0;
    if (interval.standard_error <= 0) return interval.estimate > 0 ? 1 : 0;
    const boost::math::students_t t(static_cast<double>(n - 1));
    return boost::math::cdf(t, interval.estimate / interval.standard_error);
}

/// A figure of the mean cash flow, and its interval from the means without each of the replications. `figure` gives
/// nothing where there is none, and then `missing` says why.
template <class Figure>
Interval of_mean_flow(const Values& benefit, const Values& release, Reason missing, Figure&& figure) {
    const std::size_t n = benefit.size();
    const double benefits = std::accumulate(benefit.begin(), benefit.end(), 0.0);
    const double releases = std::accumulate(release.begin(), release.end(), 0.0);
    const auto count = static_cast<double>(n);
    const std::optional<double> whole = figure(benefits / count, releases / count);
    if (!whole) return refused(missing);
    Values without;
    for (std::size_t i = 0; n > 1 && i < n; ++i) {
        const std::optional<double> one =
            figure((benefits - benefit[i]) / (count - 1), (releases - release[i]) / (count - 1));
        if (!one) return point(*whole, Reason::undefined_resample);
        without.push_back(*one);
    }
    return jackknife(*whole, without);
}

StrategyRoi evaluate(const Study& study, const Yearly& year, const FinanceInputs& in, std::size_t base,
                     std::size_t own) {
    StrategyRoi roi;
    const std::size_t n = study.replication_count();
    const StrategyNeeds needs = own < in.needs.size() ? in.needs[own] : StrategyNeeds{true, true};
    const StrategyNeeds there = base < in.needs.size() ? in.needs[base] : StrategyNeeds{};
    const double fees = in.subscription_per_year + in.run_cost_per_year;
    roi.initial_cost = (in.change_management + (needs.software && !there.software ? in.implementation : 0) +
                        (needs.integration && !there.integration ? in.integration : 0)) *
                       (1 + in.cost_risk);
    if (needs.software != there.software)
        roi.yearly_cost = needs.software ? fees * (1 + in.cost_risk) : -fees * (1 - in.cost_risk);

    Values total(n, 0.0);
    for (const Line& line : benefit_lines(year, in, base, own)) {
        roi.lines.push_back({line.name, line.labour, mean_interval(line.annual)});
        for (std::size_t i = 0; i < n; ++i) total[i] += line.annual[i];
    }
    const Values release =
        weighted({{1, year.daily_mean(base, Kpi::inventory_value)}, {-1, year.daily_mean(own, Kpi::inventory_value)}});
    roi.annual_benefit = mean_interval(total);
    roi.working_capital = mean_interval(release);

    Values npv, ratio;
    for (std::size_t i = 0; i < n; ++i) {
        const Flows flows = flows_of(in, total[i], release[i], roi.initial_cost, roi.yearly_cost);
        const double costs = net_present_value(in.discount_rate, flows.costs);
        npv.push_back(net_present_value(in.discount_rate, flows.net));
        if (costs > 0) ratio.push_back(npv.back() / costs);
    }
    roi.npv = mean_interval(npv);
    roi.roi = mean_interval(ratio);
    roi.probability_positive = probability_above_zero(roi.npv, n);
    const auto net = [&](double benefit, double released) {
        return flows_of(in, benefit, released, roi.initial_cost, roi.yearly_cost).net;
    };
    roi.cash_flow = net(roi.annual_benefit.estimate, roi.working_capital.estimate);
    roi.rates = internal_rates(roi.cash_flow);
    roi.irr = of_mean_flow(total, release, roi.rates.empty() ? Reason::no_rate : Reason::several_rates,
                           [&](double b, double w) { return internal_rate(net(b, w)); });
    roi.payback_years = of_mean_flow(total, release, Reason::never,
                                     [&](double b, double w) { return results::payback_years(net(b, w)); });
    return roi;
}

}  // namespace

namespace {

/// All strategies valued on the replications of a study whose replications are independent.
Roi valued(const Study& study) {
    Roi roi;
    roi.inputs = finance_from_text(study.manifest.finance);
    const Yearly year(study, roi.inputs.spikes_per_year);
    roi.basis = year.basis();
    roi.observations = study.replication_count();
    const std::size_t base = comparator_of(study);
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        const bool comparable = s != base && study.replication_count() > 0;
        roi.strategies.push_back(comparable ? evaluate(study, year, roi.inputs, base, s) : StrategyRoi{});
    }
    return roi;
}

}  // namespace

std::optional<std::size_t> best_strategy(const Roi& roi, std::size_t comparator) {
    std::optional<std::size_t> best;
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        if (s == comparator || !roi.strategies[s].npv.has_estimate) continue;
        if (!best || roi.strategies[s].npv.estimate > roi.strategies[*best].npv.estimate) best = s;
    }
    return best;
}

Roi return_on_investment(const Study& study) {
    Roi roi = valued(observations(study));
    roi.antithetic = study.antithetic;
    roi.best = best_strategy(roi, comparator_of(study));
    if (study.strategies.size() > 2 && roi.best) roi.standing = Standing::unconfirmed;
    const std::optional<Study> fresh = fresh_study(study);
    if (!fresh || observation_count(*fresh) < 2) {
        if (roi.best) roi.selected_npv = roi.strategies[*roi.best].npv;
        return roi;
    }
    const Roi own = valued(observations(*fresh));
    roi.best = static_cast<std::size_t>(std::ranges::find(study.strategies, study.confirmation->strategy) -
                                        study.strategies.begin());
    roi.selected_npv = roi.strategies[*roi.best].npv;
    roi.strategies[*roi.best] = own.strategies.back();
    roi.standing = Standing::confirmed;
    roi.fresh = own.observations;
    return roi;
}

std::string Roi::rests_on(std::size_t strategy) const {
    const bool own = standing == Standing::confirmed && strategy == best;
    return observations_text(own ? fresh : observations, antithetic, own);
}

}  // namespace entrepot::results
