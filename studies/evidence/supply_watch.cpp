#include <algorithm>
#include <utility>

#include "studies/evidence/object_watch.hpp"
#include "studies/explain/supply.hpp"

/// What becomes of purchase lines and transfers that cases are about.
namespace entrepot::studies::evidence {

using models::GoodsReference;
using models::ItemId;
using models::SiteId;

namespace {

const char* mode_text(models::TransferMode mode) {
    switch (mode) {
        case models::TransferMode::scheduled:
            return "scheduled";
        case models::TransferMode::urgent:
            return "urgent";
        case models::TransferMode::lent:
            return "lent";
    }
    return "";
}

}  // namespace

/// The purchase line at a place, which becomes an object of the log if it isn't one.
ObjectPlace ObjectWatch::purchase(const models::World& world, std::uint32_t place, models::Time at) {
    if (place >= purchases_.size()) purchases_.resize(place + 1);
    Placed& mine = purchases_[place];
    if (mine.object != kNoObject) return mine.object;
    const models::PurchaseLine& line = world.state.headquarters.purchases[place];
    mine = {};
    mine.item = line.item;
    mine.site = line.site;
    const auto before = from_before_.find(place);
    // What the place held before day 0 is over once a case is raised about another line.
    const bool old = before != from_before_.end() && line.placed < at && line.proposed < at;
    const std::string id =
        old ? before->second : numbered(names_.purchase(line.site, line.item, models::day_of(at), 1));
    mine.object = log_.add(ObjectType::purchase_order, id,
                           {Value::of(std::int64_t{line.ordered}), Value::of(std::int64_t{0}),
                            Value::of(std::int64_t{0}), Value::of(false), log_.text(old ? "placed" : "proposed")});
    log_.link(mine.object, known_.item(line.item), Qualifier::item);
    log_.link(mine.object, known_.site(line.site), Qualifier::site);
    mine.supplier = line.of_second ? kNoObject : supplier_of(line.item);
    log_.link(mine.object, mine.supplier, Qualifier::supplier);
    return mine.object;
}

/// The transfer at a place, which is a new object of the log.
ObjectPlace ObjectWatch::transfer(const models::World& world, std::uint32_t place, models::Time at) {
    if (place >= transfers_.size()) transfers_.resize(place + 1);
    const models::Transfer& now = world.state.headquarters.transfers[place];
    Placed& mine = transfers_[place];
    mine = {};
    mine.item = now.item;
    mine.site = now.to;
    mine.from = now.from;
    const std::string id = numbered(names_.transfer(now.from, now.to, now.item, models::day_of(at), 1));
    mine.object = log_.add(ObjectType::transfer, id,
                           {Value::of(std::int64_t{now.units}), Value::of(std::int64_t{0}),
                            log_.text(mode_text(now.mode)), log_.text("proposed")});
    log_.link(mine.object, known_.item(now.item), Qualifier::item);
    log_.link(mine.object, known_.site(now.to), Qualifier::site);
    log_.link(mine.object, known_.site(now.from), Qualifier::from);
    return mine.object;
}

/// Ordered by the case whose step was told before, which had it proposed, or whose planner has just found the donor. No
/// case is about what sites lend each other; it takes a name all the same.
void ObjectWatch::take_ordered(const models::World& world, models::Time at, const models::TransferOrdered& ordered) {
    if (!last_) {
        const SiteId from{ordered.from}, to{ordered.to};
        numbered(names_.transfer(from, to, ItemId{ordered.item}, models::day_of(at), 1));
        return;
    }
    const Case& one = cases_[last_->number];
    std::uint32_t place = one.place;
    if (place == models::kNone) {
        place = place_of_urgent(world, ordered);
        if (place == models::kNone) return;
        found_.resize(world.state.headquarters.transfers.size(), sim::kNever);
        found_[place] = world.state.headquarters.transfers[place].proposed;
        log_.link(one.object, transfer(world, place, at), Qualifier::about);
    }
    if (place >= transfers_.size() || transfers_[place].object == kNoObject) return;
    tell_transfer(EventType::transfer_ordered, at, transfers_[place], ordered.units);
    log_.change(transfers_[place].object, attribute::kTransferUnits, at, Value::of(std::int64_t{ordered.units}));
    log_.change(transfers_[place].object, attribute::kTransferState, at, log_.text("ordered"));
}

/// It has a place since this event, and none of those found before.
std::uint32_t ObjectWatch::place_of_urgent(const models::World& world, const models::TransferOrdered& ordered) const {
    const auto& there = world.state.headquarters.transfers;
    for (std::uint32_t place = 0; place < there.size(); ++place) {
        const models::Transfer& t = there[place];
        const bool fits = t.open && !t.answered && t.mode == models::TransferMode::urgent &&
                          t.item.value == ordered.item && t.from.value == ordered.from && t.to.value == ordered.to &&
                          t.units == ordered.units;
        if (fits && (place >= found_.size() || found_[place] != t.proposed)) return place;
    }
    return models::kNone;
}

void ObjectWatch::take_placed(models::Time at, const models::PurchaseLineOrdered& ordered) {
    if (ordered.line >= purchases_.size() || purchases_[ordered.line].object == kNoObject) return;
    const Placed& line = purchases_[ordered.line];
    tell_purchase(EventType::purchase_placed, at, line, ordered.units);
    log_.change(line.object, attribute::kPurchaseOrdered, at, Value::of(std::int64_t{ordered.units}));
    log_.change(line.object, attribute::kPurchaseState, at, log_.text("placed"));
}

void ObjectWatch::take_received(models::Time at, const models::PurchaseLineReceived& received) {
    if (received.line >= purchases_.size() || purchases_[received.line].object == kNoObject) return;
    const Placed line = std::exchange(purchases_[received.line], {});
    tell_purchase(EventType::purchase_received, at, line, received.received);
    log_.change(line.object, attribute::kPurchaseReceived, at, Value::of(std::int64_t{received.received}));
    log_.change(line.object, attribute::kPurchaseState, at, log_.text("received"));
}

void ObjectWatch::see_headquarters(const explain::Seen& seen) {
    const models::Headquarters& hq = seen.world.state.headquarters;
    if (const auto truck = seen.message<models::SupplierDelivers>()) {
        const models::PurchaseLine& line = hq.purchases[truck->line];
        if (line.serial != truck->serial || line.version != truck->version) return;  // rescheduled
        if (truck->line >= purchases_.size() || purchases_[truck->line].object == kNoObject) return;
        Placed& mine = purchases_[truck->line];
        mine.delivered += truck->units;
        tell_purchase(EventType::purchase_delivered, seen.at(), mine, truck->units);
        log_.change(mine.object, attribute::kPurchaseDelivered, seen.at(), Value::of(std::int64_t{mine.delivered}));
        log_.change(mine.object, attribute::kPurchaseState, seen.at(), log_.text("delivered"));
    } else if (const auto shipped = seen.message<models::TransferShipped>()) {
        if (shipped->transfer >= transfers_.size() || transfers_[shipped->transfer].object == kNoObject) return;
        Placed& mine = transfers_[shipped->transfer];
        tell_transfer(EventType::transfer_shipped, seen.at(), mine, shipped->units);
        log_.change(mine.object, attribute::kTransferSent, seen.at(), Value::of(std::int64_t{shipped->units}));
        log_.change(mine.object, attribute::kTransferState, seen.at(),
                    log_.text(shipped->units > 0 ? "shipped" : "nothing to ship"));
        if (shipped->units == 0) mine = {};
    }
}

/// Goods of headquarters' orders at the sites.
void ObjectWatch::see_goods(const explain::Seen& seen) {
    const auto of = [&](std::vector<Placed>& all, const GoodsReference& goods, std::uint32_t item) -> Placed* {
        if (goods.index() >= all.size() || all[goods.index()].object == kNoObject) return nullptr;
        Placed& mine = all[goods.index()];
        return mine.item.value == item && mine.site.value == seen.event.to() ? &mine : nullptr;
    };
    if (const auto arrived = seen.message<models::GoodsArrive>()) {
        const bool moved = arrived->reference.kind() == GoodsReference::transfer;
        const Placed* mine = moved ? of(transfers_, arrived->reference, arrived->item) : nullptr;
        if (mine) tell_transfer(EventType::transfer_arrived, seen.at(), *mine, arrived->units);
    }
    const auto put = explain::put_away_by(seen, network_);
    if (!put || !put->reference.of_headquarters()) return;
    if (put->reference.kind() == GoodsReference::transfer) {
        Placed* mine = of(transfers_, put->reference, put->item);
        if (!mine) return;
        tell_transfer(EventType::transfer_put_away, seen.at(), *mine, put->units);
        log_.change(mine->object, attribute::kTransferState, seen.at(), log_.text("received"));
        *mine = {};
    } else if (const Placed* mine = of(purchases_, put->reference, put->item)) {
        tell_purchase(EventType::purchase_put_away, seen.at(), *mine, put->units);
    }
}

void ObjectWatch::tell_purchase(EventType type, models::Time at, const Placed& line, models::Units units) {
    log_.tell(type, at, {Value::of(std::int64_t{units})},
              {{line.object, Qualifier::about},
               {known_.item(line.item), Qualifier::item},
               {known_.site(line.site), Qualifier::site},
               {line.supplier, Qualifier::supplier}});
}

void ObjectWatch::tell_transfer(EventType type, models::Time at, const Placed& transfer, models::Units units) {
    log_.tell(type, at, {Value::of(std::int64_t{units})},
              {{transfer.object, Qualifier::about},
               {known_.item(transfer.item), Qualifier::item},
               {known_.site(transfer.site), Qualifier::site},
               {known_.site(transfer.from), Qualifier::from}});
}

}  // namespace entrepot::studies::evidence
