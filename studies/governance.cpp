#include "studies/governance.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/text/format.hpp"

namespace entrepot::studies {

namespace {

using results::Governed;

std::string role_text(models::Role role) {
    std::string name = results::kRoleNames[static_cast<std::size_t>(role)];
    std::ranges::replace(name, '_', ' ');
    return name;
}

std::string hours_of(models::Duration span) { return fmt::format("{:g} h", sim::in<sim::hours>(span)); }

void add(std::string& text, const std::string& more, const char* between) {
    if (!more.empty()) text += (text.empty() ? "" : between) + more;
}

/// "over $5,000 or under 80 % confidence".
std::string measures_text(const models::Guardrail& rule, const std::string& currency) {
    const auto money = [&](models::Money amount) { return results::money_text(amount.amount(), currency); };
    std::string text;
    if (rule.most_value) add(text, "over " + money(*rule.most_value), " or ");
    if (rule.least_confidence) add(text, fmt::format("under {:g} % confidence", 100 * *rule.least_confidence), " or ");
    if (rule.most_change) add(text, fmt::format("over {:g} % off the usual", 100 * *rule.most_change), " or ");
    if (rule.least_donor_cover) add(text, fmt::format("donor keeps under {:g} days", *rule.least_donor_cover), " or ");
    if (rule.most_lead_time_cv) add(text, fmt::format("lead times' cv over {:g}", *rule.most_lead_time_cv), " or ");
    if (rule.most_value_a_day) add(text, fmt::format("over {} a day", money(*rule.most_value_a_day)), " or ");
    if (rule.most_a_day) add(text, fmt::format("over {} a day", *rule.most_a_day), " or ");
    if (rule.least_margin) add(text, fmt::format("under {} of margin", money(*rule.least_margin)), " or ");
    return text.empty() ? "any" : text;
}

/// Whose tiers; nothing where all are meant.
std::string tiers_text(const std::vector<std::string>& tiers) {
    return tiers.empty() ? "" : fmt::format("of tier {}", fmt::join(tiers, ", "));
}

std::string scope_text(const scenarios::GuardrailPart& part) {
    const scenarios::Scope& scope = part.scope;
    std::string text = tiers_text(part.tiers);
    if (!scope.site.empty()) add(text, "at " + scope.site, ", ");
    if (!scope.item.empty()) add(text, "of " + scope.item, ", ");
    if (!scope.velocity.empty()) add(text, "of class " + scope.velocity, ", ");
    if (!scope.segment.empty()) add(text, "of suppliers " + scope.segment, ", ");
    return text;
}

std::string guardrail_text(const std::string& name, const scenarios::GuardrailPart& part, const std::string& currency) {
    const char* then = part.rule.action == models::GuardrailAction::route   ? "people decide"
                       : part.rule.action == models::GuardrailAction::block ? "nothing is done"
                                                                            : "it is cut";
    std::string text = name + ": ";
    const std::string scope = scope_text(part);
    if (!scope.empty()) text += scope + ", ";
    return text + fmt::format("{}, {}", measures_text(part.rule, currency), then);
}

std::string approval_text(const std::string& name, const scenarios::ApprovalPart& part, const std::string& currency) {
    const models::ApprovalLevel& level = part.level;
    std::string text = fmt::format("{}: over {}, {} in {}", name, results::money_text(level.above.amount(), currency),
                                   role_text(level.role), hours_of(level.median));
    add(text, tiers_text(part.tiers), ", ");
    if (level.changes) text += ", and all that people change";
    if (level.delegate) text += fmt::format(", else {}", role_text(*level.delegate));
    if (level.service_level && !part.escalates_to.empty()) {
        text += fmt::format(", after {} {}, too", hours_of(*level.service_level), part.escalates_to);
    }
    return text;
}

Governed governed_by(const scenarios::StrategyPart& strategy, const std::string& currency) {
    Governed all;
    const models::Rights& rights = strategy.terms.governance.rights;
    for (std::size_t kind = 0; kind < all.decisions.size(); ++kind) {
        for (const models::Role role : rights.of(static_cast<models::DecisionKind>(kind))) {
            all.decisions[kind].may[static_cast<std::size_t>(role)] = true;
        }
    }
    for (const models::Role role : rights.override_recommendation)
        all.may_override[static_cast<std::size_t>(role)] = true;
    const auto of = [&](models::DecisionKind kind) -> Governed::Decision& {
        return all.decisions[static_cast<std::size_t>(kind)];
    };
    for (const auto& [name, part] : strategy.guardrails) {
        of(part.rule.decision).guardrails.push_back(guardrail_text(name, part, currency));
    }
    for (const auto& [name, part] : strategy.approvals) {
        for (const models::DecisionKind kind : part.level.decisions) {
            of(kind).approvals.push_back(approval_text(name, part, currency));
        }
    }
    return all;
}

}  // namespace

std::vector<Governed> governance_of(const scenarios::Scenario& scenario, const std::vector<std::string>& strategies) {
    std::vector<Governed> all(strategies.size());
    for (std::size_t s = 0; s < strategies.size(); ++s) {
        const auto found =
            std::ranges::find_if(scenario.strategies, [&](const auto& one) { return one.name == strategies[s]; });
        if (found != scenario.strategies.end()) all[s] = governed_by(found->value, scenario.currency);
    }
    return all;
}

}  // namespace entrepot::studies
