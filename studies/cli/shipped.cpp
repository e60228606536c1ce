#include "studies/cli/shipped.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "studies/cli/command_line.hpp"

namespace entrepot::studies::cli {

namespace fs = std::filesystem;

namespace {

bool holds_scenarios(const fs::path& folder) {
    std::error_code ignored;
    const fs::directory_iterator files(folder, ignored);
    return std::any_of(begin(files), end(files), [](const auto& file) { return file.path().extension() == ".toml"; });
}

std::vector<fs::path> places() {
    if (const char* given = std::getenv("ENTREPOT_SCENARIOS"); given && *given) return {given};
    std::vector<fs::path> all{"scenarios"};
    for (fs::path folder = program_file().parent_path(); !folder.empty(); folder = folder.parent_path()) {
        all.push_back(folder / "scenarios");
        all.push_back(folder / "share/entrepot/scenarios");
        if (folder == folder.root_path()) break;
    }
    return all;
}

}  // namespace

fs::path program_file() {
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored);
}

fs::path shipped_scenarios() {
    const std::vector<fs::path> all = places();
    const auto found = std::ranges::find_if(all, holds_scenarios);
    if (found != all.end()) return *found;
    std::string looked;
    for (const fs::path& place : all) looked += "\n  " + place.string();
    throw InputError("found no scenarios; name them, or set ENTREPOT_SCENARIOS to their folder. Looked in" + looked);
}

fs::path as_named_here(const fs::path& file) {
    std::error_code ignored;
    const fs::path relative = fs::proximate(file, ignored);
    if (fs::current_path(ignored) == file.root_path()) return file;
    return relative.empty() || *relative.begin() == ".." ? file : relative;
}

}  // namespace entrepot::studies::cli
