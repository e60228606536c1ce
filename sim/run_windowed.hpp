#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <optional>

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

/// A world between windows: what each partition has next, and what is on its way between them.
template <class Model>
class Windows {
public:
    Windows(World<Model>& world, std::size_t workers) : world_(world), workers_(workers), post_(workers, count()) {
        look_ahead();
    }

    std::size_t partitions() const { return progress_.size(); }
    /// The earliest event that has not been handled.
    Time earliest() const { return earliest_; }

    /// Where the next window ends: the lookahead after its first event. A single partition needs no end, but a look at
    /// the clock now and then while the run may be cut another way.
    Time end_before(Time until, bool may_be_cut) const {
        if (count() == 1 && !may_be_cut) return until;
        const Duration lookahead = Model::lookahead(*world_.network);
        SIM_CHECK(lookahead > Duration::zero(), "windows need a lookahead");
        const Duration span = count() == 1 ? 4 * lookahead : lookahead;
        return until - earliest_ > span ? earliest_ + span : until;
    }

    /// One partition's part of a window.
    template <class Observer>
    void work(std::size_t p, std::size_t worker, Time end, Observer& observer) {
        Partition<Model>& partition = world_.partitions[p];
        const std::uint64_t before = partition.events;
        post_.receive(p, partition.pending);
        while (partition.pending.next_at() < end) {
            const Event event = partition.pending.pop();
            handle(world_, partition, event, &post_.outbox(worker), observer);
        }
        progress_[p] = {partition.pending.next_at(), partition.events - before};
    }

    /// Ends the window; returns the number of its events.
    std::uint64_t turn() {
        std::uint64_t events = 0;
        earliest_ = post_.turn();
        for (const Progress& p : progress_) {
            earliest_ = std::min(earliest_, p.next);
            events += p.events;
        }
        return events;
    }

    /// Goes on with partitions of another size.
    void cut(unsigned bits) {
        if (bits == world_.partition_bits) return;
        close(earliest_);
        world_.cut(bits);
        post_ = Post(workers_, count());
        look_ahead();
    }

    /// Delivers what is on its way, and moves all clocks.
    void close(Time now) {
        for (std::size_t p = 0; p < count(); ++p) {
            post_.receive(p, world_.partitions[p].pending);
            world_.partitions[p].now = now;
        }
        world_.now = now;
    }

private:
    struct alignas(64) Progress {
        Time next = kNever;        ///< the partition's earliest event
        std::uint64_t events = 0;  ///< handled in the window
    };

    std::size_t count() const { return world_.partitions.size(); }

    void look_ahead() {
        progress_.assign(count(), {});
        earliest_ = kNever;
        for (Partition<Model>& p : world_.partitions) earliest_ = std::min(earliest_, p.pending.next_at());
    }

    World<Model>& world_;
    std::size_t workers_;
    std::vector<Progress> progress_;
    Post post_;
    Time earliest_ = kNever;
};

/// How the windows of a run came out.
struct WindowFigures {
    std::uint64_t windows = 0, shared = 0;           ///< all; those that several threads worked on
    std::array<std::uint64_t, 32> by_occupancy{};    ///< [k]: windows of 2^(k-1) .. 2^k - 1 events
    std::chrono::nanoseconds handling{}, turning{};  ///< in windows; between them
};

/// When the executor gets a window, and not the calling thread alone.
enum class Share { when_worth_it, always };

/// How a run is organised. Nothing of it shows in the trajectory.
struct Windowing {
    Share share = Share::when_worth_it;
    /// Bits of the partitions to use while threads share windows, and while one thread does better alone; without them
    /// the world stays as it is cut.
    struct Bits {
        unsigned shared, alone;
    };
    std::optional<Bits> bits;
};

/// Conservative time windows: no message reaches another entity within the model's lookahead, so all partitions can
/// handle, each for itself, the events from the earliest one on until the lookahead later.
template <class Model, class Executor, class Observer = Unobserved>
WindowFigures run_windowed(World<Model>& world, Time until, Executor& executor, Observer&& observer = {},
                           Windowing windowing = {}) {
    using Wall = std::chrono::steady_clock;
    Sharing& sharing = executor.sharing();
    const bool alone = executor.workers() == 1;
    const bool may_be_cut = !alone && windowing.bits && windowing.bits->shared != windowing.bits->alone;
    const bool always = windowing.share == Share::always;
    WindowFigures figures;
    Windows<Model> windows(world, executor.workers());
    Wall::time_point then = Wall::now();
    while (windows.earliest() < until) {
        if (windowing.bits) {
            windows.cut(alone || !(always || sharing.shares()) ? windowing.bits->alone : windowing.bits->shared);
        }
        const Time end = windows.end_before(until, may_be_cut);
        const auto work = [&](std::size_t partition, std::size_t worker) {
            windows.work(partition, worker, end, observer);
        };
        const bool share = !alone && windows.partitions() > 1 && (always || sharing.worth());
        share ? executor.run(windows.partitions(), work) : Inline{}.run(windows.partitions(), work);

        const Wall::time_point now = Wall::now();
        const std::uint64_t events = windows.turn();
        if (!alone) sharing.learn(events, now - then);
        ++figures.windows;
        figures.shared += share;
        ++figures.by_occupancy[std::min<std::size_t>(std::bit_width(events), 31)];
        figures.handling += now - then;
        then = Wall::now();
        figures.turning += then - now;
    }
    windows.close(until);
    return figures;
}

}  // namespace entrepot::sim
