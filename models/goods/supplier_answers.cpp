#include "models/goods/supplier_answers.hpp"

#include <algorithm>
#include <limits>

#include "models/purposes.hpp"
#include "models/records/interfaces.hpp"

namespace entrepot::models {

namespace {

void tell(Headquarters& hq, InterfaceName interface, std::uint32_t index, int day, Context& context) {
    const PurchaseLine& line = hq.purchases[index];
    const SupplierId supplier = context.network().items[line.item].supplier;
    transmit(hq, interface, supplier.index(), {index, line.serial, static_cast<std::uint32_t>(day)}, context);
}

/// A day off the right one, but not before today.
int wrong_day(int right, int off, double u, int today) {
    const int place = std::min(static_cast<int>(u * 2 * off), 2 * off - 1) - off;
    return std::max(today, right + (place < 0 ? place : place + 1));
}

}  // namespace

void answer(Headquarters& hq, const SupplyOrder& order, Time planned, Context& context) {
    const Supplier& terms = context.network().suppliers[context.network().items[item_of(order.key)].supplier];
    if (terms.confirms <= 0) return;
    PurchaseLine& line = hq.purchases[order.line];
    constexpr int kLastDay = std::numeric_limits<std::uint16_t>::max();
    line.record.planned_day = static_cast<std::uint16_t>(std::min(day_of(planned), kLastDay));
    const std::uint64_t lane = lane_to(order.key, context.network());
    if (context.draws().at(purpose::answer, lane, order.coordinate).uniform() >= terms.confirms) return;
    context.at(order.placed, SupplierAnswers{order.line, line.serial});
}

void on(Headquarters& hq, const SupplierAnswers& message, Context& context) {
    const PurchaseLine& line = hq.purchases[message.line];
    if (!line.open || line.serial != message.serial) return;
    tell(hq, InterfaceName::confirmation, message.line, line.record.planned_day, context);
}

void announce(Headquarters& hq, std::uint32_t index, Time arrives, Context& context) {
    const PurchaseLine& line = hq.purchases[index];
    const Supplier& terms = context.network().suppliers[context.network().items[line.item].supplier];
    if (terms.announces <= 0) return;
    context.at(std::max(arrives - terms.under_way, context.now()),
               TruckLeaves{index, line.serial, line.version, day_of(arrives)});
}

void on(Headquarters& hq, const TruckLeaves& message, Context& context) {
    const Network& network = context.network();
    const PurchaseLine& line = hq.purchases[message.line];
    if (!line.open || line.serial != message.serial || line.version != message.version) return;
    const Supplier& terms = network.suppliers[network.items[line.item].supplier];
    const StockKey key = key_of(line.site, line.item);
    const std::uint32_t occasion = hq.occasions.next(purpose::shipping_notice, key, context.now());
    auto draws = context.draws().at(purpose::shipping_notice, lane_to(key, network), occasion);
    if (draws.uniform() >= terms.announces) return;
    const bool right = draws.uniform() < terms.announces_right;
    const int day = right ? message.arrives
                          : wrong_day(message.arrives, terms.announced_off, draws.uniform(), day_of(context.now()));
    tell(hq, InterfaceName::asn, message.line, day, context);
}

}  // namespace entrepot::models
