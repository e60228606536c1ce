#include <algorithm>

#include <fmt/format.h>

#include "models/network/calendar.hpp"
#include "results/text/format.hpp"
#include "studies/clock.hpp"
#include "studies/explain/happenings_text.hpp"
#include "studies/explain/supply.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

namespace {

bool happened(Time t) { return t != sim::kNever; }

/// What a supplier has told, after which the line is due at that moment by the record.
std::string told_text(const models::SupplierTold& news, Time due, const Clock& clock) {
    const bool notice = static_cast<models::Heard>(news.heard) == models::Heard::asn;
    std::string text = notice            ? "announces that a truck has left"
                       : news.asked != 0 ? "is asked, and answers"
                                         : "answers";
    if (news.later != 0 && happened(due)) {
        text += fmt::format(": it comes {} {}, on {}", span_text(sim::days{std::abs(news.later)}),
                            news.later > 0 ? "later" : "sooner", clock.day(due));
    } else {
        text += ": as the record has it";
    }
    if (news.fewer > 0) text += fmt::format(", {} fewer", units_text(news.fewer));
    return text;
}

/// One stay after the other, each until the next moment that came; the last one until now.
class Stays {
public:
    Stays(Time from, Time until) : at_(from), until_(until) {}

    void until(Time moment, const char* where) {
        if (ended_) return;
        const Time to = happened(moment) ? moment : until_;
        if (to > at_) stays_.push_back({where, at_, to});
        at_ = std::max(at_, to);
        ended_ = !happened(moment);
    }
    /// The same of a message, which may be given up on its way.
    void until(Time moment, const char* where, const std::vector<Hop>& hops, models::InterfaceName interface) {
        const char* now = where;
        for (const Hop& hop : hops) {
            if (!hop.of(interface) || hop.at >= moment) continue;
            const char* next = is_given_up(hop) ? "given up between the systems, until people see to it" : where;
            if (next != now) until(hop.at, now);
            now = next;
        }
        until(moment, now);
    }
    std::vector<Stay> all() { return std::move(stays_); }

private:
    std::vector<Stay> stays_;
    Time at_, until_;
    bool ended_ = false;
};

}  // namespace

int PurchaseCourse::day() const { return models::day_of(proposed); }
int TransferCourse::day() const { return models::day_of(proposed); }

std::vector<Stay> PurchaseCourse::stays(Time until) const {
    Stays stays(proposed, until);
    if (happened(given_up)) {
        stays.until(std::min(begun, given_up), "waiting for a planner");
        if (happened(begun)) stays.until(given_up, "on a planner's desk");
        return stays.all();
    }
    if (!automatic && !under_way) {
        stays.until(begun, "waiting for a planner");
        stays.until(happened(handled) ? handled : placed, "on a planner's desk");
    }
    if (approval) stays.until(placed, "waiting for an approval");
    if (by_supplier) {
        const char* where = "on the way to the supplier as a message";
        stays.until(reached, where, messages, models::InterfaceName::purchase_order);
    }
    if (happened(placed) && capacity_wait > models::Duration::zero()) {
        const Time end = std::min({(happened(reached) ? reached : placed) + capacity_wait, arrived, paid_at});
        stays.until(end <= until ? end : sim::kNever, "waiting for the supplier's capacity");
    }
    stays.until(arrived, "with the supplier");
    if (brought > 0 || !happened(known)) stays.until(put_away, "at the dock");
    stays.until(known, "on the shelf, unknown to headquarters");
    return stays.all();
}

models::Duration PurchaseCourse::lay(Time until) const {
    const Time end = happened(given_up) ? given_up : happened(put_away) ? put_away : happened(known) ? known : until;
    return end - proposed;
}

std::string PurchaseCourse::place_at(Time t) const {
    if (proposed > t) return "";
    const std::vector<Stay> all = stays(sim::kNever);
    const auto now = std::ranges::find_if(all, [&](const Stay& stay) { return stay.from <= t && t < stay.to; });
    return now == all.end() ? "" : now->where;
}

std::vector<Stay> TransferCourse::stays(Time until) const {
    Stays stays(proposed, until);
    stays.until(asked, "on the way as a message", messages, models::InterfaceName::transfer_order);
    stays.until(left, "being picked, and waiting for the truck");
    if (sent > 0 || !happened(left)) {
        stays.until(arrived, "on the way");
        stays.until(put_away, "at the dock");
    }
    return stays.all();
}

