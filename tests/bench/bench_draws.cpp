#include <utility>
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
void exponentials(benchmark::State& state) {
    draw(state, [](double u) { return exponential(u, 3); });
}
void gammas(benchmark::State& state) {
    const double shape = static_cast<double>(state.range(0)) / 10;
    draw(state, [shape](double u) { return gamma(u, shape, 2); });
}
void lognormals(benchmark::State& state) {
    draw(state, [](double u) { return lognormal(u, 5, 0.7); });
}
void lognormals_by_median(benchmark::State& state) {
    draw(state, [](double u) { return lognormal_median(u, 5, 0.4); });
}
void triangulars(benchmark::State& state) {
    draw(state, [](double u) { return triangular(u, 1, 2, 6); });
}
void geometrics(benchmark::State& state) {
    draw(state, [](double u) { return geometric(u, 4); });
}
void poissons(benchmark::State& state) {
    const auto mean = static_cast<double>(state.range(0));
    draw(state, [mean](double u) { return poisson(u, mean); });
}
void negative_binomials(benchmark::State& state) {
    const auto mean = static_cast<double>(state.range(0)), dispersion = static_cast<double>(state.range(1));
    draw(state, [=](double u) { return negative_binomial(u, mean, dispersion * mean); });
}
void empiricals(benchmark::State& state) {
    std::vector<double> sample;
    for (int i = 0; i < state.range(0); ++i) sample.push_back(0.1 * i * i);
    draw(state, Empirical(std::move(sample)));
}
void discretes(benchmark::State& state) {
    std::vector<double> weights;
    for (int i = 1; i <= state.range(0); ++i) weights.push_back(1.0 / i);
    draw(state, Discrete(weights));
}

BENCHMARK(uniforms);
BENCHMARK(normals);
BENCHMARK(exponentials);
BENCHMARK(gammas)->ArgName("10_shape")->Arg(4)->Arg(25)->Arg(300);
BENCHMARK(lognormals);
BENCHMARK(lognormals_by_median);
BENCHMARK(triangulars);
BENCHMARK(geometrics);
BENCHMARK(poissons)->ArgName("mean")->Arg(1)->Arg(20)->Arg(400);
BENCHMARK(negative_binomials)->ArgNames({"mean", "dispersion"})->Args({2, 4})->Args({20, 4})->Args({400, 4});
BENCHMARK(empiricals)->ArgName("size")->Arg(10)->Arg(3000);
BENCHMARK(discretes)->ArgName("size")->Arg(10)->Arg(3000);

}  // namespace
}  // namespace entrepot::sim
