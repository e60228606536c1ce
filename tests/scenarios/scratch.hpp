#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "scenarios/load.hpp"

namespace entrepot::scenarios::testing {

/// A folder of scenario files that goes away with the test.
class Scratch {
public:
    Scratch() {
        static std::atomic<int> next = 0;
        folder_ = std::filesystem::temp_directory_path() /
                  ("entrepot-scenarios-" + std::to_string(getpid()) + "-" + std::to_string(next++));
        std::filesystem::create_directories(folder_);
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }
    const std::filesystem::path& folder() const { return folder_; }

    /// Problems as printed, with this folder and that of the shipped scenarios taken off.
    std::vector<std::string> problems(const std::filesystem::path& file,
                                      const std::vector<std::string>& overrides = {}) const;

    /// Problems of a text that is laid over a shipped scenario; the text starts on line 2.
    std::vector<std::string> over(const std::string& base, const std::string& text,
                                  const std::vector<std::string>& overrides = {}) const;
    std::vector<std::string> over_tiny(const std::string& text, const std::vector<std::string>& overrides = {}) const;

private:
    std::filesystem::path folder_;
};

inline std::filesystem::path shipped(const std::string& name) {
    return std::filesystem::path(ENTREPOT_SOURCE_DIR) / "scenarios" / name;
}

inline std::string without(std::string text, const std::string& part) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

inline std::vector<std::string> Scratch::problems(const std::filesystem::path& file,
                                                  const std::vector<std::string>& overrides) const {
    std::vector<std::string> texts;
    for (const Problem& problem : load(file, overrides).problems) {
        texts.push_back(
            without(without(to_string(problem), folder_.generic_string() + "/"), shipped("").generic_string()));
    }
    return texts;
}

inline std::vector<std::string> Scratch::over(const std::string& base, const std::string& text,
                                              const std::vector<std::string>& overrides) const {
    return problems(write("bad.toml", "base = \"" + shipped(base).generic_string() + "\"\n" + text), overrides);
}

inline std::vector<std::string> Scratch::over_tiny(const std::string& text,
                                                   const std::vector<std::string>& overrides) const {
    return over("tiny.toml", text, overrides);
}

}  // namespace entrepot::scenarios::testing
