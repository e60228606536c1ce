#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "scenarios/checker.hpp"

/// Settings of who decides that would silently have no effect. What a base says may stand unused: strategies take it
/// over from each other, and files from files.
namespace entrepot::scenarios {

namespace {

using models::DecisionKind;

/// Without a reason, what is asked about holds.
struct Idle {
    std::string reason;  ///< "got X, want Y"
    Path because_of;     ///< what says so
    explicit operator bool() const { return !reason.empty(); }
};

class IdleChecker : Checker {
public:
    IdleChecker(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes)
        : Checker(scenario, tree, problems), notes_(notes) {}

    void all() {
        for (const auto& [name, strategy] : s_.strategies) {
            const Path path{"strategy", name};
            guardrails(strategy, path);
            routes(strategy, path);
            approvals(strategy, path);
            judge(below(below(path, "workflow"), "takes_allocated"), takes_nothing(strategy));
            judge(below(path, "alerts"), alerts_nobody(strategy, path));
            for (const auto& [link, part] : strategy.systems.links) {
                keys_of_link(part, below(below(below(path, "integration"), "link"), link));
            }
        }
        outages();
        people_of_alerts();
        tell();
    }

private:
    /// One that stands at a place, whichever strategies take it over from there.
    struct Setting {
        Path path;
        Idle idle;
        bool works = false;     ///< in one of them
        bool harmless = false;  ///< nobody is misled by it: the user hears of it, wherever he has written it
        bool own_doing = true;  ///< what makes it idle is said by no text over its own
    };

    static Path in_rights(const Path& strategy, DecisionKind kind) {
        return below(below(strategy, "rights"), models::kDecisionNames[static_cast<std::size_t>(kind)]);
    }

    /// Height of the text that says it; below all where none does.
    int height(const Path& path) const {
        const auto origin = written(tree_, path);
        return origin ? origin->height : std::numeric_limits<int>::min();
    }

    void judge(const Path& path, const Idle& idle, bool harmless = false) {
        const auto origin = written(tree_, path);
        if (!origin) return;
        Setting& setting = settings_[{origin->file, origin->line, origin->column, path.back()}];
        if (setting.path.empty()) setting.path = path;
        setting.harmless = harmless;
        if (!idle) {
            setting.works = true;
        } else {
            setting.idle = idle;
            setting.own_doing = setting.own_doing && height(idle.because_of) <= origin->height;
        }
    }

    /// In the user's own text it is refused; where he has put a part of a base out of work, he hears of it.
    void tell() {
        for (const auto& [place, setting] : settings_) {
            if (setting.works) continue;
            if (!setting.own_doing) {
                note(setting);
            } else if (setting.harmless) {
                if (height(setting.path) >= 0) note(setting);
            } else if (tree_.by_people && height(setting.path) >= 0) {
                refuse(setting.path, setting.idle.reason, setting.idle.because_of);
            }
        }
    }

    void note(const Setting& setting) {
        notes_.push_back(at(tree_, setting.path, "has no effect: " + setting.idle.reason));
    }

    // Links between systems.

    void judge_harmless(const Path& path, bool idle, std::string_view reason, const Path& because_of) {
        judge(path, idle ? Idle{std::string(reason), because_of} : Idle{}, true);
    }

    /// Keys that those beside them leave nothing to do.
    void keys_of_link(const LinkPart& part, const Path& at) {
        const models::Interface& terms = part.terms;
        const auto key = [&](const char* name, bool idle, std::string_view reason, const char* because_of) {
            judge_harmless(below(at, name), idle, reason, below(at, because_of));
        };
        key("duplicates", terms.duplicates > 0 && (terms.idempotent || terms.retries == 0),
            terms.idempotent ? "got it beside idempotent, by which nothing has its effect twice"
                             : "got it without retries: only what is called again comes twice",
            terms.idempotent ? "idempotent" : "retries");
        key("idempotent", terms.idempotent && terms.duplicates == 0,
            "got it without duplicates, so that nothing comes twice", "duplicates");
        key("latency_sigma", terms.latency_sigma > 0 && terms.latency_median.count() == 0,
            "got it without latency_median", "latency_median");
        key("noticed_sigma", terms.noticed_sigma > 0 && terms.noticed_median.count() == 0,
            "got it without noticed_median", "noticed_median");
        key("version_checked", terms.version_checked && terms.overtaken == 0,
            "got it without overtaken, so that nothing comes late", "overtaken");
        using models::InterfaceName;
        const auto in_one_go = [](InterfaceName each) {
            return each == InterfaceName::release || each == InterfaceName::priority || each == InterfaceName::forecast;
        };
        key("overtaken", terms.overtaken > 0 && std::ranges::all_of(part.interfaces, in_one_go),
            "got it of interfaces that are never held up: releases, priorities and forecasts come in one go",
            "interfaces");
    }

