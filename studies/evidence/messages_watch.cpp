#include "studies/evidence/messages_watch.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "models/interface_names.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::evidence {

using models::InterfaceName;
using models::ItemId;
using models::MessageStep;
using models::MessageStepped;
using models::SiteId;

namespace {

std::uint64_t key_of_message(const models::Fact& fact, const MessageStepped& step) {
    return std::uint64_t{fact.where} << 48 | std::uint64_t{step.link} << 32 | step.number;
}

std::uint64_t key_of_location(SiteId site, std::uint32_t item) { return std::uint64_t{site.value} << 32 | item; }

/// It has not come through by its first call.
bool is_trouble(MessageStep step) {
    switch (step) {
        case MessageStep::rested:
        case MessageStep::retried:
        case MessageStep::failed:
        case MessageStep::kept:
        case MessageStep::lost:
        case MessageStep::repaired:
        case MessageStep::held_up:
        case MessageStep::twice:
            return true;
        case MessageStep::sent:
        case MessageStep::queued:
        case MessageStep::answered:
        case MessageStep::to_key:
        case MessageStep::applied:
            break;
    }
    return false;
}

/// As an object's state says it.
const char* state_after(MessageStep step) {
    switch (step) {
        case MessageStep::sent:
        case MessageStep::repaired:
            return "sent";
        case MessageStep::queued:
            return "queued";
        case MessageStep::rested:
            return "held back";
        case MessageStep::retried:
        case MessageStep::failed:
            return "failed";
        case MessageStep::kept:
            return "dead letter";
        case MessageStep::lost:
            return "lost";
        case MessageStep::answered:
            return "accepted";
        case MessageStep::held_up:
            return "held up";
        case MessageStep::to_key:
            return "to be keyed in";
        case MessageStep::applied:
        case MessageStep::twice:
            return "applied";
    }
    return "";
}

EventType event_of(MessageStep step) {
    return static_cast<EventType>(static_cast<int>(EventType::message_sent) + static_cast<int>(step));
}
static_assert(static_cast<int>(EventType::message_duplicated) - static_cast<int>(EventType::message_sent) ==
              static_cast<int>(last_of(MessageStep{})));

}  // namespace

MessagesWatch::MessagesWatch(const models::Network& network, ObjectLog& log, Known& known, OrdersWatch& orders,
                             Lookups lookups, bool all)
    : network_(network),
      log_(log),
      known_(known),
      orders_(orders),
      lookups_(std::move(lookups)),
      all_(all),
      unreleased_(network.sites.size()) {}

void MessagesWatch::pass(models::Time now) {
    while (!due_.empty() && due_.begin()->first <= now) {
        const auto [at, due] = *due_.begin();
        due_.erase(due_.begin());
        const auto found = messages_.find(due.key);
        if (found == messages_.end()) continue;
        if (!due.told && found->second.object != kNoObject) tell(at, due.step, found->second);
        messages_.erase(found);
    }
}

void MessagesWatch::take(const models::World& world, const models::Fact& fact) {
    const auto& step = fact.as<MessageStepped>();
    const std::uint64_t key = key_of_message(fact, step);
    auto found = messages_.find(key);
    if (found == messages_.end()) {
        const bool begins =
            step.step == MessageStep::sent || step.step == MessageStep::held_up || step.step == MessageStep::repaired;
        if (!begins) return;  // a second letter that was keyed in
        found = messages_.emplace(key, begun(world, fact)).first;
    }
    Message& message = found->second;
    const bool belongs_now = all_ || message.about != kNoObject || is_trouble(step.step);
    if (message.object == kNoObject && belongs_now) belongs(world, fact, message);
    const bool ends = step.step == MessageStep::applied;
    const bool later = ends && step.micros > 0;
    if (message.object == kNoObject && !ends) {
        message.early.push_back({fact.at, step});
    } else if (message.object != kNoObject && !later) {
        tell(fact.at, step, message);
    }
    if (step.step == MessageStep::twice) note_second(world, fact, message);
    const bool release = static_cast<InterfaceName>(step.interface) == InterfaceName::release;
    const bool decided = ends || step.step == MessageStep::kept || step.step == MessageStep::lost;
    if (release && decided && message.object != kNoObject) link_released(SiteId{fact.where}, message.object);
    if (ends) due_.emplace(fact.at + models::Duration{step.micros}, Due{key, step, !later});
}

