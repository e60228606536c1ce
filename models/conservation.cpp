#include "models/conservation.hpp"

#include "models/records/supply_account.hpp"

namespace entrepot::models {

namespace {

/// What lies on a site's shelves and at its docks is what came less what went, in units and in money.
void check_shelves(const SiteState& site, const Network& network) {
    Money value;
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const ShelfStock& shelf = site.truth[item];
        const Movements& m = shelf.moved;
        const Units there = shelf.on_hand + shelf.at_dock + shelf.staged;
        const ReturnedStock back = site.returned.empty() ? ReturnedStock{} : site.returned[item];
        const Units booked = m.opening + m.received - m.shipped + m.adjusted - m.sent + m.got + back.restocked;
        SIM_CHECK(there == booked, "units are lost");
        SIM_CHECK(back.came == back.at_dock + back.restocked + back.scrapped, "units that were sent back are lost");
        SIM_CHECK(back.at_dock >= 0 && back.came <= m.shipped, "more units were sent back than there were");
        SIM_CHECK(shelf.at_dock >= 0 && shelf.staged >= 0, "fewer units at the dock than none");
        value += network.items[item].unit_cost * there;
    }
    Money posted = site.ledger.balance(Account::inventory);
    for (const ServedOrders& served : site.served) posted -= served.cost;  // which is posted at midnight
    SIM_CHECK(value == posted, "the inventory account differs from the shelves");
}

/// Every unit ordered is shipped, at the dock, cancelled, allocated, held or waited for, and the record knows of all
/// that wait.
void check_orders(const SiteState& site) {
    Column<ItemId, Units> waiting(site.record.size(), 0), allocated(site.record.size(), 0), staged = waiting;
    std::int32_t open = 0, lines_waiting = 0;
    for (std::uint32_t index = 0; index < site.lines.size(); ++index) {
        const Line& line = site.lines[index];
        if (line.order == kNone) continue;
        SIM_CHECK(line.ordered ==
                      line.shipped + line.staged + line.cancelled + line.allocated + line.waiting + line.on_hold(),
                  "units of an order line are lost");
        ++open;
        lines_waiting += line.waiting > 0;
        waiting[ItemId{line.item}] += line.waiting;
        allocated[ItemId{line.item}] += line.allocated;
        staged[ItemId{line.item}] += line.staged;
    }
    SIM_CHECK(open == site.open_lines, "order lines are lost");
    SIM_CHECK(lines_waiting == site.waiting_lines, "waiting order lines are lost");
    for (const ItemId item : sim::ids<ItemId>(site.record)) {
        SIM_CHECK(waiting[item] == site.record[item].waiting, "the record doesn't know who waits");
        SIM_CHECK(staged[item] == site.truth[item].staged, "units at the dock are nobody's");
        // What was picked stays allocated until the record hears of it.
        SIM_CHECK(allocated[item] <= site.record[item].allocated, "units are promised twice");
    }
    SIM_CHECK(site.entered == site.closed + site.orders.in_use(), "orders are lost");
}

/// What a site's own account has on order is what was ordered and has not come.
void check_account_at_site(const SiteState& site, const Network& network) {
    for (const ItemId item : sim::ids<ItemId>(site.record)) {
        if (!account_at_site(network, site.id, item)) continue;
        const ShelfStock& shelf = site.truth[item];
        const Movements& m = shelf.moved;
        if (m.ordered == 0) continue;
        // What lies at the dock has come, and is on order until it is put away.
        const Units coming = m.ordered - m.received - m.got + shelf.at_dock;
        SIM_CHECK(site.record[item].on_order == coming, "units on order at a site are lost");
    }
}

/// Headquarters' account of the locations that it replenishes has on order what was proposed and not yet reported, and
/// their sites have received what suppliers delivered, but for what is between the supplier's truck and the dock.
void check_account_of_headquarters(const Headquarters& hq, const World& world) {
    const Network& network = *world.network;
    Column<LocationId, Units> on_order(hq.view.size(), 0), on_the_way = on_order;
    for (std::uint32_t index = 0; index < hq.purchases.size(); ++index) {
        const PurchaseLine& line = hq.purchases[index];
        if (!line.open) continue;
        const LocationId location = hq.location(line.site, line.item);
        if (line.standing != OnRecord::unknown) {
            on_order[location] += line.ordered - line.received - line.record.short_by;
        }
        const bool at_dock = line.delivered + network.strategy.integration.pump < world.now;
        if (!at_dock) on_the_way[location] += line.last_delivered;
    }
    for (std::uint32_t index = 0; index < hq.transfers.size(); ++index) {
        const Transfer& transfer = hq.transfers[index];
        if (!transfer.open || transfer.reported || transfer.standing == OnRecord::unknown) continue;
        on_order[hq.location(transfer.to, transfer.item)] += transfer.answered ? transfer.shipped : transfer.units;
    }
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            if (account_at_site(network, site, item)) continue;
            const LocationId location = hq.location(site, item);
            SIM_CHECK(hq.view[location].on_order == on_order[location], "purchase or transfer orders are lost");
            const Units received = world.state.sites[site].truth[item].moved.received;
            const Units delivered = hq.view[location].delivered;
            SIM_CHECK(delivered - on_the_way[location] <= received && received <= delivered,
                      "purchased units are lost");
        }
    }
}

/// Goods between sites, and all accounts together.
void check_accounts(const World& world) {
    const Network& network = *world.network;
    Ledger total = world.state.headquarters.ledger;
    for (const SiteState& site : world.state.sites) total += site.ledger;
    Money between;
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        Units units = 0;
        for (const SiteState& site : world.state.sites)
            units += site.truth[item].moved.sent - site.truth[item].moved.got;
        SIM_CHECK(units >= 0, "more units came from other sites than were sent");
        between += network.items[item].unit_cost * units;
    }
    SIM_CHECK(between == total.balance(Account::transit), "the transit account differs from the goods under way");
    Money sum;
    for (int i = 0; i < static_cast<int>(Account::count); ++i) sum += total.balance(static_cast<Account>(i));
    SIM_CHECK(sum == Money{}, "the accounts don't balance");
}

}  // namespace

void check_conservation(const World& world) {
    for (const SiteState& site : world.state.sites) {
        check_shelves(site, *world.network);
        check_orders(site);
        check_account_at_site(site, *world.network);
    }
    check_account_of_headquarters(world.state.headquarters, world);
    check_accounts(world);
}

}  // namespace entrepot::models
