#include "scenarios/data_file.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

fs::path data_file(const Tree& tree, const std::vector<std::string>& path, const std::string& file) {
    const Node* node = &tree.root;
    for (const std::string& key : path) node = node ? node->find(key) : nullptr;
    return node ? tree.folders[static_cast<std::size_t>(node->origin.file)] / file : fs::path(file);
}

std::string shown(const fs::path& path) { return path.lexically_normal().generic_string(); }

}  // namespace entrepot::scenarios
