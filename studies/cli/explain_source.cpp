#include "studies/cli/explain_source.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <limits>
#include <sstream>

#include <fmt/format.h>

#include "results/file/store.hpp"
#include "scenarios/problem.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/quoted.hpp"

namespace entrepot::studies::cli {

namespace {

/// Whether two canonical texts say the same, wherever their data files lie: those have digests in the text.
bool same_scenario(const std::string& a, const std::string& b) {
    const auto without_paths = [](const std::string& text) {
        std::istringstream lines(text);
        std::string kept;
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with("file = ") && !line.starts_with("price_file = ")) kept += line + "\n";
        }
        return kept;
    };
    return without_paths(a) == without_paths(b);
}

std::optional<scenarios::Loaded> scenario_of_study(const results::Study& study, const std::string& file,
                                                   const std::string& command, const po::variables_map& values) {
    if (values.count("scenario")) {
        const std::string other = values["scenario"].as<std::string>();
        auto loaded = load_or_complain(other, {});
        if (!loaded || same_scenario(loaded->text, study.manifest.scenario_text)) return loaded;
        // Another version may write the same scenario otherwise; this one doesn't.
        const bool may_be_same = !explain::scenario_of(study) && loaded->scenario.name == study.manifest.scenario_name;
        if (!may_be_same) {
            throw InputError(fmt::format(
                "{}: --scenario: {} is another scenario than the one that {} was run with; want the same one, which "
                "may have its data files elsewhere",
                command, quoted(other), quoted(file)));
        }
        tell("note: {} is not the scenario that {} was run with: keys or data differ\n", other, file);
        return loaded;
    }
    scenarios::Result result = explain::scenario_of(study);
    if (result) return std::move(result.loaded);
    std::cerr << to_string(result.problems);
    std::cerr << fmt::format(
        "{} was run by version {}, and this program can't read its scenario as it stands in it. Name the scenario's "
        "file, if you have it: --scenario FILE\n",
        file, study.manifest.program_version);
    return std::nullopt;
}

/// InputError for a study whose strategies aren't among its scenario's.
void want_own_strategies(const results::Study& study, const scenarios::Scenario& scenario, const std::string& file) {
    const std::vector<std::string> known = scenarios::strategy_names(scenario);
    for (const std::string& name : study.strategies) {
        if (std::ranges::find(known, name) != known.end()) continue;
        throw InputError(fmt::format(
            "{}: is damaged or was made up: its scenario has no strategy {}; run the study again", file, quoted(name)));
    }
}

std::string chosen_strategy(const ExplainSource& source, const po::variables_map& values) {
    const std::vector<std::string> names =
        source.study ? source.study->strategies : scenarios::strategy_names(source.loaded.scenario);
    const std::string comparator =
        source.study ? source.study->manifest.comparator : source.loaded.scenario.study.comparator;
    if (!values.count("strategy")) {
        return std::ranges::find(names, comparator) != names.end() ? comparator : names.front();
    }
    const std::string name = values["strategy"].as<std::string>();
    want_strategies(source.command, "strategy", {name}, names);
    return name;
}

/// A study's replications are numbered on by those that confirmed its best strategy.
void choose_replication(ExplainSource& source, const std::string& file, const po::variables_map& values) {
    const auto most = std::numeric_limits<std::uint32_t>::max();
    source.which.replication = static_cast<std::size_t>(*whole_number(values, source.command, "replication", 0, most));
    source.which.antithetic = source.loaded.scenario.study.antithetic || values.count("antithetic") > 0;
    if (source.study) {
        source.which.antithetic = source.study->antithetic;
        source.which.seed = source.study->manifest.seed;
        source.kept = explain::replication_of(*source.study, source.strategy, source.which.replication);
        if (source.kept == nullptr) {
            throw UsageError(fmt::format("{}: --replication: {} has {} of {}, numbered from 0; got {}", source.command,
                                         file, source.study->replication_count(), source.strategy,
                                         source.which.replication));
        }
    } else {
        const auto seed = whole_number(values, source.command, "seed", 0, kMostSeed);
        source.which.seed = static_cast<std::uint32_t>(seed.value_or(source.loaded.scenario.study.seed));
    }
}

