#include <algorithm>
#include <cmath>

#include "models/disturbances/disturbances.hpp"
#include "models/network/calendar.hpp"
#include "viz/live/scene.hpp"

/// One item at one site: how it is, how the record has it, and what headquarters believes.
namespace entrepot::viz {

using models::Headquarters;
using models::ItemId;
using models::SiteId;
using models::SiteState;
using models::Units;
using models::World;

namespace {

/// Units on the shelf that are promised, and that nobody has picked yet.
Units to_pick(const SiteState& site, ItemId item) {
    Units units = 0;
    for (std::uint32_t place = 0; place < site.lines.size(); ++place) {
        const models::Line& line = site.lines[place];
        if (line.order != models::kNone && line.item == item.value) units += line.allocated;
    }
    const auto add_transfers = [&](const auto& tasks) {
        for (const std::uint32_t task : tasks) {
            const std::uint32_t sent = site.tasks[task].transfer;
            if (sent != models::kNone && site.outgoing[sent].item == item.value) units += site.outgoing[sent].units;
        }
    };
    add_transfers(site.unreleased), add_transfers(site.released), add_transfers(site.wave);
    return units;
}

/// What is on its way to the location, as it is.
void add_supply(const Headquarters& hq, SiteId site, ItemId item, ItemScene& scene) {
    for (std::uint32_t place = 0; place < hq.purchases.size(); ++place) {
        const models::PurchaseLine& line = hq.purchases[place];
        if (!line.open || line.site != site || line.item != item) continue;
        const Units to_come = line.ordered - line.received - line.not_coming;
        const bool placed = line.placed != models::Time{};
        (placed ? scene.to_come : scene.proposed) += to_come;
        if (!placed || to_come == 0 || line.due >= scene.next_due) continue;
        scene.next_due = line.due, scene.next_arrives = line.arrives;
    }
    for (std::uint32_t place = 0; place < hq.transfers.size(); ++place) {
        const models::Transfer& transfer = hq.transfers[place];
        if (!transfer.open || transfer.to != site || transfer.item != item) continue;
        scene.to_come += transfer.answered ? transfer.shipped : transfer.units;
    }
}

LeadTimes lead_times(const World& world, ItemId item) {
    const models::Network& network = *world.network;
    const models::SupplierId id = network.items[item].supplier;
    const models::Supplier& supplier = network.suppliers[id];
    const models::LeadTimeEstimate& known = world.state.headquarters.lead_times[id];
    const double mean = supplier.lead_time ? models::mean_of(*supplier.lead_time) / 86'400e6
                                           : sim::in<sim::days>(supplier.lead_time_mean);
    const double delay = (1 - supplier.on_time) * sim::in<sim::days>(supplier.delay_mean);
    const models::Time free = world.state.headquarters.plants[id].busy_until;
    const bool limited = network.supplier_capacity[id] > models::Money{};
    const double waits = limited ? sim::in<sim::days>(free - world.now - supplier.capacity_slack) : 0;
    const double slip =
        models::disturbed_factor(network, world.state.headquarters.happenings, models::Disturbance::Kind::supplier_slip,
                                 {.supplier = id}, models::at_moment(world.now));
    return {.known = known.mean,
            .spread = std::sqrt(known.variance),
            .receipts = known.receipts,
            .on_record = sim::in<sim::days>(supplier.lead_time_on_record),
            .now = slip * (mean + delay) + std::max(waits, 0.0) + sim::in<sim::days>(supplier.order_lag)};
}

/// What customers want, in the mean, of a site's own: as it will be, whatever anybody forecasts.
double wanted_by_customers(const World& world, SiteId site, ItemId item) {
    const auto& outlook = world.network->outlook;
    if (outlook.empty()) return -1;
    const auto week = std::min(static_cast<std::size_t>(models::day_of(world.now)) / 7, outlook.size() - 1);
    return outlook[week][site][item.index()];
}

}  // namespace

ItemScene look_at_location(const World& world, SiteId at, ItemId item) {
    const Headquarters& hq = world.state.headquarters;
    const SiteState& site = world.state.sites[at];
    const models::LocationId location = hq.location(at, item);
    const models::ShelfStock& shelf = site.truth[item];
    const models::StockRecord& record = site.record[item];
    const models::StockView& view = hq.view[location];
    const models::Levels& levels = hq.levels[location];
    ItemScene scene{.on_hand = shelf.on_hand,
                    .at_dock = shelf.at_dock,
                    .staged = shelf.staged,
                    .to_pick = to_pick(site, item),
                    .recorded = record.on_hand,
                    .allocated = record.allocated,
                    .waiting = record.waiting,
                    .unposted = record.unposted,
                    .believed = view.net,
                    .on_order = view.on_order,
                    .heard = view.heard,
                    .reorder_point = levels.reorder_point,
                    .order_up_to = levels.order_up_to,
                    .forecast = hq.forecasts[location].level,
                    .rate = levels.daily_rate,
                    .confidence = levels.confidence,
                    .usual = world.network->usual_daily_units[at][item],
                    .wanted = wanted_by_customers(world, at, item),
                    .planned = levels.daily_rate > 0 || levels.reorder_point > 0};
    scene.lead = lead_times(world, item);
    add_supply(hq, at, item, scene);
    return scene;
}

}  // namespace entrepot::viz
