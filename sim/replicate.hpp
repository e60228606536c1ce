#pragma once

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "sim/helpers.hpp"

namespace entrepot::sim {

/// Independent jobs in parallel, their results in order.
///
/// Runs `work(i)` for i = 0 .. count-1 on at most `threads` threads, and gives each result to `done(i, result)` in the
/// order of i, one at a time. `work` returns an optional: nothing means that the job was abandoned, and ends the run
/// like a stop request. After a stop no job begins; the results that form a prefix are delivered and the rest is
/// dropped: the mean over what a time limit leaves is right but for the chance that the first job would have taken
/// longer (Glynn and Heidelberger, 1990). At most 2 x threads results wait for their turn. The first exception, of a
/// job or of `done`, is thrown again here; after it nothing more is delivered.
///
/// Returns the number of results delivered.
template <class Work, class Done>
std::size_t replicate(std::size_t count, std::size_t threads, std::stop_token stop, Work work, Done done) {
    using Result = typename decltype(work(std::size_t{}))::value_type;
    std::mutex mutex;
    std::condition_variable turn;
    std::map<std::size_t, Result> waiting;
    std::size_t next = 0, delivered = 0;
    bool ended = false;
    std::exception_ptr failure;

    // The next job to begin, once it is near enough to the one that is delivered next.
    const auto take = [&]() -> std::optional<std::size_t> {
        std::unique_lock lock(mutex);
        turn.wait(lock, [&] { return ended || next >= count || next < delivered + 2 * threads; });
        if (ended || next >= count || stop.stop_requested()) return std::nullopt;
        return next++;
    };
    const auto deliver = [&](std::size_t job, std::optional<Result> result) {
        if (failure) return;
        if (!result) ended = true;
        if (result) waiting.emplace(job, std::move(*result));
        for (auto first = waiting.extract(delivered); first; first = waiting.extract(delivered)) {
            done(delivered, std::move(first.mapped()));
            ++delivered;
        }
    };
    const auto worker = [&] {
        while (const auto job = take()) {
            std::optional<Result> result;
            std::exception_ptr thrown;
            try {
                result = work(*job);
            } catch (...) {
                thrown = std::current_exception();
            }
            const std::scoped_lock lock(mutex);  // until a failure is known: nobody delivers after it
            try {
                if (thrown) std::rethrow_exception(thrown);
                deliver(*job, std::move(result));
            } catch (...) {
                if (!failure) failure = std::current_exception();
                ended = true;
            }
            turn.notify_all();
        }
    };

    {
        const Helpers helpers(threads, [&worker](std::size_t) { worker(); });
        worker();
    }
    if (failure) std::rethrow_exception(failure);
    return delivered;
}

}  // namespace entrepot::sim
