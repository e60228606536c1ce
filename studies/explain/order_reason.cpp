#include <algorithm>

#include <fmt/format.h>

#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"
#include "results/text/format.hpp"
#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::day_of;

/// The last moment at which ready goods would still have come in time by an ordinary carrier; nothing where even those
/// that were ready at entry would not.
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
    if (undelivered_) return fmt::format("It was promised for {} and is still open as the horizon ends. ", promised);
    if (last_.units_delivered == 0) return "Nothing of it was delivered: all was cancelled. ";
    const int days = last_.delivered_day - last_.promised_day;
    const std::string missing = fmt::format("{} of {} were cancelled", last_.units_ordered - last_.units_delivered,
                                            units_text(last_.units_ordered));
    if (days > 0) {
        return fmt::format("It came {} late: on {}, promised for {}. {}", count_text(days, "day"),
                           clock_.day(last_.delivered_day), promised, in_full_ ? "" : missing + ". ");
    }
    if (!in_full_) {
        return fmt::format(
            "It came in time, on {}, promised for {}, but not in full: {}; so it was not on time in full. ",
            clock_.day(last_.delivered_day), promised, missing);
    }
    return fmt::format("It came in time: on {}, promised for {}. ", clock_.day(last_.delivered_day), promised);
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

/// Where it was when the last carrier left that would have been in time, or what happened after that.
std::string OrderWatcher::why_late() const {
    const bool late = undelivered_ || (last_.units_delivered > 0 && last_.delivered_day > last_.promised_day);
    if (!late || stays_.empty()) return "";
    const models::Site& terms = network_.sites[address_.site];
    if (last_.internal || terms.ships_at_once || terms.handling == models::Handling::at_once) return "";
    const auto chance = last_chance();
    if (!chance) return "No ordinary carrier could have kept the promise from the moment it was given. ";
    const auto at = std::ranges::find_if(stays_, [&](const Stay& s) { return s.from <= *chance && *chance < s.to; });
    if (at == stays_.end()) return "";
    std::string head = fmt::format("The last truck that would have been in time left on {}. ", clock_.moment(*chance));
    const std::string slow = slow_deliveries(*chance);
    if (at->where == place::kCarrier) {
        if (!slow.empty()) return head + slow;
        return head + fmt::format("The order had left by then, on {}: the carrier took longer than its shortest time. ",
                                  clock_.moment(at->from));
    }
    head += slow;
    const char* what = slow.empty() ? "the order" : "the rest of it";
    const auto since = clock_.moment(at->from);
    if (at->where == place::kDock) {
        return head + fmt::format(
                          "{} lay at the dock since {}: {}. ", sentence(what), since,
                          left_behind_ ? "the carrier could take no more" : "its carrier left without having to hurry");
    }
    return head + fmt::format("Then {} was {}, since {}. ", what, at->where, since);
}

/// What took most of a late order's time, where that was the dock: a truck that is full goes without it again and
/// again.
std::string OrderWatcher::why_longest() const {
    const bool late = undelivered_ || (last_.units_delivered > 0 && last_.delivered_day > last_.promised_day);
    if (!late || stays_.empty() || most_left_ == 0) return "";
    const Stay longest = longest_first(stays_).front();
    if (longest.where != place::kDock) return "";
    return fmt::format(
        "Most of its time, {}, it lay at the dock: {} left without it, since others that come first by the priority "
        "rule had filled the truck. ",
        span_text(longest.span()), count_text(most_left_, "departure"));
}

/// Was it a shortage, and did anybody know?
std::string OrderWatcher::why_short() const {
    std::vector<std::string> known, unknown;
    for (const Shortage& shortage : shortages_) {
        // Of several lines of an item the one that waited longest is told.
        const auto same = [&](const Shortage& other) {
            return other.item == shortage.item && other.known == shortage.known;
        };
        const auto lasted = [&](const Shortage& s) { return s.until.value_or(ended_) - s.since; };
        bool longest = true;
        for (const Shortage& other : shortages_) {
            if (&other == &shortage || !same(other)) continue;
            const bool earlier = &other < &shortage;
            longest = longest && (earlier ? lasted(other) < lasted(shortage) : lasted(other) <= lasted(shortage));
        }
        if (!longest) continue;
        std::string words = network_.items[shortage.item].name;
        if (lasted(shortage) > models::Duration::zero()) {
            words += fmt::format(" ({}{})", span_text(lasted(shortage)),
                                 shortage.until ? " until " + clock_.moment(*shortage.until) : "");
        }
        (shortage.known ? known : unknown).push_back(words);
    }
    std::string text;
    if (!known.empty())
        text += fmt::format("The record said at entry that there was too little of {}. ", listed(known));
    if (!unknown.empty()) {
        text += fmt::format("Nobody knew until the pick that there was too little of {}: the record was wrong. ",
                            listed(unknown));
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

/// What ended the shortage that lasted longest, and where that had been.
std::string OrderWatcher::what_was_on_its_way() const {
    const Shortage* longest = nullptr;
    const auto lasted = [&](const Shortage& s) { return s.until.value_or(ended_) - s.since; };
    for (const Shortage& shortage : shortages_) {
        if (shortage.cancelled || lasted(shortage) <= models::Duration::zero()) continue;
        if (longest == nullptr || lasted(shortage) > lasted(*longest)) longest = &shortage;
    }
    if (supply_ == nullptr || longest == nullptr) return "";
    const Time until = longest->until.value_or(ended_);
    const PurchaseCourse* course = supply_->brought(address_.site, longest->item, longest->since, until);
    if (course == nullptr) return "";
    std::vector<std::string> parts;
    for (const Stay& stay : longest_first(course->stays(course->put_away))) {
        parts.push_back(fmt::format("{} {}", span_text(stay.span()), stay.where));
    }
    return fmt::format("What it waited for came with {}, which had been {}. ", supply_->name(*course), listed(parts));
}

std::string OrderWatcher::where_it_went() const {
    std::vector<std::string> parts;
    for (const Stay& stay : longest_first(stays_)) {
        if (stay.span() > models::Duration::zero() && parts.size() < 5) {
            parts.push_back(fmt::format("{} {}", span_text(stay.span()), stay.where));
        }
    }
    if (parts.empty()) return "It was entered, handed over and closed in one moment. ";
    return fmt::format("Of its {} it was {}. ", span_text(ended_ - placed_), listed(parts));
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
    const bool late = undelivered_ || (last_.units_delivered > 0 && last_.delivered_day > last_.promised_day);
    if (late && tier().refund.micros > 0) parts.push_back(money(tier().refund) + " of refund");
    return parts.empty() ? "" : fmt::format(" ({})", listed(parts));
}

std::string OrderWatcher::closing() const {
    if (!entered_) return "";
    std::string text = last_.internal ? std::string() : lateness();
    text += why_late() + why_longest() + why_short() + what_was_on_its_way() + where_it_went();
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
