#include "results/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace entrepot::results {

namespace {

constexpr double kConfidence = 0.95;

Interval around(double estimate, double standard_error, std::size_t n) {
    const double half = t_quantile((1 + kConfidence) / 2, static_cast<double>(n - 1)) * standard_error;
    return {estimate, estimate - half, estimate + half, standard_error, true, true};
}

Interval point(double estimate) { return {estimate, estimate, estimate, 0, true, false}; }

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

double t_quantile(double p, double freedom) {
    return boost::math::quantile(boost::math::students_t(freedom), p);
}

double p_value(const Interval& interval, std::size_t replications) {
    if (!interval.has_interval || replications < 2) return 1;
    if (interval.standard_error <= 0) return interval.estimate == 0 ? 1 : 0;
    const boost::math::students_t t(static_cast<double>(replications - 1));
    return 2 * boost::math::cdf(boost::math::complement(t, std::abs(interval.estimate / interval.standard_error)));
}

Interval mean_interval(std::span<const double> values) {
    const std::size_t n = values.size();
    if (n == 0) return {};
    const double mean = sum(values) / static_cast<double>(n);
    if (n == 1) return point(mean);
    double squares = 0;
    for (const double v : values) squares += (v - mean) * (v - mean);
    return around(mean, std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n)), n);
}

Interval jackknife(double whole, std::span<const double> leave_out) {
    const std::size_t n = leave_out.size();
    if (n < 2) return point(whole);
    const auto count = static_cast<double>(n);
    const double mean = sum(leave_out) / count;
    double squares = 0;
    for (const double v : leave_out) squares += (v - mean) * (v - mean);
    // Differences that are rounding and nothing else are no variance.
    const double scale = std::max(std::abs(whole), 1e-12) * 1e-13;
    const double se = std::sqrt((count - 1) / count * squares);
    return around(whole, se > scale ? se : 0, n);
}

namespace {

/// Ratio of sums without replication i, for all i; false when a denominator vanishes.
bool leave_out_ratios(std::span<const double> num, std::span<const double> den, double& whole,
                      std::vector<double>& without) {
    const double total_num = sum(num), total_den = sum(den);
    if (num.empty() || !(std::abs(total_den) > 0)) return false;
    whole = total_num / total_den;
    without.resize(num.size());
    if (num.size() == 1) return true;
    for (std::size_t i = 0; i < num.size(); ++i) {
        const double d = total_den - den[i];
        if (!(std::abs(d) > 0)) return false;
        without[i] = (total_num - num[i]) / d;
    }
    return true;
}

}  // namespace

Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator) {
    double whole = 0;
    std::vector<double> without;
    if (!leave_out_ratios(numerator, denominator, whole, without)) return {};
    return jackknife(whole, without);
}

Interval ratio_interval_delta(std::span<const double> numerator, std::span<const double> denominator) {
    const std::size_t n = numerator.size();
    const double den = sum(denominator);
    if (n == 0 || !(std::abs(den) > 0)) return {};
    const double ratio = sum(numerator) / den;
    if (n == 1) return point(ratio);
    const auto count = static_cast<double>(n);
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double residual = numerator[i] - ratio * denominator[i];
        squares += residual * residual;
    }
    return around(ratio, std::sqrt(squares / (count - 1) / count) / (den / count), n);
}

Interval ratio_difference(std::span<const double> numerator_a, std::span<const double> denominator_a,
                          std::span<const double> numerator_b, std::span<const double> denominator_b) {
    double a = 0, b = 0;
    std::vector<double> without_a, without_b;
    if (numerator_a.size() != numerator_b.size() || !leave_out_ratios(numerator_a, denominator_a, a, without_a) ||
        !leave_out_ratios(numerator_b, denominator_b, b, without_b)) {
        return {};
    }
    for (std::size_t i = 0; i < without_a.size(); ++i) without_a[i] -= without_b[i];
    return jackknife(a - b, without_a);
}

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

}  // namespace entrepot::results
