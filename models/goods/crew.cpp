#include "models/goods/crew.hpp"

#include <algorithm>
#include <cmath>

#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

constexpr double kDaysOfAYear = 365.25;

bool learned(const Learning& learning, int shifts) { return rate_in_shift(learning, shifts) >= 1; }

int people_in(const std::vector<Cohort>& cohorts, int day) {
    int people = 0;
    for (const Cohort& cohort : cohorts) people += cohort.first_day <= day ? cohort.people : 0;
    return people;
}

/// Pickers of the usual rate whom the slower ones of these cohorts cost.
double lost_in(const std::vector<Cohort>& cohorts, int day, const Learning& learning) {
    double lost = 0;
    for (const Cohort& cohort : cohorts) {
        if (cohort.first_day <= day) lost += cohort.people * (1 - rate_in_shift(learning, cohort.shifts));
    }
    return lost;
}

void begin_temps(Crew& crew, const Temps& terms, int day) {
    std::erase_if(crew.temps, [&](const Cohort& cohort) { return cohort.shifts >= terms.stay_days; });
    for (Cohort& cohort : crew.temps) cohort.shifts += cohort.first_day <= day;
}

/// Who leaves is replaced on the same day, so that all there is to see is who learns. Leavers are a Poisson number, and
/// none of those who still learn.
void replace_leavers(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    std::vector<Cohort>& newcomers = site.crew.newcomers;
    for (Cohort& cohort : newcomers) ++cohort.shifts;
    std::erase_if(newcomers, [&](const Cohort& cohort) { return learned(terms.learning, cohort.shifts); });
    const double business_days = kDaysOfAYear * network.calendar.working_days / 7;
    const double u = context.draws().at(purpose::leavers, terms.key, static_cast<std::uint32_t>(day)).uniform();
    const int leavers = std::min(sim::poisson(u, terms.pickers * terms.learning.turnover / business_days),
                                 terms.pickers - people_in(newcomers, day));
    if (leavers > 0 && !learned(terms.learning, 1)) newcomers.push_back({leavers, 1, day});
}

}  // namespace

double rate_in_shift(const Learning& learning, int shift) {
    return std::min(1.0, learning.start * std::pow(shift, -std::log2(learning.rate)));
}

void begin_crew_day(SiteState& site, int day, Context& context) {
    if (!context.network().calendar.is_business_day(day)) return;  // half a crew on a Saturday teaches nobody
    const Site& terms = context.network().sites[site.id];
    begin_temps(site.crew, terms.temps, day);
    if (terms.learning.turnover > 0) replace_leavers(site, day, context);
}

int staff_shift(SiteState& site, int day, std::size_t shift, int own, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    Crew& crew = site.crew;
    CrewShift& planned = crew.planned[shift];
    planned = {};
    if (terms.pickers > 0) planned.lost = own * lost_in(crew.newcomers, day, terms.learning) / terms.pickers;
    const int temps = network.calendar.is_business_day(day) ? people_in(crew.temps, day) : 0;
    const int shifts = static_cast<int>(terms.shifts.size()), place = static_cast<int>(shift);
    const int rostered = temps / shifts + (place < temps % shifts ? 1 : 0);
    if (rostered == 0) return 0;
    const auto coordinate = static_cast<std::uint32_t>(day) * 4u + static_cast<std::uint32_t>(shift);
    auto draw = context.draws().at(purpose::temp_absence, terms.key, coordinate);
    for (int person = 0; person < rostered; ++person) planned.hired += draw.uniform() >= terms.absence;
    planned.lost += planned.hired * lost_in(crew.temps, day, terms.learning) / temps;
    return planned.hired;
}

void settle_shift(SiteState& site, const CrewShift& crew, double hours, Context& context) {
    Crew& all = site.crew;
    all.lost_on_duty = site.on_duty > 0 ? std::max(0.0, all.lost_on_duty - crew.lost) : 0;
    site.today.learning_loss += crew.lost * hours;
    if (crew.hired == 0) return;
    const Site& terms = context.network().sites[site.id];
    const Money pay = terms.wage_per_hour * (terms.temps.pay_factor * crew.hired * hours);
    site.today.temp_hours += crew.hired * hours;
    site.today.temp_cost += pay;
    site.ledger.post(Account::labour, Account::payables, pay);
}

void call_temps(SiteState& site, double left, int rostered, double shift_hours, Context& context) {
    const Site& terms = context.network().sites[site.id];
    const int today = day_of(context.now());
    const double too_much = left - terms.temps.backlog_hours * rostered;
    if (too_much <= 0 || !context.network().calendar.is_business_day(today)) return;
    int all = 0, coming = 0;
    for (const Cohort& cohort : site.crew.temps) {
        all += cohort.people;
        if (cohort.first_day > today) coming += cohort.people;
    }
    const double wanted = std::ceil(too_much / shift_hours) - coming;  // to work it off in one shift
    const int called = static_cast<int>(std::min(wanted, static_cast<double>(terms.temps.most - all)));
    if (called > 0) site.crew.temps.push_back({called, 0, today + terms.temps.notice_days});
}

}  // namespace entrepot::models
