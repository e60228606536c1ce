#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/event.hpp"

namespace entrepot::sim {

/// The events that have not happened yet, earliest first: exactly in the order of `earlier`.
///
/// A timing wheel of many levels (Varghese and Lauck, 1987). Level `l` has 64 slots of 64^l microseconds; an event
/// waits, unsorted, in the level of the highest base-64 digit in which its time differs from the wheel's. A slot that
/// is reached becomes the front, sorted, when it holds few events, and is spread over the levels below when it holds
/// many. So the fineness follows the density of events by itself, and an event is moved a few times whatever the number
/// that wait. The front takes later arrivals of its own span in order, and gives its later half back to the wheel when
/// it grows.
///
/// Copyable. Allocates only while the number of waiting events grows beyond all that was before, and where very many
/// of one moment are merged.
class Pending {
public:
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    /// Time of the earliest event; `kNever` when there is none.
    Time next_at() {
        if (empty()) return kNever;
        if (head_ == end_) reach_next();
        return front_[head_].at;
    }

    [[gnu::always_inline]] void push(const Event event) {
        ++size_;
        if (head_ > 0 && head_ < end_ && event.at < front_[head_].at) {  // the earliest of all: where the last one was
            front_[--head_] = event;
        } else if (key(event) <= reached_) {
            insert(event);
        } else {
            file(event);
        }
    }

    /// Takes the earliest event out. There must be one.
    Event pop() {
        if (head_ == end_) reach_next();
        --size_;
        return front_[head_++];
    }

    /// All as it lies in memory, for who takes a world to pieces and together again.
    template <class Archive>
    void fields(Archive& archive) {
        archive(front_, head_, end_, base_, reached_, levels_, occupied_, slots_, chunks_, next_, free_, size_);
    }

private:
    using Key = std::uint64_t;
    static constexpr unsigned kDigit = 6;           ///< bits of a digit: a level's occupied slots fit in one word
    static constexpr unsigned kLevels = 11;         ///< all 64 bits of a time
    static constexpr std::size_t kFew = 24;         ///< so many events are sorted rather than spread
    static constexpr std::size_t kLeast = 6;        ///< fewer events make the front take the next slot, too
    static constexpr std::size_t kMany = 2 * kFew;  ///< so many make the front give events back
    static constexpr std::uint32_t kNone = ~0u;

    /// Slots are lists of chunks, all full but the last, so memory goes from slot to slot. An event lies behind those
    /// that were filed before it: what is sent in order comes out in order, and needs no sorting.
    static constexpr std::uint32_t kChunk = 8;
    struct alignas(64) Chunk {
        std::array<Event, kChunk> events;
    };
    struct Slot {
        std::uint32_t first = kNone, last = kNone;
        std::uint32_t count = 0;
    };

    /// A time as an unsigned number of the same order.
    static Key key(const Event& event) {
        return static_cast<Key>(event.at.time_since_epoch().count()) ^ (Key{1} << 63);
    }

    /// Puts an event after the front's span into the wheel. Inlined, so that an event is written where it will lie.
    [[gnu::always_inline]] void file(const Event event) {
        const Key k = key(event);
        const auto level = static_cast<unsigned>(std::bit_width((k ^ base_) | 1) - 1) / kDigit;
        const auto digit = (k >> (kDigit * level)) & 63;
        levels_ |= 1u << level;
        occupied_[level] |= std::uint64_t{1} << digit;
        Slot& slot = slots_[level * 64 + digit];
        const std::uint32_t place = slot.count++ % kChunk;
        if (place == 0) lengthen(slot);
        chunks_[slot.last].events[place] = event;
    }

    [[gnu::noinline]] void lengthen(Slot& slot) {
        std::uint32_t chunk = free_;
        if (chunk == kNone) {
            chunk = static_cast<std::uint32_t>(chunks_.size());
            chunks_.emplace_back();
            next_.emplace_back();
        } else {
            free_ = next_[chunk];
        }
        next_[chunk] = kNone;
        (slot.first == kNone ? slot.first : next_[slot.last]) = chunk;
        slot.last = chunk;
    }

    /// Empties a slot's list into `take(event)`, which may file events: a chunk is free again only after its last one.
    template <class Take>
    void drain(const Slot& slot, Take take) {
        std::uint32_t left = slot.count;
        for (std::uint32_t chunk = slot.first; chunk != kNone;) {
            const std::uint32_t count = std::min(left, kChunk);
            for (std::uint32_t i = 0; i < count; ++i) take(chunks_[chunk].events[i]);
            left -= count;
            const std::uint32_t next = std::exchange(next_[chunk], free_);
            free_ = std::exchange(chunk, next);
        }
    }

