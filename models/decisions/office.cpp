#include "models/decisions/office.hpp"

#include <algorithm>
#include <utility>

#include "models/decisions/cases.hpp"
#include "models/decisions/planning.hpp"
#include "models/decisions/transfers.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

Role role_of(const Case& one) { return one.kind == DecisionKind::escalation ? Role::service_agent : Role::planner; }

Desk& desk_of(Headquarters& hq, const Case& one) {
    return role_of(one) == Role::service_agent ? hq.agents : hq.planners;
}

/// What a case keeps a person busy for: a distribution, or else minutes on average.
struct CaseTime {
    const std::optional<TimeDistribution>& distribution;
    double minutes = 0;
};

CaseTime time_of(const Headquarters& hq, const Case& one, const Office& office) {
    switch (one.kind) {
        case DecisionKind::escalation:
            return {office.escalation_time, office.agent_minutes_per_escalation};
        case DecisionKind::purchase:
            if (hq.purchases[one.subject].prepared) return {office.review_time, office.minutes_per_review};
            return {office.line_time, office.minutes_per_line};
        case DecisionKind::transfer:
        case DecisionKind::supplier_exception:
            break;
    }
    return {office.exception_time, office.minutes_per_exception};
}

/// A draw for a case, at the address of what it is about: the escalated order, which an agent and perhaps then a
/// planner has before him; else the lane and the day, on which a lane may have several cases.
double draw_at(Headquarters& hq, const Case& one, sim::Purpose purpose, const Context& context) {
    const Network& network = context.network();
    if (one.subject == kNone) {
        const std::uint64_t site = network.sites[site_of(one.about)].key;
        return context.draws().at(purpose, site + one.touches, one.escalated.order).uniform();
    }
    const int day = day_of(context.now());
    const std::uint32_t coordinate =
        hq.orders_today.next(purpose, one.about, start_of(day), static_cast<std::uint32_t>(day));
    return context.draws().at(purpose, lane_to(one.about, network), coordinate).uniform();
}

Duration handling_time(Headquarters& hq, const Case& one, Context& context) {
    const Office& office = context.network().office;
    const CaseTime time = time_of(hq, one, office);
    const double u = draw_at(hq, one, purpose::desk_time, context);
    if (time.distribution) return draw(*time.distribution, u);
    return sim::from_real<sim::minutes>(sim::lognormal(u, time.minutes, office.handling_cv));
}

bool is_urgent(const Case& one) { return one.kind != DecisionKind::purchase; }

/// Urgent cases go first, but leave some of the people to the others: somebody must go on ordering. A share that isn't
/// whole people is rounded up, so that a single person deals with the urgent ones first.
std::uint32_t next_case(Desk& desk, const Office& office) {
    const bool enough = desk.busy_on_urgent >= office.urgent_share * desk.staff;
    const bool take_urgent = !desk.urgent.empty() && (desk.ordinary.empty() || !enough);
    return take_urgent ? desk.urgent.pop() : desk.ordinary.pop();
}

/// The purchase line that the case is about has come, and its place may be another line's.
bool line_is_over(const Headquarters& hq, const Case& one) {
    const PurchaseLine& line = hq.purchases[one.subject];
    return !line.open || line.serial != one.serial;
}

/// Time has settled some cases before a person comes to them: the late goods have arrived, nobody waits any more.
bool is_settled(const Headquarters& hq, const Case& one) {
    if (one.kind == DecisionKind::supplier_exception) return line_is_over(hq, one);
    if (one.kind != DecisionKind::transfer || one.subject != kNone) return false;
    // What was heard before the case was raised doesn't know of it.
    const StockView& view = hq.view[hq.location(site_of(one.about), item_of(one.about))];
    return view.heard > one.raised && view.net >= 0;
}

/// So long have the people been at work as they are; to be called before that changes.
void count_hours(Desk& desk, bool open, Time now) {
    if (open) desk.hours_at_work += desk.busy * sim::in<sim::hours>(now - desk.changed);
    desk.changed = now;
}

