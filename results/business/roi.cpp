#include "results/business/roi.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

#include "results/business/confirmation.hpp"
#include "results/business/valuation.hpp"
#include "results/statistics/statistics.hpp"

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

/// Probability that the true mean is above zero, given mean and standard error, by Student's t.
double probability_above_zero(const Interval& interval, std::size_t n) {
    if (!interval.has_interval || interval.standard_error <= 0) return interval.estimate > 0 ? 1 : 0;
    const boost::math::students_t t(static_cast<double>(n - 1));
    return boost::math::cdf(t, interval.estimate / interval.standard_error);
}

/// (total - left out) / count, by year.
Values mean_flow(Values total, const Values& left_out, std::size_t count) {
    for (std::size_t year = 0; year < total.size(); ++year) {
        total[year] = (total[year] - left_out[year]) / static_cast<double>(count);
    }
    return total;
}

Values mean_flow(const BusinessCase& made) {
    const Values total = made.total_net();
    return mean_flow(total, Values(total.size(), 0.0), made.flows.size());
}

/// A figure of the mean cash flow, and its interval from the means without each of the replications. `figure` gives
/// nothing where there is none, and then `missing` says why.
template <class Figure>
Interval of_mean_flow(const BusinessCase& made, Reason missing, Figure&& figure) {
    const std::size_t n = made.flows.size();
    const std::optional<double> whole = figure(mean_flow(made));
    if (!whole) return refused(missing);
    const Values total = made.total_net();
    Values without;
    for (std::size_t i = 0; n > 1 && i < n; ++i) {
        const std::optional<double> one = figure(mean_flow(total, made.flows[i].net, n - 1));
        if (!one) return point(*whole, Reason::undefined_resample);
        without.push_back(*one);
    }
    return jackknife(*whole, without);
}

/// The internal rate. Its interval is made on the scale of log(1 + rate): nobody loses more than all, so no end of it
/// lies below -100 %.
Interval irr_of(const BusinessCase& made, Reason missing) {
    Interval irr = of_mean_flow(made, missing, [](const Values& flows) {
        const std::optional<double> rate = internal_rate(flows);
        return rate ? std::optional(std::log1p(*rate)) : std::nullopt;
    });
    const bool exact = irr.half_width() == 0;
    for (double* value : {&irr.estimate, &irr.low, &irr.high}) *value = std::expm1(*value);
    if (exact) irr.low = irr.high = irr.estimate;
    irr.standard_error *= 1 + irr.estimate;
    irr.freedom = 0;  // estimate +- t * standard_error are not its ends
    return irr;
}

/// Nothing pays back before it begins.
Interval payback_of(const BusinessCase& made, double rate) {
    Interval years =
        of_mean_flow(made, Reason::never, [&](const Values& flows) { return payback_years(discounted(rate, flows)); });
    years.low = std::max(years.low, 0.0);
    return years;
}

StrategyRoi summary(const BusinessCase& made, const FinanceInputs& in) {
    StrategyRoi roi;
    Values total(made.flows.size(), 0.0);
    for (const SavingLine& line : made.lines) {
        roi.lines.push_back({line.name, line.labour, mean_interval(line.annual)});
        for (std::size_t i = 0; i < total.size(); ++i) total[i] += line.annual[i];
    }
    roi.annual_benefit = mean_interval(total);
    roi.working_capital = mean_interval(made.released);
    roi.initial_cost = made.initial_cost;
    roi.yearly_cost = made.yearly_cost;

    const Values npv = made.net_present_values(in.discount_rate);
    Values ratio;
    for (std::size_t i = 0; i < npv.size(); ++i) {
        const double costs = net_present_value(in.discount_rate, made.flows[i].costs);
        if (costs > 0) ratio.push_back(npv[i] / costs);
    }
    roi.npv = mean_interval(npv);
    roi.roi = mean_interval(ratio);
    roi.probability_positive = probability_above_zero(roi.npv, npv.size());
    roi.cash_flow = mean_flow(made);
    roi.rates = internal_rates(roi.cash_flow);
    roi.irr = irr_of(made, roi.rates.empty() ? Reason::no_rate : Reason::several_rates);
    roi.payback_years = payback_of(made, 0);
    roi.discounted_payback_years = payback_of(made, in.discount_rate);
    return roi;
}

/// All strategies valued on the replications of a study whose replications are independent.
Roi valued(const Study& study) {
    Roi roi;
    roi.inputs = finance_from_text(study.manifest.finance);
    roi.basis = basis_text(study, roi.inputs);
    roi.observations = study.replication_count();
    const WindowDays days = window_days(study, roi.inputs);
    FinanceInputs other_stock = roi.inputs;
    other_stock.stock_charged = !other_stock.stock_charged;
    const std::size_t base = comparator_of(study);
    std::optional<std::size_t> former;
    BusinessCase former_case;
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        roi.strategies.emplace_back();
        if (s == base || study.replication_count() == 0) continue;
        const Savings savings(study, days, base, s);
        const StrategyNeeds needs = needs_of(roi.inputs, s), there = needs_of_comparator(roi.inputs, base);
        BusinessCase made = business_case(savings, roi.inputs, needs, there);
        roi.strategies[s] = summary(made, roi.inputs);
        roi.strategies[s].npv_other_stock = mean_interval(
            business_case(savings, other_stock, needs, there).net_present_values(other_stock.discount_rate));
        if (former) roi.steps.push_back({*former, s, summary(beyond(made, former_case), roi.inputs)});
        former = s;
        former_case = std::move(made);
    }
    return roi;
}

}  // namespace

std::optional<std::size_t> best_strategy(const Roi& roi, std::size_t comparator) {
    std::optional<std::size_t> best;
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        if (s == comparator || !roi.strategies[s].npv.has_estimate) continue;
        if (needs_of(roi.inputs, s).foresight) continue;
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
