#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "scenarios/kind.hpp"
#include "sim/observe.hpp"
#include "sim/run_sequential.hpp"
#include "sim/run_windowed.hpp"
#include "sim/snapshot.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/snapshot_file.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/explain/message_text.hpp"
#include "studies/quoted.hpp"
#include "studies/run_study.hpp"

/// One replication, bit for bit as in its study, with the kernel's instruments on.
namespace entrepot::studies::cli {

namespace {

using models::Distribution;
using models::Time;
using Names = sim::NamesOf<models::Messages>;

struct Span {
    Time from, to;
};

Span span_of(const std::string& text, const Clock& clock, Time end) {
    const std::size_t dots = text.find("..");
    if (dots == text.npos) {
        throw UsageError(fmt::format("--trace: got {}, want FROM..TO such as '40 d..40.5 d'", quoted(text)));
    }
    const auto trimmed = [](std::string part) {
        part.erase(0, part.find_first_not_of(' '));
        part.erase(part.find_last_not_of(' ') + 1);
        return part;
    };
    const Span span{moment_of("trace", trimmed(text.substr(0, dots)), clock),
                    moment_of("trace", trimmed(text.substr(dots + 2)), clock)};
    if (span.from >= span.to) {
        throw UsageError(fmt::format("--trace: got {}, want a beginning before the end: FROM..TO", quoted(text)));
    }
    if (span.from < end) return span;
    throw UsageError(
        fmt::format("--trace: got {}, want a time in the run, which goes {}", quoted(text), clock.range()));
}

std::optional<sim::EntityId> entity_named(const models::Network& network, const std::string& name) {
    std::vector<std::string> names;
    for (sim::EntityId entity = 0; entity <= models::headquarters_of(network); ++entity) {
        names.push_back(Distribution::name(network, entity));
        if (names.back() == name) return entity;
    }
    throw UsageError(fmt::format("--entity: there is no {}{}", quoted(name), scenarios::suggestion(name, names)));
}

/// One event a line: when, who, what, what it says, and what caused it.
void print(const sim::Trace::Entry& entry, const explain::WorldNames& names, const Clock& clock) {
    const models::Network& network = names.network();
    fmt::print("{}  {:<12} {:<22} {}", clock.exact(entry.event.at), Distribution::name(network, entry.event.to()),
               Names::value[entry.event.kind()], message_text(entry.event, names));
    if (entry.caused) {
        fmt::print("  < {} {} {}", Distribution::name(network, entry.event.from()), Names::value[entry.cause.kind()],
                   clock.exact(entry.cause.at));
    }
    fmt::print("\n");
}

void print(const sim::Statistics& statistics) {
    fmt::print("{:<22} {:>12} {:>8}\n", "event", "handled", "share");
    for (std::size_t kind = 0; kind < Names::value.size(); ++kind) {
        const std::uint64_t n = statistics.by_kind[kind];
        fmt::print("{:<22} {:>12} {:>6.2f} %\n", Names::value[kind], n,
                   100.0 * static_cast<double>(n) / static_cast<double>(std::max<std::uint64_t>(1, statistics.events)));
    }
    fmt::print("{:<22} {:>12}\nwaiting: {:.0f} events on average, {} at most\n", "all", statistics.events,
               statistics.mean_waiting(), statistics.most_waiting);
}

void print(const sim::WindowFigures& figures) {
    const auto seconds = [](std::chrono::nanoseconds t) { return std::chrono::duration<double>(t).count(); };
    fmt::print("{} windows, {} of them shared by threads; {:.2f} s in windows, {:.2f} s between them\n",
               figures.windows, figures.shared, seconds(figures.handling), seconds(figures.turning));
    fmt::print("{:>16} {:>12}\n", "events in window", "windows");
    for (std::size_t k = 0; k < figures.by_occupancy.size(); ++k) {
        if (figures.by_occupancy[k] == 0) continue;
        const std::uint64_t least = k == 0 ? 0 : std::uint64_t{1} << (k - 1);
        fmt::print("{:>16} {:>12}\n", k < 2 ? fmt::to_string(least) : fmt::format("{}-{}", least, 2 * least - 1),
                   figures.by_occupancy[k]);
    }
}

CommandOptions replay_options() {
    CommandOptions options{
        .command = "replay",
        .usage = "SCENARIO [OPTIONS]",
        .explanation =
            "Runs one replication again, exactly as in its study, under the runner of your choice, and shows what\n"
            "happens inside. Times count from the start of the measured window, as in the scenario: those of the\n"
            "warm-up are negative. Dates work, too.\n\n"
            "  entrepot replay scenarios/seasonal_spike.toml --strategy S0 --digest\n"
            "  entrepot replay scenarios/seasonal_spike.toml --statistics\n"
            "  entrepot replay scenarios/seasonal_spike.toml --windows --threads 2 --digest --statistics\n"
            "  entrepot replay scenarios/seasonal_spike.toml --trace '50 d..50.5 d' --entity SE\n"
            "  entrepot replay scenarios/seasonal_spike.toml --until '40 d' --save before_spike.snapshot\n"
            "  entrepot replay scenarios/seasonal_spike.toml --from before_spike.snapshot --digest\n",
        .visible = po::options_description("options"),
        .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("strategy", po::value<std::string>()->default_value("S0"), "which one");
    add("replication", po::value<std::string>()->default_value("0"), "which one, from 0");
    add("antithetic", "the study's replications are antithetic pairs");
    add("seed", po::value<std::string>(), "the study's seed instead of the scenario's");
    add("set", po::value<std::vector<std::string>>()->composing(), "change one value: --set site.SE.pickers=8");
    add("until", po::value<std::string>(), "stop then instead of at the end");
    add("windows", "run each warehouse for itself in time windows");
    add("threads,j", po::value<std::string>()->default_value("1"), "threads that share the windows");
    add("digest", "print the fingerprints of the trajectory and of the state at the end");
    add("statistics", "print events by kind and the queue's length; with --windows, the windows");
    add("trace", po::value<std::string>(), "print the events of this time, one a line, with their causes: FROM..TO");
    add("entity", po::value<std::string>(), "only those of this warehouse, or of headquarters");
    add("from", po::value<std::string>(), "go on from a snapshot");
    add("save", po::value<std::string>(), "write a snapshot at the end");
    add("force", "overwrite the snapshot");
    return options;
}

/// Hands each event to the one who tells it, with the names of what it speaks of.
class Named {
public:
    using Tell = std::function<void(const sim::Trace::Entry&, const explain::WorldNames&)>;

    Named(const models::World& world, models::FactLog& log, std::vector<models::Fact>& told, Tell tell)
        : world_(world), log_(log), told_(told), names_(world), trace_([&, tell](const sim::Trace::Entry& entry) {
              tell(entry, names_);
          }) {
        forget();
    }

    void handled(const sim::Event& event, const sim::Pending& pending, std::uint32_t before, std::uint32_t after) {
        log_.flush();
        trace_.handled(event, pending, before, after);
        names_.see({world_, event, told_});
        told_.clear();
    }

private:
    /// What was told before the first event is nobody's.
    void forget() {
        log_.flush();
        told_.clear();
    }

    const models::World& world_;
    models::FactLog& log_;
    std::vector<models::Fact>& told_;
    explain::WorldNames names_;
    sim::Trace trace_;
};

void run_traced(models::World& world, models::FactLog& log, std::vector<models::Fact>& told, Time until,
                Named::Tell tell) {
    run_sequential(world, until, Named(world, log, told, std::move(tell)));
}

/// In windows that so many threads share, or one event after the other.
void run_untraced(models::World& world, models::FactLog& log, Time until, std::optional<std::size_t> threads,
                  bool with_statistics) {
    if (threads) {
        sim::Threads shared(*threads);
        const sim::WindowFigures figures = models::run_windows(world, log, until, shared);
        if (with_statistics) print(figures);
    } else if (with_statistics) {
        sim::Statistics statistics;
        run_sequential(world, until, statistics);
        print(statistics);
    } else {
        run_sequential(world, until);
    }
}

}  // namespace

int run_replay(const std::vector<std::string>& arguments) {
    const auto values = parse(replay_options(), arguments);
    if (!values) return kOk;
    const auto given = [&](const char* name) { return values->count(name) > 0; };
    const auto text = [&](const char* name) { return (*values)[name].as<std::string>(); };
    const auto number = [&](const char* name, std::int64_t least, std::int64_t most) {
        return whole_number(*values, "replay", name, least, most);
    };
    const auto seed = number("seed", 0, kMostSeed);
    const auto replication = number("replication", 0, std::numeric_limits<std::uint32_t>::max());
    const auto workers = static_cast<std::size_t>(number("threads", 1, kMostThreads).value());
    const bool windows = given("windows");
    if (windows && given("trace")) throw UsageError("replay: a trace follows one thread: leave out --windows");
    const auto overrides = given("set") ? (*values)["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const auto loaded =
        load_or_complain(required(*values, "scenario", "a scenario: entrepot replay SCENARIO"), overrides);
    if (!loaded) return kBadInput;
    if (given("save")) want_new(text("save"), given("force"), loaded->files);
    const std::string strategy = text("strategy");
    want_strategies("replay", "strategy", {strategy}, scenarios::strategy_names(loaded->scenario));
    const models::Network network = scenarios::build(*loaded, strategy);
    const auto entity = given("entity") ? entity_named(network, text("entity")) : std::nullopt;
    const Clock clock(network.calendar);
    const Time end = models::start_of(network.calendar.total_days());
    const std::optional<Span> traced =
        given("trace") ? std::optional(span_of(text("trace"), clock, end)) : std::nullopt;

    std::vector<models::Fact> told;  // by the event, where names are wanted
    models::FactLog facts([&](std::span<const models::Fact> some) {
        if (traced) told.insert(told.end(), some.begin(), some.end());
    });
    const Which which{static_cast<std::uint32_t>(seed.value_or(loaded->scenario.study.seed)),
                      static_cast<std::size_t>(replication.value()),
                      given("antithetic") || loaded->scenario.study.antithetic};
    const DrawsOf draws = draws_of(which);
    models::World world = models::start_world(network, which.seed, draws.number, facts, draws.mirrored);
    const Time until =
        std::min({end, given("until") ? moment_of("until", text("until"), clock) : end, traced ? traced->to : end});

    auto started = std::chrono::steady_clock::now();
    const auto run = [&] {
        if (traced) {
            run_traced(world, facts, told, until,
                       [&](const sim::Trace::Entry& entry, const explain::WorldNames& names) {
                           if (entry.event.at >= traced->from && (!entity || *entity == entry.event.to()))
                               print(entry, names, clock);
                       });
        } else {
            run_untraced(world, facts, until, windows ? std::optional(workers) : std::nullopt, given("statistics"));
        }
        models::check_conservation(world);
    };
    if (given("from")) {
        distrust(text("from"), workers, [&] {
            read_snapshot(world, text("from"), identity(*loaded, strategy));
            started = std::chrono::steady_clock::now();
            run();
        });
    } else {
        run();
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
    if (given("save")) write_snapshot(world, text("save"), identity(*loaded, strategy));
    if (given("digest")) fmt::print("trajectory {:016x}  state {:016x}\n", world.digest().value(), sim::hash_of(world));
    tell("{} events up to {} in {:.2f} s\n", world.events(), clock.exact(world.now), seconds.count());
    return kOk;
}

}  // namespace entrepot::studies::cli
