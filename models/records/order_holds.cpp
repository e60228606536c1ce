#include "models/records/order_holds.hpp"

#include <algorithm>

#include "models/purposes.hpp"
#include "models/records/order_lines.hpp"

namespace entrepot::models {

namespace {

/// Of those with the order's name the one that is this order; else the end of the list.
auto find_hold(auto& held, const Order& order, std::uint32_t place) {
    auto found = std::ranges::lower_bound(held, name_of(order), {}, &HeldOrder::name);
    while (found != held.end() && found->name == name_of(order) && found->order != place) ++found;
    return found != held.end() && found->name == name_of(order) ? found : held.end();
}

bool concerns(const OrderHold& hold, TierId tier) { return hold.tiers.empty() || hold.tiers.at(tier.index()); }

}  // namespace

bool hold_if_due(SiteState& site, std::uint32_t index, ItemId item, Context& context) {
    const Network& network = context.network();
    const Order& order = site.orders[index];
    if (order.internal) return false;
    HeldOrder held{name_of(order), index};
    for (std::size_t i = 0; i < network.holds.size(); ++i) {
        const OrderHold& hold = network.holds[i];
        if (!concerns(hold, order.tier)) continue;
        if (context.draws().at(purpose::hold, order.key ^ hold.key, order.coordinate).uniform() >= hold.share) continue;
        ++held.left;
        context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                     OrderHeld{held.name, key_of(site.id, item), order.tier.value, static_cast<std::uint8_t>(i)});
    }
    if (held.left == 0) return false;
    site.held.insert(std::ranges::upper_bound(site.held, held.name, {}, &HeldOrder::name), held);
    context.tell(OrderPutOnHold{index, order.tier.value, held.left});
    return true;
}

void hold_line(SiteState& site, std::uint32_t order, std::uint32_t index) {
    HeldOrder& held = *find_hold(site.held, site.orders[order], order);
    site.lines[index].held = true;
    site.lines[index].next = kNone;
    (held.first_line == kNone ? held.first_line : site.lines[held.last_line].next) = index;
    held.last_line = index;
}

bool was_held(const SiteState& site, std::uint32_t order) {
    return !site.held.empty() && find_hold(site.held, site.orders[order], order) != site.held.end();
}

bool forget_hold(SiteState& site, std::uint32_t order) {
    if (site.held.empty()) return false;
    const auto held = find_hold(site.held, site.orders[order], order);
    if (held == site.held.end()) return false;
    site.held.erase(held);
    return true;
}

void on(SiteState& site, const HoldCleared& message, Context& context) {
    const auto held = std::ranges::find_if(
        site.held, [&](const HeldOrder& one) { return one.name == message.order && one.left > 0; });
    SIM_CHECK(held != site.held.end(), "an order is cleared that isn't held");
    if (--held->left > 0) return;
    const Order& order = site.orders[held->order];
    const std::uint32_t first = std::exchange(held->first_line, kNone);
    context.tell(OrderCleared{static_cast<float>(sim::in<sim::hours>(context.now() - site.lines[first].entered)),
                              held->order, order.placed_day, order.tier.value});
    site.waits_in_turn = false;  // an older order joins those that wait
    ListWalk walk(site.lines);
    for (std::uint32_t index = first, next; index != kNone; index = next) {  // the last one may end the order
        walk.step();
        next = std::exchange(site.lines[index].next, kNone);
        site.lines[index].held = false;
        fill_line(site, index, false, context);
    }
}

}  // namespace entrepot::models