void start_work(Headquarters& hq, Desk& desk, Context& context) {
    const Office& office = context.network().office;
    while (hq.open && desk.busy < desk.staff && desk.waiting() > 0) {
        const std::uint32_t index = next_case(desk, office);
        const Case& one = hq.cases[index];
        if (is_settled(hq, one)) {
            close_case(hq, index, false, context);
            continue;
        }
        take_step(hq, index, CaseStep::begun, role_of(one), context);
        desk.busy_on_urgent += is_urgent(one);
        const Duration takes = handling_time(hq, one, context);
        count_hours(desk, hq.open, context.now());
        ++desk.busy;
        desk.hours_busy += sim::in<sim::hours>(takes);
        context.after(takes, DeskDone{index});
    }
}

/// Puts a case before the people who deal with its kind.
void enqueue(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case& one = hq.cases[index];
    Desk& desk = desk_of(hq, one);
    take_step(hq, index, CaseStep::queued, role_of(one), context);
    (is_urgent(one) ? desk.urgent : desk.ordinary).push(index);
    start_work(hq, desk, context);
}

// What follows when nothing stands in the way of a decision, or a person has dealt with it.

/// The transaction that a case of a purchase line or a proposed transfer is about.
void carry_out(Headquarters& hq, std::uint32_t index, Context& context) {
    const auto [subject, touches] = std::pair(hq.cases[index].subject, hq.cases[index].touches);
    take_step(hq, index, CaseStep::released, Role::system, context);
    if (hq.cases[index].kind == DecisionKind::transfer) {
        hq.transfers[subject].touches = touches;
        execute_transfer(hq, subject, context);
    } else {
        hq.purchases[subject].touches = touches;
        place_purchase(hq, subject, context);
    }
    take_step(hq, index, CaseStep::executed, Role::system, context);
    close_case(hq, index, true, context);
}

/// A planner looks for stock that another site can give for an escalated order.
void answer_escalation(Headquarters& hq, std::uint32_t index, Context& context) {
    const bool found = order_urgent_transfer(hq, hq.cases[index], context);
    if (found) take_step(hq, index, CaseStep::executed, Role::planner, context);
    close_case(hq, index, found, context);
}

/// The order's customer is answered; what the answer promises may be another case, of a planner.
void settle_escalation(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Case escalation = hq.cases[index];
    context.send(entity_of(site_of(escalation.about)), context.now() + network.strategy.integration.pump,
                 EscalationResolved{escalation.escalated.order});
    take_step(hq, index, CaseStep::executed, Role::service_agent, context);
    close_case(hq, index, true, context);
    if (escalation.units == 0 || !network.strategy.transfers.urgent_on_escalation) return;
    Case stock = escalation;
    stock.kind = DecisionKind::transfer;
    stock.because_of = escalation.number;
    enqueue(hq, raise_case(hq, stock, context), context);
}

/// A line of that value is nobody's to release alone.
bool needs_approval(const PurchaseLine& line, const Network& network) {
    return network.items[line.item].unit_cost * line.ordered > network.strategy.workflow.approval_above;
}

void wait_for_approval(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Workflow& workflow = network.strategy.workflow;
    take_step(hq, index, CaseStep::asked, Role::approver, context);
    const double hours = sim::lognormal_median(draw_at(hq, hq.cases[index], purpose::approval_time, context),
                                               sim::in<sim::hours>(workflow.approval_median), workflow.approval_sigma);
    context.at(add_office_time(network.calendar, network.office, context.now(), sim::from_real<sim::hours>(hours)),
               ApprovalGiven{index});
}

void settle_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const bool approval = needs_approval(hq.purchases[hq.cases[index].subject], context.network());
    approval ? wait_for_approval(hq, index, context) : carry_out(hq, index, context);
}

void settle_supplier_exception(Headquarters& hq, std::uint32_t index, Context& context) {
    const Case& one = hq.cases[index];
    const bool done = !line_is_over(hq, one) && expedite_purchase(hq, one.subject, context);
    if (done) take_step(hq, index, CaseStep::executed, Role::planner, context);
    close_case(hq, index, done, context);
}

}  // namespace

