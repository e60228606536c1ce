#include <algorithm>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::Network;
using models::TierId;

void add_allocation(const Scenario& scenario, const AllocationPart& part, Network& network) {
    models::Allocation& terms = network.strategy.allocation;
    terms.rule = part.rule;
    const auto keeps = [](const auto& reserve) { return reserve.value > 0; };
    if (std::ranges::none_of(part.reserve, keeps)) return;
    terms.days.assign(network.tiers.size(), 0);
    for (const auto& [name, days] : part.reserve) {
        const int rank = network.tiers[TierId{position(scenario.tiers, name)}].rank;
        for (std::size_t i = 0; i < scenario.tiers.size(); ++i) {  // other sites, a tier of their own, get all there is
            double& kept = terms.days[TierId{i}];
            if (network.tiers[TierId{i}].rank > rank) kept = std::max(kept, days);
        }
    }
    for (const auto& velocity : scenario.classes) {
        if (!part.classes.empty()) terms.classes.push_back(std::ranges::count(part.classes, velocity.name) > 0);
    }
}

}  // namespace entrepot::scenarios
