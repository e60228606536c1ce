#include "models/records/allocation_override.hpp"

#include <algorithm>
#include <initializer_list>

#include "models/goods/warehouse.hpp"
#include "models/records/order_lines.hpp"

namespace entrepot::models {

namespace {

/// A pick that nobody has begun.
struct IdlePick {
    std::uint32_t task = kNone, pick = kNone;
    bool found() const { return pick != kNone; }
};

/// Of an order and the picks of its tasks that wait: the one of an item that has it, if any.
std::uint32_t pick_of(const SiteState& site, const Task& task, ItemId item) {
    ListWalk walk(site.picks);
    for (std::uint32_t pick = task.first_pick; pick != kNone; pick = site.picks[pick].next) {
        walk.step();
        if (site.lines[site.picks[pick].line].item == item.value) return pick;
    }
    return kNone;
}

/// Among orders of tiers below `above`, the one that comes last by tier, then by entry. Boosted orders and other
/// sites' are left alone.
IdlePick pick_to_take(const SiteState& site, ItemId item, int above, const Network& network) {
    IdlePick last;
    const auto tier_rank = [&](const Order& order) { return network.tiers[order.tier].rank; };
    for (const std::vector<std::uint32_t>* tasks : {&site.unreleased, &site.released}) {
        for (const std::uint32_t index : *tasks) {
            const Task& task = site.tasks[index];
            if (task.order == kNone) continue;
            const Order& order = site.orders[task.order];
            if (order.internal || order.boosted || tier_rank(order) <= above) continue;
            const std::uint32_t pick = pick_of(site, task, item);
            if (pick == kNone) continue;
            if (last.found()) {
                const Order& other = site.orders[site.tasks[last.task].order];
                if (tier_rank(order) < tier_rank(other)) continue;
                if (tier_rank(order) == tier_rank(other) && order.sequence < other.sequence) continue;
            }
            last = {index, pick};
        }
    }
    return last;
}

/// The waiting line of an order by its name.
std::uint32_t waiting_line_of(const SiteState& site, std::uint32_t name, ItemId item) {
    for (std::uint32_t index = 0; index < site.lines.size(); ++index) {
        const Line& line = site.lines[index];
        if (line.order == kNone || line.item != item.value || line.waiting == 0) continue;
        if (name_of(site.orders[line.order]) == name) return index;
    }
    return kNone;
}

/// A line loses units that it was promised, and waits for them: it counts as short from the beginning.
void lose(SiteState& site, std::uint32_t index, Units units, Context& context) {
    Line& line = site.lines[index];
    line.allocated -= units;
    site.record[ItemId{line.item}].allocated -= units;
    end_first_pass(site, index, line.allocated, context);
    return_to_waiting(site, index, units, context);
}

/// Units that a waiting line gets from orders of tiers below `above`.
Units take_for(SiteState& site, std::uint32_t index, Units wanted, int above, Context& context) {
    const ItemId item{site.lines[index].item};
    const std::uint32_t gets = site.lines[index].order;
    Units taken = 0;
    while (taken < wanted) {
        const IdlePick last = pick_to_take(site, item, above, context.network());
        if (!last.found()) break;
        const std::uint32_t line = site.picks[last.pick].line, loses = site.lines[line].order;
        const Units units = take_back(site, last.task, last.pick, wanted - taken);
        taken += units;
        context.tell(StockReallocated{item.value, units, gets, loses, site.orders[gets].tier.value,
                                      site.orders[loses].tier.value});
        lose(site, line, units, context);
        serve_waiting(site, index, units, context);
    }
    return taken;
}

}  // namespace

std::uint8_t tier_to_take_from(const SiteState& site, ItemId item, TierId tier, Units short_units,
                               const Network& network) {
    if (!network.strategy.workflow.takes_allocated || short_units == 0) return OrderEscalated::kNobody;
    const IdlePick last = pick_to_take(site, item, network.tiers[tier].rank, network);
    return last.found() ? site.orders[site.tasks[last.task].order].tier.value : OrderEscalated::kNobody;
}

void on(SiteState& site, const AllocationTaken& message, Context& context) {
    const Network& network = context.network();
    const ItemId item{message.item()};
    const std::uint32_t index = waiting_line_of(site, message.order, item);
    Units taken = 0, left = 0;
    if (index != kNone) {  // else it has been served, or its customer has gone
        left = std::min(message.units, site.lines[index].waiting);
        taken = take_for(site, index, left, network.tiers[TierId{message.tier()}].rank - 1, context);
        left -= taken;
    }
    // What is missing has been picked meanwhile.
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 AllocationAnswered{message.order, key_of(site.id, item), static_cast<std::uint16_t>(taken),
                                    static_cast<std::uint16_t>(left)});
}

}  // namespace entrepot::models
