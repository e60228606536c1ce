#include <algorithm>

#include <fmt/format.h>

#include "scenarios/idle.hpp"

/// Settings of who decides that would silently have no effect.
namespace entrepot::scenarios {

namespace {

using models::DecisionKind;

class IdleDecisions : IdleChecker {
public:
    using IdleChecker::IdleChecker;

    void all() {
        for (const auto& [name, strategy] : s_.strategies) {
            const Path path{"strategy", name};
            guardrails(strategy, path);
            routes(strategy, path);
            approvals(strategy, path);
            judge(below(below(path, "workflow"), "takes_allocated"), takes_nothing(strategy));
            judge(below(path, "alerts"), alerts_nobody(strategy, path));
            supervisors(strategy, path);
        }
        holds();
        skills();
        people_of_alerts();
        tell();
    }

private:
    static Path in_rights(const Path& strategy, DecisionKind kind) {
        return below(below(strategy, "rights"), models::kDecisionNames[static_cast<std::size_t>(kind)]);
    }

    void guardrails(const StrategyPart& strategy, const Path& path) {
        for (const auto& [name, part] : strategy.guardrails) {
            const DecisionKind kind = part.rule.decision;
            Idle idle;
            if (!strategy.terms.governance.rights.automatic(kind)) {
                idle = {fmt::format("got a limit of what the system has no right to decide, want it in rights.{}",
                                    models::kDecisionNames[static_cast<std::size_t>(kind)]),
                        in_rights(path, kind)};
            } else {
                idle = never_comes(strategy, path, kind);
            }
            judge(below(below(path, "guardrail"), name), idle);
        }
    }

    // Cases that never come before people.

    /// The system decides all of them by itself.
    static bool all_automatic(const StrategyPart& strategy, DecisionKind kind) {
        const auto limits = [&](const auto& guardrail) { return guardrail.value.rule.decision == kind; };
        return strategy.terms.governance.rights.automatic(kind) && std::ranges::none_of(strategy.guardrails, limits);
    }

    /// Nothing leads to such a decision.
    Idle never_comes(const StrategyPart& strategy, const Path& path, DecisionKind kind) const {
        const models::Strategy& terms = strategy.terms;
        const auto without = [&](const char* key, const char* part, const char* what) {
            const Path cause = below(path, part);
            return Idle{fmt::format("got {}, of which there are none, want {}",
                                    models::kDecisionNames[static_cast<std::size_t>(kind)], what),
                        *key == 0 ? cause : below(cause, key)};
        };
        if (kind == DecisionKind::promise_change && terms.notices.at_risk_days == 0) {
            return without("at_risk", "notices", "notices.at_risk above 0");
        }
        if (kind == DecisionKind::alert && !terms.alerts.any()) {
            return without("", "alerts", "one of alerts.cover_below, burn_rate and late_receipts");
        }
        if (kind == DecisionKind::allocation_override && !terms.workflow.takes_allocated) {
            return without("takes_allocated", "workflow", "workflow.takes_allocated");
        }
        if (!is_hold(kind)) return {};
        const auto reason = kind == DecisionKind::credit_hold ? models::HoldReason::credit : models::HoldReason::data;
        const auto such = [&](const auto& hold) {
            return hold.value.hold.reason == reason && hold.value.hold.share > 0;
        };
        if (std::ranges::any_of(s_.holds, such)) return {};
        return {fmt::format("got {}, of which there are none, want a [hold.NAME] of that reason",
                            models::kDecisionNames[static_cast<std::size_t>(kind)]),
                {"hold"}};
    }

    Idle never_asked(const StrategyPart& strategy, const Path& path, DecisionKind kind) const {
        if (const Idle never = never_comes(strategy, path, kind)) return never;
        const models::Strategy& terms = strategy.terms;
        const bool for_orders = kind == DecisionKind::transfer && terms.transfers.urgent_on_escalation;
        if (for_orders || !all_automatic(strategy, kind)) return {};
        return {fmt::format("got {0}, which the system decides without people, want people alone in rights.{0}, or a "
                            "guardrail that routes",
                            models::kDecisionNames[static_cast<std::size_t>(kind)]),
                in_rights(path, kind)};
    }

    void routes(const StrategyPart& strategy, const Path& path) {
        for (std::size_t i = 0; i < strategy.routes.size(); ++i) {
            const auto& [name, part] = strategy.routes[i];
            const Path at = below(below(path, "route"), name);
            Idle never;
            for (const DecisionKind kind : part.route.decisions) {
                never = never_asked(strategy, path, kind);
                if (!never) break;
            }
            if (!part.route.decisions.empty()) judge(below(at, "decisions"), never);
            judge(at, behind(strategy, path, i));
        }
    }

    /// Of several routes that fit the first holds.
    static Idle behind(const StrategyPart& strategy, const Path& path, std::size_t nth) {
        const RoutePart& part = strategy.routes[nth].value;
        for (std::size_t i = 0; i < nth; ++i) {
            const auto& [name, before] = strategy.routes[i];
            if (!takes_all_of(before, part)) continue;
            return {
                fmt::format("got a route behind route.{}, which leaves nothing for it, want it before that one", name),
                below(below(path, "route"), name)};
        }
        return {};
    }

