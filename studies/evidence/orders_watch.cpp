#include "studies/evidence/orders_watch.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace entrepot::studies::evidence {

using models::EscalatedOrder;
using models::SiteId;
using models::SiteState;

namespace {

std::uint64_t key_of_name(SiteId site, std::uint32_t name) { return std::uint64_t{site.value} << 32 | name; }

bool same_order(const EscalatedOrder& a, const EscalatedOrder& b) {
    return a.name == b.name && a.order == b.order && a.serial == b.serial;
}

}  // namespace

Known::Known(const models::Network& network, ObjectLog& log)
    : network_(network), log_(log), items_(network.items.size(), kNoObject), sites_(network.sites.size(), kNoObject) {}

ObjectPlace Known::item(models::ItemId item) {
    ObjectPlace& place = items_[item.index()];
    if (place == kNoObject) {
        const models::Item& goods = network_.items[item];
        place = log_.add(ObjectType::item, "item:" + goods.name,
                         {log_.text(goods.name), log_.text(network_.classes[goods.velocity].name),
                          Value::of(goods.unit_cost.amount()), Value::of(goods.seasonal)});
    }
    return place;
}

ObjectPlace Known::site(SiteId site) {
    ObjectPlace& place = sites_[site.index()];
    const std::string& name = network_.sites[site].name;
    if (place == kNoObject) place = log_.add(ObjectType::site, "site:" + name, {log_.text(name)});
    return place;
}

OrdersWatch::OrdersWatch(const models::Network& network, ObjectLog& log, Known& known, bool all)
    : network_(network), names_(network), log_(log), known_(known), all_(all), sites_(network.sites.size()) {}

OrdersWatch::Placed& OrdersWatch::placed(AtSite& site, std::uint32_t place) {
    if (place >= site.orders.size()) site.orders.resize(place + 1);
    return site.orders[place];
}

void OrdersWatch::see(const explain::Seen& seen) {
    const SiteId id{seen.event.to()};
    const SiteState& site = seen.world.state.sites[id];
    for (const models::Fact& fact : seen.facts) {
        if (fact.kind() != models::FactList::kind_of<models::OrderPlaced>()) continue;
        const auto& told = fact.as<models::OrderPlaced>();
        placed(sites_[id.index()], told.order) = {fact.at, {told.value_micros}, told.lines, kNoObject};
        if (all_) follow(site, told.order, fact.at);
    }
    for (const models::SubstituteOffered& offer : seen.told<models::SubstituteOffered>()) {
        log_.tell(EventType::substitute_offered, seen.at(),
                  {Value::of(std::int64_t{offer.units}), Value::of(offer.taken != 0)},
                  {{at(site, offer.order, seen.at()), Qualifier::order},
                   {known_.item(models::ItemId{offer.substitute}), Qualifier::item},
                   {known_.item(models::ItemId{offer.item}), Qualifier::in_place_of},
                   {known_.site(id), Qualifier::site}});
    }
    const auto resolved = seen.message<models::EscalationResolved>();
    // An event adds some or takes one away.
    if (resolved || site.escalated.size() != sites_[id.index()].escalated.size()) look_for_escalations(site, seen.at());
    if (resolved) {
        const ObjectPlace order = escalated(id, resolved->order);
        if (order != kNoObject) tell(EventType::order_answered, seen.at(), id, order, 0);
    }
    look_at_shipments(seen, site);
    for (const models::Fact& fact : seen.facts) {
        if (fact.kind() == models::FactList::kind_of<models::OrderClosed>())
            close(id, fact.at, fact.as<models::OrderClosed>(), site);
    }
}

void OrdersWatch::end(const models::World& world, std::span<const models::Fact> facts) {
    for (const models::Fact& fact : facts) {
        if (fact.kind() != models::FactList::kind_of<models::OrderClosed>()) continue;
        const SiteId site{fact.where};
        close(site, fact.at, fact.as<models::OrderClosed>(), world.state.sites[site]);
    }
}

ObjectPlace OrdersWatch::escalated(SiteId site, std::uint32_t name) const {
    const auto found = by_name_.find(key_of_name(site, name));
    return found == by_name_.end() ? kNoObject : found->second;
}

ObjectPlace OrdersWatch::noticed(const SiteState& site, std::uint32_t name, models::Time now) {
    const auto notice = std::ranges::find(site.notices, name, &models::Notice::name);
    if (notice == site.notices.end() || site.orders[notice->order].serial != notice->serial) return kNoObject;
    return at(site, notice->order, now);
}

ObjectPlace OrdersWatch::held(const SiteState& site, std::uint32_t name, models::Time now) {
    const auto held = std::ranges::find(site.held, name, &models::HeldOrder::name);
    return held == site.held.end() ? kNoObject : at(site, held->order, now);
}

ObjectPlace OrdersWatch::known(SiteId site, std::uint32_t place) { return placed(sites_[site.index()], place).object; }

ObjectPlace OrdersWatch::at(const SiteState& site, std::uint32_t place, models::Time now) {
    follow(site, place, now);
    return placed(sites_[site.id.index()], place).object;
}

