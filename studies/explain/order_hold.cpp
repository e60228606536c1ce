#include <algorithm>

#include <fmt/format.h>

#include "studies/explain/order_watcher.hpp"

/// Why an order is held, and who clears it.
namespace entrepot::studies::explain {

using models::CaseStep;

namespace {

const char* reason_text(models::HoldReason reason) {
    return reason == models::HoldReason::credit ? "the customer's account" : "something in the order isn't clear";
}

}  // namespace

/// At the site: it is held, perhaps with its account; nothing holds it any more.
void OrderWatcher::look_at_hold(const Seen& seen) {
    for (const models::OrderPutOnHold& held : seen.told<models::OrderPutOnHold>()) {
        if (held.order != place_ || !held.follows || seen.at() != placed_) continue;
        tell(seen, "order desk", "holds it: its account is on hold with an earlier order, and it is cleared with that");
        held_for_.push_back("its account was on hold with an earlier order");
    }
    for (const models::OrderCleared& cleared : seen.told<models::OrderCleared>()) {
        if (cleared.order != place_) continue;
        const auto hours = sim::from_real<sim::hours>(double{cleared.hours});
        tell(seen, "order desk", fmt::format("nothing holds it any more, after {}", span_text(hours)));
        held_for_.push_back("it was free again after " + span_text(hours));
    }
}

/// At headquarters: the case of each thing that holds it.
void OrderWatcher::look_at_hold_cases(const Seen& seen) {
    if (seen.event.to() != models::headquarters_of(network_)) return;
    const models::Headquarters& hq = seen.world.state.headquarters;
    const auto held = seen.message<models::OrderHeld>();
    const bool mine = held && held->order == models::name_of(last_) && held->key.site() == address_.site.value;
    const auto hold_of = [&](std::uint32_t number) { return std::ranges::find(holds_, number, &HoldCase::number); };
    for (const models::CaseStepped& step : seen.told<models::CaseStepped>()) {
        const auto what = static_cast<CaseStep>(step.step);
        if (mine && what == CaseStep::detected) {
            const models::OrderHold& hold = network_.holds.at(held->hold);
            holds_.push_back({step.number, held->hold});
            tell(seen, "order desk", fmt::format("holds it for {}: {}", hold.name, reason_text(hold.reason)));
            held_for_.push_back(fmt::format("{} held it ({})", hold.name, reason_text(hold.reason)));
            continue;
        }
        const auto hold = hold_of(step.number);
        if (hold == holds_.end() || what != CaseStep::executed) continue;
        const auto role = static_cast<models::Role>(step.role);
        const std::string who = role == models::Role::system ? "the system" : person_text(role);
        tell(seen, role_text(role), fmt::format("clears it of {}", network_.holds[hold->hold].name));
        held_for_.push_back(
            fmt::format("{} cleared it of {} on {}", who, network_.holds[hold->hold].name, clock_.moment(seen.at())));
    }
    const auto ready = seen.message<models::CaseReady>();
    if (!ready) return;
    const auto hold = hold_of(hq.cases[ready->place].number);
    if (hold == holds_.end() || seen.told<models::CaseStepped>().empty()) return;
    const models::Desk& desk = hq.desk(hq.cases[ready->place].role);
    tell(seen, "customer",
         fmt::format("{} is put right{}", network_.holds[hold->hold].name,
                     desk.waiting() > 0
                         ? fmt::format("; {} wait for {}", count_text(static_cast<long>(desk.waiting()), "case"),
                                       person_text(hq.cases[ready->place].role))
                         : std::string()));
}

std::string OrderWatcher::why_held() const { return held_for_.empty() ? "" : sentence(listed(held_for_)) + ". "; }

}  // namespace entrepot::studies::explain
