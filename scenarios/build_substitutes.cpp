#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::ClassId;
using models::Item;
using models::ItemId;
using models::Network;

namespace {

/// Groups of a list of items, by the words that it has for them.
void group_listed(const std::vector<ListedItem>& listed, Network& network) {
    std::map<std::string, std::uint32_t> groups;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        if (listed[i].substitute_group.empty()) continue;
        const auto number = static_cast<std::uint32_t>(groups.size() + 1);
        network.items[ItemId{i}].substitutes = groups.try_emplace(listed[i].substitute_group, number).first->second;
    }
}

/// Of each class so many items, drawn, in pairs of neighbours by cost; an odd one finds none.
void pair_up(const Scenario& scenario, Network& network) {
    const sim::Draws draws = attribute_draws(scenario);
    std::uint32_t groups = 0;
    for (const ClassId velocity : sim::ids<ClassId>(network.classes)) {
        const double share = scenario.classes[velocity.index()].value.substitute_share;
        if (share <= 0) continue;
        std::vector<ItemId> chosen;
        for (const ItemId id : sim::ids<ItemId>(network.items)) {
            const Item& item = network.items[id];
            const bool drawn = draws.at(purpose::substitutes, item.key, 0).uniform() < share;
            if (item.velocity == velocity && drawn) chosen.push_back(id);
        }
        std::ranges::stable_sort(chosen, {}, [&](ItemId id) { return network.items[id].unit_cost; });
        for (std::size_t i = 0; i + 1 < chosen.size(); i += 2) {
            network.items[chosen[i]].substitutes = network.items[chosen[i + 1]].substitutes = ++groups;
        }
    }
}

/// Which of all are named; none where no name says so.
template <class T>
std::vector<bool> named(const std::vector<std::string>& names, const NamedList<T>& all) {
    std::vector<bool> chosen;
    if (names.empty()) return chosen;
    for (const auto& one : all) chosen.push_back(std::ranges::count(names, one.name) > 0);
    return chosen;
}

}  // namespace

void add_substitutes(const Loaded& loaded, const SubstitutionPart& offers, Network& network) {
    const auto grouped = [](const ListedItem& item) { return !item.substitute_group.empty(); };
    if (std::ranges::any_of(loaded.listed, grouped)) {
        group_listed(loaded.listed, network);
    } else {
        pair_up(loaded.scenario, network);
    }
    network.strategy.substitution = {offers.offers, named(offers.tiers, loaded.scenario.tiers),
                                     named(offers.classes, loaded.scenario.classes)};
}

}  // namespace entrepot::scenarios
