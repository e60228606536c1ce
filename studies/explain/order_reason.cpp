#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"
#include "results/text/format.hpp"
#include "studies/explain/happenings_text.hpp"
#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::day_of;

namespace {

/// "5.2 days waiting for stock, 21 hours with the carrier": by place, the longest first, and not the least of many.
std::string listed_spans(const std::vector<Stay>& stays) {
    constexpr std::size_t kMost = 5;
    std::vector<std::string> parts;
    for (const Stay& stay : longest_first(stays)) {
        if (stay.span() <= models::Duration::zero() || parts.size() == kMost) break;
        parts.push_back(fmt::format("{} {}", span_text(stay.span()), stay.where));
    }
    return listed(parts);
}

}  // namespace

/// Of its lines: an event that changes nothing of it is not noted.
void OrderWatcher::note_parts(const Seen& seen) {
    Parts parts{.since = seen.at(), .units = {}, .cost = {}, .where_picked = place_of_picks(state(seen.world))};
    for (const FollowedLine& followed : lines_) {
        const models::Line& line = followed.last;
        const std::array<int, Parts::kPlaces> units{line.waiting + line.on_hold(), line.allocated, line.staged,
                                                    line.shipped, line.cancelled};
        for (std::size_t place = 0; place < units.size(); ++place) {
            parts.units[place] += units[place];
            parts.cost[place] += network_.items[models::ItemId{line.item}].unit_cost * units[place];
        }
    }
    const bool same =
        !parts_.empty() && parts_.back().units == parts.units && parts_.back().where_picked == parts.where_picked;
    if (!same) parts_.push_back(std::move(parts));
}

const OrderWatcher::Parts* OrderWatcher::parts_at(Time t) const {
    const auto after = std::ranges::upper_bound(parts_, t, {}, &Parts::since);
    return after == parts_.begin() ? nullptr : &*(after - 1);
}

std::optional<Time> OrderWatcher::last_chance() const {
    std::optional<Time> last;
    for (int day = last_.placed_day; day <= last_.promised_day; ++day) {
        for (const models::Carrier& carrier : network_.carriers) {
            if (carrier.expedite || carrier.channel != tier().channel) continue;
            const Time cutoff = models::at_minute(day, carrier.cutoff_minute);
            if (cutoff < placed_ || earliest_arrival(network_, tier().channel, cutoff) > last_.promised_day) continue;
            if (!last || cutoff > *last) last = cutoff;
        }
    }
    return last;
}

std::string OrderWatcher::lateness() const {
    const std::string promised = clock_.day(last_.promised_day);
    const int ordered = last_.units_ordered, delivered = last_.units_delivered;
    if (undelivered_) {
        const int cancelled = parts_.empty() ? 0 : parts_.back().units[Parts::cancelled];
        return fmt::format(
            "It was promised for {} and is still open as the horizon ends: of {} {} were delivered{}, and {} are to "
            "come. {}",
            promised, units_text(ordered), amount_text(delivered),
            cancelled > 0 ? fmt::format(", {} cancelled", amount_text(cancelled)) : "",
            amount_text(ordered - delivered - cancelled), deliveries());
    }
    if (delivered == 0) return "Nothing of it was delivered: all was cancelled. ";
    const std::string missing =
        fmt::format("{} of {} were cancelled", amount_text(ordered - delivered), units_text(ordered));
    if (late()) {
        return fmt::format("It came {} late: on {}, promised for {}. {}{}", count_text(days_late(), "day"),
                           clock_.day(last_.delivered_day), promised, deliveries(), in_full_ ? "" : missing + ". ");
    }
    if (!in_full_) {
        return fmt::format(
            "It came in time, on {}, promised for {}, but not in full: {}; so it was not on time in full. ",
            clock_.day(last_.delivered_day), promised, missing);
    }
    return fmt::format("It came in time: on {}, promised for {}. ", clock_.day(last_.delivered_day), promised);
}

/// Where it came in parts: which of them, and when.
std::string OrderWatcher::deliveries() const {
    if (arrived_.size() + (undelivered_ ? 1 : 0) < 2) return "";
    std::vector<std::string> parts;
    for (const Sent& sent : arrived_) {
        const int late = day_of(sent.came) - last_.promised_day;
        parts.push_back(fmt::format("{} {} on {}", units_text(sent.units), late > 0 ? "came" : "came in time,",
                                    clock_.day(day_of(sent.came))));
    }
    return sentence(listed(parts)) + ". ";
}

