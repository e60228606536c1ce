#pragma once

#include "models/model.hpp"

/// How the orders of a region's customers come: so many on a day (daily_orders.cpp), one after the other (streams.cpp),
/// or as they were recorded (replay.cpp).
namespace entrepot::models {

/// Draws the orders that a region's customers will place on a day, and when.
void draw_orders(SiteState& site, int day, Context& context);

/// Begins the streams whose orders come one after the other.
void start_streams(SiteState& site, Context& context);

/// The day's orders of a recorded demand.
void draw_replay(SiteState& site, int day, Context& context);

/// An order's coordinate is its day and its ordinal in the stream: a million orders a day and stream, 4096 days.
inline constexpr std::uint32_t kOrdinalBits = 20;
inline constexpr int kMostOrders = 1 << kOrdinalBits;

/// Moment of a day by its hour profile, from one uniform.
Duration time_of_day(const HourProfile& hours, double u);

}  // namespace entrepot::models
