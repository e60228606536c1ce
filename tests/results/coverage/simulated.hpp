#pragma once

#include <cstdint>

#include "results/study.hpp"

/// Experiments with the simulator itself: the scenario base_stock.toml beside this file, through the same code as
/// `entrepot run` and `entrepot compare`.
namespace entrepot::coverage {

/// A study of the base stock with so many replications.
results::Study base_stock_study(std::uint32_t seed, int order_up_to, int replications);

/// Two of them as one study: their replications are the pairs, the first is the comparator.
results::Study side_by_side(results::Study first, const results::Study& second);

/// Probability that Poisson(5) is at most n, and the mean of (n - Poisson(5))^+.
double poisson5_probability(int n);
double poisson5_mean_left(int n);

/// Does the comparison of two equal strategies under different seeds call any headline KPI different?
bool finds_a_difference(std::uint32_t seed, std::uint32_t other_seed, int replications);

}  // namespace entrepot::coverage
