#pragma once

#include <filesystem>

#include "results/store_error.hpp"
#include "results/study.hpp"

/// The study's file: HDF5, laid out as results/file/FORMAT.md says, readable without this program.
namespace entrepot::results {

/// The version of the layout in FORMAT.md. Files of versions 1 and 2 are read, too: they lack what came later.
inline constexpr int kFormatVersion = 3;
/// The first one with checksums.
inline constexpr int kFirstSealed = 3;

/// Writes the study beside the file and moves it there in one step: at any moment the path holds the last complete
/// study or what was there before, whatever kills the program. Equal studies give equal bytes.
void save_study(const std::filesystem::path& file, const Study& study);

/// Whether the file begins as HDF5 files do, whatever its name: it is a study, or none that can be read.
bool begins_as_study(const std::filesystem::path& file);

/// Reads a study back, in a process of its own (contained.hpp). StoreError where it is none, where its checksums don't
/// agree with what is in it, and for what no study holds.
Study load_study(const std::filesystem::path& file);

}  // namespace entrepot::results
