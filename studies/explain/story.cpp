#include "studies/explain/story.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/records/order_desk.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::studies::explain {

std::string Sight::text() const {
    std::string words = fmt::format("{} at {}{}: {} on the shelf", item, site, before ? " before that" : "", on_shelf);
    if (at_dock > 0) words += fmt::format(", {} at the dock", at_dock);
    words += fmt::format("; the record says {}", on_record);
    if (promised != 0) words += fmt::format(", {} of them promised", promised);
    if (waiting != 0) words += fmt::format(", {} waited for", waiting);
    if (headquarters) {
        words += fmt::format("; headquarters believes {} net, {} on order", headquarters->net, headquarters->on_order);
    }
    return words;
}

Sight sight_of(const models::World& world, models::SiteId site, models::ItemId item) {
    const models::Network& network = *world.network;
    const models::SiteState& there = world.state.sites[site];
    const models::Headquarters& hq = world.state.headquarters;
    const models::StockRecord& record = there.record[item];
    Sight sight{.item = network.items[item].name,
                .site = network.sites[site].name,
                .on_shelf = there.truth[item].on_hand,
                .at_dock = there.truth[item].at_dock,
                .on_record = record.on_hand,
                .promised = record.allocated,
                .waiting = record.waiting,
                .headquarters = {}};
    if (!account_at_site(network, site, item)) {
        const models::StockView& view = hq.view[hq.location(site, item)];
        sight.headquarters = Sight::Belief{view.net, view.on_order, view.heard};
    }
    return sight;
}

void move_to(std::vector<Stay>& stays, const std::string& where, Time now) {
    if (!stays.empty()) {
        if (stays.back().where == where) return;
        stays.back().to = now;
        if (stays.back().span() == models::Duration::zero()) stays.pop_back();
    }
    if (!stays.empty() && stays.back().where == where) return;
    stays.push_back({where, now, now});
}

std::vector<Stay> longest_first(const std::vector<Stay>& stays) {
    std::vector<Stay> sums;
    for (const Stay& stay : stays) {
        const auto same = std::ranges::find(sums, stay.where, &Stay::where);
        if (same == sums.end()) {
            sums.push_back(stay);
        } else {
            same->to += stay.span();
        }
    }
    std::ranges::stable_sort(sums, std::greater<>(), &Stay::span);
    return sums;
}

}  // namespace entrepot::studies::explain
