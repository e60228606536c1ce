#include <algorithm>

#include "models/goods/crew.hpp"
#include "models/goods/dock_help.hpp"
#include "models/goods/transport.hpp"
#include "models/goods/trucks.hpp"
#include "models/goods/waves.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

// The work of picking: how long a task takes, and what becomes of its units.

namespace {

/// Where the draws of a task stand: at its order; a transfer's at item, both sites and the moment at which it begins.
struct Address {
    std::uint64_t entity = 0;
    std::uint32_t coordinate = 0;
};
Address address_of(SiteState& site, const Task& task, const Context& context) {
    if (task.order != kNone) return {site.orders[task.order].key, site.orders[task.order].coordinate};
    const Network& network = context.network();
    const OutgoingTransfer& goods = site.outgoing[task.transfer];
    const ItemId item{goods.item};
    const std::uint64_t lane = network.items[item].key ^ network.sites[site.id].key ^
                               (network.sites[goods.destination].key * 0x9E3779B97F4A7C15ull);
    return {lane, site.occasions.next(purpose::pick_time, key_of(goods.destination, item), context.now())};
}

/// The distribution of a task's time: the tier's, or else the site's.
const std::optional<TimeDistribution>& time_of(const SiteState& site, const Task& task, const Network& network) {
    if (task.order != kNone) {
        const Tier& tier = network.tiers[site.orders[task.order].tier];
        if (tier.pick_time) return tier.pick_time;
    }
    return network.sites[site.id].pick_time;
}

/// Hours that a task takes one person.
double hours_of(SiteState& site, const Task& task, Context& context) {
    const Site& terms = context.network().sites[site.id];
    const auto [entity, coordinate] = address_of(site, task, context);
    const double u = context.draws().at(purpose::pick_time, entity, coordinate).uniform();
    const double tired = site.on_duty == 0 ? terms.overtime_rate_factor : 1;
    const std::optional<TimeDistribution>& distribution = time_of(site, task, context.network());
    double hours = distribution
                       ? sim::in<sim::hours>(draw(*distribution, u))
                       : task.picks / (lines_per_hour(terms) * tired) * sim::lognormal(u, 1, terms.pick_time_cv);
    hours /= pace_of(site) * pace_at(site, context);
    if (terms.breakdowns_per_busy_hour > 0 && terms.repair) {
        auto breaks = context.draws().at(purpose::breakdown, entity, coordinate);
        const int count = sim::poisson(breaks.uniform(), terms.breakdowns_per_busy_hour * hours);
        for (int i = 0; i < count; ++i) hours += sim::in<sim::hours>(draw(*terms.repair, breaks.uniform()));
    }
    return hours;
}

}  // namespace

void count_picking(SiteState& site, Time now) {
    const int people = site.on_duty + site.on_overtime;
    if (people > 0) {  // else those who pick end what they began after their shift
        const double hours = sim::in<sim::hours>(now - site.picking_changed);
        site.today.straight_busy += hours * std::min(site.picking, people) * site.on_duty / people;
    }
    site.picking_changed = now;
}

namespace {

void keep_busy(SiteState& site, Context& context) {
    count_picking(site, context.now());
    ++site.picking;
}

/// Somebody is called away from picking to look after an order that was escalated.
void start_errand(SiteState& site, Context& context) {
    const Office& office = context.network().office;
    const std::uint64_t key = context.network().sites[site.id].key;
    const double u = context.draws().at(purpose::errand_time, key, site.errands.pop()).uniform();
    const double minutes = sim::lognormal(u, office.picker_minutes_per_escalation, office.handling_cv);
    keep_busy(site, context);
    context.after(sim::from_real<sim::minutes>(minutes), ErrandDone{});
}

}  // namespace

void send_on_errand(SiteState& site, std::uint32_t order_name, Context& context) {
    const Network& network = context.network();
    const bool by_people = network.sites[site.id].handling == Handling::people;
    if (!by_people || network.office.picker_minutes_per_escalation <= 0) return;
    site.errands.push(order_name);
    start_picks(site, context);
}

void on(SiteState& site, const ErrandDone&, Context& context) {
    count_picking(site, context.now());
    --site.picking;
    start_picks(site, context);
}

