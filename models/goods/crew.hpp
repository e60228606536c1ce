#pragma once

#include "models/model.hpp"

/// Pickers who aren't as fast as others: newcomers and temps.
namespace entrepot::models {

/// Share of the usual rate in somebody's nth shift, from 1, by Wright's power law.
double rate_in_shift(const Learning& learning, int shift);

/// Whether anybody comes or goes at a site.
inline bool crew_changes(const Site& site) { return site.temps.most > 0 || site.learning.turnover > 0; }

/// Whether a site's days are told beside its labour: its crew changes, or lends and borrows.
inline bool crew_is_told(const Network& network, SiteId site) {
    return crew_changes(network.sites[site]) || network.crew_pool_of[site] != Network::kNobody;
}

/// A day begins: temps come and go, who has left is replaced, and all of them have one shift more behind them.
void begin_crew_day(SiteState& site, int day, Context& context);

/// Deals temps to a shift of the day, for which so many of the site's own pickers come; returns how many temps come.
int staff_shift(SiteState& site, int day, std::size_t shift, int own, Context& context);

/// The people of a shift go home: temps are paid, and what was lost to learning is counted.
void settle_shift(SiteState& site, const CrewShift& crew, double hours, Context& context);

/// More temps are called where too many person-hours of work are left when a shift of so many people ends, also after
/// what the next shift of the day can do.
void call_temps(SiteState& site, double left, int rostered, double shift_hours, Context& context);

/// Pickers of the usual rate who would do as much as those who are at work.
inline double pickers_at_work(const SiteState& site) {
    return site.on_duty + site.on_overtime - (site.crew.lost_on_duty + site.crew.lost_on_overtime);
}

/// Pick rate of those who are at work over the usual one.
inline double pace_of(const SiteState& site) {
    const int people = site.on_duty + site.on_overtime;
    const double lost = site.crew.lost_on_duty + site.crew.lost_on_overtime;
    return lost > 0 && people > 0 ? 1 - lost / people : 1;
}

}  // namespace entrepot::models