/// The order becomes an object of the log, if it isn't one.
void OrdersWatch::follow(const SiteState& site, std::uint32_t place, models::Time now) {
    Placed& order = placed(sites_[site.id.index()], place);
    if (order.object != kNoObject) return;
    const models::Order& book = site.orders[place];
    const std::string id = names_.order(site.id, book);
    order.object = log_.add(ObjectType::order, id,
                            {log_.text(network_.tiers[book.tier].name), Value::of(std::int64_t{order.lines}),
                             Value::of(std::int64_t{book.units_ordered}), Value::of(order.value.amount()),
                             Value::of(std::int64_t{0}), log_.text("open")});
    if (book.units_delivered > 0) {
        log_.change(order.object, attribute::kOrderDelivered, now, Value::of(std::int64_t{book.units_delivered}));
    }
    log_.link(order.object, known_.site(site.id), Qualifier::site);
    if (order.at != sim::kNever) tell(EventType::order_placed, order.at, site.id, order.object, book.units_ordered);
    add_lines(site, place, order, id);
}

/// Its lines that are open now. The desk keeps no list of an order's lines, nor those that are over.
void OrdersWatch::add_lines(const SiteState& site, std::uint32_t place, const Placed& order, const std::string& id) {
    std::vector<std::string> taken;
    for (std::uint32_t at = 0; at < site.lines.size(); ++at) {
        const models::Line& line = site.lines[at];
        if (line.order != place || (order.at != sim::kNever && line.entered != order.at)) continue;
        const models::ItemId item{line.item};
        const std::string& name = network_.items[item].name;
        const auto same = std::ranges::count(taken, name);
        taken.push_back(name);
        const ObjectPlace object =
            log_.add(ObjectType::line, fmt::format("{}/{}{}", id, name, same > 0 ? fmt::format("-{}", same + 1) : ""),
                     {Value::of(std::int64_t{line.ordered})});
        log_.link(object, known_.item(item), Qualifier::item);
        log_.link(order.object, object, Qualifier::line);
    }
}

void OrdersWatch::look_for_escalations(const SiteState& site, models::Time now) {
    std::vector<EscalatedOrder>& before = sites_[site.id.index()].escalated;
    for (const EscalatedOrder& one : site.escalated) {
        const auto same = [&](const EscalatedOrder& other) { return same_order(one, other); };
        if (std::ranges::any_of(before, same)) continue;
        const ObjectPlace object = at(site, one.order, now);
        by_name_[key_of_name(site.id, one.name)] = object;
        models::Units waiting = 0;
        for (std::uint32_t at = 0; at < site.lines.size(); ++at) {
            if (site.lines[at].order == one.order) waiting += site.lines[at].waiting;
        }
        tell(EventType::order_escalated, now, site.id, object, waiting);
    }
    before = site.escalated;
}

void OrdersWatch::look_at_shipments(const explain::Seen& seen, const SiteState& site) {
    AtSite& mine = sites_[site.id.index()];
    const std::size_t staged = site.staged[0].size() + site.staged[1].size() + site.staged[2].size();
    if (staged > mine.staged) {  // a place that was a departed shipment's may be another one's
        mine.departed.resize(site.shipments.size());
        for (const auto& lane : site.staged) {
            for (const std::uint32_t place : lane) mine.departed[place] = false;
        }
    }
    mine.staged = staged;
    if (seen.message<models::CarrierDeparts>()) {
        mine.departed.resize(site.shipments.size());
        for (std::uint32_t place = 0; place < site.shipments.size(); ++place) {
            const models::Shipment& shipment = site.shipments[place];
            if (!shipment.departed || mine.departed[place]) continue;
            mine.departed[place] = true;
            const ObjectPlace order = placed(mine, shipment.order).object;
            if (order != kNoObject) tell(EventType::order_shipped, seen.at(), site.id, order, shipment.units);
        }
    } else if (const auto delivered = seen.message<models::ShipmentDelivered>()) {
        const models::Shipment& shipment = site.shipments[delivered->shipment];
        const ObjectPlace order = placed(mine, shipment.order).object;
        if (order == kNoObject) return;
        tell(EventType::order_delivered, seen.at(), site.id, order, shipment.units);
        log_.change(order, attribute::kOrderDelivered, seen.at(),
                    Value::of(std::int64_t{site.orders[shipment.order].units_delivered}));
    }
}

void OrdersWatch::close(SiteId site, models::Time at, const models::OrderClosed& closed, const SiteState& state) {
    Placed& order = placed(sites_[site.index()], closed.order);
    if (order.object == kNoObject) return;
    const char* outcome = closed.censored    ? "open at the end"
                          : closed.in_full   ? "delivered in full"
                          : closed.cancelled ? "cancelled"
                                             : "delivered in part";
    const models::Units delivered = state.orders[closed.order].units_delivered;
    log_.change(order.object, attribute::kOrderOutcome, at, log_.text(outcome));
    log_.change(order.object, attribute::kOrderDelivered, at, Value::of(std::int64_t{delivered}));
    tell(EventType::order_closed, at, site, order.object, delivered);
    order = {};
}

void OrdersWatch::tell(EventType type, models::Time at, SiteId site, ObjectPlace order, models::Units units) {
    log_.tell(type, at, {Value::of(std::int64_t{units})},
              {{order, Qualifier::order}, {known_.site(site), Qualifier::site}});
}

}  // namespace entrepot::studies::evidence
