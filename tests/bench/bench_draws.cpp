#include <vector>

#include <benchmark/benchmark.h>

#include "sim/distributions.hpp"
#include "sim/random.hpp"

namespace entrepot::sim {
namespace {

/// One draw at a new address, put through a distribution.
template <class Distribution>
void draw(benchmark::State& state, Distribution distribution) {
    const Draws draws(1, 0);
    std::uint32_t coordinate = 0;
    for (auto _ : state) benchmark::DoNotOptimize(distribution(draws.at(1, 77, coordinate++).uniform()));
}

void uniforms(benchmark::State& state) {
    draw(state, [](double u) { return u; });
}
void normals(benchmark::State& state) { draw(state, normal_quantile); }
void lognormals(benchmark::State& state) {
    draw(state, [](double u) { return lognormal(u, 5, 0.7); });
}
void poissons(benchmark::State& state) {
    const auto mean = static_cast<double>(state.range(0));
    draw(state, [mean](double u) { return poisson(u, mean); });
}
void discretes(benchmark::State& state) {
    std::vector<double> weights;
    for (int i = 1; i <= state.range(0); ++i) weights.push_back(1.0 / i);
    draw(state, Discrete(weights));
}

BENCHMARK(uniforms);
BENCHMARK(normals);
BENCHMARK(lognormals);
BENCHMARK(poissons)->Arg(1)->Arg(20)->Arg(400);
BENCHMARK(discretes)->Arg(10)->Arg(3000);

}  // namespace
}  // namespace entrepot::sim
