#pragma once

#include <filesystem>

/// Where the program stands, and the scenarios that come with it.
namespace entrepot::studies::cli {

/// The file of this program.
std::filesystem::path program_file();

/// The folder of the scenarios: $ENTREPOT_SCENARIOS, or `scenarios` here, or the nearest `scenarios` or
/// `share/entrepot/scenarios` on the way from the program's own folder upwards. InputError with all places when there
/// is none.
std::filesystem::path shipped_scenarios();

/// A file as one would name it from here: relative where it is below the working directory.
std::filesystem::path as_named_here(const std::filesystem::path& file);

}  // namespace entrepot::studies::cli