std::vector<Step> Supply::steps(const PurchaseCourse& course) const {
    const Clock clock(network_.calendar);
    const models::Item& item = network_.items[course.item];
    const models::Supplier& supplier = network_.suppliers[item.supplier];
    const std::string what =
        fmt::format("{} of {} for {}", course.ordered, item.name, network_.sites[course.site].name);
    std::vector<Step> steps;
    const auto step = [&](Time at, std::string who, std::string text) {
        if (happened(at)) steps.push_back({at, std::move(who), std::move(text), {}});
    };
    if (course.under_way) {
        step(course.placed, "headquarters", fmt::format("had ordered {} before the first day", what));
    } else {
        const auto& levels = course.levels;
        std::string why = fmt::format("wants {}", what);
        if (levels.order_up_to > 0) {
            why += fmt::format(
                ": net and on order were at or below {:.0f}, which is filled up to {:.0f} (levels of {}, {:.2f} a day)",
                levels.reorder_point, levels.order_up_to, clock.day(course.computed_day), levels.daily_rate);
        }
        step(course.proposed, "review", why);
        steps.back().sights.push_back(course.proposed_at);
        if (!course.automatic) {
            step(course.begun, "planner", fmt::format("takes up the line of {} of {}", course.ordered, item.name));
            if (course.approval) step(course.handled, "planner", "is done with it, and asks for an approval");
        }
        const char* who = course.approval ? "approver" : course.automatic ? "guardrails" : "planner";
        const char* how = course.approval    ? "approves it: it is placed"
                          : course.automatic ? "let it out untouched"
                                             : "places it";
        const std::string due = happened(course.due_by_master)
                                    ? fmt::format(", due on {} by the record", clock.day(course.due_by_master))
                                    : std::string();
        step(course.placed, who, fmt::format("{} with {}{}", how, supplier.name, due));
    }
    Time by_record = course.due_by_master;
    for (const PurchaseCourse::Told& told : course.told) {
        if (happened(by_record)) by_record += sim::days{told.news.later};
        step(told.at, "supplier " + supplier.name, told_text(told.news, by_record, clock));
    }
    if (happened(course.placed)) {
        const models::Span span{course.placed, std::min(course.arrived, ended_)};
        for (Step& one : disturbances_of(network_, happenings_, item.supplier, span, clock)) {
            steps.push_back(std::move(one));
        }
    }
    step(course.given_up, "planner", fmt::format("leaves {} of {} to the next review", course.ordered, item.name));
    if (course.late && happened(course.due)) {
        step(std::max(course.due, course.proposed), "supplier " + supplier.name,
             fmt::format("should have brought {} of {} by now{}", course.ordered, item.name,
                         course.chased ? "; a planner is to chase it" : ""));
    }
    if (course.sooner > models::Duration::zero()) {
        step(course.paid_at, "planner",
             fmt::format("pays {} for faster delivery: it is to come {} sooner",
                         results::money_text(course.paid.amount(), network_.currency), span_text(course.sooner)));
    }
    const std::string short_by =
        course.brought < course.ordered ? fmt::format(", {} fewer than ordered", course.ordered - course.brought) : "";
    step(course.arrived, "supplier " + supplier.name,
         fmt::format("brings {} of {}{}", course.brought, item.name, short_by));
    step(course.put_away, "receiving", fmt::format("has put {} of {} on the shelf", course.put, item.name));
    step(course.known, "headquarters", fmt::format("hears of the receipt of {} of {}", course.put, item.name));
    add_messages(steps, network_, course.messages);
    return steps;
}

std::vector<Step> Supply::steps(const TransferCourse& course) const {
    const std::string item = network_.items[course.item].name;
    const std::string from = network_.sites[course.from].name, to = network_.sites[course.to].name;
    std::vector<Step> steps;
    const auto step = [&](Time at, std::string who, std::string text) {
        if (happened(at)) steps.push_back({at, std::move(who), std::move(text), {}});
    };
    const char* how = course.mode == models::TransferMode::urgent ? " by a truck of its own"
                      : course.mode == models::TransferMode::lent ? " as a loan"
                                                                  : " by the next scheduled truck";
    step(course.proposed, "headquarters",
         fmt::format("wants {} of {} moved from {} to {}{}", course.wanted, item, from, to, how));
    step(course.asked, "warehouse " + from, fmt::format("is asked for {} of {}", course.wanted, item));
    if (course.sent == 0) {
        step(course.left, "warehouse " + from, "has none to give");
    } else {
        step(course.left, "truck", fmt::format("has left {} with {} of {}", from, course.sent, item));
        step(course.arrived, "truck", fmt::format("is at {} with {} of {}", to, course.sent, item));
        step(course.put_away, "receiving", fmt::format("has put {} of {} on the shelf of {}", course.sent, item, to));
    }
    add_messages(steps, network_, course.messages);
    return steps;
}

