#pragma once

#include <filesystem>

#include "results/study.hpp"

namespace entrepot::results {

/// Writes a study to a file that nobody else reads yet, and seals it. hdf5::Failure where that fails.
void write_study(const std::filesystem::path& path, const Study& study);

}  // namespace entrepot::results
