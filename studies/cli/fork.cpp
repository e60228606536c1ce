#include <algorithm>
#include <iostream>
#include <limits>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "results/comparison/compare.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/problem.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/fork_json.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/live/futures.hpp"
#include "studies/live/recording.hpp"
#include "studies/quoted.hpp"

/// One world at a fork in the road, and what its futures come to.
namespace entrepot::studies::cli {

namespace {

using Texts = std::vector<std::string>;

CommandOptions fork_options() {
    CommandOptions options{
        .command = "fork",
        .usage = "SCENARIO --at TIME --then STRATEGIES [OPTIONS]",
        .explanation =
            "Runs one world to a moment, lets it go on from there under several strategies, and compares what comes\n"
            "after. Until the fork all is one world: the same stock, orders, purchases, queues and beliefs. After it\n"
            "all futures meet the same customers, delays and absences. The first future is always the world that goes\n"
            "on as it was. Times count from the start of the measured window, or are dates, as everywhere.\n\n"
            "A running world can take another strategy, and other values of strategies, systems, the office, the\n"
            "people of a site and inventory rules (--set-then). What customers order, suppliers, carriers, items and\n"
            "days belong to the world that all futures share: change those with --set.\n\n"
            "One replication is one story. With -n 20 differences get intervals.\n\n"
            "  entrepot fork scenarios/seasonal_spike.toml --at '40 d' --strategy S0 --then S6\n"
            "  entrepot fork scenarios/seasonal_spike.toml --at 2026-06-01 --strategy S0 --then S1,S6 -n 20\n"
            "  entrepot fork scenarios/seasonal_spike.toml --at '60 d' --then S0 --set-then site.SE.pickers=40\n",
        .visible = po::options_description("options"),
        .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("at", po::value<std::string>(), "the moment of the fork, such as '40 d' or a date");
    add("strategy", po::value<std::string>()->default_value("S0"), "of the world before the fork");
    add("then", po::value<std::string>(), "strategies from there on, as S0,S6");
    add("set-then", po::value<Texts>()->composing(),
        "KEY=VALUE, a change from the fork on, in all futures of --then; may be repeated");
    add("replications,n", po::value<std::string>()->default_value("1"), "how many worlds are forked");
    add("replication", po::value<std::string>()->default_value("0"), "the (first) one, from 0");
    add("antithetic", "replications in pairs, as of a study in pairs: the second with 1 - u where the first draws u");
    add("seed", po::value<std::string>(), "the study's seed instead of the scenario's");
    add("set", po::value<Texts>()->composing(), "KEY=VALUE, a change of the scenario; may be repeated");
    add("threads,j", po::value<std::string>(), "to work with; all cores otherwise");
    add("details", "all KPIs, by warehouse, tier, class and phase");
    add("csv", "comma-separated values, unrounded, all KPIs and slices");
    add("json", "the same as JSON, unrounded: the fork, the futures and the KPIs; with --details all of them");
    add("quiet", "no progress");
    add("no-colour", "no colours on the terminal");
    return options;
}

Texts texts_of(const po::variables_map& values, const char* name) {
    return values.count(name) ? values[name].as<Texts>() : Texts{};
}

/// The world that goes on as it was, then what --then names. Changed futures have a star.
std::vector<Future> futures_of(const std::string& strategy, const Texts& then, const scenarios::Loaded& as_it_was,
                               const scenarios::Loaded* changed) {
    std::vector<Future> futures{{strategy, strategy, &as_it_was}};
    for (const std::string& name : then) {
        if (changed == nullptr && name == strategy) continue;
        const std::string called = changed == nullptr ? name : name + "*";
        futures.push_back({called, name, changed != nullptr ? changed : &as_it_was});
    }
    if (futures.size() > 1) return futures;
    throw UsageError(fmt::format(
        "fork: want another future than {} as it was: name another strategy in --then, or change a value with "
        "--set-then",
        strategy));
}

/// One replication may be half of a pair; of more, whole pairs are wanted.
void want_pairs_of(const FuturesOptions& options) {
    if (!options.antithetic || options.replications == 1) return;
    std::vector<std::string> odd;
    if (options.replications % 2 != 0) odd.push_back(fmt::format("{} replications", options.replications));
    if (options.first % 2 != 0) odd.push_back(fmt::format("the first one {}", options.first));
    if (odd.empty()) return;
    throw UsageError(
        fmt::format("fork: antithetic replications come in pairs, the first of which is even: got {}, want {}",
                    fmt::join(odd, " and "), odd.size() > 1 ? "even numbers" : "an even number"));
}

/// The moment of the fork, after which something must be left to count.
models::Time fork_time(const po::variables_map& values, const models::Calendar& calendar, const Clock& clock) {
    const models::Time at = moment_of(
        "at", required(values, "at", "the moment of the fork: entrepot fork SCENARIO --at '40 d' --then S6"), clock);
    const CountedDays days = counted_days(calendar, at);
    if (!days.empty()) return at;
    throw UsageError(fmt::format("--at: got {}, want a time before the last day that is measured, {}",
                                 quoted(values["at"].as<std::string>()), clock.day(days.end - 1)));
}

std::string head_of(const FuturesOptions& options, const models::Calendar& calendar, const Clock& clock,
                    const Texts& changes) {
    const CountedDays days = counted_days(calendar, options.at);
    std::string text = fmt::format("Forked on {} as {}. Counted: {} to {}.\n", clock.moment(options.at),
                                   options.strategy, clock.day(days.first), clock.day(days.end - 1));
    if (!changes.empty()) text += fmt::format("* from then on with {}.\n", fmt::join(changes, ", "));
    return text;
}

void print(const results::Study& study, const po::variables_map& values, const Fork& fork, const std::string& head) {
    const results::Comparison comparison = results::compare(study);
    if (values.count("csv")) {
        std::cout << results::comparison_csv(study, comparison);
        return;
    }
    if (values.count("json")) {
        std::cout << fork_json(study, comparison, fork, values.count("details") > 0);
        return;
    }
    const TextWidth width = text_width();
    std::cout << fitted(head) << "\n"
              << results::comparison_table(study, comparison,
                                           {.colour = use_colour(STDOUT_FILENO, values.count("no-colour") > 0),
                                            .details = values.count("details") > 0,
                                            .width = width.table,
                                            .wrap_width = width.words});
    const std::string caution = caution_of(study);
    if (!caution.empty()) std::cout << "\n" << fitted(caution + "\n");
}

results::Study run(const scenarios::Loaded& loaded, const std::vector<Future>& futures, const FuturesOptions& options,
                   bool quiet, std::stop_token stop) {
    ProgressBar bar("worlds", quiet);
    bar.show({.done = 0, .total = options.replications, .most_seconds = {}});
    try {
        return run_futures(
            loaded, futures, options,
            [&](std::size_t done) { bar.show({.done = done, .total = options.replications, .most_seconds = {}}); },
            std::move(stop));
    } catch (const CantTakeOver& error) {
        std::string text = "a running world can't take this over:";
        for (const std::string& reason : error.reasons) text += "\n  " + reason;
        throw InputError(text);
    }
}

}  // namespace

int run_fork(const std::vector<std::string>& arguments) {
    const auto values = parse(fork_options(), arguments);
    if (!values) return kOk;
    const std::string file = required(*values, "scenario", "a scenario: entrepot fork SCENARIO --at '40 d' --then S6");
    required(*values, "at", "the moment of the fork: entrepot fork SCENARIO --at '40 d' --then S6");
    required(*values, "then", "the strategies after the fork: entrepot fork SCENARIO --at '40 d' --then S6");
    const Texts then = names_of(*values, "fork", "then"), changes = texts_of(*values, "set-then");
    const auto number = [&](const char* name, std::int64_t least, std::int64_t most) {
        return whole_number(*values, "fork", name, least, most);
    };
    constexpr std::int64_t kMostReplications = 100'000;
    const auto seed = number("seed", 0, kMostSeed);
    FuturesOptions options{
        .strategy = (*values)["strategy"].as<std::string>(),
        .first = static_cast<std::size_t>(number("replication", 0, std::numeric_limits<std::int32_t>::max()).value()),
        .replications = static_cast<std::size_t>(number("replications", 1, kMostReplications).value()),
        .threads = static_cast<std::size_t>(
            number("threads", 1, kMostThreads).value_or(std::max(1u, std::thread::hardware_concurrency()))),
        .antithetic = values->count("antithetic") > 0};
    want_one_of(*values, "fork", {"csv", "json"});
    want_pairs_of(options);

    const Texts overrides = texts_of(*values, "set");
    const auto loaded = load_or_complain(file, overrides);
    if (!loaded) return kBadInput;
    const auto changed =
        changes.empty() ? std::optional<scenarios::Loaded>{} : load_or_complain(file, overrides, changes);
    if (!changes.empty() && !changed) return kBadInput;
    options.seed = static_cast<std::uint32_t>(seed.value_or(loaded->scenario.study.seed));
    const Texts known = scenarios::strategy_names(loaded->scenario);
    want_strategies("fork", "strategy", {options.strategy}, known);
    want_strategies("fork", "then", then, known);

    const models::Calendar calendar = scenarios::build(*loaded, options.strategy).calendar;
    const Clock clock(calendar);
    options.at = fork_time(*values, calendar, clock);
    const auto futures = futures_of(options.strategy, then, *loaded, changed ? &*changed : nullptr);
    const Interruption interruption;
    const results::Study study = run(*loaded, futures, options, values->count("quiet") > 0, interruption.token());
    if (study.replication_count() > 0) {
        const CountedDays days = counted_days(calendar, options.at);
        print(study, *values,
              {.scenario = loaded->scenario.name,
               .before = options.strategy,
               .at = clock.moment(options.at),
               .day = sim::in<sim::days>(options.at - sim::kStart) - calendar.warmup_days,
               .first_counted = days.first - calendar.warmup_days,
               .last_counted = days.end - 1 - calendar.warmup_days,
               .changes = changes,
               .first_replication = options.first,
               .antithetic = options.antithetic},
              head_of(options, calendar, clock, changes));
    }
    if (!interruption.happened()) return kOk;
    tell("Stopped after {} of {} worlds.\n", study.replication_count(), options.replications);
    return kInterrupted;
}

}  // namespace entrepot::studies::cli
