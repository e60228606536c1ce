#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace entrepot::sim {

/// Inverse distribution functions: one uniform in, one variate out, monotone in u. So a strategy's change moves each
/// variate smoothly (common random numbers) and 1-u gives the antithetic variate.

/// Standard normal quantile, relative error about 1e-16. Source: Wichura (1988), AS 241, PPND16.
double normal_quantile(double u);

/// Exponential with the given mean (> 0).
double exponential(double u, double mean);

/// Lognormal with the given mean (> 0) and coefficient of variation (>= 0).
double lognormal(double u, double mean, double cv);

/// Lognormal with the given median (> 0) and the standard deviation of the logarithm (>= 0).
double lognormal_median(double u, double median, double sigma);

/// Triangular on [low, high] with the given mode.
double triangular(double u, double low, double mode, double high);

/// Geometric on 1, 2, 3, ... with the given mean (>= 1).
int geometric(double u, double mean);

/// Poisson with the given mean (>= 0). By exact inversion.
int poisson(double u, double mean);

/// A discrete distribution over 0..n-1 with given weights, sampled by inversion through a guide table: one uniform, a
/// few comparisons, whatever n. Source: Chen and Asau (1974).
class Discrete {
public:
    Discrete() = default;
    explicit Discrete(std::span<const double> weights);  ///< weights >= 0, at least one > 0

    std::uint32_t operator()(double u) const;
    std::size_t size() const { return tables_ ? tables_->cumulative.size() : 0; }
    double probability(std::uint32_t value) const;

    /// Uses the other's tables when they are equal, so that they take their place in the cache once.
    bool share(const Discrete& other);

private:
    struct Tables {
        std::vector<double> cumulative;    ///< P(X <= i), the last is 1
        std::vector<std::uint32_t> guide;  ///< guide[k]: the first i with P(X <= i) > k/n
    };
    std::shared_ptr<const Tables> tables_;  ///< never changes: copies share it
};

}  // namespace entrepot::sim
