#include "models/decisions/approvals.hpp"

#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/decisions/office.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

/// At cost.
Money value_of(const Headquarters& hq, const Case& one, const Network& network) {
    if (one.kind == DecisionKind::transfer) {
        const Transfer& transfer = hq.transfers[one.subject];
        return network.items[transfer.item].unit_cost * transfer.units;
    }
    const PurchaseLine& line = hq.purchases[one.subject];
    return network.items[line.item].unit_cost * line.ordered;
}

bool is_away(const ApprovalLevel& level, int day, const Context& context) {
    if (level.absent <= 0) return false;
    auto draw = context.draws().at(purpose::approver_away, level.key, static_cast<std::uint32_t>(day));
    return draw.uniform() < level.absent;
}

/// The first moment from now on at which the approver of a level isn't away.
Time when_back(const ApprovalLevel& level, const Context& context) {
    constexpr int kPatience = 366;  // somebody who never comes is asked in a year
    const Calendar& calendar = context.network().calendar;
    const int today = day_of(context.now());
    int day = today;
    while (day - today < kPatience && is_away(level, day, context)) day = business_day_from(calendar, day + 1);
    return day == today ? context.now() : start_of(day);
}

void ask(Headquarters& hq, std::uint32_t place, std::uint8_t index, Context& context) {
    const Network& network = context.network();
    const ApprovalLevel& level = network.strategy.governance.approvals[index];
    Case& one = hq.cases[place];
    const bool delegated = level.delegate && is_away(level, day_of(context.now()), context);
    one.role = delegated ? *level.delegate : level.role;
    one.level = index;
    ++one.asks;
    take_step(hq, place, CaseStep::asked, one.role, context, delegated ? StepOutcome::delegated : StepOutcome::none);
    const double hours = sim::lognormal_median(draws_at(hq, one, purpose::approval_time, context).uniform(),
                                               sim::in<sim::hours>(level.median), level.sigma);
    const Time from = delegated ? context.now() : when_back(level, context);
    context.at(add_office_time(network.calendar, network.office, from, sim::from_real<sim::hours>(hours)),
               ApproverTurns{place, one.number, one.asks});
    if (!level.service_level) return;
    context.at(add_office_time(network.calendar, network.office, context.now(), *level.service_level),
               ApprovalOverdue{place, one.number, one.asks});
}

/// The next level that has to agree to a decision of such value.
void ask_from(Headquarters& hq, std::uint32_t place, std::size_t first, Context& context) {
    const Network& network = context.network();
    const auto& levels = network.strategy.governance.approvals;
    for (std::size_t i = first; i < levels.size(); ++i) {
        const Case& one = hq.cases[place];
        if (!levels[i].concerns(one.kind) || value_of(hq, one, network) <= levels[i].above) continue;
        return ask(hq, place, static_cast<std::uint8_t>(i), context);
    }
    hq.cases[place].level = Case::kNoLevel;
    carry_out(hq, place, context);
}

}  // namespace

void seek_approval(Headquarters& hq, std::uint32_t place, Context& context) { ask_from(hq, place, 0, context); }

void approve(Headquarters& hq, std::uint32_t place, Context& context) {
    Case& one = hq.cases[place];
    ++one.asks;
    take_step(hq, place, CaseStep::approved, one.role, context);
    ask_from(hq, place, one.level + std::size_t{1}, context);
}

void on(Headquarters& hq, const ApproverTurns& message, Context& context) {
    if (!is_still(hq, {message.place, message.number, message.asks})) return;
    const Office& office = context.network().office;
    if (office.approval_time || office.minutes_per_approval > 0) {
        return put_before(hq, message.place, hq.cases[message.place].role, context);
    }
    ++hq.cases[message.place].touches;
    approve(hq, message.place, context);
}

/// Whoever should have agreed by now has not: the next in charge is asked. The first of both decides.
void on(Headquarters& hq, const ApprovalOverdue& message, Context& context) {
    const Case& one = hq.cases[message.place];
    const auto& levels = context.network().strategy.governance.approvals;
    const bool waits = one.number == message.number && one.waits_for_approval() && one.level < levels.size();
    if (!waits || one.asks != message.asks || !levels[one.level].escalates_to) return;
    take_step(hq, message.place, CaseStep::overdue, one.role, context);
    ask(hq, message.place, *levels[one.level].escalates_to, context);
}

}  // namespace entrepot::models
