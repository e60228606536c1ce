#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "models/network/calendar.hpp"
#include "results/text/format.hpp"
#include "studies/explain/diary.hpp"
#include "studies/explain/happenings_text.hpp"

namespace entrepot::studies::explain {

using models::SiteId;

namespace {

constexpr int kWeek = 7;

/// What the open lines of some midnights waited for.
struct Held {
    long stock = 0, pick = 0, dock = 0, unreleased = 0, open = 0, midnights = 0;

    void add(const DayOfSite& day) {
        stock += day.waiting_for_stock;
        pick += day.to_pick();
        dock += day.at_dock;
        unreleased += std::min(day.unreleased, day.to_pick());
        open += day.open;
    }
    /// What decided is worth a word only where something came late; departures decide only where some are missed.
    std::string text(bool some_late, bool some_missed) const {
        if (open == 0) return "Nothing was open at midnight.";
        const std::array<std::pair<long, const char*>, 4> parts{
            {{stock, some_late ? "stock: the shelves decided" : "stock"},
             {unreleased, some_late ? "their release to the warehouse, which was stuck: the systems decided"
                                    : "their release to the warehouse, which was stuck"},
             {pick - unreleased,
              some_late ? "people to pick them: the warehouse's hands decided" : "people to pick them"},
             {dock, some_missed ? "a truck that takes them: departures decided" : "their carrier's hour"}}};
        const auto& most = *std::ranges::max_element(parts);
        const std::string when = midnights > 1 ? fmt::format("Of {} at {} midnights, each counted at each of them,",
                                                             count_text(open, "open line"), amount_text(midnights))
                                               : fmt::format("Of {} at midnight", count_text(open, "open line"));
        const std::string stuck =
            unreleased > 0 ? fmt::format(" ({} of them as their release was stuck)", amount_text(unreleased)) : "";
        return fmt::format(
            "{} {} waited for stock, {} were not yet picked{}, and {} lay at the dock. {} waited for {}.", when,
            amount_text(stock), amount_text(pick), stuck, amount_text(dock),
            2 * most.first > open ? "Most" : "More than anything else", most.second);
    }
};

/// " Down: postings (3.2 hours; 2 messages were given up), purchase orders (8.0 hours of 2 links)."; nothing where all
/// went on.
std::string down_text(const DownByInterface& down) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < down.size(); ++i) {
        const Down& of = down[i];
        std::vector<std::string> parts;
        if (of.hours > 0) {
            parts.push_back(fmt::format("down for {:.1f} hours{}", of.hours,
                                        of.links > 1 ? fmt::format(" of {} links", of.links) : std::string()));
        }
        if (of.given_up > 0) parts.push_back(count_text(of.given_up, "message") + " given up");
        if (parts.empty()) continue;
        all.push_back(fmt::format("{} ({})", interface_text(static_cast<models::InterfaceName>(i)), listed(parts)));
    }
    return all.empty() ? "" : fmt::format(" Messages that failed: {}.", listed(all));
}

/// "398 of 1,423 orders".
std::string share_text(long part, long whole, const std::string& one) {
    return fmt::format("{} of {}", amount_text(part), count_text(whole, one));
}

/// "12 of 40" of a day's end.
std::string overdue_text(const DayOfSite& day) {
    return fmt::format("{} of {}", amount_text(day.overdue), amount_text(day.open_orders));
}

}  // namespace

std::string Diary::numbers_text(const DayOfSite& day) const {
    return fmt::format(
        "{} open, {} of them past due: {} wait for stock, {} are to be picked, {} lie at the dock in {}; {} empty",
        count_text(day.open, "line"), amount_text(day.past_due), amount_text(day.waiting_for_stock),
        amount_text(day.to_pick()), amount_text(day.at_dock), count_text(day.staged, "shipment"),
        count_text(day.empty_shelves, "shelf", "shelves"));
}

std::string Diary::phases_text(int first, int end) const {
    std::vector<std::string> all;
    for (const models::Phase& phase : network_.phases) {
        if (phase.first_day < end && phase.end_day > first) all.push_back(phase.name);
    }
    return all.empty() ? "" : fmt::format("Phase: {}.", listed(all));
}

/// " Disturbed by flood (the site is closed until ...)."; nothing where all went on.
std::string Diary::disturbed_text(SiteId site, int first, int end) const {
    const auto steps = disturbances_at(network_, happenings_, site, std::nullopt,
                                       {models::start_of(first), models::start_of(end)}, clock_);
    return steps.empty() ? "" : fmt::format(" Disturbed by {}.", disturbances_text(steps));
}

std::string Diary::disturbed_suppliers(int day) const {
    std::vector<Step> all;
    for (const auto supplier : sim::ids<models::SupplierId>(network_.suppliers)) {
        const auto steps = disturbances_of(network_, happenings_, supplier,
                                           {models::start_of(day), models::start_of(day + 1)}, clock_);
        all.insert(all.end(), steps.begin(), steps.end());
    }
    return all.empty() ? "" : fmt::format(" Disturbed by {}.", disturbances_text(all));
}

