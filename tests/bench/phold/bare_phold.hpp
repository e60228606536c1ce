#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/phold/phold.hpp"

namespace entrepot::bench {

/// PHOLD without a kernel: the yardstick. An event of 24 bytes, buckets of a width that suits this one problem, sorted
/// when they are reached, and nothing that PHOLD doesn't need: one kind of event, no priorities, no check, no digest.
/// It draws the same numbers as the kernel's model, so both have the same trajectory.
class BarePhold {
public:
    BarePhold(const sim::phold::Phold::Network& network, std::uint32_t seed)
        : network_(network), draws_(seed, 0), sent_(network.objects), received_(network.objects) {
        const double pending = static_cast<double>(network.objects) * network.start_events;
        const auto mean = static_cast<double>((network.mean + network.lookahead).count());
        // No wider than the lookahead, so that no event falls into the bucket that is being emptied.
        while (static_cast<double>(std::int64_t{1} << shift_) < kEventsInBucket * mean / pending &&
               (std::int64_t{2} << shift_) <= network.lookahead.count()) {
            ++shift_;
        }
        std::size_t buckets = 1;
        while (static_cast<double>(buckets << shift_) < 4 * mean) buckets *= 2;
        ring_.resize(buckets);
        for (std::uint32_t object = 0; object < network.objects; ++object) {
            for (std::uint32_t i = 0; i < network.start_events; ++i) throw_ball(object, 0);
        }
    }

    void run(std::int64_t until) {
        for (;; ++bucket_) {
            if (bucket_ % ring_.size() == 0) recall_far();
            std::vector<Ball>& balls = ring_[bucket_ % ring_.size()];
            std::sort(balls.begin(), balls.end(),
                      [](const Ball& a, const Ball& b) { return a.at != b.at ? a.at < b.at : a.tie < b.tie; });
            for (std::size_t i = 0; i < balls.size(); ++i) {
                const Ball ball = balls[i];
                if (ball.at >= until) {
                    balls.erase(balls.begin(), balls.begin() + static_cast<std::ptrdiff_t>(i));
                    return;
                }
                ++events_;
                ++received_[ball.to];
                throw_ball(ball.to, ball.at);
            }
            balls.clear();
            if ((static_cast<std::int64_t>(bucket_) + 1) << shift_ >= until) {
                ++bucket_;
                if (bucket_ % ring_.size() == 0) recall_far();
                return;
            }
        }
    }

    std::uint64_t events() const { return events_; }

private:
    struct Ball {
        std::int64_t at;
        std::uint64_t tie;
        std::uint32_t to;
    };
    static constexpr double kEventsInBucket = 8;

    void throw_ball(std::uint32_t self, std::int64_t now) {
        const sim::phold::Throw ball = sim::phold::draw_throw(network_, draws_, self, sent_[self]);
        put({now + ball.delay.count(), (std::uint64_t{self} << 32) | sent_[self]++, ball.to});
    }

    void put(const Ball& ball) {
        const auto bucket = static_cast<std::uint64_t>(ball.at) >> shift_;
        (bucket - bucket_ < ring_.size() ? ring_[bucket % ring_.size()] : far_).push_back(ball);
    }

    void recall_far() {
        std::vector<Ball> far;
        std::swap(far, far_);
        for (const Ball& ball : far) put(ball);
    }

    const sim::phold::Phold::Network& network_;
    sim::Draws draws_;
    std::vector<std::uint32_t> sent_, received_;
    unsigned shift_ = 0;
    std::vector<std::vector<Ball>> ring_;
    std::vector<Ball> far_;
    std::uint64_t bucket_ = 0, events_ = 0;
};

}  // namespace entrepot::bench
