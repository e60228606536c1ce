#include <algorithm>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>

#include "results/format.hpp"
#include "results/kpi_registry.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"

/// The commands that only look: validate, list and completion.
namespace entrepot::studies::cli {

int run_validate(const std::vector<std::string>& arguments) {
    CommandOptions options{.command = "validate",
                           .usage = "SCENARIO [OPTIONS]",
                           .explanation =
                               "Reads a scenario with its bases and data files and says all that is wrong with it, "
                               "each with file, line and\n"
                               "column; or what it holds.\n\n"
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
    const models::Network network = scenarios::build(*loaded, strategies.front());
    const models::Calendar& calendar = network.calendar;
    fmt::print("{}: good. {}, {}, {}, {}; {} + {} + {} days from {}; {} {}.\n", file,
               results::counted(network.sites.size(), "warehouse"), results::counted(network.items.size(), "item"),
               results::counted(network.suppliers.size(), "supplier"),
               results::counted(network.carriers.size(), "carrier"), calendar.warmup_days, calendar.measure_days,
               calendar.cooldown_days, calendar.start_date, strategies.size() == 1 ? "strategy" : "strategies",
               fmt::join(strategies, ", "));
    for (const std::string& note : loaded->notes) fmt::print("note: {}\n", note);
    return kOk;
}

namespace {

void list_kpis(bool markdown) {
    if (markdown) {
        std::cout << results::kpi_markdown();
        return;
    }
    for (const results::KpiInfo& kpi : results::kpi_registry()) fmt::print("{:<20} {}\n", kpi.id, kpi.definition);
}

int list_strategies(const std::string& file) {
    const auto loaded = load_or_complain(file, {});
    if (!loaded) return kBadInput;
    for (const auto& [name, strategy] : loaded->scenario.strategies) {
        fmt::print("{:<6} {}\n", name, strategy.title);
        if (!strategy.description.empty()) fmt::print("       {}\n", strategy.description);
    }
    return kOk;
}

void list_scenarios(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        const scenarios::Result result = scenarios::load(file);
        fmt::print("{:<36} {}\n", file.string(),
                   result ? result.loaded->scenario.title : "(not a scenario of its own)");
    }
    if (files.empty()) fmt::print("No scenarios in {}.\n", folder.string());
}

}  // namespace

int run_list(const std::vector<std::string>& arguments) {
    CommandOptions options{.command = "list",
                           .usage = "strategies|kpis|keys|scenarios [OPTIONS]",
                           .explanation =
                               "  entrepot list strategies --scenario scenarios/seasonal_spike.toml\n"
                               "  entrepot list kpis\n"
                               "  entrepot list keys                 every key of the scenario language, Markdown\n"
                               "  entrepot list scenarios\n",
                           .visible = po::options_description("options"),
                           .positional = "what"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("scenario", po::value<std::string>()->default_value("scenarios/six_warehouses.toml"), "whose strategies");
    add("folder", po::value<std::string>()->default_value("scenarios"), "where scenarios are looked for");
    add("markdown", "KPIs as a documentation page");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const std::string what = required(*values, "what", "what to list: strategies, kpis, keys or scenarios");
    if (what == "strategies") return list_strategies((*values)["scenario"].as<std::string>());
    if (what == "kpis") {
        list_kpis(values->count("markdown") > 0);
    } else if (what == "keys") {
        std::cout << scenarios::reference_markdown();
    } else if (what == "scenarios") {
        list_scenarios((*values)["folder"].as<std::string>());
    } else {
        throw UsageError(fmt::format("list: there is no list of '{}'{}", what,
                                     scenarios::suggestion(what, {"strategies", "kpis", "keys", "scenarios"})));
    }
    return kOk;
}

int run_completion(const std::vector<std::string>& arguments) {
    if (arguments != std::vector<std::string>{"bash"}) {
        if (arguments == std::vector<std::string>{"--help"}) {
            std::cout << "usage: entrepot completion bash\n\nPrints a script; to use it: source <(entrepot completion "
                         "bash)\n";
            return kOk;
        }
        throw UsageError("completion: want a shell, and only bash is known: entrepot completion bash");
    }
    std::string names;
    for (const Command& command : commands()) names += command.name + " ";
    std::cout
        << "# Tab completion of entrepot for bash: source <(entrepot completion bash)\n"
           "_entrepot() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        words=\"" +
               names +
               "--help --version\"\n"
               "    elif [[ $word == -* ]]; then\n"
               "        words=$(\"${COMP_WORDS[0]}\" \"$command\" --help 2>/dev/null | grep -o -- '--[a-z-]*' | sort "
               "-u)\n"
               "    elif [ \"$command\" = list ]; then\n"
               "        words='strategies kpis keys scenarios'\n"
               "    fi\n"
               "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
               "    [ \"$command\" = list ] || [ \"$COMP_CWORD\" -eq 1 ] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
               "}\n"
               "complete -o filenames -F _entrepot entrepot\n";
    return kOk;
}

}  // namespace entrepot::studies::cli
