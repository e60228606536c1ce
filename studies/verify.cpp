#include "studies/verify.hpp"

#include <algorithm>
#include <cmath>

#include "results/statistics.hpp"
#include "studies/run_study.hpp"

namespace entrepot::studies {

namespace {

using results::Interval;
using scenarios::Expectation;

constexpr std::size_t kLeastReplications = 10;  ///< before the first look: fewer stop by luck

double tolerance_of(const Expectation& e) { return e.absolute > 0 ? e.absolute : e.relative * std::abs(e.expected); }

std::size_t strategy_of(const results::Study& study, const Expectation& e) {
    const auto named = std::ranges::find(study.strategies, e.strategy);
    return named == study.strategies.end() ? 0 : static_cast<std::size_t>(named - study.strategies.begin());
}

Interval simulated(const results::Study& study, const Expectation& e) {
    const std::size_t row = row_of(study, e);
    if (row == study.rows.size()) return results::refused(results::Reason::no_data);
    std::vector<double> numerator, denominator;
    for (const results::Replication& replication : study.replications[strategy_of(study, e)]) {
        numerator.push_back(replication.numerator[row] * e.factor);
        denominator.push_back(replication.denominator[row]);
    }
    return results::ratio_interval(numerator, denominator);
}

Agreement judge(const Expectation& e, const Interval& interval) {
    if (!interval.has_interval) return Agreement::not_available;
    const double tolerance = tolerance_of(e);
    if (interval.half_width() > tolerance) return Agreement::imprecise;
    return std::abs(interval.estimate - e.expected) <= tolerance ? Agreement::agrees : Agreement::misses;
}

}  // namespace

std::size_t row_of(const results::Study& study, const Expectation& e) {
    const auto index = [](const std::vector<std::string>& names, const std::string& name) {
        if (name.empty()) return -1;
        return static_cast<int>(std::ranges::find(names, name) - names.begin());
    };
    std::vector<std::string> phases;
    for (const results::Phase& phase : study.dimensions.phases) phases.push_back(phase.name);
    const int moment = index(study.dimensions.moments, e.moment);
    const int phase = moment < 0 ? index(phases, e.phase) : static_cast<int>(phases.size()) + moment;
    const results::Slice slice{
        .site = index(study.dimensions.sites, e.site), .tier = index(study.dimensions.tiers, e.tier), .phase = phase};
    const auto row =
        std::ranges::find_if(study.rows, [&](const results::Row& r) { return r.kpi == e.kpi && r.slice == slice; });
    return static_cast<std::size_t>(row - study.rows.begin());
}

std::vector<Verified> verify(const scenarios::Loaded& loaded, const VerifyOptions& options, std::stop_token stop) {
    const scenarios::Scenario& scenario = loaded.scenario;
    StudyOptions study_options{.strategies = scenarios::strategy_names(scenario),
                               .replications = static_cast<int>(options.most_replications),
                               .threads = options.threads,
                               .seed = options.seed != 0 ? options.seed : scenario.study.seed,
                               .comparator = scenario.study.comparator,
                               .precision = {}};
    const auto precise = [&](const results::Study& study) {
        // Looking is not free, and looking often stops by luck: at 10, 12, 14, 16, 19, ... replications.
        const std::size_t n = study.replication_count();
        if (n < kLeastReplications || (n > kLeastReplications && n % (n / 6) != 0)) return false;
        return std::ranges::all_of(scenario.expectations, [&](const auto& named) {
            const Interval interval = simulated(study, named.value);
            return interval.has_interval && interval.half_width() <= options.precision * tolerance_of(named.value);
        });
    };
    const results::Study study = run_study(
        loaded, study_options, {.progress = {}, .replication_done = {}, .enough = precise, .time_is_up = {}}, stop);
    std::vector<Verified> all;
    for (const auto& [name, e] : scenario.expectations) {
        const Interval interval = simulated(study, e);
        all.push_back({scenario.name, name, e.source, e.expected, tolerance_of(e), interval, study.replication_count(),
                       judge(e, interval)});
    }
    return all;
}

}  // namespace entrepot::studies
