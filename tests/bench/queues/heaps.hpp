#pragma once

#include <algorithm>
#include <cstdint>
#include <queue>
#include <utility>
#include <vector>

#include "sim/event.hpp"

/// Heaps to measure the wheel against: the same order, the same interface as sim::Pending.
namespace entrepot::queues {

using sim::earlier;
using sim::Event;

/// std::priority_queue: a binary heap of events.
class StandardHeap {
public:
    std::size_t size() const { return events_.size(); }
    void push(const Event& event) { events_.push(event); }
    Event pop() {
        const Event event = events_.top();
        events_.pop();
        return event;
    }

private:
    struct Later {
        bool operator()(const Event& a, const Event& b) const { return earlier(b, a); }
    };
    std::priority_queue<Event, std::vector<Event>, Later> events_;
};

/// A heap with four children a node: half the levels, and siblings in two cache lines.
class FourAryHeap {
public:
    std::size_t size() const { return events_.size(); }
    void push(const Event& event) {
        std::size_t at = events_.size();
        events_.push_back(event);
        for (; at > 0 && earlier(event, events_[(at - 1) / 4]); at = (at - 1) / 4) events_[at] = events_[(at - 1) / 4];
        events_[at] = event;
    }
    Event pop() {
        const Event first = events_.front(), last = events_.back();
        events_.pop_back();
        const std::size_t n = events_.size();
        std::size_t at = 0;
        for (std::size_t child = 1; child < n; child = 4 * at + 1) {
            std::size_t least = child;
            for (std::size_t c = child + 1; c < std::min(child + 4, n); ++c) {
                if (earlier(events_[c], events_[least])) least = c;
            }
            if (!earlier(events_[least], last)) break;
            events_[at] = events_[least];
            at = least;
        }
        if (n > 0) events_[at] = last;
        return first;
    }

private:
    std::vector<Event> events_;
};

/// A binary heap of places in a table: events don't move, so that one could be cancelled where it lies.
class IndexHeap {
    auto later() const {
        return [this](std::uint32_t a, std::uint32_t b) { return earlier(events_[b], events_[a]); };
    }

public:
    std::size_t size() const { return heap_.size(); }
    void push(const Event& event) {
        std::uint32_t place = static_cast<std::uint32_t>(events_.size());
        if (free_.empty()) {
            events_.push_back(event);
        } else {
            place = free_.back();
            free_.pop_back();
            events_[place] = event;
        }
        heap_.push_back(place);
        std::push_heap(heap_.begin(), heap_.end(), later());
    }
    Event pop() {
        std::pop_heap(heap_.begin(), heap_.end(), later());
        const std::uint32_t place = heap_.back();
        heap_.pop_back();
        free_.push_back(place);
        return events_[place];
    }

private:
    std::vector<Event> events_;
    std::vector<std::uint32_t> heap_, free_;
};

/// Pairing heap (Fredman, Sedgewick, Sleator and Tarjan, 1986), nodes in one block.
class PairingHeap {
public:
    std::size_t size() const { return size_; }
    void push(const Event& event) {
        std::uint32_t node = static_cast<std::uint32_t>(nodes_.size());
        if (free_ == kNone) {
            nodes_.push_back({event, kNone, kNone});
        } else {
            node = std::exchange(free_, nodes_[free_].sibling);
            nodes_[node] = {event, kNone, kNone};
        }
        root_ = meld(root_, node);
        ++size_;
    }
    Event pop() {
        const std::uint32_t first = root_;
        // Children are paired from the left, and the pairs melded from the right.
        std::uint32_t pairs = kNone;
        for (std::uint32_t a = nodes_[first].child, next; a != kNone; a = next) {
            const std::uint32_t b = nodes_[a].sibling;
            next = b == kNone ? kNone : nodes_[b].sibling;
            nodes_[a].sibling = kNone;
            if (b != kNone) nodes_[b].sibling = kNone;
            const std::uint32_t pair = meld(a, b);
            nodes_[pair].sibling = pairs;
            pairs = pair;
        }
        root_ = kNone;
        for (std::uint32_t pair = pairs, next; pair != kNone; pair = next) {
            next = std::exchange(nodes_[pair].sibling, kNone);
            root_ = meld(root_, pair);
        }
        nodes_[first].sibling = std::exchange(free_, first);
        --size_;
        return nodes_[first].event;
    }

private:
    static constexpr std::uint32_t kNone = ~0u;
    struct Node {
        Event event;
        std::uint32_t child, sibling;
    };
    std::uint32_t meld(std::uint32_t a, std::uint32_t b) {
        if (a == kNone || b == kNone) return a == kNone ? b : a;
        if (earlier(nodes_[b].event, nodes_[a].event)) std::swap(a, b);
        nodes_[b].sibling = std::exchange(nodes_[a].child, b);
        return a;
    }
    std::vector<Node> nodes_;
    std::uint32_t root_ = kNone, free_ = kNone;
    std::size_t size_ = 0;
};

}  // namespace entrepot::queues
