#include <algorithm>

#include <fmt/format.h>

#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::CaseStep;
using models::DecisionKind;

/// The customer is to be told that the order comes later, and is: by systems, or by an agent who writes.
void OrderWatcher::look_at_notice(const Seen& seen) {
    const models::SiteState& site = state(seen.world);
    const models::Order& now = site.orders[place_];
    const auto delay = seen.message<models::DelayKnown>();
    if (delay && delay->order == place_ && delay->serial == now.serial) {
        tell(seen, "carrier", fmt::format("sees that it will be late, on {}, and tells so", clock_.day(delay->day)));
    }
    const bool at_entry = seen.at() == placed_;
    const bool found = now.noticed && (!last_.noticed || at_entry);
    const bool by_hand = !network_.strategy.governance.rights.automatic(DecisionKind::promise_change);
    const auto sent = std::ranges::find(site.notices, models::name_of(now), &models::Notice::name);
    if (found && sent != site.notices.end()) {
        const char* way = by_hand ? "an agent is to write to the customer"
                          : network_.strategy.integration.batch_minute
                              ? "the customer hears of it with the night's batch"
                              : "a message goes to the customer";
        tell(seen, "order desk", fmt::format("sees that it will come on {}; {}", clock_.day(sent->day), way));
    }
    const char* who = by_hand ? "customer service" : "order desk";
    if (now.told && (!last_.told || at_entry)) {
        for (const models::NoticeGiven& given : seen.told<models::NoticeGiven>()) {
            if (given.placed_day != now.placed_day || given.promised_day != now.promised_day) continue;
            return tell(seen, who,
                        fmt::format("tells the customer{} that it comes on {} in place of {}",
                                    by_hand    ? " in a message that an agent has written"
                                    : at_entry ? " with the confirmation"
                                               : "",
                                    clock_.day(given.new_day), clock_.day(given.promised_day)));
        }
    }
    const auto arrives = seen.message<models::NoticeArrives>();
    if (arrives && arrives->order == models::name_of(now) && arrives->withheld != 0) {
        tell(seen, "customer service", "lets the customer wait without a notice: nobody has agreed to it");
    } else if (arrives && arrives->order == models::name_of(now) && !now.told) {
        tell(seen, who, "has a notice ready too late: the promised day is over");
    }
}

/// The case of the agent who writes the notice.
void OrderWatcher::look_at_notice_case(const Seen& seen) {
    if (seen.event.to() != models::headquarters_of(network_)) return;
    const models::Headquarters& hq = seen.world.state.headquarters;
    for (const models::CaseStepped& step : seen.told<models::CaseStepped>()) {
        if (static_cast<DecisionKind>(step.kind) != DecisionKind::promise_change) continue;
        switch (static_cast<CaseStep>(step.step)) {
            case CaseStep::detected: {
                const auto risk = seen.message<models::OrderAtRisk>();
                if (!risk || risk->order != models::name_of(last_) || risk->key.site() != address_.site.value) break;
                notice_case_ = step.number;
                const auto waiting = hq.desk(models::Role::service_agent).waiting();
                tell(seen, "customer service",
                     waiting > 0 ? fmt::format("is to write a notice; {} wait for an agent, complaints first",
                                               count_text(static_cast<long>(waiting), "case"))
                                 : std::string("is to write a notice, and an agent is free"));
                break;
            }
            case CaseStep::executed:
                if (step.number == notice_case_) tell(seen, "customer service", "an agent has written the notice");
                break;
            default:
                break;
        }
    }
}

}  // namespace entrepot::studies::explain
