#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace entrepot::sim {

/// Decides by measurement whether windows are worth sharing, so that more threads are never slower than one, also on a
/// machine whose cores are busy with something else.
///
/// A run begins alone, on one thread, and learns what an event costs there. Sharing is then paid from a purse: what it
/// saves against that cost is put in, what it loses is taken out, and when nothing is left the run goes on alone. A
/// hundredth of the time spent alone is put in, too, so that sharing is tried again. So the loss is no more than that
/// hundredth and what a single window came to. Now and then a sharing run goes alone for some windows, to learn their
/// cost anew.
class Sharing {
public:
    using Time = std::chrono::nanoseconds;

    /// Whether to share the next window, if it is like the last one. With few events, waking others costs more than
    /// they can help.
    bool worth() const { return shares_ && last_events_ >= kLeastEvents; }

    /// What the last window came to.
    void learn(std::uint64_t events, Time took) {
        last_events_ = events;
        const auto n = static_cast<double>(events);
        const auto nanoseconds = static_cast<double>(took.count());
        spent_ += nanoseconds;
        ++windows_;
        if (shares_) {
            purse_ = std::min(purse_ + n * alone() - nanoseconds, kMost);
            if (purse_ < 0 || spent_ >= interval_) go_alone();
            return;
        }
        purse_ = std::max(purse_, std::min(purse_ + kAllowance * nanoseconds, kStake));
        const bool warm = windows_ > kWarmUp || spent_ - nanoseconds >= kWarmUpTime;
        if (!warm) return;
        group_.add(n, nanoseconds);
        if (windows_ % kGroup != 0 && group_.nanoseconds < kGroupTime) return;
        best_ = std::min(best_, group_.cost());
        group_ = {};
        if (windows_ < kWarmUp + kSample && spent_ < kSampleTime) return;
        costs_[samples_++ % costs_.size()] = best_;
        best_ = std::numeric_limits<double>::infinity();
        if (returns_ || purse_ >= kStake) share();
    }

private:
    static constexpr std::uint64_t kLeastEvents = 40;
    // Caches are filled after so many windows or so long; a sample is complete after so many more, or so long in all.
    // It is looked at in groups, so that one of them is undisturbed.
    static constexpr unsigned kWarmUp = 8, kSample = 24, kGroup = 8;
    static constexpr double kWarmUpTime = 5e5, kGroupTime = 5e5, kSampleTime = 4e6;
    // What is put in, at the most, while alone, and what sharing can earn: some of the turns that a scheduler gives.
    static constexpr double kAllowance = 0.01, kStake = 1e6, kMost = 1e7;
    static constexpr double kDebt = 2e6;  ///< more is forgiven: after 0.3 s sharing is tried again
    // Cost alone is looked at again after so many samples' time, rarely at last.
    static constexpr double kSoon = 10, kRarely = 100;

    struct Sum {
        double events = 0, nanoseconds = 0;
        void add(double n, double took) {
            events += n;
            nanoseconds += took;
        }
        double cost() const { return nanoseconds / events; }
    };

    /// Nanoseconds of an event on one thread: the best of the last samples, since others' work only adds to it.
    double alone() const {
        return *std::min_element(costs_.begin(), costs_.begin() + std::min(samples_, costs_.size()));
    }

    void share() {
        patience_ = returns_ ? std::min(2 * patience_, kRarely) : kSoon;
        interval_ = patience_ * spent_;
        shares_ = true;
        windows_ = 0;
        spent_ = 0;
    }

    void go_alone() {
        returns_ = purse_ >= 0;
        purse_ = std::max(purse_, -kDebt);
        shares_ = false;
        windows_ = 0;
        spent_ = 0;
    }

    std::array<double, 2> costs_{};  ///< best groups of the last samples
    std::size_t samples_ = 0;
    Sum group_;
    double best_ = std::numeric_limits<double>::infinity();  ///< of the sample's groups
    std::uint64_t last_events_ = kLeastEvents;
    unsigned windows_ = 0;                ///< since the run went alone, or shared
    double spent_ = 0;                    ///< ns, the same
    double purse_ = kStake;               ///< ns
    double patience_ = 0, interval_ = 0;  ///< until a sharing run looks at the cost alone
    bool shares_ = false;
    bool returns_ = false;  ///< it goes alone for a sample only
};

}  // namespace entrepot::sim
