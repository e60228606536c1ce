#include "results/statistics/interval.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <boost/math/distributions/students_t.hpp>

#include "sim/check.hpp"

namespace entrepot::results {

std::string_view reason_text(Reason reason) {
    switch (reason) {
        case Reason::none:
            return "";
        case Reason::no_data:
            return "there are no observations";
        case Reason::too_few:
            return "too few observations";
        case Reason::unequal_lengths:
            return "the samples differ in length";
        case Reason::not_finite:
            return "an observation is not a finite number";
        case Reason::zero_denominator:
            return "the denominator is zero";
        case Reason::rests_on_one:
            return "all of the denominator is in one replication";
        case Reason::no_variation:
            return "all observations are equal";
        case Reason::unbounded:
            return "the denominator can't be told from zero";
        case Reason::run_too_short:
            return "the run is too short for its warm-up";
        case Reason::correlated_batches:
            return "the batch means are correlated";
        case Reason::thin_tail:
            return "too few observations in the tail";
        case Reason::undefined_resample:
            return "the statistic does not exist for some resamples";
        case Reason::no_rate:
            return "no rate makes the present value zero";
        case Reason::several_rates:
            return "several rates make the present value zero";
        case Reason::never:
            return "it is not paid back within the horizon";
    }
    return "";
}

Interval refused(Reason reason) {
    Interval nothing;
    nothing.missing = reason;
    return nothing;
}

Interval point(double estimate, Reason reason) {
    if (!std::isfinite(estimate)) return refused(Reason::not_finite);
    return {estimate, estimate, estimate, 0, true, false, 0, reason};
}

Interval student_interval(double estimate, double standard_error, double freedom, double confidence) {
    SIM_CHECK(confidence > 0 && confidence < 1, "a confidence is between 0 and 1");
    SIM_CHECK(freedom > 0, "an interval by Student's t has at least some degrees of freedom");
    const double half = t_quantile((1 + confidence) / 2, freedom) * standard_error;
    if (!std::isfinite(estimate) || !std::isfinite(half)) return refused(Reason::not_finite);
    return {estimate, estimate - half, estimate + half, standard_error, true, true, freedom, Reason::none};
}

double t_quantile(double p, double freedom) { return boost::math::quantile(boost::math::students_t(freedom), p); }

double normal_probability(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

Moments moments(std::span<const double> values) {
    const std::size_t n = values.size();
    if (n == 0) return {};
    if (std::all_of(values.begin(), values.end(), [&](double v) { return v == values[0]; })) return {n, values[0], 0};
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(n);
    double squares = 0;
    for (const double v : values) squares += (v - mean) * (v - mean);
    return {n, mean, squares / static_cast<double>(n - 1)};
}

double covariance(std::span<const double> a, std::span<const double> b) {
    SIM_CHECK(a.size() == b.size(), "a covariance is of pairs");
    if (a.size() < 2) return 0;
    const double mean_a = moments(a).mean, mean_b = moments(b).mean;
    double products = 0;
    for (std::size_t i = 0; i < a.size(); ++i) products += (a[i] - mean_a) * (b[i] - mean_b);
    return products / static_cast<double>(a.size() - 1);
}

bool all_finite(std::span<const double> values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace entrepot::results