    /// A route's conditions hold wherever another one's do.
    static bool takes_all_of(const RoutePart& first, const RoutePart& other) {
        const auto all_in = [](const auto& some, const auto& all) {
            return all.empty() || (!some.empty() && std::ranges::all_of(some, [&](const auto& one) {
                       return std::ranges::count(all, one) > 0;
                   }));
        };
        const models::Route &a = first.route, &b = other.route;
        const bool value = !a.above || (b.above && *b.above >= *a.above);
        const bool cover = !a.cover_below || (b.cover_below && *b.cover_below <= *a.cover_below);
        return value && cover && all_in(b.decisions, a.decisions) && all_in(other.tiers, first.tiers) &&
               (first.velocity.empty() || first.velocity == other.velocity);
    }

    // What else.

    void approvals(const StrategyPart& strategy, const Path& path) {
        for (const auto& [name, part] : strategy.approvals) {
            const Path at = below(below(path, "approval"), name);
            Idle idle;
            for (const DecisionKind kind : part.level.decisions) {
                if (has_units(kind) || part.level.above == models::Money{}) continue;
                idle = {fmt::format("got a value from which on {} is asked for, which has none, want 0, or a level of "
                                    "its own",
                                    models::kDecisionNames[static_cast<std::size_t>(kind)]),
                        below(at, "decisions")};
            }
            judge(below(at, "above"), idle);
            Idle never;
            for (const DecisionKind kind : part.level.decisions) {
                never = kind == DecisionKind::alert ? Idle{} : never_comes(strategy, path, kind);  // no approval anyway
                if (!never) break;
            }
            if (!part.level.decisions.empty()) judge(below(at, "decisions"), never);
        }
    }

    void supervisors(const StrategyPart& strategy, const Path& path) {
        const Path often = below(below(path, "waves"), "local_override");
        Idle idle;
        const models::Waves& waves = strategy.terms.waves;
        if (waves.local_rule == models::Waves{}.local_rule) return;
        if (waves.local_override == 0)
            idle = {"got a rule that no supervisor follows, want local_override above 0", often};
        judge(below(below(path, "waves"), "local_rule"), idle);
    }

    void holds() {
        for (const auto& [name, part] : s_.holds) {
            const Path path{"hold", name};
            judge_harmless(path, part.hold.share == 0, "got a hold of no orders, want a share above 0",
                           below(path, "share"));
        }
    }

    void skills() {
        for (const auto& [name, part] : s_.office.skill_groups) {
            const Path path{"office", "skill_group", name};
            judge_harmless(path, part.group.heads == 0, "got a skill that nobody has, want heads above 0",
                           below(path, "heads"));
        }
    }

    Idle takes_nothing(const StrategyPart& strategy) const {
        if (!strategy.terms.workflow.takes_allocated) return {};
        const auto first = [](const auto& tier) { return tier.value.tier.rank == 0; };
        const auto count = static_cast<std::size_t>(std::ranges::count_if(s_.tiers, first));
        if (count > 0 && count < s_.tiers.size()) return {};
        return {count == 0 ? "got it without a tier of rank 0, whose orders get the stock, want one"
                           : "got it where all tiers have rank 0, want others below it, whose orders give the stock",
                {"tier"}};
    }

    /// Headquarters knows of locations that it sets levels for.
    static Idle alerts_nobody(const StrategyPart& strategy, const Path& path) {
        const auto looks = [](const ReplenishmentPart& part) { return part.levels != nullptr; };
        const auto plans = [](const ReplenishmentPart& part) {
            return part.ordering.policy.execution == models::Execution::planners;
        };
        const auto any = [&](const auto& holds) {
            return holds(strategy.replenishment) || std::ranges::any_of(strategy.bindings, [&](const auto& binding) {
                       return binding.value.decision == BindingPart::replenishment && holds(binding.value.ordered);
                   });
        };
        const models::Alerts& alerts = strategy.terms.alerts;
        if (!alerts.any()) {
            const models::Alerts usual;
            if (alerts.again_days == usual.again_days && alerts.horizon_days == usual.horizon_days) return {};
            return {"got alerts that tell of nothing, want one of cover_below, burn_rate and late_receipts",
                    below(path, "alerts")};
        }
        if (any(looks) || (alerts.late_receipts && any(plans))) return {};
        return {
            "got them where the sites order by themselves, want a replenishment policy whose levels headquarters "
            "computes",
            below(below(path, "replenishment"), "policy")};
    }

    void people_of_alerts() {
        const auto alerts = [](const auto& strategy) { return strategy.value.terms.alerts.any(); };
        Idle idle;
        if (std::ranges::none_of(s_.strategies, alerts)) {
            idle.reason = "got it where no strategy has alerts, want [strategy.NAME.alerts]";
            for (const std::string& name : strategies_) {
                const Path path{"strategy", name, "alerts"};
                if (idle.because_of.empty() || height(path) > height(idle.because_of)) idle.because_of = path;
            }
        }
        const models::Office usual;
        const auto judge_one = [&](double value, double usual_one, const Path& path) {
            if (value != usual_one) judge(path, idle);
        };
        judge_one(s_.office.minutes_per_alert, usual.minutes_per_alert, {"office", "per_alert"});
        const models::Judgement &said = s_.office.judgement, &least = usual.judgement;
        judge_one(said.attention, least.attention, {"office", "judgement", "attention"});
        judge_one(said.attention_least, least.attention_least, {"office", "judgement", "attention_least"});
        judge_one(said.attention_gain, least.attention_gain, {"office", "judgement", "attention_gain"});
        judge_one(said.attention_loss, least.attention_loss, {"office", "judgement", "attention_loss"});
    }
};

}  // namespace

void check_idle_decisions(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes) {
    IdleDecisions(scenario, tree, problems, notes).all();
}

}  // namespace entrepot::scenarios
