#pragma once

#include <filesystem>

#include "results/file/contents.hpp"

/// HDF5 has faults that a made-up file can reach: it crashes, asks for all memory, or goes in circles. So a process of
/// its own, which has little to lose, reads the file, and hands on what was in it.
namespace entrepot::results {

/// What `read_contents` finds in the file, and what it throws. `hdf5::Failure`, too, where reading it takes more time
/// or memory than a file of that size may, or ends the process that reads. StoreError where there can be no process.
Sealed read_contained(const std::filesystem::path& file);

}  // namespace entrepot::results
