#pragma once

#include <cstdint>

#include "models/facts.hpp"
#include "models/messages.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "sim/packed.hpp"

/// Cases, and people at work on them.
namespace entrepot::models {

/// Something to be decided, from its detection to its end, by systems or by people.
struct Case {
    Time raised{};
    std::uint64_t inputs = 0;          ///< fingerprint of what was known when it was detected
    std::uint32_t number = 0;          ///< its own for life
    std::uint32_t because_of = kNone;  ///< number of the case that led to it
    std::uint32_t subject = kNone;     ///< purchase line or transfer; none of an escalation, and of what it asks for
    OrderEscalated escalated{};        ///< of an escalation, and of the transfer that it asks for
    StockKey about;                    ///< the location that needs it
    Units units = 0;                   ///< that it buys or moves, as far as was decided
    std::uint16_t serial = 0;          ///< of the purchase line
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
