#include "studies/machine.hpp"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string_view>

#include <sys/resource.h>
#include <unistd.h>

namespace entrepot::studies {

namespace fs = std::filesystem;

namespace {

/// A positive number that is all of a text; nothing for "max" and the like.
std::optional<double> positive(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
    return static_cast<double>(value);
}

std::optional<double> number_in(const fs::path& file) {
    std::string word;
    std::ifstream(file) >> word;
    return positive(word);
}

std::optional<double> number_of(const char* variable) {
    const char* text = std::getenv(variable);
    return text == nullptr ? std::nullopt : positive(text);
}

class Least {
public:
    void take(std::optional<double> bytes, const char* whose) {
        if (bytes && (least_.bytes == 0 || *bytes < least_.bytes)) least_ = {*bytes, whose};
    }
    /// A control group's limit holds for all groups in it. In a container the path begins outside of what is seen: the
    /// groups that are seen are looked at.
    void take_groups(const fs::path& mount, fs::path group, const char* file) {
        for (group = group.relative_path();; group = group.parent_path()) {
            take(number_in(mount / group / file), "this control group may take");
            if (group.empty()) return;
        }
    }
    const MemoryLimit& least() const { return least_; }

private:
    MemoryLimit least_;
};

}  // namespace

MemoryLimit memory_limit(const fs::path& root) {
    Least least;
    least.take(static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)),
               "this machine has");
    // Lines "0::/path" of version 2, "4:memory:/path" of version 1.
    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':'), second = line.find(':', first + 1);
        if (second == line.npos) continue;
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        const fs::path group = line.substr(second + 1);
        if (controllers == ",,") least.take_groups(root / "sys/fs/cgroup", group, "memory.max");
        if (controllers.find(",memory,") != controllers.npos) {
            least.take_groups(root / "sys/fs/cgroup/memory", group, "memory.limit_in_bytes");
        }
    }
    constexpr double kMega = 1 << 20;
    const auto node = number_of("SLURM_MEM_PER_NODE"), cpu = number_of("SLURM_MEM_PER_CPU");
    if (node) least.take(*node * kMega, "Slurm gave this job");
    if (cpu) least.take(*cpu * number_of("SLURM_CPUS_ON_NODE").value_or(1) * kMega, "Slurm gave this job");
    rlimit space{};
    if (getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY) {
        least.take(static_cast<double>(space.rlim_cur), "ulimit -v allows");
    }
    return least.least();
}

}  // namespace entrepot::studies
