#include <random>

#include <gtest/gtest.h>

#include "bench/queues/calendars.hpp"
#include "bench/queues/heaps.hpp"

/// The queues that the benchmark compares are right, or the comparison would mean nothing.
namespace entrepot::tests {
namespace {

using sim::Event;

template <class Queue>
class Queues : public testing::Test {};

using Alternatives = testing::Types<queues::FourAryHeap, queues::IndexHeap, queues::PairingHeap, queues::CalendarQueue,
                                    queues::LadderQueue, queues::BucketRing>;
TYPED_TEST_SUITE(Queues, Alternatives);

struct Nothing {};

TYPED_TEST(Queues, GiveTheOrderOfTheStandardHeap) {
    std::mt19937_64 random(5);
    for (const std::int64_t scale : {3, 1'000, 1'000'000'000}) {  // the first gives many ties
        TypeParam queue;
        queues::StandardHeap expected;
        std::uint32_t nth = 0;
        sim::Time now = sim::kStart;
        for (int step = 0; step < 30'000; ++step) {
            const bool grows = (step / 3000) % 2 == 0;
            if (expected.size() == 0 || random() % 10 < (grows ? 6u : 4u)) {
                const std::int64_t far = random() % 50 == 0 ? 1000 : 1;
                const sim::Duration delay{static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(scale)) *
                                          far};
                const Event event(now + delay, sim::rank_of(0, 0, nth++), 0, 0, Nothing{});
                queue.push(event);
                expected.push(event);
            } else {
                const Event first = expected.pop();
                ASSERT_EQ(queue.pop().words(), first.words()) << "step " << step << " scale " << scale;
                now = first.at;
            }
            ASSERT_EQ(queue.size(), expected.size());
        }
    }
}

}  // namespace
}  // namespace entrepot::tests
