#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "results/study.hpp"
#include "scenarios/load.hpp"

/// The outer loop: strategies x replications of a scenario.
namespace entrepot::studies {

/// As many fresh replications as there were to choose from.
inline constexpr int kAsMany = -1;

struct StudyOptions {
    std::vector<std::string> strategies;
    int replications = 1;  ///< with a precision that many at most
    std::size_t threads = 1;
    std::uint32_t seed = 0;
    std::string comparator;
    bool series = true;               ///< keep the daily series: most of a study's size
    results::ChosenItems items = {};  ///< keep the daily series of these, too
    bool antithetic = false;          ///< replications 2i and 2i + 1 are a pair
    std::optional<results::PrecisionGoal> precision;
    bool usual_kpis = false;  ///< nobody named the precision's KPIs: those that can't be reached are left out
    int confirm = 0;          ///< fresh replications of comparator and best strategy afterwards, or kAsMany
};

/// How far a study is; counted in runs, one replication of one strategy.
struct Progress {
    std::size_t runs_done = 0;  ///< by this call
    std::size_t runs = 0;       ///< in all, with those of the confirmation; an estimate while a precision decides
    bool runs_known = true;     ///< false: it can't even be estimated yet
    std::uint64_t events = 0, order_lines = 0;
    std::size_t needed = 0;  ///< replications that the precision would take at the spread seen at the first look
    std::string left_out;    ///< usual KPIs that no number of replications gives that precision
    std::string confirming;  ///< the strategy that is being confirmed; empty before
};

struct StudyEvents {
    std::function<void(const Progress&)> progress;                ///< after each run, from one thread at a time
    std::function<void(const results::Study&)> replication_done;  ///< when all strategies have finished a replication
    /// Asked after each replication: are these enough? Then the study ends with exactly these, whatever the threads.
    std::function<bool(const results::Study&)> enough;
    /// When the time of a stage is over; nothing where it has all the time. The replications that are under way then
    /// are dropped.
    std::function<std::optional<std::chrono::steady_clock::time_point>(bool confirming)> deadline;
};

/// A replication broke an invariant: a fault of the program. Those before it are whole and in the study.
struct BrokenStudy : std::runtime_error {
    BrokenStudy(const std::string& what, results::Study whole, std::string again)
        : std::runtime_error(what), study(std::move(whole)), replay(std::move(again)) {}
    results::Study study;
    std::string replay;  ///< options of `entrepot replay` that meet the same again
};

/// Runs of a study that has so many replications of its own, with the confirmation's.
std::size_t runs_of(const StudyOptions& options, std::size_t replications);

/// The KPIs that a precision may be about depend on the scenario: the goal with the usual ones where it names none.
/// Throws std::invalid_argument with what is wrong and what to do.
results::PrecisionGoal checked_goal(const scenarios::Loaded& loaded, const StudyOptions& options);

/// Runs the study. Work goes replication by replication, all strategies of one before the next, so that what a stop
/// leaves is complete pairs. Where several alternatives are compared, the comparator and the best of them go on with
/// fresh replications, which had no part in the choice. The result depends on scenario, strategies, replications and
/// seed, and on nothing else. `kept` is the beginning of the same study (resume.hpp), which then goes on and ends as if
/// it had never been stopped.
/// Throws BrokenStudy when a replication breaks an invariant.
results::Study run_study(const scenarios::Loaded& loaded, const StudyOptions& options, const StudyEvents& events,
                         std::stop_token stop, std::optional<results::Study> kept = {});

}  // namespace entrepot::studies
