#include "studies/cli/saver.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "results/file/store.hpp"
#include "results/store_error.hpp"
#include "results/text/digits.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

namespace fs = std::filesystem;

namespace {

/// What went wrong, or nothing.
std::string try_to_save(const fs::path& file, const results::Study& study) {
    try {
        results::save_study(file, study);
        return "";
    } catch (const results::StoreError& error) {
        return error.what();
    }
}

fs::path partial(const fs::path& file) {
    return file.parent_path() / (file.stem().string() + ".partial" + file.extension().string());
}

results::FileLock lock_of(const fs::path& file) {
    try {
        return results::FileLock(file);
    } catch (const results::StoreError& error) {
        throw OutputError(error.what());
    }
}

}  // namespace

Saver::Saver(const fs::path& file) : file_(file), running_(file), lock_(lock_of(file)) {
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) running_ = partial(file);
}

std::optional<fs::path> Saver::left_behind() const {
    std::error_code ignored;
    for (const fs::path& place : {partial(file_), file_}) {
        if (fs::is_regular_file(place, ignored)) return place;
    }
    return std::nullopt;
}

void Saver::maybe(const results::Study& study) {
    const Steady::time_point before = Steady::now();
    if (before < next_) return;
    const std::string trouble = try_to_save(running_, study);
    const Steady::time_point after = Steady::now();
    next_ = after + std::max<Steady::duration>(20 * (after - before), std::chrono::seconds{1});
    if (trouble.empty()) on_disk_ = study.replication_count();
    if (trouble.empty() != trouble_.empty()) {
        tell("note: {}\n", trouble.empty() ? fmt::format("{}: is written again", running_.string())
                                           : trouble + "; the run goes on, and will try again");
    }
    trouble_ = trouble;
}

void Saver::last(const fs::path& file, const results::Study& study) const {
    const std::string trouble = try_to_save(file, study);
    if (trouble.empty()) return;
    const std::string replications = results::counted(study.replication_count(), "replication");
    const fs::path elsewhere = fs::temp_directory_path() / fmt::format("{}-{}", ::getpid(), file.filename().string());
    if (try_to_save(elsewhere, study).empty()) {
        throw OutputError(fmt::format("{}\nThe study with its {} is in {} instead. Move it from there.", trouble,
                                      replications, elsewhere.string()));
    }
    throw OutputError(fmt::format("{}\nNeither can {}. Of {}, {} are left, in {}.", trouble, elsewhere.string(),
                                  replications, on_disk_, running_.string()));
}

void Saver::finish(const results::Study& study) {
    last(file_, study);
    std::error_code ignored;
    if (running_ != file_) fs::remove(running_, ignored);
}

}  // namespace entrepot::studies::cli
