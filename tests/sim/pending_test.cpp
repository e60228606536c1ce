#include "sim/pending.hpp"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace entrepot::sim {
namespace {

struct Earlier {
    bool operator()(const Event& a, const Event& b) const { return earlier(a, b); }
};

struct Nothing {};

Event event_at(Time at, std::uint64_t rank) { return {at, rank, 0, 0, Nothing{}}; }
Event event_at(std::int64_t at, std::uint64_t rank) { return event_at(Time{Duration{at}}, rank); }

/// Random pushes and pops on the queue and on a sorted set; every answer must be the same.
class AgainstSortedSet {
public:
    explicit AgainstSortedSet(std::uint64_t seed) : random(seed) {}

    void push(Time at) {
        // Ranks are unique but not in the order of the pushes, as with several senders and priorities.
        const Event event = event_at(at, (random() << 24) | nth_++);
        pending_.push(event);
        expected_.insert(event);
        ASSERT_EQ(pending_.size(), expected_.size());
    }
    void pop() {
        ASSERT_EQ(pending_.empty(), expected_.empty());
        if (expected_.empty()) {
            ASSERT_EQ(pending_.next_at(), kNever);
            return;
        }
        const Event first = *expected_.begin();
        expected_.erase(expected_.begin());
        if (random() % 2 == 0) {
            ASSERT_EQ(pending_.next_at(), first.at);
        }
        const Event popped = pending_.pop();
        ASSERT_EQ(popped.at, first.at);
        ASSERT_EQ(popped.rank, first.rank);
        now = popped.at;
    }
    void drain() {
        while (!expected_.empty() && !::testing::Test::HasFatalFailure()) pop();
        pop();
    }
    std::size_t size() const { return expected_.size(); }

    std::mt19937_64 random;
    Time now = kStart;

private:
    Pending pending_;
    std::set<Event, Earlier> expected_;
    std::uint64_t nth_ = 0;
};

TEST(Pending, IsEmptyAtFirst) {
    Pending pending;
    EXPECT_TRUE(pending.empty());
    EXPECT_EQ(pending.size(), 0u);
    EXPECT_EQ(pending.next_at(), kNever);
}

/// With few events left the front takes those of later slots, and the wheel runs ahead of many that come before them.
TEST(Pending, TakesABurstBeforeWhatItHadRunAheadTo) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(seed);
        AgainstSortedSet both(seed);
        for (int day = 0; day < 3; ++day) {
            for (const int hours : {1, 9, 30, 700}) both.push(both.now + std::chrono::hours{hours});
            both.pop();
            const int burst = seed == 1 ? 100'000 : 300;  // whose cost would be that of their square
            for (int i = 0; i < burst; ++i) both.push(both.now + Duration{both.random() % 30'000'000'000});
            for (int i = 0; i < burst; ++i) both.pop();
        }
        both.drain();
    }
}

TEST(Pending, KeepsTheOrderOfAnyMixOfDelays) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        AgainstSortedSet both(seed);
        const std::size_t level = seed % 2 ? 50 : 3000;
        for (int step = 0; step < 20'000 && !HasFatalFailure(); ++step) {
            // Delays from microseconds to months, many of them zero.
            const int magnitude = static_cast<int>(both.random() % 44);
            const Duration delay{static_cast<std::int64_t>(both.random() >> 20 >> (44 - magnitude))};
            if (both.random() % (2 * level) >= both.size())
                both.push(both.now + delay);
            else
                both.pop();
        }
        both.drain();
    }
}

TEST(Pending, KeepsTheOrderWhenADenseDayFollowsAQuietNight) {
    AgainstSortedSet both(7);
    for (int day = 0; day < 5; ++day) {
        // One event opens the day while the front spans hours; then thousands arrive within it.
        both.push(kStart + days{day} + hours{6});
        both.pop();
        for (int i = 0; i < 3000 && !HasFatalFailure(); ++i) {
            both.push(both.now + Duration{static_cast<std::int64_t>(both.random() % 30'000'000'000)});
            both.push(both.now + Duration{static_cast<std::int64_t>(both.random() % 3)});
            both.pop();
        }
        both.drain();
    }
}

TEST(Pending, OrdersThousandsOfEventsOfOneInstantByRank) {
    AgainstSortedSet both(11);
    for (int i = 0; i < 4000; ++i) both.push(kStart + days{1});
    for (int i = 0; i < 4000 && !HasFatalFailure(); ++i) {
        both.pop();
        both.push(both.now);
    }
    both.drain();
}

TEST(Pending, TakesEventsEarlierThanTheOneItHasShown) {
    Pending pending;
    pending.push(event_at(1'000'000'000'000, 1));
    EXPECT_EQ(pending.next_at(), Time{Duration{1'000'000'000'000}});
    for (std::uint64_t i = 0; i < 1000; ++i) pending.push(event_at(static_cast<std::int64_t>(i * 7919 % 1000), 2));
    pending.push(event_at(-5, 3));
    EXPECT_EQ(pending.pop().at, Time{Duration{-5}});
    for (std::int64_t i = 0; i < 1000; ++i) ASSERT_EQ(pending.pop().at, Time{Duration{i}});
    EXPECT_EQ(pending.pop().rank, 1u);
    EXPECT_TRUE(pending.empty());
}

TEST(Pending, HoldsEventsThatNeverCome) {
    Pending pending;
    for (std::uint64_t rank = 300; rank-- > 0;) pending.push(event_at(kNever, rank));
    pending.push(event_at(5, 0));
    EXPECT_EQ(pending.pop().at, Time{Duration{5}});
    for (std::uint64_t rank = 0; rank < 300; ++rank) {
        ASSERT_EQ(pending.next_at(), kNever);
        ASSERT_EQ(pending.pop().rank, rank);
    }
    EXPECT_TRUE(pending.empty());
}

TEST(Pending, ACopyGoesItsOwnWay) {
    Pending pending;
    for (std::int64_t i = 0; i < 5000; ++i)
        pending.push(event_at(i * 104'729 % 1'000'003, static_cast<std::uint64_t>(i)));
    for (int i = 0; i < 1234; ++i) pending.pop();
    Pending copy = pending;
    for (int i = 0; i < 100; ++i) copy.push(event_at(999'999, 0));
    std::vector<Event> left;
    while (!pending.empty()) left.push_back(pending.pop());
    EXPECT_EQ(left.size(), 5000u - 1234u);
    EXPECT_TRUE(std::is_sorted(left.begin(), left.end(), earlier));
    EXPECT_EQ(copy.size(), left.size() + 100);
}

}  // namespace
}  // namespace entrepot::sim
