#pragma once

#include <vector>

#include "results/business/savings.hpp"

/// One strategy's case against another, by replication: benefits, costs and the cash flows that they make.
namespace entrepot::results {

/// Of each year from 0, risk-adjusted.
struct Flows {
    std::vector<double> benefits, costs, net;
};

struct BusinessCase {
    std::vector<SavingLine> lines;
    std::vector<double> released;              ///< working capital, by replication
    double initial_cost = 0, yearly_cost = 0;  ///< risk-adjusted
    std::vector<Flows> flows;                  ///< by replication

    /// Present values by replication.
    std::vector<double> net_present_values(double rate) const;
    std::vector<double> total_net() const;  ///< net, by year from 0, summed over the replications
};

/// Of a strategy with these needs, where the comparator has those.
BusinessCase business_case(const Savings& savings, const FinanceInputs& inputs, const StrategyNeeds& needs,
                           const StrategyNeeds& there);

/// What `own` brings beyond `other`, both against the same comparator on the same replications.
BusinessCase beyond(const BusinessCase& own, const BusinessCase& other);

}  // namespace entrepot::results
