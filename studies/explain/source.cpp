#include "studies/explain/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

#include "entrepot_version.hpp"
#include "studies/expectations.hpp"

namespace entrepot::studies::explain {

namespace fs = std::filesystem;

namespace {

/// A folder that is gone with its owner.
class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "entrepot-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::system_error(errno, std::generic_category(), pattern);
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

}  // namespace

bool is_study(const fs::path& file) {
    constexpr char kSignature[] = "\x89HDF\r\n\x1a\n";
    std::ifstream stream(file, std::ios::binary);
    std::string begin(sizeof kSignature - 1, '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return stream && begin == kSignature;
}

scenarios::Result scenario_of(const results::Study& study) {
    const Folder folder;
    const fs::path file = folder.path() / "scenario.toml";  // a name of the file's own choosing could lead elsewhere
    std::ofstream(file, std::ios::binary) << study.manifest.scenario_text;
    scenarios::Result result = scenarios::load(file, {}, check_expectations);
    for (scenarios::Problem& problem : result.problems) {
        if (problem.file == file.string()) problem.file = "scenario of the study";
    }
    return result;
}

const results::Replication* replication_of(const results::Study& study, const std::string& strategy,
                                           std::size_t number) {
    const auto found = std::ranges::find(study.strategies, strategy);
    const auto index = static_cast<std::size_t>(found - study.strategies.begin());
    if (found != study.strategies.end() && number < study.replication_count()) {
        return &study.replications[index][number];
    }
    if (!study.confirmation) return nullptr;
    const results::Confirmation& fresh = *study.confirmation;
    if (number < fresh.first || number >= fresh.first + fresh.replication_count()) return nullptr;
    if (strategy == study.manifest.comparator) return &fresh.replications[0][number - fresh.first];
    return strategy == fresh.strategy ? &fresh.replications[1][number - fresh.first] : nullptr;
}

std::string difference(const results::Study& study, const results::Replication& kept, const Rerun& again) {
    if (!again.whole || (kept.digest == again.digest && kept.events == again.events)) return "";
    const std::string ran = fmt::format("{} ({})", study.manifest.program_version, study.manifest.source_commit);
    const std::string mine = fmt::format("{} ({})", kVersion, kCommit);
    const std::string who = ran == mine ? fmt::format("both are of version {}", mine)
                                        : fmt::format("version {} ran the study, this is {}", ran, mine);
    return fmt::format(
        "this is not the replication that the study has: its trajectory was {:016x}, it is {:016x} now; {}",
        kept.digest, again.digest, who);
}

}  // namespace entrepot::studies::explain
