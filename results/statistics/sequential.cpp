#include "results/statistics/sequential.hpp"

#include <algorithm>
#include <cmath>

#include "sim/check.hpp"
#include "sim/distributions.hpp"

namespace entrepot::results {

namespace {

void check_rule(const PrecisionRule& rule) {
    SIM_CHECK(rule.relative > 0 && rule.relative < 1, "a relative error is between 0 and 1");
    SIM_CHECK(rule.confidence > 0 && rule.confidence < 1, "a confidence is between 0 and 1");
    SIM_CHECK(rule.least >= 10 && rule.most >= rule.least, "at least 10 replications, and no cap below them");
}

/// The relative error of the true mean that |estimate - mean| <= half guarantees; negative when there is none.
double relative_error(double half, double mean) { return half < std::abs(mean) ? half / (std::abs(mean) - half) : -1; }

double half_width_wanted(const RunningMean& r, const PrecisionRule& rule) {
    return rule.relative / (1 + rule.relative) * std::abs(r.mean());
}

double standard_error(const RunningMean& r) { return std::sqrt(r.variance() / static_cast<double>(r.count())); }

}  // namespace

Precision judge_precision(const Interval& estimate, std::size_t n, const PrecisionRule& rule) {
    check_rule(rule);
    Precision now;
    now.mean = estimate;
    now.replications = n;
    now.capped = n >= rule.most;
    if (!estimate.has_interval) return now;
    now.wanted = rule.relative / (1 + rule.relative) * std::abs(estimate.estimate);
    const double half = estimate.half_width(), reached = relative_error(half, estimate.estimate);
    now.has_reached = reached >= 0;
    now.reached = now.has_reached ? reached : 0;
    now.satisfied = n >= rule.least && now.has_reached && half <= now.wanted;
    now.capped = now.capped && !now.satisfied;
    return now;
}

Precision judge_precision(const RunningMean& replications, const PrecisionRule& rule) {
    const std::size_t n = replications.count();
    if (n == 0) return judge_precision(refused(Reason::no_data), 0, rule);
    if (n == 1) return judge_precision(point(replications.mean(), Reason::too_few), 1, rule);
    return judge_precision(student_interval(replications.mean(), standard_error(replications),
                                            static_cast<double>(n - 1), rule.confidence),
                           n, rule);
}

double observations_needed(const Precision& now) {
    if (!now.mean.has_interval || now.wanted <= 0) return 0;
    const double ratio = now.mean.half_width() / now.wanted;
    return std::ceil(static_cast<double>(now.replications) * ratio * ratio);
}

Precision sequential_mean(const std::function<double(std::size_t)>& replicate, const PrecisionRule& rule) {
    check_rule(rule);
    // Student's quantile is costly, and greater than the normal one: where that one says no, it need not be asked.
    const double z = sim::normal_quantile((1 + rule.confidence) / 2);
    RunningMean seen;
    for (std::size_t i = 0; i < rule.most; ++i) {
        seen.add(replicate(i));
        if (!std::isfinite(seen.mean()) || !std::isfinite(seen.variance())) {
            Precision broken;
            broken.replications = seen.count();
            broken.mean = refused(Reason::not_finite);
            return broken;
        }
        if (seen.count() < rule.least || z * standard_error(seen) > half_width_wanted(seen, rule)) continue;
        const Precision now = judge_precision(seen, rule);
        if (now.satisfied) return now;
    }
    return judge_precision(seen, rule);
}

double watch_half_width(std::size_t n, double sd, const WatchOptions& options) {
    SIM_CHECK(options.confidence > 0 && options.confidence < 1, "a confidence is between 0 and 1");
    SIM_CHECK(options.rho > 0 && n > 0, "a confidence sequence begins at the first value");
    const double alpha = 1 - options.confidence, rho = options.rho, count = static_cast<double>(n);
    return sd * std::sqrt((count + rho) * std::log((count + rho) / (rho * alpha * alpha))) / count;
}

Interval watch_interval(const Interval& estimate, std::size_t n, const WatchOptions& options) {
    SIM_CHECK(options.least >= 2, "a standard deviation needs two values");
    if (!estimate.has_interval) return estimate;
    if (n < options.least) return point(estimate.estimate, Reason::too_few);
    const double sd = estimate.standard_error * std::sqrt(static_cast<double>(n));
    const double half = watch_half_width(n, sd, options), mean = estimate.estimate;
    if (!std::isfinite(mean) || !std::isfinite(half)) return refused(Reason::not_finite);
    return {mean, mean - half, mean + half, estimate.standard_error, true, true, 0, Reason::none};
}

Interval watch_interval(const RunningMean& replications, const WatchOptions& options) {
    const std::size_t n = replications.count();
    if (n == 0) return refused(Reason::no_data);
    if (n == 1) return point(replications.mean(), Reason::too_few);
    return watch_interval(
        student_interval(replications.mean(), standard_error(replications), static_cast<double>(n - 1)), n, options);
}

double watch_p_value(const Interval& estimate, std::size_t n, const WatchOptions& options) {
    if (!watch_interval(estimate, n, options).has_interval) return 1;
    if (estimate.standard_error <= 0) return estimate.estimate == 0 ? 1 : 0;
    const double z = estimate.estimate / estimate.standard_error, count = static_cast<double>(n);
    const double log_alpha =
        (std::log((count + options.rho) / options.rho) - z * z * count / (count + options.rho)) / 2;
    return std::min(1.0, std::exp(log_alpha));
}

}  // namespace entrepot::results
