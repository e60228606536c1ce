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
            supervisors(strategy, path);
            forecast(strategy, path);
            clean_up(strategy, path);
            for (const auto& [link, part] : strategy.systems.links) {
                keys_of_link(part, below(below(below(path, "integration"), "link"), link));
            }
        }
        outages();
        holds();
        skills();
        people_of_alerts();
        announcements();
        master_data();
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
            Idle idle;
            if (part.hold.share == 0) idle = {"got a hold of no orders, want a share above 0", below(path, "share")};
            judge(path, idle);
        }
    }

    void skills() {
        for (const auto& [name, part] : s_.office.skill_groups) {
            const Path path{"office", "skill_group", name};
            Idle idle;
            if (part.group.heads == 0) idle = {"got a skill that nobody has, want heads above 0", below(path, "heads")};
            judge(path, idle);
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

    static bool takes_forecast(const StrategyPart& strategy) {
        const auto takes = [](const ReplenishmentPart& part) { return part.levels && part.levels->needs().forecast; };
        return takes(strategy.replenishment) || std::ranges::any_of(strategy.bindings, [&](const auto& binding) {
                   return binding.value.decision == BindingPart::replenishment && takes(binding.value.ordered);
               });
    }

    /// Of what is said otherwise than where nothing is said.
    void judge_said(bool said, const Path& path, bool idle, const char* reason, const Path& because_of) {
        if (said) judge(path, idle ? Idle{reason, because_of} : Idle{});
    }

    void forecast(const StrategyPart& strategy, const Path& strategy_path) {
        const Path path = below(strategy_path, "forecast"), source = below(path, "source");
        const models::ForecastModel& model = strategy.forecast.terms;
        const bool assumed = model.from == models::ForecastModel::From::assumed;
        const bool perfect = model.from == models::ForecastModel::From::perfect;
        const bool wmape = !strategy.forecast.wmape.empty();
        judge_said(wmape, below(path, "wmape"), !assumed,
                   "got the accuracy of a forecast that isn't assumed, want source = \"assumed\"", source);
        judge_said(model.bias != 0, below(path, "bias"), perfect,
                   "got a bias of a perfect forecast, want another source", source);
        judge_said(model.drift != 0, below(path, "drift"), perfect,
                   "got a drift of a perfect forecast, want another source", source);
        judge_said(model.retrain_days > 0, below(path, "retrain"), !assumed && model.drift == 0,
                   "got a training that mends nothing, want a drift", path);
        judge_said(!model.is_as_estimated() || wmape, path, !takes_forecast(strategy),
                   "got it where no policy takes a forecast, want one such as forecast_quantile",
                   below(below(strategy_path, "replenishment"), "policy"));
    }

    void announcement(const Announcement& told, const Path& path) {
        const bool unheard = std::ranges::none_of(s_.strategies, [](const auto& strategy) {
            return takes_forecast(strategy.value) && !strategy.value.forecast.terms.knows_demand();
        });
        judge_said(told.known > 0, below(path, "known_to_forecast"), unheard,
                   "got it where no strategy's forecast goes by the record, want one", {"strategy"});
        judge_said(told.on_day.has_value(), below(path, "told_on"), told.known == 0,
                   "got a day on which nothing is told, want known_to_forecast above 0", path);
    }

    void announcements() {
        if (s_.spike) announcement(s_.spike->told, {"spike"});
        for (const auto& [name, promotion] : s_.promotions) {
            const Path path{"promotion", name};
            announcement(promotion.told, path);
            judge_said(promotion.dip_days != Promotion{}.dip_days, below(path, "dip_duration"), promotion.dip == 1,
                       "got how long a dip lasts that there isn't, want dip below 1", path);
        }
    }

    void clean_up(const StrategyPart& strategy, const Path& strategy_path) {
        const Path path = below(strategy_path, "clean_up"), errors{"master_data", "errors"};
        const Path items = below(path, "items_a_week");
        const models::CleanUp& terms = strategy.clean_up.terms;
        const bool looks = terms.items_a_week > 0;
        judge_said(looks, items, !s_.master_data.any(),
                   "got a clean-up where all records are right, want master_data.errors or new_errors", errors);
        const auto judge_term = [&](bool said, const char* key) {
            judge_said(said, below(path, key), !looks,
                       "got it of a clean-up that looks at nothing, want items_a_week above 0", items);
        };
        judge_term(strategy.clean_up.start != 0, "start");
        judge_term(terms.finds != 1, "finds");
        judge_term(terms.per_item.micros > 0, "cost_per_item");
    }

    /// What is said of errors that there are none of.
    void master_data() {
        const models::MasterData &said = s_.master_data, usual;
        const Path errors{"master_data", "errors"};
        const auto judge_share = [&](double share, double usual_one, const char* key) {
            judge_said(share != usual_one, {"master_data", key}, !said.any(),
                       "got it of errors that there are none of, want errors or new_errors above 0", errors);
        };
        judge_share(said.units, usual.units, "units");
        judge_share(said.costs, usual.costs, "costs");
        judge_share(said.classes, usual.classes, "classes");
        judge_share(said.lead_times, usual.lead_times, "lead_times");
        judge_share(said.minimums, usual.minimums, "minimums");
        judge_share(said.packs, usual.packs, "packs");
        judge_share(said.warehouses, usual.warehouses, "warehouses");
        const bool unseen = !said.any() || said.units + said.packs + said.minimums == 0;
        judge_said(said.corrected_after != usual.corrected_after, {"master_data", "corrected_after"}, unseen,
                   "got it where no error is seen at work, want units, packs or minimums of errors or new_errors",
                   errors);
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
