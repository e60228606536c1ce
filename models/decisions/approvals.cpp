#include "models/decisions/approvals.hpp"

#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/decisions/office.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

/// Whether a level must agree to what was decided. What is about no units has no value, but somebody it concerns.
bool must_agree(const ApprovalLevel& level, const Headquarters& hq, const Case& one, const Network& network) {
    if (!level.concerns(one.kind)) return false;
    const std::uint8_t tier = tier_concerned(one);
    if (!level.tiers.empty() && (tier >= level.tiers.size() || !level.tiers[tier])) return false;
    if (level.changes && one.recommended == Recommended::changed) return true;
    return one.units == 0 ? level.above == Money{} : value_of(hq, one, network) > level.above;
}

bool is_away(const ApprovalLevel& level, int day, const Context& context) {
    if (level.absent <= 0) return false;
    auto draw = context.draws().at(purpose::approver_away, level.key, static_cast<std::uint32_t>(day));
    return draw.uniform() < level.absent;
}

/// Somebody of a level is asked to agree to what the case's own level must agree to.
void ask(Headquarters& hq, std::uint32_t place, std::uint8_t index, Context& context) {
    const Network& network = context.network();
    const ApprovalLevel& level = network.strategy.governance.approvals[index];
    const Case& one = hq.cases[place];
    const bool delegated = level.delegate && is_away(level, day_of(context.now()), context);
    const Role role = delegated ? *level.delegate : level.role;
    take_step(hq, place, CaseStep::asked, role, context, delegated ? StepOutcome::delegated : StepOutcome::none);
    const double u = draws_at(hq, one, purpose::approval_time, context).uniform();
    const Time turns =
        add_office_time(network.calendar, network.office, context.now(), lognormal_time(u, level.median, level.sigma),
                        [&](int day) { return delegated || !is_away(level, day, context); });
    context.at(turns, ApproverTurns{place, one.number, one.asks, role});
    if (!level.service_level) return;
    context.at(add_office_time(network.calendar, network.office, context.now(), *level.service_level),
               ApprovalOverdue{place, one.number, one.asks, index});
}

/// The next level that has to agree to a decision of such value.
void ask_from(Headquarters& hq, std::uint32_t place, std::size_t first, Context& context) {
    const Network& network = context.network();
    const auto& levels = network.strategy.governance.approvals;
    for (std::size_t i = first; i < levels.size(); ++i) {
        if (!must_agree(levels[i], hq, hq.cases[place], network)) continue;
        hq.cases[place].level = static_cast<std::uint8_t>(i);
        hq.cases[place].asked = context.now();
        ++hq.cases[place].asks;
        return ask(hq, place, static_cast<std::uint8_t>(i), context);
    }
    hq.cases[place].level = Case::kNoLevel;
    carry_out(hq, place, context);
}

/// How long the level took.
void tell_approval(const Case& one, Context& context) {
    const Network& network = context.network();
    const auto& levels = network.strategy.governance.approvals;
    const Duration open = office_time_between(network.calendar, network.office, one.asked, context.now());
    Service service = Service::none;
    if (one.level < levels.size() && levels[one.level].service_level) {
        service = open <= *levels[one.level].service_level ? Service::kept : Service::missed;
    }
    context.tell(ApprovalGiven{static_cast<float>(sim::in<sim::hours>(context.now() - one.asked)),
                               static_cast<float>(sim::in<sim::hours>(open)), one.number,
                               static_cast<std::uint8_t>(one.kind), static_cast<std::uint8_t>(one.role), service,
                               one.level});
}

}  // namespace

void seek_approval(Headquarters& hq, std::uint32_t place, Context& context) { ask_from(hq, place, 0, context); }

void approve(Headquarters& hq, std::uint32_t place, Context& context) {
    Case& one = hq.cases[place];
    ++one.asks;
    take_step(hq, place, CaseStep::approved, one.role, context);
    tell_approval(one, context);
    ask_from(hq, place, one.level + std::size_t{1}, context);
}

void on(Headquarters& hq, const ApproverTurns& message, Context& context) {
    if (!is_still(hq, {message.place, message.number, message.asks})) return;
    const Office& office = context.network().office;
    if (office.approval_time || office.minutes_per_approval > 0) {
        return put_before(hq, message.place, message.role, context);
    }
    Case& one = hq.cases[message.place];
    one.role = message.role;
    touch(one);
    approve(hq, message.place, context);
}

/// Whoever should have agreed by now has not: the next in charge is asked in his place. The first of both decides.
void on(Headquarters& hq, const ApprovalOverdue& message, Context& context) {
    const auto& levels = context.network().strategy.governance.approvals;
    const bool waits = is_still(hq, {message.place, message.number, message.asks});
    if (!waits || message.level >= levels.size() || !levels[message.level].escalates_to) return;
    take_step(hq, message.place, CaseStep::overdue, levels[message.level].role, context);
    ask(hq, message.place, *levels[message.level].escalates_to, context);
}

}  // namespace entrepot::models
