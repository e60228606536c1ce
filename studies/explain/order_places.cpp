#include <algorithm>
#include <utility>

#include "studies/explain/order_watcher.hpp"

/// Where an order's units are.
namespace entrepot::studies::explain {

using models::ItemId;
using models::Line;
using models::SiteState;

/// Of its lines: an event that changes nothing of it is not noted.
void OrderWatcher::note_parts(Time now) {
    Parts parts{.since = now, .units = {}, .cost = {}, .where_picked = place_of_picks()};
    for (const FollowedLine& followed : lines_) {
        const Line& line = followed.last;
        const std::array<int, Parts::kPlaces> units{line.waiting + line.on_hold(), line.allocated, line.staged,
                                                    line.shipped, line.cancelled};
        for (std::size_t place = 0; place < units.size(); ++place) {
            parts.units[place] += units[place];
            parts.cost[place] += network_.items[ItemId{line.item}].unit_cost * units[place];
        }
    }
    const bool same =
        !parts_.empty() && parts_.back().units == parts.units && parts_.back().where_picked == parts.where_picked;
    if (!same) parts_.push_back(std::move(parts));
}

const OrderWatcher::Parts* OrderWatcher::parts_at(Time t) const {
    const auto after = std::ranges::upper_bound(parts_, t, {}, &Parts::since);
    return after == parts_.begin() ? nullptr : &*(after - 1);
}

/// Where that of its picks is which is furthest from the customer; empty where nothing is to be picked.
std::string OrderWatcher::place_of_picks() const {
    if (tasks_.empty()) return "";
    switch (std::ranges::min(tasks_, {}, &FollowedTask::stage).stage) {
        case Stage::unreleased:
            return place::kRelease;
        case Stage::released:
            return network_.strategy.waves.at_once ? place::kPicker : place::kWave;
        case Stage::in_wave:
            return place::kPicker;
        case Stage::picking:
            break;
    }
    return place::kPicking;
}

/// Where that part of the order is which is furthest from the customer.
std::string OrderWatcher::place_now(const SiteState& site) const {
    const auto waits = [](const FollowedLine& line) { return line.open && line.last.waiting > 0; };
    if (std::ranges::any_of(lines_, [](const FollowedLine& line) { return line.open && line.last.held; })) {
        return place::kHold;
    }
    if (std::ranges::any_of(lines_, waits)) return place::kStock;
    if (!tasks_.empty()) return place_of_picks();
    return site.orders[place_].shipment != models::kNone ? place::kDock : place::kCarrier;
}

}  // namespace entrepot::studies::explain
