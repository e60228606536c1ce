#include <chrono>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "results/compare.hpp"
#include "results/format.hpp"
#include "results/precision.hpp"
#include "results/recommendation.hpp"
#include "results/roi.hpp"
#include "results/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/cli/run_options.hpp"
#include "studies/run_study.hpp"

namespace entrepot::studies::cli {

namespace {

using Steady = std::chrono::steady_clock;

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
    explicit Saver(std::string file) : file_(std::move(file)), saved_(Steady::now()) {}

    void maybe(const results::Study& study) {
        if (Steady::now() - saved_ >= std::max<Steady::duration>(20 * cost_, std::chrono::seconds{1})) save(study);
    }
    void save(const results::Study& study) {
        const Steady::time_point before = Steady::now();
        try {
            results::save_study(file_, study);
        } catch (const results::StoreError& error) {
            throw OutputError(error.what());
        }
        saved_ = Steady::now();
        cost_ = saved_ - before;
    }

private:
    std::string file_;
    Steady::time_point saved_;
    Steady::duration cost_{};
};

void print_figures(const Progress& progress, const results::Study& study, double wall, double cpu) {
    const std::size_t fresh = study.confirmation ? study.confirmation->replication_count() : 0;
    fmt::print(
        "{}{}, {}, {:.3g} M order lines, {:.3g} M events in {:.1f} s ({:.1f} s of CPU): {:.3g} M "
        "events "
        "per second and core; at most {:.0f} MB.\n",
        results::counted(study.replication_count(), "replication"),
        fresh > 0 ? fmt::format(" and {} of the best", results::counted(fresh, "fresh one")) : "",
        results::counted(progress.runs_done, "run"), 1e-6 * static_cast<double>(progress.order_lines),
        1e-6 * static_cast<double>(progress.events), wall, cpu, 1e-6 * static_cast<double>(progress.events) / cpu,
        peak_megabytes());
}

void print_result(const results::Study& study, const std::string& file, bool colour) {
    if (study.strategies.size() > 1) {
        fmt::print("{}\n", results::comparison_table(study, results::compare(study), {.colour = colour}));
        fmt::print("{}\n", results::recommendation_text(study, results::return_on_investment(study)));
    }
    const std::string precision = results::precision_text(study);
    if (!precision.empty()) fmt::print("{}\n", precision);
    fmt::print("Results are in {}. Next: `entrepot compare {} --details`, `entrepot report {} -o report.html`.\n", file,
               file, file);
}

/// When the time is over. Where there is a confirmation, it keeps its share of the time.
class Limit {
public:
    Limit(std::optional<double> seconds, const StudyOptions& options) : limit_(seconds) {
        const double own = static_cast<double>(options.strategies.size()) * options.replications;
        const double fresh = 2.0 * (options.confirm == kAsMany ? options.replications : options.confirm);
        share_ = own / (own + fresh);
    }

