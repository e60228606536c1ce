#pragma once

#include "models/goods/warehouse.hpp"

/// What picking and the shifts ask of release and waves.
namespace entrepot::models {

/// Lines that one person picks in an hour on the clock.
inline double lines_per_hour(const Site& site) { return site.pick_lines_per_hour * site.productive_share; }

/// The task that is picked next: the wave's, or without waves the released one that comes first. kNone: there is none.
std::uint32_t next_task(SiteState& site, Context& context);

/// Ranks the released tasks anew, by the priority rule as it is now.
void rank_released(SiteState& site, Context& context);

/// The strategy has other waves, or none, from now on: what is in a wave that nobody would take from is released again.
void leave_wave(SiteState& site);

/// Moves as much work into the wave as the people who are here can do in so many hours, and lets them begin.
void start_wave(SiteState& site, double hours, Context& context);

}  // namespace entrepot::models
