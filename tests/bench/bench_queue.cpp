#include <array>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/queues/calendars.hpp"
#include "bench/queues/heaps.hpp"
#include "sim/pending.hpp"

/// The pending-event set is chosen by measurement: hold operations on the kernel's wheel and on its alternatives. The
/// table of docs/pending-events.md comes from here.
namespace entrepot::queues {
namespace {

using sim::Duration;
using sim::Time;

/// Time until the next event, given the time of this one. Drawn before the clock runs, so that only queues are
/// measured.
class Delays {
public:
    enum class Law { exponential, mixed, day_and_night };

    explicit Delays(Law law) : law_(law), drawn_(1 << 16) {
        std::mt19937_64 random(1);
        std::exponential_distribution<double> hour(1 / 3.6e9);
        for (std::int64_t& delay : drawn_) {
            const bool near = random() % 10 != 0;
            const auto mixed =
                static_cast<std::int64_t>(near ? random() % 60'000'000 : 86'400'000'000 + random() % 864'000'000'000);
            delay = law == Law::mixed ? mixed : static_cast<std::int64_t>(hour(random));
        }
    }

    Time after(Time now) {
        const std::int64_t delay = drawn_[next_++ % drawn_.size()];
        if (law_ != Law::day_and_night) return now + Duration{delay};
        // Eight busy hours a day; the night has a fiftieth of their rate.
        constexpr std::int64_t kDay = 86'400'000'000, kBusy = kDay / 3;
        const std::int64_t at = now.time_since_epoch().count(), of_day = at % kDay;
        std::int64_t left = delay, then = at;
        if (of_day >= kBusy) {
            const std::int64_t night = kDay - of_day;
            if (left * 50 <= night) return now + Duration{left * 50};
            left -= night / 50;
            then += night;
        } else if (left > kBusy - of_day) {
            left -= kBusy - of_day;
            then += kBusy - of_day;
            if (left * 50 <= kDay - kBusy) return Time{Duration{then + left * 50}};
            left -= (kDay - kBusy) / 50;
            then += kDay - kBusy;
        }
        return Time{Duration{then + left}};
    }

private:
    Law law_;
    std::vector<std::int64_t> drawn_;
    std::size_t next_ = 0;
};

struct Nothing {};

/// The hold model: so many events wait; each step takes the first and puts one in, a delay later.
template <class Queue, Delays::Law law>
void hold(benchmark::State& state) {
    Delays delays(law);
    Queue queue;
    std::uint32_t nth = 0;
    const auto push = [&](Time now) {
        queue.push(Event(delays.after(now), sim::rank_of(0, 0, nth++), 0, 0, Nothing{}));
    };
    const auto size = static_cast<std::uint64_t>(state.range(0));
    while (nth < size) push(sim::kStart);
    for (std::uint64_t i = 0; i < 4 * size; ++i) push(queue.pop().at);
    for (auto _ : state) push(queue.pop().at);
    state.SetItemsProcessed(state.iterations());
}

template <Delays::Law law>
void register_all(const std::string& name) {
    const auto add = [&]<class Queue>(const char* queue) {
        benchmark::RegisterBenchmark((name + "/" + queue).c_str(), hold<Queue, law>)
            ->Arg(64)
            ->Arg(1 << 10)
            ->Arg(1 << 16)
            ->Arg(1 << 20);
    };
    add.template operator()<sim::Pending>("wheel");
    add.template operator()<BucketRing>("ring");
    add.template operator()<LadderQueue>("ladder");
    add.template operator()<CalendarQueue>("calendar");
    add.template operator()<FourAryHeap>("4-ary_heap");
    add.template operator()<StandardHeap>("std::priority_queue");
    add.template operator()<IndexHeap>("index_heap");
    add.template operator()<PairingHeap>("pairing_heap");
}

}  // namespace
}  // namespace entrepot::queues

int main(int argc, char** argv) {
    using entrepot::queues::Delays;
    using entrepot::queues::register_all;
    register_all<Delays::Law::exponential>("exponential");
    register_all<Delays::Law::mixed>("mixed");
    register_all<Delays::Law::day_and_night>("day_and_night");
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
}
