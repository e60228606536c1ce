#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "results/study.hpp"

/// The study's file: HDF5, laid out as results/FORMAT.md says, readable without this program.
namespace entrepot::results {

/// The version of the layout in results/FORMAT.md. Files of versions 1 and 2 are read, too: they lack what came later.
inline constexpr int kFormatVersion = 3;
/// The first one with checksums.
inline constexpr int kFirstSealed = 3;

/// The file can't be written, or what is there is not a study. The message says what to do.
struct StoreError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Fails where `save_study` would: the folder is missing or not writable, the path is a folder, or a file exists and
/// `force` is not set. For a check before the run.
void check_writable(const std::filesystem::path& file, bool force);

/// Writes the study beside the file and moves it there in one step: at any moment the path holds the last complete
/// study or what was there before, whatever kills the program. Equal studies give equal bytes.
void save_study(const std::filesystem::path& file, const Study& study);

/// Reads a study back. Refused where its checksums don't agree with what is in it.
Study load_study(const std::filesystem::path& file);

}  // namespace entrepot::results
