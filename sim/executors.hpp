#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "sim/check.hpp"
#include "sim/helpers.hpp"
#include "sim/sharing.hpp"

/// Who does the work of a window: `run(count, work)` calls `work(i, worker)` once for each i below count and returns
/// when all are done. Calls with the same `worker` never overlap. What is simulated doesn't depend on the choice.
/// `sharing()` remembers whether windows were worth it.
namespace entrepot::sim {

/// One after the other, on the calling thread.
class Inline {
public:
    static constexpr std::size_t workers() { return 1; }
    Sharing& sharing() { return sharing_; }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        for (std::size_t i = 0; i < count; ++i) work(i, 0);
    }

private:
    Sharing sharing_;
};

/// Threads that help with windows while they are there. The calling thread deals the pieces, works on them itself and
/// waits only for pieces that another has begun; a thread that the machine gave no time to holds up no one. Each begins
/// with its own share, the same in every window, so that a partition stays in one core's cache, and then helps the
/// others. Between windows helpers spin, then yield, then sleep.
class Crew {
public:
    /// Where the calling thread runs under check, its helpers do, too.
    explicit Crew(std::size_t workers) : under_check_(RunUnderCheck::lives()), shares_(workers) {}

    std::size_t workers() const { return shares_.size(); }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        job_ = [](const void* w, std::size_t piece, std::size_t worker) {
            (*static_cast<const Work*>(w))(piece, worker);
        };
        work_ = &work;
        done_.store(0, std::memory_order_relaxed);
        const std::size_t n = shares_.size();
        for (std::size_t w = 0; w < n; ++w) {
            // Who takes a piece sees the job that it belongs to.
            shares_[w].range.store((count * (w + 1) / n) << 32 | (count * w / n), std::memory_order_release);
        }
        window_.fetch_add(1, std::memory_order_release);
        window_.notify_all();
        work_on(0);
        for (unsigned spins = 0; done_.load(std::memory_order_acquire) != count; ++spins) pause(spins);
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    }

    /// What a helping thread does until the crew is dismissed.
    void serve(std::size_t worker) {
        std::optional<RunUnderCheck> check;
        if (under_check_) check.emplace();
        constexpr unsigned kAwake = 2'000;
        for (std::uint32_t seen = 0; !dismissed_.load(std::memory_order_acquire);) {
            std::uint32_t window = window_.load(std::memory_order_acquire);
            for (unsigned spins = 0; window == seen && spins < kAwake; ++spins) {
                pause(spins);
                window = window_.load(std::memory_order_acquire);
            }
            if (window == seen) window_.wait(seen, std::memory_order_acquire);
            seen = window;
            work_on(worker);
        }
    }

    void dismiss() {
        dismissed_.store(true, std::memory_order_release);
        window_.fetch_add(1, std::memory_order_release);
        window_.notify_all();
    }

private:
    struct alignas(64) Share {
        std::atomic<std::uint64_t> range{0};  ///< the end in the upper half, the next piece in the lower
    };

    void work_on(std::size_t worker) {
        std::size_t pieces = 0;
        for (std::size_t k = 0; k < shares_.size(); ++k) {
            std::atomic<std::uint64_t>& range = shares_[(worker + k) % shares_.size()].range;
            for (;;) {
                const std::uint64_t taken = range.fetch_add(1, std::memory_order_acq_rel);
                const std::uint32_t piece = static_cast<std::uint32_t>(taken);
                if (piece >= taken >> 32) break;
                try {
                    job_(work_, piece, worker);
                } catch (...) {
                    const std::scoped_lock lock(failing_);
                    if (!failure_) failure_ = std::current_exception();
                }
                ++pieces;
            }
        }
        if (pieces > 0) done_.fetch_add(pieces, std::memory_order_release);
    }

    static void pause(unsigned spins) {
        if (spins > 1'000) {
            std::this_thread::yield();
        } else {
#if defined(__x86_64__)
            __builtin_ia32_pause();
#endif
        }
    }

    // What helpers read when a window begins shares a cache line.
    alignas(64) std::atomic<std::uint32_t> window_{0};
    std::atomic<bool> dismissed_{false};
    void (*job_)(const void* work, std::size_t piece, std::size_t worker) = nullptr;
    const void* work_ = nullptr;
    const bool under_check_;
    std::mutex failing_;
    std::exception_ptr failure_;  ///< of a piece of the window; the first one is thrown on the calling thread
    alignas(64) std::atomic<std::size_t> done_{0};  ///< pieces of the window
    alignas(64) std::vector<Share> shares_;
};

/// The calling thread and helpers.
template <class Helping>
class Crewed {
public:
    explicit Crewed(std::size_t workers)
        : crew_(workers), helpers_(workers, [this](std::size_t worker) { crew_.serve(worker); }) {}
    ~Crewed() { crew_.dismiss(); }
    Crewed(const Crewed&) = delete;
    Crewed& operator=(const Crewed&) = delete;

    std::size_t workers() const { return crew_.workers(); }
    Sharing& sharing() { return sharing_; }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        crew_.run(count, work);
    }

private:
    Crew crew_;
    Sharing sharing_;
    Helping helpers_;  ///< the last member: they end before the crew does
};

using Threads = Crewed<Helpers>;
using StdThreads = Crewed<StdHelpers>;

}  // namespace entrepot::sim
