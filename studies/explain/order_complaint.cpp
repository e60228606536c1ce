#include <algorithm>

#include <fmt/format.h>

#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::DecisionKind;

namespace {

bool waits_at(const models::Desk& desk, std::uint32_t place) {
    return std::ranges::any_of(desk.urgent, [&](const auto& waiting) { return waiting.at.place == place; });
}

}  // namespace

/// The customer's complaint at headquarters: an agent, and perhaps then a planner who sends stock.
void OrderWatcher::look_at_complaint(const Seen& seen) {
    if (seen.event.to() != models::headquarters_of(network_)) return;
    const models::Headquarters& hq = seen.world.state.headquarters;
    if (const auto raised = seen.message<models::OrderEscalated>()) {
        if (raised->order != models::name_of(last_) || raised->key.site() != address_.site.value) return;
        for (std::uint32_t place = 0; place < hq.cases.size(); ++place) {
            const models::Case& made = hq.cases[place];
            if (made.raised == seen.at() && made.escalated.order == raised->order) complaint_ = place;
        }
        return tell(seen, "customer service", "gets the complaint, and an agent begins to gather the facts");
    }
    if (complaint_ == models::kNone) return;
    if (const auto ready = seen.message<models::CaseReady>(); ready && ready->place == complaint_) {
        const bool waits = waits_at(hq.desk(hq.cases[complaint_].role), complaint_);
        return tell(
            seen, "customer service",
            waits ? fmt::format(
                        "the facts are there; {} wait for an agent before it",
                        count_text(static_cast<long>(hq.desk(hq.cases[complaint_].role).urgent.size()) - 1, "case"))
                  : std::string("the facts are there, and an agent is free"));
    }
    const auto done = seen.message<models::DeskDone>();
    if (!done || done->place != complaint_) return;
    const auto moved = std::ranges::find_if(seen.facts, [](const models::Fact& fact) {
        return fact.kind() == models::FactList::kind_of<models::TransferOrdered>();
    });
    if (moved != seen.facts.end()) {
        const auto& ordered = moved->as<models::TransferOrdered>();
        complaint_ = models::kNone;
        return tell(seen, "planner",
                    fmt::format("sends {} of {} from {} by a truck of their own", ordered.units,
                                item_name(ordered.item), network_.sites[models::SiteId{ordered.from}].name));
    }
    const models::Case& one = hq.cases[complaint_];
    if (one.kind == DecisionKind::transfer && one.touches == 0) {
        return tell(seen, "customer service", "an agent has settled it, and asks a planner for stock of another site");
    }
    tell(seen, one.kind == DecisionKind::transfer ? "planner" : "customer service",
         one.kind == DecisionKind::transfer ? "finds no site that can give the stock" : "an agent has settled it");
    complaint_ = models::kNone;
}

/// Stock that one order was promised goes to another one that was escalated: this is one of them.
void OrderWatcher::look_at_override(const Seen& seen) {
    const auto taken = seen.message<models::AllocationTaken>();
    if (!taken || seen.event.to() != address_.site.value) return;
    const SiteState& site = state(seen.world);
    for (FollowedLine& line : lines_) {
        if (!line.open || line.last.item != taken->item()) continue;
        const models::Line& now = site.lines[line.place];
        if (now.allocated == line.last.allocated) continue;
        const int lost = line.last.allocated - now.allocated;
        const std::string text = lost > 0
                                     ? fmt::format("an escalated order of a higher tier gets {} of {} promised here",
                                                   lost, item_name(taken->item()))
                                     : fmt::format("gets {} of {} that orders of lower tiers were promised", -lost,
                                                   item_name(taken->item()));
        tell(seen, "order desk", text);
        line.last = now;
    }
    // A pick that has lost its last unit is gone, and so is a task without picks.
    std::erase_if(tasks_, [&](const FollowedTask& task) {
        const auto waits = [&](const auto& list) { return std::ranges::count(list, task.place) > 0; };
        const bool begun = task.stage == Stage::picking || task.stage == Stage::in_wave;
        return !begun && !waits(site.unreleased) && !waits(site.released);
    });
    for (FollowedTask& task : tasks_) {
        if (task.stage != Stage::released) continue;
        task.picks.clear();
        for (std::uint32_t pick = site.tasks[task.place].first_pick; pick != models::kNone;
             pick = site.picks[pick].next) {
            task.picks.push_back(site.picks[pick]);
        }
    }
}

}  // namespace entrepot::studies::explain
