#include "studies/evidence/case_log.hpp"

#include <algorithm>

#include "results/text/digits.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::evidence {

using models::CaseStep;
using models::CaseStepped;

const char* text_of(models::Role role) { return explain::role_text(role); }

const char* text_of(models::StepOutcome outcome) {
    switch (outcome) {
        case models::StepOutcome::none:
            return "";
        case models::StepOutcome::within:
            return "within guardrails";
        case models::StepOutcome::stopped:
            return "stopped by a guardrail";
        case models::StepOutcome::dropped:
            return "dropped";
        case models::StepOutcome::capped:
            return "capped by a guardrail";
        case models::StepOutcome::blocked:
            return "blocked by a guardrail";
        case models::StepOutcome::delegated:
            return "delegated";
        case models::StepOutcome::mistaken:
            return "mistaken";
        case models::StepOutcome::refused:
            return "refused";
        case models::StepOutcome::corrected:
            return "corrected";
        case models::StepOutcome::informed:
            return "informed";
        case models::StepOutcome::ignored:
            return "ignored";
        case models::StepOutcome::beyond:
            return "beyond a guardrail";
    }
    return "";
}

namespace {

/// What begins with a step and lasts; nullptr of what is over in the same moment.
const char* lasting(CaseStep step) {
    switch (step) {
        case CaseStep::queued:
            return "waiting";
        case CaseStep::begun:
            return "handling";
        case CaseStep::asked:
            return "approval";
        default:
            return nullptr;
    }
}

const char* momentary(CaseStep step) {
    switch (step) {
        case CaseStep::detected:
            return "detected";
        case CaseStep::recommended:
            return "recommended";
        case CaseStep::checked:
            return "checked";
        case CaseStep::skipped:
            return "skipped";
        case CaseStep::aged:
            return "aged";
        case CaseStep::settled:
            return "settled without people";
        case CaseStep::changed:
            return "changed";
        case CaseStep::bounced:
            return "bounced";
        case CaseStep::overdue:
            return "overdue";
        case CaseStep::released:
            return "released";
        case CaseStep::executed:
            return "executed";
        case CaseStep::closed:
            return "closed";
        default:
            return nullptr;  // it only ends something
    }
}

}  // namespace

void CaseLog::take(models::Time at, const CaseStepped& step) {
    const auto name = static_cast<CaseStep>(step.step);
    const auto open = under_way_.find(step.number);
    // A level holds the case until somebody agrees: one that is late, and whoever is asked in its place, too.
    const bool goes_on = open != under_way_.end() && open->second.name == std::string_view(lasting(CaseStep::asked)) &&
                         (name == CaseStep::overdue || name == CaseStep::asked);
    if (open != under_way_.end() && !goes_on) {
        if (name == CaseStep::approved) open->second.role = static_cast<models::Role>(step.role);
        open->second.end = at;
        reader_(open->second);
        under_way_.erase(open);
    }
    Activity activity{.number = step.number,
                      .kind = static_cast<models::DecisionKind>(step.kind),
                      .name = "",
                      .role = static_cast<models::Role>(step.role),
                      .outcome = static_cast<models::StepOutcome>(step.outcome),
                      .start = at,
                      .because_of = step.because_of,
                      .item = models::ItemId{step.item},
                      .site = models::SiteId{step.site},
                      .units = step.units,
                      .policy = step.policy,
                      .inputs = step.inputs};
    if (const auto of = links_.find(step.number); of != links_.end()) activity.link = of->second;
    if (const char* text = lasting(name); text != nullptr && !goes_on) {
        activity.name = text;
        under_way_.emplace(step.number, std::move(activity));
    } else if (const char* moment = momentary(name)) {
        activity.name = moment;
        activity.end = at;
        reader_(activity);
    }
    if (name != CaseStep::aged) return;
    activity.name = "waiting";  // it goes on, with those that are urgent
    activity.end = sim::kNever;
    under_way_.emplace(step.number, std::move(activity));
}

/// What a case is about is told right after its first step.
void CaseLog::take(std::span<const models::Fact> facts) {
    using Facts = models::FactList;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (facts[i].kind() != Facts::kind_of<CaseStepped>()) continue;
        const auto& step = facts[i].as<CaseStepped>();
        const bool told = i + 1 < facts.size() && facts[i + 1].kind() == Facts::kind_of<models::CaseRaised>();
        if (told && static_cast<models::DecisionKind>(step.kind) == models::DecisionKind::integration_exception) {
            const auto& raised = facts[i + 1].as<models::CaseRaised>();
            if (raised.number == step.number) links_[step.number] = raised.order;
        }
        take(facts[i].at, step);
        if (static_cast<CaseStep>(step.step) == CaseStep::closed) links_.erase(step.number);
    }
}

void CaseLog::see(const explain::Seen& seen) { take(seen.facts); }

void CaseLog::end(const models::World&, std::span<const models::Fact> facts) {
    take(facts);
    std::vector<std::uint32_t> numbers;
    for (const auto& [number, activity] : under_way_) numbers.push_back(number);
    std::ranges::sort(numbers);
    for (const std::uint32_t number : numbers) reader_(under_way_.at(number));
    under_way_.clear();
}

CaseTable::CaseTable(const models::Network& network) : network_(network), stamps_(Stamps::of_clock(network.calendar)) {
    for (const models::Item& item : network.items) items_.push_back(results::csv_field(item.name));
    for (const models::Site& site : network.sites) sites_.push_back(results::csv_field(site.name));
    for (const auto& policy : network.policies) policies_.push_back(results::csv_field(policy.name));
}

std::string CaseTable::head() {
    return "case,kind,activity,role,start,end,outcome,item,warehouse,units,because_of,policy,inputs,link\n";
}

void CaseTable::append(std::string& text, const Activity& a) const {
    const auto field = [&](std::string_view value) { (text += value) += ','; };
    append_number(text, a.number);
    text += ',';
    field(explain::kind_text(a.kind));
    field(a.name);
    field(text_of(a.role));
    stamps_.append(text, a.start);
    text += ',';
    if (a.end != sim::kNever) stamps_.append(text, a.end);
    text += ',';
    field(text_of(a.outcome));
    field(a.item.index() < items_.size() ? items_[a.item.index()] : "");
    field(a.site.index() < sites_.size() ? sites_[a.site.index()] : "headquarters");
    append_number(text, a.units);
    text += ',';
    if (a.because_of != models::kNone) append_number(text, a.because_of);
    text += ',';
    field(a.policy < policies_.size() ? policies_[a.policy] : "");
    append_fingerprint(text, a.inputs);
    text += ',';
    if (a.link != models::kNone) text += results::csv_field(explain::link_text(network_, a.site, a.link));
    text += '\n';
}

}  // namespace entrepot::studies::evidence
