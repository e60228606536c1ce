#include <iostream>
#include <sstream>

#include "files.hpp"
#include "scenarios/load.hpp"
#include "sim/check.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/run_options.hpp"
#include "target.hpp"

/// The command line, an argument in each line. No command does anything: each is asked for its help, too, as its first
/// argument, and looks for that when it has parsed them all.
namespace entrepot::fuzz {

namespace {

namespace cli = studies::cli;

/// What is printed goes nowhere while one of these lives.
class Silence {
public:
    Silence() : out_(std::cout.rdbuf(&nowhere_)), err_(std::cerr.rdbuf(&nowhere_)) {}
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() {
        std::cout.rdbuf(out_);
        std::cerr.rdbuf(err_);
    }

private:
    struct Nowhere : std::streambuf {
        int overflow(int c) override { return c == EOF ? 0 : c; }
    };
    Nowhere nowhere_;
    std::streambuf *out_, *err_;
};

std::vector<std::string> lines_of(std::string_view input) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(input)};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// What `run` makes of its arguments before it simulates.
void choose(const std::vector<std::string>& arguments) {
    static const scenarios::Loaded loaded = scenarios::load(shipped("tiny.toml")).loaded.value();
    try {
        const auto values = cli::parse(cli::run_options(), arguments);
        if (!values) return;
        cli::study_options(*values, loaded.scenario);
        cli::time_limit(*values);
    } catch (const cli::UsageError&) {
    }
}

bool accepts_command(std::string_view input) {
    const Silence silence;
    std::vector<std::string> arguments = lines_of(input);
    if (!arguments.empty()) {
        const std::string command = arguments.front();
        arguments.front() = "--help";
        if (command == "run") choose({arguments.begin() + 1, arguments.end()});
        arguments.insert(arguments.begin(), command);
    }
    arguments.insert(arguments.begin(), "entrepot");
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    const int code = cli::main(static_cast<int>(pointers.size()), pointers.data());
    SIM_CHECK(code == cli::kOk || code == cli::kUsage, "arguments are good, or the user's error");
    return code == cli::kOk;
}

std::vector<std::string> command_seeds() {
    std::vector<std::string> seeds{
        "run\nscenarios/"
        "tiny.toml\n-o\nx.h5\n--strategies\nS0,S6\n-n\n4\n--seed=7\n--set\nsite.SE.pickers=8\n--antithetic",
        "run\nx.toml\n--precision\n1 %\n--precision-of\nline_fill,difference:cost\n--most=40\n--time-limit\n10 min",
        "run\nx.toml\n--confirm\n3\n-j2\n--items\nA0001,B0002\n--resume\n--force\n--quiet\n--no-colour\n--watch",
        "--version", "nonsense"};
    for (const cli::Command& command : cli::commands()) {
        seeds.push_back(command.name + "\nfile\n--seed\n-1\n--days=3..4\n--\n--json");
    }
    return seeds;
}

}  // namespace

const Target kCommand{"command", accepts_command, command_seeds};

}  // namespace entrepot::fuzz
