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

class GovernanceChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        people(s_.office);
        for (const auto& [name, strategy] : s_.strategies) {
            rights(strategy.terms, {"strategy", name, "rights"});
            cases_have_people(name, strategy);
            for (const auto& [route, part] : strategy.routes)
                this->route(part, strategy, {"strategy", name, "route", route});
            constexpr std::size_t kMost = 250;
            require(strategy.routes.size() <= kMost, {"strategy", name, "route"},
                    fmt::format("{} routes", strategy.routes.size()), fmt::format("at most {}", kMost));
            for (const auto& [guardrail, part] : strategy.guardrails) {
                measures(part, strategy, {"strategy", name, "guardrail", guardrail});
            }
            for (const auto& [approval, part] : strategy.approvals) {
                level(approval, part, strategy, {"strategy", name, "approval", approval});
            }
        }
    }

private:
    std::set<std::string> wanted_;  ///< keys of heads that were asked for

    void people(const models::Office& o) {
        require(o.start_hour + o.productive_hours + sim::in<sim::hours>(o.overload.overtime) <= 24,
                {"office", "overload", "overtime"}, told(o.overload.overtime),
                fmt::format("an end on the same day: the {:g} productive hours begin at {:02}:00", o.productive_hours,
                            o.start_hour));
        require(o.judgement.acceptance_least <= o.judgement.acceptance_most,
                {"office", "judgement", "acceptance_least"}, fmt::format("{:g}", o.judgement.acceptance_least),
                fmt::format("at most acceptance_most, {:g}", o.judgement.acceptance_most));
        require(o.judgement.attention_least <= o.judgement.attention, {"office", "judgement", "attention"},
                fmt::format("{:g}", o.judgement.attention),
                fmt::format("at least attention_least, {:g}", o.judgement.attention_least));
    }

    /// Somebody who is named must be there.
    void is_there(Role role, const Path& path, const char* what) {
        if (role == Role::system || heads(s_.office, role) > 0) return;
        refuse(path, fmt::format("got {} that nobody has: office.{} is 0, want at least one of them", what,
                                 key_of_heads(role)));
    }

    /// Who complains, and what gets stuck, is somebody's case; unless it is nobody's by the rights.
    void cases_have_people(const std::string& name, const StrategyPart& part) {
        const auto nobody = [&](const std::vector<Role>& roles) {
            const auto is_one = [&](Role role) { return role == Role::system || heads(s_.office, role) > 0; };
            return !roles.empty() && std::ranges::none_of(roles, is_one);
        };
        const auto want_people = [&](const std::vector<Role>& roles, const std::string& of) {
            const Path heads{"office", key_of_heads(roles.front())};
            if (!wanted_.insert(heads.back()).second) return;  // by another strategy, too
            refuse(heads,
                   fmt::format("got nobody for {} under {}, which then stay open for good, want at least one, or "
                               "others in its rights",
                               of, name));
        };
        const models::Rights& rights = part.terms.governance.rights;
        const auto complains = [](const auto& tier) { return tier.value.tier.escalation_probability > 0; };
        if (std::ranges::any_of(s_.tiers, complains) && nobody(rights.escalation)) {
            want_people(rights.escalation, "customers' complaints (escalation_probability)");
        }
        const auto gets_stuck = [](const auto& link) { return link.value.terms.can_fail(); };
        if (std::ranges::any_of(part.systems.links, gets_stuck) && nobody(rights.integration_exception)) {
            want_people(rights.integration_exception, "what is stuck between systems");
        }
    }

    void rights(const models::Strategy& strategy, const Path& path) {
        const models::Rights& rights = strategy.governance.rights;
        const auto of = [&](const std::vector<Role>& roles, const char* key, bool automatic) {
            const Path at = below(path, key);
            each_once(roles, models::kRoleNames, at);
            for (const Role role : roles) {
                // Textbook systems have no planners and agents, and the usual rights.
                const bool usual = role == Role::planner || role == Role::service_agent || role == Role::it_support;
                if (!usual) is_there(role, at, "a right");
                require(automatic || role != Role::system, at, "the system", "roles of people: it takes judgement");
            }
        };
        of(rights.purchase, "purchase", true);
        of(rights.transfer, "transfer", true);
        of(rights.escalation, "escalation", false);
        of(rights.supplier_exception, "supplier_exception", false);
        of(rights.integration_exception, "integration_exception", false);
        of(rights.promise_change, "promise_change", true);
        of(rights.keying, "keying", false);
        of(rights.alert, "alert", true);
        of(rights.priority_exception, "priority_exception", true);
        of(rights.allocation_override, "allocation_override", true);
        const auto clears = [&](models::HoldReason reason, const std::vector<Role>& roles, const char* key) {
            each_once(roles, models::kRoleNames, below(path, key));
            const auto holds = [&](const auto& hold) { return hold.value.hold.reason == reason; };
            if (std::ranges::none_of(s_.holds, holds) || std::ranges::count(roles, Role::system) > 0) return;
            for (const Role role : roles) is_there(role, below(path, key), "orders to clear");
        };
        clears(models::HoldReason::credit, rights.credit_hold, "credit_hold");
        clears(models::HoldReason::data, rights.data_hold, "data_hold");
        if (strategy.notices.at_risk_days > 0 && !rights.automatic(DecisionKind::promise_change)) {
            for (const Role role : rights.promise_change)
                is_there(role, below(path, "promise_change"), "notices to write");
        }
        if (strategy.alerts.any() && !rights.automatic(DecisionKind::alert)) {
            for (const Role role : rights.alert) is_there(role, below(path, "alert"), "alerts to look at");
        }
        each_once(rights.override_recommendation, models::kRoleNames, below(path, "override"));
        require(std::ranges::count(rights.override_recommendation, Role::system) == 0, below(path, "override"),
                "the system", "roles of people: it is theirs to judge");
    }

    /// Tiers that customers are of.
    void tiers_exist(const std::vector<std::string>& tiers, const Path& path) {
        for (const std::string& tier : tiers) exists(tier, tiers_, below(path, "tiers"), "a tier");
    }

    /// Only what is decided for an order concerns a tier of customers.
    static bool is_for_an_order(DecisionKind kind) {
        return kind == DecisionKind::escalation || kind == DecisionKind::promise_change ||
               kind == DecisionKind::priority_exception || kind == DecisionKind::allocation_override ||
               models::is_hold(kind);
    }

    void route(const RoutePart& part, const StrategyPart& strategy, const Path& path) {
        const models::Route& route = part.route;
        each_once(route.decisions, models::kDecisionNames, below(path, "decisions"));
        tiers_exist(part.tiers, path);
        if (!part.velocity.empty()) exists(part.velocity, names_of(s_.classes), below(path, "class"), "a class");
        require(route.to || route.urgent || route.ages_after || route.settles_after, path, "a route that leads nowhere",
                "one of to, urgent, ages_after, settles_after, or several");
        require(!route.urgent || !route.ages_after, below(path, "ages_after"), "it of what is urgent at once",
                "no ages_after, or no urgent");
        require(!route.ages_after || !route.settles_after || *route.ages_after < *route.settles_after,
                below(path, "settles_after"), route.settles_after ? told(*route.settles_after) : "",
                "later than ages_after: what is settled needs no urgency");
        const bool holds = std::ranges::any_of(route.decisions, models::is_hold);
        require(part.settled == RoutePart::release || !holds, below(path, "settled"), "drop, of held orders",
                "release: somebody must clear them");
        const auto of_no_order = [](DecisionKind kind) { return !is_for_an_order(kind); };
        require(part.tiers.empty() || std::ranges::none_of(route.decisions, of_no_order), below(path, "tiers"),
                "them beside what is for no order", "decisions that are taken for an order");
        if (!route.to) return;
        const Path to = below(path, "to");
        is_there(*route.to, to, "cases");
        require(*route.to != Role::system, to, "the system", "people: rights say what the system decides");
        for (const DecisionKind kind : route.decisions) {
            require(strategy.terms.governance.rights.has(*route.to, kind), to, "a role without the right to decide it",
                    "one of those that [rights] name for each of the decisions",
                    {path[0], path[1], "rights", models::kDecisionNames[static_cast<std::size_t>(kind)]});
        }
        require(!route.decisions.empty(), below(path, "decisions"), "none for a route to one desk",
                "those whose right the role has");
    }

    void measures(const GuardrailPart& part, const StrategyPart& strategy, const Path& path) {
        scope_exists(part.scope, path);
        tiers_exist(part.tiers, path);
        const models::Guardrail& rule = part.rule;
        const bool by_people = rule.decision == DecisionKind::escalation ||
                               rule.decision == DecisionKind::supplier_exception ||
                               rule.decision == DecisionKind::integration_exception ||
                               rule.decision == DecisionKind::alert || rule.decision == DecisionKind::keying;
        require(
            !by_people, below(path, "decision"), "one that no guardrail is asked about",
            "purchase, transfer, promise_change, priority_exception, allocation_override, credit_hold or data_hold");
        require(part.tiers.empty() || is_for_an_order(rule.decision), below(path, "tiers"), "them of no order",
                "a decision that is taken for an order: promise_change, priority_exception or allocation_override");
        constexpr std::array kMeasures{"value",        "confidence", "change",      "donor_cover",
                                       "lead_time_cv", "margin",     "value_a_day", "decisions_a_day"};
        const bool measured = std::ranges::any_of(
            kMeasures, [&](const char* key) { return written(tree_, below(path, key)).has_value(); });
        // To say whose orders it is about is a limit by itself.
        require(measured || !part.tiers.empty(), path, "no measure",
                fmt::format("one of {}, or several", fmt::join(kMeasures, ", ")));
        const bool transfer = rule.decision == DecisionKind::transfer;
        require(transfer || !rule.least_donor_cover, below(path, "donor_cover"), "it of a purchase line",
                "decision = \"transfer\", or another measure");
        require(transfer || !rule.least_margin, below(path, "margin"), "it of what has no freight",
                "decision = \"transfer\", or another measure");
        const auto of_forecast = [&](bool given, const char* key) {
            require(rule.decision == DecisionKind::purchase || !given, below(path, key), "it of no purchase line",
                    "decision = \"purchase\", or another measure");
        };
        of_forecast(rule.least_confidence.has_value(), "confidence");
        of_forecast(rule.most_change.has_value(), "change");
        of_forecast(rule.most_lead_time_cv.has_value(), "lead_time_cv");
        const bool without_units = rule.decision == DecisionKind::promise_change ||
                                   rule.decision == DecisionKind::priority_exception || models::is_hold(rule.decision);
        require(!without_units || !rule.most_value, below(path, "value"), "it of what is about no units",
                "decisions_a_day, or tiers");
        require(!without_units || !rule.most_value_a_day, below(path, "value_a_day"), "it of what is about no units",
                "decisions_a_day, or tiers");
        const bool cap = rule.action == GuardrailAction::cap;
        require(!cap || !(without_units || !part.tiers.empty() || rule.least_margin), below(path, "action"),
                "cap where no smaller quantity is within", "route, or block");
        require(!models::is_hold(rule.decision) || rule.action == GuardrailAction::route, below(path, "action"),
                "a held order that nothing is done about", "route: somebody must clear it");
        require(!cap || !(rule.least_confidence || rule.most_lead_time_cv), below(path, "action"),
                "cap for a measure that no smaller quantity meets", "route, or block");
        const models::Rights& rights = strategy.terms.governance.rights;
        const bool routes_to_nobody =
            rule.action == GuardrailAction::route && rights.automatic(rule.decision) && !rights.owner(rule.decision);
        const char* right = models::kDecisionNames[static_cast<std::size_t>(rule.decision)];
        require(!routes_to_nobody, path, "a guardrail that no role may pass",
                fmt::format("a role of people in rights.{}, or action = \"block\" or \"cap\"", right),
                {path[0], path[1], "rights", right});
    }

    void level(const std::string& name, const ApprovalPart& part, const StrategyPart& strategy, const Path& path) {
        const models::ApprovalLevel& level = part.level;
        const Path role = below(path, "role"), delegate = below(path, "delegate"), next = below(path, "escalates_to"),
                   service_level = below(path, "service_level");
        require(level.role != Role::system, role, "the system", "people: an approval is a second opinion");
        is_there(level.role, written(tree_, role) ? role : path, "an approval");
        each_once(level.decisions, models::kDecisionNames, below(path, "decisions"));
        tiers_exist(part.tiers, path);
        for (const DecisionKind kind : level.decisions) {
            const bool none = kind == DecisionKind::escalation || kind == DecisionKind::supplier_exception ||
                              kind == DecisionKind::integration_exception || kind == DecisionKind::alert ||
                              kind == DecisionKind::keying;
            require(!none, below(path, "decisions"), models::kDecisionNames[static_cast<std::size_t>(kind)],
                    "what is carried out once it is agreed to: no exception, and no alert");
            require(part.tiers.empty() || is_for_an_order(kind), below(path, "tiers"),
                    "them beside what is for no order", "decisions that are taken for an order");
        }
        require(!level.changes || std::ranges::count(level.decisions, DecisionKind::purchase) > 0,
                below(path, "changes"), "it where no quantity is changed", "decisions with \"purchase\" among them");
        if (level.delegate) {
            require(*level.delegate != Role::system, delegate, "the system", "people");
            is_there(*level.delegate, delegate, "a delegation");
            require(*level.delegate != level.role, delegate, "the role that is away",
                    "another one, or fewer days in `absent` where one of several stands in");
        }
        require(level.absent > 0 || !level.delegate, delegate, "a delegate of somebody who is always there",
                "a share of days in `absent`, or none", below(path, "absent"));
        require(level.absent < 1 || level.delegate || !part.escalates_to.empty(), below(path, "absent"),
                "an approver who is never there", "a share below 1, a delegate, or a level in escalates_to", delegate);
        require(!level.service_level || !part.escalates_to.empty(), service_level, "a time that nobody keeps",
                "escalates_to beside it: who is asked then", next);
        require(level.service_level || part.escalates_to.empty(), next, "a level that is asked never",
                "a service_level beside it: when it is", service_level);
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
