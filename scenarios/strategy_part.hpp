#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/decisions/policies/registry.hpp"
#include "models/network/network.hpp"

/// What a scenario says of strategies, as plain values with defaults; what it names is resolved when the Network is
/// built.
namespace entrepot::scenarios {

template <class T>
struct Named {
    std::string name;
    T value;
};
template <class T>
using NamedList = std::vector<Named<T>>;  ///< in the order of the file: positions become ids

/// Levels that the scenario gives, and how orders follow from them.
struct OrderingPart {
    std::string source;  ///< a site, or nothing for the item's supplier
    models::InventoryPolicy policy;
    NamedList<models::LevelShift> shifts;
};

/// Which locations something holds for; no name = all.
struct Scope {
    std::string site, item, velocity, segment;

    /// Of two that hold for a location, the one that names more goes before.
    int names() const { return !site.empty() + !item.empty() + !velocity.empty() + !segment.empty(); }
    auto operator<=>(const Scope&) const = default;
};

/// How a strategy decides when and how much to order.
struct ReplenishmentPart {
    std::string policy;                           ///< a level policy's name, or one of the two below
    std::shared_ptr<models::LevelPolicy> levels;  ///< of a level policy
    OrderingPart ordering;
    std::string fallback;  ///< a strategy, or nothing
    static constexpr std::string_view kFixedLevels = "fixed_levels", kStockRules = "stock_rules";
};
struct PriorityPart {
    std::string policy;
    std::shared_ptr<models::PriorityPolicy> rule;
};

/// A decision that a strategy takes by another policy somewhere.
struct BindingPart {
    enum Decision { replenishment, priority, promise };
    int decision = replenishment;
    Scope scope;
    std::string tier;
    ReplenishmentPart ordered;
    PriorityPart ranked;
    models::PromiseRule promised = models::PromiseRule::table;
};

/// A limit of what the system decides by itself; the scope by names.
struct GuardrailPart {
    Scope scope;
    std::vector<std::string> tiers;
    models::Guardrail rule;
};

/// Who must agree; the level that is asked next by its name.
struct ApprovalPart {
    models::ApprovalLevel level;
    std::vector<std::string> tiers;
    std::string escalates_to;
};

/// Where cases go that people have; class and tiers by their names.
struct RoutePart {
    models::Route route;
    std::string velocity;
    std::vector<std::string> tiers;
    enum Settled { release, drop };
    int settled = release;
};

/// Whom something else is offered where an item is short, by names.
struct SubstitutionPart {
    models::Substitution::Offers offers = models::Substitution::Offers::none;
    std::vector<std::string> tiers, classes;
};

/// Who gets the stock; whom reserves are for, and of which items, by names.
struct AllocationPart {
    models::AllocationRule rule = models::AllocationRule::by_priority;
    NamedList<double> reserve;  ///< days
    std::vector<std::string> classes;
};

/// What can go wrong with some interfaces.
struct LinkPart {
    std::vector<models::InterfaceName> interfaces;
    models::Interface terms;
};

/// The systems of a strategy, or of several.
struct SystemsPart {
    models::Integration terms;
    NamedList<LinkPart> links;
};

/// A forecasting service's model; its accuracy by class.
struct ForecastPart {
    models::ForecastModel terms;
    NamedList<double> wmape;
};

/// A clean-up of the item master, by days of the measured window.
struct CleanUpPart {
    models::CleanUp terms;
    int start = 0;
};

struct StrategyPart {
    std::string base;  ///< a strategy whose parts hold where this one says nothing
    models::Strategy terms;
    SystemsPart systems;
    ForecastPart forecast;
    CleanUpPart clean_up;
    ReplenishmentPart replenishment;
    PriorityPart priority;
    models::PromiseRule promise = models::PromiseRule::table;
    SubstitutionPart substitution;
    AllocationPart allocation;
    NamedList<BindingPart> bindings;
    NamedList<RoutePart> routes;
    NamedList<GuardrailPart> guardrails;
    NamedList<ApprovalPart> approvals;
};

}  // namespace entrepot::scenarios
