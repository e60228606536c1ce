#include "studies/run_study.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "models/simulate.hpp"
#include "results/business/roi.hpp"
#include "results/comparison/precision.hpp"
#include "results/file/plausible.hpp"
#include "results/kpis/accumulator.hpp"
#include "sim/check.hpp"
#include "sim/replicate.hpp"
#include "studies/describe_study.hpp"
#include "studies/item_days.hpp"
#include "studies/resume.hpp"
#include "studies/which.hpp"

namespace entrepot::studies {

namespace {

std::optional<results::Replication> run_once(const models::Network& network, const results::Dimensions& dimensions,
                                             const results::ChosenItems& items, const Which& which,
                                             std::stop_token stop) {
    const DrawsOf draws = draws_of(which);
    results::KpiAccumulator kpis(dimensions);
    models::Runner runner{.antithetic = draws.mirrored, .order_by_order = !items.empty()};
    std::optional<results::ItemDays> item_days;
    if (!items.empty()) {
        item_days.emplace(dimensions, items.index);
        runner.at_close = [&](int day, const models::World& world) { close_items(*item_days, items, day, world); };
    }
    models::FactLog log([&](std::span<const models::Fact> facts) {
        kpis.read(facts);
        if (item_days) item_days->read(facts);
    });
    const auto figures = models::simulate(network, which.seed, draws.number, log, stop, runner);
    if (!figures) return std::nullopt;
    results::Replication result = kpis.finish();
    if (item_days) result.item_days = item_days->take();
    result.digest = figures->digest;
    result.events = figures->events;
    result.order_lines = figures->order_lines;
    return result;
}

/// What a study works with while it grows.
struct Work {
    const StudyOptions& options;
    const StudyEvents& events;
    std::stop_token stop;
    results::Study study;
    std::vector<models::Network> networks;  ///< by strategy
    Progress progress;
    std::size_t kept = 0;                   ///< runs that were there before
    std::optional<std::size_t> broken_run;  ///< of the stage under way: the first that broke an invariant, and what it
    std::string broken, replay;             ///< was, and how to meet it again
};

/// A replication that breaks an invariant ends the study like a stop request, but those before it go on to their end.
std::optional<results::Replication> run_or_break(Work& work, std::mutex& mutex, std::size_t run, std::size_t strategy,
                                                 std::size_t replication, std::stop_token stop) {
    const sim::RunUnderCheck check;
    try {
        // Fresh replications say what the best strategy is worth, and nothing by day.
        const bool confirming = !work.progress.confirming.empty();
        return run_once(work.networks[strategy], work.study.dimensions,
                        confirming ? results::ChosenItems{} : work.study.items,
                        {work.options.seed, replication, work.options.antithetic}, std::move(stop));
    } catch (const sim::BrokenInvariant& error) {
        const std::scoped_lock lock(mutex);
        if (work.broken_run && *work.broken_run < run) return std::nullopt;
        work.broken_run = run;
        work.broken = fmt::format("replication {} of {} broke an invariant: {}", replication,
                                  work.study.strategies[strategy], error.what());
        work.replay = fmt::format("--strategy {} --replication {} --seed {}{}", work.study.strategies[strategy],
                                  replication, work.options.seed, work.options.antithetic ? " --antithetic" : "");
        return std::nullopt;
    }
}

using Moment = std::chrono::steady_clock::time_point;

/// When the time of the stage under way is over.
std::optional<Moment> deadline_of(const Work& work) {
    return work.events.deadline ? work.events.deadline(!work.progress.confirming.empty()) : std::nullopt;
}

bool time_is_up(const Work& work) {
    const auto deadline = deadline_of(work);
    return deadline && std::chrono::steady_clock::now() >= *deadline;
}

/// Rings once at a moment, unless it is gone by then.
class Alarm {
public:
    Alarm(std::optional<Moment> when, std::function<void()> ring) {
        if (!when) return;
        waiter_ = std::jthread([this, when = *when, ring = std::move(ring)](const std::stop_token& gone) {
            std::unique_lock lock(mutex_);
            if (!changed_.wait_until(lock, gone, when, [] { return false; }) && !gone.stop_requested()) ring();
        });
    }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::jthread waiter_;
};

/// Replications `first` .. `first + count - 1` of some strategies, into `results`, all of one before the next,
/// beginning after those that are there. Ends after a whole replication when `enough` says so, or on a stop request
/// with those that form a prefix.
void run_stage(Work& work, const std::vector<std::size_t>& strategies, std::size_t first, std::size_t count,
               std::vector<std::vector<results::Replication>>& results, const std::function<bool()>& enough) {
    std::vector<results::Replication> pair;  // of the replication under way, by strategy
    const std::size_t there = results.front().size();
    std::stop_source ending;
    std::mutex breaking;
    const std::stop_callback stopped(work.stop, [&] { ending.request_stop(); });
    const Alarm alarm(deadline_of(work), [&] { ending.request_stop(); });
    bool ended = false;
    sim::replicate(
        strategies.size() * (count - std::min(count, there)), work.options.threads, ending.get_token(),
        [&](std::size_t run) {
            return run_or_break(work, breaking, run, strategies[run % strategies.size()],
                                first + there + run / strategies.size(), ending.get_token());
        },
        [&](std::size_t run, results::Replication result) {
            if (ended) return;  // it was under way when the stage ended
            ++work.progress.runs_done;
            work.progress.events += result.events;
            work.progress.order_lines += result.order_lines;
            if (!work.options.series) result.series = std::vector<float>();  // not {}, which would keep its memory
            pair.push_back(std::move(result));
            if (run % strategies.size() + 1 == strategies.size()) {
                for (std::size_t s = 0; s < strategies.size(); ++s) results[s].push_back(std::move(pair[s]));
                pair.clear();
                ended = enough();
                if (work.events.replication_done) work.events.replication_done(work.study);
                if (ended) ending.request_stop();
            }
            if (work.events.progress) work.events.progress(work.progress);
        });
}

/// Looks at a growing study are not free: each up to 128 replications, then whenever an 80th more are there.
bool is_a_look(std::size_t n) { return n <= 128 || n % (n / 80) == 0; }

/// Takes the KPIs that can't be reached out of the goal, unless none would be left.
void leave_out_hopeless(Work& work, const std::vector<results::Reached>& all) {
    std::vector<std::string> left = work.study.precision->of;
    std::string gone;
    for (const results::Reached& r : all) {
        const std::string& kpi = work.study.rows[r.target.row].kpi;
        if (r.hopeless != results::Reason::none && std::erase(left, kpi) > 0) gone += (gone.empty() ? "" : ", ") + kpi;
    }
    if (left.empty()) return;
    work.study.precision->of = left;
    work.progress.left_out = gone;
}

/// How long it will take at the spread seen so far: an estimate from five observations on, and with every look a better
/// one, between what there is and the cap.
void estimate_runs(Work& work, const std::vector<results::Reached>& all) {
    const double needed = results::observations_needed(all) * (work.study.antithetic ? 2 : 1);
    if (needed == 0) return;
    const auto least = static_cast<double>(work.study.precision->least) * (work.study.antithetic ? 2 : 1);
    const double expected = std::clamp(std::max(needed, least), static_cast<double>(work.study.replication_count()),
                                       static_cast<double>(work.options.replications));
    work.progress.runs = runs_of(work.options, static_cast<std::size_t>(expected)) - work.kept;
    work.progress.runs_known = true;
}

/// Is the precision reached, or out of reach? A pair of antithetic replications is looked at when it is whole.
results::Ending ending_so_far(Work& work) {
    using results::Ending;
    const results::Study& study = work.study;
    const std::size_t n = study.replication_count();
    const auto most = static_cast<std::size_t>(work.options.replications);
    if (study.antithetic && n % 2 == 1) return Ending::under_way;
    const std::size_t seen = results::observation_count(study);
    constexpr std::size_t kFirstEstimate = 5;
    if (seen < study.precision->least) {
        if (seen >= kFirstEstimate) estimate_runs(work, results::precision_reached(study));
        return Ending::under_way;
    }
    if (n < most && !is_a_look(seen)) return Ending::under_way;
    auto all = results::precision_reached(study);
    if (work.options.usual_kpis && seen == study.precision->least) {
        leave_out_hopeless(work, all);
        all = results::precision_reached(study);
    }
    if (std::ranges::any_of(all, [](const auto& r) { return r.hopeless != results::Reason::none; }))
        return Ending::unreachable;
    if (results::precise_enough(all)) return Ending::precise;
    const double needed = results::observations_needed(all) * (study.antithetic ? 2 : 1);
    if (seen == study.precision->least) work.progress.needed = static_cast<std::size_t>(std::min(needed, 1e12));
    estimate_runs(work, all);
    return n >= most ? Ending::capped : Ending::under_way;
}

/// The study's own replications.
void run_selection(Work& work) {
    using results::Ending;
    results::Study& study = work.study;
    const auto count = static_cast<std::size_t>(work.options.replications);
    std::vector<std::size_t> all(study.strategies.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    work.progress.runs = runs_of(work.options, count) - work.kept;
    work.progress.runs_known = !study.precision;
    if (has_all_replications(study, work.options)) return;
    study.ending = Ending::under_way;
    run_stage(work, all, 0, count, study.replications, [&] {
        if (study.precision) study.ending = ending_so_far(work);
        if (study.ending == Ending::under_way && study.replication_count() == count) study.ending = Ending::complete;
        if (study.ending == Ending::under_way && time_is_up(work)) study.ending = Ending::out_of_time;
        if (study.ending == Ending::under_way && work.events.enough && work.events.enough(study))
            study.ending = Ending::complete;
        return study.ending != Ending::under_way;
    });
    if (study.ending == Ending::under_way) {
        study.ending = !work.stop.stop_requested() && time_is_up(work) ? Ending::out_of_time : Ending::interrupted;
    }
}

/// Comparator and best strategy on replications that had no part in the choice.
void run_confirmation(Work& work) {
    results::Study& study = work.study;
    const std::size_t chosen_from = study.replication_count();
    const std::size_t count =
        work.options.confirm == kAsMany ? chosen_from : static_cast<std::size_t>(work.options.confirm);
    const auto best = results::return_on_investment(study).best;
    // One observation, as where the time was over after the first, has no interval: it would confirm nothing.
    if (!best || count < (study.antithetic ? 4u : 2u) || study.ending == results::Ending::unreachable) return;
    const std::vector<std::size_t> pair{results::comparator_of(study), *best};
    if (!study.confirmation)
        study.confirmation = {.strategy = study.strategies[*best], .first = chosen_from, .replications = {}};
    auto& fresh = study.confirmation->replications;
    fresh.resize(2);
    if (fresh.front().size() >= count) return;
    work.progress.runs = work.progress.runs_done + 2 * (count - fresh.front().size());
    work.progress.runs_known = true;
    work.progress.confirming = study.confirmation->strategy;
    run_stage(work, pair, chosen_from, count, fresh, [&] {
        for (auto& runs : fresh) runs.back().series = std::vector<float>();
        return time_is_up(work);
    });
}

/// What readers will refuse isn't simulated first.
void want_readable(const results::Study& study) try {
    results::want_plausible(study);
} catch (const results::Impossible& impossible) {
    throw std::invalid_argument("its study could not be read again: " + impossible.what);
}

}  // namespace

std::size_t runs_of(const StudyOptions& options, std::size_t replications) {
    const std::size_t own = options.strategies.size() * replications;
    if (options.confirm == 0 || options.strategies.size() < 2) return own;
    return own + 2 * (options.confirm == kAsMany ? replications : static_cast<std::size_t>(options.confirm));
}

results::PrecisionGoal checked_goal(const scenarios::Loaded& loaded, const StudyOptions& options) {
    const results::Study study = empty_study(loaded, options, scenarios::build(loaded, options.strategies.front()));
    results::PrecisionGoal goal = options.precision.value_or(results::PrecisionGoal{});
    if (goal.of.empty()) goal.of = results::usual_targets(study);
    const std::string problem = results::goal_problem(study, goal);
    if (!problem.empty()) throw std::invalid_argument(problem);
    return goal;
}

results::Study run_study(const scenarios::Loaded& loaded, const StudyOptions& options, const StudyEvents& events,
                         std::stop_token stop, std::optional<results::Study> kept) {
    std::vector<models::Network> networks;
    for (const std::string& name : options.strategies) networks.push_back(scenarios::build(loaded, name));
    results::Study study = empty_study(loaded, options, networks.front());
    want_readable(study);
    if (kept) {
        study.replications = std::move(kept->replications);
        study.confirmation = std::move(kept->confirmation);
        study.ending = kept->ending;
        if (study.precision) study.precision->of = kept->precision->of;
        // Where it goes on, the fresh replications are now among those that chose.
        if (!has_all_replications(study, options)) study.confirmation.reset();
    }
    const std::size_t runs = study.strategies.size() * study.replication_count() +
                             (study.confirmation ? 2 * study.confirmation->replication_count() : 0);
    Work work{.options = options,
              .events = events,
              .stop = std::move(stop),
              .study = std::move(study),
              .networks = std::move(networks),
              .progress = {},
              .kept = runs,
              .broken_run = {},
              .broken = {},
              .replay = {}};
    run_selection(work);
    if (!work.broken_run && options.confirm != 0 && work.study.strategies.size() > 1 && !work.stop.stop_requested() &&
        work.study.replication_count() > 0) {
        run_confirmation(work);
    }
    if (work.broken_run) throw BrokenStudy(work.broken, std::move(work.study), work.replay);
    return std::move(work.study);
}

}  // namespace entrepot::studies