/// What had left by the last chance and came late all the same: the carriers were slow with it.
std::string OrderWatcher::slow_deliveries(Time chance) const {
    std::string text;
    for (const auto* sent : {&arrived_, &sent_}) {
        for (const Sent& one : *sent) {
            const bool came = sent == &arrived_;
            const int late = day_of(came ? one.came : ended_) - last_.promised_day;
            if (one.left > chance || late <= 0) continue;
            text += fmt::format(
                "{} had left by then, on {}, and {}: {} took longer than its shortest time. ",
                sentence(units_text(one.units)), clock_.moment(one.left),
                came ? fmt::format("came {} late, on {}", count_text(late, "day"), clock_.day(day_of(one.came)))
                     : std::string("were still on their way"),
                network_.carriers[one.carrier].name);
        }
    }
    return text;
}

/// Why what lay at the dock as the last truck left stayed there.
std::string OrderWatcher::at_dock_then(Time chance) const {
    std::vector<std::string> trucks, refused;
    for (const Missed& missed : missed_) {
        if (missed.at != chance) continue;
        const models::CarrierDeparted& left = missed.left;
        const std::string& carrier = network_.carriers[missed.carrier].name;
        if (left.taken < left.capacity) {
            refused.push_back(
                fmt::format("{} ({} of {} shipments)", carrier, amount_text(left.refused), amount_text(left.offered)));
        } else {
            trucks.push_back(
                fmt::format("{} ({} of {} places)", carrier, amount_text(left.taken), amount_text(left.capacity)));
        }
    }
    if (!refused.empty()) {
        const std::string full = trucks.empty() ? "" : fmt::format(", and the truck was full on {}", listed(trucks));
        return fmt::format("lay at the dock, refused by {}{}", listed(refused), full);
    }
    if (trucks.empty()) return "lay at the dock, for " + listed(carriers_of_lane(true));
    return fmt::format("lay at the dock: the truck was full, with others that come first by the priority rule on {}",
                       listed(trucks));
}

/// The place of what is worth most of what missed the last truck, as it is told first; nothing where it came in time.
std::string OrderWatcher::cause() const {
    if (!late()) return "";
    const auto chance = last_chance();
    const Parts* then = parts_at(chance.value_or(placed_));
    if (then == nullptr) return "";
    Parts::Place most = Parts::gone;
    for (const Parts::Place place : {Parts::stock, Parts::pick, Parts::dock}) {
        if (then->units[place] > 0 && (most == Parts::gone || then->cost[place].micros > then->cost[most].micros)) {
            most = place;
        }
    }
    if (most == Parts::pick && then->where_picked == place::kStuckRelease) return "release";
    constexpr const char* kCauses[] = {"stock", "pick", "dock", "carrier"};
    return kCauses[most];
}

/// Where each part of it was when the last carrier left that would have been in time. What is worth most is told first:
/// lateness and penalty are mostly its own.
std::string OrderWatcher::why_late() const {
    if (!late() || stays_.empty()) return "";
    const models::Site& terms = network_.sites[address_.site];
    if (last_.internal || terms.ships_at_once || terms.handling == models::Handling::at_once) return "";
    const auto chance = last_chance();
    if (!chance) return "No ordinary carrier could have kept the promise from the moment it was given. ";
    const Parts* then = parts_at(*chance);
    if (then == nullptr) return "";
    const std::array<std::string, 3> states{"waited for stock", "were not yet picked, but " + then->where_picked,
                                            at_dock_then(*chance)};
    std::vector<std::pair<models::Money, std::string>> parts;
    for (std::size_t place = 0; place < states.size(); ++place) {
        if (then->units[place] == 0) continue;
        parts.emplace_back(
            then->cost[place],
            fmt::format("{} ({} at cost) {}", units_text(then->units[place]),
                        results::money_text(then->cost[place].amount(), network_.currency), states[place]));
    }
    std::ranges::stable_sort(parts, [](const auto& a, const auto& b) { return a.first.micros > b.first.micros; });
    std::string text = fmt::format("The last truck that would have been in time left on {}. ", clock_.moment(*chance));
    const std::string slow = slow_deliveries(*chance);
    if (parts.empty()) return text + slow;
    text += slow;
    std::vector<std::string> told;
    for (const auto& [cost, words] : parts) told.push_back(words);
    text += fmt::format("Then {}. ", fmt::join(told, "; "));
    const int gone = then->units[Parts::gone], cancelled = then->units[Parts::cancelled];
    if (slow.empty() && gone > 0) text += fmt::format("{} had left by then. ", sentence(units_text(gone)));
    if (cancelled > 0) text += fmt::format("{} had been cancelled by then. ", sentence(units_text(cancelled)));
    return text;
}