    /// Makes the earliest slot the front, and slots after it while there are few events in all: then most that are sent
    /// soon are the earliest when they come, and need no slot. The front must be empty and the wheel not.
    void reach_next() {
        head_ = end_ = 0;
        for (;;) {
            const auto level = static_cast<unsigned>(std::countr_zero(levels_));
            const auto digit = static_cast<unsigned>(std::countr_zero(occupied_[level]));
            if (end_ > 0 && slots_[level * 64 + digit].count > kFew) return;
            const unsigned shift = kDigit * level;
            occupied_[level] &= occupied_[level] - 1;
            if (occupied_[level] == 0) levels_ &= levels_ - 1;
            base_ = ((base_ >> shift >> kDigit << kDigit) | digit) << shift;
            const Slot slot = std::exchange(slots_[level * 64 + digit], Slot{});
            if (level == 0 || slot.count <= kFew) {
                if (front_.size() < end_ + slot.count) front_.resize(end_ + slot.count);
                Event* const front = front_.data();
                if (slot.count <= kFew) {
                    drain(slot, [this, front](const Event& event) { place(event, front, end_++); });
                } else {
                    drain(slot, [this, front](const Event& event) { front[end_++] = event; });
                    sort(front, front + end_);
                }
                reached_ = base_ | ((Key{1} << shift) - 1);
                if (end_ >= kLeast || levels_ == 0) return;
                continue;
            }
            drain(slot, [this](const Event& event) { file(event); });
        }
    }

    /// Many events of a moment are, as a rule, a few runs in order: each sender's, as it sent them.
    static void sort(Event* const first, Event* const last) {
        constexpr auto sooner = [](const Event& a, const Event& b) { return earlier(a, b); };
        constexpr int kRuns = 16;
        Event* sorted = std::is_sorted_until(first, last, sooner);
        for (int runs = 1; sorted != last; ++runs) {
            if (runs == kRuns) return std::sort(first, last, sooner);
            Event* const next = std::is_sorted_until(sorted, last, sooner);
            std::inplace_merge(first, sorted, next, sooner);
            sorted = next;
        }
    }

    /// Puts an event in its place among the front's up to `last`, where there is room for one more.
    [[gnu::always_inline]] void place(const Event& event, Event* front, std::size_t last) const {
        for (; last > head_ && earlier(event, front[last - 1]); --last) front[last] = front[last - 1];
        front[last] = event;
    }

    /// Puts an event into the front. Later events move up one by one: they are few, and most new events come late.
    [[gnu::noinline]] void insert(const Event event) {
        if (end_ == front_.size()) make_room();
        place(event, front_.data(), end_++);
        if (end_ - head_ > kMany) shorten_front();
    }

    void make_room() {
        if (head_ > end_ / 2) {  // events that were taken leave room
            std::copy(begin(), end(), front_.begin());
            end_ -= std::exchange(head_, 0);
        } else {
            front_.resize(2 * front_.size());
        }
    }

    /// Gives about half of the front back to the wheel, but never a part of the events of one instant.
    void shorten_front() {
        const Key middle = key(begin()[(end() - begin()) / 2]);
        auto cut = std::partition_point(begin(), end(), [&](const Event& e) { return key(e) < middle; });
        if (cut == begin())
            cut = std::partition_point(begin(), end(), [&](const Event& e) { return e.at == begin()->at; });
        if (cut == end()) return;
        if (key(*cut) < base_) turn_back(key(*cut));
        reached_ = key(*cut) - 1;
        std::for_each(cut, end(), [this](const Event& event) { file(event); });
        end_ = static_cast<std::size_t>(cut - front_.begin());
    }

    /// Sets the wheel to an earlier time: it had run ahead for a few events, and many came before them. What waits in
    /// the levels below the highest digit that changes is filed anew.
    [[gnu::noinline]] void turn_back(Key to) {
        const auto highest = static_cast<unsigned>(std::bit_width((base_ ^ to) | 1) - 1) / kDigit;
        std::vector<Slot> slots;
        for (unsigned level = 0; level <= highest; ++level) {
            for (auto& digits = occupied_[level]; digits != 0; digits &= digits - 1) {
                const auto digit = static_cast<unsigned>(std::countr_zero(digits));
                slots.push_back(std::exchange(slots_[level * 64 + digit], Slot{}));
            }
            levels_ &= ~(1u << level);
        }
        base_ = to;
        for (const Slot& slot : slots) drain(slot, [this](const Event& event) { file(event); });
    }

    std::vector<Event>::iterator begin() { return front_.begin() + static_cast<std::ptrdiff_t>(head_); }
    std::vector<Event>::iterator end() { return front_.begin() + static_cast<std::ptrdiff_t>(end_); }

    std::vector<Event> front_ = std::vector<Event>(2 * kMany);  ///< [head_, end_): all events up to reached_, in order
    std::size_t head_ = 0, end_ = 0;
    Key base_ = Key{1} << 63;                        ///< the wheel's time, at first kStart; no filed event is earlier
    Key reached_ = base_ - 1;                        ///< the last moment of the front
    std::uint32_t levels_ = 0;                       ///< by level: has it an occupied slot?
    std::array<std::uint64_t, kLevels> occupied_{};  ///< by level and digit: has the slot events?
    std::vector<Slot> slots_ = std::vector<Slot>(kLevels * 64);
    std::vector<Chunk> chunks_;
    std::vector<std::uint32_t> next_;  ///< by chunk: the next one of its slot, or of the free ones
    std::uint32_t free_ = kNone;       ///< first of the chunks that no slot uses
    std::size_t size_ = 0;
};

}  // namespace entrepot::sim
