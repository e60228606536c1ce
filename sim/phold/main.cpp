#include <chrono>
#include <ctime>
#include <iostream>
#include <optional>

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include "sim/observe.hpp"
#include "sim/phold/phold.hpp"
#include "sim/run_sequential.hpp"
#include "sim/run_windowed.hpp"
#include "sim/snapshot.hpp"

/// PHOLD as a program: how fast is the kernel on this machine?
namespace {

namespace po = boost::program_options;
using namespace entrepot::sim;
using phold::Phold;

constexpr char kAbout[] =
    "usage: entrepot-phold [OPTIONS]\n\n"
    "Runs PHOLD, the usual benchmark of discrete-event kernels, and tells the cost of an event.\n\n"
    "  entrepot-phold --objects 65536 --start-events 16\n"
    "  entrepot-phold --objects 65536 --start-events 16 --threads 2 --statistics\n"
    "  entrepot-phold --objects 64 --sequential --digest\n"
    "  entrepot-phold --objects 64 --events 100 --trace 0.5..0.6 --entity 7\n";

struct Options {
    Phold::Network network;
    std::uint32_t seed = 1;
    double events = 5e6;
    std::size_t threads = 1;
    unsigned partition_bits = 24;
    bool sequential = false, digest = false, statistics = false, trace = false;
    Time trace_from = kStart, trace_to = kNever;
    std::optional<EntityId> entity;
};

Time seconds_in(const std::string& text) {
    std::size_t end = 0;
    const double value = text.empty() ? 0 : std::stod(text, &end);
    if (text.empty() || end != text.size()) throw po::error("--trace: want FROM..TO in seconds, such as 0.5..0.6");
    return kStart + from_real<seconds>(value);
}

/// Nothing when only the help was wanted.
std::optional<Options> parse(int argc, char** argv) {
    Options o;
    double mean = 1, lookahead = 0.1;
    std::string trace;
    po::options_description visible("options");
    auto add = visible.add_options();
    add("help,h", "explain this program");
    add("objects,n", po::value(&o.network.objects)->default_value(1024), "objects");
    add("start-events,m", po::value(&o.network.start_events)->default_value(1), "events of each object at the start");
    add("remote", po::value(&o.network.remote)->default_value(0.1, "0.1"),
        "share that goes to an object drawn at random");
    add("mean", po::value(&mean)->default_value(1), "mean of the delay's exponential part, seconds");
    add("lookahead", po::value(&lookahead)->default_value(0.1, "0.1"), "least delay, seconds");
    add("events", po::value(&o.events)->default_value(5e6, "5e6"), "events to run, about");
    add("seed", po::value(&o.seed)->default_value(1), "of the draws");
    add("threads,j", po::value(&o.threads)->default_value(1), "threads that share the windows");
    add("partition-bits", po::value<unsigned>(), "2^BITS objects in a partition; default: what fits in a cache");
    add("sequential", "the reference loop instead of windows");
    add("digest", "print the fingerprints of the trajectory and of the state at the end");
    add("statistics", "print queue lengths (sequential) or windows");
    add("trace", po::value(&trace), "print the events of FROM..TO seconds, with their causes");
    add("entity", po::value<EntityId>(), "only those of this object");
    po::variables_map values;
    po::store(po::parse_command_line(argc, argv, visible), values);
    po::notify(values);
    if (values.count("help")) {
        std::cout << kAbout << "\n" << visible;
        return std::nullopt;
    }
    if (o.network.objects == 0 || o.network.objects > kMostEntities) throw po::error("--objects: want 1 to 16777216");
    if (!(o.network.remote >= 0 && o.network.remote <= 1)) throw po::error("--remote: want a share from 0 to 1");
    if (!(mean > 0 && mean < 1e6)) throw po::error("--mean: want seconds above 0");
    if (!(lookahead >= 1e-6 && lookahead < 1e6)) throw po::error("--lookahead: want seconds, at least a microsecond");
    if (!(o.events >= 0 && o.events < 1e15)) throw po::error("--events: want a number >= 0");
    if (o.threads == 0 || o.threads > 1024) throw po::error("--threads: want 1 to 1024");
    o.network.mean = from_real<seconds>(mean);
    o.network.lookahead = from_real<seconds>(lookahead);
    o.digest = values.count("digest");
    o.statistics = values.count("statistics");
    o.trace = values.count("trace");
    o.sequential = values.count("sequential") || o.trace;
    if (values.count("entity")) o.entity = values["entity"].as<EntityId>();
    if (o.trace) {
        const std::size_t dots = trace.find("..");
        o.trace_from = seconds_in(trace.substr(0, dots));
        o.trace_to = seconds_in(dots == trace.npos ? "" : trace.substr(dots + 2));
    }
    o.partition_bits = phold::partition_bits(o.network);
    if (values.count("partition-bits")) {
        o.partition_bits = values["partition-bits"].as<unsigned>();
        if (o.partition_bits > 24) throw po::error("--partition-bits: want 0 to 24");
    }
    return o;
}

void print(const Trace::Entry& entry) {
    fmt::print("{:.6f}  object {} gets event {}:{}", in<seconds>(entry.event.at - kStart), entry.event.to(),
               entry.event.from(), entry.event.nth());
    if (entry.caused) fmt::print("  < {:.6f} at object {}", in<seconds>(entry.cause.at - kStart), entry.cause.to());
    fmt::print("\n");
}

double cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

void run(const Options& o) {
    Phold::Facts facts;
    World<Phold> world = phold::start(o.network, facts, o.seed);
    if (!o.sequential) world.cut(o.partition_bits);
    const double pending = static_cast<double>(o.network.objects) * o.network.start_events;
    const double span = o.events / std::max(1.0, pending) * in<seconds>(o.network.mean + o.network.lookahead);
    const Time until = std::min(kStart + from_real<seconds>(std::min(span, 1e12)), o.trace_to);

    const double cpu_start = cpu_seconds();
    const auto wall_start = std::chrono::steady_clock::now();
    if (o.trace) {
        Trace trace([&](const Trace::Entry& entry) {
            if (entry.event.at >= o.trace_from && (!o.entity || *o.entity == entry.event.to())) print(entry);
        });
        run_sequential(world, until, trace);
    } else if (o.sequential && o.statistics) {
        Statistics statistics;
        run_sequential(world, until, statistics);
        fmt::print("waiting: {:.0f} events on average, {} at most\n", statistics.mean_waiting(),
                   statistics.most_waiting);
    } else if (o.sequential) {
        run_sequential(world, until);
    } else {
        Threads threads(o.threads);
        const WindowFigures figures = run_windowed(world, until, threads);
        if (o.statistics) {
            fmt::print(
                "{} partitions, {} windows, {} of them shared, {:.0f} events in a window\n", world.partitions.size(),
                figures.windows, figures.shared,
                static_cast<double>(world.events()) / static_cast<double>(std::max<std::uint64_t>(1, figures.windows)));
        }
    }
    const double cpu = cpu_seconds() - cpu_start;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start;
    const auto events = static_cast<double>(world.events());
    if (o.digest) fmt::print("trajectory {:016x}  state {:016x}\n", world.digest().value(), hash_of(world));
    fmt::print(
        "{:.0f} events in {:.3f} s: {:.1f} ns an event on the clock, {:.1f} ns of CPU, {:.2f} million a second\n",
        events, wall.count(), wall.count() / std::max(events, 1.0) * 1e9, cpu / std::max(events, 1.0) * 1e9,
        events / wall.count() / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (const auto options = parse(argc, argv)) run(*options);
    } catch (const std::exception& error) {
        std::cerr << "entrepot-phold: " << error.what() << "\nTry --help.\n";
        return 2;
    }
}
