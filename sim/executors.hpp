#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

/// Who does the work of a window: `run(count, work)` calls `work(i, worker)` once for each i below count and returns
/// when all are done. Calls with the same `worker` never overlap. What is simulated doesn't depend on the choice.
namespace entrepot::sim {

/// One after the other, on the calling thread.
class Inline {
public:
    static constexpr std::size_t workers() { return 1; }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        for (std::size_t i = 0; i < count; ++i) work(i, 0);
    }
};

/// Deals numbered pieces of work to workers. Each begins with its own share, the same in every window, so that a
/// partition stays in one core's cache; whoever is done helps the others, so that a thread that the machine gave no
/// time to holds up no one.
class Shares {
public:
    explicit Shares(std::size_t workers) : shares_(workers) {}

    std::size_t workers() const { return shares_.size(); }

    void deal(std::size_t count) {
        const std::size_t n = shares_.size();
        for (std::size_t w = 0; w < n; ++w) {
            shares_[w].next.store(count * w / n, std::memory_order_relaxed);
            shares_[w].end = count * (w + 1) / n;
        }
    }

    template <class Work>
    void do_all(std::size_t worker, const Work& work) {
        for (std::size_t k = 0; k < shares_.size(); ++k) {
            Share& share = shares_[(worker + k) % shares_.size()];
            for (std::size_t i; (i = share.next.fetch_add(1, std::memory_order_relaxed)) < share.end;) work(i, worker);
        }
    }

private:
    struct alignas(64) Share {
        std::atomic<std::size_t> next{0};
        std::size_t end = 0;
    };
    std::vector<Share> shares_;
};

/// On TBB's threads.
class TbbThreads {
public:
    explicit TbbThreads(std::size_t workers)
        : allow_(tbb::global_control::max_allowed_parallelism, workers),
          arena_(static_cast<int>(workers)),
          shares_(workers) {}

    std::size_t workers() const { return shares_.workers(); }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        shares_.deal(count);
        arena_.execute([&] {
            tbb::parallel_for(
                std::size_t{0}, workers(), [&](std::size_t worker) { shares_.do_all(worker, work); },
                tbb::simple_partitioner{});
        });
    }

private:
    tbb::global_control allow_;
    tbb::task_arena arena_;
    Shares shares_;
};

/// On threads of its own that sleep between windows: slow, but ThreadSanitizer sees all of it (it knows nothing of the
/// inside of Debian's TBB and gives false alarms there).
class StdThreads {
public:
    explicit StdThreads(std::size_t workers) : shares_(workers) {
        for (std::size_t w = 1; w < workers; ++w) threads_.emplace_back([this, w] { serve(w); });
    }
    ~StdThreads() {
        {
            const std::scoped_lock lock(mutex_);
            ended_ = true;
        }
        begin_.notify_all();
    }

    std::size_t workers() const { return shares_.workers(); }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        shares_.deal(count);
        {
            const std::scoped_lock lock(mutex_);
            job_ = [&](std::size_t worker) { shares_.do_all(worker, work); };
            at_work_ = threads_.size();
            ++window_;
        }
        begin_.notify_all();
        job_(0);
        std::unique_lock lock(mutex_);
        done_.wait(lock, [this] { return at_work_ == 0; });
    }

private:
    void serve(std::size_t worker) {
        for (std::size_t seen = 0;;) {
            {
                std::unique_lock lock(mutex_);
                begin_.wait(lock, [&] { return ended_ || window_ != seen; });
                if (ended_) return;
                seen = window_;
            }
            job_(worker);
            const std::scoped_lock lock(mutex_);
            if (--at_work_ == 0) done_.notify_one();
        }
    }

    Shares shares_;
    std::mutex mutex_;
    std::condition_variable begin_, done_;
    std::function<void(std::size_t)> job_;
    std::size_t window_ = 0, at_work_ = 0;
    bool ended_ = false;
    std::vector<std::jthread> threads_;  ///< the last member: they end before the rest does
};

/// Decides window by window whether it is worth sharing: never below a number of events where waking others costs more
/// than they help, and else by what it measures. So more threads are no slower than one, also on a machine whose other
/// cores are busy with something else. The way that seems slower is tried again now and then, less often while the
/// verdict stands.
class Sharing {
public:
    static constexpr std::uint64_t kLeastEvents = 100;

    /// Whether to share the next window, if it is like the last one.
    bool worth() {
        if (last_events_ < kLeastEvents) return false;
        const bool better = cost_[1] <= cost_[0];
        if (++since_trial_ < patience_) return better;
        since_trial_ = 0;
        patience_ = std::min(2 * patience_, 512u);
        return !better;
    }

    /// What the window came to.
    void learn(bool shared, std::uint64_t events, std::chrono::nanoseconds took) {
        last_events_ = events;
        if (events < kLeastEvents) return;
        const double cost = static_cast<double>(took.count()) / static_cast<double>(events);
        double& mean = cost_[shared];
        const bool before = cost_[1] <= cost_[0];
        mean = mean == 0 ? cost : mean + (cost - mean) / 4;
        if ((cost_[1] <= cost_[0]) != before) patience_ = 8;
    }

private:
    std::array<double, 2> cost_{};  ///< [inline, shared]: nanoseconds an event; 0 = not known
    std::uint64_t last_events_ = 0;
    unsigned since_trial_ = 0, patience_ = 8;
};

}  // namespace entrepot::sim
