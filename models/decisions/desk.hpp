#pragma once

#include <cstdint>

#include "models/facts.hpp"
#include "models/messages.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "sim/packed.hpp"

/// People at work on cases.
namespace entrepot::models {

/// A piece of work for a planner or an agent.
struct Work {
    Time raised{};
    std::uint32_t subject = kNone;  ///< purchase line or transfer
    OrderEscalated escalated{};     ///< of an escalation, and of the transfer that it asks for
    std::uint16_t serial = 0;       ///< of the purchase line
    DecisionKind kind = DecisionKind::purchase;
    std::uint8_t touches = 0;
    sim::Filler<4> rest{};
};

/// People of one kind: a queue in two classes, and how many are at work.
struct Desk {
    int staff = 0, busy = 0;
    int busy_on_urgent = 0;
    Queue<std::uint32_t> urgent, ordinary;
    double hours_busy = 0;     ///< of the cases begun on the day
    double hours_at_work = 0;  ///< of the day, while the office is open, up to the last change of `busy`
    Time changed{};
    std::size_t waiting() const { return urgent.size() + ordinary.size(); }

    template <class Archive>
    void fields(Archive& archive) {
        archive(staff, busy, busy_on_urgent, urgent, ordinary, hours_busy, hours_at_work, changed);
    }
};

}  // namespace entrepot::models
