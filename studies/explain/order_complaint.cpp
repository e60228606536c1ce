#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::CaseStep;
using models::CaseStepped;
using models::DecisionKind;
using models::SiteState;

namespace {

bool has_taken(const CaseStepped& step, CaseStep wanted) { return static_cast<CaseStep>(step.step) == wanted; }
DecisionKind kind_of_case(const CaseStepped& step) { return static_cast<DecisionKind>(step.kind); }
models::Role role_of_step(const CaseStepped& step) { return static_cast<models::Role>(step.role); }
bool drops(const CaseStepped& step) {
    return static_cast<models::StepOutcome>(step.outcome) == models::StepOutcome::dropped;
}

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
        if (complaint_ != models::kNone) answers_ = {hq.cases[complaint_].number};
        return tell(seen, "customer service", "gets the complaint, and an agent begins to gather the facts");
    }
    const auto ready = seen.message<models::CaseReady>();
    if (ready && ready->place == complaint_) {
        const models::Desk& desk = hq.desk(hq.cases[complaint_].role);
        const bool waits = waits_at(desk, std::exchange(complaint_, models::kNone));
        return tell(seen, "customer service",
                    waits ? fmt::format("the facts are there; {} wait for an agent before it",
                                        count_text(static_cast<long>(desk.urgent.size()) - 1, "case"))
                          : std::string("the facts are there, and an agent is free"));
    }
    follow_answers(seen);
}

/// What the complaint's case leads to, by whoever decides it: steps are told in the order in which they are taken.
void OrderWatcher::follow_answers(const Seen& seen) {
    const std::vector<CaseStepped> steps = seen.told<CaseStepped>();
    const auto leads_to = [&](DecisionKind kind) {
        return std::ranges::any_of(steps, [&](const CaseStepped& step) {
            return has_taken(step, CaseStep::detected) && kind_of_case(step) == kind && follows(step.because_of);
        });
    };
    for (const CaseStepped& step : steps) {
        if (has_taken(step, CaseStep::detected) && follows(step.because_of)) answers_.push_back(step.number);
        if (!follows(step.number)) continue;
        if (kind_of_case(step) == DecisionKind::escalation) {
            tell_settled(seen, step, leads_to(DecisionKind::priority_exception), leads_to(DecisionKind::transfer));
        } else if (kind_of_case(step) == DecisionKind::transfer) {
            tell_transfer(seen, step);
        } else {
            tell_exception(seen, step);
        }
    }
}

/// Whether the order goes first may be for others to decide.
void OrderWatcher::tell_settled(const Seen& seen, const CaseStepped& step, bool asks_to_go_first, bool asks_for_stock) {
    const bool nobody = role_of_step(step) == models::Role::system;
    const char* asks = asks_for_stock ? ", and asks a planner for stock of another site" : "";
    if (has_taken(step, CaseStep::executed) && nobody) {
        tell(seen, "customer service", "nobody has come to it in time, and it is settled without an agent");
    } else if (has_taken(step, CaseStep::executed)) {
        tell(seen, "customer service",
             fmt::format("an agent has {} it{}", asks_to_go_first ? "dealt with" : "settled", asks));
    } else if (has_taken(step, CaseStep::closed) && drops(step)) {
        tell(seen, "customer service", "nobody has come to it in time, and nothing is done");
    }
}

void OrderWatcher::tell_transfer(const Seen& seen, const CaseStepped& step) {
    const auto moved = seen.told<models::TransferOrdered>();
    const bool instead = step.because_of != answers_.front();  // of what an agent has asked for before
    if (has_taken(step, CaseStep::detected) && instead) {
        tell(seen, "customer service", "a planner is asked for stock of another site");
    } else if (has_taken(step, CaseStep::executed) && !moved.empty()) {
        const models::TransferOrdered& ordered = moved.front();
        tell(seen, "planner",
             fmt::format("sends {} of {} from {} by a truck of their own", ordered.units, item_name(ordered.item),
                         network_.sites[models::SiteId{ordered.from}].name));
    } else if (has_taken(step, CaseStep::asked)) {
        tell(seen, "planner",
             fmt::format("asks {} to agree to stock of another site", person_text(role_of_step(step))));
    } else if (has_taken(step, CaseStep::closed) && drops(step)) {
        const bool handled = seen.message<models::DeskDone>().has_value();
        tell(seen, "planner", handled ? "finds no site that can give the stock" : "no longer needs to send stock");
    }
}

/// That it goes before its turn, or gets what others were promised.
void OrderWatcher::tell_exception(const Seen& seen, const CaseStepped& step) {
    const bool takes = kind_of_case(step) == DecisionKind::allocation_override;
    const std::string what = takes ? fmt::format("it gets {} that others were promised", item_name(step.item))
                                   : std::string("it goes before its turn");
    const auto outcome = static_cast<models::StepOutcome>(step.outcome);
    const auto answered = seen.message<models::AllocationAnswered>();
    if (has_taken(step, CaseStep::checked) && outcome == models::StepOutcome::blocked) {
        tell(seen, "customer service", fmt::format("a guardrail forbids that {}", what));
    } else if (has_taken(step, CaseStep::queued) && !seen.message<models::ApproverTurns>()) {
        tell(seen, "customer service", fmt::format("puts before {} whether {}", person_text(role_of_step(step)), what));
    } else if (has_taken(step, CaseStep::asked)) {
        tell(seen, "customer service", fmt::format("asks {} to agree that {}", person_text(role_of_step(step)), what));
    } else if (has_taken(step, CaseStep::approved)) {
        tell(seen, role_text(role_of_step(step)), fmt::format("agrees that {}", what));
    } else if (has_taken(step, CaseStep::settled) && outcome == models::StepOutcome::dropped) {
        tell(seen, "customer service", fmt::format("nobody has said in time whether {}: it doesn't", what));
    } else if (has_taken(step, CaseStep::closed) && drops(step) && answered && answered->missing > 0) {
        tell(seen, "order desk", fmt::format("nothing of {} was left to take from others", item_name(step.item)));
    }
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
