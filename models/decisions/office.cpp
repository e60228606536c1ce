#include "models/decisions/office.hpp"

#include <algorithm>

#include "models/decisions/procurement.hpp"
#include "models/decisions/transfers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

constexpr double kHandlingCv = 0.5;

bool is_for_agents(const Work& work) { return work.kind == DecisionKind::escalation; }

Desk& desk_of(Headquarters& hq, const Work& work) { return is_for_agents(work) ? hq.agents : hq.planners; }

/// Minutes that a person needs for the work, on average.
double handling_minutes(const Work& work, const Network& network) {
    const Office& office = network.office;
    switch (work.kind) {
        case DecisionKind::escalation:
            return office.agent_minutes_per_escalation;
        case DecisionKind::purchase:
            return network.strategy.workflow.auto_release ? office.minutes_per_review : office.minutes_per_line;
        case DecisionKind::transfer:
        case DecisionKind::supplier_exception:
            return office.minutes_per_exception;
    }
    return 0;
}

/// Address of the draws for a piece of work: what it is about.
std::uint64_t work_key(const Headquarters& hq, const Work& work, const Network& network) {
    const auto of = [&](SiteId site, ItemId item) { return network.sites[site].key ^ network.items[item].key; };
    if (work.kind == DecisionKind::escalation || work.subject == kNone) {
        return network.sites[site_of(work.escalated.key)].key + work.escalated.order;
    }
    if (work.kind == DecisionKind::transfer) return of(hq.transfers[work.subject].to, hq.transfers[work.subject].item);
    return of(hq.purchases[work.subject].site, hq.purchases[work.subject].item);
}

double draw_at(const Headquarters& hq, const Work& work, sim::Purpose purpose, const Context& context) {
    const auto day = static_cast<std::uint32_t>(day_of(context.now()));
    return context.draws().at(purpose, work_key(hq, work, context.network()), day).uniform();
}

bool is_urgent(const Work& work) { return work.kind != DecisionKind::purchase; }

/// Urgent cases go first, but never take more than half of the people: somebody must go on ordering.
std::uint32_t next_case(Desk& desk) {
    const bool half_busy = 2 * desk.busy_on_urgent >= desk.staff;
    const bool take_urgent = !desk.urgent.empty() && (desk.ordinary.empty() || !half_busy);
    return take_urgent ? desk.urgent.pop() : desk.ordinary.pop();
}

/// Time has settled some cases before a person comes to them: the late goods have arrived, nobody waits any more.
bool is_settled(const Headquarters& hq, const Work& work) {
    if (work.kind == DecisionKind::supplier_exception) return hq.purchases[work.subject].reported;
    if (work.kind != DecisionKind::transfer || work.subject != kNone) return false;
    return hq.view[hq.location(site_of(work.escalated.key), item_of(work.escalated.key))].net >= 0;
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
    while (hq.open && desk.busy < desk.staff && desk.waiting() > 0) {
        const std::uint32_t index = next_case(desk);
        const Work& work = hq.work[index];
        if (is_settled(hq, work)) {
            close_case(work, index, false, context);
            hq.work.release(index);
            continue;
        }
        desk.busy_on_urgent += is_urgent(work);
        const double u = draw_at(hq, work, purpose::desk_time, context);
        const double minutes = sim::lognormal(u, handling_minutes(work, context.network()), kHandlingCv);
        count_hours(desk, hq.open, context.now());
        ++desk.busy;
        desk.hours_busy += minutes / 60;
        context.after(sim::from_real<sim::minutes>(minutes), DeskDone{index});
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
                 EscalationResolved{work.escalated.order, work.escalated.serial});
    close_case(work, index, true, context);
    if (work.escalated.short_units == 0 || !network.strategy.transfers.urgent_on_escalation) {
        hq.work.release(index);
        return;
    }
    work.kind = DecisionKind::transfer;  // the same case goes on to a planner
    work.subject = kNone;
    enqueue(hq, index, context);
}

void settle_purchase(Headquarters& hq, std::uint32_t index, Context& context) {
    const Network& network = context.network();
    const Workflow& workflow = network.strategy.workflow;
    const Work& work = hq.work[index];
    PurchaseLine& line = hq.purchases[work.subject];
    line.touches = work.touches;
    if (network.items[line.item].unit_cost * line.ordered <= workflow.approval_above) {
        place_purchase(hq, work.subject, context);
        hq.work.release(index);
        return;
    }
    const double hours = sim::lognormal_median(draw_at(hq, work, purpose::approval_time, context),
                                               sim::in<sim::hours>(workflow.approval_median), workflow.approval_sigma);
    context.at(add_office_time(network.calendar, network.office, context.now(), sim::from_real<sim::hours>(hours)),
               ApprovalGiven{index});
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
    const bool done = expedite_purchase(hq, work.subject, context);
    close_case(work, index, done, context);
    hq.work.release(index);
}

}  // namespace

void ask_planner(Headquarters& hq, DecisionKind kind, std::uint32_t subject, Context& context) {
    const std::uint32_t index = hq.work.take();
    hq.work[index] = Work{.kind = kind, .subject = subject, .raised = context.now()};
    enqueue(hq, index, context);
}

void on(Headquarters& hq, const OrderEscalated& message, Context& context) {
    const std::uint32_t index = hq.work.take();
    hq.work[index] = Work{.kind = DecisionKind::escalation, .raised = context.now(), .escalated = message};
    // The agent first gathers the facts: e-mails and calls that take time, but not the agent's.
    const Workflow& workflow = context.network().strategy.workflow;
    const double hours =
        sim::lognormal_median(draw_at(hq, hq.work[index], purpose::search_time, context),
                              std::max(1e-6, sim::in<sim::hours>(workflow.escalation_search_median)), 0.5);
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
    if (!follows_stock_rules(network)) {
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
