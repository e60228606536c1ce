#include "results/statistics/variance_reduction.hpp"

#include <cmath>
#include <vector>

#include "results/statistics/statistics.hpp"

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

Reason pairs_problem(std::span<const double> a, std::span<const double> b, std::size_t least) {
    if (a.size() != b.size()) return Reason::unequal_lengths;
    if (a.empty()) return Reason::no_data;
    if (!all_finite(a) || !all_finite(b)) return Reason::not_finite;
    return a.size() < least ? Reason::too_few : Reason::none;
}

Factor ratio_of_variances(double without, double with) {
    if (!std::isfinite(without) || !std::isfinite(with)) return {1, Reason::not_finite};
    if (!(with > 0)) return {1, Reason::no_variation};
    return {without / with, Reason::none};
}

}  // namespace

Factor pairing_factor(std::span<const double> a, std::span<const double> b) {
    if (const Reason problem = pairs_problem(a, b, 2); problem != Reason::none) return {1, problem};
    Values difference(a.begin(), a.end());
    for (std::size_t i = 0; i < b.size(); ++i) difference[i] -= b[i];
    return ratio_of_variances(moments(a).variance + moments(b).variance, moments(difference).variance);
}

namespace {

Values pair_means(std::span<const double> first, std::span<const double> second) {
    Values means(first.begin(), first.end());
    for (std::size_t i = 0; i < second.size(); ++i) means[i] = (means[i] + second[i]) / 2;
    return means;
}

}  // namespace

Factor pairing_factor(const Interval& a, const Interval& b, const Interval& difference) {
    if (!a.has_interval || !b.has_interval || !difference.has_interval) return {1, Reason::too_few};
    const auto square = [](double v) { return v * v; };
    const double apart = square(a.standard_error) + square(b.standard_error),
                 paired = square(difference.standard_error);
    if (!(paired > 0)) return {1, Reason::no_variation};
    const double factor = apart / paired;
    return std::isfinite(factor) ? Factor{factor, Reason::none} : Factor{1, Reason::not_finite};
}

Interval antithetic_interval(std::span<const double> first, std::span<const double> second, double confidence) {
    if (const Reason problem = pairs_problem(first, second, 1); problem != Reason::none) return refused(problem);
    return mean_interval(pair_means(first, second), confidence);
}

Factor antithetic_factor(std::span<const double> first, std::span<const double> second) {
    if (const Reason problem = pairs_problem(first, second, 2); problem != Reason::none) return {1, problem};
    const double single = (moments(first).variance + moments(second).variance) / 2;
    return ratio_of_variances(single / 2, moments(pair_means(first, second)).variance);
}

namespace {

/// What the estimator needs of the pairs.
struct Sums {
    double n = 0;
    double mean_y = 0, mean_c = 0;
    double yy = 0, cc = 0, cy = 0;  ///< sums of squares and products around the means

    double slope() const { return cy / cc; }
    double estimate(double known) const { return mean_y - slope() * (mean_c - known); }
};

Sums sums_of(std::span<const double> y, std::span<const double> c) {
    const Moments my = moments(y), mc = moments(c);
    const auto n = static_cast<double>(my.count);
    return {n, my.mean, mc.mean, my.variance * (n - 1), mc.variance * (n - 1), covariance(c, y) * (n - 1)};
}

/// The sums without one of the pairs.
Sums without(const Sums& all, double y, double c) {
    const double dy = y - all.mean_y, dc = c - all.mean_c, rest = all.n - 1, share = all.n / rest;
    return {rest,
            all.mean_y - dy / rest,
            all.mean_c - dc / rest,
            all.yy - share * dy * dy,
            all.cc - share * dc * dc,
            all.cy - share * dc * dy};
}

/// Coefficient and correlation; the reason when there is no estimate by regression, and then the plain mean's point.
Reason prepare(ControlVariate& result, const Sums& s) {
    if (!std::isfinite(s.cc) || !std::isfinite(s.cy) || !std::isfinite(s.yy)) {
        result.mean = refused(Reason::not_finite);
    } else if (!(s.cc > 0)) {
        result.mean = point(s.mean_y, Reason::no_variation);
    } else {
        result.coefficient = s.slope();
        result.correlation = s.yy > 0 ? s.cy / std::sqrt(s.cc) / std::sqrt(s.yy) : 0;
        return Reason::none;
    }
    result.factor = {1, result.mean.missing};
    return result.mean.missing;
}

ControlVariate no_control(std::span<const double> values, Reason problem) {
    ControlVariate result;
    result.factor = {1, problem};
    result.mean = problem == Reason::too_few ? point(moments(values).mean, problem) : refused(problem);
    return result;
}

}  // namespace

ControlVariate control_variate(std::span<const double> values, std::span<const double> control, double known,
                               double confidence) {
    if (const Reason problem = pairs_problem(values, control, 3); problem != Reason::none) {
        return no_control(values, problem);
    }
    ControlVariate result;
    const Sums s = sums_of(values, control);
    if (prepare(result, s) != Reason::none) return result;
    double residuals = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double e = values[i] - s.mean_y - result.coefficient * (control[i] - s.mean_c);
        residuals += e * e;
    }
    const double off = s.mean_c - known;
    const double variance = residuals / (s.n - 2) * (1 / s.n + off * off / s.cc);
    result.mean = student_interval(s.estimate(known), std::sqrt(variance), s.n - 2, confidence);
    result.factor = ratio_of_variances(s.yy / (s.n - 1) / s.n, variance);
    return result;
}

ControlVariate control_variate_jackknife(std::span<const double> values, std::span<const double> control, double known,
                                         double confidence) {
    if (const Reason problem = pairs_problem(values, control, 4); problem != Reason::none) {
        return no_control(values, problem);
    }
    ControlVariate result;
    const Sums s = sums_of(values, control);
    if (prepare(result, s) != Reason::none) return result;
    Values leave_out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Sums rest = without(s, values[i], control[i]);
        if (!(rest.cc > 1e-12 * s.cc)) {
            result.mean = point(s.estimate(known), Reason::rests_on_one);
            result.factor = {1, Reason::rests_on_one};
            return result;
        }
        leave_out.push_back(rest.estimate(known));
    }
    const double whole = s.estimate(known);
    const Interval spread = jackknife(whole, leave_out, confidence);
    result.mean = spread.has_interval ? student_interval(whole - jackknife_bias(whole, leave_out),
                                                         spread.standard_error, spread.freedom, confidence)
                                      : spread;
    result.factor = ratio_of_variances(s.yy / (s.n - 1) / s.n, spread.standard_error * spread.standard_error);
    return result;
}

Factor control_loss(std::size_t replications, std::size_t controls) {
    if (replications < controls + 3) return {1, Reason::too_few};
    const auto n = static_cast<double>(replications), q = static_cast<double>(controls);
    return {(n - 2) / (n - q - 2), Reason::none};
}

}  // namespace entrepot::results
