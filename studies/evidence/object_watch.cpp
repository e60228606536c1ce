#include "studies/evidence/object_watch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "studies/evidence/case_log.hpp"
#include "studies/explain/supply.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::evidence {

using models::DecisionKind;
using models::GoodsReference;
using models::ItemId;
using models::Role;
using models::SiteId;

ObjectWatch::ObjectWatch(const models::Network& network, const All& all)
    : network_(network),
      names_(network),
      known_(network, log_),
      orders_(network, log_, known_, all.orders),
      messages_(network, log_, known_, orders_, lookups(), all.messages),
      suppliers_(network.suppliers.size(), kNoObject) {
    people_.fill(kNoObject);
}

MessagesWatch::Lookups ObjectWatch::lookups() {
    const auto at = [](const std::vector<Placed>& all, std::uint32_t place) {
        return place < all.size() ? all[place].object : kNoObject;
    };
    return {.purchase = [this, at](std::uint32_t place) { return at(purchases_, place); },
            .transfer = [this, at](std::uint32_t place) { return at(transfers_, place); },
            .decision =
                [this](std::uint32_t number) {
                    const auto found = cases_.find(number);
                    return found == cases_.end() ? kNoObject : found->second.object;
                },
            .link = [this](SiteId sender, std::uint32_t number) { return link(sender, number); },
            .exception =
                [this](ObjectPlace link) {
                    const auto found = exceptions_.find(link);
                    return found == exceptions_.end() ? kNoObject : found->second;
                },
            .supplier = [this](ItemId item) { return supplier_of(item); }};
}

std::string ObjectWatch::numbered(const std::string& name) {
    const int nth = ++named_[name];
    return nth > 1 ? fmt::format("{}-{}", name, nth) : name;
}

/// Purchase lines from before day 0 are objects only where a case is about them, but have their names.
void ObjectWatch::begin(const models::World& world) {
    const models::Headquarters& hq = world.state.headquarters;
    for (std::uint32_t place = 0; place < hq.purchases.size(); ++place) {
        const models::PurchaseLine& line = hq.purchases[place];
        if (line.serial == 0) continue;
        const bool placed = line.proposed == sim::kStart;
        const int day = models::day_of(placed ? line.placed : line.proposed);
        from_before_[place] = numbered(names_.purchase(line.site, line.item, day, 1));
    }
}

void ObjectWatch::see(const explain::Seen& seen) {
    last_.reset();
    messages_.pass(seen.at());
    if (seen.event.to() == models::headquarters_of(network_)) {
        see_headquarters(seen);  // before what it was the last step to
        for (const models::Fact& fact : seen.facts) take(seen.world, fact);
    } else {
        orders_.see(seen);
        see_override(seen);
        see_goods(seen);
        for (const models::Fact& fact : seen.facts) {
            if (fact.kind() == models::FactList::kind_of<models::MessageStepped>()) messages_.take(seen.world, fact);
        }
    }
    messages_.look(seen);
}

/// An allocation override is carried out: it takes stock from some orders, and gives it to the one that it is about.
void ObjectWatch::see_override(const explain::Seen& seen) {
    const auto taken = seen.message<models::AllocationTaken>();
    if (!taken) return;
    const SiteId id{seen.event.to()};
    const models::SiteState& site = seen.world.state.sites[id];
    const models::Headquarters& hq = seen.world.state.headquarters;
    ObjectPlace override = kNoObject;
    for (std::uint32_t place = 0; place < hq.cases.size(); ++place) {
        const models::Case& one = hq.cases[place];
        const bool same = one.wanted.sent && one.escalated.order == taken->order && one.about.site() == id.value;
        const auto known = cases_.find(one.number);
        if (same && known != cases_.end()) override = known->second.object;
    }
    std::vector<ObjectPlace> linked;
    for (const auto& moved : seen.told<models::StockReallocated>()) {
        const ObjectPlace gets = orders_.at(site, moved.order, seen.at());
        const ObjectPlace loses = orders_.at(site, moved.from_order, seen.at());
        if (std::ranges::count(linked, loses) == 0) log_.link(override, loses, Qualifier::from);
        linked.push_back(loses);
        log_.tell(EventType::stock_reallocated, seen.at(), {Value::of(std::int64_t{moved.units})},
                  {{override, Qualifier::decision},
                   {gets, Qualifier::order},
                   {loses, Qualifier::from},
                   {known_.item(ItemId{moved.item}), Qualifier::item},
                   {known_.site(id), Qualifier::site}});
    }
}

