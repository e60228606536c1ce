#include <algorithm>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "results/business/calibration.hpp"
#include "results/file/store.hpp"
#include "results/text/digits.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/cli/run_options.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/run_study.hpp"

/// The comparator against what is known of the business.
namespace entrepot::studies::cli {

namespace {

CommandOptions calibrate_options() {
    CommandOptions options{
        .command = "calibrate",
        .usage = "SCENARIO|STUDY.h5 [OPTIONS]",
        .explanation =
            "Says whether the model is like the business that it stands for: holds KPIs of the comparator, with their\n"
            "95 % intervals, against the bands of the scenario's [calibration.NAME] tables. Of a scenario it runs the\n"
            "comparator alone; of a study it takes what is there. Ends with 5 unless all bands hold.\n\n"
            "  entrepot calibrate scenarios/six_warehouses.toml\n"
            "  entrepot calibrate scenarios/six_warehouses.toml -n 20 --set site.SE.pickers=13\n"
            "  entrepot calibrate spike.h5 --csv\n",
        .visible = po::options_description("options"),
        .positional = "source"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("replications,n", po::value<std::string>(), "of the comparator; the scenario's own number otherwise");
    add("seed", po::value<std::string>(), "of the random draws; the scenario's own otherwise");
    add("threads,j", po::value<std::string>(), "to work with; all cores otherwise");
    add("set", po::value<std::vector<std::string>>()->composing(),
        "KEY=VALUE, a change of the scenario; may be repeated");
    add("csv", "comma-separated values, unrounded");
    add("json", "the same as JSON");
    add("quiet", "no progress");
    add("no-colour", "no colours on the terminal");
    return options;
}

/// The comparator alone.
std::optional<results::Study> run_comparator(const scenarios::Loaded& loaded, const po::variables_map& values) {
    const scenarios::Scenario& scenario = loaded.scenario;
    const auto number = [&](const char* name, std::int64_t least, std::int64_t most) {
        return whole_number(values, "calibrate", name, least, most);
    };
    const auto seed = number("seed", 0, kMostSeed);
    const auto threads = number("threads", 1, kMostThreads);
    const auto replications = number("replications", 2, 1'000'000);
    StudyOptions options{
        .strategies = {scenario.study.comparator},
        .replications = static_cast<int>(replications.value_or(std::max(2, scenario.study.replications))),
        .threads = threads ? static_cast<std::size_t>(*threads) : std::max(1u, std::thread::hardware_concurrency()),
        .seed = static_cast<std::uint32_t>(seed.value_or(scenario.study.seed)),
        .comparator = scenario.study.comparator,
        .series = false,
        .precision = {}};
    ProgressBar bar("runs", values.count("quiet") > 0 || !isatty(STDERR_FILENO));
    const Interruption interruption;
    results::Study study = run_study(
        loaded, options,
        {.progress =
             [&](const Progress& now) { bar.show({.done = now.runs_done, .total = now.runs, .most_seconds = {}}); },
         .replication_done = {},
         .enough = {},
         .deadline = {}},
        interruption.token());
    if (interruption.happened()) return std::nullopt;
    return study;
}

/// What is to be judged; a code to end with where there is none.
struct Judged {
    std::optional<results::Study> study;
    int code = kOk;
};

Judged study_of(const std::string& source, const po::variables_map& values) {
    if (results::begins_as_study(source)) {
        for (const char* name : {"replications", "seed", "threads", "set"}) {
            if (values.count(name)) {
                throw UsageError(fmt::format("calibrate: --{} is for a scenario: {} is a study", name, source));
            }
        }
        return {.study = load_results(source)};
    }
    const auto overrides =
        values.count("set") ? values["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const auto loaded = load_or_complain(source, overrides);
    if (!loaded) return {.study = {}, .code = kBadInput};
    if (loaded->scenario.calibration.empty()) {
        throw InputError(fmt::format(
            "{}: has no [calibration.NAME] table: say of some KPIs where they lie in the business, such as\n"
            "  [calibration.fill]\n  kpi = \"line_fill\"\n  at_least = 0.93\n  at_most = 0.965\n  source = \"last "
            "year's records\"",
            source));
    }
    Judged judged{.study = run_comparator(*loaded, values)};
    if (!judged.study) judged.code = kInterrupted;
    return judged;
}

void print_calibration(const results::Study& study, const std::vector<results::HeldBand>& bands, bool colour) {
    const TextWidth width = text_width();
    const std::string& currency = study.dimensions.currency;
    std::cout << results::calibration_table(bands, currency, width.table, colour);
    const std::string outside = results::calibration_sentence(bands, currency);
    std::cout << fitted(fmt::format("\n{} of {}, 95 % intervals. {}\n",
                                    results::observations_text(results::observation_count(study), study.antithetic),
                                    results::strategy_text(study, results::comparator_of(study)),
                                    outside.empty() ? "All bands hold." : outside));
}

}  // namespace

int run_calibrate(const std::vector<std::string>& arguments) {
    const auto values = parse(calibrate_options(), arguments);
    if (!values) return kOk;
    want_one_of(*values, "calibrate", {"csv", "json"});
    const std::string source =
        required(*values, "source", "a scenario or a study: entrepot calibrate SCENARIO|STUDY.h5");
    const Judged judged = study_of(source, *values);
    if (!judged.study) return judged.code;
    const auto bands = results::held_bands(*judged.study);
    if (bands.empty()) throw InputError(source + ": its scenario had no [calibration.NAME] table");
    if (values->count("csv")) {
        std::cout << results::calibration_csv(bands);
    } else if (values->count("json")) {
        std::cout << results::calibration_json(bands);
    } else {
        print_calibration(*judged.study, bands, use_colour(STDOUT_FILENO, values->count("no-colour") > 0));
    }
    return std::ranges::all_of(bands, &results::HeldBand::holds) ? kOk : kMissed;
}

}  // namespace entrepot::studies::cli
