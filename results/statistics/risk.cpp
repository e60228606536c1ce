#include "results/statistics/risk.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>

#include "results/statistics/statistics.hpp"
#include "sim/check.hpp"
#include "sim/distributions.hpp"

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

constexpr double kLeastInTail = 50;

void check_levels(double p, double confidence) {
    SIM_CHECK(p > 0 && p < 1, "a quantile's level is between 0 and 1");
    SIM_CHECK(confidence > 0 && confidence < 1, "a confidence is between 0 and 1");
}

/// 1-based rank of the sample's p-quantile; n p that is whole but for rounding counts as whole.
std::size_t quantile_rank(std::size_t n, double p) {
    const double rank = std::ceil(static_cast<double>(n) * p * (1 - 1e-14));
    return std::clamp(static_cast<std::size_t>(rank), std::size_t{1}, n);
}

Reason sample_problem(std::span<const double> values) {
    if (values.empty()) return Reason::no_data;
    return all_finite(values) ? Reason::none : Reason::not_finite;
}

/// The least k with P(count <= k) >= level.
std::size_t least_count(const boost::math::binomial& count, double level) {
    const auto n = static_cast<std::size_t>(count.trials());
    std::size_t low = 0, high = n;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (boost::math::cdf(count, static_cast<double>(middle)) >= level) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

}  // namespace

QuantileInterval quantile_interval(std::span<const double> values, double p, double confidence) {
    check_levels(p, confidence);
    QuantileInterval result;
    if (const Reason problem = sample_problem(values); problem != Reason::none) {
        result.interval = refused(problem);
        return result;
    }
    Values sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    const std::size_t n = sorted.size();
    const double estimate = sorted[quantile_rank(n, p) - 1], tail = (1 - confidence) / 2;
    // The count of values below the quantile is binomial: the ends have it on their right side with 1 - tail each.
    const boost::math::binomial below(static_cast<double>(n), p);
    const std::size_t low = least_count(below, tail), high = least_count(below, 1 - tail) + 1;
    if (low < 1 || high > n) {
        result.interval = point(estimate, Reason::thin_tail);
        return result;
    }
    result.low_rank = low;
    result.high_rank = high;
    result.coverage =
        boost::math::cdf(below, static_cast<double>(high - 1)) - boost::math::cdf(below, static_cast<double>(low - 1));
    result.interval = {estimate, sorted[low - 1], sorted[high - 1], 0, true, true, 0, Reason::none};
    return result;
}

Interval cvar_interval(std::span<const double> values, double p, double confidence) {
    check_levels(p, confidence);
    if (const Reason problem = sample_problem(values); problem != Reason::none) return refused(problem);
    Values influence(values.begin(), values.end());
    const std::size_t rank = quantile_rank(influence.size(), p);
    const auto at = influence.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(influence.begin(), at, influence.end());
    const double quantile = *at;
    for (double& v : influence) v = quantile + std::max(0.0, v - quantile) / (1 - p);
    const Interval all = mean_interval(influence, confidence);
    const double in_tail = static_cast<double>(values.size()) * (1 - p);
    if (!all.has_estimate || in_tail * (1 + 1e-12) >= kLeastInTail) return all;
    return point(all.estimate, Reason::thin_tail);
}

namespace {

void check_counts(std::size_t successes, std::size_t trials, double confidence) {
    SIM_CHECK(successes <= trials, "no more successes than trials");
    SIM_CHECK(confidence > 0 && confidence < 1, "a confidence is between 0 and 1");
}

/// Clopper and Pearson's ends with the probability `tail` beyond each.
double lower_end(double k, double n, double tail) {
    return k > 0 ? boost::math::quantile(boost::math::beta_distribution<>(k, n - k + 1), tail) : 0;
}
double upper_end(double k, double n, double tail) {
    if (!(k < n)) return 1;
    return boost::math::quantile(boost::math::complement(boost::math::beta_distribution<>(k + 1, n - k), tail));
}

}  // namespace

Interval proportion_wilson(std::size_t successes, std::size_t trials, double confidence) {
    check_counts(successes, trials, confidence);
    if (trials == 0) return refused(Reason::no_data);
    const auto n = static_cast<double>(trials);
    const double p = static_cast<double>(successes) / n;
    const double z = sim::normal_quantile((1 + confidence) / 2), z2 = z * z;
    const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    const double low = successes == 0 ? 0 : std::max(0.0, centre - half);
    const double high = successes == trials ? 1 : std::min(1.0, centre + half);
    return {p, low, high, std::sqrt(p * (1 - p) / n), true, true, 0, Reason::none};
}

Interval proportion_exact(std::size_t successes, std::size_t trials, double confidence) {
    check_counts(successes, trials, confidence);
    if (trials == 0) return refused(Reason::no_data);
    const auto k = static_cast<double>(successes), n = static_cast<double>(trials);
    const double tail = (1 - confidence) / 2;
    return {k / n, lower_end(k, n, tail), upper_end(k, n, tail), 0, true, true, 0, Reason::none};
}

Interval proportion_upper(std::size_t successes, std::size_t trials, double confidence) {
    check_counts(successes, trials, confidence);
    if (trials == 0) return refused(Reason::no_data);
    const auto k = static_cast<double>(successes), n = static_cast<double>(trials);
    return {k / n, 0, upper_end(k, n, 1 - confidence), 0, true, true, 0, Reason::none};
}

}  // namespace entrepot::results
