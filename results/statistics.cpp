#include "results/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

constexpr double kConfidence = 0.95;

Interval around(double estimate, double standard_error, std::size_t n) {
    const double half = t_quantile((1 + kConfidence) / 2, static_cast<double>(n - 1)) * standard_error;
    return {estimate, estimate - half, estimate + half, standard_error, true, true};
}

Interval point(double estimate) { return {estimate, estimate, estimate, 0, true, false}; }

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

double t_quantile(double p, double freedom) { return boost::math::quantile(boost::math::students_t(freedom), p); }

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

/// A ratio of sums, and the same without each replication in turn.
struct LeaveOneOut {
    bool available = false;  ///< the denominators don't vanish
    double whole = 0;
    Values without;  ///< empty when some replication holds all of the denominator: there is no spread to see
};

LeaveOneOut leave_one_out(std::span<const double> num, std::span<const double> den) {
    const double total_num = sum(num), total_den = sum(den);
    if (num.empty() || !(std::abs(total_den) > 0)) return {};
    LeaveOneOut ratio{true, total_num / total_den, {}};
    for (std::size_t i = 0; i < num.size(); ++i) {
        const double rest = total_den - den[i];
        if (!(std::abs(rest) > 0)) return {true, ratio.whole, {}};
        ratio.without.push_back((total_num - num[i]) / rest);
    }
    return ratio;
}

}  // namespace

Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator) {
    const LeaveOneOut ratio = leave_one_out(numerator, denominator);
    return ratio.available ? jackknife(ratio.whole, ratio.without) : Interval{};
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
    if (numerator_a.size() != numerator_b.size()) return {};
    const LeaveOneOut a = leave_one_out(numerator_a, denominator_a), b = leave_one_out(numerator_b, denominator_b);
    if (!a.available || !b.available) return {};
    const double difference = a.whole - b.whole;
    if (a.without.size() != b.without.size()) return point(difference);
    Values without = a.without;
    for (std::size_t i = 0; i < without.size(); ++i) without[i] -= b.without[i];
    return jackknife(difference, without);
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
