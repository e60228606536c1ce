#pragma once

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace entrepot::tests {

/// The smallest of the shipped scenarios.
constexpr char kTiny[] = "scenarios/tiny.toml";

/// What a run of the program left behind.
struct Outcome {
    int exit_code = -1;
    std::string out, err;
};

/// Runs `entrepot` with the arguments in the source folder, so that scenarios/ is found. With `interrupt_after_ms` a
/// signal, as of Ctrl-C, is sent after so long.
Outcome entrepot(const std::vector<std::string>& arguments, int interrupt_after_ms = 0, int signal = SIGINT);

/// Runs another program of the build in the same way.
Outcome run_program(const char* program, const std::vector<std::string>& arguments, int interrupt_after_ms = 0,
                    int signal = SIGINT);

/// A folder of its own for each test, gone with it.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::string path(const std::string& name) const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

/// The bytes of a file; empty when it isn't there.
std::string bytes_of(const std::string& file);

}  // namespace entrepot::tests
