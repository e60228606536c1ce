#include "results/statistics/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

double sum(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// What is wrong with numerators and denominators before anything is computed.
Reason pairs_problem(std::span<const double> a, std::span<const double> b) {
    if (a.size() != b.size()) return Reason::unequal_lengths;
    if (a.empty()) return Reason::no_data;
    return all_finite(a) && all_finite(b) ? Reason::none : Reason::not_finite;
}

}  // namespace

double p_value(const Interval& interval) {
    if (!interval.has_interval || !(interval.freedom > 0)) return 1;
    if (interval.standard_error <= 0) return interval.estimate == 0 ? 1 : 0;
    const boost::math::students_t t(interval.freedom);
    return 2 * boost::math::cdf(boost::math::complement(t, std::abs(interval.estimate / interval.standard_error)));
}

Interval mean_interval(std::span<const double> values, double confidence) {
    if (values.empty()) return refused(Reason::no_data);
    if (!all_finite(values)) return refused(Reason::not_finite);
    const Moments m = moments(values);
    if (m.count == 1) return point(m.mean, Reason::too_few);
    const auto count = static_cast<double>(m.count);
    return student_interval(m.mean, std::sqrt(m.variance / count), count - 1, confidence);
}

Interval paired_difference(std::span<const double> a, std::span<const double> b, double confidence) {
    if (const Reason problem = pairs_problem(a, b); problem != Reason::none) return refused(problem);
    Values differences(a.begin(), a.end());
    for (std::size_t i = 0; i < b.size(); ++i) differences[i] -= b[i];
    return mean_interval(differences, confidence);
}

Interval independent_difference(const Interval& a, const Interval& b, double confidence) {
    if (!a.has_estimate) return a;
    if (!b.has_estimate) return b;
    const double difference = a.estimate - b.estimate;
    for (const Interval* one : {&a, &b}) {
        if (!one->has_interval || !(one->freedom > 0))
            return point(difference, one->has_interval ? Reason::too_few : one->missing);
    }
    const double error = std::hypot(a.standard_error, b.standard_error);
    const double own = error > 0 ? a.standard_error / error : 0, other = error > 0 ? b.standard_error / error : 0;
    const double freedom =
        error > 0 ? 1 / (std::pow(own, 4) / a.freedom + std::pow(other, 4) / b.freedom) : a.freedom + b.freedom;
    return student_interval(difference, error, freedom, confidence);
}

Interval jackknife(double whole, std::span<const double> leave_out, double confidence) {
    const std::size_t n = leave_out.size();
    if (n < 2) return point(whole, Reason::too_few);
    const auto count = static_cast<double>(n);
    const double mean = sum(leave_out) / count;
    double squares = 0;
    for (const double v : leave_out) squares += (v - mean) * (v - mean);
    // Differences that are rounding and nothing else are no variance.
    const double scale = std::max(std::abs(whole), 1e-12) * 1e-13;
    const double se = std::sqrt((count - 1) / count * squares);
    return student_interval(whole, se <= scale ? 0 : se, count - 1, confidence);
}

double jackknife_bias(double whole, std::span<const double> leave_out) {
    if (leave_out.empty()) return 0;
    const auto count = static_cast<double>(leave_out.size());
    return (count - 1) * (sum(leave_out) / count - whole);
}