void ObjectWatch::end(const models::World& world, std::span<const models::Fact> facts) {
    for (const models::Fact& fact : facts) take(world, fact);
    orders_.end(world, facts);
    messages_.end(world.now);
    log_.finish();
}

void ObjectWatch::take(const models::World& world, const models::Fact& fact) {
    using Facts = models::FactList;
    const auto kind = fact.kind();
    if (kind == Facts::kind_of<models::CaseStepped>()) {
        take_step(fact.at, fact.as<models::CaseStepped>());
    } else if (kind == Facts::kind_of<models::CaseRaised>()) {
        take_raised(world, fact.as<models::CaseRaised>());
    } else if (kind == Facts::kind_of<models::CaseClosed>()) {
        const auto& closed = fact.as<models::CaseClosed>();
        const ObjectPlace object = cases_[closed.number].object;
        if (closed.touches > 0) {
            log_.change(object, attribute::kCaseTouches, fact.at, Value::of(std::int64_t{closed.touches}));
        }
        const bool lasts =
            closed.executed || closed.kind == static_cast<std::uint8_t>(DecisionKind::supplier_exception);
        if (!lasts) forget(cases_[closed.number], static_cast<DecisionKind>(closed.kind));
        log_.change(object, attribute::kCaseOutcome, fact.at, log_.text(closed.executed ? "executed" : "dropped"));
    } else if (kind == Facts::kind_of<models::TransferOrdered>()) {
        take_ordered(world, fact.at, fact.as<models::TransferOrdered>());
    } else if (kind == Facts::kind_of<models::PurchaseLineOrdered>()) {
        take_placed(fact.at, fact.as<models::PurchaseLineOrdered>());
    } else if (kind == Facts::kind_of<models::PurchaseLineReceived>()) {
        take_received(fact.at, fact.as<models::PurchaseLineReceived>());
    } else if (kind == Facts::kind_of<models::MessageStepped>()) {
        messages_.take(world, fact);
    }
}

/// Nothing becomes of a purchase line or transfer that was dropped: its place may be another one's.
void ObjectWatch::forget(const Case& one, DecisionKind kind) {
    std::vector<Placed>& all = kind == DecisionKind::purchase ? purchases_ : transfers_;
    if (one.place < all.size() && all[one.place].object == one.about) all[one.place] = {};
}

// Cases.

/// A run that begins in the middle has cases that were raised before.
ObjectPlace ObjectWatch::open_case(models::Time at, const models::CaseStepped& step) {
    const auto [found, fresh] = cases_.try_emplace(step.number);
    Case& one = found->second;
    const ItemId item{step.item};
    const bool of_item = step.item != models::kNone;
    const double value = of_item ? (network_.items[item].unit_cost * step.units).amount() : 0;
    if (!fresh) {
        if (one.units != step.units) {
            log_.change(one.object, attribute::kCaseUnits, at, Value::of(std::int64_t{step.units}));
            log_.change(one.object, attribute::kCaseValue, at, Value::of(value));
        }
        one.units = step.units;
        return one.object;
    }
    std::string inputs;
    append_fingerprint(inputs, step.inputs);
    const bool follows = step.policy < network_.policies.size();
    one.units = step.units;
    one.object = log_.add(
        ObjectType::decision, fmt::format("case:{}", step.number),
        {log_.text(explain::kind_text(static_cast<DecisionKind>(step.kind))), Value::of(std::int64_t{step.units}),
         Value::of(value), log_.text(follows ? network_.policies[step.policy].name : ""), log_.text(inputs),
         Value::of(std::int64_t{0}), log_.text("open")});
    if (of_item) log_.link(one.object, known_.item(item), Qualifier::item);
    if (step.site < network_.sites.size()) log_.link(one.object, known_.site(SiteId{step.site}), Qualifier::site);
    const auto cause = cases_.find(step.because_of);
    if (step.because_of != models::kNone && cause != cases_.end()) {
        log_.link(one.object, cause->second.object, Qualifier::because_of);
    }
    return one.object;
}

