#include "studies/cli/command_line.hpp"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "entrepot_version.hpp"
#include "models/units.hpp"
#include "results/file/store.hpp"
#include "scenarios/problem.hpp"
#include "sim/printable.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {"validate", "check a scenario and say what it holds", run_validate},
        {"run", "simulate strategies and keep the results in one file", run_run},
        {"compare", "compare the strategies of a result, KPI by KPI", run_compare},
        {"export", "print the daily series of a result as CSV", run_export},
        {"report", "write a page with pictures and the return on investment", run_report},
        {"replay", "run one replication again and look inside", run_replay},
        {"explain", "tell the story of an order, an item, a warehouse or a day", run_explain},
        {"log", "write down what was decided, step by step, by whom and on what", run_log},
        {"bottlenecks", "say where decisions wait, and for whom", run_bottlenecks},
        {"twin", "say what overrides were worth, by the same world without them", run_twin},
        {"fork", "let one world go on under several strategies from a moment on", run_fork},
        {"verify", "run scenarios with known answers, and say which are met", run_verify},
        {"calibrate", "say whether the model is like the business it stands for", run_calibrate},
        {"list", "list strategies, KPIs, policies, scenario keys or scenarios", run_list},
        {"update", "give a scenario file the names of this version", run_update},
        {"completion", "print the script for tab completion", run_completion},
    };
    return all;
}

namespace {

std::string help() {
    std::string text =
        "entrepot - what is a replenishment and order-prioritisation strategy worth, before it goes live?\n\n"
        "usage: entrepot COMMAND [OPTIONS]\n\ncommands:\n";
    for (const Command& command : commands()) text += fmt::format("  {:<12} {}\n", command.name, command.summary);
    text +=
        "\nA first study:\n"
        "  entrepot validate scenarios/seasonal_spike.toml\n"
        "  entrepot run scenarios/seasonal_spike.toml --strategies S0,S6 --replications 5 -o spike.h5\n"
        "  entrepot compare spike.h5\n"
        "  entrepot report spike.h5 -o spike.html\n\n"
        "`entrepot COMMAND --help` explains a command. `entrepot --version` tells the version.\n";
    return text;
}

const Command* find_command(const std::string& name) {
    const auto found = std::ranges::find(commands(), name, &Command::name);
    return found == commands().end() ? nullptr : &*found;
}

/// Names of files and of parts are told back to the user. Only what --set says may have several lines: it is TOML.
void want_printable(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string text = arguments[i];
        if (text.starts_with("--set=") || (i > 0 && arguments[i - 1] == "--set")) {
            std::erase_if(text, [](char c) { return c == '\n' || c == '\t'; });
        }
        if (const sim::Hidden hidden = sim::first_hidden(text)) {
            throw UsageError(fmt::format("got the argument '{}', want none with the control character {}",
                                         sim::printable(text), sim::printable(text.substr(hidden.at, hidden.size))));
        }
    }
}

int dispatch(const std::vector<std::string>& arguments) {
    want_printable(arguments);
    if (arguments.empty()) {
        std::cerr << fitted(help());
        return kUsage;
    }
    const std::string& first = arguments.front();
    if (first == "--help" || first == "-h" || first == "help") {
        std::cout << fitted(help());
        return kOk;
    }
    if (first == "--version") {
        std::cout << fmt::format("entrepot {} ({})\n", kVersion, kCommit);
        return kOk;
    }
    if (const Command* command = find_command(first)) return command->run({arguments.begin() + 1, arguments.end()});
    std::vector<std::string> names;
    for (const Command& command : commands()) names.push_back(command.name);
    throw UsageError(fmt::format("there is no command '{}'{}", first, scenarios::suggestion(first, names)));
}

}  // namespace

int exit_code_of(const std::string& program, const std::function<int()>& run) {
    // What the program says has lines of its own; what it quotes of others has none, and nothing that terminals obey.
    const auto say = [&](std::string_view what) {
        if (!what.starts_with(program + ": ")) std::cerr << program << ": ";  // as what a command says does
        for (std::size_t end; (end = what.find('\n')) != std::string_view::npos; what.remove_prefix(end + 1)) {
            std::cerr << sim::printable(what.substr(0, end)) << "\n";
        }
        std::cerr << sim::printable(what) << "\n";
    };
    try {
        const int code = run();
        // What was printed may still wait in a buffer, and its disk may be full.
        if (!std::cout.flush() || std::fflush(stdout) != 0) throw OutputError("standard output can't be written");
        return code;
    } catch (const UsageError& error) {
        say(fmt::format("{}\nTry `{} --help`.", error.what(), program));
        return kUsage;
    } catch (const InputError& error) {
        say(error.what());
        return kBadInput;
    } catch (const results::StoreError& error) {
        say(error.what());
        return kBadInput;
    } catch (const OutputError& error) {
        say(error.what());
        return kOutput;
    } catch (const models::MoneyOverflow& error) {
        say(error.what());
        return kBadInput;
    } catch (const std::system_error& error) {  // printing throws it, for one
        say(error.what());
        return kOutput;
    } catch (const std::exception& error) {
        say(fmt::format("internal error: {}\nPlease report it, with the scenario.", error.what()));
        return kInternal;
    }
}

int main(int argc, char** argv) {
    return exit_code_of("entrepot", [&] { return dispatch({argv + 1, argv + argc}); });
}

}  // namespace entrepot::studies::cli