Story Diary::story_of_day() const {
    const int day = *day_;
    Story story{.subject = "day", .name = names_.date(day) + (site_ ? " at " + network_.sites[*site_].name : "")};
    const std::string phase = phases_text(day, day + 1);
    story.about.push_back(fmt::format("It is {}.{}", clock_.day(day), phase.empty() ? "" : " " + phase));
    story.steps = steps_;
    Held held{.midnights = 1};
    int late = 0, closed = 0, filled = 0, attempts = 0, missed = 0;
    for (const SiteId site : sim::ids<SiteId>(network_.sites)) {
        if (!watched(site)) continue;
        const DayOfSite& numbers = of(site, day);
        held.add(numbers);
        late += numbers.late;
        closed += numbers.closed;
        filled += numbers.filled;
        attempts += numbers.first_attempts;
        missed += numbers.missed;
        const int before = day > 0 ? of(site, day - 1).open : 0;
        const int ended = before + numbers.lines - numbers.open;
        story.about.push_back(fmt::format(
            "{}: {} open at the beginning; {} with {} came; {} ended, as the last of them left or was cancelled. {} "
            "were picked, and {} left, some in parts. At the end {}.{}{}",
            network_.sites[site].name, count_text(before, "line"), count_text(numbers.orders, "order"),
            count_text(numbers.lines, "line"), amount_text(ended), count_text(numbers.picked, "line"),
            amount_text(numbers.shipped), numbers_text(numbers), down_text(numbers.down),
            disturbed_text(site, day, day + 1)));
        if (!site_) {
            story.see.push_back(
                fmt::format("--site {} --day {}", shell_word(network_.sites[site].name), names_.date(day)));
        }
    }
    if (!site_) {
        const DayOfHeadquarters& hq = headquarters_[static_cast<std::size_t>(day)];
        story.about.push_back(fmt::format(
            "Headquarters: {} placed, {} ordered, {} came in, {} settled; {} waited for planners at the end.{}{}",
            count_text(hq.purchase_lines, "purchase line"), count_text(hq.transfers, "transfer"),
            count_text(hq.complaints, "complaint"), count_text(hq.exceptions, "late delivery", "late deliveries"),
            count_text(hq.planner_queue, "case"), down_text(hq.down), disturbed_suppliers(day)));
    }
    const std::string ended = closed == 0 ? std::string("No order ended on the day")
                                          : share_text(late, closed, "order") + " that ended on the day were late";
    const std::string tried = attempts == 0
                                  ? std::string("no line had its first attempt")
                                  : share_text(filled, attempts, "line") + " were filled at the first attempt";
    story.closing = fmt::format("{}, and {}; {} missed their departure. {}", ended, tried,
                                count_text(missed, "shipment"), held.text(late > 0 || missed > 0, missed > 0));
    return story;
}

/// Week by week, in numbers.
Story Diary::story_of_site() const {
    const SiteId site = *site_;
    Story story{.subject = "site", .name = network_.sites[site].name};
    const int first = network_.calendar.warmup_days;
    const int end = std::min(first + network_.calendar.measure_days, network_.calendar.total_days());
    Held held;
    int worst_day = first, late = 0, closed = 0, filled = 0, attempts = 0, missed = 0;
    for (int week = first; week < end; week += kWeek) {
        DayOfSite sum;
        const int last = std::min(week + kWeek, end);
        for (int day = week; day < last; ++day) {
            const DayOfSite& one = of(site, day);
            held.add(one);
            ++held.midnights;
            sum.orders += one.orders;
            sum.lines += one.lines;
            sum.closed += one.closed;
            sum.late += one.late;
            sum.first_attempts += one.first_attempts;
            sum.filled += one.filled;
            sum.missed += one.missed;
            sum.overtime += one.overtime;
            sum.penalties += one.penalties;
            for (std::size_t i = 0; i < sum.down.size(); ++i) {
                sum.down[i].hours += one.down[i].hours;
                sum.down[i].given_up += one.down[i].given_up;
            }
            if (one.past_due > of(site, worst_day).past_due) worst_day = day;
        }
        late += sum.late;
        closed += sum.closed;
        filled += sum.filled;
        attempts += sum.first_attempts;
        missed += sum.missed;
        std::string down = down_text(sum.down), disturbed = disturbed_text(site, week, last);
        story.steps.push_back(
            {models::start_of(week),
             last - week == kWeek ? "week" : "last " + count_text(last - week, "day"),
             fmt::format("{} with {}; {} that ended were late, and {} still open at its end were past their day; {} "
                         "filled at the first attempt; {} missed their departure; {} of overtime; {} of penalties. At "
                         "its end {}{}{}",
                         count_text(sum.orders, "order"), count_text(sum.lines, "line"),
                         share_text(sum.late, sum.closed, "order"), overdue_text(of(site, last - 1)),
                         share_text(sum.filled, sum.first_attempts, "line"), count_text(sum.missed, "shipment"),
                         count_text(std::lround(sum.overtime), "hour"),
                         results::money_text(sum.penalties.amount(), network_.currency),
                         numbers_text(of(site, last - 1)), down.empty() ? "" : "." + down,
                         disturbed.empty() ? "" : (down.empty() ? "." : "") + disturbed),
             {}});
    }
    story.see.push_back(
        fmt::format("--site {} --day {}", shell_word(network_.sites[site].name), names_.date(worst_day)));
    story.closing = fmt::format(
        "In the measured window {} that ended were late, {} still open at its end were past their day, and {} were "
        "filled at the first attempt. {} Most lines were past due on {}.",
        share_text(late, closed, "order"), end > first ? overdue_text(of(site, end - 1)) : "none",
        share_text(filled, attempts, "line"), held.text(late > 0, missed > 0), clock_.day(worst_day));
    return story;
}

Story Diary::story() const { return day_ ? story_of_day() : story_of_site(); }

}  // namespace entrepot::studies::explain