/// What the message is about, as far as the log knows it.
MessagesWatch::Message MessagesWatch::begun(const models::World& world, const models::Fact& fact) {
    const auto& step = fact.as<MessageStepped>();
    const models::Headquarters& hq = world.state.headquarters;
    const std::uint32_t first = step.content[0];
    Message message;
    switch (static_cast<InterfaceName>(step.interface)) {
        case InterfaceName::purchase_order:
        case InterfaceName::confirmation:
        case InterfaceName::asn:
            if (hq.purchases[first].serial == step.content[1]) message.about = lookups_.purchase(first);
            break;
        case InterfaceName::transfer_order:
            message.about = lookups_.transfer(first);
            break;
        case InterfaceName::recommendation:
            message.about = lookups_.decision(step.content[1]);
            break;
        case InterfaceName::notice: {
            const models::SiteState& site = world.state.sites[SiteId{fact.where}];
            if (site.orders[first].serial == step.content[1]) message.about = orders_.known(site.id, first);
            break;
        }
        default:
            break;
    }
    return message;
}

/// It becomes an object of the log, and what befell it before is told.
void MessagesWatch::belongs(const models::World& world, const models::Fact& fact, Message& message) {
    const auto& step = fact.as<MessageStepped>();
    const auto interface = static_cast<InterfaceName>(step.interface);
    const models::Headquarters& hq = world.state.headquarters;
    const SiteId sender{fact.where};
    const std::uint32_t first = step.content[0];
    const bool run = models::is_run(interface, network_.strategy.integration);
    if (models::is_of_suppliers(interface)) {
        const models::PurchaseLine& line = hq.purchases[first];
        message.item = known_.item(line.item);
        message.site = known_.site(line.site);
        message.supplier = lookups_.supplier(line.item);
    } else if (interface == InterfaceName::transfer_order) {
        message.item = known_.item(hq.transfers[first].item);
        message.site = known_.site(hq.transfers[first].to);
    } else if (sender.index() < network_.sites.size()) {
        message.site = known_.site(sender);
        const bool of_item = interface == InterfaceName::posting
                                 ? !run
                                 : interface != InterfaceName::notice && run && step.step == MessageStep::held_up;
        if (of_item) message.item = known_.item(ItemId{first});
        if (interface == InterfaceName::notice && message.about == kNoObject) {
            const models::SiteState& site = world.state.sites[sender];
            if (site.orders[first].serial == step.content[1]) message.about = orders_.at(site, first, fact.at);
        }
    }
    const std::string over = explain::link_text(network_, sender, step.link);
    message.link = lookups_.link(sender, step.link);
    const models::Time sent = message.early.empty() ? fact.at : message.early.front().at;
    message.object =
        log_.add(ObjectType::message, fmt::format("message:{}:{}", over, step.number),
                 {log_.text(models::name_of(interface)), Value::of(sent), Value::of(run), Value::of(std::int64_t{0}),
                  Value::of(std::int64_t{0}), Value::of(std::int64_t{0}), Value::of(false), log_.text("sent")});
    log_.link(message.object, message.link, Qualifier::over);
    log_.link(message.object, message.about, Qualifier::about);
    for (const Early& early : std::exchange(message.early, {})) tell(early.at, early.step, message);
}

void MessagesWatch::tell(models::Time at, const MessageStepped& step, Message& message) {
    using namespace attribute;
    const auto change = [&](std::uint8_t which, std::int64_t value) {
        log_.change(message.object, which, at, Value::of(value));
    };
    const bool gives_up = step.step == MessageStep::kept || step.step == MessageStep::lost;
    if (step.step == MessageStep::failed || gives_up) change(kMessageFailures, ++message.failures);
    if (gives_up) change(kMessageGivenUp, ++message.given_up);
    if (step.step == MessageStep::lost) change(kMessageLost, ++message.lost);
    if (step.step == MessageStep::twice) log_.change(message.object, kMessageDuplicate, at, Value::of(true));
    log_.change(message.object, kMessageState, at, log_.text(state_after(step.step)));
    message.last = step.step;
    const bool over = step.step == MessageStep::applied;  // nothing is to come
    tell(event_of(step.step), at, message, over ? 0.0 : sim::in<sim::hours>(models::Duration{step.micros}));
}

void MessagesWatch::tell(EventType type, models::Time at, const Message& message, double hours) {
    const bool by_people = type == EventType::message_repaired;
    log_.tell(type, at, {Value::of(std::int64_t{message.failures}), Value::of(hours)},
              {{message.object, Qualifier::message},
               {message.about, Qualifier::about},
               {message.item, Qualifier::item},
               {message.site, Qualifier::site},
               {message.supplier, Qualifier::supplier},
               {message.link, Qualifier::over},
               {by_people ? lookups_.exception(message.link) : kNoObject, Qualifier::because_of}});
}

