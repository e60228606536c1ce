#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "results/file/lock.hpp"
#include "results/study.hpp"

namespace entrepot::studies::cli {

/// Saves a study while it grows. No save that fails ends the run: what is simulated costs more than a disk that is full
/// for a while. A study that was there before stays until the new one is finished.
class Saver {
public:
    /// OutputError where another run works on the file.
    explicit Saver(const std::filesystem::path& file);

    /// Where the study stands while it runs: in its own place, or as `<name>.partial.h5` beside one that was there.
    const std::filesystem::path& running() const { return running_; }
    /// What a run that didn't come to its end has left; nothing where there is no such file.
    std::optional<std::filesystem::path> left_behind() const;
    /// Saves where what is gone on with stands.
    void go_on_in(const std::filesystem::path& file) { running_ = file; }

    /// After each replication: saves the first at once, but never spends more than a twentieth of the time on it. A
    /// kill loses at most what finished since.
    void maybe(const results::Study& study);
    /// The last save of a study that didn't come to its end. OutputError where it can't be.
    void stop(const results::Study& study) { last(running_, study); }
    /// Puts the finished study into its place. Where that fails it is written into the folder for temporary files:
    /// OutputError, with what is where.
    void finish(const results::Study& study);

private:
    using Steady = std::chrono::steady_clock;

    void last(const std::filesystem::path& file, const results::Study& study) const;

    std::filesystem::path file_, running_;
    results::FileLock lock_;
    Steady::time_point next_{};  ///< not to be saved before
    std::size_t on_disk_ = 0;    ///< replications of the last good save
    std::string trouble_;        ///< of the last save; empty where it was good
};

}  // namespace entrepot::studies::cli
