#include "results/comparison/scenario_changes.hpp"

#include <sstream>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace entrepot::results {

namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;  ///< "spike.peak", "{ SE = 2.2 }"

/// The keys of a scenario's canonical text, which has a table's name or one key with its value on a line.
Entries entries_of(const std::string& text) {
    Entries entries;
    std::string table, line;
    std::istringstream lines(text);
    while (std::getline(lines, line)) {
        const std::size_t equals = line.find(" = ");
        if (line.starts_with("[") && line.ends_with("]")) {
            table = line.substr(1, line.size() - 2) + ".";
        } else if (equals != std::string::npos && table != "study.") {
            entries.emplace_back(table + line.substr(0, equals), line.substr(equals + 3));
        }
    }
    return entries;
}

}  // namespace

std::vector<std::string> scenario_changes(const std::string& from, const std::string& to) {
    if (from == to) return {};
    const Entries first = entries_of(from), second = entries_of(to);
    const std::unordered_map<std::string, std::string> before(first.begin(), first.end()),
        after(second.begin(), second.end());
    std::vector<std::string> changes;
    for (const auto& [key, value] : first) {
        const auto now = after.find(key);
        if (now == after.end()) {
            changes.push_back(fmt::format("{} {} -> none", key, value));
        } else if (now->second != value) {
            changes.push_back(fmt::format("{} {} -> {}", key, value, now->second));
        }
    }
    for (const auto& [key, value] : second) {
        if (!before.contains(key)) changes.push_back(fmt::format("{} none -> {}", key, value));
    }
    return changes;
}

}  // namespace entrepot::results
