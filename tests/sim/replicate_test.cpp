#include "sim/replicate.hpp"

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace entrepot::sim {
namespace {

using Numbers = std::vector<std::size_t>;

Numbers first(std::size_t n) {
    Numbers numbers(n);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

/// A job whose duration goes up and down, so that results come out of order.
std::optional<std::size_t> uneven(std::size_t job) {
    std::this_thread::sleep_for(std::chrono::microseconds(job % 4 == 0 ? 900 : 50));
    return job * job;
}

TEST(Replicate, DeliversInOrderOnAnyNumberOfThreads) {
    for (const std::size_t threads : {1, 2, 4}) {
        Numbers jobs, results;
        std::atomic<int> inside = 0;
        const std::size_t delivered = replicate(100, threads, {}, uneven, [&](std::size_t job, std::size_t result) {
            EXPECT_EQ(++inside, 1);
            jobs.push_back(job);
            results.push_back(result);
            --inside;
        });
        EXPECT_EQ(delivered, 100u);
        EXPECT_EQ(jobs, first(100));
        for (std::size_t job = 0; job < results.size(); ++job) ASSERT_EQ(results[job], job * job);
    }
}

TEST(Replicate, RunsNoFurtherAheadThanTwiceTheThreads) {
    std::atomic<std::size_t> delivered = 0, furthest = 0;
    const auto work = [&](std::size_t job) {
        if (job == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        std::size_t ahead = job - std::min(job, delivered.load());
        for (std::size_t seen = furthest; seen < ahead && !furthest.compare_exchange_weak(seen, ahead);) {
        }
        return std::optional(job);
    };
    EXPECT_EQ(replicate(200, 3, {}, work, [&](std::size_t job, std::size_t) { delivered = job + 1; }), 200u);
    EXPECT_LE(furthest, 2u * 3u);
}

TEST(Replicate, DeliversAPrefixAfterAStop) {
    for (const std::size_t threads : {1, 2, 4}) {
        std::stop_source stop;
        std::atomic<std::size_t> begun = 0;
        Numbers jobs;
        const auto work = [&](std::size_t job) {
            ++begun;
            return uneven(job);
        };
        const std::size_t delivered =
            replicate(1000, threads, stop.get_token(), work, [&](std::size_t job, std::size_t) {
                jobs.push_back(job);
                if (job == 20) stop.request_stop();
            });
        EXPECT_EQ(jobs, first(delivered));
        EXPECT_GE(delivered, 21u);
        EXPECT_LE(begun, 21 + 2 * threads);
    }
}

TEST(Replicate, AnAbandonedJobEndsTheRun) {
    Numbers jobs;
    const auto work = [](std::size_t job) { return job == 7 ? std::nullopt : std::optional(job); };
    EXPECT_EQ(replicate(100, 2, {}, work, [&](std::size_t job, std::size_t) { jobs.push_back(job); }), 7u);
    EXPECT_EQ(jobs, first(7));
}

TEST(Replicate, ThrowsWhatAJobOrADeliveryThrows) {
    for (const std::size_t threads : {1, 2, 4}) {
        const auto failing = [](std::size_t job) {
            if (job == 5) throw std::runtime_error("the job");
            return std::optional(job);
        };
        const auto fine = [](std::size_t job) { return std::optional(job); };
        EXPECT_THROW(replicate(50, threads, {}, failing, [](std::size_t, std::size_t) {}), std::runtime_error);
        EXPECT_THROW(replicate(50, threads, {}, fine,
                               [](std::size_t job, std::size_t) {
                                   if (job == 5) throw std::logic_error("the delivery");
                               }),
                     std::logic_error);
    }
}

/// A delivery that fails is the last, whatever the other threads still bring.
TEST(Replicate, DeliversNothingAfterAFailure) {
    for (const std::size_t threads : {1, 2, 8}) {
        const auto work = [](std::size_t job) {
            uneven(job);
            return std::optional(Numbers{job, job});
        };
        std::vector<Numbers> delivered;
        const auto done = [&](std::size_t job, Numbers result) {
            delivered.push_back(std::move(result));
            if (job == 5) throw std::runtime_error("a full disk");
        };
        EXPECT_THROW(replicate(200, threads, {}, work, done), std::runtime_error);
        ASSERT_EQ(delivered.size(), 6u) << threads << " threads";
        for (std::size_t job = 0; job < 6; ++job) EXPECT_EQ(delivered[job], (Numbers{job, job}));
    }
}

TEST(Replicate, DoesNothingForNoJobs) {
    const auto work = [](std::size_t job) { return std::optional(job); };
    EXPECT_EQ(replicate(0, 2, {}, work, [](std::size_t, std::size_t) { FAIL(); }), 0u);
}

}  // namespace
}  // namespace entrepot::sim
