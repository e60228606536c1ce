#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "models/model.hpp"
#include "scenarios/load.hpp"

/// Worlds in files, which come from this program or from anybody.
namespace entrepot::studies::cli {

/// What a snapshot is of: only the same program, scenario and strategy read it.
std::string identity(const scenarios::Loaded& loaded, const std::string& strategy);

/// Throws InputError where there is no file that can be read, and sim::ArchiveError for what isn't such a snapshot.
void read_snapshot(models::World& world, const std::string& file, const std::string& of);

/// OutputError where it can't be written.
void write_snapshot(const models::World& world, const std::string& file, const std::string& of);

/// What is done with a world from a file that somebody may have made up. It may contradict itself where no reader sees
/// it: the first invariant that it breaks, the first index beyond a table, ends it.
/// Such ends are InputErrors. `threads` work with it.
void distrust(const std::string& file, std::size_t threads, const std::function<void()>& run);

}  // namespace entrepot::studies::cli
