#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/business/cash_flow.hpp"
#include "results/business/finance.hpp"
#include "results/statistics/interval.hpp"
#include "results/study.hpp"

/// Return on investment of each strategy against the comparator: benefits by line, a cash flow over some years, and
/// what follows from it. Intervals are over replications, so they show simulation noise only, not doubt about the
/// inputs.
namespace entrepot::results {

struct BenefitLine {
    std::string name;
    bool labour = false;  ///< hours freed: what a generic business case would count
    Interval annual;      ///< currency units a year, at full effect, before risk adjustment
};

struct StrategyRoi {
    std::vector<BenefitLine> lines;
    Interval working_capital;           ///< one-off cash release; not part of the annual benefit
    Interval annual_benefit;            ///< sum of the lines
    Interval npv, roi;                  ///< currency units; (PV benefits - PV costs) / PV costs, none without costs
    Interval npv_other_stock;           ///< with less stock counted the other way (FinanceInputs::stock_charged)
    Interval irr;                       ///< of the mean cash flow, jackknifed; refused for no_rate and several_rates
    Interval payback_years;             ///< the same; refused for never
    Interval discounted_payback_years;  ///< of the flows' present values
    std::vector<double> rates;          ///< all rates at which the mean cash flow is worth nothing, ascending
    double probability_positive =
        0;  ///< that the true NPV > 0, over simulation noise only; needs an interval of the NPV
    double initial_cost = 0, yearly_cost = 0;  ///< risk-adjusted
    std::vector<double> cash_flow;             ///< net, by year from 0, mean over the replications
};

/// From one alternative to the next in the study's order: what going on brings beyond what the former brings, paired
/// under common random numbers. The NPVs of two alternatives against the comparator differ by that of the step.
struct Step {
    std::size_t from = 0, to = 0;
    StrategyRoi gain;  ///< of the study's own replications
};

/// What the figures of the best strategy rest on.
enum class Standing {
    no_choice,    ///< there was one alternative at most, so nothing was chosen for its luck
    unconfirmed,  ///< the replications that made it the best of several: they flatter it
    confirmed,    ///< fresh replications
};

struct Roi {
    FinanceInputs inputs;
    std::vector<StrategyRoi> strategies;  ///< in the study's order; the comparator's is empty
    std::vector<Step> steps;              ///< between the alternatives in the study's order
    std::string basis;                    ///< how window effects became annual ones, in a sentence
    std::optional<std::size_t> best;      ///< highest net present value in the study's own replications
    Standing standing = Standing::no_choice;
    Interval selected_npv;         ///< of the best one, in the replications that chose it
    std::size_t observations = 0;  ///< replications, or antithetic pairs, behind the figures of the others
    std::size_t fresh = 0;         ///< and behind those of the best when it is confirmed
    bool antithetic = false;

    /// What the figures of a strategy rest on: "20 fresh replications".
    std::string rests_on(std::size_t strategy) const;
};

/// The best strategy's figures come from its fresh replications alone where there are any.
Roi return_on_investment(const Study& study);

/// The strategy with the highest net present value; none when there is only the comparator.
std::optional<std::size_t> best_strategy(const Roi& roi, std::size_t comparator);

/// For terminals, and for other programs. What they advise is what the page advises (recommendation.hpp).
std::string roi_text(const Study& study, const Roi& roi);
std::string roi_json(const Study& study, const Roi& roi);
std::string roi_csv(const Study& study, const Roi& roi);

}  // namespace entrepot::results
