#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/weibull.hpp>

#include "sim/distributions.hpp"
#include "sim/random.hpp"

/// The distributions of the kernel, each with what the theory says of it.
namespace entrepot::sim {

inline constexpr double kLeast = 0x1p-53, kGreatest = 1 - 0x1p-53;  // the ends of the uniforms

inline double uniform(std::uint32_t i) { return Draws(20'240'101, 0).at(9, 77, i).uniform(); }

/// A distribution with what the theory says of it.
struct Continuous {
    std::string name;
    std::function<double(double)> draw, cdf;
    double mean, variance, kurtosis;
};

struct Counting {
    std::string name;
    std::function<int(double)> draw;
    std::function<double(int)> probability;
    double mean, variance, kurtosis;
};

template <class Theory>
Continuous continuous(std::string name, std::function<double(double)> draw, const Theory& theory) {
    return {std::move(name), std::move(draw),  [theory](double x) { return cdf(theory, x); },
            mean(theory),    variance(theory), kurtosis(theory)};
}

/// `first`: the value that the theory calls 0.
template <class Theory>
Counting counting(std::string name, std::function<int(double)> draw, const Theory& theory, int first = 0) {
    return {std::move(name),      std::move(draw),  [=](int k) { return k < first ? 0 : pdf(theory, k - first); },
            first + mean(theory), variance(theory), kurtosis(theory)};
}

inline const std::vector<double>& sample() {
    static const std::vector<double> values{7, 2, 2.5, 11, 4, 3, 4.5, 19};
    return values;
}

/// The piecewise linear distribution through the sample, by integrals over its pieces.
inline Continuous empirical_theory() {
    std::vector<double> x = sample();
    std::sort(x.begin(), x.end());
    const auto gaps = static_cast<double>(x.size() - 1);
    // E[(X - c)^p]: over a piece from a to b the mean of a uniform's power.
    const auto moment = [=](double c, int p) {
        double sum = 0;
        for (std::size_t i = 1; i < x.size(); ++i) {
            sum += (std::pow(x[i] - c, p + 1) - std::pow(x[i - 1] - c, p + 1)) / ((p + 1) * (x[i] - x[i - 1]));
        }
        return sum / gaps;
    };
    const auto cdf = [=](double value) {
        const auto above = std::upper_bound(x.begin() + 1, x.end() - 1, value);
        const double below = *(above - 1), part = (value - below) / (*above - below);
        return (static_cast<double>(above - 1 - x.begin()) + part) / gaps;
    };
    const double mean = moment(0, 1), variance = moment(mean, 2);
    return {"empirical", Empirical(sample()), cdf, mean, variance, moment(mean, 4) / (variance * variance)};
}

/// Two exponentials, each of which brings half of the mean.
inline Continuous hyperexponential_theory(double mean, double cv) {
    const double share = (1 + std::sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
    const double a = mean / (2 * share), b = mean / (2 * (1 - share));  // means of the phases
    const auto raw = [=](int p) {
        return std::tgamma(p + 1) * (share * std::pow(a, p) + (1 - share) * std::pow(b, p));
    };
    const double variance = cv * cv * mean * mean;
    const double fourth = raw(4) - 4 * mean * raw(3) + 6 * mean * mean * raw(2) - 3 * mean * mean * mean * mean;
    return {"hyperexponential",
            [=](double u) { return hyperexponential(u, mean, cv); },
            [=](double x) { return 1 - share * std::exp(-x / a) - (1 - share) * std::exp(-x / b); },
            mean,
            variance,
            fourth / (variance * variance)};
}

inline Counting binomial_theory(int trials, double probability) {
    const boost::math::binomial theory(trials, probability);
    return {"binomial " + std::to_string(trials),
            [=](double u) { return binomial(u, trials, probability); },
            [=](int k) { return k > trials ? 0 : pdf(theory, k); },
            mean(theory),
            variance(theory),
            kurtosis(theory)};
}

inline const std::vector<Continuous>& continuous_ones() {
    namespace bm = boost::math;
    static const double s2 = std::log1p(0.7 * 0.7);
    static const std::vector<Continuous> all{
        continuous("standard normal", normal_quantile, bm::normal()),
        continuous(
            "normal", [](double u) { return normal(u, -4, 2.5); }, bm::normal(-4, 2.5)),
        continuous(
            "exponential", [](double u) { return exponential(u, 3); }, bm::exponential(1 / 3.0)),
        continuous(
            "gamma 0.4", [](double u) { return gamma(u, 0.4, 3); }, bm::gamma_distribution(0.4, 3.0)),
        continuous(
            "gamma 2.5", [](double u) { return gamma(u, 2.5, 2); }, bm::gamma_distribution(2.5, 2.0)),
        continuous(
            "gamma 120", [](double u) { return gamma(u, 120, 0.5); }, bm::gamma_distribution(120.0, 0.5)),
        continuous(
            "lognormal", [](double u) { return lognormal(u, 5, 0.7); },
            bm::lognormal(std::log(5) - s2 / 2, std::sqrt(s2))),
        continuous(
            "lognormal by median", [](double u) { return lognormal_median(u, 5, 0.4); },
            bm::lognormal(std::log(5), 0.4)),
        continuous(
            "Weibull", [](double u) { return weibull(u, 3, 1.7); }, bm::weibull(1.7, 3 / std::tgamma(1 + 1 / 1.7))),
        hyperexponential_theory(3, 1.8),
        continuous(
            "triangular", [](double u) { return triangular(u, 1, 2, 6); }, bm::triangular(1, 2, 6)),
        continuous(
            "triangular, mode at an end", [](double u) { return triangular(u, 1, 1, 6); }, bm::triangular(1, 1, 6)),
        empirical_theory(),
    };
    return all;
}

inline Counting negative_binomial_theory(double mean, double variance) {
    return counting(
        "negative binomial " + std::to_string(mean) + ", " + std::to_string(variance),
        [=](double u) { return negative_binomial(u, mean, variance); },
        boost::math::negative_binomial(mean * mean / (variance - mean), mean / variance));
}

inline Counting poisson_theory(double mean) {
    return counting(
        "Poisson " + std::to_string(mean), [=](double u) { return poisson(u, mean); }, boost::math::poisson(mean));
}

inline const std::vector<Counting>& counting_ones() {
    static const std::vector<double> weights{3, 0, 1, 8, 0, 0, 4, 0};  // of 16
    static const std::vector<Counting> all{
        counting(
            "geometric", [](double u) { return geometric(u, 4); }, boost::math::geometric(0.25), 1),
        binomial_theory(12, 0.3),
        binomial_theory(1, 0.9),
        binomial_theory(900, 0.97),
        poisson_theory(0.3),
        poisson_theory(5),
        poisson_theory(29),
        poisson_theory(31),
        poisson_theory(400),
        negative_binomial_theory(0.4, 1.2),
        negative_binomial_theory(5, 20),
        negative_binomial_theory(20, 900),   // walks, and searches where the walk is too long
        negative_binomial_theory(150, 160),  // searches
        negative_binomial_theory(150, 4000),
        {"discrete", [d = Discrete(weights)](double u) { return static_cast<int>(d(u)); },
         [](int k) { return k < 8 ? weights[static_cast<std::size_t>(k)] / 16 : 0; }, 3.125, 3.984375,
         2.208581314878893},
    };
    return all;
}

}  // namespace entrepot::sim