void start_picks(SiteState& site, Context& context) {
    const Waves& waves = context.network().strategy.waves;
    while (site.picking < site.on_duty + site.on_overtime) {
        if (!site.errands.empty()) {
            start_errand(site, context);
            continue;
        }
        const std::uint32_t index = next_task(site, context);
        if (index == kNone) {
            if (context.network().sites[site.id].cross_training.share > 0) help_at_dock(site, context);
            return;
        }
        const Task& task = site.tasks[index];
        const double hours = hours_of(site, task, context);
        if (waves.at_once && task.order != kNone) {
            const double waited = sim::in<sim::hours>(context.now() - task.entered);
            context.tell(TaskDone{static_cast<float>(waited), static_cast<float>(waited + hours),
                                  site.orders[task.order].tier.value});
        }
        keep_busy(site, context);
        context.after(sim::from_real<sim::hours>(hours), PickDone{index});
    }
}

namespace {

/// Takes a pick's units off the shelf and adds them to the shipment; what is missing waits again. Returns how many
/// there were.
Units pick_order_line(SiteState& site, const PickLine& pick, Shipment& shipment, Context& context) {
    Line& line = site.lines[pick.line];
    const ItemId item{line.item};
    ShelfStock& shelf = site.truth[item];
    const Units picked = std::min(pick.units, shelf.on_hand);
    const Units missing = pick.units - picked;
    move_stock(site, item, -picked, context.now());
    shelf.staged += picked;
    line.staged += picked;
    line.allocated -= pick.units;
    post(site, {item.value, -picked, pick.units}, context);
    if (missing > 0) count_stock(site, item, context);  // a picker who finds too few has the place counted

    const Item& goods = context.network().items[item];
    shipment.units += picked;
    shipment.cost += goods.unit_cost * picked;
    shipment.weight_lb += static_cast<float>(goods.weight_lb * picked);
    end_first_pass(site, pick.line, picked, context);
    if (missing > 0) return_to_waiting(site, pick.line, missing, context);
    const bool leaves = picked > 0 && leaves_at_once(site, site.orders[line.order], context.network());
    if (leaves) send_off(site, pick.line, picked, context);
    if (missing > 0) allocate_waiting(site, item, context);
    return picked;
}

void finish_order_task(SiteState& site, const Task& task, Context& context) {
    Shipment shipment;
    shipment.order = task.order;
    ++site.orders[task.order].shipments_open;  // the order must not close between its lines and its shipment
    ListWalk walk(site.picks);
    for (std::uint32_t index = task.first_pick, next; index != kNone; index = next) {
        walk.step();
        const PickLine pick = site.picks[index];
        next = pick.next;
        const bool stays = !leaves_at_once(site, site.orders[task.order], context.network());
        const Units picked = pick_order_line(site, pick, shipment, context);
        if (stays && picked > 0) {
            site.picks[index] = {pick.line, picked, shipment.first_pick};
            shipment.first_pick = index;
        } else {
            site.picks.release(index);
        }
    }
    --site.orders[task.order].shipments_open;
    if (shipment.units > 0) {
        stage(site, shipment, context);
    } else {
        close_if_done(site, task.order, context);
    }
}

}  // namespace

void hand_over(SiteState& site, std::uint32_t line, Units units, Context& context) {
    Shipment shipment;
    shipment.order = site.lines[line].order;
    ++site.orders[shipment.order].shipments_open;
    pick_order_line(site, PickLine{line, units, kNone}, shipment, context);
    --site.orders[shipment.order].shipments_open;
    ++site.today.lines_picked;
    if (shipment.units > 0) {
        deliver(site, shipment, context);
    } else {
        close_if_done(site, shipment.order, context);
    }
}

void hand_on(SiteState& site, std::uint32_t index, Context& context) {
    OutgoingTransfer& transfer = site.outgoing[index];
    const ItemId item{transfer.item};
    transfer.picked = std::min(transfer.units, site.truth[item].on_hand);
    move_stock(site, item, -transfer.picked, context.now());
    site.truth[item].moved.sent += transfer.picked;
    site.ledger.post(Account::transit, Account::inventory, context.network().items[item].unit_cost * transfer.picked);
    post(site, {item.value, -transfer.picked, transfer.units}, context);
    if (transfer.picked < transfer.units) count_stock(site, item, context);
    stage_transfer(site, index, context);
}

void on(SiteState& site, const PickDone& message, Context& context) {
    const Task task = site.tasks[message.task];
    site.tasks.release(message.task);
    count_picking(site, context.now());
    --site.picking;
    site.today.lines_picked += task.picks;
    if (task.order != kNone) {
        finish_order_task(site, task, context);
    } else {
        hand_on(site, task.transfer, context);
    }
    start_picks(site, context);
}

}  // namespace entrepot::models
