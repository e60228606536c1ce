#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "results/text/format.hpp"
#include "scenarios/renamed.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

namespace {

/// False where something is left to be done by hand, which is told.
bool update(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file)) throw InputError(file + ": can't be read");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    scenarios::Problems problems;
    const auto now = scenarios::updated(text, file, problems);
    std::cerr << to_string(problems);
    if (!now) return false;
    if (now->names > 0) write_output(std::filesystem::canonical(file), now->text);
    std::cout << file << ": "
              << (now->names > 0
                      ? results::counted(static_cast<std::size_t>(now->names), "name") + " brought up to date"
                      : "nothing to do")
              << "\n";
    return problems.empty();
}

}  // namespace

int run_update(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "update",
        .usage = "SCENARIO [SCENARIO ...]",
        .explanation =
            "Brings scenario files up to date: keys and KPIs that were renamed get their new names,\n"
            "in place. Everything else stays as it is, comments too. Bases are files of their own.\n\n"
            "  entrepot update my_scenario.toml my_base.toml\n",
        .visible = po::options_description("options"),
        .positional = "scenario",
        .several = true};
    options.visible.add_options()("help,h", "explain this command");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    if (!values->count("scenario")) throw UsageError("update: wants a scenario: entrepot update SCENARIO");
    bool done = true;
    for (const auto& file : (*values)["scenario"].as<std::vector<std::string>>()) done = update(file) && done;
    return done ? kOk : kBadInput;
}

}  // namespace entrepot::studies::cli
