#include "studies/live/futures.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "models/take_over.hpp"
#include "results/kpis/accumulator.hpp"
#include "results/kpis/rows.hpp"
#include "sim/check.hpp"
#include "sim/replicate.hpp"
#include "sim/run_sequential.hpp"
#include "studies/describe_study.hpp"
#include "studies/live/changes.hpp"
#include "studies/live/recording.hpp"
#include "studies/run_study.hpp"

namespace entrepot::studies {

using models::FactLog;
using models::Network;
using models::Time;
using models::World;

namespace {

/// Takes a world on, as a study does: a check of conservation each week. False on a stop request.
bool run_to(World& world, Time until, const std::stop_token& stop) {
    constexpr sim::days kWeek{7};
    while (world.now < until) {
        run_sequential(world, std::min(until, world.now + kWeek));
        if (stop.stop_requested()) return false;
        models::check_conservation(world);
    }
    return true;
}

struct Networks {
    Network before;
    std::vector<Network> after;  ///< by future
};

using Results = std::vector<results::Replication>;  ///< by future

/// One world to the fork, and each of its futures from there: what came before is told to all of them.
std::optional<Results> run_once(const Networks& networks, const results::Dimensions& dimensions,
                                const FuturesOptions& options, std::size_t replication, const std::stop_token& stop) {
    const sim::RunUnderCheck check;
    std::vector<std::unique_ptr<results::KpiAccumulator>> kpis;
    for (std::size_t f = 0; f < networks.after.size(); ++f) {
        kpis.push_back(std::make_unique<results::KpiAccumulator>(dimensions));
    }
    FactLog before([&](std::span<const models::Fact> facts) {
        for (const auto& future : kpis) future->read(facts);
    });
    const DrawsOf draws = draws_of({options.seed, replication, options.antithetic});
    World world = models::start_world(networks.before, options.seed, draws.number, before, draws.mirrored);
    if (!run_to(world, options.at, stop)) return std::nullopt;
    before.flush();
    Results results;
    for (std::size_t f = 0; f < networks.after.size(); ++f) {
        FactLog after([&](std::span<const models::Fact> facts) { kpis[f]->read(facts); });
        const auto reasons = models::what_speaks_against(world, networks.after[f]);
        if (!reasons.empty()) throw CantTakeOver(reasons);
        World future = models::take_over(world, networks.after[f], after);
        if (!run_to(future, models::start_of(dimensions.total_days), stop)) return std::nullopt;
        models::end_horizon(future);
        models::check_conservation(future);
        after.flush();
        results.push_back(kpis[f]->finish());
        results.back().digest = future.digest().value();
        results.back().events = future.events();
        for (const models::SiteState& site : future.state.sites) results.back().order_lines += site.lines_entered;
    }
    return results;
}

/// The study that the futures are told as, still without replications.
results::Study describe(const scenarios::Loaded& loaded, const std::vector<Future>& futures,
                        const FuturesOptions& options, const Network& network) {
    StudyOptions told{.strategies = {}, .seed = options.seed, .comparator = futures.front().name, .series = false};
    for (const Future& future : futures) told.strategies.push_back(future.strategy);
    results::Study study = describe_study(loaded, told);
    for (std::size_t f = 0; f < futures.size(); ++f) study.strategies[f] = futures[f].name;
    study.dimensions = dimensions_of(network, loaded.scenario);
    const CountedDays days = counted_days(network.calendar, options.at);
    study.dimensions.first_day = days.first;
    study.dimensions.end_day = days.end;
    // Phases that were over, and moments that had come, tell nothing of the futures.
    std::erase_if(study.dimensions.phases, [&](const results::Phase& phase) { return phase.end_day <= days.first; });
    study.rows = results::kpi_rows(study.dimensions);
    return study;
}

}  // namespace

CountedDays counted_days(const models::Calendar& calendar, Time at) {
    const int next = static_cast<int>(std::chrono::ceil<sim::days>(at.time_since_epoch()).count());
    return {std::max(calendar.warmup_days, next), calendar.warmup_days + calendar.measure_days};
}

results::Study run_futures(const scenarios::Loaded& loaded, const std::vector<Future>& futures,
                           const FuturesOptions& options, const std::function<void(std::size_t)>& progress,
                           std::stop_token stop) {
    Networks networks{scenarios::build(loaded, options.strategy), {}};
    for (const Future& future : futures) {
        auto reasons = unacceptable_changes(loaded.text, future.scenario->text);
        if (!reasons.empty()) throw CantTakeOver(std::move(reasons));
        networks.after.push_back(scenarios::build(*future.scenario, future.strategy));
    }
    results::Study study = describe(loaded, futures, options, networks.before);
    const bool pairs = options.antithetic && options.replications > 1;
    SIM_CHECK(!pairs || (options.first % 2 == 0 && options.replications % 2 == 0), "half of an antithetic pair");
    study.antithetic = pairs;
    sim::replicate(
        options.replications, options.threads, stop,
        [&](std::size_t i) { return run_once(networks, study.dimensions, options, options.first + i, stop); },
        [&](std::size_t i, Results results) {
            for (std::size_t f = 0; f < futures.size(); ++f) study.replications[f].push_back(std::move(results[f]));
            if (progress) progress(i + 1);
        });
    if (study.replication_count() < options.replications) study.ending = results::Ending::interrupted;
    return study;
}

}  // namespace entrepot::studies
