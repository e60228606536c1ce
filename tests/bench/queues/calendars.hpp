#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/event.hpp"

/// Queues by the time of day, so to speak: buckets of time instead of comparisons.
namespace entrepot::queues {

using sim::earlier;
using sim::Event;

inline std::int64_t micros(const Event& event) { return event.at.time_since_epoch().count(); }

/// Calendar queue (Brown, 1988): a year of days, each a sorted list; the number of days doubles and halves with the
/// number of events, and a day is then made three mean gaps long.
class CalendarQueue {
public:
    CalendarQueue() : days_(2) {}
    std::size_t size() const { return size_; }
    void push(const Event& event) {
        insert(event);
        if (++size_ > 2 * days_.size()) resize(2 * days_.size());
    }
    Event pop() {
        if (size_ < days_.size() / 2 && days_.size() > 2) resize(days_.size() / 2);
        for (std::size_t looked = 0; looked < days_.size(); ++looked) {
            std::vector<Event>& day = days_[today()];
            if (!day.empty() && micros(day.back()) < day_end_) return take(day);
            day_end_ += width_;
        }
        // Nothing this year: go to the earliest of all.
        std::vector<Event>* first = nullptr;
        for (std::vector<Event>& day : days_) {
            if (!day.empty() && (first == nullptr || earlier(day.back(), first->back()))) first = &day;
        }
        day_end_ = (micros(first->back()) / width_ + 1) * width_;
        return take(*first);
    }

private:
    std::size_t day_of(std::int64_t at) const { return static_cast<std::size_t>(at / width_) & (days_.size() - 1); }
    std::size_t today() const { return day_of(day_end_ - width_); }

    /// A day is kept with its earliest event last.
    void insert(const Event& event) {
        std::vector<Event>& day = days_[day_of(micros(event))];
        const auto place = std::upper_bound(day.begin(), day.end(), event,
                                            [](const Event& a, const Event& b) { return earlier(b, a); });
        day.insert(place, event);
        if (micros(event) < day_end_ - width_) day_end_ = (micros(event) / width_ + 1) * width_;
    }
    Event take(std::vector<Event>& day) {
        const Event event = day.back();
        day.pop_back();
        --size_;
        return event;
    }
    void resize(std::size_t count) {
        std::vector<Event> all;
        for (std::vector<Event>& day : days_) all.insert(all.end(), day.begin(), day.end());
        // The mean gap of the next events, without those far away.
        const std::size_t sample = std::min<std::size_t>(all.size(), 25 + all.size() / 10);
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(sample), all.end(), earlier);
        if (sample > 1) {
            const std::int64_t span = micros(all[sample - 1]) - micros(all.front());
            width_ = std::max<std::int64_t>(1, 3 * span / static_cast<std::int64_t>(sample - 1));
        }
        days_.assign(count, {});
        if (!all.empty()) day_end_ = (micros(all.front()) / width_ + 1) * width_;
        for (const Event& event : all) insert(event);
    }

    std::vector<std::vector<Event>> days_;
    std::int64_t width_ = 1 << 20, day_end_ = 1 << 20;
    std::size_t size_ = 0;
};

/// Ladder queue (Tang, Goh and Thng, 2005): unsorted top, rungs of buckets that are spread when they are reached and
/// hold many, and a sorted bottom.
class LadderQueue {
public:
    std::size_t size() const { return size_; }
    void push(const Event& event) {
        ++size_;
        const std::int64_t at = micros(event);
        if (at >= top_start_) {
            top_.push_back(event);
            return;
        }
        for (std::size_t r = 0; r < rungs_; ++r) {
            Rung& rung = ladder_[r];
            if (at >= rung.start + static_cast<std::int64_t>(rung.next) * rung.width) {
                rung.put(event);
                return;
            }
        }
        const auto place = std::upper_bound(bottom_.begin(), bottom_.end(), event,
                                            [](const Event& a, const Event& b) { return earlier(b, a); });
        bottom_.insert(place, event);
    }
    Event pop() {
        if (bottom_.empty()) fill_bottom();
        const Event event = bottom_.back();
        bottom_.pop_back();
        --size_;
        return event;
    }

private:
    static constexpr std::size_t kThreshold = 50, kMostRungs = 8;
    struct Rung {
        std::int64_t start = 0, width = 1;
        std::size_t next = 0, used = 0;  ///< the first bucket that was not taken yet; buckets in use
        std::vector<std::vector<Event>> buckets;

