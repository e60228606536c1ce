#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/decisions/planning.hpp"
#include "models/network/calendar.hpp"
#include "studies/explain/item_watcher.hpp"

namespace entrepot::studies::explain {

using models::day_of;
using models::start_of;

namespace {

/// A story tells what led to the dry spell: at most so long before it.
constexpr int kMostDaysBefore = 42, kDaysBefore = 7, kDaysAround = 7;
constexpr double kMuch = 1.25;  ///< times what was counted on is worth a word

}  // namespace

const ItemWatcher::Computed* ItemWatcher::levels_at(Time t) const {
    const Computed* last = nullptr;
    for (const Computed& computed : computed_) {
        if (computed.at <= t) last = &computed;
    }
    return last;
}

models::Units ItemWatcher::demand(int first, int end) const {
    const int last = std::min(end, static_cast<int>(demand_of_day_.size()));
    models::Units units = 0;
    for (int day = std::max(0, first); day < last; ++day) units += demand_of_day_[static_cast<std::size_t>(day)];
    return units;
}

bool ItemWatcher::reviews_on(int day) const {
    const models::InventoryPolicy* policy = network_.policy(site_, item_);
    if (policy == nullptr || !policy->planned() || !network_.calendar.is_business_day(day)) return false;
    return is_review_day(*policy, network_.suppliers[network_.items[item_].supplier], network_.calendar, day);
}

models::Duration ItemWatcher::measured(const DrySpell& spell) const {
    const int first = network_.calendar.warmup_days, end = first + network_.calendar.measure_days;
    const Time from = std::max(spell.from, start_of(first)), to = std::min(spell.to, start_of(end));
    return std::max(to - from, models::Duration::zero());
}

models::Duration ItemWatcher::dry() const {
    models::Duration dry{};
    for (const DrySpell& spell : spells_) dry += measured(spell);
    return dry;
}

std::string ItemWatcher::about() const {
    const int first = network_.calendar.warmup_days, end = first + network_.calendar.measure_days;
    const auto spells = std::ranges::count_if(
        spells_, [&](const DrySpell& spell) { return measured(spell) > models::Duration::zero(); });
    const std::string where = fmt::format("In the measured window, up to {}, {} at {}", clock_.day(end - 1),
                                          network_.items[item_].name, network_.sites[site_].name);
    const std::string wanted =
        fmt::format("{:.1f} units a day were wanted in it", static_cast<double>(demand(first, end)) / (end - first));
    if (spells == 0) return fmt::format("{} never ran dry; {}.", where, wanted);
    return fmt::format("{} ran dry {}, for {} in all; {}.", where, count_text(spells, "time"), span_text(dry()),
                       wanted);
}

/// By what the policy came to its levels.
std::string ItemWatcher::levels_text(const Computed& computed) const {
    const models::InventoryPolicy& policy = *network_.policy(site_, item_);
    std::string from;
    if (policy.needs.history_days > 0) {
        from = fmt::format("the mean of {:.0f} recorded days, {:.2f} a day", policy.needs.history_days,
                           computed.forecast.mean);
    } else if (policy.needs.forecast) {
        // What another estimator said is not kept; the levels count on it.
        const bool kept = policy.needs.estimator.by == models::Estimator::weekly;
        from = fmt::format("a forecast of {:.2f} a day", kept ? computed.forecast.level : computed.levels.daily_rate);
    }
    const double bias = network_.items[item_].seasonal ? network_.sites[site_].seasonal_bias : 0;
    if (policy.needs.judgement && bias != 0) {
        from += fmt::format("{}the site's spreadsheets, {:.0f} % off for seasonal items", from.empty() ? "" : ", and ",
                            100 * bias);
    }
    return fmt::format(
        "computes its levels anew{}: at or below {:.0f} order up to {:.0f}; they count on {:.2f} a day and on {:.1f} "
        "days of the supplier",
        from.empty() ? "" : " from " + from, computed.levels.reorder_point, computed.levels.order_up_to,
        computed.levels.daily_rate, computed.lead.mean);
}

std::vector<Step> ItemWatcher::steps_between(Time from, Time to) const {
    std::vector<Step> steps;
    const auto within = [&](Time t) { return t >= from && t <= to; };
    for (const Step& step : steps_) {
        if (within(step.at)) steps.push_back(step);
    }
    const models::Levels* last = nullptr;
    for (const Computed& computed : computed_) {
        const bool moved = last == nullptr || std::abs(computed.levels.order_up_to - last->order_up_to) >
                                                  0.1F * std::max(1.0F, last->order_up_to);
        if (within(computed.at) && moved) steps.push_back({computed.at, "headquarters", levels_text(computed), {}});
        if (moved || !within(computed.at)) last = &computed.levels;
    }
    for (const Crossing& crossing : crossings_) {
        if (!within(crossing.at)) continue;
        int review = day_of(crossing.at);
        const bool today = reviews_on(review) && crossing.at <= models::at_hour(review, network_.office.start_hour);
        if (!today) ++review;
        while (review < network_.calendar.total_days() && !reviews_on(review)) ++review;
        steps.push_back(
            {crossing.at,
             "headquarters",
             fmt::format("believes in {} net and on order, at or below the reorder point of {:.0f}; the next review is "
                         "on {}",
                         crossing.position, crossing.reorder_point, clock_.day(review)),
             {}});
    }
    for (const PurchaseCourse& course : supply_.purchases()) {
        if (course.item != item_ || course.site != site_) continue;
        for (Step& step : supply_.steps(course)) {
            if (within(step.at)) steps.push_back(std::move(step));
        }
    }
    for (const TransferCourse& course : supply_.transfers()) {
        if (course.item != item_ || (course.to != site_ && course.from != site_)) continue;
        for (Step& step : supply_.steps(course)) {
            if (within(step.at)) steps.push_back(std::move(step));
        }
    }
    std::ranges::stable_sort(steps, {}, &Step::at);
    return steps;
}

/// When the position fell to the reorder point for what ended the spell; its beginning where nobody knows.
Time ItemWatcher::need_of(const DrySpell& spell) const {
    Time before = spell.from;
    if (spell.purchase >= 0) before = supply_.purchases()[static_cast<std::size_t>(spell.purchase)].proposed;
    Time need = sim::kNever;
    for (const Crossing& crossing : crossings_) {
        if (crossing.at <= before) need = crossing.at;
    }
    return need != sim::kNever ? need : std::min(before, spell.from);
}

/// What was wanted from the need, or over four weeks where that was shorter than one, up to the empty shelf; against
/// what the levels counted on. What one day alone ordered is told as that day's: a rate says nothing of it.
std::string ItemWatcher::why_demand(const DrySpell& spell) const {
    constexpr int kLeastDays = 7, kUsualDays = 28;
    const Time need = need_of(spell);
    const Computed* counted = levels_at(std::min(need, spell.from));
    if (counted == nullptr || counted->levels.daily_rate <= 0) return "";
    const int last = day_of(spell.from);
    const int first = std::max(0, last - day_of(need) < kLeastDays ? last - kUsualDays : day_of(need));
    const int days = last - first + 1;
    int most_day = last;
    models::Units most = spell.wanted_today;
    for (int day = first; day < last; ++day) {
        if (demand(day, day + 1) <= most) continue;
        most = demand(day, day + 1);
        most_day = day;
    }
    const models::Units all = demand(first, last) + spell.wanted_today;
    const double rate = counted->levels.daily_rate;
    const double wanted = static_cast<double>(all) / days;
    const double others = days > 1 ? static_cast<double>(all - most) / (days - 1) : 0;
    const std::string counted_on =
        fmt::format("the levels of {} counted on {:.1f} a day", clock_.day(counted->at), rate);
    const std::string numbers =
        fmt::format("{:.1f} a day were wanted in the {} up to then, {} of {} on {}; {}", wanted,
                    count_text(days, "day"), amount_text(most), amount_text(all), clock_.day(most_day), counted_on);
    if (wanted <= kMuch * rate) return fmt::format("Demand was not the reason: {}. ", numbers);
    if (days > 1 && others <= kMuch * rate) {
        return fmt::format("It was the demand of one day: {} were wanted on {}, and {:.1f} a day on the other {}; {}. ",
                           units_text(most), clock_.day(most_day), others, count_text(days - 1, "day"), counted_on);
    }
    return fmt::format("Demand was {:.1f} times what was counted on: {}. ", wanted / rate, numbers);
}

/// Purchase lines that should have come before it ended.
std::string ItemWatcher::late_suppliers(const DrySpell& spell) const {
    const std::string supplier = network_.suppliers[network_.items[item_].supplier].name;
    std::vector<std::string> late;
    for (const PurchaseCourse* course : supply_.overdue(site_, item_, spell.to)) {
        late.push_back(fmt::format("{} ({}, due on {}, {} overdue)", supply_.name(*course), units_text(course->ordered),
                                   clock_.day(course->due), span_text(spell.to - course->due)));
    }
    if (late.empty()) return "";
    return fmt::format("{} was late and had not brought {} when it {}. ", sentence(supplier), listed(late),
                       spell.ended ? "ended" : "was over");
}

std::string ItemWatcher::why_supply(const DrySpell& spell) const {
    if (spell.transfer >= 0) {
        const TransferCourse& course = supply_.transfers()[static_cast<std::size_t>(spell.transfer)];
        return fmt::format("Stock of {} ended it ({}). ", network_.sites[course.from].name, supply_.name(course));
    }
    if (spell.purchase < 0) {
        return spell.ended ? fmt::format("It ended by {}. ", spell.ended_by)
                           : "Nothing that was enough had come when the horizon ended. ";
    }
    const PurchaseCourse& course = supply_.purchases()[static_cast<std::size_t>(spell.purchase)];
    std::vector<Stay> stays = course.stays(spell.to);
    std::erase_if(stays, [&](const Stay& stay) { return stay.from >= spell.to; });
    const Time need = need_of(spell);
    const bool reviewed = !course.under_way && need < course.proposed;
    if (reviewed) stays.insert(stays.begin(), {"waiting for the review", need, course.proposed});
    std::vector<std::string> parts;
    models::Duration all{};
    for (const Stay& stay : stays) all += stay.span();
    for (const Stay& stay : longest_first(stays))
        parts.push_back(fmt::format("{} {}", span_text(stay.span()), stay.where));
    std::string text = fmt::format("{} ended it. From {} to the shelf it took {}: {}. ", supply_.name(course),
                                   reviewed ? "the moment at which headquarters saw the need" : "its proposal",
                                   span_text(all), listed(parts));
    const float rate = course.levels.daily_rate;
    if (rate > 0 && reviewed) {
        const double covered = course.levels.reorder_point / rate;
        text += fmt::format("The reorder point was meant for {:.1f} days. ", covered);
    }
    if (course.late && course.due != sim::kNever && course.arrived > course.due) {
        text += fmt::format("The supplier was {} late by its record. ", span_text(course.arrived - course.due));
    }
    return text;
}

std::string ItemWatcher::closing(const DrySpell& spell) const {
    std::string text =
        fmt::format("{} had no {} for {}, from {} to {}{}{}. ", network_.sites[site_].name, network_.items[item_].name,
                    span_text(spell.to - spell.from), clock_.moment(spell.from), clock_.moment(spell.to),
                    spell.ended ? "" : ", the end of the horizon",
                    measured(spell) < spell.to - spell.from
                        ? fmt::format("; {} of them in the measured window", span_text(measured(spell)))
                        : "");
    const int free = spell.begin.on_record - spell.begin.promised;
    if (spell.thought_full > spell.from) {
        const std::string until = spell.thought_full == sim::kNever
                                      ? std::string("and did not learn better while it lasted")
                                      : "until " + clock_.moment(spell.thought_full);
        text += fmt::format("The record believed in {} to promise, {}. ", free, until);
    } else {
        text += "The record had nothing to promise either. ";
    }
    if (spell.begin.headquarters) {
        text += fmt::format("Headquarters believed then in {} net and {} on order. ", spell.begin.headquarters->net,
                            spell.begin.headquarters->on_order);
    }
    const std::string coming = supply_.under_way(site_, item_, spell.from);
    text += coming.empty() ? std::string("Nothing was on its way. ") : fmt::format("On its way was {}. ", coming);
    text += why_demand(spell) + late_suppliers(spell) + why_supply(spell);
    text += fmt::format("{} were waited for as it began and {} wanted while it lasted; of all these {} were cancelled.",
                        units_text(spell.begin.waiting), amount_text(spell.wanted), amount_text(spell.cancelled));
    return text;
}

Story ItemWatcher::story(std::optional<int> day) const {
    Story story{.subject = "item",
                .name = fmt::format("{} at {}", network_.items[item_].name, network_.sites[site_].name)};
    story.about.push_back(about());
    const DrySpell* spell = day ? spell_of(*day) : longest_spell();
    if (spell != nullptr) {
        story.about.push_back(day ? "Told is the time without stock on that day."
                                  : "Told is the longest time without stock; --day DATE tells of another day.");
        const Time need = std::max(need_of(*spell), spell->from - sim::days{kMostDaysBefore});
        const Time from = std::min(need, spell->from - sim::days{kDaysBefore});
        story.steps = steps_between(from, spell->to);
        const auto purchase = static_cast<std::size_t>(spell->purchase);
        if (spell->purchase >= 0) {
            const PurchaseCourse& course = supply_.purchases()[purchase];
            story.stays = course.stays(spell->to);
            story.see.push_back("--purchase " + shell_word(supply_.name(course)));
        }
        story.closing = closing(*spell);
    } else {
        const int about_day = day.value_or(network_.calendar.warmup_days);
        if (day) story.about.push_back("On that day there was stock; told are the days around it.");
        story.steps = steps_between(start_of(about_day - kDaysAround), start_of(about_day + kDaysAround + 1));
        story.closing = spells_.empty() ? "It had stock all the time."
                        : day           ? "It had stock on that day."
                                        : "It had stock all the measured window; it ran dry only outside of it.";
    }
    for (const PurchaseCourse& course : supply_.purchases()) {
        if (story.steps.empty() || course.item != item_ || course.site != site_ || story.see.size() >= 6) continue;
        const std::string option = "--purchase " + shell_word(supply_.name(course));
        const bool told = course.proposed >= story.steps.front().at && course.proposed <= story.steps.back().at;
        if (told && std::ranges::find(story.see, option) == story.see.end()) story.see.push_back(option);
    }
    return story;
}

Story story_of_sites(const std::vector<ItemWatcher>& sites, std::optional<int> day) {
    const Names& names = sites.front().names();
    const std::string item = names.items()[sites.front().item().index()];
    Story story{.subject = "item", .name = item};
    const ItemWatcher* driest = &sites.front();
    for (const ItemWatcher& one : sites) {
        story.about.push_back(one.about());
        if (one.dry() > driest->dry()) driest = &one;
        std::string option =
            fmt::format("--item {} --site {}", shell_word(item), shell_word(names.sites()[one.site().index()]));
        if (day) option += " --day " + names.date(*day);
        story.see.push_back(option);
    }
    const Story told = driest->story(day);
    story.steps = told.steps;
    story.stays = told.stays;
    story.closing = told.closing;
    story.about.push_back(
        fmt::format("Told is {}, which was without it longest.", names.sites()[driest->site().index()]));
    return story;
}

}  // namespace entrepot::studies::explain
