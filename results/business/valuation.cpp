#include "results/business/valuation.hpp"

#include <algorithm>

#include "results/business/cash_flow.hpp"

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

double ramp_in(const FinanceInputs& in, int year) {
    if (year <= 0) return 0;
    if (in.ramp.empty()) return 1;
    return in.ramp[std::min(static_cast<std::size_t>(year - 1), in.ramp.size() - 1)];
}

/// Risk adjustment to the careful side: a gain is lowered, a loss raised.
double careful(double benefit, double risk) { return benefit * (benefit > 0 ? 1 - risk : 1 + risk); }

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

Values minus(Values a, const Values& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
    return a;
}

}  // namespace

Values BusinessCase::net_present_values(double rate) const {
    Values values;
    for (const Flows& one : flows) values.push_back(net_present_value(rate, one.net));
    return values;
}

Values BusinessCase::total_net() const {
    Values sum(flows.empty() ? 0 : flows.front().net.size(), 0.0);
    for (const Flows& one : flows) {
        for (std::size_t year = 0; year < sum.size(); ++year) sum[year] += one.net[year];
    }
    return sum;
}

BusinessCase business_case(const Savings& savings, const FinanceInputs& in, const StrategyNeeds& needs,
                           const StrategyNeeds& there) {
    const double software = needs.software && !there.software ? 1 : 0, raised = 1 + in.cost_risk;
    const double integration = needs.integration && !there.integration ? 1 : 0;
    const double fees = in.subscription_per_year + in.run_cost_per_year;
    const bool falls_away = there.software && !needs.software;  // and less of it than was paid, to be careful
    BusinessCase made{
        .lines = savings.lines(in),
        .released = savings.released(in),
        .initial_cost = (in.change_management + software * in.implementation + integration * in.integration) * raised,
        .yearly_cost = falls_away ? -fees * (1 - in.cost_risk) : software * fees * raised,
        .flows = {}};
    for (std::size_t i = 0; i < savings.replications(); ++i) {
        double annual = 0;
        for (const SavingLine& line : made.lines) annual += line.annual[i];
        made.flows.push_back(flows_of(in, annual, made.released[i], made.initial_cost, made.yearly_cost));
    }
    return made;
}

BusinessCase beyond(const BusinessCase& own, const BusinessCase& other) {
    BusinessCase step = own;
    for (std::size_t l = 0; l < step.lines.size(); ++l) {
        step.lines[l].annual = minus(own.lines[l].annual, other.lines[l].annual);
    }
    step.released = minus(own.released, other.released);
    step.initial_cost -= other.initial_cost;
    step.yearly_cost -= other.yearly_cost;
    for (std::size_t i = 0; i < step.flows.size(); ++i) {
        Flows& flows = step.flows[i];
        flows = {minus(own.flows[i].benefits, other.flows[i].benefits), minus(own.flows[i].costs, other.flows[i].costs),
                 minus(own.flows[i].net, other.flows[i].net)};
    }
    return step;
}

}  // namespace entrepot::results
