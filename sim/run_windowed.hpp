#pragma once

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

/// Conservative time windows: no message reaches another entity within the model's lookahead, so all partitions can
/// handle, each for itself, the events from the earliest one on until the lookahead later.
template <class Model, class Executor>
void run_windowed(World<Model>& world, Time until, Executor& executor) {
    const std::size_t count = world.partitions.size();
    const Duration lookahead = count > 1 ? Model::lookahead(*world.network) : until - world.now;
    SIM_CHECK(lookahead > Duration{0}, "windows need a lookahead");
    struct alignas(64) Progress {
        Time next;  ///< the partition's earliest event
    };
    std::vector<Progress> progress(count);
    Post post(executor.workers(), count);
    Time earliest = kNever;
    for (std::size_t p = 0; p < count; ++p) earliest = std::min(earliest, world.partitions[p].pending.next_at());

    while (earliest < until) {
        const Time end = until - earliest > lookahead ? earliest + lookahead : until;
        executor.run(count, [&](std::size_t p, std::size_t worker) {
            Partition<Model>& partition = world.partitions[p];
            post.receive(p, partition.pending);
            while (partition.pending.next_at() < end) {
                const Event event = partition.pending.pop();
                handle(world, partition, event, &post.outbox(worker));
            }
            progress[p].next = partition.pending.next_at();
        });
        earliest = post.turn();
        for (const Progress& p : progress) earliest = std::min(earliest, p.next);
    }
    for (std::size_t p = 0; p < count; ++p) {
        post.receive(p, world.partitions[p].pending);
        world.partitions[p].now = until;
    }
    world.now = until;
}

}  // namespace entrepot::sim
