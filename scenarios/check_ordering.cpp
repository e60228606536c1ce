#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/checker.hpp"

namespace entrepot::scenarios {

namespace {

/// Checks how locations are replenished: inventory policies, and what strategies bind their decisions to.
class OrderingChecker : Checker {
public:
    using Checker::Checker;

    void all() {
        stocks();
        for (const auto& [name, strategy] : s_.strategies) {
            ordered(strategy.replenishment, {"strategy", name, "replenishment"});
            bindings(name, strategy);
        }
        somebody();
    }

private:
    /// How much an order is, and when there is one.
    void amounts(const models::InventoryPolicy& rule, const Path& path) {
        const Path level = below(path, "order_up_to"), quantity = below(path, "quantity");
        const bool up_to = rule.order_up_to != 0, fixed = rule.quantity > 0;
        require(!up_to || !fixed, quantity, fmt::format("{} beside order_up_to = {}", rule.quantity, rule.order_up_to),
                "one of them: an order is of fixed size, or restores a level");
        if (rule.reorder_point && !fixed) {
            require(rule.order_up_to > *rule.reorder_point, level,
                    written(tree_, level) ? fmt::format("{}", rule.order_up_to) : "nothing",
                    "a level above the reorder point, or a quantity");
        }
        const bool orders = rule.reorder_point || rule.forecast || rule.standing_order > 0 || rule.second;
        require(orders || !fixed, quantity, fmt::format("{} without a reorder point", rule.quantity),
                "a reorder_point, at or below which the quantity is ordered");
        require(orders || !up_to || fixed, level, fmt::format("{} without a reorder point", rule.order_up_to),
                fmt::format("a reorder_point, at or below which an order is made: {} for a base stock",
                            rule.order_up_to - 1));
    }

    /// What can't go together, whoever orders so.
    void ordering(const OrderingPart& part, const std::string& own_site, const Path& path) {
        const models::InventoryPolicy& rule = part.policy;
        if (rule.forecast) {
            const Path at = below(path, "forecast");
            require(rule.review.count() > 0, at, "a forecast without reviews", "a review interval: its period");
            require(!rule.reorder_point, below(path, "reorder_point"), "a reorder point beside a forecast",
                    "one or the other");
            require(rule.quantity == 0 && rule.standing_order == 0, at, "a forecast beside fixed quantities",
                    "neither quantity nor standing_order: the level says how much");
        }
        amounts(rule, path);
        for (const auto& [season, shift] : part.shifts) {
            const Path at = below(below(path, "season"), season);
            require(shift.from >= -sim::days{s_.calendar.warmup_days}, below(at, "from"), told(shift.from),
                    "a time in the run, which begins with the warm-up");
            require(shift.from < shift.to, below(at, "to"), told(shift.to), "a later time than from");
            require(shift.every.count() == 0 || shift.to - shift.from <= shift.every, below(at, "every"),
                    told(shift.every), "at least its own length");
        }
        require(rule.standing_order == 0 || rule.review.count() > 0, below(path, "standing_order"),
                fmt::format("{}", rule.standing_order), "nothing without a review interval");
        if (rule.second && rule.second->looks_ahead.count() > 0) {
            require(rule.second->order_up_to.has_value(), below(below(path, "second"), "looks_ahead"),
                    told(rule.second->looks_ahead), "nothing without order_up_to, the level that it is for");
        }
        require(!rule.review_weekday || rule.review == sim::days{7}, below(path, "review_day"), "a weekday",
                "none unless the review is every 7 d");
        if (part.source.empty()) return;
        if (!exists(part.source, sites_, below(path, "source"), "the name of a site")) return;
        require(part.source != own_site, below(path, "source"), fmt::format("\"{}\"", part.source),
                "another site than the rule's own");
    }

    /// A policy of a strategy.
    void ordered(const ReplenishmentPart& part, const Path& path) {
        if (part.policy == ReplenishmentPart::kStockRules) {
            return require(!s_.stocks.empty(), below(path, "policy"), "stock_rules without any rule",
                           "tables [stock.NAME]");
        }
        if (part.policy == ReplenishmentPart::kFixedLevels) {
            const models::InventoryPolicy& rule = part.ordering.policy;
            require(rule.reorder_point || rule.forecast || rule.standing_order > 0 || rule.second, path,
                    "fixed_levels that never order",
                    "a reorder_point, a standing_order, a forecast or a second source");
            return ordering(part.ordering, "", path);
        }
        if (!part.levels) return;
        const models::InventoryPolicy& terms = part.ordering.policy;
        const bool planners = terms.execution == models::Execution::planners;
        const bool whole = terms.review.count() > 0 && terms.review % sim::days{1} == sim::Duration::zero();
        require(!planners || whole, below(path, "review"), told(terms.review),
                "whole days, at least one: planners look in the morning");
        require(!terms.review_weekday || terms.review == sim::days{7}, below(path, "review_day"), "a weekday",
                "none unless the review is every 7 d");
        if (!part.fallback.empty()) fallback(part, below(path, "fallback"));
    }

    /// It must do without what it stands in for.
    void fallback(const ReplenishmentPart& part, const Path& path) {
        const auto takes_forecast = [](const ReplenishmentPart& p) { return p.levels && p.levels->needs().forecast; };
        require(takes_forecast(part), path, fmt::format("\"{}\" for {}", part.fallback, part.policy),
                "none: only a policy that takes a forecast needs it");
        const std::size_t other = position(s_.strategies, part.fallback);
        if (other >= s_.strategies.size()) {
            return refuse(path, fmt::format("got \"{}\", want the name of a strategy", part.fallback));
        }
        const ReplenishmentPart& by = s_.strategies[other].value.replenishment;
        require(by.levels && !takes_forecast(by), path,
                fmt::format("\"{}\", whose policy is {}", part.fallback, by.policy),
                "a strategy whose policy computes levels without a forecast");
    }

