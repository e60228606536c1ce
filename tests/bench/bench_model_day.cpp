#include <span>

#include <benchmark/benchmark.h>

#include "models/network_fixture.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"

namespace entrepot {
namespace {

/// The day of a network of 6 sites, one after the other from day 30 on: what a user pays per event and per order line.
/// The lines are the same for few items and for many, so that the ratio of the times per line is what items cost.
void model_day(benchmark::State& state, const tests::FixtureStrategy& strategy) {
    tests::FixtureSize size;
    size.sites = 6;
    size.items = static_cast<std::uint32_t>(state.range(0));
    size.orders_per_day = 400;
    size.days = 291;
    size.pickers = 14;
    models::Network network = tests::small_network(size);
    network.office.planners = 7;
    network.office.service_agents = 8;
    tests::follow(network, strategy);

    std::uint64_t lines = 0;
    models::FactLog log([&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            fact.visit(
                [&](const auto& f) { lines += std::is_same_v<std::decay_t<decltype(f)>, models::LineFirstPass>; });
        }
    });
    models::World world = models::start_world(network, 1, 0, log);
    int day = 30;
    sim::run_sequential(world, sim::kStart + sim::days{day});
    log.flush();
    lines = 0;
    const std::uint64_t before = world.events();
    for (auto _ : state) sim::run_sequential(world, sim::kStart + sim::days{++day});
    log.flush();

    using Counter = benchmark::Counter;
    const auto kTimePer = Counter::kIsRate | Counter::kInvert;  // printed as a time for each
    state.counters["per_event"] = Counter(static_cast<double>(world.events() - before), kTimePer);
    state.counters["per_line"] = Counter(static_cast<double>(lines), kTimePer);
}

void manual_day(benchmark::State& state) { model_day(state, tests::manual_strategy()); }
void orchestrated_day(benchmark::State& state) { model_day(state, tests::orchestrated_strategy()); }

BENCHMARK(manual_day)->Arg(3000)->Arg(50'000)->Unit(benchmark::kMillisecond)->Iterations(90);
BENCHMARK(orchestrated_day)->Arg(3000)->Arg(50'000)->Unit(benchmark::kMillisecond)->Iterations(90);

}  // namespace
}  // namespace entrepot
