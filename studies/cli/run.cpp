#include <chrono>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>
#include <unistd.h>

#include "results/business/recommendation.hpp"
#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/comparison/places.hpp"
#include "results/comparison/precision.hpp"
#include "results/file/store.hpp"
#include "results/text/format.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/limits.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/cli/run_options.hpp"
#include "studies/cli/saver.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/item_days.hpp"
#include "studies/resume.hpp"
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

void print_figures(const Progress& progress, const results::Study& study, double wall, double cpu) {
    const std::size_t fresh = study.confirmation ? study.confirmation->replication_count() : 0;
    const auto millions = [](std::uint64_t n) { return results::number_text(1e-6 * static_cast<double>(n)) + " M"; };
    fmt::print("{}", fitted(fmt::format(
                         "{}{}, {}, {} order lines, {} events in {} s ({} s of CPU): {} M events per second and core; "
                         "at most {:.0f} MB.\n",
                         results::counted(study.replication_count(), "replication"),
                         fresh > 0 ? fmt::format(" and {} of the best", results::counted(fresh, "fresh one")) : "",
                         results::counted(progress.runs_done, "run"), millions(progress.order_lines),
                         millions(progress.events), results::fixed_text(wall, 1), results::fixed_text(cpu, 1),
                         results::number_text(1e-6 * static_cast<double>(progress.events) / cpu), peak_megabytes())));
}

void print_result(const results::Study& study, const std::string& file, bool colour) {
    if (study.strategies.size() > 1) {
        const TextWidth width = text_width();
        fmt::print("{}\n",
                   results::comparison_table(study, results::compare(study),
                                             {.colour = colour, .width = width.table, .wrap_width = width.words}));
        const results::Roi roi = results::return_on_investment(study);
        fmt::print("{}\n", fitted(results::recommendation_text(study, roi)));
        const auto worse = roi.best ? results::setbacks(study, roi, *roi.best) : std::nullopt;
        if (worse) fmt::print("{}\n", fitted(results::setbacks_text(*worse), 4));
    }
    const std::string precision = results::precision_text(study);
    if (!precision.empty()) fmt::print("{}\n", fitted(precision, 4));
    fmt::print("{}",
               fitted(fmt::format("Results are in {}. Next: `entrepot compare {} --details`, `entrepot report {} -o "
                                  "report.html`.\n",
                                  file, file, file)));
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
    std::optional<double> left() const { return limit_ ? std::optional(*limit_ - seconds()) : std::nullopt; }
    std::optional<Steady::time_point> end(bool confirming) const {
        if (!limit_) return std::nullopt;
        const std::chrono::duration<double> allowed(*limit_ * (confirming ? 1 : share_));
        return began_ + std::chrono::duration_cast<Steady::duration>(allowed);
    }

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
    tell(
        "note: after {} replications it looks as if this precision would take some {} of them, {}; ask for less "
        "(--precision), {}, or name other KPIs (--precision-of)\n",
        now.runs_done / options.strategies.size(), results::about_text(static_cast<double>(now.needed)),
        in_reach ? fmt::format("and --most allows {}", options.replications) : "which is out of reach",
        in_reach ? "allow more" : "measure longer (calendar.measure)");
}

results::Study simulate(const scenarios::Loaded& loaded, const StudyOptions& options, const po::variables_map& values,
                        const Limit& limit, double expected_seconds, Saver& saver, Progress& last, std::stop_token stop,
                        std::optional<results::Study> kept) {
    ProgressBar bar("runs", values.count("quiet") > 0);
    const std::size_t all = runs_of(options, static_cast<std::size_t>(options.replications));
    const std::size_t there = kept ? options.strategies.size() * kept->replication_count() : 0;
    bar.show({.done = 0,
              .total = all - there,
              .known = !options.precision,
              .most_seconds = limit.left(),
              .expected = expected_seconds * static_cast<double>(all - there) / static_cast<double>(all)});
    const bool watch = values.count("watch") > 0;
    const std::string kpi = options.precision ? options.precision->of.front() : "line_fill";
    std::string watched;
    const auto progress = [&](const Progress& now) {
        if (last.needed == 0) warn(now, options);
        if (last.left_out.empty() && !now.left_out.empty()) {
            tell("note: {} can't be told to any precision here and is left out of the goal\n", now.left_out);
        }
        last = now;
        bar.show({.done = now.runs_done, .total = now.runs, .known = now.runs_known, .most_seconds = limit.left()},
                 note_of(now, watched));
    };
    const auto replication_done = [&](const results::Study& so_far) {
        if (watch && bar.is_due()) watched = results::watch_text(so_far, kpi);
        saver.maybe(so_far);
    };
    return run_study(loaded, options,
                     {.progress = progress,
                      .replication_done = replication_done,
                      .enough = {},
                      .deadline = [&](bool confirming) { return limit.end(confirming); }},
                     std::move(stop), std::move(kept));
}

