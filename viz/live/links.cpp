#include <algorithm>

#include "models/records/interfaces.hpp"
#include "models/records/link_ends.hpp"
#include "viz/live/scene.hpp"

namespace entrepot::viz {

namespace {

template <class Side>
void add_links(const Side& side, const models::World& world, std::array<LinkScene, models::kInterfaces>& all) {
    const models::Network& network = *world.network;
    for (std::size_t number = 0; number < side.links.all.size(); ++number) {
        const models::Link& link = side.links.all[number];
        LinkScene& scene = all[static_cast<std::size_t>(models::ends_of(side, number, network).interface)];
        if (!scene.watched) continue;
        ++scene.links;
        scene.down += models::is_down(side, number, world.now, network, world.draws);
        scene.open += link.breaker.open;
        scene.stuck += static_cast<std::int32_t>(link.stuck);
        scene.for_people += static_cast<std::int32_t>(link.dead.size()) + link.run_is_missed;
        if (link.stuck > 0) scene.since = std::min(scene.since, link.stuck_since);
        scene.messages_today += std::int64_t{link.today.at_once} + link.today.by_retry + link.today.given_up;
        scene.at_once_today += link.today.at_once;
    }
}

}  // namespace

std::array<LinkScene, models::kInterfaces> Looker::links(const models::World& world) const {
    std::array<LinkScene, models::kInterfaces> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto interface = static_cast<models::InterfaceName>(i);
        all[i].watched = network_.strategy.integration.watches(interface);
        all[i].has_breaker = network_.strategy.integration.of(interface).breaker.has_value();
    }
    for (const models::SiteState& site : world.state.sites) add_links(site, world, all);
    add_links(world.state.headquarters, world, all);
    return all;
}

}  // namespace entrepot::viz
