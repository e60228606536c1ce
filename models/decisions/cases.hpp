#pragma once

#include "models/model.hpp"

/// One mechanism for whatever is decided at headquarters: a case is raised, takes its steps, and is closed; each step
/// is told. What needs no person passes through in one moment. Who decides, and what is done, stands where it is
/// decided.
namespace entrepot::models {

/// The case has not been put before anybody else since, and is not over.
inline bool is_still(const Headquarters& hq, const CaseAt& at) {
    const Case& one = hq.cases[at.place];
    return one.number == at.number && one.asks == at.asks;
}

/// A person has had the case in hand. Beyond what is counted it stays at the most.
inline void touch(Case& one) {
    if (one.touches < 255) ++one.touches;
}

/// Whether its subject is a transfer.
inline bool is_about_transfer(const Case& one) {
    const bool keyed = one.kind == DecisionKind::keying && one.wanted.heard == Heard::nothing;
    return one.subject != kNone && (one.kind == DecisionKind::transfer || keyed);
}

/// What a case buys or moves, at cost.
Money value_of(const Headquarters& hq, const Case& one, const Network& network);

/// The customers whom a decision for an order concerns: who waits longer for what is taken from them, else whose order
/// it is. OrderEscalated::kNobody: it is about no order.
std::uint8_t tier_concerned(const Case& one);

/// A case about a purchase line: whether to place it, or what to do as it is late.
Case case_of_purchase(const Headquarters& hq, DecisionKind kind, std::uint32_t line, Time now);
/// Whether to make a transfer.
Case case_of_transfer(const Headquarters& hq, std::uint32_t transfer, Time now);

/// A new case with a number of its own. It has been detected that something is to be decided, by what is known of the
/// location now.
std::uint32_t raise_case(Headquarters& hq, const Case& raised, Context& context);

/// The case takes a step.
void take_step(const Headquarters& hq, std::uint32_t index, CaseStep step, Role role, Context& context,
               StepOutcome outcome = StepOutcome::none);

/// The end of a case, whose place may be another one's from now on.
void close_case(Headquarters& hq, std::uint32_t index, bool executed, Context& context);

/// The horizon ends: tells of exceptions that are still open.
void end_cases(const Headquarters& hq, Context& context);

}  // namespace entrepot::models
