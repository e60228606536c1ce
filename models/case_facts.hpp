#pragma once

#include <cstdint>

#include "models/roles.hpp"
#include "sim/packed.hpp"

/// What facts say of decisions: each is a case, from its detection to its end.
namespace entrepot::models {

/// The way of a case. An automatic one passes through in one moment; whom people deal with is queued and handled.
enum class CaseStep : std::uint8_t {
    detected,     ///< something asks for a decision
    recommended,  ///< what to do, and how much of it
    checked,      ///< against the guardrails
    queued,       ///< before the people of a role
    begun,        ///< by one of them
    handled,      ///< by the same
    skipped,      ///< it has waited so long that it is left to the next review
    aged,         ///< it has waited so long that it is urgent now
    settled,      ///< it has waited so long that it is settled without people
    changed,      ///< what was recommended, by a person
    bounced,      ///< it is none of theirs: nobody has the right to decide it
    asked,        ///< for an approval
    overdue,      ///< the approval; somebody else is asked, too
    approved,
    released,  ///< nothing stands in the way any more
    executed,  ///< the transaction is on the record
    closed,
};
constexpr CaseStep last_of(CaseStep) { return CaseStep::closed; }
enum class StepOutcome : std::uint8_t {
    none,
    within,     ///< all guardrails
    stopped,    ///< by one: people decide
    dropped,    ///< nothing was done: it had become needless, or couldn't be done
    capped,     ///< to what a guardrail allows
    blocked,    ///< by a guardrail: nothing is done
    delegated,  ///< the approver is away
    mistaken,   ///< a wrong quantity was keyed in
    refused,    ///< who wanted it has no right to
    informed,   ///< by somebody who knew what demand would be
    corrected,  ///< the item master had taken a pack for a unit
    ignored,    ///< an alert, by people who have seen too many false ones
    beyond,     ///< a quantity that a person has chosen: no guardrail would let the system go so far
};
constexpr StepOutcome last_of(StepOutcome) { return StepOutcome::beyond; }

/// What became of a recommendation.
enum class Recommended : std::uint8_t {
    no,        ///< there was none
    released,  ///< by the system
    accepted,  ///< by a person, as it was
    changed,   ///< by a person, who then decided
    refused,   ///< it stayed, though a person wanted another quantity: he had no right to
};
constexpr Recommended last_of(Recommended) { return Recommended::refused; }

/// What became of a time limit in office hours.
enum class Service : std::uint8_t { none, missed, kept };

/// A case has taken a step: the audit trail of what was decided, by whom, on what, by which policy.
struct CaseStepped {
    std::uint64_t inputs;        ///< fingerprint of what was known when it was detected
    std::uint32_t number;        ///< of the case, its own for life
    std::uint32_t because_of;    ///< the case that led to it, or none (all bits set)
    std::uint32_t item;          ///< that it is about, or none (all bits set)
    std::int32_t units;          ///< that the decision moves or buys; 0: nothing yet
    std::uint16_t site, policy;  ///< who needs it; the inventory policy that was followed, or none (all bits set)
    std::uint8_t kind;           ///< DecisionKind
    std::uint8_t step, role, outcome;
};

/// A guardrail has met a decision.
struct GuardrailMet {
    std::int64_t value_micros;  ///< of what was recommended, at cost
    std::uint32_t number;       ///< of the case
    std::uint16_t guardrail;    ///< index in the strategy's list
    std::uint8_t kind;          ///< DecisionKind
    std::uint8_t struck;        ///< 0: the decision is within
};

/// What came of watching a location: an alert is judged once its horizon is over, a shortage when it is heard of.
struct AlertJudged {
    std::uint32_t item;
    std::uint16_t site;
    std::uint8_t of_shortage;  ///< 1: headquarters has heard of a location that ran out; 0: an alert's horizon is over
    std::uint8_t right;        ///< an alert had told of it; the stock did not last
};

/// What a case is about, told once: as it is detected, after that step.
struct CaseRaised {
    std::uint32_t number;   ///< of the case
    std::uint32_t subject;  ///< place of its purchase line or transfer while that is open, or none (all bits set)
    std::uint32_t order;    ///< name of the escalated order, where there is no subject; or the sender's link
    float hours_old;        ///< what headquarters knows of the site's stock, where it is about an item there; else -1
    std::uint8_t kind;      ///< DecisionKind
    std::uint8_t of_transfer;  ///< 1: the subject is a transfer
    sim::Filler<2> rest{};
};

/// A decision or exception case ended. Cycle time = now - raised.
struct CaseClosed {
    std::int64_t raised_micros;  ///< sim time at which the case was raised
    std::uint32_t number;        ///< of the case, its own for life
    std::uint8_t kind;           ///< DecisionKind
    std::uint8_t touches;
    std::uint8_t executed;      ///< 0: dropped, nothing was done
    std::uint8_t recommended;   ///< Recommended
    float waited_hours;         ///< before people, on the clock
    float worked_hours;         ///< by people
    float signal_hours;         ///< from what asked for it until it was raised
    std::uint8_t mistaken = 0;  ///< a wrong quantity was keyed in
    Service service = Service::none;
    sim::Filler<2> rest{};
};

/// An exception is not settled when the horizon ends.
struct ExceptionLeftOpen {
    std::int32_t raised_day;
    std::uint8_t kind;  ///< DecisionKind
    Service service;    ///< missed: it has waited longer than it is to; none: not yet, or there is no limit
    sim::Filler<2> rest{};
};

/// A level has agreed to a decision.
struct ApprovalGiven {
    float hours;           ///< since the level was asked, on the clock
    float office_hours;    ///< of these, the office was open
    std::uint32_t number;  ///< of the case
    std::uint8_t kind;     ///< DecisionKind
    std::uint8_t role;     ///< of who agreed
    Service service = Service::none;
    std::uint8_t level = 0;  ///< index in the strategy's list
};

/// The protection interval of a purchase line that was decided is over, and its demand is known: what was recommended,
/// what guardrails had left of it, and what was decided are held against the best that whole packs could have been.
/// Regrets are what each cost more than that, by the rule of decisions/hindsight.hpp, in the scenario's currency.
struct DecisionJudged {
    float recommended, offered, decided;  ///< regrets
    std::uint32_t number;                 ///< of the case
    std::uint16_t decided_day;
    std::uint8_t kind;     ///< DecisionKind
    Recommended who;       ///< no: worked out by hand. Changed to what it was is accepted
    std::uint8_t struck;   ///< by a guardrail
    std::uint8_t blocked;  ///< by one: nothing was ordered
    std::uint8_t bad;      ///< what was recommended: its regret is more than office.judgement.regret_share of its value
    std::uint8_t went_bad;  ///< the same of what was decided
};

}  // namespace entrepot::models
