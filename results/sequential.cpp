#include "results/sequential.hpp"

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

Precision judge_precision(const RunningMean& replications, const PrecisionRule& rule) {
    check_rule(rule);
    Precision now;
    now.replications = replications.count();
    now.capped = now.replications >= rule.most;
    if (now.replications == 0) {
        now.mean = refused(Reason::no_data);
        return now;
    }
    now.mean = point(replications.mean(), Reason::too_few);
    if (now.replications < 2 || !now.mean.has_estimate) return now;
    now.mean = student_interval(replications.mean(), standard_error(replications),
                                static_cast<double>(now.replications - 1), rule.confidence);
    if (!now.mean.has_interval) return now;
    now.wanted = half_width_wanted(replications, rule);
    const double half = now.mean.half_width(), reached = relative_error(half, replications.mean());
    now.has_reached = reached >= 0;
    now.reached = now.has_reached ? reached : 0;
    now.satisfied = now.replications >= rule.least && now.has_reached && half <= now.wanted;
    now.capped = now.capped && !now.satisfied;
    return now;
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

Interval watch_interval(const RunningMean& replications, const WatchOptions& options) {
    SIM_CHECK(options.least >= 2, "a standard deviation needs two values");
    if (replications.count() == 0) return refused(Reason::no_data);
    const double mean = replications.mean();
    if (replications.count() < options.least) return point(mean, Reason::too_few);
    const double half = watch_half_width(replications.count(), std::sqrt(replications.variance()), options);
    if (!std::isfinite(mean) || !std::isfinite(half)) return refused(Reason::not_finite);
    return {mean, mean - half, mean + half, standard_error(replications), true, true, 0, Reason::none};
}

}  // namespace entrepot::results
