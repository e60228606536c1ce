#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "results/statistics/interval.hpp"

/// Many comparisons at once: what a 5 % error is allowed to mean for all of them together.
namespace entrepot::results {

/// p-values adjusted for that they are a family: a comparison is real at level alpha when its adjusted value is below
/// alpha, and then the chance of any false one is at most alpha, however they depend on each other. In the given
/// order. Source: Holm (1979), Scand. J. Statist. 6, 65-70.
std::vector<double> holm(std::span<const double> p_values);

/// Quantile of Student's t for `comparisons` (>= 1) two-sided intervals that hold together with probability p.
/// Source: Bonferroni's inequality; Law (2015), section 9.7.
double bonferroni_quantile(double p, std::size_t comparisons, double freedom);

/// Dunnett's constants: the p-quantile of max_i T_i (one-sided) or max_i |T_i| (two-sided), where T_i compares strategy
/// i with a control: `strategies` (>= 2, the control included) of equal size, and a common variance with `freedom`
/// (>= 1) degrees of freedom. By numerical integration, to about 1e-8.
/// Source: Dunnett (1955), J. Amer. Statist. Assoc. 50, 1096-1121.
double dunnett_quantile(double p, std::size_t strategies, double freedom);
double dunnett_quantile_two_sided(double p, std::size_t strategies, double freedom);

/// The p-quantile of the studentised range of `strategies` (>= 2) means: all pairs at once; divide by sqrt(2) to use it
/// like a t. Source: Tukey (1953); Hochberg and Tamhane (1987), Multiple Comparison Procedures, section 2.1.
double tukey_quantile(double p, std::size_t strategies, double freedom);

/// How the strategies were simulated.
enum class Sampling {
    independent,            ///< own random numbers each
    common_random_numbers,  ///< replication i of all of them shares its numbers
};

/// One strategy against the best of the others: mean_i - max of the other means.
struct VersusBest {
    double mean = 0, difference = 0;
    double low = 0, high = 0;  ///< low <= 0 <= high; high = 0: no better than the others' best; low = 0: no worse
    bool may_be_best() const { return high > 0 || difference == 0; }
    bool is_best() const { return low == 0 && high > 0; }
};

struct ComparisonWithBest {
    std::vector<VersusBest> strategies;  ///< in the given order
    double width = 0;                    ///< the least significant difference, in the unit of the values
    double freedom = 0;
    Reason missing = Reason::none;
};

/// Multiple comparisons with the best: all intervals hold together with the given confidence. `samples[i]` are the
/// replications of strategy i, all of one length (unequal_lengths), at least two strategies and two replications
/// (too_few). The greatest mean is best: negate costs.
///
/// Independent: normal with equal variances. Common random numbers: normal, and all pairs equally correlated
/// (sphericity); the variance is what is left after strategy and replication, with (k - 1)(n - 1) degrees of freedom.
/// Sources: Hsu (1984), Ann. Statist. 12, 1136-1144; Nelson and Matejcik (1995), Management Science 41, 1935-1945.
ComparisonWithBest compare_with_best(std::span<const std::vector<double>> samples, Sampling sampling,
                                     double confidence = kConfidence);

}  // namespace entrepot::results
