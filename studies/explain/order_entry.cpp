#include <algorithm>

#include <fmt/format.h>

#include "models/network/calendar.hpp"
#include "models/records/accounts.hpp"
#include "models/records/order_lines.hpp"
#include "models/records/postings.hpp"
#include "models/records/shop.hpp"
#include "results/text/format.hpp"
#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::ItemId;
using models::Line;

/// "customer of tier T1", "account 3 of tier T1".
std::string OrderWatcher::customer_text(const Seen& seen) const {
    const std::uint32_t account = models::account_of(last_, network_, seen.world.draws);
    return account > 0 ? fmt::format("account {} of tier {}", account, tier().name)
                       : fmt::format("customer of tier {}", tier().name);
}

/// An order tells that it was placed, with its slot; the address in the slot says whose it is.
void OrderWatcher::look_for_entry(const Seen& seen) {
    for (const models::OrderPlaced& placed : seen.told<models::OrderPlaced>()) {
        const models::Order& order = state(seen.world).orders[placed.order];
        if (order.key != address_.key || order.coordinate != address_.coordinate) continue;
        if (order.internal != address_.internal) continue;
        entered_ = true;
        place_ = placed.order;
        last_ = order;
        placed_ = seen.at();
        line_count_ = placed.lines;
        value_ = {placed.value_micros};
        tell_entry(seen);
        return;
    }
}

void OrderWatcher::tell_entry(const Seen& seen) {
    const bool internal = last_.internal;
    const std::string who =
        internal ? fmt::format("site {}", network_.sites[models::SiteId{address_.key}].name) : customer_text(seen);
    tell(seen, who,
         fmt::format("orders {}, {} in all, for {}", count_text(line_count_, "line"), units_text(last_.units_ordered),
                     results::money_text(value_.amount(), network_.currency)));
    if (!internal) {
        const int by_table = models::promise_by_table(tier(), last_.placed_day, network_);
        const bool later = last_.promised_day > by_table;
        tell(seen, "order desk",
             fmt::format("promises {}, {}", clock_.day(last_.promised_day),
                         later ? "when the goods that it knows to be under way should be there"
                               : count_text(tier().promise_business_days, "business day") + " by the promise table"));
    }
    find_lines(seen);
    look_at_hold(seen);
    tell_offers(seen);
    for (const FollowedLine& line : lines_) tell_line(line, seen);
    look_at_tasks(seen);
    look_at_shipment(seen);
    look_at_flags(seen);
}

/// Lines that are open stand in the book. Those that were closed at entry have told their first attempt.
void OrderWatcher::find_lines(const Seen& seen) {
    const models::SiteState& site = state(seen.world);
    for (std::uint32_t place = 0; place < site.lines.size(); ++place) {
        if (site.lines[place].order == place_ && site.lines[place].entered == placed_) {
            lines_.push_back({place, site.lines[place], true});
        }
    }
    std::vector<std::size_t> matched;
    for (const models::LineFirstPass& first : seen.told<models::LineFirstPass>()) {
        const auto fits = [&](const FollowedLine& line) {
            const auto at = static_cast<std::size_t>(&line - lines_.data());
            return line.open && !line.last.first_attempt_open && line.last.item == first.item &&
                   line.last.ordered == first.ordered && std::ranges::find(matched, at) == matched.end();
        };
        const auto open = std::ranges::find_if(lines_, fits);
        if (open != lines_.end()) {
            matched.push_back(static_cast<std::size_t>(open - lines_.begin()));
            continue;
        }
        Line line{};
        line.item = first.item;
        line.ordered = first.ordered;
        line.shipped = first.filled;
        line.cancelled = first.ordered - first.filled;
        line.entered = placed_;
        line.first_attempt_open = false;
        lines_.push_back({models::kNone, line, false});
    }
    const auto by_name = [&](const FollowedLine& line) { return item_name(line.last.item); };
    std::ranges::stable_sort(lines_, {}, by_name);
}

/// What the order desk found: without what the order itself has taken of it since.
Sight OrderWatcher::sight_before(const Seen& seen, std::uint32_t item) const {
    Sight before = sight(seen, item);
    before.before = true;
    const bool at_once = models::posts_at_once(network_.strategy.integration);
    for (const FollowedLine& followed : lines_) {
        const Line& line = followed.last;
        if (line.item != item) continue;
        before.promised -= line.allocated;
        before.waiting -= line.waiting;
        before.on_shelf += line.shipped;
        if (at_once) {
            before.on_record += line.shipped;
        } else {
            before.promised -= line.shipped;
        }
    }
    return before;
}

/// What is offered in place of items that are short; what is taken are the order's lines from then on.
void OrderWatcher::tell_offers(const Seen& seen) {
    for (const models::SubstituteOffered& offer : seen.told<models::SubstituteOffered>()) {
        if (offer.order != place_) continue;
        tell(seen, "order desk",
             fmt::format("{} of {}: too few are there; offers {} in their place", offer.units, item_name(offer.item),
                         item_name(offer.substitute)));
        tell(seen, "customer", offer.taken ? "takes the substitute" : "doesn't want the substitute");
    }
}

void OrderWatcher::tell_line(const FollowedLine& followed, const Seen& seen) {
    const Line& line = followed.last;
    const std::string item = item_name(line.item);
    // Of several lines of an item the first one shows it.
    const auto first = std::ranges::find(lines_, line.item, [](const FollowedLine& l) { return l.last.item; });
    const bool shown = &*first != &followed;
    const std::vector<Sight> sights = shown ? std::vector<Sight>{} : std::vector{sight_before(seen, line.item)};
    const std::string ordered = fmt::format("{} of {}: ", line.ordered, item);
    const int there = line.allocated + line.staged + line.shipped, missing = line.ordered - there;
    if (line.held) return tell(seen, "order desk", ordered + "nothing is promised while the order is held", sights);
    if (missing == 0) {
        const bool gone = !followed.open || line.shipped == line.ordered;
        tell(seen, "order desk",
             ordered + (gone ? "on the record and on the shelf, handed over at once"
                             : "the record has them, they are promised to this order"),
             sights);
        return;
    }
    const bool waits = line.waiting > 0;
    const bool by_shop = models::is_bought_by_view(state(seen.world), last_, network_);
    const Sight before = sight_before(seen, line.item);
    const int on_record = std::min(line.ordered, before.on_record - before.promised);
    const std::string had = by_shop && on_record > there
                                ? fmt::format("the web shop shows only {}, though the record has more to give", there)
                            : there > 0 ? fmt::format("the record has only {} to give", there)
                                        : std::string("the record has none to give");
    tell(seen, "order desk",
         fmt::format("{}{}; the customer {} {}", ordered, had, waits ? "waits for" : "cancels",
                     missing == line.ordered ? std::string("all") : fmt::format("the other {}", missing)),
         sights);
    shortages_.push_back({ItemId{line.item}, seen.at(), true, missing, !waits, {}, {}, followed.place});
    if (waits) return;
    shortages_.back().until = seen.at();
    take_lost(seen, line.item);
}

}  // namespace entrepot::studies::explain
