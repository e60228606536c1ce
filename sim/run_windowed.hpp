#pragma once

#include <array>
#include <bit>
#include <chrono>

#include "sim/executors.hpp"
#include "sim/world.hpp"

namespace entrepot::sim {

/// What a worker did in a window: messages that it sent, and what it leaves for later. It is opened by the worker
/// itself, so that its memory stays with that worker's core but for what the others read.
struct alignas(64) Work {
    std::uint64_t window = 0;  ///< the one that all of this is about
    std::uint64_t events = 0;
    Outbox outbox;

    void open(std::uint64_t now) {
        if (window == now) return;
        window = now;
        events = 0;
        outbox.earliest = kNever;
        for (std::vector<Event>& messages : outbox.to) messages.clear();
    }
};

/// A world between windows: what is next, and what is on its way between partitions. What is sent in one window is
/// received in the next: each worker writes to its own outbox, and each partition takes what is for it from all of
/// them before it goes on. No locks, and the order in which messages are taken means nothing, since pending events have
/// a total order.
template <class Model>
class Windows {
public:
    Windows(World<Model>& world, std::size_t workers) : world_(world), work_{Row(workers), Row(workers)} {
        for (Row& row : work_) {
            for (Work& work : row) work.outbox.to.resize(partitions());
        }
        for (Partition<Model>& p : world_.partitions) earliest_ = std::min(earliest_, p.pending.next_at());
    }

    std::size_t partitions() const { return world_.partitions.size(); }
    /// The earliest event that has not been handled.
    Time earliest() const { return earliest_; }

    /// Where the next window ends: the lookahead after its first event. A single partition needs no end.
    Time end_before(Time until) const {
        if (partitions() == 1) return until;
        const Duration lookahead = Model::lookahead(*world_.network);
        SIM_CHECK(lookahead > Duration::zero(), "windows need a lookahead");
        return until - earliest_ > lookahead ? earliest_ + lookahead : until;
    }

    /// One partition's part of a window.
    template <class Observer>
    void handle_until(Time end, std::size_t p, std::size_t worker, Observer& observer) {
        Partition<Model>& partition = world_.partitions[p];
        Work& work = work_[window_ % 2][worker];
        work.open(window_);
        receive(p);
        const std::uint64_t before = partition.events;
        while (partition.pending.next_at() < end) {
            const Event event = partition.pending.pop();
            handle(world_, partition, event, end, &work.outbox, observer);
        }
        work.events += partition.events - before;
        work.outbox.earliest = std::min(work.outbox.earliest, partition.pending.next_at());
    }

    /// Ends the window; returns the number of its events.
    std::uint64_t turn() {
        std::uint64_t events = 0;
        earliest_ = kNever;
        for (const Work& work : work_[window_ % 2]) {
            if (work.window != window_) continue;  // others did it all
            events += work.events;
            earliest_ = std::min(earliest_, work.outbox.earliest);
        }
        ++window_;
        return events;
    }

    /// Delivers what is on its way, and moves all clocks.
    void close(Time now) {
        for (std::size_t p = 0; p < partitions(); ++p) {
            receive(p);
            world_.partitions[p].now = now;
        }
        world_.now = now;
    }

private:
    using Row = std::vector<Work>;

    /// Takes what the last window sent to a partition.
    void receive(std::size_t p) {
        Pending& pending = world_.partitions[p].pending;
        for (const Work& work : work_[(window_ - 1) % 2]) {
            if (work.window != window_ - 1) continue;
            const std::vector<Event>& messages = work.outbox.to[p];
            // Another core wrote them: ask for all at once.
            for (const Event& event : messages) __builtin_prefetch(&event);
            for (const Event& event : messages) pending.push(event);
        }
    }

    World<Model>& world_;
    Row work_[2];  ///< by worker, of this window and of the last one, in turn
    std::uint64_t window_ = 1;
    Time earliest_ = kNever;
};

/// How the windows of a run came out.
struct WindowFigures {
    std::uint64_t windows = 0, shared = 0;           ///< all; those that several threads worked on
    std::array<std::uint64_t, 32> by_occupancy{};    ///< [k]: windows of 2^(k-1) .. 2^k - 1 events
    std::chrono::nanoseconds handling{}, turning{};  ///< in windows; between them. One thread looks at every 16th
};

/// When the executor gets a window, and not the calling thread alone. Nothing of it shows in the trajectory.
enum class Share { when_worth_it, always };

/// Conservative time windows: no message reaches another entity within the model's lookahead, so all partitions can
/// handle, each for itself, the events from the earliest one on until the lookahead later.
template <class Model, class Executor, class Observer = Unobserved>
WindowFigures run_windowed(World<Model>& world, Time until, Executor& executor, Observer&& observer = {},
                           Share share = Share::when_worth_it) {
    using Wall = std::chrono::steady_clock;
    Sharing& sharing = executor.sharing();
    const bool alone = executor.workers() == 1;
    WindowFigures figures;
    Windows<Model> windows(world, executor.workers());
    while (windows.earliest() < until) {
        // One thread has no use for the time but to tell it: a look now and then is enough.
        constexpr int kNowAndThen = 16;
        const int stands_for = !alone ? 1 : figures.windows % kNowAndThen == 0 ? kNowAndThen : 0;
        const auto clock = [stands_for] { return stands_for > 0 ? Wall::now() : Wall::time_point{}; };
        const Wall::time_point start = clock();
        const Time end = windows.end_before(until);
        const auto work = [&windows, &observer, end](std::size_t partition, std::size_t worker) {
            windows.handle_until(end, partition, worker, observer);
        };
        const bool shared = !alone && windows.partitions() > 1 && (share == Share::always || sharing.worth());
        shared ? executor.run(windows.partitions(), work) : Inline{}.run(windows.partitions(), work);

        const Wall::time_point worked = clock();
        const std::uint64_t events = windows.turn();
        if (!alone) sharing.learn(events, worked - start);
        ++figures.windows;
        figures.shared += shared;
        ++figures.by_occupancy[std::min<std::size_t>(std::bit_width(events), 31)];
        figures.handling += stands_for * (worked - start);
        figures.turning += stands_for * (clock() - worked);
    }
    windows.close(until);
    return figures;
}

}  // namespace entrepot::sim
