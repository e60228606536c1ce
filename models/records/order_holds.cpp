#include "models/records/order_holds.hpp"

#include <algorithm>
#include <vector>

#include "models/purposes.hpp"
#include "models/records/accounts.hpp"
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

/// Whether an account of the tier is on hold: with an order that isn't cleared.
bool is_on_hold(const SiteState& site, std::uint32_t account, TierId tier) {
    return account != 0 && std::ranges::any_of(site.held, [&](const HeldOrder& one) {
               return one.account == account && !one.follows && one.left > 0 && site.orders[one.order].tier == tier;
           });
}

}  // namespace

bool hold_if_due(SiteState& site, std::uint32_t index, ItemId item, Context& context) {
    const Network& network = context.network();
    const Order& order = site.orders[index];
    const auto strikes = [&](const OrderHold& hold) { return hold.share > 0 && concerns(hold, order.tier); };
    if (order.internal || std::ranges::none_of(network.holds, strikes)) return false;
    HeldOrder held{name_of(order), index};
    if (std::ranges::any_of(network.holds, &OrderHold::whole_account))
        held.account = account_of(order, network, context.draws());
    held.follows = is_on_hold(site, held.account, order.tier);
    held.left = held.follows;
    bool begins = false;
    for (std::size_t i = 0; i < network.holds.size(); ++i) {
        const OrderHold& hold = network.holds[i];
        if (!strikes(hold)) continue;
        if (hold.whole_account && held.follows) continue;
        if (context.draws().at(purpose::hold, order.key ^ hold.key, order.coordinate).uniform() >= hold.share) continue;
        ++held.left;
        begins = begins || hold.whole_account;
        context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                     OrderHeld{held.name, key_of(site.id, item), order.tier.value, static_cast<std::uint8_t>(i)});
    }
    if (!begins && !held.follows) held.account = 0;
    if (held.left == 0) return false;
    site.held.insert(std::ranges::upper_bound(site.held, held.name, {}, &HeldOrder::name), held);
    context.tell(OrderPutOnHold{index, order.tier.value, held.left, held.follows});
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

namespace {

/// Nothing holds an order any more: it gets what there is.
void release_from_hold(SiteState& site, std::uint32_t index, Context& context) {
    const Order& order = site.orders[index];
    const std::uint32_t first = std::exchange(find_hold(site.held, order, index)->first_line, kNone);
    context.tell(OrderCleared{static_cast<float>(sim::in<sim::hours>(context.now() - site.lines[first].entered)), index,
                              order.placed_day, order.tier.value});
    site.waits_in_turn = false;  // an older order joins those that wait
    ListWalk walk(site.lines);
    for (std::uint32_t line = first, next; line != kNone; line = next) {  // the last one may end the order
        walk.step();
        next = std::exchange(site.lines[line].next, kNone);
        site.lines[line].held = false;
        fill_line(site, line, false, context);
    }
}

/// The account isn't on hold any more: its other orders are released, the oldest first, but for those that something
/// of their own holds.
void release_account(SiteState& site, std::uint32_t account, TierId tier, Context& context) {
    std::vector<std::uint32_t> orders;
    for (HeldOrder& one : site.held) {
        if (one.account != account || !one.follows || one.left == 0 || site.orders[one.order].tier != tier) continue;
        one.follows = false;
        one.account = 0;
        if (--one.left == 0) orders.push_back(one.order);
    }
    std::ranges::sort(orders, {}, [&](std::uint32_t order) { return site.orders[order].sequence; });
    for (const std::uint32_t order : orders) release_from_hold(site, order, context);
}

}  // namespace

void on(SiteState& site, const HoldCleared& message, Context& context) {
    const auto held = std::ranges::find_if(
        site.held, [&](const HeldOrder& one) { return one.name == message.order && one.left > 0; });
    SIM_CHECK(held != site.held.end(), "an order is cleared that isn't held");
    if (--held->left > 0) return;
    const std::uint32_t account = held->follows ? 0 : held->account;
    const TierId tier = site.orders[held->order].tier;
    release_from_hold(site, held->order, context);
    if (account != 0) release_account(site, account, tier, context);
}

}  // namespace entrepot::models