namespace {

/// A ratio of sums, and the same without each replication in turn.
struct LeaveOneOut {
    Reason missing = Reason::none;  ///< none: there is a ratio
    double whole = 0;
    Values without;  ///< empty when some replication holds all of the denominator: there is no spread to see
};

LeaveOneOut leave_one_out(std::span<const double> num, std::span<const double> den) {
    if (const Reason problem = pairs_problem(num, den); problem != Reason::none) return {problem, 0, {}};
    const double total_num = sum(num), total_den = sum(den);
    if (!(std::abs(total_den) > 0)) return {Reason::zero_denominator, 0, {}};
    LeaveOneOut ratio{Reason::none, total_num / total_den, {}};
    for (std::size_t i = 0; i < num.size(); ++i) {
        const double rest = total_den - den[i];
        if (!(std::abs(rest) > 0)) return {Reason::none, ratio.whole, {}};
        ratio.without.push_back((total_num - num[i]) / rest);
    }
    return ratio;
}

/// Why a ratio over `n` replications has no spread, when `without` is empty.
Reason no_spread(std::size_t n) { return n < 2 ? Reason::too_few : Reason::rests_on_one; }

/// Means of numerator and denominator with the variances and the covariance of these means.
struct MeanPair {
    double num = 0, den = 0;
    double var_num = 0, var_den = 0, cov = 0;
};

MeanPair mean_pair(std::span<const double> num, std::span<const double> den) {
    const Moments n = moments(num), d = moments(den);
    const auto count = static_cast<double>(n.count);
    return {n.mean, d.mean, n.variance / count, d.variance / count, covariance(num, den) / count};
}

}  // namespace

Interval ratio_interval(std::span<const double> numerator, std::span<const double> denominator, double confidence) {
    const LeaveOneOut ratio = leave_one_out(numerator, denominator);
    if (ratio.missing != Reason::none) return refused(ratio.missing);
    if (ratio.without.empty()) return point(ratio.whole, no_spread(numerator.size()));
    return jackknife(ratio.whole, ratio.without, confidence);
}

Interval ratio_interval_delta(std::span<const double> numerator, std::span<const double> denominator,
                              double confidence) {
    if (const Reason problem = pairs_problem(numerator, denominator); problem != Reason::none) return refused(problem);
    const std::size_t n = numerator.size();
    const double den = sum(denominator);
    if (!(std::abs(den) > 0)) return refused(Reason::zero_denominator);
    const double ratio = sum(numerator) / den;
    if (n == 1) return point(ratio, Reason::too_few);
    const auto count = static_cast<double>(n);
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double residual = numerator[i] - ratio * denominator[i];
        squares += residual * residual;
    }
    const double se = std::sqrt(squares / (count - 1) / count) / std::abs(den / count);
    return student_interval(ratio, se, count - 1, confidence);
}

Interval ratio_interval_fieller(std::span<const double> numerator, std::span<const double> denominator,
                                double confidence) {
    const Interval delta = ratio_interval_delta(numerator, denominator, confidence);
    if (!delta.has_interval) return delta;
    const MeanPair m = mean_pair(numerator, denominator);
    const double t = t_quantile((1 + confidence) / 2, delta.freedom), t2 = t * t;
    // The ratios r for which num - r * den is not significantly different from zero: a r^2 - 2 b r + c <= 0.
    const double a = m.den * m.den - t2 * m.var_den;
    const double b = m.num * m.den - t2 * m.cov;
    const double c = m.num * m.num - t2 * m.var_num;
    if (!(a > 0)) return point(delta.estimate, Reason::unbounded);
    const double root = std::sqrt(std::max(0.0, b * b - a * c));
    Interval fieller = delta;
    fieller.low = (b - root) / a;
    fieller.high = (b + root) / a;
    fieller.freedom = 0;
    return std::isfinite(root) ? fieller : refused(Reason::not_finite);
}

Interval ratio_difference(std::span<const double> numerator_a, std::span<const double> denominator_a,
                          std::span<const double> numerator_b, std::span<const double> denominator_b,
                          double confidence) {
    if (numerator_a.size() != numerator_b.size()) return refused(Reason::unequal_lengths);
    const LeaveOneOut a = leave_one_out(numerator_a, denominator_a), b = leave_one_out(numerator_b, denominator_b);
    if (a.missing != Reason::none) return refused(a.missing);
    if (b.missing != Reason::none) return refused(b.missing);
    const double difference = a.whole - b.whole;
    if (a.without.size() != numerator_a.size() || b.without.size() != numerator_b.size()) {
        return point(difference, no_spread(numerator_a.size()));
    }
    Values without = a.without;
    for (std::size_t i = 0; i < without.size(); ++i) without[i] -= b.without[i];
    return jackknife(difference, without, confidence);
}

}  // namespace entrepot::results
