#include "models/decisions/office.hpp"

#include <algorithm>

#include "models/decisions/planning.hpp"
#include "models/decisions/transfers.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

bool is_for_agents(const Work& work) { return work.kind == DecisionKind::escalation; }

Desk& desk_of(Headquarters& hq, const Work& work) { return is_for_agents(work) ? hq.agents : hq.planners; }

/// What a case keeps a person busy for: a distribution, or else minutes on average.
struct CaseTime {
    const std::optional<TimeDistribution>& distribution;
    double minutes = 0;
};

CaseTime time_of(const Headquarters& hq, const Work& work, const Office& office) {
    switch (work.kind) {
        case DecisionKind::escalation:
            return {office.escalation_time, office.agent_minutes_per_escalation};
        case DecisionKind::purchase:
            if (hq.purchases[work.subject].prepared) return {office.review_time, office.minutes_per_review};
            return {office.line_time, office.minutes_per_line};
        case DecisionKind::transfer:
        case DecisionKind::supplier_exception:
            break;
    }
    return {office.exception_time, office.minutes_per_exception};
}

/// A draw for a piece of work, at the address of what it is about: the escalated order, which an agent and perhaps then
/// a planner has before him; else the lane and the day, on which a lane may have several cases.
double draw_at(Headquarters& hq, const Work& work, sim::Purpose purpose, const Context& context) {
    const Network& network = context.network();
    if (work.kind == DecisionKind::escalation || work.subject == kNone) {
        const std::uint64_t site = network.sites[site_of(work.escalated.key)].key;
        return context.draws().at(purpose, site + work.touches, work.escalated.order).uniform();
    }
    const bool transfer = work.kind == DecisionKind::transfer;
    const StockKey key = transfer ? key_of(hq.transfers[work.subject].to, hq.transfers[work.subject].item)
                                  : key_of(hq.purchases[work.subject].site, hq.purchases[work.subject].item);
    const int day = day_of(context.now());
    const std::uint32_t coordinate = hq.orders_today.next(purpose, key, start_of(day), static_cast<std::uint32_t>(day));
    return context.draws().at(purpose, lane_to(key, network), coordinate).uniform();
}

Duration handling_time(Headquarters& hq, const Work& work, Context& context) {
    const Office& office = context.network().office;
    const CaseTime time = time_of(hq, work, office);
    const double u = draw_at(hq, work, purpose::desk_time, context);
    if (time.distribution) return draw(*time.distribution, u);
    return sim::from_real<sim::minutes>(sim::lognormal(u, time.minutes, office.handling_cv));
}

bool is_urgent(const Work& work) { return work.kind != DecisionKind::purchase; }

/// Urgent cases go first, but leave some of the people to the others: somebody must go on ordering. A share that isn't
/// whole people is rounded up, so that a single person deals with the urgent ones first.
std::uint32_t next_case(Desk& desk, const Office& office) {
    const bool enough = desk.busy_on_urgent >= office.urgent_share * desk.staff;
    const bool take_urgent = !desk.urgent.empty() && (desk.ordinary.empty() || !enough);
    return take_urgent ? desk.urgent.pop() : desk.ordinary.pop();
}

/// The purchase line that the case is about has come, and its place may be another line's.
bool line_is_over(const Headquarters& hq, const Work& work) {
    const PurchaseLine& line = hq.purchases[work.subject];
    return !line.open || line.serial != work.serial;
}

/// Time has settled some cases before a person comes to them: the late goods have arrived, nobody waits any more.
bool is_settled(const Headquarters& hq, const Work& work) {
    if (work.kind == DecisionKind::supplier_exception) return line_is_over(hq, work);
    if (work.kind != DecisionKind::transfer || work.subject != kNone) return false;
    // What was heard before the case was raised doesn't know of it.
    const StockView& view = hq.view[hq.location(site_of(work.escalated.key), item_of(work.escalated.key))];
    return view.heard > work.raised && view.net >= 0;
}

void close_case(const Work& work, std::uint32_t id, bool executed, Context& context) {
    context.tell(CaseClosed{work.raised.time_since_epoch().count(), id, static_cast<std::uint8_t>(work.kind),
                            work.touches, executed});
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
        const Work& work = hq.work[index];
        if (is_settled(hq, work)) {
            close_case(work, index, false, context);
            hq.work.release(index);
            continue;
        }
        desk.busy_on_urgent += is_urgent(work);
        const Duration takes = handling_time(hq, work, context);
        count_hours(desk, hq.open, context.now());
        ++desk.busy;
        desk.hours_busy += sim::in<sim::hours>(takes);
        context.after(takes, DeskDone{index});
    }
}

void enqueue(Headquarters& hq, std::uint32_t index, Context& context) {
    const Work& work = hq.work[index];
    Desk& desk = desk_of(hq, work);
    (is_urgent(work) ? desk.urgent : desk.ordinary).push(index);
    start_work(hq, desk, context);
}

