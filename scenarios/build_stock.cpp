#include <algorithm>
#include <cmath>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::ItemId;
using models::Network;
using models::SiteId;
using models::Units;

namespace {

/// Cover of the class, times the planner's error, times the site's bias for seasonal items.
Units opening(const Scenario& scenario, const Network& network, SiteId site, ItemId id, double& elsewhere) {
    const models::Item& item = network.items[id];
    auto draw = attribute_draws(scenario).at(purpose::opening_stock, item.key ^ network.sites[site].key, 0);
    const double sigma = scenario.initial.staleness_sigma;
    const double error = std::exp(sigma * sim::normal_quantile(draw.uniform()) - sigma * sigma / 2);
    const double bias = item.seasonal ? 1 + network.sites[site].seasonal_bias : 1;
    elsewhere = draw.uniform();
    const double days = scenario.classes[item.velocity.index()].value.initial_cover_days;
    return static_cast<Units>(std::llround(std::min(days * network.usual_daily_units[site][id] * error * bias, 1e9)));
}

}  // namespace

void add_stock(const Scenario& scenario, Network& network) {
    network.initial.pipeline_lot_days = scenario.initial.pipeline_lot_days;
    network.initial.pipeline_hour = scenario.initial.pipeline_hour;
    network.initial.demand_dispersion = scenario.initial.demand_dispersion;
    auto& stock = network.initial.on_hand;
    const std::size_t sites = network.sites.size();
    stock.assign(sites, models::Column<ItemId, Units>(network.items.size(), 0));
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        for (const SiteId site : sim::ids<SiteId>(sites)) {
            double elsewhere = 0;
            const Units units = opening(scenario, network, site, item, elsewhere);
            const Units misplaced =
                sites < 2 ? 0 : static_cast<Units>(std::llround(units * scenario.initial.misplaced_share));
            // One of the other sites, all alike.
            const auto step = 1 + static_cast<std::size_t>(elsewhere * static_cast<double>(sites - (sites > 1)));
            stock[site][item] += units - misplaced;
            stock[SiteId{(site.index() + step) % sites}][item] += misplaced;
        }
    }
}

}  // namespace entrepot::scenarios