std::string title_of(const ExplainSource& source) {
    for (const auto& [name, strategy] : source.loaded.scenario.strategies) {
        if (name == source.strategy) return strategy.terms.title;
    }
    return "";
}

/// InputError for what can be neither a study nor a scenario, in words that don't take it for one of them.
void want_source(const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const fs::file_status status = fs::status(file, ignored);
    const std::string wanted = "want a study or a scenario";
    if (!fs::exists(status)) throw InputError(fmt::format("{}: there is no such file; {}", quoted(file), wanted));
    if (fs::is_directory(status)) throw InputError(fmt::format("{}: is a folder; {}", quoted(file), wanted));
    const std::string ending = fs::path(file).extension().string();
    if ((ending != ".h5" && ending != ".hdf5") || results::begins_as_study(file)) return;
    const bool empty = fs::is_regular_file(status) && fs::file_size(file, ignored) == 0;
    throw InputError(
        fmt::format("{}: is no study, but {}; {}", quoted(file), empty ? "empty" : "another kind of file", wanted));
}

}  // namespace

void add_source_options(po::options_description& options) {
    auto add = options.add_options();
    add("strategy", po::value<std::string>(), "which one; the comparator otherwise");
    add("replication", po::value<std::string>()->default_value("0"), "which one, from 0");
    add("antithetic", "the replications are antithetic pairs (of a scenario; a study knows it)");
    add("seed", po::value<std::string>(), "another seed than the scenario's (of a scenario; a study has its own)");
    add("set", po::value<std::vector<std::string>>()->composing(),
        "change one value (of a scenario): --set site.SE.pickers=8");
    add("scenario", po::value<std::string>(),
        "of a study: read its scenario from this file, which has data files beside it");
}

std::optional<ExplainSource> read_source(const std::string& command, const std::string& example,
                                         const po::variables_map& values) {
    const std::string file = required(values, "source", "a study or a scenario: " + example);
    want_source(file);
    ExplainSource source;
    source.command = command;
    if (results::begins_as_study(file)) {
        for (const char* option : {"seed", "set", "antithetic"}) {
            if (values.count(option))
                throw UsageError(
                    fmt::format("{}: --{} is for a scenario: {} is a study and has its own", command, option, file));
        }
        source.study = load_results(file);
        auto loaded = scenario_of_study(*source.study, file, command, values);
        if (!loaded) return std::nullopt;
        source.loaded = std::move(*loaded);
        want_own_strategies(*source.study, source.loaded.scenario, file);
    } else {
        if (values.count("scenario")) throw UsageError(command + ": --scenario is for a study: " + file + " is none");
        const auto overrides =
            values.count("set") ? values["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
        auto loaded = load_or_complain(file, overrides);
        if (!loaded) return std::nullopt;
        source.loaded = std::move(*loaded);
    }
    source.strategy = chosen_strategy(source, values);
    choose_replication(source, file, values);
    return source;
}

StoryOrigin origin_of(const ExplainSource& source, const explain::Rerun& again, const po::variables_map& values) {
    StoryOrigin origin{.scenario = source.loaded.scenario.name,
                       .strategy = source.strategy,
                       .title = title_of(source),
                       .seed = source.which.seed,
                       .replication = source.which.replication,
                       .of_study = source.kept != nullptr,
                       .digest = again.whole ? again.digest : 0};
    if (source.kept) origin.difference = difference(*source.study, *source.kept, again);
    origin.command = "entrepot explain " + explain::shell_word(values["source"].as<std::string>());
    for (const char* option : {"strategy", "seed", "scenario"}) {
        if (values.count(option))
            origin.command += fmt::format(" --{} {}", option, explain::shell_word(values[option].as<std::string>()));
    }
    if (source.which.replication > 0) origin.command += fmt::format(" --replication {}", source.which.replication);
    if (values.count("antithetic")) origin.command += " --antithetic";
    if (values.count("set")) {
        for (const std::string& set : values["set"].as<std::vector<std::string>>()) {
            origin.command += " --set " + explain::shell_word(set);
        }
    }
    return origin;
}

}  // namespace entrepot::studies::cli
