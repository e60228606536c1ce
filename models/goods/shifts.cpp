#include <algorithm>
#include <cmath>
#include <utility>

#include "models/disturbances/disturbances.hpp"
#include "models/goods/crew.hpp"
#include "models/goods/dock_help.hpp"
#include "models/goods/lending.hpp"
#include "models/goods/receiving.hpp"
#include "models/goods/waves.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

// Shifts, who is absent, and overtime.

namespace {

bool works_on(const Site& site, const Calendar& calendar, int day) {
    return calendar.is_business_day(day) || (site.picks_on_saturday && calendar.weekday(day) == 5);
}

/// People who should work in a shift of the day.
int rostered_on(const Network& network, const Site& site, int day, int shift) {
    const int shifts = static_cast<int>(site.shifts.size());
    const int people = site.pickers / shifts + (shift < site.pickers % shifts ? 1 : 0);
    if (network.calendar.is_business_day(day)) return people;
    constexpr double kRounding = 1e-9;  // half of ten people are five, whatever the binary fraction says
    return shift == 0 ? static_cast<int>(std::ceil(people * site.saturday_share - kRounding)) : 0;
}

/// Who is absent, or finds the site closed, is so for the whole shift that it touches.
double absence_in(const SiteState& site, const Network& network, const Span& span) {
    if (is_disturbed(network, site.happenings, Disturbance::Kind::site_closed, {.site = site.id}, span)) return 1;
    const double absence = network.sites[site.id].absence +
                           disturbed_sum(network, site.happenings, Disturbance::Kind::absence, {.site = site.id}, span);
    return std::min(absence, 1.0);
}

/// Person-hours of picking that wait, released or in the wave, and that will come while the next shift is here: as many
/// as came to it last time. Nothing is expected of a shift where nobody comes.
double work_ahead(const SiteState& site, const Site& terms, std::size_t next_shift, int coming) {
    const int expected = coming > 0 ? site.released_in_shift[next_shift] : 0;
    return (site.lines_released + site.lines_in_wave + expected) / lines_per_hour(terms);
}

}  // namespace

void plan_waves(SiteState& site, int day, Time from, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    const Waves& waves = network.strategy.waves;
    if (waves.at_once || !works_on(terms, network.calendar, day)) return;
    const auto plan = [&](int minute) {
        if (at_minute(day, minute) >= from) context.at(at_minute(day, minute), WaveStarts{});
    };
    for (const int minute : waves.start_minutes) plan(minute);
    if (!waves.start_minutes.empty()) return;
    const int first = terms.shifts.front().start_hour * 60, end = terms.shifts.back().end_hour * 60;
    const int step = std::max<int>(1, static_cast<int>(waves.interval / sim::minutes{1}));
    for (int minute = first; minute < end; minute += step) plan(minute);
}

void plan_shifts(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    if (!works_on(terms, network.calendar, day)) return;
    auto draw = context.draws().at(purpose::absence, terms.key, static_cast<std::uint32_t>(day));
    const bool changes = crew_changes(terms);
    if (changes) begin_crew_day(site, day, context);
    for (std::size_t i = 0; i < terms.shifts.size() && i < site.present.size(); ++i) {
        const int rostered = rostered_on(network, terms, day, static_cast<int>(i));
        const Span span{at_hour(day, terms.shifts[i].start_hour), at_hour(day, terms.shifts[i].end_hour)};
        const double absence = absence_in(site, network, span);
        int present = 0;
        for (int person = 0; person < rostered; ++person) present += draw.uniform() >= absence;
        if (changes) present += staff_shift(site, day, i, present, context);
        site.present[i] = present;
        const Shift& shift = terms.shifts[i];
        context.at(at_hour(day, shift.start_hour), ShiftStarts{static_cast<std::uint8_t>(i)});
        context.at(at_hour(day, shift.end_hour), ShiftEnds{present, static_cast<std::uint8_t>(i)});
        site.today.straight_available += present * (shift.end_hour - shift.start_hour);
    }
    plan_waves(site, day, start_of(day), context);
}