std::string Supply::under_way(models::SiteId site, models::ItemId item, Time t) const {
    const Clock clock(network_.calendar);
    std::vector<std::string> lines;
    for (const PurchaseCourse& course : purchases_) {
        if (course.item != item || course.site != site) continue;
        const std::string place = course.place_at(t);
        if (place.empty() || course.put_away <= t) continue;
        std::string due;
        if (course.placed <= t && happened(course.due)) due = ", due on " + clock.day(course.due);
        if (course.overdue(t)) due += fmt::format(", {} overdue", span_text(t - course.due));
        lines.push_back(fmt::format("{} ({}, {}{})", name(course), units_text(course.ordered), place, due));
    }
    for (const TransferCourse& course : transfers_) {
        if (course.item != item || course.to != site || course.proposed > t || course.put_away <= t) continue;
        const std::vector<Stay> stays = course.stays(sim::kNever);
        const auto now = std::ranges::find_if(stays, [&](const Stay& stay) { return stay.from <= t && t < stay.to; });
        if (now == stays.end()) continue;
        const models::Units units = course.left <= t ? course.sent : course.wanted;
        lines.push_back(fmt::format("{} ({}, {})", name(course), units_text(units), now->where));
    }
    return listed(lines);
}

std::optional<Supply::Goods> Supply::brought(models::SiteId site, models::ItemId item, Time after, Time until) const {
    std::optional<Goods> last;
    const auto take = [&](const auto& course) {
        if (course.put_away <= after || course.put_away > until) return;
        if (!last || course.put_away > last->put_away) {
            last = Goods{name(course), course.put_away, course.stays(course.put_away)};
        }
    };
    for (const PurchaseCourse& course : purchases_) {
        if (course.item == item && course.site == site) take(course);
    }
    for (const TransferCourse& course : transfers_) {
        if (course.item == item && course.to == site) take(course);
    }
    return last;
}

std::vector<const PurchaseCourse*> Supply::overdue(models::SiteId site, models::ItemId item, Time t) const {
    std::vector<const PurchaseCourse*> late;
    for (const PurchaseCourse& course : purchases_) {
        if (course.item == item && course.site == site && course.placed <= t && course.overdue(t)) {
            late.push_back(&course);
        }
    }
    std::ranges::stable_sort(late, {}, &PurchaseCourse::due);
    return late;
}

namespace {

/// The place that took most of its time; the table of all stands above.
std::string where_most(const std::vector<Stay>& stays) {
    models::Duration all{};
    for (const Stay& stay : stays) all += stay.span();
    if (all <= models::Duration::zero()) return "It took no time. ";
    const Stay most = longest_first(stays).front();
    return fmt::format("Of its {} it was {} {}. ", span_text(all), span_text(most.span()), most.where);
}

/// What is usual of a supplier, whatever its record says: a late line is a draw from that.
std::string habits(const models::Supplier& supplier) {
    if (supplier.lead_time) return "";
    std::string text = fmt::format("{} takes {:.0f} days on average, give or take {:.0f}", supplier.name,
                                   sim::in<sim::days>(supplier.lead_time_mean),
                                   supplier.lead_time_cv * sim::in<sim::days>(supplier.lead_time_mean));
    if (supplier.on_time < 1) {
        text += fmt::format(", and {:.0f} % of its orders come later still, by {:.0f} days on average",
                            100 * (1 - supplier.on_time), sim::in<sim::days>(supplier.delay_mean));
    }
    return text + ". ";
}

}  // namespace

