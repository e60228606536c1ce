#pragma once

#include <algorithm>
#include <vector>

#include "sim/event.hpp"

namespace entrepot::sim {

/// The events that have not happened yet, earliest first.
class Pending {
public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }

    /// Time of the earliest event; `kNever` when there is none.
    Time next_at() { return heap_.empty() ? kNever : heap_.front().at; }

    void push(const Event& event) {
        heap_.push_back(event);
        std::push_heap(heap_.begin(), heap_.end(), later);
    }

    /// Takes the earliest event out. There must be one.
    Event pop() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }

private:
    static bool later(const Event& a, const Event& b) { return earlier(b, a); }

    std::vector<Event> heap_;
};

}  // namespace entrepot::sim
