#pragma once

#include <cstddef>
#include <string>
#include <vector>

/// What the business case must be told: rates, prices and costs that no simulation finds.
namespace entrepot::results {

/// What a strategy needs. It costs what the comparator can do without: what both need is there already, and the fees
/// for what only the comparator needs fall away.
struct StrategyNeeds {
    bool software = false;     ///< licences, implementation, people who run it
    bool integration = false;  ///< the middleware
    bool foresight = false;    ///< it sees demand that nobody can know: a bound, which is never the best choice
};

/// Money in currency units, rates as shares.
struct FinanceInputs {
    double space_rate = 0, service_rate = 0, risk_rate = 0;  ///< non-capital carrying cost of stock, a year
    double capital_rate = 0;                                 ///< and what the capital in it costs
    /// What less stock is worth: its value once and the non-capital rates a year, or, charged, all rates a year and
    /// nothing at once. Never both in full.
    bool stock_charged = false;
    double discount_rate = 0.1;
    int years = 3;
    double tax_rate = 0;         ///< 0: before tax
    double days_per_year = 365;  ///< calendar days at the window's pace; fewer where a year has holidays
    double spikes_per_year = 0;
    bool window_has_spike = false;  ///< then a window without phases is all spike
    double subscription_per_year = 0, implementation = 0, integration = 0, change_management = 0;
    double run_cost_per_year = 0;
    std::vector<double> ramp;  ///< share of the full benefit reached in each year; the last one goes on
    double cashable_labour_share = 1;
    double planner_rate = 0, agent_rate = 0;  ///< an hour
    double recapture = 0;                     ///< share of lost margin that comes back otherwise
    double benefit_risk = 0, cost_risk = 0;   ///< benefits are lowered, costs raised by these shares
    double low_spread = 0, high_spread = 0;   ///< how far below and above these inputs may lie, as a share of them
    std::vector<double> other_flows;          ///< net, by year from 0: known from elsewhere, added as they are
    std::vector<StrategyNeeds> needs;         ///< by strategy of the study
};

/// Of a strategy of the study; all that there is where the inputs don't say.
StrategyNeeds needs_of(const FinanceInputs& inputs, std::size_t strategy);
/// Of the comparator: nothing where nobody has said what it needs.
StrategyNeeds needs_of_comparator(const FinanceInputs& inputs, std::size_t comparator);

/// To and from the text that the manifest keeps (JSON). Unknown keys are passed over and missing ones have their
/// defaults; throws StoreError for what isn't JSON, and for what no scenario can say.
std::string finance_to_text(const FinanceInputs& inputs);
FinanceInputs finance_from_text(const std::string& text);

/// "-$985, $75, $120"
std::string other_flows_text(const FinanceInputs& inputs, const std::string& currency);

}  // namespace entrepot::results
