#include "studies/verify.hpp"

#include <algorithm>
#include <cmath>

#include "studies/expectations.hpp"
#include "studies/run_study.hpp"

namespace entrepot::studies {

namespace {

using results::Interval;
using scenarios::Expectation;

double tolerance_of(const Expectation& e) {
    return e.absolute > 0 ? e.absolute : e.relative * std::abs(e.expected.value_or(0));
}

constexpr std::size_t kMostWithoutNumber = 200;  ///< a figure that isn't there by then won't come

/// Replications that an interval of this half-width needs, when it has that one after n.
std::size_t needed(const Interval& interval, double wanted, std::size_t n) {
    if (!interval.has_interval || !(wanted > 0)) return 0;
    const double ratio = interval.half_width() / wanted;
    const double about = std::ceil(static_cast<double>(n) * ratio * ratio);
    return static_cast<std::size_t>(std::clamp(about, static_cast<double>(kLeastReplications), 1e12));
}

StudyOptions study_options(const scenarios::Scenario& scenario, const VerifyOptions& options) {
    StudyOptions study{.strategies = strategies_of_expectations(scenario),
                       .replications = static_cast<int>(options.most_replications),
                       .threads = options.threads,
                       .seed = options.seed.value_or(scenario.study.seed),
                       .comparator = scenario.study.comparator,
                       .series = false,
                       .precision = {}};
    if (std::ranges::find(study.strategies, study.comparator) == study.strategies.end()) {
        study.comparator = study.strategies.front();
    }
    return study;
}

Bounds bounds_of(const Expectation& e) {
    Bounds bounds;
    if (e.at_least) bounds.least = *e.at_least;
    if (e.at_most) bounds.most = *e.at_most;
    return bounds;
}

/// The half-width at which an expectation can be judged.
double wanted_width(const Expectation& e, const Interval& interval, double precision) {
    return e.bounded() ? std::abs(bounds_of(e).beyond(interval.estimate)) : precision * tolerance_of(e);
}

/// A cash flow that should not pay back.
Agreement judge_never(const Interval& simulated) {
    if (simulated.has_estimate) return Agreement::misses;
    return simulated.missing == results::Reason::never ? Agreement::agrees : Agreement::not_available;
}

Agreement agreement_of(const Expectation& e, const Interval& interval, double precision) {
    if (e.never) return judge_never(interval);
    if (e.bounded()) return judge(bounds_of(e), interval);
    return judge(e.expected.value_or(0), tolerance_of(e), interval, precision);
}

}  // namespace

bool looks_at(std::size_t n) {
    std::size_t look = kLeastReplications;
    while (look < n) look += look / 6;
    return look == n;
}

Agreement judge(double expected, double tolerance, const Interval& simulated, double precision) {
    if (!simulated.has_interval) return Agreement::not_available;
    const double beyond = std::abs(simulated.estimate - expected) - tolerance;
    if (simulated.half_width() > precision * tolerance) {
        return beyond > kWidened * simulated.half_width() ? Agreement::misses : Agreement::imprecise;
    }
    return beyond <= 0 ? Agreement::agrees : Agreement::misses;
}

Agreement judge(const Bounds& bounds, const Interval& simulated) {
    if (!simulated.has_interval) return Agreement::not_available;
    const double beyond = bounds.beyond(simulated.estimate);
    if (beyond <= simulated.half_width()) return Agreement::agrees;
    return beyond > kWidenedAtBounds * simulated.half_width() ? Agreement::misses : Agreement::imprecise;
}

bool decided(const Bounds& bounds, const Interval& simulated) {
    if (!simulated.has_interval) return false;
    const double beyond = bounds.beyond(simulated.estimate);
    return -beyond >= simulated.half_width() || beyond > kWidenedAtBounds * simulated.half_width();
}

std::vector<Verified> verify(const scenarios::Loaded& loaded, const VerifyOptions& options, std::stop_token stop) {
    const scenarios::Scenario& scenario = loaded.scenario;
    std::size_t about = options.most_replications;
    const auto precise = [&](const results::Study& study) {
        const std::size_t n = study.replication_count();
        const auto tell = [&] {
            if (options.progress) options.progress(n, std::max(n, std::min(about, options.most_replications)));
        };
        if (!looks_at(n)) return tell(), false;
        bool narrow = true, hopeless = false;
        about = 0;
        for (const auto& [name, e] : scenario.expectations) {
            const Interval interval = simulated(study, e);
            if (e.never) continue;  // known after any number of replications
            const double wanted = wanted_width(e, interval, options.precision);
            narrow = narrow && (e.bounded() ? decided(bounds_of(e), interval)
                                            : interval.has_interval && interval.half_width() <= wanted);
            about = std::max(about, needed(interval, wanted, n));
            hopeless = hopeless || (!interval.has_estimate && n >= kMostWithoutNumber);
        }
        tell();
        return narrow || hopeless;
    };
    const results::Study study =
        run_study(loaded, study_options(scenario, options),
                  {.progress = {}, .replication_done = {}, .enough = precise, .deadline = {}}, stop);
    std::vector<Verified> all;
    for (const auto& [name, e] : scenario.expectations) {
        const Interval interval = simulated(study, e);
        const std::size_t n = study.replication_count();
        all.push_back({.scenario = scenario.name,
                       .title = scenario.title,
                       .name = name,
                       .source = e.source,
                       .expected = e.expected.value_or(0),
                       .tolerance = tolerance_of(e),
                       .simulated = interval,
                       .replications = n,
                       .agreement = agreement_of(e, interval, options.precision),
                       .replications_needed = needed(interval, wanted_width(e, interval, options.precision), n),
                       .of_business_case = is_finance_figure(e.kpi),
                       .never = e.never,
                       .at_least = e.at_least,
                       .at_most = e.at_most});
    }
    return all;
}

}  // namespace entrepot::studies