/// Where the second purchase line or transfer has its place; or that a posting was counted twice.
void MessagesWatch::note_second(const models::World& world, const models::Fact& fact, const Message& message) {
    const auto& step = fact.as<MessageStepped>();
    const models::Headquarters& hq = world.state.headquarters;
    const auto note = [&](bool transfer, const auto& all, const auto& fits) {
        for (std::uint32_t place = 0; place < all.size(); ++place) {
            const auto& one = all[place];
            const auto same = [&](const Second& s) {
                return s.transfer == transfer && s.place == place && s.serial == one.serial;
            };
            if (!one.open || one.standing != models::OnRecord::unknown || !fits(one)) continue;
            if (std::ranges::none_of(seconds_, same)) {
                return seconds_.push_back({transfer, place, one.serial, message});
            }
        }
    };
    const std::uint32_t first = step.content[0];
    const auto interface = static_cast<InterfaceName>(step.interface);
    if (interface == InterfaceName::purchase_order) {
        const models::PurchaseLine& line = hq.purchases[first];
        note(false, hq.purchases, [&](const models::PurchaseLine& other) {
            return other.item == line.item && other.site == line.site && other.placed == fact.at;
        });
    } else if (interface == InterfaceName::transfer_order) {
        const models::Transfer& line = hq.transfers[first];
        note(true, hq.transfers, [&](const models::Transfer& other) {
            return other.item == line.item && other.from == line.from && other.to == line.to &&
                   other.proposed == line.proposed;
        });
    } else if (interface == InterfaceName::posting && !models::is_run(interface, network_.strategy.integration)) {
        posted_twice_[key_of_location(SiteId{fact.where}, first)].push_back(message);
    }
}

/// The orders of the log that it hands to the floor, or has failed to.
void MessagesWatch::link_released(SiteId site, ObjectPlace message) {
    for (const std::uint32_t order : unreleased_[site.index()]) {
        log_.link(message, orders_.known(site, order), Qualifier::order);
    }
}

void MessagesWatch::look(const explain::Seen& seen) {
    look_for_found(seen);
    const std::size_t place = seen.event.to();
    if (place >= unreleased_.size() || !network_.strategy.integration.watches(InterfaceName::release)) return;
    const models::SiteState& site = seen.world.state.sites[SiteId{place}];
    unreleased_[place].clear();
    for (const std::uint32_t task : site.unreleased) {
        if (site.tasks[task].order != models::kNone) unreleased_[place].push_back(site.tasks[task].order);
    }
}

void MessagesWatch::look_for_found(const explain::Seen& seen) {
    const models::Headquarters& hq = seen.world.state.headquarters;
    const auto over = [&](const Second& second) {
        const auto look = [&](const auto& one) {
            const bool same = one.serial == second.serial;
            if (same && one.open && one.standing == models::OnRecord::unknown) return false;
            const bool found = same && one.standing == models::OnRecord::shared;
            if (found) tell(EventType::message_reconciled, seen.at(), second.of);
            return true;
        };
        return second.transfer ? look(hq.transfers[second.place]) : look(hq.purchases[second.place]);
    };
    if (!seconds_.empty()) std::erase_if(seconds_, over);
    if (posted_twice_.empty()) return;
    for (const models::Fact& fact : seen.facts) {
        if (fact.kind() != models::FactList::kind_of<models::StockAdjusted>()) continue;
        const auto& counted = fact.as<models::StockAdjusted>();
        if (counted.found_by_count == 0) continue;
        const auto found = posted_twice_.find(key_of_location(SiteId{fact.where}, counted.item));
        if (found == posted_twice_.end()) continue;
        for (const Message& message : found->second) tell(EventType::message_reconciled, fact.at, message);
        posted_twice_.erase(found);
    }
}

/// What was given up, or is to be keyed in, stays so; a run that was given up has been made good by the next one.
void MessagesWatch::end(models::Time now) {
    pass(now);
    for (const auto& [key, message] : messages_) {
        const bool lies = message.last == MessageStep::kept || message.last == MessageStep::lost ||
                          message.last == MessageStep::to_key;
        if (lies) continue;
        log_.change(message.object, attribute::kMessageState, now, log_.text("on its way at the end"));
    }
}

}  // namespace entrepot::studies::evidence
