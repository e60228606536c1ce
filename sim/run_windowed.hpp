#pragma once

#include <array>
#include <bit>
#include <chrono>

#include "sim/executors.hpp"
#include "sim/world.hpp"

namespace entrepot::sim {

/// Messages between partitions. What is sent in one window is received in the next: each worker writes to its own
/// outbox, and each partition empties its box of every worker before it goes on. No locks, and the order in which
/// messages are taken out means nothing, since pending events have a total order.
class Post {
public:
    Post(std::size_t workers, std::size_t partitions) : rows_{Row(workers), Row(workers)} {
        for (Row& row : rows_) {
            for (Outbox& outbox : row) outbox.to.resize(partitions);
        }
    }

    /// The outbox of a worker, for this window.
    Outbox& outbox(std::size_t worker) { return rows_[now_][worker]; }

    /// Takes what the last window sent to a partition.
    void receive(std::size_t partition, Pending& pending) {
        for (Outbox& outbox : rows_[1 - now_]) {
            for (const Event& event : outbox.to[partition]) pending.push(event);
            outbox.to[partition].clear();
        }
    }

    /// Ends the window; returns the time of the earliest message that was sent in it.
    Time turn() {
        Time earliest = kNever;
        for (Outbox& outbox : rows_[now_]) earliest = std::min(earliest, std::exchange(outbox.earliest, kNever));
        now_ = 1 - now_;
        return earliest;
    }

private:
    using Row = std::vector<Outbox>;
    Row rows_[2];
    int now_ = 0;
};

/// How the windows of a run came out.
struct WindowFigures {
    std::uint64_t windows = 0, shared = 0;           ///< all; those that several threads worked on
    std::array<std::uint64_t, 32> by_occupancy{};    ///< [k]: windows of 2^(k-1) .. 2^k - 1 events
    std::chrono::nanoseconds handling{}, turning{};  ///< in windows; between them
};

/// When the executor gets a window, and not the calling thread alone.
enum class Share { when_worth_it, always };

/// Conservative time windows: no message reaches another entity within the model's lookahead, so all partitions can
/// handle, each for itself, the events from the earliest one on until the lookahead later.
template <class Model, class Executor, class Observer = Unobserved>
WindowFigures run_windowed(World<Model>& world, Time until, Executor& executor, Observer&& observer = {},
                           Share when = Share::when_worth_it) {
    using Wall = std::chrono::steady_clock;
    const std::size_t count = world.partitions.size();
    const Duration lookahead = count > 1 ? Model::lookahead(*world.network) : until - world.now;
    SIM_CHECK(lookahead > Duration{0} || until <= world.now, "windows need a lookahead");
    struct alignas(64) Progress {
        Time next = kNever;        ///< the partition's earliest event
        std::uint64_t events = 0;  ///< handled in the window
    };
    std::vector<Progress> progress(count);
    Post post(executor.workers(), count);
    Sharing& sharing = executor.sharing();
    WindowFigures figures;
    Time earliest = kNever;
    for (Partition<Model>& partition : world.partitions) earliest = std::min(earliest, partition.pending.next_at());

    Wall::time_point then = Wall::now();
    while (earliest < until) {
        const Time end = until - earliest > lookahead ? earliest + lookahead : until;
        const auto work = [&](std::size_t p, std::size_t worker) {
            Partition<Model>& partition = world.partitions[p];
            const std::uint64_t before = partition.events;
            post.receive(p, partition.pending);
            while (partition.pending.next_at() < end) {
                const Event event = partition.pending.pop();
                handle(world, partition, event, &post.outbox(worker), observer);
            }
            progress[p] = {partition.pending.next_at(), partition.events - before};
        };
        const bool share = executor.workers() > 1 && count > 1 && (when == Share::always || sharing.worth());
        share ? executor.run(count, work) : Inline{}.run(count, work);

        const Wall::time_point now = Wall::now();
        earliest = post.turn();
        std::uint64_t events = 0;
        for (const Progress& p : progress) {
            earliest = std::min(earliest, p.next);
            events += p.events;
        }
        sharing.learn(events, now - then);
        ++figures.windows;
        figures.shared += share;
        ++figures.by_occupancy[std::min<std::size_t>(std::bit_width(events), 31)];
        figures.handling += now - then;
        then = Wall::now();
        figures.turning += then - now;
    }
    for (std::size_t p = 0; p < count; ++p) {
        post.receive(p, world.partitions[p].pending);
        world.partitions[p].now = until;
    }
    world.now = until;
    return figures;
}

}  // namespace entrepot::sim
