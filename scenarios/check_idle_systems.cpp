#include <algorithm>

#include <fmt/format.h>

#include "scenarios/idle.hpp"

/// Settings of systems, of forecasts and of master data that would silently have no effect.
namespace entrepot::scenarios {

namespace {

class IdleSystems : IdleChecker {
public:
    using IdleChecker::IdleChecker;

    void all() {
        for (const auto& [name, strategy] : s_.strategies) {
            const Path path{"strategy", name};
            forecast(strategy, path);
            clean_up(strategy, path);
            for (const auto& [link, part] : strategy.systems.links) {
                keys_of_link(part, below(below(below(path, "integration"), "link"), link));
            }
        }
        outages();
        announcements();
        master_data();
        tell();
    }

private:
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
            case InterfaceName::tracking:
                if (any(s_.carriers, [](const auto& one) { return one.carrier.tells_delays.has_value(); })) return {};
                return "got tracking, want a carrier with tells_delays: none tells";
            case InterfaceName::priority:
                if (any(s_.strategies, [](const auto& one) { return !one.terms.waves.at_once; })) return {};
                return "got priority, want a strategy with waves: without them scores come with the releases";
            default:
                return {};
        }
    }

    static bool takes_forecast(const StrategyPart& strategy) {
        const auto takes = [](const ReplenishmentPart& part) { return part.levels && part.levels->needs().forecast; };
        return takes(strategy.replenishment) || std::ranges::any_of(strategy.bindings, [&](const auto& binding) {
                   return binding.value.decision == BindingPart::replenishment && takes(binding.value.ordered);
               });
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
};

}  // namespace

void check_idle_systems(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes) {
    IdleSystems(scenario, tree, problems, notes).all();
}

}  // namespace entrepot::scenarios
