#include <algorithm>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "results/kpis/registry.hpp"
#include "results/text/days.hpp"
#include "results/text/format.hpp"
#include "results/text/table.hpp"
#include "scenarios/policy_list.hpp"
#include "scenarios/renamed.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/limits.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/run_options.hpp"
#include "studies/cli/shipped.hpp"
#include "studies/cli/terminal.hpp"

/// The commands that only look: validate, list and completion.
namespace entrepot::studies::cli {

int run_validate(const std::vector<std::string>& arguments) {
    CommandOptions options{.command = "validate",
                           .usage = "SCENARIO [OPTIONS]",
                           .explanation =
                               "Reads a scenario with its bases and data files and says all that is wrong with it,\n"
                               "each with file, line and column; or what it holds.\n\n"
                               "  entrepot validate scenarios/seasonal_spike.toml\n",
                           .visible = po::options_description("options"),
                           .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("set", po::value<std::vector<std::string>>()->composing(),
        "KEY=VALUE, a change of the scenario; may be repeated");
    add("resolved", "print the scenario with every key and default");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const std::string file = required(*values, "scenario", "a scenario: entrepot validate SCENARIO");
    const auto loaded = load_or_complain(
        file, values->count("set") ? (*values)["set"].as<std::vector<std::string>>() : std::vector<std::string>{});
    if (!loaded) return kBadInput;
    if (values->count("resolved")) {
        std::cout << loaded->text;
        return kOk;
    }
    const std::vector<std::string> strategies = scenarios::strategy_names(loaded->scenario);
    const StudyOptions defaults = study_options({}, loaded->scenario);
    const MemoryLimit limit = memory_limit();
    if (bytes_to_build(*loaded, 1) > limit.bytes) {
        std::cout << fitted(fmt::format("{}: good, but too large for this machine: {}\n", file,
                                        build_problem(bytes_to_build(*loaded, 1), limit)));
        return kOk;
    }
    const models::Network network = scenarios::build(*loaded, strategies.front());
    const models::Calendar& calendar = network.calendar;
    const results::Days days(calendar.start_date, calendar.warmup_days);
    std::cout << fitted(
        fmt::format("{}: good. {}, {}, {}, {}; {} + {} + {} days from {}, measured from {} to {}; {} {}.\n", file,
                    results::counted(network.sites.size(), "warehouse"), results::counted(network.items.size(), "item"),
                    results::counted(network.suppliers.size(), "supplier"),
                    results::counted(network.carriers.size(), "carrier"), calendar.warmup_days, calendar.measure_days,
                    calendar.cooldown_days, calendar.start_date, days.text(0), days.text(calendar.measure_days - 1),
                    strategies.size() == 1 ? "strategy" : "strategies", fmt::join(strategies, ", ")));
    std::cout << fitted(estimate_text(estimate_of(*loaded, network, defaults, cores()), defaults, limit) + "\n");
    for (const std::string& note : loaded->notes) std::cout << fitted("note: " + note + "\n", 2);
    return kOk;
}

namespace {

/// Names and what they are, in two columns that fit the terminal.
void print_list(const std::vector<std::pair<std::string, std::string>>& list) {
    std::size_t width = 0;
    for (const auto& [name, text] : list) width = std::max(width, results::columns_of(name));
    for (const auto& [name, text] : list) {
        const std::string space(width + 2 - results::columns_of(name), ' ');
        std::cout << fitted(name + space + text, width + 2) << "\n";
    }
}

void list_kpis(bool markdown) {
    if (markdown) {
        std::cout << results::kpi_markdown();
        return;
    }
    std::vector<std::pair<std::string, std::string>> list;
    for (const results::KpiInfo& kpi : results::kpi_registry()) {
        list.emplace_back(kpi.id, fmt::format("{}. {}", kpi.name, kpi.definition));
    }
    print_list(list);
}

void list_policies(bool markdown) {
    if (markdown) {
        std::cout << scenarios::policies_markdown();
        return;
    }
    std::vector<std::pair<std::string, std::string>> list;
    const auto add = [&](const scenarios::ListedPolicy& policy) {
        list.emplace_back(policy.name, policy.meaning + (policy.software ? "; licensed software" : ""));
        for (const scenarios::ListedParameter& p : policy.parameters) {
            const std::string standard = p.standard == "required" ? p.standard : "otherwise " + p.standard;
            list.emplace_back("  " + p.key, fmt::format("{}: {}; {}", p.wanted, p.meaning, standard));
        }
    };
    const scenarios::PolicyList all = scenarios::listed_policies();
    list.emplace_back("LEVELS", "[strategy.NAME.replenishment] policy = ...");
    for (const auto& policy : all.levels) add(policy);
    list.emplace_back("PRIORITIES", "[strategy.NAME.priority] policy = ...");
    for (const auto& policy : all.priorities) add(policy);
    print_list(list);
}

int list_strategies(const std::filesystem::path& file) {
    const auto loaded = load_or_complain(file, {});
    if (!loaded) return kBadInput;
    std::vector<std::pair<std::string, std::string>> list;
    for (const auto& [name, strategy] : loaded->scenario.strategies) {
        list.emplace_back(name, strategy.terms.title);
        if (!strategy.terms.description.empty()) list.emplace_back("", strategy.terms.description);
    }
    print_list(list);
    return kOk;
}

void list_scenarios(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    if (files.empty()) throw InputError("found no scenarios in " + folder.string());
    std::ranges::sort(files);
    std::vector<std::pair<std::string, std::string>> list;
    for (const auto& file : files) {
        const scenarios::Result result = scenarios::load(file);
        list.emplace_back(as_named_here(file).string(),
                          result ? result.loaded->scenario.title : "(not a scenario of its own)");
    }
    print_list(list);
}

}  // namespace

int run_list(const std::vector<std::string>& arguments) {
    CommandOptions options{.command = "list",
                           .usage = "strategies|kpis|policies|keys|scenarios|renamed [OPTIONS]",
                           .explanation =
                               "  entrepot list strategies --scenario scenarios/seasonal_spike.toml\n"
                               "  entrepot list kpis\n"
                               "  entrepot list policies             policies with their parameters\n"
                               "  entrepot list keys                 every key of the scenario language, Markdown\n"
                               "  entrepot list scenarios\n"
                               "  entrepot list renamed              old names and new ones, with a tab between them\n",
                           .visible = po::options_description("options"),
                           .positional = "what"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("scenario", po::value<std::string>(), "whose strategies; six_warehouses.toml otherwise");
    add("folder", po::value<std::string>(),
        "where scenarios are looked for; otherwise in $ENTREPOT_SCENARIOS, or in scenarios here, or beside the program "
        "and above it");
    add("markdown", "KPIs or policies as a documentation page");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const std::string what =
        required(*values, "what", "what to list: strategies, kpis, policies, keys, scenarios or renamed");
    const auto folder = [&] {
        return values->count("folder") ? std::filesystem::path((*values)["folder"].as<std::string>())
                                       : shipped_scenarios();
    };
    if (what == "strategies") {
        return list_strategies(values->count("scenario")
                                   ? std::filesystem::path((*values)["scenario"].as<std::string>())
                                   : folder() / "six_warehouses.toml");
    }
    if (what == "kpis") {
        list_kpis(values->count("markdown") > 0);
    } else if (what == "policies") {
        list_policies(values->count("markdown") > 0);
    } else if (what == "keys") {
        std::cout << scenarios::reference_markdown();
    } else if (what == "scenarios") {
        list_scenarios(folder());
    } else if (what == "renamed") {
        std::cout << scenarios::renamed_table();
    } else {
        throw UsageError(fmt::format(
            "list: there is no list of '{}'{}", what,
            scenarios::suggestion(what, {"strategies", "kpis", "policies", "keys", "scenarios", "renamed"})));
    }
    return kOk;
}

namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
    return result + "'";
}

/// The program is asked for its options by its path: the command may be an alias, which only the user's shell knows.
std::string bash_completion(const std::vector<std::string>& names) {
    std::string words;
    for (const Command& command : commands()) words += command.name + " ";
    return "# Tab completion of entrepot for bash: source <(entrepot completion bash)\n"
           "_entrepot() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words\n"
           "    local program=" +
           quoted(program_file().string()) +
           "\n"
           "    [ -x \"$program\" ] || program=${COMP_WORDS[0]}\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        words='" +
           words +
           "--help --version'\n"
           "    elif [ \"${COMP_WORDS[COMP_CWORD-1]}\" = --decision ]; then\n"
           "        words='purchase allocation_override priority_exception'\n"
           "    elif [[ $word == -* ]]; then\n"
           "        words=$(\"$program\" \"$command\" --help 2>/dev/null | grep -o -- '--[a-z-]*' | sort -u)\n"
           "    elif [ \"$command\" = list ]; then\n"
           "        words='strategies kpis keys scenarios renamed'\n"
           "    elif [ \"$command\" = completion ]; then\n"
           "        words='bash'\n"
           "    fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "    [ \"$command\" = list ] || [ \"$COMP_CWORD\" -eq 1 ] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
           "}\n"
           "complete -o filenames -F _entrepot " +
           fmt::format("{}", fmt::join(names, " ")) + "\n";
}

}  // namespace

int run_completion(const std::vector<std::string>& arguments) {
    CommandOptions options{.command = "completion",
                           .usage = "bash [OPTIONS]",
                           .explanation =
                               "Prints a script; to use it:\n\n"
                               "  source <(entrepot completion bash)\n"
                               "  source <(entrepot completion bash --name ep)   after  alias ep=entrepot\n",
                           .visible = po::options_description("options"),
                           .positional = "shell"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("name", po::value<std::string>(), "another name of the program, such as an alias; several as ep,en");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    if (!values->count("shell") || (*values)["shell"].as<std::string>() != "bash") {
        throw UsageError("completion: want a shell, and only bash is known: entrepot completion bash");
    }
    std::vector<std::string> names{"entrepot"};
    if (values->count("name")) {
        for (const std::string& name : names_of(*values, "completion", "name")) names.push_back(quoted(name));
    }
    std::cout << bash_completion(names);
    return kOk;
}

}  // namespace entrepot::studies::cli
