#include "studies/verify.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "scenarios/kind.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/cli/shipped.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/verify_text.hpp"

namespace entrepot::studies::cli {

namespace {

namespace fs = std::filesystem;

CommandOptions verify_options() {
    CommandOptions options{
        .command = "verify",
        .usage = "[SCENARIO | FOLDER] [OPTIONS]",
        .explanation =
            "Runs scenarios with known answers until they can be judged, and says which the simulator meets: the\n"
            "[verify.NAME] tables of a scenario name a KPI, or npv, irr, roi or payback, its published or exact\n"
            "value, and a tolerance. Ends with 5 unless all agree.\n\n"
            "  entrepot verify                                   all of the program's scenarios/validation\n"
            "  entrepot verify scenarios/validation/base_stock_palm.toml\n"
            "  entrepot verify my_case.toml --precision '10 %' --set stock.W.order_up_to=27\n"
            "  entrepot verify --markdown > table.md\n",
        .visible = po::options_description("options"),
        .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("precision", po::value<std::string>()->default_value("50 %"),
        "replications go on until the interval's half-width is this share of the tolerance");
    add("most", po::value<std::string>()->default_value(fmt::to_string(VerifyOptions{}.most_replications)),
        "replications of a scenario at most");
    add("threads,j", po::value<std::string>(), "replications at a time; default: the machine's cores");
    add("seed", po::value<std::string>(), "instead of the scenario's");
    add("set", po::value<std::vector<std::string>>()->composing(), "change one value: --set stock.W.order_up_to=27");
    add("markdown", "the table for a page");
    add("csv", "comma-separated values, unrounded");
    add("json", "the same as JSON");
    add("quiet", "no progress");
    add("no-colour", "no colours on the terminal");
    return options;
}

VerifyOptions options_of(const po::variables_map& values) {
    want_one_of(values, "verify", {"markdown", "csv", "json"});
    VerifyOptions options{.threads = std::max(1u, std::thread::hardware_concurrency())};
    const auto number = [&](const char* name, std::int64_t least, std::int64_t most) {
        return whole_number(values, "verify", name, least, most);
    };
    if (const auto threads = number("threads", 1, kMostThreads)) options.threads = static_cast<std::size_t>(*threads);
    if (const auto seed = number("seed", 0, kMostSeed)) options.seed = static_cast<std::uint32_t>(*seed);
    // Fewer have no interval to stop by.
    if (const auto most = number("most", kLeastReplications, kMostReplications)) {
        options.most_replications = static_cast<std::size_t>(*most);
    }
    std::string got;
    const auto precision = scenarios::read_number({.value = values["precision"].as<std::string>()},
                                                  scenarios::share().more_than(0), {}, got);
    if (!precision) {
        throw UsageError(
            fmt::format("verify: --precision: got {}, want a share of the tolerance such as '50 %', above 0", got));
    }
    options.precision = *precision;
    return options;
}

/// The file itself, or all scenarios of a folder, by name.
std::vector<fs::path> files_of(const fs::path& given) {
    if (!fs::is_directory(given)) return {given};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(given)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

/// All scenarios are read before the first is run: mistakes are told at once, not after minutes.
std::optional<std::vector<scenarios::Loaded>> load_all(const fs::path& given,
                                                       const std::vector<std::string>& overrides) {
    std::vector<scenarios::Loaded> all;
    bool good = true;
    for (const fs::path& file : files_of(given)) {
        auto loaded = load_or_complain(file, overrides);
        good = good && loaded;
        if (loaded && !loaded->scenario.expectations.empty()) all.push_back(std::move(*loaded));
    }
    if (!good) return std::nullopt;
    if (all.empty()) throw InputError(given.string() + ": has no [verify.NAME] table");
    return all;
}

/// "scenario.name" of all expectations.
std::vector<std::string> names_in(const std::vector<scenarios::Loaded>& all) {
    std::vector<std::string> names;
    for (const scenarios::Loaded& loaded : all) {
        for (const auto& [name, expectation] : loaded.scenario.expectations)
            names.push_back(loaded.scenario.name + "." + name);
    }
    return names;
}

std::string text_of(const po::variables_map& values, const std::vector<Verified>& all, const VerifyOptions& options) {
    if (values.count("json")) return verify_json(all, options);
    if (values.count("csv")) return verify_csv(all);
    if (values.count("markdown")) return verify_markdown(all, options);
    return {};
}

}  // namespace

int run_verify(const std::vector<std::string>& arguments) {
    const auto values = parse(verify_options(), arguments);
    if (!values) return kOk;
    VerifyOptions options = options_of(*values);
    const auto overrides =
        values->count("set") ? (*values)["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const fs::path given = values->count("scenario") ? fs::path((*values)["scenario"].as<std::string>())
                                                     : as_named_here(shipped_scenarios() / "validation");
    if (!fs::exists(given)) {
        throw InputError(given.string() + ": no such scenario or folder; want entrepot verify [SCENARIO | FOLDER]");
    }
    const auto scenarios = load_all(given, overrides);
    if (!scenarios) return kBadInput;

    const bool table = !values->count("json") && !values->count("csv") && !values->count("markdown");
    const bool colour = use_colour(STDOUT_FILENO, values->count("no-colour") > 0);
    // Elsewhere than on a terminal the table's own lines show how far it is.
    const bool quiet = values->count("quiet") > 0 || !isatty(STDERR_FILENO);
    const Interruption interruption;
    const TextWidth width = text_width();
    const VerifyColumns columns(names_in(*scenarios), width.table, width.words);
    if (table) std::cout << columns.header(options) << std::flush;
    std::vector<Verified> all;
    for (const scenarios::Loaded& loaded : *scenarios) {
        std::vector<Verified> found;
        {
            ProgressBar bar(loaded.scenario.name, quiet);
            options.progress = [&](std::size_t done, std::size_t about) {
                bar.show({.done = done, .total = about, .most_seconds = {}});
            };
            found = verify(loaded, options, interruption.token());
        }
        if (interruption.happened()) return kInterrupted;
        for (const Verified& v : found) {
            if (table) std::cout << columns.line(v, colour) << std::flush;
            all.push_back(v);
        }
    }
    std::cout << (table ? columns.footer(all, options) : text_of(*values, all, options));
    return std::ranges::all_of(all, [](const Verified& v) { return v.agreement == Agreement::agrees; }) ? kOk : kMissed;
}

}  // namespace entrepot::studies::cli
