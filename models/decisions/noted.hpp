#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/facts.hpp"
#include "models/messages.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/check.hpp"
#include "sim/packed.hpp"

/// Decisions that wait for the day on which hindsight can tell how good they were.
namespace entrepot::models {

/// A purchase line that was decided, and what was known then.
struct NotedDecision {
    std::uint32_t number = kNone;  ///< of the case
    StockKey about;
    Units position = 0;  ///< net and on order, without the line
    Units recommended = 0, offered = 0, decided = 0;
    std::uint32_t demand = 0;        ///< StockView::demand
    std::uint16_t day = 0, due = 0;  ///< of the decision; on which its protection interval is over
    Recommended who = Recommended::no;
    bool struck = false, blocked = false;
    sim::Filler<1> rest{};
};

/// By the day on which they can be judged. No allocation once it has reached its greatest size.
class NotedDecisions {
public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    void push(const NotedDecision& noted) {
        heap_.push_back(noted);
        std::ranges::push_heap(heap_, later);
    }
    const NotedDecision& first() const {
        SIM_CHECK(!empty(), "nothing waits to be judged");
        return heap_.front();
    }
    void pop() {
        SIM_CHECK(!empty(), "nothing waits to be judged");
        std::ranges::pop_heap(heap_, later);
        heap_.pop_back();
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(heap_);
    }
    bool holds() const { return std::ranges::is_heap(heap_, later); }

private:
    static bool later(const NotedDecision& a, const NotedDecision& b) {
        return a.due != b.due ? a.due > b.due : a.number > b.number;
    }
    std::vector<NotedDecision> heap_;
};

}  // namespace entrepot::models
