#include "models/decisions/office.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "models/decisions/alerts.hpp"
#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/decisions/forecast_service.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/integration_cases.hpp"
#include "models/decisions/judgement.hpp"
#include "models/decisions/planning.hpp"
#include "models/decisions/routing.hpp"
#include "models/decisions/taking.hpp"
#include "models/decisions/transfers.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/interfaces.hpp"

namespace entrepot::models {

namespace {

/// Roles between whose desks a case bounces that nobody has the right to decide.
constexpr std::array kBounceBetween{Role::planner, Role::service_agent};

bool is_anybodys(const Case& one, const Network& network) {
    return one.waits_for_approval() || network.strategy.governance.rights.owner(one.kind).has_value();
}

/// Whether whoever takes the case will only see that it is none of his.
bool bounces(const Case& one, const Network& network) {
    return !is_anybodys(one, network) && one.bounces < network.office.bounces;
}

/// What a case keeps a person busy for: a distribution, or else minutes on average.
struct CaseTime {
    const std::optional<TimeDistribution>& distribution;
    double minutes = 0;
};

CaseTime time_of(const Headquarters& hq, const Case& one, const Network& network) {
    static const std::optional<TimeDistribution> kMinutes;
    const Office& office = network.office;
    if (one.waits_for_approval()) return {office.approval_time, office.minutes_per_approval};
    if (bounces(one, network)) return {kMinutes, office.minutes_per_bounce};
    switch (one.kind) {
        case DecisionKind::escalation:
            return {office.escalation_time, office.agent_minutes_per_escalation};
        case DecisionKind::promise_change:
            return {office.notice_time, office.agent_minutes_per_notice};
        case DecisionKind::integration_exception:
            return {kMinutes, minutes_to_repair(one, network)};
        case DecisionKind::alert:
            return {kMinutes, office.minutes_per_alert};
        case DecisionKind::credit_hold:
        case DecisionKind::data_hold:
            return {kMinutes, office.minutes_per_hold};
        case DecisionKind::keying:
            return {kMinutes, office.minutes_per_keying};
        case DecisionKind::purchase:
            if (hq.purchases[one.subject].prepared) return {office.review_time, office.minutes_per_review};
            return {office.line_time, office.minutes_per_line};
        case DecisionKind::transfer:
        case DecisionKind::supplier_exception:
        case DecisionKind::priority_exception:
        case DecisionKind::allocation_override:
            break;
    }
    return {office.exception_time, office.minutes_per_exception};
}

/// There is more than the people of a desk can be expected to do.
bool has_too_much(const Desk& desk, const Office& office) {
    return static_cast<double>(desk.waiting()) > office.overload.from * desk.staff();
}

/// Share of its usual minutes that a case takes: where there is too much, lines of one sitting share its setup, and
/// haste leaves something out.
double effort(const Headquarters& hq, const Case& one, const Office& office) {
    const Desk& desk = hq.desk(one.role);
    double share = 1;
    if (one.hasty && one.kind == DecisionKind::purchase && office.batch > 1) {
        const double sitting = std::min<double>(office.batch, static_cast<double>(desk.ordinary.size()) + 1);
        share = 1 - office.batch_setup * (1 - 1 / sitting);
    }
    return one.hasty ? share * (1 - office.overload.haste) : share;
}

double pace_of(std::uint8_t group, Role role, const Office& office) {
    return group == Desk::kGeneralists ? 1 : skill_groups(office, role).at(group - std::size_t{1}).pace;
}

Duration handling_time(Headquarters& hq, const Case& one, std::uint8_t group, Context& context) {
    const Office& office = context.network().office;
    const CaseTime time = time_of(hq, one, context.network());
    const double u = draws_at(hq, one, purpose::desk_time, context).uniform();
    const double share = effort(hq, one, office) / pace_of(group, one.role, office);
    if (!time.distribution)
        return sim::from_real<sim::minutes>(share * sim::lognormal(u, time.minutes, office.handling_cv));
    const Duration whole = draw(*time.distribution, u);
    return share == 1 ? whole : sim::from_real<sim::minutes>(share * sim::in<sim::minutes>(whole));
}

/// Somebody waits for these.
bool usually_urgent(DecisionKind kind) {
    return kind != DecisionKind::purchase && kind != DecisionKind::promise_change && kind != DecisionKind::alert &&
           kind != DecisionKind::keying;
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
void count_hours(Desk& desk, Time now) {
    double& hours = desk.overtime ? desk.hours_overtime : desk.hours_at_work;
    if (desk.open) hours += desk.busy() * sim::in<sim::hours>(now - desk.changed);
    desk.changed = now;
}

/// A line that has waited so long that it is left to the next review, which sees how things stand by then.
bool is_skipped(const Case& one, const Office& office, Time now) {
    const bool line = one.kind == DecisionKind::purchase && !one.waits_for_approval();
    return line && office.overload.skip_after && now - one.raised > *office.overload.skip_after;
}

/// In the morning, where there is too much, people leave old lines to the review that follows.
void skip_old_lines(Headquarters& hq, Role role, Context& context) {
    const Office& office = context.network().office;
    if (!office.overload.skip_after || !has_too_much(hq.desk(role), office)) return;
    hq.desk(role).ordinary.take_out([&](const CaseAt& at) {
        if (!is_still(hq, at)) return true;
        if (!is_skipped(hq.cases[at.place], office, context.now())) return false;
        take_step(hq, at.place, CaseStep::skipped, role, context);
        drop(hq, at.place, context);
        return true;
    });
}

void start_work(Headquarters& hq, Role role, Context& context) {
    Desk& desk = hq.desk(role);
    const Office& office = context.network().office;
    while (desk.open && desk.waiting() > 0) {
        const bool too_much = has_too_much(desk, office);
        const auto next = take_next_case(hq, role, context.network());
        if (!next) return;
        const std::uint32_t place = next->at.place;
        if (!is_still(hq, next->at)) continue;
        Case& one = hq.cases[place];
        if (is_settled(hq, one)) {
            close_case(hq, place, false, context);
            continue;
        }
        take_step(hq, place, CaseStep::begun, role, context);
        ++one.asks;  // nobody else decides it meanwhile
        one.role = role;
        one.hasty = too_much;
        one.waited += context.now() - one.since;
        one.since = context.now();
        const Duration takes = handling_time(hq, one, next->group, context);
        count_hours(desk, context.now());
        DeskGroup& group = desk.groups[next->group];
        group.busy_on_urgent += one.urgent;
        ++group.busy;
        desk.hours_busy += sim::in<sim::hours>(takes);
        context.after(takes, DeskDone{place, next->group});
    }
}

/// Another desk may know whose it is.
Role next_to_bounce_to(Role role, const Network& network) {
    const Role other = role == kBounceBetween[0] ? kBounceBetween[1] : kBounceBetween[0];
    return heads(network.office, other) > 0 ? other : role;
}

/// Where the draws of those begin who see to links.
constexpr std::uint64_t kHandsOfLinks = 0x11'4B5A'0000'0000ULL;

std::uint64_t hands_before(DecisionKind kind) {
    switch (kind) {
        case DecisionKind::promise_change:
            return 1024;
        case DecisionKind::priority_exception:
            return 2048;
        case DecisionKind::allocation_override:
            return 3072;
        case DecisionKind::credit_hold:
            return 4096;
        case DecisionKind::data_hold:
            return 5120;
        default:
            return kind == DecisionKind::transfer;
    }
}

}  // namespace

sim::Stream draws_at(Headquarters& hq, const Case& one, sim::Purpose purpose, const Context& context) {
    const Network& network = context.network();
    if (one.kind == DecisionKind::integration_exception) {
        return context.draws().at(purpose, kHandsOfLinks + one.about.site() * 65'536ULL + one.subject,
                                  moment(one.raised));
    }
    if (one.subject == kNone && one.kind != DecisionKind::alert) {
        const std::uint64_t site = network.sites[site_of(one.about)].key;
        // Several hands may deal with one order: the agent, and whoever decides what the answer asks for.
        const std::uint64_t hand = one.touches + hands_before(one.kind);
        return context.draws().at(purpose, site + hand, one.escalated.order);
    }
    const int day = day_of(context.now());
    const std::uint32_t coordinate =
        hq.orders_today.next(purpose, one.about, start_of(day), static_cast<std::uint32_t>(day));
    return context.draws().at(purpose, lane_to(one.about, network), coordinate);
}

Duration lognormal_time(double u, Duration median, double sigma) {
    constexpr double kLeast = 1e-6, kMost = 1e5;  // hours: a median of 0 has no logarithm; beyond any horizon
    const double hours = sim::lognormal_median(u, std::max(kLeast, sim::in<sim::hours>(median)), sigma);
    return sim::from_real<sim::hours>(std::min(hours, kMost));
}

void put_before(Headquarters& hq, std::uint32_t place, Role role, Context& context) {
    Case& one = hq.cases[place];
    one.role = role;
    take_step(hq, place, CaseStep::queued, role, context);
    Desk& desk = hq.desk(role);
    if (one.since == Time{}) one.since = context.now();  // else it waits for somebody else, too
    const double before = place_in_queue(hq, one, context.network());
    (one.urgent ? desk.urgent : desk.ordinary).push({place, one.number, one.asks}, before);
    watch_waiting(hq, place, context);
    start_work(hq, role, context);
}

void ask_people(Headquarters& hq, std::uint32_t place, Context& context) {
    const Network& network = context.network();
    Case& one = hq.cases[place];
    one.urgent = usually_urgent(one.kind);
    const auto owner = network.strategy.governance.rights.owner(one.kind);
    const Role role = owner.value_or(next_to_bounce_to(kBounceBetween[1], network));
    put_before(hq, place, take_route(hq, one, network).value_or(role), context);
}

void recommend(Headquarters& hq, std::uint32_t place, Context& context) {
    transmit(hq, InterfaceName::recommendation, 0, {place, hq.cases[place].number, hq.cases[place].asks}, context);
}

void come_to_desk(Headquarters& hq, const Content& content, Context& context) {
    const CaseAt sent{content[0], content[1], static_cast<std::uint8_t>(content[2])};
    if (is_still(hq, sent)) ask_people(hq, sent.place, context);
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
    const double u = draws_at(hq, hq.cases[index], purpose::search_time, context).uniform();
    const Duration searched =
        lognormal_time(u, network.strategy.workflow.escalation_search_median, network.office.search_sigma);
    context.after(searched, CaseReady{index});
}

void on(Headquarters& hq, const OrderAtRisk& message, Context& context) {
    const Case change{.raised = context.now(),
                      .escalated = {message.order, message.key, 0, message.tier, OrderEscalated::kNobody},
                      .about = message.key,
                      .kind = DecisionKind::promise_change};
    const std::uint32_t place = raise_case(hq, change, context);
    const bool automatic = context.network().strategy.governance.rights.automatic(DecisionKind::promise_change);
    automatic ? decide_by_system(hq, place, context) : ask_people(hq, place, context);
}

void on(Headquarters& hq, const CaseReady& message, Context& context) {
    const DecisionKind kind = hq.cases[message.place].kind;
    const bool automatic = is_hold(kind) && context.network().strategy.governance.rights.automatic(kind);
    automatic ? decide_by_system(hq, message.place, context) : ask_people(hq, message.place, context);
}

void on(Headquarters& hq, const DeskDone& message, Context& context) {
    Case& one = hq.cases[message.place];
    const Role role = one.role;
    Desk& desk = hq.desk(role);
    count_hours(desk, context.now());
    DeskGroup& group = desk.groups[message.group];
    --group.busy;
    group.busy_on_urgent -= one.urgent;
    touch(one);
    one.worked += context.now() - std::exchange(one.since, Time{});
    if (one.waits_for_approval()) {
        approve(hq, message.place, context);
    } else if (bounces(one, context.network())) {
        ++one.bounces;
        take_step(hq, message.place, CaseStep::bounced, role, context);
        put_before(hq, message.place, next_to_bounce_to(role, context.network()), context);
    } else {
        take_step(hq, message.place, CaseStep::handled, role, context);
        if (one.kind == DecisionKind::purchase) judge_line(hq, message.place, context);
        settle(hq, message.place, context);
    }
    start_work(hq, role, context);
}

void on(Headquarters& hq, const OfficeOpens& message, Context& context) {
    const Network& network = context.network();
    const Office& office = network.office;
    for (Desk& desk : hq.desks) {
        count_hours(desk, context.now());
        desk.hours_busy = desk.hours_at_work = desk.hours_overtime = 0;
        desk.open = true;
    }
    context.after(sim::from_real<sim::hours>(office.productive_hours), OfficeCloses{message.day});
    for (std::size_t role = 0; role < kRoles; ++role) skip_old_lines(hq, static_cast<Role>(role), context);
    if (network.strategy.alerts.any()) judge_alerts(hq, message.day, context);
    if (network.plans) {
        set_levels_of_the_day(hq, message.day, context);
        rebalance(hq, message.day, context);
        review(hq, ready_for_review(hq, network), message.day, context);
    }
    for (std::size_t role = 0; role < kRoles; ++role) start_work(hq, static_cast<Role>(role), context);
}

namespace {

/// The people of a desk go home.
void close_desk(Headquarters& hq, Role role, Context& context) {
    const Office& office = context.network().office;
    Desk& desk = hq.desk(role);
    count_hours(desk, context.now());
    desk.open = desk.overtime = false;
    const Money pay = cost_per_hour(office, role) * (office.overload.overtime_pay * desk.hours_overtime);
    if (pay.micros > 0) hq.ledger.post(Account::labour, Account::payables, pay);
    const bool idle = desk.hours_busy + desk.hours_at_work == 0 && desk.waiting() == 0;
    if (idle && role != Role::planner && role != Role::service_agent) return;
    const auto available = static_cast<float>(desk.staff() * office.productive_hours);
    context.tell(OfficeDay{available, static_cast<float>(desk.hours_busy),
                           std::min(available, static_cast<float>(desk.hours_at_work)),
                           static_cast<float>(desk.hours_overtime), pay.micros,
                           static_cast<std::int32_t>(desk.waiting()), static_cast<std::uint8_t>(role)});
}

}  // namespace

void on(Headquarters& hq, const OfficeCloses& message, Context& context) {
    const Office& office = context.network().office;
    bool somebody_stays = false;
    for (std::size_t role = 0; role < kRoles; ++role) {
        Desk& desk = hq.desks[role];
        const bool stays = office.overload.overtime > Duration::zero() && has_too_much(desk, office);
        if (!stays) {
            close_desk(hq, static_cast<Role>(role), context);
            continue;
        }
        count_hours(desk, context.now());
        desk.overtime = somebody_stays = true;
    }
    if (somebody_stays) context.after(office.overload.overtime, OfficeOvertimeEnds{message.day});
}

void on(Headquarters& hq, const OfficeOvertimeEnds&, Context& context) {
    for (std::size_t role = 0; role < kRoles; ++role) {
        if (hq.desks[role].overtime) close_desk(hq, static_cast<Role>(role), context);
    }
}

}  // namespace entrepot::models