namespace {

/// What is done about the work ahead before a shift begins with it.
void prepare_shift(SiteState& site, std::size_t shift, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    const bool lends = network.crew_pool_of[site.id] != Network::kNobody;
    const bool trained = terms.cross_training.share > 0;
    if (!lends && !trained) return;
    const double ahead = work_ahead(site, terms, shift, site.present.at(shift));
    if (trained) send_to_dock(site, ahead, context);
    if (lends && network.calendar.is_business_day(day_of(context.now()))) report_hands(site, shift, ahead, context);
}

}  // namespace

void on(SiteState& site, const ShiftStarts& message, Context& context) {
    count_picking(site, context.now());
    site.on_duty += site.present.at(message.shift);
    const CrewShift& crew = site.crew.working.at(message.shift) = site.crew.planned.at(message.shift);
    site.crew.lost_on_duty += crew.lost;
    site.receivers_on = true;
    site.crew.shift = message.shift;
    prepare_shift(site, message.shift, context);
    start_unloading(site, context);
    // Who finds nothing to pick looks at the dock: not yet where a wave may start in this very moment.
    const bool something = context.network().strategy.waves.at_once || !site.wave.empty() || !site.errands.empty();
    if (something) start_picks(site, context);
}

void on(SiteState& site, const ShiftEnds& message, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    const CrewShift crew = std::exchange(site.crew.working.at(message.shift), {});
    const int leaving = message.people - crew.away;
    count_picking(site, context.now());
    site.on_duty -= leaving;
    const Shift& shift = terms.shifts.at(message.shift);
    const double shift_hours = shift.end_hour - shift.start_hour;
    settle_shift(site, crew, shift_hours, context);
    const int coming = message.shift + 1u < terms.shifts.size() ? site.present.at(message.shift + 1u) : 0;
    if (coming == 0) site.receivers_on = false;
    if (network.calendar.is_business_day(day_of(context.now()))) {
        site.released_in_shift.at(message.shift) = site.released_this_shift;
    }
    site.released_this_shift = 0;
    // What the next shift can do is no reason to stay, and a share of a shift's work may lie till then. Once people do
    // stay, they work off what the next shift can't.
    const double slower = coming > 0 ? site.crew.planned.at(message.shift + 1u).lost : 0;
    const double left = work_ahead(site, terms, message.shift + 1u, coming) - (coming - slower) * shift_hours;
    if (terms.temps.most > 0) {
        const int rostered = rostered_on(network, terms, day_of(context.now()), message.shift);
        call_temps(site, left, rostered, shift_hours, context);
    }
    const double may_lie = terms.overtime_trigger * (coming > 0 ? coming : leaving) * shift_hours;
    if (left <= may_lie || leaving == 0 || terms.overtime_max_hours <= 0) return;
    const double hours =
        std::min(terms.overtime_max_hours, std::max(terms.overtime_least_hours, left / (leaving - crew.lost)));
    site.on_overtime += leaving;
    site.crew.lost_on_overtime += crew.lost;
    site.today.learning_loss += crew.lost * hours;
    site.today.overtime += leaving * hours;
    const double paid = leaving + crew.hired * (terms.temps.pay_factor - 1);
    const Money pay = terms.wage_per_hour * (terms.overtime_pay_factor * paid * hours);
    site.today.overtime_cost += pay;
    site.ledger.post(Account::labour, Account::payables, pay);
    context.after(sim::from_real<sim::hours>(hours), OvertimeEnds{leaving});
    start_wave(site, hours, context);
}

void on(SiteState& site, const OvertimeEnds& message, Context& context) {
    count_picking(site, context.now());
    site.crew.lost_on_overtime *= 1 - static_cast<double>(message.people) / site.on_overtime;
    site.on_overtime -= message.people;
}

}  // namespace entrepot::models
