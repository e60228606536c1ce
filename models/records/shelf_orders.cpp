#include "models/records/shelf_orders.hpp"

#include <algorithm>
#include <utility>

#include "models/network/calendar.hpp"
#include "models/records/order_lines.hpp"

namespace entrepot::models {

namespace {

void tell_delivered(SiteState& site, Context& context) {
    const std::size_t days = site.open_lines_due.size();
    for (const std::uint32_t place : site.delivered.some) {
        context.tell(OrdersDelivered{std::exchange(site.delivered.orders[place], 0),
                                     static_cast<std::uint8_t>(place / days),
                                     static_cast<std::uint16_t>(place % days)});
    }
    site.delivered.some.clear();
}

}  // namespace

void close_orders(SiteState& site, int day, Context& context) {
    tell_delivered(site, context);
    const Network& network = context.network();
    auto served = site.served.begin();
    for (const TierId tier : sim::ids<TierId>(network.tiers)) {
        // By the table: there was enough of what they asked for.
        const int promised = std::min(promise_by_table(network.tiers[tier], day, network), kLastDay);
        for (const ClassId velocity : sim::ids<ClassId>(network.classes)) {
            const ServedOrders sum = std::exchange(*served++, {});
            if (const ShortOrders& others = sum.others;
                others.orders > 0 || others.sales.micros > 0 || others.cost.micros > 0) {
                context.tell(OrdersShort{others.sales.micros, others.cost.micros, others.orders, others.ordered,
                                         others.filled, tier.value, velocity.value});
            }
            if (sum.others.waiting > 0) {
                context.tell(
                    LineWaits{sum.others.waiting, tier.value, velocity.value, static_cast<std::uint16_t>(day)});
            }
            if (sum.orders == 0) continue;
            site.ledger.post(Account::cost_of_sales, Account::inventory, sum.cost);
            site.ledger.post(Account::receivables, Account::sales, sum.sales);
            site.entered += static_cast<std::uint32_t>(sum.orders);
            site.closed += static_cast<std::uint64_t>(sum.orders);
            site.lines_entered += static_cast<std::uint64_t>(sum.orders);
            site.today.lines_ordered += sum.orders;
            site.today.lines_picked += sum.orders;
            site.today.lines_shipped += sum.orders;
            site.today.units_ordered += sum.units;
            context.tell(OrdersServed{sum.sales.micros, sum.cost.micros, sum.orders, sum.units, tier.value,
                                      velocity.value, static_cast<std::uint16_t>(promised)});
        }
    }
}

}  // namespace entrepot::models
