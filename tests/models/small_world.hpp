#pragma once

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "models/model.hpp"
#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/transfer_orders.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"

namespace entrepot::tests {

/// Sites with five items where nothing happens by itself and nothing by chance: no demand, nothing under way, a
/// thousand units of each item everywhere, people and carriers that always come. Tests change it, then `finish()` it
/// anew where its tables hang on the change. Day 0 is a Monday.
inline models::Network quiet_network(std::size_t sites = 1) {
    using namespace models;
    Network network = small_network({.sites = sites, .items = 5});
    network.streams = {};
    network.noise = {};
    for (Site& site : network.sites) {
        site.absence = site.miscount_per_item_day = 0;
        site.dock_to_stock = {};
    }
    for (Tier& tier : network.tiers) {
        tier.escalation_probability = 0;
        tier.backorder_probability = 1;
        tier.patience_median = {};
    }
    for (Carrier& carrier : network.carriers) {
        carrier.on_time = 1;
        carrier.transit_days = {1};
    }
    for (auto& units : network.usual_daily_units) units.assign(network.items.size(), 0.0);
    for (auto& stock : network.initial.on_hand) stock.assign(network.items.size(), 1000);
    finish(network);
    return network;
}

/// Headquarters and the record hear of everything within a minute or two.
inline void hear_at_once(models::Network& network) {
    models::Integration& terms = network.strategy.integration;
    terms.batch_minute.reset();
    terms.latency_median = std::chrono::seconds{30};
    terms.latency_sigma = 0;
    terms.release_interval = std::chrono::minutes{1};
}

/// A world in which a test does by hand what happens, and looks at what follows.
template <class... Kinds>
struct SmallWorld {
    FactRecord<Kinds...> record;
    models::Network network;
    models::World world;
    std::uint32_t orders = 0;  ///< entered by hand

    explicit SmallWorld(models::Network n)
        : network(std::move(n)), world(models::start_world(network, 7, 0, record.log)) {}
    SmallWorld(const SmallWorld&) = delete;  // the world points to the network and the log

    void run_until(int day, double hour = 0) {
        run_sequential(world, models::start_of(day) + sim::from_real<sim::hours>(hour));
        record.log.flush();
    }
    models::SiteState& site(std::size_t i = 0) { return world.state.sites[models::SiteId{i}]; }
    models::Headquarters& hq() { return world.state.headquarters; }
    models::Context at_site(std::size_t i = 0) { return {world, static_cast<sim::EntityId>(i)}; }
    models::Context at_headquarters() { return {world, models::headquarters_of(network)}; }
    models::LocationId location(std::size_t i, std::size_t item) {
        return hq().location(models::SiteId{i}, models::ItemId{item});
    }
    template <class Kind>
    const auto& all() {
        record.log.flush();
        return record.template all<Kind>();
    }

    /// A customer of the tier orders now; returns the order's place in the book.
    std::uint32_t order(std::size_t tier, std::initializer_list<models::LineRequest> lines, std::size_t i = 0) {
        const models::OrderHeader header{1000, orders++, models::TierId{tier}, static_cast<std::uint32_t>(lines.size()),
                                         false};
        const std::vector<models::LineRequest> list(lines);
        models::Context context = at_site(i);
        enter_order(site(i), header, list, context);
        settle(site(i), context);
        std::uint32_t place = 0;
        while (order_at(place, i).key != header.key || order_at(place, i).coordinate != header.coordinate) ++place;
        return place;
    }
    models::Order& order_at(std::uint32_t place, std::size_t i = 0) { return site(i).orders[place]; }
    /// The first line of an order that is still open.
    models::Line line_of(std::uint32_t order, std::size_t i = 0) {
        std::uint32_t line = 0;
        while (site(i).lines[line].order != order) ++line;
        return site(i).lines[line];
    }
    /// So many units more are on the shelf and on the record; who waits gets them.
    void find_stock(std::size_t item, models::Units units, std::size_t i = 0) {
        const models::ItemId id{item};
        site(i).truth[id].on_hand += units;
        site(i).record[id].on_hand += units;
        models::Context context = at_site(i);
        allocate_waiting(site(i), id, context);
    }
    /// A purchase line that waits for what a test does with it.
    std::uint32_t purchase(std::size_t item, models::Units units, std::size_t i = 0) {
        return open_purchase(
            hq(), {.item = models::ItemId{item}, .ordered = units, .site = models::SiteId{i}, .proposed = world.now},
            network);
    }
    /// Headquarters decides to move so many units; the donor hears of it in a minute.
    void transfer(std::size_t item, models::Units units, models::TransferMode mode, std::size_t from = 0,
                  std::size_t to = 1) {
        const models::Transfer decided{.item = models::ItemId{item},
                                       .from = models::SiteId{from},
                                       .to = models::SiteId{to},
                                       .units = units,
                                       .mode = mode,
                                       .proposed = world.now};
        models::Context context = at_headquarters();
        execute_transfer(hq(), open_transfer(hq(), decided, context), context);
    }
    /// A supplier's truck is at the dock now.
    void arrive(std::size_t item, models::Units units, std::size_t i = 0) {
        const std::uint32_t line = purchase(item, units, i);
        models::Context context = at_site(i);
        on(site(i),
           models::GoodsArrive{static_cast<std::uint32_t>(item), units,
                               models::GoodsReference::of(models::GoodsReference::purchase, line)},
           context);
    }
};

inline models::LineRequest line(std::size_t item, models::Units units) { return {models::ItemId{item}, units}; }

}  // namespace entrepot::tests
