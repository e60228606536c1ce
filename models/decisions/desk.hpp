#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "models/facts.hpp"
#include "models/messages.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "sim/packed.hpp"

/// Cases, and people at work on them.
namespace entrepot::models {

/// What a case was raised for, and what became of it on its way.
struct Wanted {
    Units units = 0;
    Units left = 0;         ///< of these, by the guardrails
    bool struck = false;    ///< by a guardrail
    bool mistaken = false;  ///< a wrong quantity was keyed in
    bool sent = false;      ///< to a site that carries it out, and has not answered yet
    // Of what is to be keyed in: what a supplier has told of the purchase line.
    Heard heard = Heard::nothing;
    std::uint16_t day = 0;
    bool overtaken = false;  ///< it was held up on its way
    sim::Filler<1> rest{};
    std::uint32_t message = 0;  ///< number of the one that said so, among its link's
};

/// Something to be decided, from its detection to its end, by systems or by people.
struct Case {
    Time raised{};
    Time signal{};                     ///< of what asks for it, where that was heard before it was raised
    std::uint64_t inputs = 0;          ///< fingerprint of what was known when it was detected
    std::uint32_t number = 0;          ///< its own for life
    std::uint32_t because_of = kNone;  ///< number of the case that led to it
    std::uint32_t subject = kNone;     ///< purchase line or transfer, where there is one yet; or its sender's link
    OrderEscalated escalated{};        ///< of all that is decided for a customer's order
    StockKey about;                    ///< the location that needs it, or a site alone
    Units units = 0;                   ///< that it buys or moves, as far as was decided
    Wanted wanted;
    std::uint16_t serial = 0;  ///< of the purchase line
    DecisionKind kind = DecisionKind::purchase;
    std::uint8_t touches = 0;
    Role role = Role::system;       ///< before whom it is
    std::uint8_t level = kNoLevel;  ///< of the approval that it waits for
    std::uint8_t asks = 0;          ///< counts who was asked and who took it up: tells old answers from new ones
    std::uint8_t bounces = 0;       ///< desks that found it to be none of theirs
    bool urgent = false;            ///< it goes before ordinary ones
    std::uint8_t route = kNoRoute;  ///< of the strategy, by which it came before people
    bool hasty = false;             ///< there was too much to do when it was begun
    Recommended recommended = Recommended::no;
    Time asked{};                 ///< the level of approval
    Time since{};                 ///< it waits, or is worked on; none while it does neither
    Duration waited{}, worked{};  ///< before people, and by them
    static constexpr std::uint8_t kNoLevel = 0xFF, kNoRoute = 0xFF;
    bool waits_for_approval() const { return level != kNoLevel; }
};

/// A case in a queue, or on its way to one. It is void once the case has been put before somebody else, or is over.
struct CaseAt {
    std::uint32_t place = kNone, number = kNone;
    std::uint8_t asks = 0;
    sim::Filler<3> rest{};
    bool operator==(const CaseAt& other) const {
        return place == other.place && number == other.number && asks == other.asks;
    }
};

/// Cases in the order in which people take them.
class CaseQueue {
public:
    struct Waiting {
        double before = 0;      ///< the least goes first
        std::uint32_t nth = 0;  ///< and of equals who came first
        CaseAt at;
    };

    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    void push(const CaseAt& at, double before) {
        heap_.push_back({before, next_++, at});
        std::ranges::push_heap(heap_, later);
    }
    /// The place in the queue of the first of those that `may(at)` be taken; kNone where there is none. What goes
    /// before may be another thing by now, as `before(at)` says.
    template <class May, class Before>
    std::uint32_t first(May may, Before before) const {
        std::uint32_t found = kNone;
        Waiting best;
        for (std::uint32_t i = 0; i < heap_.size(); ++i) {
            if (!may(heap_[i].at)) continue;
            const Waiting now{before(heap_[i]), heap_[i].nth, heap_[i].at};
            if (found != kNone && !later(best, now)) continue;
            found = i;
            best = now;
        }
        return found;
    }
    /// The same of a queue of which any may be, in the order in which it stands.
    std::uint32_t first() const { return empty() ? kNone : 0; }
    /// The same where what goes before is another thing whenever `as_of` differs. The queue is put in order anew only
    /// for who comes a second time meanwhile: where it changes all the time, to look through it costs less.
    template <class Before>
    std::uint32_t first_as_of(std::uint32_t as_of, Before before) {
        if (as_of_ == as_of) return first();
        if (std::exchange(looked_, as_of) != as_of) return first([](const CaseAt&) { return true; }, before);
        for (Waiting& waiting : heap_) waiting.before = before(waiting);
        std::ranges::make_heap(heap_, later);
        as_of_ = as_of;
        return first();
    }
    CaseAt take(std::uint32_t place) {
        SIM_CHECK(place < heap_.size(), "a queue has nothing to give there");
        const CaseAt taken = heap_[place].at;
        heap_[place] = heap_.back();
        heap_.pop_back();
        if (place < heap_.size()) put_right(place);
        return taken;
    }
    /// Takes out those of which `gone(at)` says so.
    template <class Gone>
    void take_out(Gone gone) {
        std::erase_if(heap_, [&](const Waiting& waiting) { return gone(waiting.at); });
        std::ranges::make_heap(heap_, later);
    }
    auto begin() const { return heap_.begin(); }  ///< in no order
    auto end() const { return heap_.end(); }