/// What took most of a late order's time, where that was the dock: a truck that is full goes without it again and
/// again.
std::string OrderWatcher::why_longest() const {
    if (!late() || stays_.empty() || most_left_ == 0) return "";
    const Stay longest = longest_first(stays_).front();
    if (longest.where != place::kDock) return "";
    return fmt::format(
        "Most of its time, {}, it lay at the dock: {} left without it, since others that come first by the priority "
        "rule had filled the truck. ",
        span_text(longest.span()), count_text(most_left_, "departure"));
}

/// Item by item, what the record lacked at entry, or what only the pick found missing.
std::string OrderWatcher::what_it_lacked(bool known) const {
    std::vector<std::string> parts;
    std::vector<models::ItemId> told;
    for (const Shortage& one : shortages_) {
        if (one.known != known || std::ranges::find(told, one.item) != told.end()) continue;
        told.push_back(one.item);
        std::map<std::uint32_t, int> of_line;  // the same units may be found missing again and again
        int at_once = 0;
        Time since = sim::kNever, until{};
        bool open = false;
        int cancelled = 0;
        for (const Shortage& other : shortages_) {
            if (other.known != known || other.item != one.item) continue;
            const Time end = other.until.value_or(ended_);
            if (other.cancelled && end == other.since) {
                at_once += other.units;
                continue;
            }
            of_line[other.line] = std::max(of_line[other.line], other.units);
            since = std::min(since, other.since);
            until = std::max(until, end);
            open = open || !other.until;
            if (other.cancelled) cancelled += other.units;
        }
        const std::string item = network_.items[one.item].name;
        int waited = 0;
        for (const auto& [line, units] : of_line) waited += units;
        if (at_once > 0) parts.push_back(fmt::format("{} of {} (cancelled at once)", amount_text(at_once), item));
        if (waited == 0) continue;
        const std::string fate = cancelled >= waited ? ", then cancelled"
                                 : cancelled > 0 ? fmt::format(", {} of them then cancelled", amount_text(cancelled))
                                 : open          ? ", the end"
                                                 : "";
        parts.push_back(fmt::format("{} of {} ({} until {}{})", amount_text(waited), item, span_text(until - since),
                                    clock_.moment(until), fate));
    }
    return listed(parts);
}

/// Was it a shortage, and did anybody know?
std::string OrderWatcher::why_short() const {
    const std::string known = what_it_lacked(true), unknown = what_it_lacked(false);
    std::string text;
    if (!known.empty()) text += fmt::format("The record said at entry that these were missing: {}. ", known);
    if (!unknown.empty()) {
        text += fmt::format("Nobody knew until the pick that {}these were missing, which the record had promised: {}. ",
                            known.empty() ? "" : "of the rest ", unknown);
    }
    return text;
}

/// What was on its way of what was short, at the moment at which it was found to be.
std::vector<Step> OrderWatcher::supply_steps() const {
    std::vector<Step> steps;
    if (supply_ == nullptr) return steps;
    std::vector<std::pair<models::ItemId, Time>> told;
    for (const Shortage& shortage : shortages_) {
        if (std::ranges::find(told, std::pair(shortage.item, shortage.since)) != told.end()) continue;
        told.emplace_back(shortage.item, shortage.since);
        const std::string item = network_.items[shortage.item].name;
        const std::string lines = supply_->under_way(address_.site, shortage.item, shortage.since);
        steps.push_back({shortage.since,
                         "headquarters",
                         lines.empty()
                             ? fmt::format("has ordered no {} for {}", item, network_.sites[address_.site].name)
                             : fmt::format("has on order of {}: {}", item, lines),
                         {}});
    }
    return steps;
}

