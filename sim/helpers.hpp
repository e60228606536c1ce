#pragma once

#include <cstddef>
#include <optional>
#include <thread>
#include <vector>

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

/// Threads beside the calling one: `serve(worker)` runs once on each, for worker = 1 .. workers - 1, and the destructor
/// waits until all have returned.
namespace entrepot::sim {

/// On TBB's threads, which all parts of a program share.
class TbbHelpers {
public:
    template <class Serve>
    TbbHelpers(std::size_t workers, Serve serve) : arena_(static_cast<int>(workers)) {
        if (workers == 1) return;  // whoever runs replications beside this one keeps all threads
        allow_.emplace(tbb::global_control::max_allowed_parallelism, workers);
        arena_.execute([&] {
            for (std::size_t w = 1; w < workers; ++w) group_.run([serve, w] { serve(w); });
        });
    }
    ~TbbHelpers() {
        arena_.execute([&] { group_.wait(); });
    }

private:
    std::optional<tbb::global_control> allow_;
    tbb::task_arena arena_;
    tbb::task_group group_;
};

/// On threads of their own.
class StdHelpers {
public:
    template <class Serve>
    StdHelpers(std::size_t workers, Serve serve) {
        for (std::size_t w = 1; w < workers; ++w) threads_.emplace_back([serve, w] { serve(w); });
    }

private:
    std::vector<std::jthread> threads_;
};

#if defined(__SANITIZE_THREAD__)
// ThreadSanitizer sees nothing of the inside of Debian's TBB, and takes every hand-over there for a race.
using Helpers = StdHelpers;
#else
using Helpers = TbbHelpers;
#endif

}  // namespace entrepot::sim
