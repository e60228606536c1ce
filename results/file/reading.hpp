#pragma once

#include <filesystem>

#include "results/file/contents.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// The study in a file's contents; `path` is named in messages. StoreError for a format that this program doesn't know,
/// `Damaged` where the seal should be or shouldn't, hdf5::Failure or a standard exception for what no study holds.
Study study_of(const Sealed& file, const std::filesystem::path& path);

}  // namespace entrepot::results
