#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "results/study.hpp"
#include "scenarios/load.hpp"

/// The outer loop: strategies x replications of a scenario.
namespace entrepot::studies {

struct StudyOptions {
    std::vector<std::string> strategies;
    int replications = 1;
    std::size_t threads = 1;
    std::uint32_t seed = 0;
    std::string comparator;
};

/// How far a study is; counted in runs, one replication of one strategy.
struct Progress {
    std::size_t runs_done = 0, runs = 0;
    std::uint64_t events = 0, order_lines = 0;
};

struct StudyEvents {
    std::function<void(const Progress&)> progress;                ///< after each run, from one thread at a time
    std::function<void(const results::Study&)> replication_done;  ///< when all strategies have finished a replication
    /// Asked after each replication: are these enough? Then the study ends with exactly these, whatever the threads.
    std::function<bool(const results::Study&)> enough;
};

/// What the results need to know of a network of the scenario.
results::Dimensions dimensions_of(const models::Network& network, const scenarios::Scenario& scenario);

/// Everything about the study but its replications.
results::Study describe_study(const scenarios::Loaded& loaded, const StudyOptions& options);

/// Runs the study. Work goes replication by replication, all strategies of one before the next, so that what a stop
/// leaves is complete pairs. The result depends on scenario, strategies, replications and seed, and on nothing else.
results::Study run_study(const scenarios::Loaded& loaded, const StudyOptions& options, const StudyEvents& events,
                         std::stop_token stop);

}  // namespace entrepot::studies