/// What ended the shortage that lasted longest, and where that had been; or why nothing did.
std::string OrderWatcher::what_was_on_its_way() const {
    const Shortage* longest = nullptr;
    const auto lasted = [&](const Shortage& s) { return s.until.value_or(ended_) - s.since; };
    for (const Shortage& shortage : shortages_) {
        if (lasted(shortage) <= models::Duration::zero()) continue;
        if (longest == nullptr || lasted(shortage) > lasted(*longest)) longest = &shortage;
    }
    if (supply_ == nullptr || longest == nullptr) return "";
    const Time until = longest->until.value_or(ended_);
    if (longest->cancelled || !longest->until) {
        const std::string item = network_.items[longest->item].name;
        const std::string coming = supply_->under_way(address_.site, longest->item, until);
        if (!coming.empty()) {
            return fmt::format("What would have filled {} had not come by {}: {}. ", item, clock_.moment(until),
                               coming);
        }
        std::string text = fmt::format("Nothing of {} was on its way to {} on {}", item,
                                       network_.sites[address_.site].name, clock_.moment(until));
        if (longest->last && longest->last->headquarters) {
            text += fmt::format(", though headquarters believed in {} net", longest->last->headquarters->net);
        }
        return text + ". ";
    }
    const auto goods = supply_->brought(address_.site, longest->item, longest->since, until);
    if (!goods) return "";
    return fmt::format("What it waited for came with {}, which had been {}. ", goods->name, listed_spans(goods->stays));
}

std::string OrderWatcher::where_it_went() const {
    if (ended_ == placed_) {
        return last_.units_delivered > 0 ? "It was entered, handed over and closed in one moment. "
                                         : "It was entered and cancelled in one moment. ";
    }
    const bool in_parts = shortages_.size() > 0 && lines_.size() > 1;
    return fmt::format("Of its {} {} was {}. ", span_text(ended_ - placed_),
                       in_parts ? "that part of it which was furthest behind" : "it", listed_spans(stays_));
}

/// How the contract comes to the penalty: so much an order, and a share of what was late or short, at cost.
std::string OrderWatcher::penalty_parts() const {
    const auto money = [&](models::Money amount) { return results::money_text(amount.amount(), network_.currency); };
    std::vector<std::string> parts;
    if (tier().penalty_fixed.micros > 0) {
        parts.push_back(money(tier().penalty_fixed) + " for an order that is not on time in full");
    }
    const models::Money missed = last_.cost - last_.cost_on_time;
    if (tier().penalty_share > 0 && missed.micros > 0) {
        parts.push_back(fmt::format(
            "{:.3g} % of the {} at cost that {}", 100 * tier().penalty_share, money(missed),
            last_.cost_on_time.micros == 0 ? "it comes to, as nothing came in time" : "came late or not at all"));
    }
    if (late() && tier().refund.micros > 0) parts.push_back(money(tier().refund) + " of refund");
    return parts.empty() ? "" : fmt::format(" ({})", listed(parts));
}

/// What the scenario's disturbances did to its site and to its carriers from its entry on.
std::vector<Step> OrderWatcher::disturbances() const {
    if (!entered_) return {};
    return disturbances_at(network_, happenings_, address_.site, tier().channel, {placed_, ended_}, clock_);
}

std::string OrderWatcher::what_went_wrong() const {
    const std::vector<Step> wrong = disturbances();
    return !late() || wrong.empty() ? "" : fmt::format("Meanwhile there was {}. ", disturbances_text(wrong));
}

std::string OrderWatcher::closing() const {
    if (!entered_) return "";
    std::string text = last_.internal ? std::string() : lateness();
    text += why_held() + why_late() + what_went_wrong() + why_longest() + why_short() + what_was_on_its_way() +
            where_it_went();
    if (penalty_.micros > 0 || lost_margin_.micros > 0) {
        std::vector<std::string> costs;
        if (penalty_.micros > 0) {
            costs.push_back(results::money_text(penalty_.amount(), network_.currency) + " of penalty" +
                            penalty_parts());
        }
        if (lost_margin_.micros > 0) {
            costs.push_back(results::money_text(lost_margin_.amount(), network_.currency) + " of lost margin");
        }
        text += fmt::format("It cost {}. ", listed(costs));
    }
    while (text.ends_with(' ')) text.pop_back();
    return text;
}

}  // namespace entrepot::studies::explain