    /// Failures of links that no message goes over.
    void outages() {
        using Kind = models::Disturbance::Kind;
        for (const auto& [name, d] : s_.disturbances) {
            const auto kind = static_cast<Kind>(d.kind);
            if (kind != Kind::outage && kind != Kind::schema_break && kind != Kind::token_expiry) continue;
            const Path path{"disturbance", name, "interface"};
            const auto interface = static_cast<models::InterfaceName>(d.interface);
            const std::string unused = nobody_sends(interface);
            judge_harmless(path, !unused.empty(), unused, path);
            if (kind == Kind::outage || !unused.empty()) continue;
            const auto governed = [&](const auto& strategy) { return is_governed(strategy.value.systems, interface); };
            judge_harmless({"disturbance", name, "kind"}, std::ranges::all_of(s_.strategies, governed),
                           "got it where all strategies govern the interface, so that it reaches none", path);
        }
    }

    static bool is_governed(const SystemsPart& systems, models::InterfaceName interface) {
        return std::ranges::any_of(systems.links, [&](const auto& link) {
            return link.value.terms.governed && std::ranges::count(link.value.interfaces, interface) > 0;
        });
    }

    /// Why nothing goes over an interface, or nothing.
    std::string nobody_sends(models::InterfaceName interface) const {
        using models::InterfaceName;
        const auto any = [](const auto& list, auto holds) {
            return std::ranges::any_of(list, [&](const auto& entry) { return holds(entry.value); });
        };
        switch (interface) {
            case InterfaceName::confirmation:
                if (any(s_.segments, [](const auto& segment) { return segment.terms.confirms > 0; })) return {};
                return "got confirmation, want a supplier_segment with confirms: none answers";
            case InterfaceName::asn:
                if (any(s_.segments, [](const auto& segment) { return segment.terms.announces > 0; })) return {};
                return "got asn, want a supplier_segment with announces: none sends a notice";
            case InterfaceName::gateway:
                if (any(s_.tiers, [](const auto& tier) { return tier.tier.channel == models::Channel::ecommerce; }))
                    return {};
                return "got gateway, want a tier of the channel ecommerce: nobody buys in the web shop";
            case InterfaceName::notice:
                if (any(s_.strategies, [](const auto& one) { return one.terms.notices.at_risk_days > 0; })) return {};
                return "got notice, want a strategy with notices.at_risk above 0: no customer is told anything";
            case InterfaceName::priority:
                if (any(s_.strategies, [](const auto& one) { return !one.terms.waves.at_once; })) return {};
                return "got priority, want a strategy with waves: without them scores come with the releases";
            default:
                return {};
        }
    }

    void guardrails(const StrategyPart& strategy, const Path& path) {
        for (const auto& [name, part] : strategy.guardrails) {
            const DecisionKind kind = part.rule.decision;
            Idle idle;
            if (!strategy.terms.governance.rights.automatic(kind)) {
                idle = {fmt::format("got a limit of what the system has no right to decide, want it in rights.{}",
                                    models::kDecisionNames[static_cast<std::size_t>(kind)]),
                        in_rights(path, kind)};
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

    static Idle never_asked(const StrategyPart& strategy, const Path& path, DecisionKind kind) {
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
        if (!alerts.any() || any(looks) || (alerts.late_receipts && any(plans))) return {};
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

    Problems& notes_;
    std::map<std::tuple<int, int, int, std::string>, Setting> settings_;  ///< by where it is written
};

}  // namespace

void check_idle(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes) {
    IdleChecker(scenario, tree, problems, notes).all();
}

}  // namespace entrepot::scenarios
