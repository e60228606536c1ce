#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

using models::DecisionKind;
using models::GuardrailAction;
using models::Role;

constexpr std::array<const char*, models::kRoles> kHeads{"",        "planners",     "service_agents", "procurement",
                                                         "finance", "service_leads"};

class GovernanceChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        people(s_.office);
        for (const auto& [name, strategy] : s_.strategies) {
            rights(strategy.terms.governance.rights, {"strategy", name, "rights"});
            for (const auto& [guardrail, part] : strategy.guardrails) {
                measures(part, strategy, {"strategy", name, "guardrail", guardrail});
            }
            for (const auto& [approval, part] : strategy.approvals) {
                level(approval, part, strategy, {"strategy", name, "approval", approval});
            }
        }
    }

private:
    void people(const models::Office& o) {
        require(o.start_hour + o.productive_hours + sim::in<sim::hours>(o.overload.overtime) <= 24,
                {"office", "overload", "overtime"}, told(o.overload.overtime),
                fmt::format("an end on the same day: the {:g} productive hours begin at {:02}:00", o.productive_hours,
                            o.start_hour));
        require(o.judgement.acceptance_least <= o.judgement.acceptance_most,
                {"office", "judgement", "acceptance_least"}, fmt::format("{:g}", o.judgement.acceptance_least),
                fmt::format("at most acceptance_most, {:g}", o.judgement.acceptance_most));
    }

    /// Somebody who is named must be there.
    void is_there(Role role, const Path& path, const char* what) {
        if (role == Role::system || heads(s_.office, role) > 0) return;
        const char* heads = kHeads[static_cast<std::size_t>(role)];
        refuse(path, fmt::format("got {} that nobody has: office.{} is 0, want at least one of them", what, heads));
    }

    void rights(const models::Rights& rights, const Path& path) {
        const auto of = [&](const std::vector<Role>& roles, const char* key, bool automatic) {
            const Path at = below(path, key);
            for (const Role role : roles) {
                // Textbook systems have no planners and agents, and the usual rights.
                const bool usual = role == Role::planner || role == Role::service_agent;
                if (!usual) is_there(role, at, "a right");
                require(automatic || role != Role::system, at, "the system", "roles of people: it takes judgement");
            }
        };
        of(rights.purchase, "purchase", true);
        of(rights.transfer, "transfer", true);
        of(rights.escalation, "escalation", false);
        of(rights.supplier_exception, "supplier_exception", false);
        require(std::ranges::count(rights.override_recommendation, Role::system) == 0, below(path, "override"),
                "the system", "roles of people: it is theirs to judge");
    }

    void measures(const GuardrailPart& part, const StrategyPart& strategy, const Path& path) {
        scope_exists(part.scope, path);
        const models::Guardrail& rule = part.rule;
        constexpr std::array kMeasures{"value",        "confidence",  "change",         "donor_cover",
                                       "lead_time_cv", "value_a_day", "decisions_a_day"};
        require(std::ranges::any_of(kMeasures,
                                    [&](const char* key) { return written(tree_, below(path, key)).has_value(); }),
                path, "no measure", fmt::format("one of {}, or several", fmt::join(kMeasures, ", ")));
        const bool transfer = rule.decision == DecisionKind::transfer;
        require(transfer || !rule.least_donor_cover, below(path, "donor_cover"), "it of a purchase line",
                "decision = \"transfer\", or another measure");
        const auto of_forecast = [&](bool given, const char* key) {
            require(!transfer || !given, below(path, key), "it of a transfer",
                    "decision = \"purchase\", or another measure");
        };
        of_forecast(rule.least_confidence.has_value(), "confidence");
        of_forecast(rule.most_change.has_value(), "change");
        of_forecast(rule.most_lead_time_cv.has_value(), "lead_time_cv");
        const bool cap = rule.action == GuardrailAction::cap;
        require(!cap || !(rule.least_confidence || rule.most_lead_time_cv), below(path, "action"),
                "cap for a measure that no smaller quantity meets", "route, or block");
        const models::Rights& rights = strategy.terms.governance.rights;
        const bool routes_to_nobody =
            rule.action == GuardrailAction::route && rights.automatic(rule.decision) && !rights.owner(rule.decision);
        require(!routes_to_nobody, path, "a guardrail that no role may pass",
                fmt::format("a role of people in rights.{}, or action = \"block\" or \"cap\"",
                            transfer ? "transfer" : "purchase"));
    }

    void level(const std::string& name, const ApprovalPart& part, const StrategyPart& strategy, const Path& path) {
        const models::ApprovalLevel& level = part.level;
        const Path role = below(path, "role"), delegate = below(path, "delegate"), next = below(path, "escalates_to"),
                   service_level = below(path, "service_level");
        require(level.role != Role::system, role, "the system", "people: an approval is a second opinion");
        is_there(level.role, written(tree_, role) ? role : path, "an approval");
        if (level.delegate) {
            require(*level.delegate != Role::system, delegate, "the system", "people");
            is_there(*level.delegate, delegate, "a delegation");
        }
        require(level.absent > 0 || !level.delegate, delegate, "a delegate of somebody who is always there",
                "a share of days in `absent`, or none");
        require(level.absent < 1 || level.delegate, below(path, "absent"), "an approver who is never there",
                "a share below 1, or a delegate");
        require(!level.service_level || !part.escalates_to.empty(), service_level, "a time that nobody keeps",
                "escalates_to beside it: who is asked then");
        require(level.service_level || part.escalates_to.empty(), next, "a level that is asked never",
                "a service_level beside it: when it is");
        if (part.escalates_to.empty()) return;
        if (exists(part.escalates_to, names_of(strategy.approvals), next, "a level of approval of this strategy")) {
            no_circle(name, strategy, next);
        }
    }

    void no_circle(const std::string& first, const StrategyPart& strategy, const Path& path) {
        std::set<std::string> seen;
        std::string way = first;
        for (std::string name = first; !name.empty();) {
            if (!seen.insert(name).second) break;
            const auto it = std::ranges::find(strategy.approvals, name, [](const auto& level) { return level.name; });
            if (it == strategy.approvals.end()) return;
            name = it->value.escalates_to;
            if (name.empty()) return;
            way += " -> " + name;
            if (name == first) return refuse(path, fmt::format("got a circle, {}, want an end to it", way));
        }
    }
};

}  // namespace

void check_governance(const Scenario& scenario, const Tree& tree, Problems& problems) {
    GovernanceChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