/// What the run will cost, before it begins.
void print_plan(const StudyOptions& options) {
    if (options.confirm == 0) return;
    const std::string fresh = options.confirm == kAsMany ? "as many" : std::to_string(options.confirm);
    tell(
        "note: when the best of the {} strategies is chosen, {} fresh replications of it and of {} say what it is "
        "worth (--no-confirm leaves them out)\n",
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

/// The items whose days are kept, or the user's error.
void choose_items(StudyOptions& options, const po::variables_map& values, const models::Network& network) {
    if (!values.count("items")) return;
    try {
        options.items = chosen_items(network, names_of(values, "run", "items"), options);
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("run: --items: {}", error.what()));
    }
}

/// What the run will take, once its memory is known to be there: UsageError where it isn't.
Estimate affordable(StudyOptions& options, const po::variables_map& values, const scenarios::Loaded& loaded) {
    const MemoryLimit limit = memory_limit();
    const bool anyway = values.count("anyway") > 0;
    want_room_to_build(loaded, options, limit, anyway);
    const models::Network network = scenarios::build(loaded, options.strategies.front());
    choose_items(options, values, network);
    const Estimate estimate = estimate_of(loaded, network, options, cores());
    Estimate needed = estimate;
    if (options.precision || values.count("time-limit")) needed.kept_bytes = 0;  // nobody knows of how many
    want_room(needed, limit, anyway);
    return estimate;
}

/// A name that promises another kind of file is a slip: what comes is HDF5.
void want_ending(const std::string& output) {
    const std::string ending = std::filesystem::path(output).extension().string();
    if (ending.empty() || ending == ".h5" || ending == ".hdf5") return;
    throw UsageError(
        fmt::format("run: --output: got '{}', want a name that ends in .h5: the results are an HDF5 file, of which "
                    "`entrepot compare` makes text, CSV or JSON and `entrepot report` a page",
                    output));
}

/// The beginning of the study, which an earlier run has left; nothing where it begins anew. InputError where what is
/// there is another study.
std::optional<results::Study> kept_study(Saver& saver, const scenarios::Loaded& loaded, const StudyOptions& options,
                                         const std::string& output, const po::variables_map& values) {
    const auto left = saver.left_behind();
    const bool resume = values.count("resume") > 0, force = values.count("force") > 0;
    if (!resume) {
        if (left && *left != output)
            tell("note: {} of an earlier run is replaced; --resume would go on with it\n", left->string());
        return std::nullopt;
    }
    if (!left) {
        tell("note: there is no {} to go on with; it begins\n", output);
        return std::nullopt;
    }
    results::Study kept = results::load_study(*left);
    const auto reasons = hindrances(kept, loaded, options);
    if (!reasons.empty()) {
        if (force && *left == output) return std::nullopt;  // the run with --force had saved nothing yet
        throw InputError(fmt::format(
            "run: --resume: {} is of another study:\n  {}\nName another file, or leave out --resume to begin anew.",
            left->string(), fmt::join(reasons, "\n  ")));
    }
    saver.go_on_in(*left);
    tell("note: goes on after the {} in {}\n", results::counted(kept.replication_count(), "replication"),
         left->string());
    return kept;
}

}  // namespace

int run_run(const std::vector<std::string>& arguments) {
    const auto values = parse(run_options(), arguments);
    if (!values) return kOk;
    const std::string scenario_file = required(*values, "scenario", "a scenario: entrepot run SCENARIO -o FILE");
    const std::string output = (*values)["output"].as<std::string>();
    want_ending(output);
    const auto overrides =
        values->count("set") ? (*values)["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const auto loaded = load_or_complain(scenario_file, overrides);
    if (!loaded) return kBadInput;
    StudyOptions options = study_options(*values, loaded->scenario);
    const Limit limit(time_limit(*values), options);
    const Estimate estimate = affordable(options, *values, *loaded);
    complete_goal(options, *loaded);
    want_new(output, values->count("force") + values->count("resume") > 0, loaded->files);

    const Interruption interruption;
    if (values->count("quiet") == 0) {
        for (const std::string& note : loaded->notes) tell("note: {}\n", note);
        print_plan(options);
        const std::string note = time_note(estimate, options, limit.left());
        if (!note.empty()) fmt::print(stderr, "note: {}\n", note);
    }
    Progress last;
    Saver saver(output);
    auto kept = kept_study(saver, *loaded, options, output, *values);
    const results::Study study = [&] {
        try {
            return simulate(*loaded, options, *values, limit, estimate.wall_seconds, saver, last, interruption.token(),
                            std::move(kept));
        } catch (const std::invalid_argument& error) {
            throw InputError(fmt::format("run: {}", error.what()));
        } catch (const BrokenStudy& broken) {
            saver.stop(broken.study);
            std::string changes;
            for (const std::string& change : overrides) changes += fmt::format(" --set '{}'", change);
            throw std::runtime_error(
                fmt::format("{}\n{} holds the {} before it. The same again: `entrepot replay {} {}{}`.", broken.what(),
                            saver.running().string(), results::counted(broken.study.replication_count(), "replication"),
                            scenario_file, broken.replay, changes));
        }
    }();
    if (study.ending == results::Ending::out_of_time && study.replication_count() == 0) {
        saver.stop(study);
        throw InputError(fmt::format(
            "run: --time-limit: {} was over before the first replication was whole: give it more time, or measure less",
            (*values)["time-limit"].as<std::string>()));
    }
    const bool stopped = interruption.happened();
    stopped ? saver.stop(study) : saver.finish(study);
    if (last.runs_done > 0) print_figures(last, study, limit.seconds(), cpu_seconds());
    if (stopped) {
        tell("Stopped. {} holds the {} of {} that finished.{} Go on with the same command and --resume.\n",
             saver.running().string(), study.replication_count(),
             results::counted(static_cast<std::size_t>(options.replications), "replication"),
             saver.running().string() == output ? "" : fmt::format(" {} is as it was.", output));
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
