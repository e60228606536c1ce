#pragma once

#include <span>

#include "models/model.hpp"

/// Recorded demand by day, for policies that look back at single days. Nothing is kept where none does.
namespace entrepot::models {

/// Days that are kept of each location: as many as the policy wants that looks back the furthest.
int kept_days(const Network& network);

/// What was recorded on a day; what was announced of it may be left out, and no less than nothing is left.
void keep_day(Headquarters& hq, LocationId location, int day, double units);

/// Writes what is kept of a location's days before `today`, the last ones, the oldest first, as far as `room` goes;
/// days on which nobody kept a record are left out.
std::span<const float> recorded_days(const Headquarters& hq, LocationId location, int today, std::span<float> room);

/// Keeps as much of what there is as another network wants; of locations that no policy of it looks at, nothing.
void keep_other_days(Headquarters& hq, const Network& network, int today);

/// The record of one location is another's from now on.
void move_days(Headquarters& hq, LocationId from, LocationId to);

}  // namespace entrepot::models
