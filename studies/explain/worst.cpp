#include "studies/explain/worst.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/network/calendar.hpp"
#include "results/text/format.hpp"

namespace entrepot::studies::explain {

using models::ItemId;
using models::SiteId;

namespace {

/// A shelf that nobody asks is not worth a story.
constexpr double kSells = 1;  // units a day

/// Keeps the greatest ones in front, and the others only while they are few.
template <class T, class Key>
void keep_greatest(std::vector<T>& all, std::size_t most, Key key) {
    std::ranges::stable_sort(all, std::greater<>(), key);
    if (all.size() > most) all.resize(most);
}

template <class T, class Key>
void add(std::vector<T>& all, const T& one, std::size_t most, Key key) {
    all.push_back(one);
    if (all.size() >= 4 * most + 64) keep_greatest(all, most, key);
}

}  // namespace

Worst::Worst(const models::Network& network, const Supply& supply, std::size_t most)
    : network_(network), supply_(supply), names_(network), clock_(network.calendar), most_(most) {
    empty_.resize(network.sites.size());
    is_empty_.assign(network.items.size() * network.sites.size(), false);
}

bool Worst::measured(int day) const {
    const int first = network_.calendar.warmup_days;
    return day >= first && day < first + network_.calendar.measure_days;
}

void Worst::see(const Seen& seen) {
    if (seen.event.to() == models::headquarters_of(network_)) return;
    look_at_orders(seen);
    look_for_ends(seen, SiteId{seen.event.to()});
}

void Worst::look_at_orders(const Seen& seen) {
    models::Money penalty;
    for (const models::Fact& fact : seen.facts) {
        if (fact.kind() == models::FactList::kind_of<models::PenaltyCharged>()) {
            penalty = {fact.as<models::PenaltyCharged>().micros};  // of the order whose end is told next
        } else if (fact.kind() == models::FactList::kind_of<models::OrderClosed>()) {
            const auto& closed = fact.as<models::OrderClosed>();
            const SiteId site{seen.event.to()};
            const models::Order& order = seen.world.state.sites[site].orders[closed.order];
            Ended ended{.address = {site, order.key, order.coordinate, order.internal},
                        .late = closed.cancelled ? 0 : closed.delivered_day - closed.promised_day,
                        .penalty = penalty,
                        .promised_day = closed.promised_day};
            penalty = {};
            if (order.internal || !measured(closed.placed_day)) continue;
            if (ended.late > 0) add(late_, ended, most_, &Ended::late);
            if (ended.penalty.micros > 0) add(dear_, ended, most_, &Ended::penalty);
        }
    }
}

/// The end of a day finds what has run dry in it: since when, the shelf itself knows. What was filled again on the same
/// day is worth no story.
void Worst::at_close(const models::World& world) {
    for (const SiteId site : sim::ids<SiteId>(network_.sites)) {
        const models::SiteState& there = world.state.sites[site];
        for (const ItemId item : sim::ids<ItemId>(network_.items)) {
            const std::size_t location = site.index() * network_.items.size() + item.index();
            if (there.truth[item].on_hand > 0 || is_empty_[location]) continue;
            is_empty_[location] = true;
            empty_[site.index()].push_back({site, item, there.truth[item].empty_since, {}});
        }
    }
}

/// A time without stock ends as an item's story has it: with stock again for all who wait.
void Worst::look_for_ends(const Seen& seen, SiteId site) {
    const models::SiteState& there = seen.world.state.sites[site];
    std::erase_if(empty_[site.index()], [&](Dry& dry) {
        if (there.truth[dry.item].on_hand == 0 || there.record[dry.item].waiting > 0) return false;
        is_empty_[site.index() * network_.items.size() + dry.item.index()] = false;
        dry.to = seen.at();
        if (measured(models::day_of(dry.from))) dry_.push_back(dry);
        return true;
    });
}

/// Orders that are still open as the horizon ends are late by what has passed; shelves go on being empty.
void Worst::end(const models::World& world, std::span<const models::Fact>) {
    const int end = network_.calendar.total_days();
    for (const SiteId site : sim::ids<SiteId>(network_.sites)) {
        const models::SiteState& there = world.state.sites[site];
        for (std::uint32_t place = 0; place < there.orders.size(); ++place) {
            const models::Order& order = there.orders[place];
            const bool open = order.lines_open > 0 || order.shipments_open > 0;
            if (!open || order.internal || !measured(order.placed_day) || order.promised_day >= end) continue;
            add(late_,
                {{site, order.key, order.coordinate, false}, end - order.promised_day, true, {}, order.promised_day},
                most_, &Ended::late);
        }
        for (Dry& dry : empty_[site.index()]) {
            dry.to = world.now;
            if (measured(models::day_of(dry.from))) dry_.push_back(dry);
        }
    }
    keep_greatest(late_, most_, &Ended::late);
    keep_greatest(dear_, most_, &Ended::penalty);
    std::ranges::stable_sort(dry_, std::greater<>(), &Dry::lasted);
}

TellingList Worst::latest() const {
    TellingList list{"Latest orders", "days late", {}};
    for (const Ended& ended : late_) {
        const std::string name = names_.order(ended.address);
        list.all.push_back(
            {fmt::format("{} {} {}, promised for {}", name, ended.open ? "was open, and late by" : "came late by",
                         count_text(ended.late, "day"), clock_.day(ended.promised_day)),
             "--order " + shell_word(name), static_cast<double>(ended.late)});
    }
    return list;
}

TellingList Worst::dearest() const {
    TellingList list{"Orders with the highest penalties", network_.currency, {}};
    for (const Ended& ended : dear_) {
        const std::string name = names_.order(ended.address);
        const double amount = ended.penalty.amount();
        list.all.push_back({fmt::format("{} cost {}{}", name, results::money_text(amount, network_.currency),
                                        ended.late > 0 ? fmt::format(", {} late", count_text(ended.late, "day"))
                                                       : std::string(", not in full")),
                            "--order " + shell_word(name), amount});
    }
    return list;
}

TellingList Worst::longest_dry() const {
    const auto sells = [&](const Dry& dry) { return network_.usual_daily_units[dry.site][dry.item] >= kSells; };
    const bool some = std::ranges::any_of(dry_, sells);
    TellingList list{some ? "Longest stock-outs of what sells a unit a day or more" : "Longest stock-outs", "days", {}};
    for (const Dry& dry : dry_) {
        if ((some && !sells(dry)) || list.all.size() >= most_) continue;
        const std::string item = network_.items[dry.item].name, site = network_.sites[dry.site].name;
        list.all.push_back(
            {fmt::format("{} at {} had none for {} from {} on; {:.1f} a day are usual there", item, site,
                         span_text(dry.lasted()), clock_.day(dry.from), network_.usual_daily_units[dry.site][dry.item]),
             fmt::format("--item {} --site {} --day {}", shell_word(item), shell_word(site),
                         names_.date(models::day_of(dry.from))),
             sim::in<sim::days>(dry.lasted())});
    }
    return list;
}

TellingList Worst::longest_lying(bool before_placed) const {
    std::vector<const PurchaseCourse*> lines;
    const Time until = supply_.until();
    const auto lay = [&](const PurchaseCourse* course) {
        if (!before_placed) return course->lay(until);
        return (course->placed == sim::kNever ? until : course->placed) - course->proposed;
    };
    for (const PurchaseCourse& course : supply_.purchases()) {
        if (!course.under_way && measured(course.day())) lines.push_back(&course);
    }
    std::ranges::stable_sort(lines, std::greater<>(), lay);
    TellingList list{before_placed ? "Purchase lines that lay longest before they were placed"
                                   : "Purchase lines that took longest to the shelf",
                     "days",
                     {}};
    for (const PurchaseCourse* course : lines) {
        if (list.all.size() >= most_ || lay(course) <= models::Duration::zero()) break;
        const Stay longest = longest_first(course->stays(until)).front();
        const std::string name = supply_.name(*course);
        const bool came = course->put_away != sim::kNever || course->known != sim::kNever;
        list.all.push_back({fmt::format("{} {} {}{}, of them {} {}", name, came ? "took" : "had not come after",
                                        span_text(lay(course)), came ? "" : ", as the horizon ended",
                                        span_text(longest.span()), longest.where),
                            "--purchase " + shell_word(name), sim::in<sim::days>(lay(course))});
        if (before_placed) {
            list.all.back().what = fmt::format("{} lay {}", name, span_text(lay(course)));
        }
    }
    return list;
}

std::vector<TellingList> Worst::lists() const {
    std::vector<TellingList> lists{latest(), dearest(), longest_dry(), longest_lying(true), longest_lying(false)};
    std::erase_if(lists, [](const TellingList& list) { return list.all.empty(); });
    return lists;
}

}  // namespace entrepot::studies::explain
