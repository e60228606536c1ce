#include "models/decisions/execution.hpp"

#include <utility>

#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/hindsight.hpp"
#include "models/decisions/judgement.hpp"
#include "models/decisions/office.hpp"
#include "models/decisions/transfers.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

/// A planner looks for stock that another site can give for an escalated order.
void answer_escalation(Headquarters& hq, std::uint32_t index, Context& context) {
    const bool found = order_urgent_transfer(hq, hq.cases[index], context);
    if (found) take_step(hq, index, CaseStep::executed, hq.cases[index].role, context);
    close_case(hq, index, found, context);
}

/// The order's customer is answered; what the answer promises may be another case, of a planner.
void settle_escalation(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Case escalation = hq.cases[index];
    context.send(entity_of(site_of(escalation.about)), context.now() + network.strategy.integration.pump,
                 EscalationResolved{escalation.escalated.order});
    take_step(hq, index, CaseStep::executed, escalation.role, context);
    close_case(hq, index, true, context);
    if (escalation.units == 0 || !network.strategy.transfers.urgent_on_escalation) return;
    const Case stock{.raised = escalation.raised,
                     .because_of = escalation.number,
                     .escalated = escalation.escalated,
                     .about = escalation.about,
                     .units = escalation.units,
                     .kind = DecisionKind::transfer};
    ask_people(hq, raise_case(hq, stock, context), context);
}

void settle_supplier_exception(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case& one = hq.cases[index];
    const bool done = !line_is_over(hq, one) && expedite_purchase(hq, one.subject, context);
    if (done) take_step(hq, index, CaseStep::executed, one.role, context);
    close_case(hq, index, done, context);
}

/// Somebody has written to the customer of an order at risk.
void settle_notice(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case& notice = hq.cases[index];
    context.send(entity_of(site_of(notice.about)), context.now() + context.network().strategy.integration.pump,
                 NoticeArrives{notice.escalated.order});
    take_step(hq, index, CaseStep::executed, notice.role, context);
    close_case(hq, index, true, context);
}

}  // namespace

bool line_is_over(const Headquarters& hq, const Case& one) {
    const PurchaseLine& line = hq.purchases[one.subject];
    return !line.open || line.serial != one.serial;
}

void settle(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case& one = hq.cases[index];
    switch (one.kind) {
        case DecisionKind::escalation:
            return settle_escalation(hq, index, context);
        case DecisionKind::purchase:
            judge_line(hq, index, context);
            return seek_approval(hq, index, context);
        case DecisionKind::transfer:
            return one.subject == kNone ? answer_escalation(hq, index, context) : seek_approval(hq, index, context);
        case DecisionKind::supplier_exception:
            return settle_supplier_exception(hq, index, context);
        case DecisionKind::notice:
            return settle_notice(hq, index, context);
    }
}

void carry_out(Headquarters& hq, std::uint32_t index, Context& context) {
    const auto [subject, touches] = std::pair(hq.cases[index].subject, hq.cases[index].touches);
    take_step(hq, index, CaseStep::released, Role::system, context);
    if (hq.cases[index].kind == DecisionKind::transfer) {
        hq.transfers[subject].touches = touches;
        execute_transfer(hq, subject, context);
    } else {
        note_decision(hq, index, false, context);
        hq.purchases[subject].touches = touches;
        place_purchase(hq, subject, context);
    }
    take_step(hq, index, CaseStep::executed, Role::system, context);
    close_case(hq, index, true, context);
}

void resize(Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    Case& one = hq.cases[index];
    one.kind == DecisionKind::transfer ? resize_transfer(hq, one.subject, units, context)
                                       : resize_purchase(hq, one.subject, units, context);
    one.units = units;
}

void drop(Headquarters& hq, std::uint32_t index, Context& context) {
    resize(hq, index, 0, context);
    close_case(hq, index, false, context);
}

}  // namespace entrepot::models