void ObjectWatch::take_step(models::Time at, const models::CaseStepped& step) {
    open_case(at, step);
    last_ = step;
    if (static_cast<models::CaseStep>(step.step) == models::CaseStep::detected) {
        held_ = step;  // what it is about is told next
        held_at_ = at;
        return;
    }
    const Case& one = cases_[step.number];
    const bool done = static_cast<models::CaseStep>(step.step) == models::CaseStep::executed;
    if (done && static_cast<DecisionKind>(step.kind) == DecisionKind::supplier_exception) {
        log_.change(one.about, attribute::kPurchaseExpedited, at, Value::of(true));
    }
    tell_step(at, step, one);
}

void ObjectWatch::take_raised(const models::World& world, const models::CaseRaised& raised) {
    if (!held_) return;
    const models::CaseStepped step = *std::exchange(held_, std::nullopt);
    Case& one = cases_[step.number];
    one.place = raised.subject;
    const auto kind = static_cast<DecisionKind>(step.kind);
    if (kind == DecisionKind::alert) return tell_step(held_at_, step, one);
    if (kind == DecisionKind::integration_exception) {
        one.about = link(SiteId{step.site}, raised.order);
        exceptions_[one.about] = one.object;
    } else if (raised.subject == models::kNone) {
        const models::SiteState& site = world.state.sites[SiteId{step.site}];
        one.about = models::is_hold(kind)                  ? orders_.held(site, raised.order, held_at_)
                    : kind == DecisionKind::promise_change ? orders_.noticed(site, raised.order, held_at_)
                                                           : orders_.escalated(SiteId{step.site}, raised.order);
    } else if (raised.of_transfer != 0) {
        one.about = transfer(world, raised.subject, held_at_);
    } else {
        if (kind == DecisionKind::purchase && raised.subject < purchases_.size()) purchases_[raised.subject] = {};
        one.about = purchase(world, raised.subject, held_at_);
        one.supplier = purchases_[raised.subject].supplier;
    }
    log_.link(one.object, one.about, Qualifier::about);
    tell_step(held_at_, step, one);
}

void ObjectWatch::tell_step(models::Time at, const models::CaseStepped& step, const Case& of) {
    const auto role = static_cast<Role>(step.role);
    const bool of_item = step.item != models::kNone, of_site = step.site < network_.sites.size();
    log_.tell(static_cast<EventType>(step.step), at,
              {Value::of(std::int64_t{step.units}), log_.text(text_of(static_cast<models::StepOutcome>(step.outcome))),
               log_.text(text_of(role))},
              {{of.object, Qualifier::decision},
               {of.about, Qualifier::about},
               {of_item ? known_.item(ItemId{step.item}) : kNoObject, Qualifier::item},
               {of_site ? known_.site(SiteId{step.site}) : kNoObject, Qualifier::site},
               {of.supplier, Qualifier::supplier},
               {person_of(role), Qualifier::by}});
}

ObjectPlace ObjectWatch::link(SiteId sender, std::uint32_t number) {
    const std::string name = explain::link_text(network_, sender, number);
    const auto [found, fresh] = links_.try_emplace(name, kNoObject);
    if (fresh) found->second = log_.add(ObjectType::link, "link:" + name, {log_.text(name)});
    return found->second;
}

ObjectPlace ObjectWatch::supplier_of(ItemId item) {
    const models::SupplierId id = network_.items[item].supplier;
    if (id.index() >= suppliers_.size()) return kNoObject;
    ObjectPlace& place = suppliers_[id.index()];
    const models::Supplier& terms = network_.suppliers[id];
    if (place == kNoObject) {
        place =
            log_.add(ObjectType::supplier, "supplier:" + terms.name, {log_.text(terms.name), log_.text(terms.segment)});
    }
    return place;
}

/// The model counts the people of a role and knows no heads: who does something is their group.
ObjectPlace ObjectWatch::person_of(Role role) {
    if (role == Role::system) return kNoObject;
    ObjectPlace& place = people_.at(static_cast<std::size_t>(role));
    if (place == kNoObject) {
        const int heads = models::heads(network_.office, role);
        place = log_.add(ObjectType::person, fmt::format("person:{}", text_of(role)),
                         {log_.text(text_of(role)), Value::of(true), Value::of(std::int64_t{heads})});
    }
    return place;
}

}  // namespace entrepot::studies::evidence
