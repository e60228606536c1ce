#include "models/decisions/cases.hpp"

#include <bit>

#include "models/records/master_data.hpp"
#include "sim/digest.hpp"

namespace entrepot::models {

namespace {

/// Fingerprint of what headquarters believes of a location: who has the same, has decided on the same.
std::uint64_t inputs_of(const Headquarters& hq, StockKey about) {
    if (about.item() == StockKey::kNoItem) return 0;
    const LocationId location = hq.location(site_of(about), item_of(about));
    const StockView& view = hq.view[location];
    const Levels& levels = hq.levels[location];
    const auto pair = [](auto a, auto b) {
        return std::uint64_t{std::bit_cast<std::uint32_t>(a)} << 32 | std::bit_cast<std::uint32_t>(b);
    };
    const auto heard = static_cast<std::uint64_t>(view.heard.time_since_epoch().count());
    const std::uint64_t stock = sim::mix(pair(view.net, view.on_order) ^ 0xD6E8FEB86659FD93ull, heard + 1);
    const std::uint64_t order = sim::mix(pair(levels.reorder_point, levels.order_up_to) ^ 0xA0761D6478BD642Full,
                                         pair(levels.daily_rate, levels.confidence) ^ 0xE7037ED1A0B428DBull);
    return sim::mix(stock ^ 0x8EBC6AF09C88C6E3ull, order ^ 0x589965CC75374CC3ull);
}

void count_case(Headquarters& hq, StockKey about, int more) {
    if (about.item() == StockKey::kNoItem) return;
    hq.cases_about[hq.location(site_of(about), item_of(about))] += static_cast<std::uint32_t>(more);
}

/// Hours since headquarters last heard of the site's record; -1 of what is about no item.
float age_of_record(const Headquarters& hq, StockKey about, const Context& context) {
    if (about.item() == StockKey::kNoItem) return -1;
    return static_cast<float>(sim::in<sim::hours>(context.now() - hq.told[site_of(about)]));
}

/// Whether an exception was settled as soon as it is to be.
Service service_of(const Case& one, const Context& context) {
    const Network& network = context.network();
    const auto& limit = network.office.exception_service_level;
    if (!limit || !is_exception(one.kind)) return Service::none;
    const Duration took = office_time_between(network.calendar, network.office, one.raised, context.now());
    return took <= *limit ? Service::kept : Service::missed;
}

}  // namespace

Money value_of(const Headquarters& hq, const Case& one, const Network& network) {
    if (one.about.item() == StockKey::kNoItem) return {};
    Units units = one.units;
    if (one.kind == DecisionKind::transfer && one.subject != kNone) units = hq.transfers[one.subject].units;
    if (one.kind == DecisionKind::purchase) units = hq.purchases[one.subject].ordered;
    return cost_on_record(hq, item_of(one.about), network) * units;
}

std::uint8_t tier_concerned(const Case& one) {
    switch (one.kind) {
        case DecisionKind::allocation_override:
            return one.escalated.taken_from;
        case DecisionKind::escalation:
        case DecisionKind::promise_change:
        case DecisionKind::priority_exception:
        case DecisionKind::credit_hold:
        case DecisionKind::data_hold:
            return one.escalated.tier;
        case DecisionKind::purchase:
        case DecisionKind::transfer:
        case DecisionKind::supplier_exception:
        case DecisionKind::integration_exception:
        case DecisionKind::alert:
        case DecisionKind::keying:
            break;
    }
    return OrderEscalated::kNobody;
}

Case case_of_purchase(const Headquarters& hq, DecisionKind kind, std::uint32_t index, Time now) {
    const PurchaseLine& line = hq.purchases[index];
    return {.raised = now,
            .subject = index,
            .about = key_of(line.site, line.item),
            .units = line.ordered,
            .wanted = {line.ordered, line.ordered},
            .serial = line.serial,
            .kind = kind};
}

Case case_of_transfer(const Headquarters& hq, std::uint32_t index, Time now) {
    const Transfer& transfer = hq.transfers[index];
    return {.raised = now,
            .subject = index,
            .about = key_of(transfer.to, transfer.item),
            .units = transfer.units,
            .wanted = {transfer.units, transfer.units},
            .kind = DecisionKind::transfer};
}

std::uint32_t raise_case(Headquarters& hq, const Case& raised, Context& context) {
    const std::uint32_t index = hq.cases.take();
    hq.cases[index] = raised;
    hq.cases[index].number = hq.cases_raised++;
    hq.cases[index].inputs = inputs_of(hq, raised.about);
    count_case(hq, raised.about, 1);
    take_step(hq, index, CaseStep::detected, Role::system, context);
    const bool of_link = raised.kind == DecisionKind::integration_exception;
    context.tell(CaseRaised{hq.cases[index].number, of_link ? kNone : raised.subject,
                            of_link ? raised.subject : raised.escalated.order, age_of_record(hq, raised.about, context),
                            static_cast<std::uint8_t>(raised.kind), is_about_transfer(raised)});
    return index;
}

void take_step(const Headquarters& hq, std::uint32_t index, CaseStep step, Role role, Context& context,
               StepOutcome outcome) {
    const Case& one = hq.cases[index];
    const SiteId site = site_of(one.about);
    const bool of_item = one.about.item() != StockKey::kNoItem;
    const Network& network = context.network();
    const std::uint16_t policy =
        network.policy_of.empty() || !of_item ? Network::kNobody : network.policy_of[site][item_of(one.about)];
    const std::uint32_t item = of_item ? one.about.item() : kNone;
    context.tell(CaseStepped{one.inputs, one.number, one.because_of, item, one.units, site.value, policy,
                             static_cast<std::uint8_t>(one.kind), static_cast<std::uint8_t>(step),
                             static_cast<std::uint8_t>(role), static_cast<std::uint8_t>(outcome)});
}

void close_case(Headquarters& hq, std::uint32_t index, bool executed, Context& context) {
    const Case& one = hq.cases[index];
    take_step(hq, index, CaseStep::closed, Role::system, context, executed ? StepOutcome::none : StepOutcome::dropped);
    context.tell(CaseClosed{one.raised.time_since_epoch().count(), one.number, static_cast<std::uint8_t>(one.kind),
                            one.touches, executed, static_cast<std::uint8_t>(one.recommended),
                            static_cast<float>(sim::in<sim::hours>(one.waited)),
                            static_cast<float>(sim::in<sim::hours>(one.worked)),
                            one.signal == Time{} ? 0 : static_cast<float>(sim::in<sim::hours>(one.raised - one.signal)),
                            one.wanted.mistaken, service_of(one, context)});
    ++hq.cases[index].asks;
    count_case(hq, one.about, -1);
    hq.cases.release(index);
}

void end_cases(const Headquarters& hq, Context& context) {
    hq.cases.for_each([&](std::uint32_t index) {
        const Case& one = hq.cases[index];
        if (!is_exception(one.kind)) return;
        const Service service = service_of(one, context) == Service::missed ? Service::missed : Service::none;
        context.tell(ExceptionLeftOpen{day_of(one.raised), static_cast<std::uint8_t>(one.kind), service});
    });
}

}  // namespace entrepot::models
