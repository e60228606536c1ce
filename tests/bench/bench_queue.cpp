#include <queue>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/pending.hpp"

namespace entrepot::sim {
namespace {

struct Later {
    bool operator()(const Event& a, const Event& b) const { return earlier(b, a); }
};

/// The binary heap that the wheel is measured against, with the same interface.
class Heap {
public:
    void push(const Event& event) { events_.push(event); }
    Event pop() {
        const Event event = events_.top();
        events_.pop();
        return event;
    }

private:
    std::priority_queue<Event, std::vector<Event>, Later> events_;
};

/// Delays drawn before the clock runs, so that only the queue is measured.
std::vector<Duration> exponential_delays() {
    std::mt19937_64 random(1);
    std::exponential_distribution<double> hour(1 / 3.6e9);
    std::vector<Duration> delays(1 << 16);
    for (Duration& delay : delays) delay = Duration{static_cast<std::int64_t>(hour(random))};
    return delays;
}

/// Nine of ten within a minute, the rest a day or more: the model's mixture, roughly.
std::vector<Duration> mixed_delays() {
    std::mt19937_64 random(1);
    std::vector<Duration> delays(1 << 16);
    for (Duration& delay : delays) {
        const bool near = random() % 10 != 0;
        delay = near ? Duration{static_cast<std::int64_t>(random() % 60'000'000)}
                     : days{1} + Duration{static_cast<std::int64_t>(random() % 864'000'000'000)};
    }
    return delays;
}

/// The hold model: so many events wait; each step takes the first and puts one in, a delay later.
template <class Queue>
void hold(benchmark::State& state, const std::vector<Duration>& delays) {
    Queue queue;
    std::uint64_t nth = 0;
    const auto push = [&](Time now) {
        const Duration delay = delays[nth % delays.size()];
        queue.push({now + delay, rank_of(0, 0, static_cast<std::uint32_t>(nth++)), 0, 0, {}});
    };
    const auto size = static_cast<std::uint64_t>(state.range(0));
    while (nth < size) push(kStart);
    for (std::uint64_t i = 0; i < 4 * size; ++i) push(queue.pop().at);
    for (auto _ : state) push(queue.pop().at);
    state.SetItemsProcessed(state.iterations());
}

void heap_exponential(benchmark::State& state) { hold<Heap>(state, exponential_delays()); }
void wheel_exponential(benchmark::State& state) { hold<Pending>(state, exponential_delays()); }
void heap_mixed(benchmark::State& state) { hold<Heap>(state, mixed_delays()); }
void wheel_mixed(benchmark::State& state) { hold<Pending>(state, mixed_delays()); }

BENCHMARK(heap_exponential)->Arg(64)->Arg(1 << 10)->Arg(1 << 16);
BENCHMARK(wheel_exponential)->Arg(64)->Arg(1 << 10)->Arg(1 << 16);
BENCHMARK(heap_mixed)->Arg(64)->Arg(1 << 10)->Arg(1 << 16);
BENCHMARK(wheel_mixed)->Arg(64)->Arg(1 << 10)->Arg(1 << 16);

}  // namespace
}  // namespace entrepot::sim