    double seconds() const { return std::chrono::duration<double>(Steady::now() - began_).count(); }
    bool is_over(bool confirming) const { return limit_ && seconds() >= *limit_ * (confirming ? 1 : share_); }

private:
    Steady::time_point began_ = Steady::now();
    std::optional<double> limit_;
    double share_ = 1;
};

/// What stands beside the progress: the stage, and with --watch what is known so far.
std::string note_of(const Progress& progress, const std::string& watched) {
    const std::string stage =
        progress.confirming.empty() ? "" : "confirming " + progress.confirming + " on fresh replications";
    return stage + (stage.empty() || watched.empty() ? "" : "; ") + watched;
}

/// Says early that the precision is beyond the cap.
void warn(const Progress& now, const StudyOptions& options) {
    if (now.needed <= static_cast<std::size_t>(options.replications)) return;
    const bool in_reach = now.needed <= static_cast<std::size_t>(results::kReachable);
    fmt::print(stderr,
               "note: after {} replications it looks as if this precision would take some {:.2g} of them, {}; wish for "
               "less (--precision), {}, or name other KPIs (--precision-of)\n",
               now.runs_done / options.strategies.size(), static_cast<double>(now.needed),
               in_reach ? fmt::format("and --most allows {}", options.replications) : "which is out of reach",
               in_reach ? "allow more" : "measure longer (calendar.measure)");
}

results::Study simulate(const scenarios::Loaded& loaded, const StudyOptions& options, const po::variables_map& values,
                        const Limit& limit, Saver& saver, Progress& last, std::stop_token stop) {
    ProgressBar bar("runs", values.count("quiet") > 0);
    bar.show(0, options.strategies.size() * static_cast<std::size_t>(options.replications));
    const bool watch = values.count("watch") > 0;
    const std::string kpi = options.precision ? options.precision->of.front() : "line_fill";
    std::string watched;
    const auto progress = [&](const Progress& now) {
        if (last.needed == 0) warn(now, options);
        if (last.left_out.empty() && !now.left_out.empty()) {
            fmt::print(stderr, "note: {} can't be told to any precision here and is left out of the goal\n",
                       now.left_out);
        }
        last = now;
        bar.show(now.runs_done, now.runs, note_of(now, watched));
    };
    const auto replication_done = [&](const results::Study& so_far) {
        if (watch && bar.is_due()) watched = results::watch_text(so_far, kpi);
        saver.maybe(so_far);
    };
    return run_study(loaded, options,
                     {.progress = progress,
                      .replication_done = replication_done,
                      .enough = {},
                      .time_is_up = [&](bool confirming) { return limit.is_over(confirming); }},
                     std::move(stop));
}

/// What the run will cost, before it begins.
void print_plan(const StudyOptions& options) {
    if (options.confirm == 0) return;
    const std::string fresh = options.confirm == kAsMany ? "as many" : std::to_string(options.confirm);
    fmt::print(stderr,
               "note: when the best of the {} strategies is chosen, {} fresh replications of it and of {} say what it "
               "is worth (--no-confirm leaves them out)\n",
               options.strategies.size(), fresh, options.comparator);
}

/// The precision goal with all that depends on the scenario, or the user's error.
void complete_goal(StudyOptions& options, const scenarios::Loaded& loaded) {
    if (!options.precision) return;
    options.usual_kpis = options.precision->of.empty();
    try {
        options.precision = checked_goal(loaded, options);
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("run: --precision-of: {}", error.what()));
    }
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
    StudyOptions options = study_options(*values, loaded->scenario);
    const Limit limit(time_limit(*values), options);
    complete_goal(options, *loaded);
    try {
        results::check_writable(output, values->count("force") > 0);
    } catch (const results::StoreError& error) {
        throw OutputError(error.what());
    }

    const Interruption interruption;
    if (values->count("quiet") == 0) {
        for (const std::string& note : loaded->notes) fmt::print(stderr, "note: {}\n", note);
        print_plan(options);
    }
    Progress last;
    Saver saver(output);
    const results::Study study = simulate(*loaded, options, *values, limit, saver, last, interruption.token());
    saver.save(study);
    print_figures(last, study, limit.seconds(), cpu_seconds());
    if (interruption.happened()) {
        fmt::print(stderr, "Stopped. {} holds the {} of {} that finished.\n", output, study.replication_count(),
                   results::counted(static_cast<std::size_t>(options.replications), "replication"));
        return kInterrupted;
    }
    if (study.ending == results::Ending::out_of_time) {
        fmt::print("The time limit ended it after {} of at most {}, each of them whole.\n", study.replication_count(),
                   results::counted(static_cast<std::size_t>(options.replications), "replication"));
    }
    print_result(study, output, use_colour(STDOUT_FILENO, values->count("no-colour") > 0));
    return !study.precision || study.ending == results::Ending::precise ? kOk : kImprecise;
}

}  // namespace entrepot::studies::cli