    template <class Archive>
    void fields(Archive& archive) {
        archive(heap_, next_, as_of_, looked_);
    }
    bool holds() const { return std::ranges::is_heap(heap_, later); }

private:
    static bool later(const Waiting& a, const Waiting& b) {
        return a.before != b.before ? a.before > b.before : a.nth > b.nth;
    }
    /// One that has come to a place moves up or down to where it belongs.
    void put_right(std::size_t place) {
        while (place > 0 && later(heap_[(place - 1) / 2], heap_[place])) {
            std::swap(heap_[place], heap_[(place - 1) / 2]);
            place = (place - 1) / 2;
        }
        while (2 * place + 1 < heap_.size()) {
            std::size_t child = 2 * place + 1;
            if (child + 1 < heap_.size() && later(heap_[child], heap_[child + 1])) ++child;
            if (!later(heap_[place], heap_[child])) return;
            std::swap(heap_[place], heap_[child]);
            place = child;
        }
    }

    std::vector<Waiting> heap_;
    std::uint32_t next_ = 0;
    std::uint32_t as_of_ = 0, looked_ = 0;  ///< when it was put in order, and looked through: cover_changes then
};

/// People of one role who can do the same.
struct DeskGroup {
    std::int32_t staff = 0, busy = 0;
    std::int32_t busy_on_urgent = 0;
};

/// People of one role: a queue in two classes, and how many are at work.
struct Desk {
    static constexpr std::uint8_t kGeneralists = 0;
    sim::Table<DeskGroup> groups{1};  ///< the generalists, then the office's skill groups of the role. Groups of an
                                      ///< office before stay behind them without staff: their work may go on
    bool open = false, overtime = false;
    CaseQueue urgent, ordinary;
    double hours_busy = 0;      ///< of the cases begun on the day
    double hours_at_work = 0;   ///< of the day, while the office is open, up to the last change of `busy`
    double hours_overtime = 0;  ///< of the day, after the office has closed
    Time changed{};
    std::size_t waiting() const { return urgent.size() + ordinary.size(); }
    std::int32_t staff() const { return sum(&DeskGroup::staff); }
    std::int32_t busy() const { return sum(&DeskGroup::busy); }
    std::int32_t busy_on_urgent() const { return sum(&DeskGroup::busy_on_urgent); }

    template <class Archive>
    void fields(Archive& archive) {
        archive(groups, open, overtime, urgent, ordinary, hours_busy, hours_at_work, hours_overtime, changed);
    }

private:
    std::int32_t sum(std::int32_t DeskGroup::*member) const {
        std::int32_t all = 0;
        for (const DeskGroup& group : groups) all += group.*member;
        return all;
    }
};

/// An alert whose truth isn't known yet.
struct OpenAlert {
    StockKey about;
    std::int32_t judged_day = 0;  ///< on which it will be
    Units net = 0;                ///< headquarters' view when it was raised
    std::uint32_t demand = 0;     ///< StockView::demand then
};

/// What the system has released on a day within a guardrail that counts it.
struct DayAccount {
    Money value;
    std::int32_t day = -1, decisions = 0;
};

}  // namespace entrepot::models
