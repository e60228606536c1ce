#include "results/statistics/multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/tools/roots.hpp>

#include "sim/check.hpp"

namespace entrepot::results {

std::vector<double> holm(std::span<const double> p_values) {
    const std::size_t n = p_values.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p_values[a] < p_values[b]; });
    std::vector<double> adjusted(n);
    double greatest = 0;
    for (std::size_t rank = 0; rank < n; ++rank) {
        greatest = std::max(greatest, std::min(1.0, static_cast<double>(n - rank) * p_values[order[rank]]));
        adjusted[order[rank]] = greatest;
    }
    return adjusted;
}

double bonferroni_quantile(double p, std::size_t comparisons, double freedom) {
    SIM_CHECK(p > 0 && p < 1 && comparisons > 0 && freedom > 0, "a quantile of at least one comparison");
    return t_quantile(1 - (1 - p) / (2 * static_cast<double>(comparisons)), freedom);
}

namespace {

using Rule = boost::math::quadrature::gauss_kronrod<double, 61>;

/// Expectation of f(Z), Z standard normal; f is between 0 and 1 and smooth on the scale of 1.
template <class Function>
double over_normal(Function f) {
    const auto weighted = [&](double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) * f(z); };
    return Rule::integrate(weighted, -8.5, 8.5, 0);
}

/// Expectation of f(S), S the standard deviation of a sample whose true one is 1: freedom * S^2 is chi-squared.
template <class Function>
double over_spread(double freedom, Function f) {
    const boost::math::chi_squared squares(freedom);
    const auto weighted = [&](double s) {
        return s > 0 ? boost::math::pdf(squares, freedom * s * s) * 2 * freedom * s * f(s) : 0.0;
    };
    const double low = std::sqrt(boost::math::quantile(squares, 1e-13) / freedom);
    const double high = std::sqrt(boost::math::quantile(boost::math::complement(squares, 1e-13)) / freedom);
    return Rule::integrate(weighted, low, high, 4, 1e-10);
}

/// The x between the bounds where an increasing probability is p.
template <class Probability>
double solve(Probability probability, double p, double low, double high) {
    const auto excess = [&](double x) { return probability(x) - p; };
    std::uintmax_t steps = 60;
    const auto bracket = boost::math::tools::toms748_solve(excess, low - 1e-6, high + 1e-6,
                                                           boost::math::tools::eps_tolerance<double>(36), steps);
    return (bracket.first + bracket.second) / 2;
}

void check_quantile(double p, std::size_t strategies, double freedom) {
    SIM_CHECK(p > 0 && p < 1, "a quantile's probability is between 0 and 1");
    SIM_CHECK(strategies >= 2, "a comparison is of at least two strategies");
    SIM_CHECK(freedom >= 1, "a variance has at least one degree of freedom");
}

}  // namespace

double dunnett_quantile(double p, std::size_t strategies, double freedom) {
    check_quantile(p, strategies, freedom);
    const auto others = static_cast<double>(strategies - 1);
    if (strategies == 2) return t_quantile(p, freedom);
    const auto probability = [&](double d) {
        return over_spread(freedom, [&](double s) {
            const double reach = std::numbers::sqrt2 * d * s;
            return over_normal([&](double z) { return std::pow(normal_probability(z + reach), others); });
        });
    };
    return solve(probability, p, t_quantile(p, freedom), t_quantile(1 - (1 - p) / others, freedom));
}

double dunnett_quantile_two_sided(double p, std::size_t strategies, double freedom) {
    check_quantile(p, strategies, freedom);
    const auto others = static_cast<double>(strategies - 1);
    if (strategies == 2) return t_quantile((1 + p) / 2, freedom);
    const auto probability = [&](double d) {
        return over_spread(freedom, [&](double s) {
            const double reach = std::numbers::sqrt2 * d * s;
            return over_normal([&](double z) {
                return std::pow(normal_probability(z + reach) - normal_probability(z - reach), others);
            });
        });
    };
    return solve(probability, p, t_quantile((1 + p) / 2, freedom), bonferroni_quantile(p, strategies - 1, freedom));
}

double tukey_quantile(double p, std::size_t strategies, double freedom) {
    check_quantile(p, strategies, freedom);
    const auto k = static_cast<double>(strategies);
    const auto probability = [&](double q) {
        return over_spread(freedom, [&](double s) {
            return k * over_normal([&](double z) {
                       return std::pow(normal_probability(z) - normal_probability(z - q * s), k - 1);
                   });
        });
    };
    const std::size_t pairs = strategies * (strategies - 1) / 2;
    if (pairs == 1) return std::numbers::sqrt2 * t_quantile((1 + p) / 2, freedom);
    return solve(probability, p, std::numbers::sqrt2 * t_quantile((1 + p) / 2, freedom),
                 std::numbers::sqrt2 * bonferroni_quantile(p, pairs, freedom));
}

namespace {

using Samples = std::span<const std::vector<double>>;

Reason samples_problem(Samples samples) {
    if (samples.empty()) return Reason::no_data;
    for (const auto& sample : samples) {
        if (sample.size() != samples[0].size()) return Reason::unequal_lengths;
        if (!all_finite(sample)) return Reason::not_finite;
    }
    return samples.size() < 2 || samples[0].size() < 2 ? Reason::too_few : Reason::none;
}

/// Variance of one value around its strategy's mean, or around strategy and replication.
double pooled_variance(Samples samples, Sampling sampling) {
    const std::size_t k = samples.size(), n = samples[0].size();
    if (sampling == Sampling::independent) {
        double variances = 0;
        for (const auto& sample : samples) variances += moments(sample).variance;
        return variances / static_cast<double>(k);
    }
    // The residuals of a two-way layout are the spread of differences between strategies, averaged over all pairs.
    double pairs = 0;
    std::vector<double> difference(n);
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            for (std::size_t r = 0; r < n; ++r) difference[r] = samples[i][r] - samples[j][r];
            pairs += moments(difference).variance;
        }
    }
    return pairs / static_cast<double>(k * (k - 1));
}

}  // namespace

ComparisonWithBest compare_with_best(Samples samples, Sampling sampling, double confidence) {
    ComparisonWithBest result;
    result.missing = samples_problem(samples);
    if (result.missing != Reason::none) return result;
    const std::size_t k = samples.size(), n = samples[0].size();
    result.freedom = static_cast<double>((sampling == Sampling::independent ? k : k - 1) * (n - 1));
    const double spread = std::sqrt(2 * pooled_variance(samples, sampling) / static_cast<double>(n));
    result.width = dunnett_quantile(confidence, k, result.freedom) * spread;
    if (!std::isfinite(result.width)) return {{}, 0, 0, Reason::not_finite};
    std::vector<double> means;
    for (const auto& sample : samples) means.push_back(moments(sample).mean);
    for (std::size_t i = 0; i < k; ++i) {
        double best = i == 0 ? means[1] : means[0];
        for (std::size_t j = 0; j < k; ++j) best = j == i ? best : std::max(best, means[j]);
        const double d = means[i] - best;
        result.strategies.push_back({means[i], d, std::min(0.0, d - result.width), std::max(0.0, d + result.width)});
    }
    return result;
}

}  // namespace entrepot::results
