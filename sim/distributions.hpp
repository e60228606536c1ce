#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/time.hpp"

namespace entrepot::sim {

/// Inverse distribution functions: one uniform in, one variate out, monotone in u. So a strategy's change moves each
/// variate smoothly (common random numbers) and 1-u gives the antithetic variate.
///
/// u is what Stream::uniform() gives: inside (0,1), with 1-u exact. A variate has the unit of its mean or scale; counts
/// have none. Without spread a distribution is its constant; parameters outside their domain stop the program. Where no
/// source is named, the formula is the distribution function solved by hand: Law (2015), Simulation Modeling and
/// Analysis, chapter 8.

/// Counts end here: what would be greater is this, so that sums of a few stay inside an int.
inline constexpr int kLargestCount = 1'000'000'000;

/// Standard normal quantile, relative error about 1e-16. Source: Wichura (1988), AS 241, PPND16.
double normal_quantile(double u);

/// Normal with the given mean and standard deviation (>= 0).
double normal(double u, double mean, double sd);

/// Exponential with the given mean (>= 0).
double exponential(double u, double mean);
/// Many times at once, rounded, by a mean in microseconds. What is left in u has no meaning.
void exponential(std::span<double> u, double mean, std::span<Duration> times);

/// Gamma with the given shape (>= 0, without unit) and scale (>= 0): mean shape * scale, variance shape * scale^2.
/// Relative error below 1e-12; what is below about 1e-307 scales is 0. Monotone but for the last two digits. Source:
/// DiDonato and Morris (1986), ACM TOMS 12, 377-393, by Boost.Math; from a shape of a million on Abramowitz and Stegun
/// (1964), Handbook of Mathematical Functions, 26.2.49.
double gamma(double u, double shape, double scale);

/// The same by its mean (>= 0) and coefficient of variation (>= 0).
double gamma_of_mean(double u, double mean, double cv);

/// Lognormal with the given mean (>= 0) and coefficient of variation (>= 0).
double lognormal(double u, double mean, double cv);

/// Lognormal with the given median (>= 0) and the standard deviation of the logarithm (>= 0).
double lognormal_median(double u, double median, double sigma);

/// Triangular on [low, high] with the given mode between them.
double triangular(double u, double low, double mode, double high);

/// Geometric on 1, 2, 3, ... with the given mean (>= 1).
int geometric(double u, double mean);

/// Poisson with the given mean (0 to kLargestCount).
int poisson(double u, double mean);

/// Binomial: successes of so many trials (0 to kLargestCount), each with the given probability.
int binomial(double u, int trials, double probability);

/// Distribution function of the standard normal.
double normal_probability(double z);

/// Weibull with the given mean (>= 0) and shape (> 0); with shape 1 it is exponential.
double weibull(double u, double mean, double shape);

/// Hyperexponential of two phases with balanced means: the mean (>= 0) and a coefficient of variation >= 1 are met, and
/// both phases bring half of the mean. Source: Tijms (2003), A First Course in Stochastic Models, appendix B.
double hyperexponential(double u, double mean, double cv);

/// Negative binomial on 0, 1, 2, ... with the given mean (0 to kLargestCount) and variance (>= mean): a demand that
/// varies more than Poisson's. r = mean^2 / (variance - mean) successes of probability mean / variance; with variance =
/// mean it is Poisson. Source: Johnson, Kemp and Kotz (2005), Univariate Discrete Distributions, 5.1 and 5.6.
int negative_binomial(double u, double mean, double variance);

/// A continuous distribution through a sample: piecewise linear between its sorted values, from the least to the
/// greatest, each gap with probability 1/(n-1). Source: Law (2015), 6.2.4 and 8.3.16. Its mean is not the sample's: the
/// two ends count half.
class Empirical {
public:
    Empirical() = default;
    explicit Empirical(std::vector<double> sample);  ///< finite, at least one; in any order

    double operator()(double u) const;
    std::size_t size() const { return sorted_ ? sorted_->size() : 0; }

private:
    std::shared_ptr<const std::vector<double>> sorted_;  ///< never changes: copies share it
};

/// A discrete distribution over 0..n-1 with given weights, sampled by inversion through a guide table: one uniform, a
/// few comparisons, whatever n. Source: Chen and Asau (1974).
class Discrete {
public:
    Discrete() = default;
    explicit Discrete(std::span<const double> weights);  ///< finite, >= 0, at least one > 0

    std::uint32_t operator()(double u) const {
        const auto& [below, guide, stretch] = *tables_;
        std::uint32_t value = guide[static_cast<std::int64_t>(u * static_cast<double>(guide.size()))];
        while (u >= below[value + 1]) ++value;
        return value;
    }
    std::size_t size() const { return tables_ ? tables_->guide.size() : 0; }
    double probability(std::uint32_t value) const;

    /// The same choice, and leaves in u where it fell within the value's share: uniform again, and independent of the
    /// value. One uniform serves for several choices while their probabilities multiply to much more than 2^-52.
    std::uint32_t split(double& u) const {
        const std::uint32_t value = (*this)(u);
        u = std::clamp((u - tables_->below[value]) * tables_->stretch[value], 0x1p-53, 1 - 0x1p-53);
        return value;
    }

    /// Uses the other's tables when they are equal, so that they take their place in the cache once.
    bool share(const Discrete& other);

private:
    struct Tables {
        std::vector<double> below;         ///< P(X < i), and 1 at the end
        std::vector<std::uint32_t> guide;  ///< guide[k]: the first i with P(X <= i) > k/n
        std::vector<double> stretch;       ///< 1 / P(X = i)
    };
    std::shared_ptr<const Tables> tables_;  ///< never changes: copies share it
};

}  // namespace entrepot::sim
