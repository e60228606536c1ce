#include "viz/live/forking.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/comparison/scenario_changes.hpp"
#include "studies/live/changes.hpp"

namespace entrepot::viz {

namespace fs = std::filesystem;

namespace {

/// A folder that goes with its owner.
class OwnFolder {
public:
    OwnFolder() {
        std::string pattern = (fs::temp_directory_path() / "entrepot-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
        path_ = pattern;
    }
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;
    ~OwnFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

/// The scenario that was opened with other values: from its canonical text, for its file may have changed since.
scenarios::Result with_changes(const scenarios::Loaded& loaded, const std::vector<std::string>& changes) {
    const OwnFolder folder;
    const fs::path file = folder.path() / "scenario.toml";
    std::ofstream(file, std::ios::binary) << loaded.text;
    return scenarios::load(file, changes);
}

/// "site.SE.pikcers=9: got an unknown key, ...": which change is wrong, and how.
std::string text_of(const scenarios::Problem& problem, const std::vector<std::string>& changes) {
    const auto nth = static_cast<std::size_t>(problem.line);
    const bool of_change = problem.file == "--set" && nth >= 1 && nth <= changes.size();
    // The command line could add what there isn't; a running world can't take it.
    const std::string message = problem.message.substr(0, problem.message.find("; or --set "));
    return fmt::format("{}: {}", of_change ? changes[nth - 1] : problem.path, message);
}

/// A key that is given two values would have the last, and nobody meant that.
std::vector<std::string> named_twice(const std::vector<std::string>& changes) {
    std::vector<std::string> keys, wrong;
    for (const std::string& change : changes) {
        const std::string key = change.substr(0, change.find_first_of(" ="));
        if (std::ranges::find(keys, key) != keys.end()) wrong.push_back(key + ": is given two values, want one");
        keys.push_back(key);
    }
    return wrong;
}

}  // namespace

std::vector<std::string> fork(Session& session, const ForkWish& wish) {
    if (!session.ready()) return {"nothing runs that could be forked"};
    if (auto twice = named_twice(wish.changes); !twice.empty()) return twice;
    Onward onward{.strategy = wish.strategy, .changes = wish.changes};
    if (!wish.changes.empty()) {
        try {
            scenarios::Result result = with_changes(*session.loaded, wish.changes);
            std::vector<std::string> wrong;
            for (const scenarios::Problem& problem : result.problems) wrong.push_back(text_of(problem, wish.changes));
            if (!result.loaded) return wrong;
            wrong = studies::unacceptable_changes(session.loaded->text, result.loaded->text);
            if (!wrong.empty()) return wrong;
            const bool differs = !results::scenario_changes(session.loaded->text, result.loaded->text).empty();
            const auto look = session.engine->look();
            const LaneLook& lane = look->lanes[std::min(wish.lane, look->lanes.size() - 1)];
            if (!differs && lane.changes.empty() && wish.strategy == lane.runs) {
                return {
                    fmt::format("{}: nothing would differ: that is how it is already", fmt::join(wish.changes, "; "))};
            }
            if (differs) onward.scenario = std::make_shared<const scenarios::Loaded>(std::move(*result.loaded));
        } catch (const std::exception& error) {  // no room for the text
            return {error.what()};
        }
    }
    session.engine->fork(wish.lane, onward);
    return {};
}

std::vector<ChangeableKey> changeable_keys(const scenarios::Loaded& loaded) {
    std::vector<ChangeableKey> keys;
    std::istringstream lines(loaded.text);
    std::string table;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find(" = ");
        if (line.starts_with('[') && line.ends_with(']')) {
            table = line.substr(1, line.size() - 2) + ".";
        } else if (equals != line.npos && studies::may_change(table + line.substr(0, equals))) {
            keys.push_back({table + line.substr(0, equals), line.substr(equals + 3)});
        }
    }
    return keys;
}

std::vector<std::string> split_changes(std::string_view text) {
    std::vector<std::string> changes;
    const auto space = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty()) {
        // A list or a text may hold the sign that parts two changes.
        int depth = 0;
        char quote = '\0';
        std::size_t end = 0;
        for (; end < text.size(); ++end) {
            const char c = text[end];
            if (quote != '\0') {
                if (c == quote) quote = '\0';
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == '{') {
                ++depth;
            } else if (c == ']' || c == '}') {
                --depth;
            } else if (c == ';' && depth <= 0) {
                break;
            }
        }
        std::string_view one = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!one.empty() && space(one.front())) one.remove_prefix(1);
        while (!one.empty() && space(one.back())) one.remove_suffix(1);
        if (!one.empty()) changes.emplace_back(one);
    }
    return changes;
}

}  // namespace entrepot::viz