void ask_people(Headquarters& hq, std::uint32_t index, Context& context) { enqueue(hq, index, context); }

void release_untouched(Headquarters& hq, std::uint32_t index, Context& context) {
    if (hq.cases[index].kind == DecisionKind::transfer) return carry_out(hq, index, context);
    settle_purchase(hq, index, context);
}

void on(Headquarters& hq, const OrderEscalated& message, Context& context) {
    const Case escalation{.raised = context.now(),
                          .escalated = message,
                          .about = message.key,
                          .units = message.short_units,
                          .kind = DecisionKind::escalation};
    const std::uint32_t index = raise_case(hq, escalation, context);
    // The agent first gathers the facts: e-mails and calls that take time, but not the agent's.
    const Network& network = context.network();
    const double median = sim::in<sim::hours>(network.strategy.workflow.escalation_search_median);
    const double hours = sim::lognormal_median(draw_at(hq, hq.cases[index], purpose::search_time, context),
                                               std::max(1e-6, median),  // a median of 0 has no logarithm
                                               network.office.search_sigma);
    context.after(sim::from_real<sim::hours>(hours), CaseReady{index});
}

void on(Headquarters& hq, const CaseReady& message, Context& context) { enqueue(hq, message.place, context); }

void on(Headquarters& hq, const DeskDone& message, Context& context) {
    Case& one = hq.cases[message.place];
    Desk& desk = desk_of(hq, one);
    count_hours(desk, hq.open, context.now());
    --desk.busy;
    desk.busy_on_urgent -= is_urgent(one);
    ++one.touches;
    take_step(hq, message.place, CaseStep::handled, role_of(one), context);
    switch (one.kind) {
        case DecisionKind::escalation:
            settle_escalation(hq, message.place, context);
            break;
        case DecisionKind::purchase:
            settle_purchase(hq, message.place, context);
            break;
        case DecisionKind::transfer:
            one.subject == kNone ? answer_escalation(hq, message.place, context)
                                 : carry_out(hq, message.place, context);
            break;
        case DecisionKind::supplier_exception:
            settle_supplier_exception(hq, message.place, context);
            break;
    }
    start_work(hq, desk, context);
}

void on(Headquarters& hq, const ApprovalGiven& message, Context& context) {
    ++hq.cases[message.place].touches;
    take_step(hq, message.place, CaseStep::approved, Role::approver, context);
    carry_out(hq, message.place, context);
}

void on(Headquarters& hq, const OfficeOpens& message, Context& context) {
    const Network& network = context.network();
    const Office& office = network.office;
    for (Desk* desk : {&hq.planners, &hq.agents}) {
        count_hours(*desk, false, context.now());
        desk->hours_busy = desk->hours_at_work = 0;
    }
    hq.open = true;
    context.after(sim::from_real<sim::hours>(office.productive_hours), OfficeCloses{message.day});
    if (network.plans) {
        refresh_levels(hq, message.day, context);
        rebalance(hq, message.day, context);
        review(hq, message.day, context);
    }
    start_work(hq, hq.planners, context);
    start_work(hq, hq.agents, context);
}

void on(Headquarters& hq, const OfficeCloses&, Context& context) {
    const Office& office = context.network().office;
    count_hours(hq.planners, true, context.now());
    hq.open = false;
    const auto day = [&](const Desk& desk) { return static_cast<float>(desk.staff * office.productive_hours); };
    context.tell(OfficeDay{day(hq.planners), static_cast<float>(hq.planners.hours_busy), day(hq.agents),
                           static_cast<float>(hq.agents.hours_busy), static_cast<std::int32_t>(hq.planners.waiting()),
                           static_cast<std::int32_t>(hq.agents.waiting()),
                           std::min(day(hq.planners), static_cast<float>(hq.planners.hours_at_work))});
}

}  // namespace entrepot::models