Story Supply::story(const PurchaseCourse& course) const {
    const Clock clock(network_.calendar);
    Story story{.subject = "purchase line", .name = name(course)};
    story.steps = steps(course);
    story.stays = course.stays(ended_);
    std::string closing = where_most(story.stays);
    constexpr models::Duration kLong = std::chrono::hours{2};
    if (course.begun != sim::kNever && course.begun - course.proposed > kLong && course.queue > 0) {
        closing += fmt::format("When it was proposed it was one of {} before {}. ",
                               count_text(static_cast<long>(course.queue), "case"),
                               count_text(network_.office.planners, "planner"));
    }
    if (course.approval) {
        const models::Money truth = network_.items[course.item].unit_cost, worth = course.unit_cost * course.ordered;
        const bool wrong = course.unit_cost.micros != truth.micros;
        const auto& levels = network_.strategy.governance.approvals;
        const auto asked = std::ranges::find_if(
            levels, [](const models::ApprovalLevel& level) { return level.concerns(models::DecisionKind::purchase); });
        closing += fmt::format(
            "It was worth {} at cost{}, and whatever is above {} waits for an approval. ",
            results::money_text(worth.amount(), network_.currency),
            wrong ? fmt::format(" by the record, and {} in truth",
                                results::money_text((truth * course.ordered).amount(), network_.currency))
                  : std::string(),
            results::money_text((asked == levels.end() ? worth : asked->above).amount(), network_.currency));
    }
    const models::Supplier& supplier = network_.suppliers[network_.items[course.item].supplier];
    if (happened(course.due) && happened(course.arrived) && happened(course.placed)) {
        const auto late = course.arrived - course.due;
        const double agreed = sim::in<sim::days>(supplier.lead_time_on_record);
        closing +=
            fmt::format("The record says that {} takes {:.1f} days; it took {}, {}. ", supplier.name, agreed,
                        span_text(course.arrived - course.placed),
                        models::day_of(course.arrived) <= models::day_of(course.due) ? std::string("in time")
                                                                                     : span_text(late) + " late");
    }
    const bool sent = course.by_supplier && happened(course.placed);
    const bool heard_of = !sent || happened(course.reached);
    if (!heard_of) {
        closing += fmt::format("{} had not heard of it at the end: its message was stuck. ", supplier.name);
    } else if (sent && course.reached - course.placed > kLong) {
        closing += fmt::format("{} heard of it only {} after it was placed. ", supplier.name,
                               span_text(course.reached - course.placed));
    }
    const Time came = happened(course.arrived) ? course.arrived : ended_;
    if (heard_of && happened(course.due) && came - course.due >= sim::days{1}) closing += habits(supplier);
    if (course.capacity_wait > models::Duration::zero()) {
        closing += fmt::format("More had been ordered of {} than it makes: the line had {} to wait for its capacity. ",
                               supplier.name, span_text(course.capacity_wait));
    }
    if (course.sooner > models::Duration::zero()) {
        closing += fmt::format("{} paid for faster delivery brought it {} sooner. ",
                               results::money_text(course.paid.amount(), network_.currency), span_text(course.sooner));
    }
    if (happened(course.given_up)) {
        closing += fmt::format("It was given up on {}, and left to the next review. ", clock.day(course.given_up));
    } else if (!happened(course.placed)) {
        closing += "It was not placed before the end. ";
    } else if (!happened(course.arrived)) {
        const std::string due = happened(course.due) ? clock.day(course.due) : "";
        closing += due.empty()              ? std::string("It had not come before the end. ")
                   : course.overdue(ended_) ? fmt::format("It had not come at the end, {} after it was due on {}. ",
                                                          span_text(ended_ - course.due), due)
                                            : fmt::format("It was not yet due at the end, but on {}. ", due);
    }
    if (course.not_coming > 0) closing += fmt::format("{} of it never came. ", units_text(course.not_coming));
    while (closing.ends_with(' ')) closing.pop_back();
    story.closing = closing;
    story.see.push_back(fmt::format("--item {} --site {} --day {}", shell_word(network_.items[course.item].name),
                                    shell_word(network_.sites[course.site].name),
                                    names_.date(std::max(0, course.day()))));
    return story;
}

Story Supply::story(const TransferCourse& course) const {
    Story story{.subject = "transfer", .name = name(course)};
    story.steps = steps(course);
    story.stays = course.stays(ended_);
    story.closing = where_most(story.stays);
    if (course.sent < course.wanted && happened(course.left)) {
        story.closing += fmt::format(
            "{} of the {} that were wanted came: the other site had promised the rest to its own customers, or its "
            "record was wrong. ",
            course.sent, course.wanted);
    }
    while (story.closing.ends_with(' ')) story.closing.pop_back();
    for (const models::SiteId site : {course.to, course.from}) {
        story.see.push_back(fmt::format("--item {} --site {} --day {}", shell_word(network_.items[course.item].name),
                                        shell_word(network_.sites[site].name), names_.date(course.day())));
    }
    return story;
}

}  // namespace entrepot::studies::explain
