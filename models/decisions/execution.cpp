#include "models/decisions/execution.hpp"

#include "models/decisions/alerts.hpp"
#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/hindsight.hpp"
#include "models/decisions/integration_cases.hpp"
#include "models/decisions/order_cases.hpp"
#include "models/decisions/transfers.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

/// A planner looks for stock that another site can give for an escalated order.
void answer_escalation(Headquarters& hq, std::uint32_t index, Context& context) {
    const std::uint32_t transfer = propose_urgent_transfer(hq, hq.cases[index], context);
    if (transfer == kNone) return close_case(hq, index, false, context);
    hq.cases[index].subject = transfer;
    seek_approval(hq, index, context);
}

void settle_supplier_exception(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case& one = hq.cases[index];
    const bool done = !line_is_over(hq, one) && pursue_purchase(hq, one.subject, context);
    if (done) take_step(hq, index, CaseStep::executed, one.role, context);
    close_case(hq, index, done, context);
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
        case DecisionKind::supplier_exception:
            return settle_supplier_exception(hq, index, context);
        case DecisionKind::integration_exception:
            return settle_integration_exception(hq, index, context);
        case DecisionKind::alert:
            return settle_alert(hq, index, context);
        case DecisionKind::keying:
            return settle_keying(hq, index, context);
        case DecisionKind::transfer:
            if (one.subject == kNone) return answer_escalation(hq, index, context);
            break;
        case DecisionKind::purchase:
        case DecisionKind::promise_change:
        case DecisionKind::priority_exception:
        case DecisionKind::allocation_override:
        case DecisionKind::credit_hold:
        case DecisionKind::data_hold:
            break;
    }
    seek_approval(hq, index, context);
}

void carry_out(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case one = hq.cases[index];
    if (one.number == hq.not_overridden && sets_aside(one.kind)) return drop(hq, index, context);
    take_step(hq, index, CaseStep::released, Role::system, context);
    if (one.kind == DecisionKind::transfer) {
        hq.transfers[one.subject].touches = one.touches;
        execute_transfer(hq, one.subject, context);
    } else if (one.kind == DecisionKind::purchase) {
        note_decision(hq, index, false, context);
        hq.purchases[one.subject].touches = one.touches;
        place_purchase(hq, one.subject, context);
    } else {
        tell_site(hq, index, context);
    }
    // Others' picks may have begun meanwhile: the site says what it could take.
    hq.cases[index].wanted.sent = one.kind == DecisionKind::allocation_override;
    if (hq.cases[index].wanted.sent) return;
    take_step(hq, index, CaseStep::executed, Role::system, context);
    close_case(hq, index, true, context);
}

void resize(Headquarters& hq, std::uint32_t index, Units units, Context& context) {
    Case& one = hq.cases[index];
    if (one.kind == DecisionKind::purchase) resize_purchase(hq, one.subject, units, context);
    if (one.kind == DecisionKind::transfer && one.subject != kNone) resize_transfer(hq, one.subject, units, context);
    one.units = units;
}

void drop(Headquarters& hq, std::uint32_t index, Context& context) {
    switch (hq.cases[index].kind) {
        case DecisionKind::purchase:
        case DecisionKind::transfer:
            resize(hq, index, 0, context);
            break;
        case DecisionKind::escalation:
        case DecisionKind::promise_change:
        case DecisionKind::priority_exception:
        case DecisionKind::allocation_override:
            withhold_from_site(hq, index, context);
            break;
        case DecisionKind::credit_hold:
        case DecisionKind::data_hold:
            tell_site(hq, index, context);  // nobody keeps an order for good
            break;
        case DecisionKind::supplier_exception:
        case DecisionKind::alert:
        case DecisionKind::keying:
            break;
        case DecisionKind::integration_exception:
            return settle_integration_exception(hq, index, context);  // nobody leaves it at that
    }
    close_case(hq, index, false, context);
}

}  // namespace entrepot::models
