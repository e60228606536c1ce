#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// A file that a key names, found from the folder of the file in which the key stands.
std::filesystem::path data_file(const Tree& tree, const std::vector<std::string>& path, const std::string& file);

/// A path as messages show it.
std::string shown(const std::filesystem::path& path);

}  // namespace entrepot::scenarios