    /// A person must be there for what needs one.
    void somebody() {
        const auto needs_people = [](const ReplenishmentPart& part) {
            return part.ordering.policy.execution == models::Execution::planners;
        };
        std::vector<std::string> needing;
        for (const auto& [name, strategy] : s_.strategies) {
            bool any = needs_people(strategy.replenishment);
            for (const auto& binding : strategy.bindings) any = any || needs_people(binding.value.ordered);
            if (any) needing.push_back(name);
        }
        const bool ruled = std::ranges::any_of(s_.stocks, [](const auto& stock) {
            return stock.value.ordering.policy.execution == models::Execution::planners;
        });
        if (ruled && needing.empty()) needing.emplace_back("the inventory policies");
        require(needing.empty() || s_.office.planners > 0, {"office", "planners"}, "0",
                fmt::format("at least one: planners carry out the orders of {} (or executed_by = \"site\")",
                            fmt::join(needing, ", ")));
    }

    void bindings(const std::string& strategy, const StrategyPart& part) {
        std::map<std::tuple<int, Scope, std::string>, std::string> last;
        for (const auto& [name, binding] : part.bindings) {
            const Path path{"strategy", strategy, "bind", name};
            fits(binding, path);
            scope_exists(binding.scope, path);
            if (!binding.tier.empty()) exists(binding.tier, tiers_, below(path, "tier"), "the name of a tier");
            if (binding.decision == BindingPart::replenishment) ordered(binding.ordered, path);
            std::string& other = last[{binding.decision, binding.scope, binding.tier}];
            if (!other.empty()) {
                const Problem there = at(tree_, {"strategy", strategy, "bind", other}, "");
                refuse(path, fmt::format("got the decision and scope of bind.{} ({}:{}), want one policy for them",
                                         other, there.file, there.line));
            }
            other = name;
        }
    }

    /// Each decision has scopes of its own; without one it would be the strategy's own.
    void fits(const BindingPart& binding, const Path& path) {
        const bool goods = binding.decision == BindingPart::replenishment;
        const auto unused = [&](const std::string& value, const char* key, const char* wanted) {
            require(value.empty(), below(path, key), fmt::format("\"{}\"", value), wanted);
        };
        if (!goods) {
            unused(binding.scope.item, "item", "nothing: only replenishment is decided by item");
            unused(binding.scope.velocity, "class", "nothing: only replenishment is decided by class");
            unused(binding.scope.segment, "supplier_segment", "nothing: only replenishment is decided by supplier");
        }
        if (binding.decision == BindingPart::promise) {
            unused(binding.scope.site, "site", "nothing: promises are decided by tier");
        } else {
            unused(binding.tier, "tier", "nothing: only promises are decided by tier");
        }
        require(binding.scope.names() > 0 || !binding.tier.empty(), path, "a binding without a scope",
                goods ? "a site, item, class or supplier_segment; for all it is [strategy.NAME.replenishment]"
                      : "a site, or of promises a tier; for all it is the strategy's own");
    }

    /// Of two rules for the same locations the first one would never be used.
    void same_places() {
        std::map<Scope, std::string> last;
        for (const auto& [name, part] : s_.stocks) {
            std::string& other = last[part.scope];
            if (!other.empty()) {
                const Problem there = at(tree_, {"stock", other}, "");
                refuse({"stock", name}, fmt::format("got the same sites and items as stock.{} ({}:{}), want one rule "
                                                    "for them: the first one would never be used",
                                                    other, there.file, there.line));
            }
            other = name;
        }
    }

    void stocks() {
        require(s_.stocks.size() <= 60'000, {"stock"}, fmt::format("{} rules", s_.stocks.size()), "at most 60000");
        for (const auto& [name, part] : s_.stocks) {
            scope_exists(part.scope, {"stock", name});
            ordering(part.ordering, part.scope.site, {"stock", name});
        }
        same_places();
        supply_chain_ends();
    }

    /// The rule of an item at a site is the last one that names both, or all; no name stands for an item without a rule
    /// of its own.
    const Named<StockPart>* rule_of(const std::string& site, const std::string& item) const {
        const auto fits = [&](const auto& rule) {
            return (rule.value.scope.site.empty() || rule.value.scope.site == site) &&
                   (rule.value.scope.item.empty() || rule.value.scope.item == item);
        };
        const auto found = std::find_if(s_.stocks.rbegin(), s_.stocks.rend(), fits);
        return found == s_.stocks.rend() ? nullptr : &*found;
    }

    /// Sites that supply each other in a circle would wait for ever.
    void supply_chain_ends() {
        std::set<std::string> items{""}, refused;
        for (const auto& rule : s_.stocks) items.insert(rule.value.scope.item);
        for (const std::string& item : items) {
            for (const auto& site : s_.sites) {
                const Named<StockPart>* const first = rule_of(site.name, item);
                std::size_t steps = 0;
                for (auto rule = first; rule && !rule->value.ordering.source.empty();
                     rule = rule_of(rule->value.ordering.source, item)) {
                    if (++steps <= s_.sites.size()) continue;
                    if (!refused.insert(first->name).second) break;
                    refuse({"stock", first->name, "source"},
                           fmt::format("got \"{}\", want a chain of sources that ends at a supplier",
                                       first->value.ordering.source));
                    break;
                }
            }
        }
    }
};

}  // namespace

void check_ordering(const Scenario& scenario, const Tree& tree, Problems& problems) {
    OrderingChecker(scenario, tree, problems).all();
}

}  // namespace entrepot::scenarios
