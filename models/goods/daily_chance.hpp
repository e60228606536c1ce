#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "models/model.hpp"

namespace entrepot::models {

/// Calls `strike(item, draw)` for each of a site's items to which something happens on a day, with so much probability.
/// `draw` has given the uniform that said so; its next ones say what. All items are drawn at once, since few are
/// struck.
template <class Strike>
void strike_items(const SiteState& site, sim::Purpose purpose, double probability, int day, Context& context,
                  Strike strike) {
    if (probability <= 0) return;
    const Network& network = context.network();
    constexpr auto kAtOnce = static_cast<std::uint32_t>(sim::Draws::kBlock);
    const auto items = static_cast<std::uint32_t>(network.items.size());
    const auto coordinate = static_cast<std::uint32_t>(day);
    const std::uint64_t key = network.sites[site.id].key;
    std::array<std::uint64_t, kAtOnce> entities{};
    for (std::uint32_t first = 0; first < items; first += kAtOnce) {
        const std::uint32_t some = std::min(kAtOnce, items - first);
        for (std::uint32_t i = 0; i < some; ++i) entities[i] = network.items[ItemId{first + i}].key ^ key;
        const auto drawn = context.draws().block(purpose, entities, coordinate);
        for (std::uint32_t i = 0; i < some; ++i) {
            if (drawn.first[i] >= probability) continue;
            auto draw = context.draws().at(purpose, entities[i], coordinate);
            draw.uniform();
            strike(ItemId{first + i}, draw);
        }
    }
}

}  // namespace entrepot::models
