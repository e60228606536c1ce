#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/study.hpp"
#include "scenarios/load.hpp"
#include "studies/clock.hpp"
#include "viz/live/engine.hpp"
#include "viz/live/happenings.hpp"
#include "viz/live/storyteller.hpp"
#include "viz/timeline/tracks.hpp"

/// What is open: a scenario whose replication is watched, or a study that is looked at; or what is wrong with it.
namespace entrepot::viz {

struct OpenOptions {
    std::vector<std::string> strategies;  ///< none: the scenario's comparator and the last of its study
    std::size_t replication = 0;
    std::optional<std::uint32_t> seed;   ///< in place of the scenario's
    std::vector<std::string> overrides;  ///< "site.SE.pickers=8"
};

/// A study with what follows from it.
struct OpenStudy {
    results::Study study;
    results::Comparison comparison;
    results::Roi roi;
};

struct Session {
    std::filesystem::path file;
    OpenOptions options;           ///< as it was opened
    OpenOptions watched;           ///< of what is watched: a study has its own seed and strategies
    scenarios::Problems problems;  ///< of a scenario that can't be run
    std::string trouble;           ///< why a file can't be shown, and what to do
    std::unique_ptr<scenarios::Loaded> loaded;
    std::unique_ptr<OpenStudy> study;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Storyteller> storyteller;
    Tracks tracks;
    std::vector<Happening> happenings;
    std::optional<studies::Clock> clock;  ///< of what is watched

    bool ready() const { return engine != nullptr; }

    /// Takes in the hours that have passed, and tells whether there were any.
    bool take_hours();

    /// What was read, its bases and data files too, and when each was written; nothing where it wasn't there.
    struct ReadFile {
        std::filesystem::path path;
        std::optional<std::filesystem::file_time_type> written;
    };
    std::vector<ReadFile> files;
};

/// Never throws for what is in the file: what is wrong is in the session.
Session open(const std::filesystem::path& file, const OpenOptions& options);

/// Another replication of what is watched, made of what was read: its file may have changed or gone. Forks go.
void watch_replication(Session& session, std::size_t replication);

/// What has become of the files since they were read; empty while all are as they were.
std::string change_of(const Session& session);

}  // namespace entrepot::viz
