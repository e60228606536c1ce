#include "viz/live/flows.hpp"

#include <algorithm>
#include <cmath>

namespace entrepot::viz {

using models::Headquarters;
using models::ItemId;
using models::Messages;
using models::SiteId;
using models::SiteState;
using models::World;

namespace {

constexpr sim::days kLateAfter{3};  // as in scene.cpp: offices and docks have hours
constexpr std::size_t kServices = 3, kExpedited = 2;

void add_purchase(const World& world, const models::PurchaseLine& line, PurchaseLane& lane) {
    const bool late = std::max(line.arrives, world.now) > line.due + kLateAfter;
    const double ahead = std::max(0.0, sim::in<sim::days>(line.arrives - world.now));
    const auto day = std::min(kDaysAhead - 1, static_cast<std::size_t>(ahead));
    ++lane.lines[day];
    lane.late[day] += late;
    ++lane.all_lines;
    lane.all_late += late;
    lane.units += line.ordered - line.received - line.not_coming;
}

std::vector<PurchaseLane> purchases_of(const World& world, const Segments& segments) {
    const models::Network& network = *world.network;
    const std::size_t sites = network.sites.size();
    std::vector<PurchaseLane> lanes(segments.names.size() * sites);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        lanes[i].segment = static_cast<std::uint16_t>(i / sites);
        lanes[i].site = static_cast<std::uint16_t>(i % sites);
    }
    const Headquarters& hq = world.state.headquarters;
    for (std::uint32_t index = 0; index < hq.purchases.size(); ++index) {
        const models::PurchaseLine& line = hq.purchases[index];
        if (!line.open || line.placed == models::Time{}) continue;
        const auto supplier = network.items[line.item].supplier.index();
        add_purchase(world, line, lanes[segments.of_supplier[supplier] * sites + line.site.index()]);
    }
    std::erase_if(lanes, [](const PurchaseLane& lane) { return lane.all_lines == 0; });
    return lanes;
}

std::size_t service_of(const models::Carrier& carrier) {
    return carrier.expedite ? kExpedited : static_cast<std::size_t>(carrier.channel);
}

/// What waits at the docks; whose truck comes next is learned from the events that wait.
std::vector<CarrierScene> carriers_of(const World& world) {
    const models::Network& network = *world.network;
    std::array<bool, kServices> there{};
    for (const models::Carrier& carrier : network.carriers) there[service_of(carrier)] = true;
    std::vector<CarrierScene> all;
    for (const SiteState& site : world.state.sites) {
        for (std::size_t lane = 0; lane < kServices; ++lane) {
            if (!there[lane]) continue;
            CarrierScene one{.site = static_cast<std::uint16_t>(site.id.index()),
                             .lane = static_cast<std::uint8_t>(lane),
                             .waiting = static_cast<std::int32_t>(site.staged[lane].size())};
            for (const std::uint32_t shipment : site.staged[lane]) {
                one.left_behind += site.shipments[shipment].left_behind;
            }
            all.push_back(one);
        }
    }
    return all;
}

std::vector<InterfaceScene> interfaces_of(const World& world) {
    const models::Network& network = *world.network;
    const Headquarters& hq = world.state.headquarters;
    std::vector<InterfaceScene> all;
    for (const SiteState& site : world.state.sites) {
        InterfaceScene one{.site = static_cast<std::uint16_t>(site.id.index()),
                           .batch = network.strategy.integration.batch_minute.has_value(),
                           .postings = static_cast<std::int32_t>(site.journal.size()),
                           .receipts = static_cast<std::int32_t>(site.receipts.size()),
                           .changed = static_cast<std::int32_t>(site.changed.size())};
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const models::StockRecord& record = site.record[item];
            const models::StockView& view = hq.view[hq.location(site.id, item)];
            const models::Units apart = record.on_hand - record.allocated - record.waiting - view.net;
            if (apart == 0) continue;
            ++one.wrong_items;
            one.wrong_units += std::abs(apart);
            one.oldest = std::max(one.oldest, world.now - view.heard);
        }
        all.push_back(one);
    }
    return all;
}

/// The next departures, batches and extracts, and postings under way: what the events that wait say.
void add_events(const World& world, Flows& flows) {
    const models::Network& network = *world.network;
    const std::size_t sites = network.sites.size();
    for (const auto& partition : world.partitions) {
        for (sim::Pending copy = partition.pending; !copy.empty();) {
            const sim::Event event = copy.pop();
            if (event.to() >= sites) continue;
            InterfaceScene& interface = flows.interfaces[event.to()];
            if (event.kind() == Messages::kind_of<models::CarrierDeparts>()) {
                const models::CarrierId id{event.as<models::CarrierDeparts>().carrier};
                const models::Carrier& carrier = network.carriers[id];
                const auto of_lane = std::ranges::find_if(flows.carriers, [&](const CarrierScene& one) {
                    return one.site == event.to() && one.lane == service_of(carrier);
                });
                if (of_lane == flows.carriers.end()) continue;
                if (event.to() < carrier.daily_capacity.size()) {
                    of_lane->capacity += static_cast<std::int32_t>(std::lround(carrier.daily_capacity[event.to()]));
                }
                if (event.at < of_lane->departs) {
                    of_lane->departs = event.at;
                    of_lane->carrier = static_cast<std::uint8_t>(id.value);
                }
            } else if (event.kind() == Messages::kind_of<models::EventPosts>()) {
                ++interface.postings;
            } else if (event.kind() == Messages::kind_of<models::BatchPosts>() ||
                       event.kind() == Messages::kind_of<models::PumpRuns>()) {
                interface.next = std::min(interface.next, event.at);
            }
        }
    }
}

}  // namespace

Segments::Segments(const models::Network& network) {
    for (const models::Supplier& supplier : network.suppliers) {
        const auto found = std::ranges::find(names, supplier.segment);
        of_supplier.push_back(static_cast<std::uint16_t>(found - names.begin()));
        if (found == names.end()) names.push_back(supplier.segment);
    }
}

Flows flows_of(const World& world, const Segments& segments, bool lists) {
    Flows flows{.purchases = purchases_of(world, segments), .carriers = {}, .interfaces = {}};
    if (!lists) return flows;
    flows.carriers = carriers_of(world);
    flows.interfaces = interfaces_of(world);
    add_events(world, flows);
    return flows;
}

std::string_view lane_name(std::uint8_t lane) {
    constexpr std::array<std::string_view, kServices> names{"business", "consumers", "expedited"};
    return names[std::min<std::size_t>(lane, kServices - 1)];
}

}  // namespace entrepot::viz