        void put(const Event& event) {
            buckets[static_cast<std::size_t>((micros(event) - start) / width)].push_back(event);
        }
        bool reach() {
            while (next < used && buckets[next].empty()) ++next;
            return next < used;
        }
    };

    void spread(std::vector<Event>& events, std::int64_t start, std::int64_t span) {
        Rung& rung = ladder_[rungs_++];
        const auto count = static_cast<std::int64_t>(events.size());
        rung.start = start;
        rung.width = std::max<std::int64_t>(1, (span + count - 1) / count);
        rung.used = static_cast<std::size_t>(span / rung.width + 1);
        rung.next = 0;
        if (rung.buckets.size() < rung.used) rung.buckets.resize(rung.used);
        for (const Event& event : events) rung.put(event);
        events.clear();
    }
    void fill_bottom() {
        while (true) {
            while (rungs_ > 0 && !ladder_[rungs_ - 1].reach()) --rungs_;
            if (rungs_ == 0) {
                const auto [first, last] = std::minmax_element(
                    top_.begin(), top_.end(), [](const Event& a, const Event& b) { return micros(a) < micros(b); });
                const std::int64_t start = micros(*first), end = micros(*last);
                top_start_ = end + 1;
                spread(top_, start, end - start + 1);
                continue;
            }
            Rung& rung = ladder_[rungs_ - 1];
            std::vector<Event>& bucket = rung.buckets[rung.next];
            const std::int64_t start = rung.start + static_cast<std::int64_t>(rung.next) * rung.width;
            ++rung.next;
            if (bucket.size() > kThreshold && rung.width > 1 && rungs_ < kMostRungs) {
                spread(bucket, start, rung.width);
                continue;
            }
            std::swap(bottom_, bucket);
            std::sort(bottom_.begin(), bottom_.end(), [](const Event& a, const Event& b) { return earlier(b, a); });
            return;
        }
    }

    std::vector<Event> top_, bottom_;  ///< the bottom with its earliest event last
    std::int64_t top_start_ = INT64_MIN;
    Rung ladder_[kMostRungs];
    std::size_t rungs_ = 0, size_ = 0;
};

/// One ring of contiguous buckets, each sorted when it is reached, and a far bin for what lies beyond the ring. When
/// the ring has gone round, the width is set anew so that a bucket holds some four events.
class BucketRing {
public:
    std::size_t size() const { return size_; }
    void push(const Event& event) {
        ++size_;
        file(event);
    }
    Event pop() {
        while (head_ == current_.size()) advance();
        --size_;
        return current_[head_++];
    }

private:
    static constexpr std::size_t kMost = 1 << 18;

    void file(const Event& event) {
        const std::int64_t at = micros(event);
        if (at < reached_) {  // belongs to the bucket that is being emptied
            current_.insert(
                std::upper_bound(current_.begin() + static_cast<std::ptrdiff_t>(head_), current_.end(), event, earlier),
                event);
            return;
        }
        const std::int64_t bucket = (at - start_) / width_;
        if (bucket < static_cast<std::int64_t>(buckets_.size())) {
            buckets_[static_cast<std::size_t>(bucket)].push_back(event);
        } else {
            far_.push_back(event);
        }
    }
    void advance() {
        current_.clear();
        head_ = 0;
        if (next_ == buckets_.size()) return rebuild();
        std::swap(current_, buckets_[next_++]);
        reached_ = start_ + static_cast<std::int64_t>(next_) * width_;
        std::sort(current_.begin(), current_.end(), earlier);
    }
    void rebuild() {
        // The density of the near half decides: far events must not make the buckets wide.
        std::vector<Event> all;
        std::swap(all, far_);
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
        std::nth_element(all.begin(), middle, all.end(), earlier);
        const std::int64_t start = micros(*std::min_element(all.begin(), middle + 1, earlier));
        const std::int64_t span = micros(*middle) - start + 1;
        const auto count = std::clamp<std::size_t>(all.size() / 4, 16, kMost);
        width_ = std::max<std::int64_t>(1, span * 2 / static_cast<std::int64_t>(count));
        start_ = reached_ = start;
        next_ = 0;
        if (buckets_.size() != count) buckets_.resize(count);
        for (const Event& event : all) file(event);
    }

    std::vector<std::vector<Event>> buckets_;
    std::vector<Event> current_, far_;
    std::size_t head_ = 0, next_ = 0, size_ = 0;
    std::int64_t start_ = INT64_MIN / 2, reached_ = INT64_MIN / 2, width_ = 1;
};

}  // namespace entrepot::queues
