#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

/// Who does the work of a window: `run(count, work)` calls `work(i, worker)` once for each i below count and returns
/// when all are done. Calls with the same `worker` never overlap.
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

/// On TBB's threads. Each worker begins with its own share, the same in every window, so that a partition stays in one
/// core's cache; whoever is done helps the others, so that a thread that the machine gave no time to holds up no one.
class Tbb {
public:
    explicit Tbb(std::size_t workers) : arena_(static_cast<int>(workers)), shares_(workers) {}

    std::size_t workers() const { return shares_.size(); }

    template <class Work>
    void run(std::size_t count, const Work& work) {
        const std::size_t n = shares_.size();
        for (std::size_t w = 0; w < n; ++w) {
            shares_[w].next.store(count * w / n, std::memory_order_relaxed);
            shares_[w].end = count * (w + 1) / n;
        }
        arena_.execute([&] {
            tbb::parallel_for(
                std::size_t{0}, n,
                [&](std::size_t worker) {
                    for (std::size_t k = 0; k < n; ++k) {
                        Share& share = shares_[(worker + k) % n];
                        for (std::size_t i; (i = share.next.fetch_add(1, std::memory_order_relaxed)) < share.end;) {
                            work(i, worker);
                        }
                    }
                },
                tbb::simple_partitioner{});
        });
    }

private:
    struct alignas(64) Share {
        std::atomic<std::size_t> next{0};
        std::size_t end = 0;
    };
    tbb::task_arena arena_;
    std::vector<Share> shares_;
};

}  // namespace entrepot::sim
