#include <map>

#include <fmt/format.h>

#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

using models::DecisionKind;
using models::Role;

/// Checks the skill groups: that their people are there, and that nobody is asked for what none of them handles.
class SkillsChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        for (const auto& [name, part] : s_.office.skill_groups) group(name, part, {"office", "skill_group", name});
        for (const auto& [role, of] : roles_) {
            if (of.generalists > 0 || of.refused) continue;
            for (std::size_t i = 0; i < models::kDecisionKinds; ++i) covers(role, static_cast<DecisionKind>(i));
        }
    }

private:
    /// Those of a role.
    struct OfRole {
        int generalists = 0;  ///< who are in no group
        bool refused = false;
        std::string last;  ///< group
        std::vector<const SkillGroupPart*> groups;
    };

    void group(const std::string& name, const SkillGroupPart& part, const Path& path) {
        const Path role = below(path, "role");
        if (part.role == Role::system) return refuse(role, "got the system, want a role of people");
        each_once(part.group.decisions, models::kDecisionNames, below(path, "decisions"));
        bool there = true;
        for (const std::string& site : part.sites) {
            there = exists(site, sites_, below(path, "sites"), "the name of a site") && there;
        }
        const int all = heads(s_.office, part.role);
        OfRole& of = roles_.emplace(part.role, OfRole{.generalists = all}).first->second;
        const bool enough = part.group.heads <= of.generalists;
        require(enough, below(path, "heads"),
                fmt::format("{} where {} of office.{} = {} are left", part.group.heads, of.generalists,
                            key_of_heads(part.role), all),
                "no more: who is in no group handles everything", {"office", key_of_heads(part.role)});
        of.generalists -= enough ? part.group.heads : of.generalists;
        of.refused = of.refused || !enough || !there;
        of.last = name;
        of.groups.push_back(&part);
        if (enough && part.group.heads > 0) has_work(part, path);
    }

    /// Who handles nothing that ever comes before his role sits there idle.
    void has_work(const SkillGroupPart& part, const Path& path) {
        for (std::size_t i = 0; i < models::kDecisionKinds; ++i) {
            const auto kind = static_cast<DecisionKind>(i);
            if (!part.group.decisions.empty() && std::ranges::count(part.group.decisions, kind) == 0) continue;
            for (const auto& [name, strategy] : s_.strategies) {
                if (comes_before(part.role, kind, strategy)) return;
            }
        }
        const bool some = !part.group.decisions.empty();
        refuse(some ? below(path, "decisions") : path,
               fmt::format("got people of the role {} for what no strategy brings before them, want {} that [rights], "
                           "a route or, with office.per_approval, an approval does",
                           models::kRoleNames[static_cast<std::size_t>(part.role)],
                           some ? "decisions" : "a role with something"));
    }

    /// Where all people of a role are in groups, somebody must handle each kind of case that comes before it; of
    /// several strategies the first is named that brings it.
    void covers(Role role, DecisionKind kind) {
        for (const auto& [name, strategy] : s_.strategies) {
            const auto why = comes_before(role, kind, strategy);
            if (!why) continue;
            std::vector<std::string> unseen;
            for (const std::string& site : sites_) {
                if (!handled(role, kind, site)) unseen.push_back(site);
            }
            const bool all = unseen.size() == sites_.size();
            if (kind == DecisionKind::integration_exception && !handled(role, kind, "")) {
                unseen.emplace_back("headquarters");
            }
            if (unseen.empty()) return;
            Path path{"strategy", name};
            path.insert(path.end(), why->begin(), why->end());
            const auto index = static_cast<std::size_t>(kind);
            return refuse(
                {"office", "skill_group", roles_.at(role).last},
                fmt::format("got no {} for {}{}, which {} brings before them, want a group that handles it, or more in "
                            "office.{} than are in groups: they handle everything",
                            models::kRoleNames[static_cast<std::size_t>(role)], models::kDecisionNames[index],
                            all ? "" : fmt::format(" at {}", fmt::join(unseen, ", ")), fmt::join(path, "."),
                            key_of_heads(role)),
                path);
        }
    }

    bool handled(Role role, DecisionKind kind, const std::string& site) const {
        return std::ranges::any_of(roles_.at(role).groups, [&](const SkillGroupPart* part) {
            const bool of_kind = part->group.decisions.empty() || std::ranges::count(part->group.decisions, kind) > 0;
            const bool of_site = part->sites.empty() || std::ranges::count(part->sites, site) > 0;
            return part->group.heads > 0 && of_kind && of_site;
        });
    }

    /// The key below a strategy by which cases of a kind come before a role; none: they don't.
    std::optional<Path> comes_before(Role role, DecisionKind kind, const StrategyPart& strategy) const {
        const models::Strategy& terms = strategy.terms;
        const models::Rights& rights = terms.governance.rights;
        const std::string key = models::kDecisionNames[static_cast<std::size_t>(kind)];
        const auto keyed = [](const auto& link) { return link.value.terms.keyed; };
        if (kind == DecisionKind::keying && std::ranges::none_of(strategy.systems.links, keyed)) return std::nullopt;
        if (kind == DecisionKind::alert && !terms.alerts.any()) return std::nullopt;
        if (kind == DecisionKind::promise_change && terms.notices.at_risk_days <= 0) return std::nullopt;
        if (kind == DecisionKind::allocation_override && !terms.workflow.takes_allocated) return std::nullopt;
        const bool has_desk = s_.office.minutes_per_approval > 0 || s_.office.approval_time.has_value();
        for (const auto& [name, part] : strategy.approvals) {
            const bool asked = part.level.role == role || part.level.delegate == role;
            if (has_desk && asked && part.level.concerns(kind)) return Path{"approval", name};
        }
        const auto stops = [&](const auto& guardrail) {
            return guardrail.value.rule.decision == kind &&
                   guardrail.value.rule.action == models::GuardrailAction::route;
        };
        // Whether another site can help with an escalated order is people's to see, whoever decides on transfers.
        const bool asked = kind == DecisionKind::transfer && terms.transfers.urgent_on_escalation;
        if (rights.automatic(kind) && !asked && std::ranges::none_of(strategy.guardrails, stops)) return std::nullopt;
        for (const auto& [name, part] : strategy.routes) {
            if (part.route.to == role && std::ranges::count(part.route.decisions, kind) > 0) return Path{"route", name};
        }
        // What nobody may decide bounces between planners and agents.
        const bool bounces = !rights.owner(kind) && (role == Role::planner || role == Role::service_agent);
        return rights.owner(kind) == role || bounces ? std::optional(Path{"rights", key}) : std::nullopt;
    }

    std::map<Role, OfRole> roles_;
};

}  // namespace

void check_skills(const Scenario& scenario, const Tree& tree, Problems& problems) {
    SkillsChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
