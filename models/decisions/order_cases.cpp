#include "models/decisions/order_cases.hpp"

#include <algorithm>

#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/office.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

/// Sends to the site of the order that a case is about.
template <class Message>
void send_to_site(const Case& one, const Message& message, Context& context) {
    const Duration pump = context.network().strategy.integration.pump;
    context.send(entity_of(site_of(one.about)), context.now() + pump, message);
}

/// A case that the answer to an escalation asks for.
Case case_after(const Case& escalation, DecisionKind kind) {
    return {.raised = escalation.raised,
            .because_of = escalation.number,
            .escalated = escalation.escalated,
            .about = escalation.about,
            .units = kind == DecisionKind::priority_exception ? 0 : escalation.units,
            .kind = kind};
}

/// The system decides within its guardrails, else whoever has the leading case in hand, where he may; else it goes to
/// those who may.
void decide_in_hand(Headquarters& hq, const Case& raised, Role in_hand, Context& context) {
    const Rights& rights = context.network().strategy.governance.rights;
    const std::uint32_t place = raise_case(hq, raised, context);
    if (rights.automatic(raised.kind)) return decide_by_system(hq, place, context);
    if (!rights.has(in_hand, raised.kind)) return ask_people(hq, place, context);
    Case& one = hq.cases[place];
    one.role = in_hand;
    touch(one);
    take_step(hq, place, CaseStep::begun, in_hand, context);
    take_step(hq, place, CaseStep::handled, in_hand, context);
    seek_approval(hq, place, context);
}

/// A planner is asked for stock of another site.
void ask_for_stock(Headquarters& hq, const Case& asking, Context& context) {
    if (!context.network().strategy.transfers.urgent_on_escalation) return;
    ask_people(hq, raise_case(hq, case_after(asking, DecisionKind::transfer), context), context);
}

/// The allocation override whose outcome a site tells.
std::uint32_t case_sent(const Headquarters& hq, const AllocationAnswered& answer) {
    for (std::uint32_t place = 0; place < hq.cases.size(); ++place) {
        const Case& one = hq.cases[place];
        const bool same = one.escalated.order == answer.order && one.about.packed == answer.key.packed;
        if (one.wanted.sent && same) return place;
    }
    return kNone;
}

}  // namespace

void settle_escalation(Headquarters& hq, std::uint32_t place, Context& context) {
    const Strategy& strategy = context.network().strategy;
    const Case escalation = hq.cases[place];
    take_step(hq, place, CaseStep::executed, escalation.role, context);
    close_case(hq, place, true, context);
    decide_in_hand(hq, case_after(escalation, DecisionKind::priority_exception), escalation.role, context);
    if (escalation.units == 0) return;
    const bool takes = strategy.workflow.takes_allocated && escalation.escalated.taken_from != OrderEscalated::kNobody;
    if (!takes) return ask_for_stock(hq, escalation, context);
    decide_in_hand(hq, case_after(escalation, DecisionKind::allocation_override), escalation.role, context);
}

/// Until what is wrong is put right nobody can do anything.
void on(Headquarters& hq, const OrderHeld& message, Context& context) {
    const Network& network = context.network();
    const OrderHold& hold = network.holds.at(message.hold);
    const bool credit = hold.reason == HoldReason::credit;
    const Case held{.raised = context.now(),
                    .escalated = {message.order, message.key, 0, message.tier, OrderEscalated::kNobody},
                    .about = message.key,
                    .kind = credit ? DecisionKind::credit_hold : DecisionKind::data_hold};
    const std::uint32_t place = raise_case(hq, held, context);
    const std::uint64_t key = network.sites[site_of(message.key)].key ^ hold.key;
    const double u = context.draws().at(purpose::hold_clears, key, message.order).uniform();
    context.after(lognormal_time(u, hold.clears_median, hold.clears_sigma), CaseReady{place});
}

void on(Headquarters& hq, const AllocationAnswered& message, Context& context) {
    const std::uint32_t place = case_sent(hq, message);
    if (place == kNone) return;
    Case& one = hq.cases[place];
    one.wanted.sent = false;
    one.units = message.taken;
    Case missing = one;
    missing.raised = context.now();
    missing.units = message.missing;
    if (message.taken > 0) take_step(hq, place, CaseStep::executed, Role::system, context);
    close_case(hq, place, message.taken > 0, context);
    if (message.missing > 0) ask_for_stock(hq, missing, context);
}

void tell_site(const Headquarters& hq, std::uint32_t place, Context& context) {
    const Case& one = hq.cases[place];
    const std::uint32_t order = one.escalated.order;
    if (one.kind == DecisionKind::promise_change) return send_to_site(one, NoticeArrives{order, 0}, context);
    if (one.kind == DecisionKind::priority_exception) return send_to_site(one, EscalationResolved{order, 0}, context);
    if (is_hold(one.kind)) return send_to_site(one, HoldCleared{order}, context);
    send_to_site(one, AllocationTaken::of(order, one.about, one.units, one.escalated.taken_from), context);
}

void withhold_from_site(Headquarters& hq, std::uint32_t place, Context& context) {
    const Case one = hq.cases[place];
    const std::uint32_t order = one.escalated.order;
    if (one.kind == DecisionKind::promise_change) return send_to_site(one, NoticeArrives{order, 1}, context);
    if (one.kind == DecisionKind::allocation_override) return ask_for_stock(hq, one, context);
    send_to_site(one, EscalationResolved{order, 1}, context);
}

}  // namespace entrepot::models
