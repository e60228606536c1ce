#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/phold/bare_phold.hpp"
#include "sim/phold/phold.hpp"
#include "sim/run_sequential.hpp"
#include "sim/run_windowed.hpp"

/// Nanoseconds an event of PHOLD, side by side: without a kernel, and under each runner. They take turns of some
/// milliseconds, so that a shared machine's moods hit all alike, and a ratio is the median over the turns.
namespace entrepot::bench {
namespace {

using sim::phold::Phold;

double cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

/// Costs of the turns that one runner had [ns an event].
struct Costs {
    std::vector<double> cpu, wall;

    template <class Run, class Events>
    void measure(Run run, Events events) {
        const std::uint64_t before = events();
        const double cpu_start = cpu_seconds(), wall_start = wall_seconds();
        run();
        const double cpu_end = cpu_seconds(), wall_end = wall_seconds();
        const auto n = static_cast<double>(std::max<std::uint64_t>(1, events() - before));
        cpu.push_back((cpu_end - cpu_start) / n * 1e9);
        wall.push_back((wall_end - wall_start) / n * 1e9);
    }
};

double median_ratio(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(a[i] / b[i]);
    return median(ratios);
}

void compare(std::uint32_t objects, std::uint32_t start_events, int turns) {
    const Phold::Network network{.objects = objects, .start_events = start_events};
    const double pending = static_cast<double>(objects) * start_events;
    Phold::Facts facts;
    BarePhold bare(network, 1);
    auto sequential = sim::phold::start(network, facts, 1), windowed = sequential, parallel = sequential;
    windowed.cut(sim::phold::partition_bits(network));
    parallel.cut(sim::phold::partition_bits(network));
    sim::Inline inline_only;
    sim::Threads two_threads(2);

    // A turn is some 300 000 events, at least a tenth of the pending ones; the first ones warm up.
    const double events_in_turn = std::max(3e5, 0.25 * pending);
    const sim::Duration span{static_cast<std::int64_t>(events_in_turn / pending * 1.1e6) + 1};
    Costs of_bare, of_sequential, of_windowed, of_parallel;
    const int warm_up = 2 + static_cast<int>(3 * pending / events_in_turn);
    sim::Time until = sim::kStart;
    for (int turn = -warm_up; turn < turns; ++turn) {
        until += span;
        if (turn == 0) of_bare = of_sequential = of_windowed = of_parallel = Costs{};
        of_bare.measure([&] { bare.run((until - sim::kStart).count()); }, [&] { return bare.events(); });
        of_sequential.measure([&] { run_sequential(sequential, until); }, [&] { return sequential.events(); });
        of_windowed.measure([&] { run_windowed(windowed, until, inline_only); }, [&] { return windowed.events(); });
        of_parallel.measure([&] { run_windowed(parallel, until, two_threads); }, [&] { return parallel.events(); });
    }
    const bool same = sequential.digest() == windowed.digest() && sequential.digest() == parallel.digest() &&
                      sequential.events() == bare.events();
    fmt::print("{:>9} {:>7.1f} {:>7.1f} {:>6.2f} {:>7} {:>7.1f} {:>6.2f} {:>8.1f} {:>7.2f}  {}\n",
               fmt::format("{}x{}", objects, start_events), median(of_bare.cpu), median(of_sequential.cpu),
               median_ratio(of_sequential.cpu, of_bare.cpu), parallel.partitions.size(), median(of_windowed.cpu),
               median_ratio(of_windowed.cpu, of_bare.cpu), median(of_parallel.wall),
               median_ratio(of_windowed.wall, of_parallel.wall), same ? "" : "TRAJECTORIES DIFFER");
    std::fflush(stdout);
}

}  // namespace
}  // namespace entrepot::bench

int main(int argc, char** argv) {
    const int turns = argc > 1 ? std::atoi(argv[1]) : 21;
    fmt::print("PHOLD, ns an event; medians of {} turns. Speed-up: wall time of one thread over that of two.\n\n",
               turns);
    fmt::print("{:>9} {:>7} {:>7} {:>6} {:>7} {:>7} {:>6} {:>8} {:>7}\n", "size", "bare", "sequen.", "ratio", "parts",
               "windows", "ratio", "2 thr.", "speed-up");
    for (const std::uint32_t start_events : {1u, 16u}) {
        for (const std::uint32_t objects : {64u, 1024u, 65536u}) entrepot::bench::compare(objects, start_events, turns);
    }
}
