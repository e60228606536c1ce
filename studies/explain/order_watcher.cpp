#include "studies/explain/order_watcher.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"
#include "results/text/format.hpp"

namespace entrepot::studies::explain {

using models::ItemId;
using models::Line;
using models::SiteState;

OrderWatcher::OrderWatcher(const models::Network& network, const OrderAddress& address, const Supply* supply)
    : network_(network), names_(network), clock_(network.calendar), address_(address), supply_(supply) {}

void OrderWatcher::tell(const Seen& seen, std::string who, std::string what, std::vector<Sight> sights) {
    steps_.push_back({seen.at(), std::move(who), std::move(what), std::move(sights)});
}

Sight OrderWatcher::sight(const Seen& seen, std::uint32_t item) const {
    return sight_of(seen.world, address_.site, ItemId{item});
}

void OrderWatcher::see(const Seen& seen) {
    if (closed_) return;
    if (seen.event.to() != models::entity_of(address_.site)) {
        if (entered_) look_at_complaint(seen), look_at_notice_case(seen), look_at_hold_cases(seen);
        return;
    }
    if (!entered_) {
        look_for_entry(seen);
        if (!entered_) return;
    } else {
        look_at_messages(seen);  // before what they have led to
        follow(seen);
    }
    note_parts(seen);
    for (const models::OrderClosed& closed : seen.told<models::OrderClosed>()) {
        if (closed.order == place_) return close(seen, closed);
    }
    last_ = state(seen.world).orders[place_];
    move_to(stays_, place_now(state(seen.world)), seen.at());
}

void OrderWatcher::follow(const Seen& seen) {
    look_at_pick(seen);
    look_at_override(seen);
    look_at_hold(seen);
    tell_offers(seen);
    for (FollowedLine& line : lines_) {
        if (line.open) look_at_line(line, seen);
    }
    look_at_tasks(seen);
    look_at_shipment(seen);
    look_at_flags(seen);
}

/// What a picker brings: all, or what the shelf had.
void OrderWatcher::look_at_pick(const Seen& seen) {
    const auto done = seen.message<models::PickDone>();
    if (!done) return;
    const auto task = std::ranges::find(tasks_, done->task, &FollowedTask::place);
    if (task == tasks_.end()) return;
    const SiteState& site = state(seen.world);
    std::vector<std::string> found;
    std::vector<Sight> sights;
    for (const models::PickLine& pick : task->picks) {
        const auto line = std::ranges::find_if(lines_, [&](const FollowedLine& l) { return l.place == pick.line; });
        if (line == lines_.end()) continue;
        const Line& now = site.lines[pick.line];
        const int before = line->last.staged + line->last.shipped;
        const bool same = now.serial == line->last.serial || now.serial == line->last.serial + 1;
        const int picked = same ? std::min(pick.units, now.staged + now.shipped - before) : pick.units;
        const std::string item = item_name(line->last.item);
        const auto shown = [&](const Sight& other) { return other.item == item; };
        if (std::ranges::none_of(sights, shown)) sights.push_back(sight(seen, line->last.item));
        if (picked == pick.units) {
            found.push_back(fmt::format("{} of {}", picked, item));
            continue;
        }
        found.push_back(fmt::format("{} of {} where the record had promised {}", picked, item, pick.units));
        shortages_.push_back(
            {ItemId{line->last.item}, seen.at(), false, pick.units - picked, false, {}, {}, pick.line});
    }
    tell(seen, site.on_duty == 0 ? "picker on overtime" : "picker", "has taken " + listed(found), std::move(sights));
    tasks_.erase(task);
}

/// Stock that was waited for is there, or the customer's patience has ended.
void OrderWatcher::look_at_line(FollowedLine& followed, const Seen& seen) {
    const Line& now = state(seen.world).lines[followed.place];
    const Line& before = followed.last;
    const bool closed = now.serial != before.serial;
    const bool known = !closed || (now.serial == before.serial + 1 && now.order == models::kNone);
    const int waiting = closed ? 0 : now.waiting;
    const int cancelled = known ? now.cancelled - before.cancelled : before.waiting;
    const bool by_picker = seen.message<models::PickDone>().has_value();
    if (before.held && !closed && !now.held) {  // as at the entry of an order that nothing holds
        followed.last = now;
        return tell_line(followed, seen);
    }
    const std::string item = item_name(before.item);
    const auto end_shortages = [&] {
        for (Shortage& shortage : shortages_) {
            if (shortage.line == followed.place && !shortage.until) shortage.until = seen.at();
        }
    };
    if (cancelled > 0) {
        tell(seen, "customer",
             fmt::format("{} {} of {}", by_picker || before.held ? "cancels" : "has waited long enough, and cancels",
                         cancelled, item),
             {sight(seen, before.item)});
        take_lost(seen, before.item);
        for (Shortage& shortage : shortages_) {
            if (shortage.line != followed.place || shortage.until) continue;
            shortage.cancelled = true;
            shortage.last = sight(seen, before.item);
        }
        if (waiting == 0) end_shortages();
    } else if (waiting < before.waiting) {
        const int units = before.waiting - waiting;
        const std::string rest = waiting > 0 ? fmt::format("; {} still wait", waiting) : "";
        const char* why = put_away_by(seen, network_) ? "goods are put away" : "the record hears of more";
        tell(seen, "order desk", fmt::format("{}: {} of {} are promised to this order{}", why, units, item, rest),
             {sight(seen, before.item)});
        if (waiting == 0) end_shortages();
    } else if (waiting > before.waiting && !by_picker) {
        tell(seen, "order desk", fmt::format("{} of {} wait", waiting - before.waiting, item),
             {sight(seen, before.item)});
    }
    if (closed) {
        followed.open = false;
        if (known) {
            followed.last = now;
        } else {  // its place is already another line's: what waited was cancelled, the rest has left
            Line& last = followed.last;
            last.cancelled += std::exchange(last.waiting, 0);
            last.shipped += std::exchange(last.staged, 0) + std::exchange(last.allocated, 0);
        }
        return;
    }
    followed.last = now;
}

void OrderWatcher::look_at_tasks(const Seen& seen) {
    const SiteState& site = state(seen.world);
    const std::uint32_t current = site.orders[place_].task;
    if (current != models::kNone && std::ranges::find(tasks_, current, &FollowedTask::place) == tasks_.end()) {
        tasks_.push_back({current, Stage::unreleased, {}, 0});
    }
    const auto among = [](const auto& list, std::uint32_t task) {
        return std::find(list.begin(), list.end(), task) != list.end();
    };
    for (FollowedTask& task : tasks_) {
        const Stage before = task.stage;
        if (before == Stage::picking) continue;
        if (before == Stage::unreleased) {  // lines may still join it
            task.picks.clear();
            for (std::uint32_t pick = site.tasks[task.place].first_pick; pick != models::kNone;) {
                task.picks.push_back(site.picks[pick]);
                pick = site.picks[pick].next;
            }
        }
        task.stage = among(site.unreleased, task.place) ? Stage::unreleased
                     : among(site.released, task.place) ? Stage::released
                     : among(site.wave, task.place)     ? Stage::in_wave
                                                        : Stage::picking;
        if (task.stage == Stage::released && seen.message<models::WaveStarts>()) ++task.waves_missed;
        if (task.stage == before) continue;
        if (before == Stage::unreleased) {
            tell(seen, "order desk",
                 fmt::format("hands {} to the warehouse, where {} in all wait to be picked",
                             count_text(static_cast<long>(task.picks.size()), "line"),
                             count_text(site.lines_released + site.lines_in_wave, "line")));
        }
        if (task.stage >= Stage::in_wave && before < Stage::in_wave && !network_.strategy.waves.at_once) {
            const std::string missed = task.waves_missed > 0
                                           ? fmt::format(", after {} without it", count_text(task.waves_missed, "wave"))
                                           : "";
            const bool wave = seen.message<models::WaveStarts>().has_value();
            tell(seen, "warehouse",
                 fmt::format("{}{}, with {} on duty", wave ? "a wave takes it" : "it is taken into the work", missed,
                             count_text(site.on_duty + site.on_overtime, "picker")));
        }
        if (task.stage == Stage::picking) {
            tell(seen, site.on_duty == 0 ? "picker on overtime" : "picker", "begins to pick it");
        }
    }
}

std::vector<std::string> OrderWatcher::carriers_of_lane(bool expedite) const {
    std::vector<std::string> names;
    for (const models::Carrier& carrier : network_.carriers) {
        if (expedite ? !carrier.expedite : carrier.expedite || carrier.channel != tier().channel) continue;
        names.push_back(fmt::format("{} (cut-off {:02}:{:02})", carrier.name, carrier.cutoff_minute / 60,
                                    carrier.cutoff_minute % 60));
    }
    return names;
}

void OrderWatcher::look_at_shipment(const Seen& seen) {
    const SiteState& site = state(seen.world);
    const models::Order& now = site.orders[place_];
    if (now.units_delivered > last_.units_delivered) {
        const int units = now.units_delivered - last_.units_delivered;
        const auto delivered = seen.message<models::ShipmentDelivered>();
        const auto gone = delivered ? std::ranges::find(sent_, delivered->shipment, &Sent::place) : sent_.end();
        if (gone != sent_.end()) {
            tell(seen, "carrier " + network_.carriers[gone->carrier].name,
                 fmt::format("brings {} to the customer", units_text(units)));
            arrived_.push_back(*gone);
            arrived_.back().came = seen.at();
            sent_.erase(gone);
        } else if (!last_.internal) {
            tell(seen, "warehouse", fmt::format("hands {} over to the customer", units_text(units)));
        } else {
            tell(seen, "warehouse", fmt::format("sends {} on their way", units_text(units)));
        }
    }
    const auto departs = seen.message<models::CarrierDeparts>();
    if (last_.shipment != models::kNone && now.shipment == models::kNone && departs) {
        const models::CarrierId carrier{departs->carrier};
        const models::Shipment& shipment = site.shipments[last_.shipment];
        sent_.push_back({last_.shipment, carrier, seen.at(), {}, shipment.units});
        const std::string missed =
            times_left_ > 0 ? fmt::format(", after {} without it", count_text(times_left_, "departure")) : "";
        tell(seen, "carrier " + network_.carriers[carrier].name,
             fmt::format("leaves with {} of it{}", units_text(shipment.units), missed));
        staged_expedite_ = staged_left_behind_ = false;
        most_left_ = std::max(most_left_, std::exchange(times_left_, 0));
    }
    if (now.shipment == models::kNone) return;
    const models::Shipment& shipment = site.shipments[now.shipment];
    if (last_.shipment == models::kNone) {
        staged_left_behind_ = false;
        tell(seen, "warehouse",
             fmt::format("puts {} at the dock for {}", units_text(shipment.units),
                         listed(carriers_of_lane(shipment.expedite))));
        staged_expedite_ = shipment.expedite;
    } else if (shipment.expedite && !staged_expedite_) {
        staged_expedite_ = true;
        tell(seen, "warehouse", "moves it to the lane of " + listed(carriers_of_lane(true)));
    }
    if (departs && last_.shipment == now.shipment) {
        const models::Carrier& carrier = network_.carriers[models::CarrierId{departs->carrier}];
        const bool mine = shipment.expedite ? carrier.expedite : !carrier.expedite && carrier.channel == tier().channel;
        for (const models::CarrierDeparted& departed : seen.told<models::CarrierDeparted>()) {
            if (mine) missed_.push_back({seen.at(), models::CarrierId{departs->carrier}, departed});
        }
        times_left_ += mine;
        most_left_ = std::max(most_left_, times_left_);
    }
    if (!shipment.left_behind || staged_left_behind_) return;
    staged_left_behind_ = left_behind_ = true;
    for (const models::CarrierDeparted& departed : seen.told<models::CarrierDeparted>()) {
        std::string what = "takes nothing today";
        if (departed.capacity > 0 && departed.taken < departed.capacity) {
            what = fmt::format("refuses it, as it does {} of {} shipments, and leaves", departed.refused,
                               departed.offered);
        } else if (departed.capacity > 0) {
            what = fmt::format(
                "leaves without it: {} of {} places on the truck were taken by others, which come first by the "
                "priority rule",
                departed.taken, departed.capacity);
        }
        tell(seen, "carrier " + network_.carriers[models::CarrierId{departed.carrier}].name, what);
    }
}

void OrderWatcher::look_at_flags(const Seen& seen) {
    const models::Order& now = state(seen.world).orders[place_];
    look_at_notice(seen);
    const bool new_complaint = now.escalated && (!last_.escalated || seen.at() == placed_);
    if (new_complaint) {
        const bool late = seen.message<models::DayStarts>().has_value();
        tell(seen, "customer",
             !late      ? "complains of what is short"
             : now.told ? "complains that the order is late, though a notice had named a later day"
                        : "complains that the order is late");
    }
    if (now.boosted && !last_.boosted) {
        tell(seen, "order desk",
             "customer service has settled the complaint: the order goes first now, by the fastest carrier");
    }
}

/// What the margin of cancelled units comes to.
void OrderWatcher::take_lost(const Seen& seen, std::uint32_t item) {
    for (const models::LineCancelled& cancelled : seen.told<models::LineCancelled>()) {
        if (cancelled.item == item && cancelled.placed_day == last_.placed_day) {
            lost_margin_ += models::Money{cancelled.margin_micros};
        }
    }
}

void OrderWatcher::close(const Seen& seen, const models::OrderClosed& closed) {
    closed_ = true;
    last_ = state(seen.world).orders[place_];
    in_full_ = closed.in_full;
    ended_ = seen.at();
    // A penalty is told just before the order's end.
    for (std::size_t i = 1; i < seen.facts.size(); ++i) {
        const models::Fact &ends = seen.facts[i], &before = seen.facts[i - 1];
        if (ends.kind() != models::FactList::kind_of<models::OrderClosed>()) continue;
        if (ends.as<models::OrderClosed>().order != place_) continue;
        if (before.kind() != models::FactList::kind_of<models::PenaltyCharged>()) continue;
        penalty_ = {before.as<models::PenaltyCharged>().micros};
    }
    if (penalty_.micros > 0) {
        tell(
            seen, "order desk",
            fmt::format("owes the customer {} by contract", results::money_text(penalty_.amount(), network_.currency)));
    }
    if (!stays_.empty()) stays_.back().to = ended_;
}

void OrderWatcher::end(const models::World& world, std::span<const models::Fact> told) {
    if (!entered_ || closed_) return;
    undelivered_ = true;
    ended_ = world.now;
    if (!stays_.empty()) stays_.back().to = ended_;
    for (Shortage& shortage : shortages_) {
        if (!shortage.until) shortage.last = sight_of(world, address_.site, shortage.item);
    }
    models::Money penalty;  // of the order whose end is told next
    for (const models::Fact& fact : told) {
        if (fact.where != models::entity_of(address_.site)) continue;
        if (fact.kind() == models::FactList::kind_of<models::PenaltyCharged>()) {
            penalty = {fact.as<models::PenaltyCharged>().micros};
        } else if (fact.kind() == models::FactList::kind_of<models::OrderClosed>()) {
            if (fact.as<models::OrderClosed>().order == place_) penalty_ = penalty;
            penalty = {};
        }
    }
}

Story OrderWatcher::story() const {
    Story story{.subject = "order", .name = names_.order(address_)};
    story.steps = steps_;
    for (Step& step : disturbances()) story.steps.push_back(std::move(step));
    for (Step& step : supply_steps()) story.steps.push_back(std::move(step));
    for (Step& step : message_steps()) story.steps.push_back(std::move(step));
    std::ranges::stable_sort(story.steps, {}, &Step::at);
    story.stays = stays_;
    if (!stays_.empty() && stays_.back().span() == models::Duration::zero()) story.stays.pop_back();
    for (const Shortage& shortage : shortages_) {
        const std::string option =
            fmt::format("--item {} --site {} --day {}", shell_word(network_.items[shortage.item].name),
                        shell_word(network_.sites[address_.site].name), names_.date(models::day_of(shortage.since)));
        if (std::ranges::find(story.see, option) == story.see.end()) story.see.push_back(option);
    }
    story.closing = closing();
    if (!entered_ || last_.internal) return story;
    const int until = undelivered_ ? models::day_of(ended_) : int{last_.delivered_day};
    story.outcome = Story::Outcome{.cause = cause(),
                                   .days_late = late() ? std::max(0, until - last_.promised_day) : 0,
                                   .penalty = penalty_.amount(),
                                   .lost_margin = lost_margin_.amount()};
    return story;
}

}  // namespace entrepot::studies::explain
