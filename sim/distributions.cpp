#include "sim/distributions.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

#include "sim/check.hpp"

namespace entrepot::sim {

namespace {

/// Ratio of two polynomials, coefficients from the highest power down.
template <std::size_t N, std::size_t M>
double rational(const double (&numerator)[N], const double (&denominator)[M], double x) {
    double p = 0, q = 0;
    for (const double c : numerator) p = p * x + c;
    for (const double c : denominator) q = q * x + c;
    return p / q;
}

}  // namespace

double normal_quantile(double u) {
    static constexpr double a[] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                                   45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                                   133.14166789178437745, 3.387132872796366608};
    static constexpr double b[] = {
        5226.495278852545925,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
    static constexpr double c[] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                                   1.27045825245236838258,   3.64784832476320460504,   5.7694972214606914055,
                                   4.6303378461565452959,    1.42343711074968357734};
    static constexpr double d[] = {
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
        0.68976733498510000455,    1.6763848301838038494,   2.05319162663775882187,   1.0};
    static constexpr double e[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
                                   0.026532189526576123093,   0.29656057182850489123,    1.7848265399172913358,
                                   5.4637849111641143699,     6.6579046435011037772};
    static constexpr double f[] = {
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
        0.0148753612908506148525,   0.13692988092273580531,   0.59983220655588793769,   1.0};
    const double q = u - 0.5;
    if (std::abs(q) <= 0.425) return q * rational(a, b, 0.180625 - q * q);
    const double r = std::sqrt(-std::log(q < 0 ? u : 1 - u));
    const double z = r <= 5 ? rational(c, d, r - 1.6) : rational(e, f, r - 5);
    return q < 0 ? -z : z;
}

double exponential(double u, double mean) { return -mean * std::log1p(-u); }

double lognormal(double u, double mean, double cv) {
    if (cv <= 0) return mean;
    const double variance = std::log1p(cv * cv);
    return mean * std::exp(std::sqrt(variance) * normal_quantile(u) - variance / 2);
}

double lognormal_median(double u, double median, double sigma) {
    return sigma <= 0 ? median : median * std::exp(sigma * normal_quantile(u));
}

double triangular(double u, double low, double mode, double high) {
    if (high <= low) return low;
    const double split = (mode - low) / (high - low);
    return u < split ? low + std::sqrt(u * (high - low) * (mode - low))
                     : high - std::sqrt((1 - u) * (high - low) * (high - mode));
}

int geometric(double u, double mean) {
    if (mean <= 1) return 1;
    const double drawn = std::ceil(std::log1p(-u) / std::log1p(-1 / mean));
    return static_cast<int>(std::clamp(drawn, 1.0, 1e9));
}

int poisson(double u, double mean) {
    if (mean <= 0) return 0;
    constexpr double kSmall = 30;
    if (mean < kSmall) {
        double p = std::exp(-mean), sum = p;
        int k = 0;
        while (u > sum && p > 0) {
            p *= mean / ++k;
            sum += p;
        }
        return k;
    }
    // A Cornish-Fisher guess, then exact steps on P(X <= k) = Q(k + 1, mean).
    const double z = normal_quantile(u);
    int k = static_cast<int>(std::max(0.0, std::floor(mean + std::sqrt(mean) * z + (z * z - 1) / 6)));
    while (boost::math::gamma_q(k + 1.0, mean) < u) ++k;
    while (k > 0 && boost::math::gamma_q(static_cast<double>(k), mean) >= u) --k;
    return k;
}

Discrete::Discrete(std::span<const double> weights) {
    Tables tables{std::vector<double>(weights.size()), std::vector<std::uint32_t>(weights.size())};
    double total = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        SIM_CHECK(weights[i] >= 0, "a weight of a discrete distribution is negative");
        total += weights[i];
        tables.cumulative[i] = total;
    }
    SIM_CHECK(total > 0, "a discrete distribution needs a positive weight");
    for (double& c : tables.cumulative) c /= total;
    const auto n = static_cast<double>(weights.size());
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        while (tables.cumulative[value] <= static_cast<double>(k) / n && value + 1 < weights.size()) ++value;
        tables.guide[k] = value;
    }
    tables_ = std::make_shared<const Tables>(std::move(tables));
}

std::uint32_t Discrete::operator()(double u) const {
    const auto& [cumulative, guide] = *tables_;
    std::uint32_t value = guide[static_cast<std::size_t>(u * static_cast<double>(guide.size()))];
    while (u >= cumulative[value] && value + 1 < cumulative.size()) ++value;
    return value;
}

double Discrete::probability(std::uint32_t value) const {
    const std::vector<double>& cumulative = tables_->cumulative;
    return value == 0 ? cumulative[0] : cumulative[value] - cumulative[value - 1];
}

bool Discrete::share(const Discrete& other) {
    if (!tables_ || !other.tables_ || tables_->cumulative != other.tables_->cumulative) return false;
    tables_ = other.tables_;
    return true;
}

}  // namespace entrepot::sim