// What follows when a person has dealt with a piece of work.

void settle_escalation(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    Work& work = hq.work[index];
    context.send(entity_of(site_of(work.escalated.key)), context.now() + network.strategy.integration.pump,
                 EscalationResolved{work.escalated.order});
    close_case(work, index, true, context);
    if (work.escalated.short_units == 0 || !network.strategy.transfers.urgent_on_escalation) {
        hq.work.release(index);
        return;
    }
    work.kind = DecisionKind::transfer;  // the same case goes on to a planner
    work.subject = kNone;
    enqueue(hq, index, context);
}

/// A line of that value is nobody's to release alone.
bool needs_approval(const PurchaseLine& line, const Network& network) {
    return network.items[line.item].unit_cost * line.ordered > network.strategy.workflow.approval_above;
}

void wait_for_approval(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Workflow& workflow = network.strategy.workflow;
    const double hours = sim::lognormal_median(draw_at(hq, hq.work[index], purpose::approval_time, context),
                                               sim::in<sim::hours>(workflow.approval_median), workflow.approval_sigma);
    context.at(add_office_time(network.calendar, network.office, context.now(), sim::from_real<sim::hours>(hours)),
               ApprovalGiven{index});
}

void settle_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const Work& work = hq.work[index];
    PurchaseLine& line = hq.purchases[work.subject];
    line.touches = work.touches;
    if (needs_approval(line, context.network())) return wait_for_approval(hq, index, context);
    place_purchase(hq, work.subject, context);
    hq.work.release(index);
}

void settle_transfer(Headquarters& hq, std::uint32_t index, Context& context) {
    const Work& work = hq.work[index];
    if (work.subject == kNone) {
        order_urgent_transfer(hq, work, context);
    } else {
        hq.transfers[work.subject].touches = work.touches;
        execute_transfer(hq, work.subject, context);
    }
    hq.work.release(index);
}

void settle_supplier_exception(Headquarters& hq, std::uint32_t index, Context& context) {
    const Work& work = hq.work[index];
    const bool done = !line_is_over(hq, work) && expedite_purchase(hq, work.subject, context);
    close_case(work, index, done, context);
    hq.work.release(index);
}

std::uint32_t take_case(Headquarters& hq, DecisionKind kind, std::uint32_t subject, Time now) {
    const std::uint32_t index = hq.work.take();
    const bool purchase = kind != DecisionKind::transfer;
    const std::uint16_t serial = purchase ? hq.purchases[subject].serial : std::uint16_t{0};
    hq.work[index] = Work{.raised = now, .subject = subject, .serial = serial, .kind = kind};
    return index;
}

}  // namespace

void ask_planner(Headquarters& hq, DecisionKind kind, std::uint32_t subject, Context& context) {
    enqueue(hq, take_case(hq, kind, subject, context.now()), context);
}

void release_untouched(Headquarters& hq, std::uint32_t purchase, Context& context) {
    if (!needs_approval(hq.purchases[purchase], context.network())) return place_purchase(hq, purchase, context);
    wait_for_approval(hq, take_case(hq, DecisionKind::purchase, purchase, context.now()), context);
}

void on(Headquarters& hq, const OrderEscalated& message, Context& context) {
    const std::uint32_t index = hq.work.take();
    hq.work[index] = Work{.raised = context.now(), .escalated = message, .kind = DecisionKind::escalation};
    // The agent first gathers the facts: e-mails and calls that take time, but not the agent's.
    const Network& network = context.network();
    const double median = sim::in<sim::hours>(network.strategy.workflow.escalation_search_median);
    const double hours = sim::lognormal_median(draw_at(hq, hq.work[index], purpose::search_time, context),
                                               std::max(1e-6, median),  // a median of 0 has no logarithm
                                               network.office.search_sigma);
    context.after(sim::from_real<sim::hours>(hours), CaseReady{index});
}

void on(Headquarters& hq, const CaseReady& message, Context& context) { enqueue(hq, message.work, context); }

void on(Headquarters& hq, const DeskDone& message, Context& context) {
    Work& work = hq.work[message.work];
    Desk& desk = desk_of(hq, work);
    count_hours(desk, hq.open, context.now());
    --desk.busy;
    desk.busy_on_urgent -= is_urgent(work);
    ++work.touches;
    switch (work.kind) {
        case DecisionKind::escalation:
            settle_escalation(hq, message.work, context);
            break;
        case DecisionKind::purchase:
            settle_purchase(hq, message.work, context);
            break;
        case DecisionKind::transfer:
            settle_transfer(hq, message.work, context);
            break;
        case DecisionKind::supplier_exception:
            settle_supplier_exception(hq, message.work, context);
            break;
    }
    start_work(hq, desk, context);
}

void on(Headquarters& hq, const ApprovalGiven& message, Context& context) {
    const Work& work = hq.work[message.work];
    ++hq.purchases[work.subject].touches;
    place_purchase(hq, work.subject, context);
    hq.work.release(message.work);
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
