#pragma once

#include "models/model.hpp"

namespace entrepot::models {

/// Draws the orders that a region's customers will place on a day, and when.
void draw_orders(SiteState& site, int day, Context& context);

/// Begins the streams whose orders come one after the other.
void start_streams(SiteState& site, Context& context);

/// Share of a channel in the units that were recorded for a span of days: those of its customers who order on some day
/// of the span, or, where nobody's do, the shares as they are.
double share_of_span(const std::vector<ReplayChannel>& channels, std::size_t channel, const Calendar& calendar,
                     int first_day, int days);
/// A line of random units has no more of them.
inline constexpr int kMostLineUnits = 65'535;

/// Whether a distribution of the units of a line keeps below that, but for a millionth of the lines.
bool line_units_fit(double mean, double cv2);

/// Distribution of the units of a line less one, with the given mean (>= 1) and squared coefficient of variation of the
/// units: negative binomial, or Poisson where the variance asked for is less than that.
sim::Discrete line_units(double mean, double cv2);

}  // namespace entrepot::models
