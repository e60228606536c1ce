#include <algorithm>
#include <utility>

#include "studies/explain/order_watcher.hpp"

/// Where an order's units are.
namespace entrepot::studies::explain {

using models::ItemId;
using models::Line;
using models::SiteState;

/// Where that of its picks is which is furthest from the customer; empty where nothing is to be picked.
std::string OrderWatcher::place_of_picks(const SiteState& site) const {
    if (tasks_.empty()) return "";
    switch (std::ranges::min(tasks_, {}, &FollowedTask::stage).stage) {
        case Stage::unreleased:
            return models::is_stuck(site.links, models::InterfaceName::release) ? place::kStuckRelease
                                                                                : place::kRelease;
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
    if (!tasks_.empty()) return place_of_picks(site);
    return site.orders[place_].shipment != models::kNone ? place::kDock : place::kCarrier;
}

}  // namespace entrepot::studies::explain
