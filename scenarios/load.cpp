#include "scenarios/load.hpp"

#include "scenarios/reader.hpp"

namespace entrepot::scenarios {

Result load(const std::filesystem::path& file, std::span<const std::string> overrides) {
    Result result;
    const Tree tree = read_tree(file, {overrides.begin(), overrides.end()}, result.problems);
    Loaded loaded;
    loaded.files = tree.files;
    if (result.problems.empty()) loaded.scenario = read_scenario(tree, result.problems);
    if (result.problems.empty()) result.loaded = std::move(loaded);
    return result;
}

}  // namespace entrepot::scenarios
