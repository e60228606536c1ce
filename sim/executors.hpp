#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "sim/helpers.hpp"

/// Who does the work of a window: `run(count, work)` calls `work(i, worker)` once for each i below count and returns
/// when all are done. Calls with the same `worker` never overlap. What is simulated doesn't depend on the choice.
/// `sharing()` remembers whether windows were worth it.
namespace entrepot::sim {

/// Decides whether windows are worth sharing: not below a number of events where waking others costs more than they
/// help, and else by what it measures, so that more threads should be no slower than one; short runs on a machine whose
/// cores are all busy still can be (docs/kernel-speed.md). The other way is tried for some windows now and then, more
/// rarely while the verdict stands, and never for more than a small part of the time.
class Sharing {
public:
    using Time = std::chrono::nanoseconds;

    /// Whether the run is for several threads, at the moment.
    bool shares() const { return shares_ != trying_; }
    /// Whether to share the next window, if it is like the last one.
    bool worth() const { return shares() && last_events_ >= kLeastEvents; }

    /// What the window came to.
    void learn(std::uint64_t events, Time took) {
        last_events_ = events;
        const bool warm = windows_ >= kWarmUp || spent_ >= kWarmUpTime;
        if (warm) (trying_ ? trial_ : usual_).add(events, took);
        ++windows_;
        spent_ += took;
        const bool enough = warm && (windows_ >= kWarmUp + kTrial || spent_ >= kTrialTime);
        if (!enough || (!trying_ && spent_ < patience_)) return;
        if (trying_) judge();
        trying_ = !trying_;
        windows_ = 0;
        spent_ = Time{};
    }

private:
    static constexpr std::uint64_t kLeastEvents = 40;
    // Sleepers are awake and caches filled after so many windows or so long; so many or so long count.
    static constexpr unsigned kWarmUp = 16, kTrial = 48;
    static constexpr Time kWarmUpTime = std::chrono::microseconds{500}, kTrialTime = std::chrono::milliseconds{4};
    static constexpr int kRare = 50;  ///< the usual way gets so many times the trial's time
    static constexpr Time kLongest = std::chrono::milliseconds{250};

    struct Sum {
        double events = 0, nanoseconds = 0;
        void add(std::uint64_t n, Time took) {
            events += static_cast<double>(n);
            nanoseconds += static_cast<double>(took.count());
        }
        double cost() const { return nanoseconds / events; }
        Sum halved() const { return {events / 2, nanoseconds / 2}; }
    };

    void judge() {
        const bool better = trial_.cost() < 0.97 * usual_.cost();
        if (better) shares_ = !shares_;
        // A verdict is soon looked at again, and ever more rarely while it stands.
        patience_ = better ? 4 * spent_ : std::max(kRare * spent_, std::min(2 * patience_, kLongest));
        usual_ = better ? trial_ : usual_.halved();
        trial_ = Sum{};
    }

    Sum usual_, trial_;
    std::uint64_t last_events_ = kLeastEvents;
    unsigned windows_ = 0;  ///< of the trial, or since the last one
    Time spent_{};          ///< the same
    Time patience_{};       ///< until the next trial
    bool shares_ = true, trying_ = false;
};

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
    explicit Crew(std::size_t workers) : shares_(workers) {}

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
    }

    /// What a helping thread does until the crew is dismissed.
    void serve(std::size_t worker) {
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
        for (std::size_t k = 0; k < shares_.size(); ++k) {
            std::atomic<std::uint64_t>& range = shares_[(worker + k) % shares_.size()].range;
            for (;;) {
                const std::uint64_t taken = range.fetch_add(1, std::memory_order_acq_rel);
                const std::uint32_t piece = static_cast<std::uint32_t>(taken);
                if (piece >= taken >> 32) break;
                job_(work_, piece, worker);
                done_.fetch_add(1, std::memory_order_release);
            }
        }
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

    std::vector<Share> shares_;
    void (*job_)(const void* work, std::size_t piece, std::size_t worker) = nullptr;
    const void* work_ = nullptr;
    alignas(64) std::atomic<std::size_t> done_{0};  ///< pieces of the window
    alignas(64) std::atomic<std::uint32_t> window_{0};
    std::atomic<bool> dismissed_{false};
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
