#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "results/compare.hpp"
#include "results/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/run_study.hpp"

namespace entrepot::studies::cli {

namespace {

CommandOptions run_options() {
    CommandOptions options{
        .command = "run",
        .usage = "SCENARIO [OPTIONS]",
        .explanation =
            "Simulates strategies of a scenario, replication by replication, and keeps the results in one HDF5 file.\n"
            "All strategies meet the same demand, delays and absences (common random numbers). The same scenario, seed "
            "and\n"
            "program give the same file, byte for byte, for any number of threads. Ctrl-C leaves a valid file with "
            "the\n"
            "replications that finished.\n\n"
            "  entrepot run scenarios/seasonal_spike.toml -o spike.h5\n"
            "  entrepot run scenarios/seasonal_spike.toml --strategies S0,S6 --replications 5 -o quick.h5\n"
            "  entrepot run scenarios/seasonal_spike.toml --set site.SE.pickers=8 -o more_hands.h5\n",
        .visible = po::options_description("options"),
        .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>()->default_value("study.h5"), "the file of the results");
    add("strategies", po::value<std::string>(), "names, as S0,S6; the scenario's own choice otherwise");
    add("replications,n", po::value<int>(), "of each strategy; the scenario's own number otherwise");
    add("seed", po::value<std::uint32_t>(), "of the random draws; the scenario's own otherwise");
    add("threads", po::value<int>(), "to work with; all cores otherwise");
    add("set", po::value<std::vector<std::string>>()->composing(),
        "KEY=VALUE, a change of the scenario; may be repeated");
    add("force", "overwrite the file");
    add("quiet", "no progress");
    add("no-colour", "no colours on the terminal");
    return options;
}

std::vector<std::string> chosen_strategies(const po::variables_map& values, const scenarios::Scenario& scenario) {
    const std::vector<std::string> known = scenarios::strategy_names(scenario);
    std::vector<std::string> chosen =
        values.count("strategies") ? split(values["strategies"].as<std::string>()) : scenario.study.strategies;
    if (chosen.empty()) chosen = known;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (std::ranges::find(known, chosen[i]) == known.end()) {
            throw UsageError(fmt::format("run: the scenario has no strategy '{}'{}; it has {}", chosen[i],
                                         scenarios::suggestion(chosen[i], known), fmt::join(known, ", ")));
        }
        if (std::find(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(i), chosen[i]) !=
            chosen.begin() + static_cast<std::ptrdiff_t>(i)) {
            throw UsageError(fmt::format("run: strategy '{}' is named twice", chosen[i]));
        }
    }
    return chosen;
}

int positive(const po::variables_map& values, const char* name, int otherwise) {
    const int value = values.count(name) ? values[name].as<int>() : otherwise;
    if (value < 1) throw UsageError(fmt::format("run: --{}: got {}, want an integer >= 1", name, value));
    return value;
}

StudyOptions study_options(const po::variables_map& values, const scenarios::Scenario& scenario) {
    StudyOptions options;
    options.strategies = chosen_strategies(values, scenario);
    options.replications = positive(values, "replications", scenario.study.replications);
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    options.threads = static_cast<std::size_t>(positive(values, "threads", cores));
    options.seed = values.count("seed") ? values["seed"].as<std::uint32_t>() : scenario.study.seed;
    options.comparator = scenario.study.comparator;
    if (std::ranges::find(options.strategies, options.comparator) == options.strategies.end()) {
        options.comparator = options.strategies.front();
    }
    return options;
}

/// CPU time of the program so far [s].
double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Saves after each replication, but never spends more than a twentieth of the time on it: a kill loses at most what
/// finished since.
class Saver {
public:
    explicit Saver(std::string file) : file_(std::move(file)), saved_(Clock::now()) {}

    void maybe(const results::Study& study) {
        if (Clock::now() - saved_ >= std::max<Clock::duration>(20 * cost_, std::chrono::seconds{1})) save(study);
    }
    void save(const results::Study& study) {
        const Clock::time_point before = Clock::now();
        try {
            results::save_study(file_, study);
        } catch (const results::StoreError& error) {
            throw OutputError(error.what());
        }
        saved_ = Clock::now();
        cost_ = saved_ - before;
    }

private:
    using Clock = std::chrono::steady_clock;
    std::string file_;
    Clock::time_point saved_;
    Clock::duration cost_{};
};

void print_figures(const Progress& progress, std::size_t replications, double wall, double cpu) {
    fmt::print(
        "{} replications, {} runs, {:.3g} M order lines, {:.3g} M events in {:.1f} s ({:.1f} s of CPU): {:.3g} M "
        "events "
        "per second and core; at most {:.0f} MB.\n",
        replications, progress.runs_done, 1e-6 * static_cast<double>(progress.order_lines),
        1e-6 * static_cast<double>(progress.events), wall, cpu, 1e-6 * static_cast<double>(progress.events) / cpu,
        peak_megabytes());
}

void print_result(const results::Study& study, const std::string& file, bool colour) {
    if (study.strategies.size() > 1) {
        fmt::print("{}\n", results::comparison_table(study, results::compare(study), {.colour = colour}));
    }
    fmt::print("Results are in {}. Next: `entrepot compare {} --details`, `entrepot report {} -o report.html`.\n", file,
               file, file);
}

}  // namespace

int run_run(const std::vector<std::string>& arguments) {
    const auto values = parse(run_options(), arguments);
    if (!values) return kOk;
    const std::string scenario_file = required(*values, "scenario", "a scenario: entrepot run SCENARIO -o FILE");
    const std::string output = (*values)["output"].as<std::string>();
    const auto overrides =
        values->count("set") ? (*values)["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const auto loaded = load_or_complain(scenario_file, overrides);
    if (!loaded) return kBadInput;
    const StudyOptions options = study_options(*values, loaded->scenario);
    try {
        results::check_writable(output, values->count("force") > 0);
    } catch (const results::StoreError& error) {
        throw OutputError(error.what());
    }

    const Interruption interruption;
    const bool quiet = values->count("quiet") > 0;
    if (!quiet) {
        for (const std::string& note : loaded->notes) fmt::print(stderr, "note: {}\n", note);
    }
    const auto began = std::chrono::steady_clock::now();
    Progress last;
    Saver saver(output);
    results::Study study;
    {
        ProgressBar bar("runs", quiet);
        bar.show(0, options.strategies.size() * static_cast<std::size_t>(options.replications));
        study = run_study(*loaded, options,
                          {.progress =
                               [&](const Progress& progress) {
                                   last = progress;
                                   bar.show(progress.runs_done, progress.runs);
                               },
                           .replication_done = [&](const results::Study& so_far) { saver.maybe(so_far); }},
                          interruption.token());
    }
    saver.save(study);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    print_figures(last, study.replication_count(), wall, cpu_seconds());
    if (interruption.happened()) {
        fmt::print(stderr, "Stopped. {} holds the {} of {} replications that finished.\n", output,
                   study.replication_count(), options.replications);
        return kInterrupted;
    }
    print_result(study, output, use_colour(STDOUT_FILENO, values->count("no-colour") > 0));
    return kOk;
}

}  // namespace entrepot::studies::cli
