#include "studies/evidence/bottlenecks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

#include "models/network/calendar.hpp"

namespace entrepot::studies::evidence {

using models::DecisionKind;
using models::Role;
using models::Time;

namespace {

constexpr std::array kValueBounds{100.0, 1'000.0, 10'000.0, 100'000.0};

double mean_of(const std::vector<double>& hours) {
    const double sum = std::accumulate(hours.begin(), hours.end(), 0.0);
    return hours.empty() ? 0 : sum / static_cast<double>(hours.size());
}

}  // namespace

const char* text_of(Stage stage) {
    switch (stage) {
        case Stage::gathering:
            return "gathering facts";
        case Stage::waiting:
            return "waiting";
        case Stage::handling:
            return "handling";
        case Stage::approval:
            return "approval";
    }
    return "";
}

double Spans::sum() const { return std::accumulate(clock.begin(), clock.end(), 0.0); }
double Spans::mean() const { return mean_of(clock); }
double Spans::office_mean() const { return mean_of(office); }
void Spans::sort() { std::ranges::sort(clock); }

double Spans::quantile(double share) const {
    if (clock.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(clock.size())));
    return clock[std::clamp<std::size_t>(rank, 1, clock.size()) - 1];
}

std::size_t value_class(double value) {
    return static_cast<std::size_t>(std::ranges::upper_bound(kValueBounds, value) - kValueBounds.begin());
}

std::string value_class_text(std::size_t value_class) {
    static constexpr const char* kTexts[]{"below 100", "100 to 1,000", "1,000 to 10,000", "10,000 to 100,000",
                                          "from 100,000"};
    return kTexts[value_class];
}

BottleneckWatch::BottleneckWatch(const models::Network& network, std::size_t slowest)
    : network_(network), most_(slowest), log_([this](const Activity& activity) { take(activity); }) {
    double hours = 0;
    for (int day = 0; day <= network.calendar.total_days() + 1; ++day) {
        office_before_.push_back(hours);
        if (network.calendar.is_business_day(day)) hours += network.office.opening_hours;
    }
}

bool BottleneckWatch::measured(Time t) const {
    const int day = models::day_of(t) - network_.calendar.warmup_days;
    return day >= 0 && day < network_.calendar.measure_days;
}

double BottleneckWatch::office_hours(Time from, Time to) const {
    const auto before = [&](Time t) {
        const int day = models::day_of(t);
        const double hour = sim::in<sim::hours>(t - models::start_of(day)) - network_.office.start_hour;
        const bool open = network_.calendar.is_business_day(day);
        return office_before_.at(static_cast<std::size_t>(day)) +
               (open ? std::clamp(hour, 0.0, network_.office.opening_hours) : 0.0);
    };
    return before(to) - before(from);
}

void BottleneckWatch::see(const explain::Seen& seen) {
    for (const auto& given : seen.told<models::ApprovalGiven>()) take_approval(given);  // which may close the case
    log_.see(seen);
    for (const auto& judged : seen.told<models::DecisionJudged>()) take_judged(judged);
}

/// Of those who are seen at work: approvals that come by themselves keep nobody busy.
void BottleneckWatch::count_people() {
    const models::Calendar& calendar = network_.calendar;
    int days = 0;
    for (int day = calendar.warmup_days; day < calendar.warmup_days + calendar.measure_days; ++day) {
        days += calendar.is_business_day(day);
    }
    for (auto& [role, of] : found_.roles) {
        const double hours = days * network_.office.productive_hours;
        if (of.handling_hours > 0) of.available_hours = models::heads(network_.office, role) * hours;
    }
}

void BottleneckWatch::take(const Activity& activity) {
    const std::string_view name = activity.name;
    if (name == "detected") {
        if (!measured(activity.start)) return;
        Course& course = courses_[activity.number];
        course.slow = {activity.number, activity.kind, activity.item, activity.site, activity.units, activity.start};
        ++found_.kinds[activity.kind].detected;
        return;
    }
    if (name == "handling" && activity.end != sim::kNever && measured(activity.start)) {
        found_.roles[activity.role].handling_hours += sim::in<sim::hours>(activity.end - activity.start);
    }
    const auto open = courses_.find(activity.number);
    if (open == courses_.end()) return;  // detected before the measured window
    open->second.slow.units = activity.units;
    follow(open->second, activity);
}

void BottleneckWatch::follow(Course& course, const Activity& activity) {
    const std::string_view name = activity.name;
    using enum models::StepOutcome;
    if (name == "closed") return close(activity.number, activity.outcome == dropped, activity.start);
    const bool left = name == "skipped" || (name == "settled without people" && activity.outcome == dropped);
    course.reason = left                          ? &KindOfCase::left
                    : activity.outcome == blocked ? &KindOfCase::barred
                    : activity.outcome == ignored ? &KindOfCase::ignored
                    : name == "waiting"           ? &KindOfCase::needless
                                                  : &KindOfCase::in_vain;
    if (name == "waiting") {
        wait(course, activity);
    } else if (name == "handling") {
        course.touched = true;
        if (!course.asked) course.handled = true, course.by = activity.role;
        spend(course, Stage::handling, activity);
    } else if (name == "approval") {
        course.touched = course.asked = true;
        spend(course, Stage::approval, activity);
    } else if (name == "recommended") {
        course.recommended = true;
    } else if (name == "executed") {
        course.executed = activity.start;
    } else {
        change(course, activity);
    }
}

/// An escalation's facts are gathered before it is put before people; nothing else is.
void BottleneckWatch::wait(Course& course, const Activity& activity) {
    const bool first = course.queued == sim::kNever && activity.kind == DecisionKind::escalation;
    if (first && activity.start > course.slow.detected) {
        add(found_.kinds[activity.kind], Stage::gathering, course.slow.detected, activity.start);
        course.slow.stages[0] = activity.start - course.slow.detected;
    }
    course.queued = activity.start;
    spend(course, Stage::waiting, activity);
}

void BottleneckWatch::change(Course& course, const Activity& activity) {
    using enum models::StepOutcome;
    const bool changed = activity.name == std::string_view("changed");
    if (changed && activity.outcome == mistaken) course.mistaken = true;
    const bool concerns = (changed && activity.outcome != mistaken) || activity.outcome == beyond;
    if (!concerns) return;
    Overrides& of = found_.overrides[{activity.role, activity.kind}];
    if (activity.outcome == beyond) {
        ++of.beyond;
    } else if (activity.outcome == refused) {
        ++of.refused;
    } else {
        ++of.done;
        of.informed += activity.outcome == informed;
        changed_[activity.number] = &of;
    }
}

void BottleneckWatch::take_judged(const models::DecisionJudged& judged) {
    const auto found = changed_.find(judged.number);
    if (found == changed_.end() || judged.who != models::Recommended::changed) return;
    Overrides& of = *found->second;
    ++of.judged;
    of.better += judged.decided < judged.offered;
    of.value += double{judged.offered} - judged.decided;
}

void BottleneckWatch::take_approval(const models::ApprovalGiven& given) {
    if (!courses_.contains(given.number)) return;
    HeldByLevel& held = found_.levels[{given.level, static_cast<Role>(given.role)}];
    held.spans.clock.push_back(given.hours);
    held.spans.office.push_back(given.office_hours);
    held.late += given.service == models::Service::missed;
}

/// When the horizon ends.
void BottleneckWatch::count_waiting_for_approval(const models::World& world) {
    const models::Headquarters& hq = world.state.headquarters;
    const auto& levels = network_.strategy.governance.approvals;
    for (std::uint32_t place = 0; place < hq.cases.size(); ++place) {
        const models::Case& one = hq.cases[place];
        const auto open = courses_.find(one.number);
        if (open == courses_.end() || !one.waits_for_approval() || one.level >= levels.size()) continue;
        ++found_.levels[{one.level, levels[one.level].role}].spans.open;
    }
}

/// What has not ended by the horizon is counted, but is no span.
void BottleneckWatch::spend(Course& course, Stage stage, const Activity& activity) {
    KindOfCase& kind = found_.kinds[activity.kind];
    if (activity.end == sim::kNever) {
        ++kind.stages[static_cast<std::size_t>(stage)].open;
        course.ongoing = stage;
        course.ongoing_since = activity.start;
        course.held_by = activity.role;
        return;
    }
    add(kind, stage, activity.start, activity.end);
    course.slow.stages[static_cast<std::size_t>(stage)] += activity.end - activity.start;
    if (stage == Stage::waiting || stage == Stage::approval) {
        found_.roles[activity.role].waiting_hours += sim::in<sim::hours>(activity.end - activity.start);
    }
}

void BottleneckWatch::add(KindOfCase& kind, Stage stage, Time from, Time to) {
    Spans& spans = kind.stages[static_cast<std::size_t>(stage)];
    spans.clock.push_back(sim::in<sim::hours>(to - from));
    spans.office.push_back(office_hours(from, to));
}

void BottleneckWatch::close(std::uint32_t number, bool dropped, Time at) {
    Course course = courses_.at(number);
    courses_.erase(number);
    KindOfCase& kind = found_.kinds[course.slow.kind];
    if (dropped) {
        ++(kind.*course.reason);
    } else {
        ++kind.executed;
        const Time executed = course.executed == sim::kNever ? at : course.executed;
        kind.latency.clock.push_back(sim::in<sim::hours>(executed - course.slow.detected));
        kind.latency.office.push_back(office_hours(course.slow.detected, executed));
        count_executed(course);
    }
    course.slow.ended = at;
    course.slow.span = at - course.slow.detected;
    rank(course.slow);
}

void BottleneckWatch::count_executed(const Course& course) {
    const DecisionKind kind = course.slow.kind;
    const bool of_item = course.slow.item.index() < network_.items.size();
    const double value = of_item ? (network_.items[course.slow.item].unit_cost * course.slow.units).amount() : 0;
    Touchless& of = found_.kinds[kind].values[value_class(value)];
    ++of.decided;
    of.untouched += !course.touched;
    if (!course.handled) return;
    if (models::sets_aside(kind)) ++found_.overrides[{course.by, kind}].done;
    if (kind != DecisionKind::purchase || course.recommended) return;
    Rekeyed& keyed = found_.rekeyed[{kind, course.by}];
    ++keyed.lines;
    keyed.mistakes += course.mistaken;
}

void BottleneckWatch::rank(const SlowCase& slow) {
    auto& all = found_.slowest;
    const auto slower = [](const SlowCase& a, const SlowCase& b) {
        return a.span != b.span ? a.span > b.span : a.number < b.number;
    };
    if (slow.span == models::Duration::zero()) return;
    if (all.size() == most_ && !slower(slow, all.back())) return;
    all.insert(std::ranges::upper_bound(all, slow, slower), slow);
    if (all.size() > most_) all.pop_back();
}

void BottleneckWatch::end(const models::World& world, std::span<const models::Fact> facts) {
    log_.end(world, facts);
    count_people();
    count_waiting_for_approval(world);
    std::vector<std::uint32_t> numbers;
    for (const auto& [number, course] : courses_) numbers.push_back(number);
    std::ranges::sort(numbers);
    for (const std::uint32_t number : numbers) {
        const Course& course = courses_.at(number);
        SlowCase slow = course.slow;
        slow.span = world.now - slow.detected;
        if (course.ongoing_since != sim::kNever) {
            slow.stages[static_cast<std::size_t>(course.ongoing)] += world.now - course.ongoing_since;
            if (course.ongoing == Stage::waiting || course.ongoing == Stage::approval) {
                found_.roles[course.held_by].waiting_hours += sim::in<sim::hours>(world.now - course.ongoing_since);
            }
        } else if (course.queued == sim::kNever && slow.kind == DecisionKind::escalation) {
            slow.stages[static_cast<std::size_t>(Stage::gathering)] = slow.span;
        }
        ++found_.kinds[slow.kind].open;
        rank(slow);
    }
    for (auto& [kind, of] : found_.kinds) {
        of.latency.sort();
        for (Spans& spans : of.stages) spans.sort();
    }
    for (auto& [level, held] : found_.levels) held.spans.sort();
}

}  // namespace entrepot::studies::evidence
