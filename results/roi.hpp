#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "results/statistics.hpp"
#include "results/study.hpp"

/// Return on investment of each strategy against the comparator: benefits by line, a cash flow over some years, and
/// what follows from it. Intervals are over replications, so they show simulation noise only, not doubt about the
/// inputs.
namespace entrepot::results {

/// What a strategy needs. It costs what the comparator can do without: what both need is there already, and the fees
/// for what only the comparator needs fall away.
struct StrategyNeeds {
    bool software = false;     ///< licences, implementation, people who run it
    bool integration = false;  ///< the middleware
};

/// Money in currency units, rates as shares.
struct FinanceInputs {
    double space_rate = 0, service_rate = 0, risk_rate = 0;  ///< non-capital carrying cost of stock, a year
    double discount_rate = 0.1;
    int years = 3;
    double tax_rate = 0;  ///< 0: before tax
    double spikes_per_year = 0;
    double subscription_per_year = 0, implementation = 0, integration = 0, change_management = 0;
    double run_cost_per_year = 0;
    std::vector<double> ramp;  ///< share of the full benefit reached in each year; the last one goes on
    double cashable_labour_share = 1;
    double planner_rate = 0, agent_rate = 0;  ///< an hour
    double recapture = 0;                     ///< share of lost margin that comes back otherwise
    double benefit_risk = 0, cost_risk = 0;   ///< benefits are lowered, costs raised by these shares
    std::vector<double> other_flows;          ///< net, by year from 0: known from elsewhere, added as they are
    std::vector<StrategyNeeds> needs;         ///< by strategy of the study
};

/// To and from the text that the manifest keeps (JSON). Unknown keys are passed over and missing ones have their
/// defaults; throws StoreError for what isn't JSON.
std::string finance_to_text(const FinanceInputs& inputs);
FinanceInputs finance_from_text(const std::string& text);

struct BenefitLine {
    std::string name;
    bool labour = false;  ///< hours freed: what a generic business case would count
    Interval annual;      ///< currency units a year, at full effect, before risk adjustment
};

struct StrategyRoi {
    std::vector<BenefitLine> lines;
    Interval working_capital;   ///< one-off cash release; not part of the annual benefit
    Interval annual_benefit;    ///< sum of the lines
    Interval npv, roi;          ///< currency units; (PV benefits - PV costs) / PV costs, none without costs
    Interval irr;               ///< of the mean cash flow, jackknifed; refused for no_rate and several_rates
    Interval payback_years;     ///< the same; refused for never
    std::vector<double> rates;  ///< all rates at which the mean cash flow is worth nothing, ascending
    double probability_positive =
        0;  ///< that the true NPV > 0, over simulation noise only; needs an interval of the NPV
    double initial_cost = 0, yearly_cost = 0;  ///< risk-adjusted
    std::vector<double> cash_flow;             ///< net, by year from 0
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

/// What the best strategy's figures rest on, and whether its gain may be quoted; empty where nothing was chosen.
std::string standing_text(const Study& study, const Roi& roi);

/// For terminals, and for other programs.
std::string roi_text(const Study& study, const Roi& roi);
std::string roi_json(const Study& study, const Roi& roi);
std::string roi_csv(const Study& study, const Roi& roi);
/// "-$985, $75, $120"
std::string other_flows_text(const FinanceInputs& inputs, const std::string& currency);

/// Present value of flows[0] now, flows[1] in a year, ...
double net_present_value(double rate, std::span<const double> flows);
/// All rates between -99 % and a million per cent at which the present value is 0, ascending: flows that change their
/// sign more than once may have several, or none. Empty too for flows that are all 0.
std::vector<double> internal_rates(std::span<const double> flows);
/// The only such rate; none when there is none or more than one.
std::optional<double> internal_rate(std::span<const double> flows);
/// Years until the sum of the flows turns positive, interpolated; none when it doesn't.
std::optional<double> payback_years(std::span<const double> flows);

}  // namespace entrepot::results
