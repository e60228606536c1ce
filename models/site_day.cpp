#include <algorithm>

#include "models/calendar.hpp"
#include "models/demand.hpp"
#include "models/integration.hpp"
#include "models/model.hpp"
#include "models/order_desk.hpp"
#include "models/purposes.hpp"
#include "models/stock_rules.hpp"
#include "models/transport.hpp"
#include "models/warehouse.hpp"

/// A site's midnight: the day before is closed and told, the new one is drawn and planned.
namespace entrepot::models {

namespace {

void tell_stock(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const std::vector<float>& outlook = network.outlook[static_cast<std::size_t>(day / 7)][site.id];
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        context.tell(StockAtClose{item.value, site.truth[item].on_hand, site.record[item].on_hand,
                                  outlook[item.index()], network.items[item].velocity.value,
                                  network.items[item].seasonal, close_empty_hours(site, item, context.now())});
    }
}

void close_day(SiteState& site, int day, Context& context) {
    const DayTotals& today = site.today;
    if (site.serves_from_shelf) close_served_orders(site, day, context);
    tell_stock(site, day, context);
    tell_stock_rules(site, context);
    std::int32_t waiting_for_pick = site.lines_released + site.lines_in_wave;
    for (const std::uint32_t task : site.unreleased) waiting_for_pick += site.tasks[task].picks;
    context.tell(BacklogAtClose{site.open_lines, site.past_due_lines, site.waiting_lines, waiting_for_pick,
                                today.lines_shipped});
    context.tell(LabourDay{static_cast<float>(today.straight_available), static_cast<float>(today.straight_busy),
                           static_cast<float>(today.overtime), static_cast<float>(today.lines_picked),
                           today.overtime_cost.micros});
    context.tell(DayClosed{today.lines_ordered, today.units_ordered, today.units_filled_first,
                           today.seasonal_units_ordered, today.units_ordered_by_sites});
    site.units_before_today += today.units_ordered;
    site.today = {};
}

/// Stock gets lost or turns up, and nobody notices until a count or an empty shelf.
void miscount(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    if (terms.miscount_per_item_day <= 0) return;
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        auto draw =
            context.draws().at(purpose::miscount, network.items[item].key ^ terms.key, static_cast<std::uint32_t>(day));
        if (draw.uniform() >= terms.miscount_per_item_day) continue;
        const int size = sim::geometric(draw.uniform(), 4);
        const bool found = draw.uniform() < 0.4;  // more is lost than turns up
        const Units units = found ? size : -std::min<Units>(size, site.truth[item].on_hand);
        if (units == 0) continue;
        move_stock(site, item, units, context.now());
        site.truth[item].moved.adjusted += units;
        site.ledger.post(Account::inventory, Account::shrinkage, network.items[item].unit_cost * units);
        context.tell(StockAdjusted{item.value, units, 0});
    }
}

/// Each item is counted once in its class's interval; the days are spread over the items.
void cycle_count(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const auto counted = [](const VelocityClass& c) { return c.cycle_count_interval > Duration::zero(); };
    if (std::ranges::none_of(network.classes, counted)) return;
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const VelocityClass& velocity = network.classes[network.items[item].velocity];
        const auto interval = static_cast<std::size_t>(velocity.cycle_count_interval / sim::days{1});
        if (interval > 0 && (static_cast<std::size_t>(day) + network.items[item].key % interval) % interval == 0) {
            count_stock(site, item, context);
        }
    }
}

}  // namespace

void on(SiteState& site, const DayStarts& message, Context& context) {
    const Network& network = context.network();
    const int day = message.day;
    if (day == 0) {
        start_streams(site, context);
        start_reviews(site, context);
        start_moments(site, context);
    } else {
        close_day(site, day - 1, context);
        note_past_due(site, day - 1, context);
    }
    if (day >= network.calendar.total_days()) return;
    miscount(site, day, context);
    if (network.calendar.is_business_day(day)) cycle_count(site, day, context);
    draw_orders(site, day, context);
    if (network.sites[site.id].handling == Handling::people) {
        plan_shifts(site, day, context);
        plan_departures(site, day, context);
    }
    if (const auto& minute = network.strategy.integration.batch_minute)
        context.at(at_minute(day, *minute), BatchPosts{});
    context.at(start_of(day + 1), DayStarts{day + 1});
}

}  // namespace entrepot::models
