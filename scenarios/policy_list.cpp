#include "scenarios/policy_list.hpp"

#include <fmt/format.h>

#include "scenarios/describe_strategy.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/store.hpp"

namespace entrepot::scenarios {

namespace {

/// Writes down what a policy says of its parameters.
class ParameterList {
public:
    template <class T>
    void operator()(std::string_view key, T& member, const Kind& kind, std::string_view meaning) {
        add(key, kind.wanted(), is_required(kind, member) ? "required" : format(stored(member), kind, "USD"), meaning);
    }
    template <class T>
    void by_class(std::string_view key, models::Column<models::ClassId, T>&, const Kind& kind,
                  std::string_view meaning) {
        add(key, fmt::format("{}, or a table of one for each class", kind.wanted()), "required", meaning);
    }
    std::vector<ListedParameter> all;

private:
    void add(std::string_view key, std::string wanted, std::string standard, std::string_view meaning) {
        all.push_back({std::string(key), std::move(wanted), std::move(standard), std::string(meaning)});
    }
};

template <class Policy>
std::vector<ListedParameter> parameters_of(Policy& policy) {
    ParameterList list;
    ParametersFor parameters(list);
    policy.describe(parameters);
    return list.all;
}

void add_page(std::string& page, const ListedPolicy& policy) {
    page += fmt::format("\n### `{}`\n\n{}{}.{}\n", policy.name,
                        static_cast<char>(std::toupper(static_cast<unsigned char>(policy.meaning[0]))),
                        policy.meaning.substr(1), policy.software ? " It is licensed software." : "");
    if (policy.parameters.empty()) return;
    page += "\n| parameter | value | default | meaning |\n|---|---|---|---|\n";
    for (const ListedParameter& p : policy.parameters) {
        const std::string standard = p.standard == "required" ? p.standard : fmt::format("`{}`", p.standard);
        page += fmt::format("| `{}` | {} | {} | {} |\n", p.key, p.wanted, standard, p.meaning);
    }
}

constexpr std::string_view kPolicyPage = R"(# Policies

This page is made from what the policies say of themselves: `entrepot list policies --markdown > docs/policies.md`.

A strategy says by which policy it replenishes (`[strategy.NAME.replenishment]`) and which order goes first
(`[strategy.NAME.priority]`); `[strategy.NAME.bind.X]` says it otherwise for a site, an item, a class or a supplier
segment. A policy of your own is one file: [own-policy.md](own-policy.md).

## Levels

They say how reorder point and order-up-to level come about, from the record and the master data, as late and wrong as
those are. How often the position is held against them, who carries out what is wanted, and what caps an order stand
beside them whatever the policy (`review`, `executed_by`, `most`, `debounce`, `fallback`:
[scenario-reference.md](scenario-reference.md)); with `executed_by = "site"` the site goes by levels that headquarters
computes. `fixed_levels` and `stock_rules` are levels that are given ([textbook-systems.md](textbook-systems.md)).

Which service is meant? `class_service` has the probability that no unit is short while an order is under way, type 1;
`fill_rate` the share of the units that stock meets at once, type 2. Where orders are large, type 2 needs far less
stock for the same figure.

A target is of a class of items, not of a tier of customers: they all take from one stock. What tiers get of it is
decided when it is allocated: `tier.NAME.critical_level` and the priority decide that
([textbook-systems.md](textbook-systems.md#families)).

A season is in the levels as far as the record shows it, or as far as it is announced to a policy that takes a
forecast (`known_to_forecast`).
)";

}  // namespace

PolicyList listed_policies(const models::PolicyRegistry& policies) {
    PolicyList list;
    for (const auto& kind : policies.levels) {
        const auto policy = kind.make();
        const bool software = policy->needs().software;
        list.levels.push_back({std::string(kind.name), std::string(kind.meaning), software, parameters_of(*policy)});
    }
    for (const auto& kind : policies.priorities) {
        const auto policy = kind.make();
        list.priorities.push_back(
            {std::string(kind.name), std::string(kind.meaning), policy->software(), parameters_of(*policy)});
    }
    return list;
}

std::string policies_markdown() {
    const PolicyList list = listed_policies();
    std::string page(kPolicyPage);
    for (const ListedPolicy& policy : list.levels) add_page(page, policy);
    page += "\n## Priorities\n\nThey say which order is allocated, picked and shipped first.\n";
    for (const ListedPolicy& policy : list.priorities) add_page(page, policy);
    return page;
}

}  // namespace entrepot::scenarios
