#pragma once

#include "viz/views/view.hpp"

/// The upper part of the time line: dates, and what the scenario has in store.
namespace entrepot::viz {

/// Height of the dates and of the rows of happenings.
float time_axis_height(const Frame& frame);

/// Draws both from there downwards, within the axis' left and right.
void draw_time_axis(const Frame& frame, const Painter& paint, float top);

/// The dates alone, and how high they are.
float dates_height(const Frame& frame);
void draw_dates(const Frame& frame, const Painter& paint, float top);

/// Faint lines at the dates' ticks, shades of phases and of the warm-up, and what has not been simulated yet.
void draw_time_ground(const Frame& frame, const Painter& paint, float top, float bottom);

/// "Tue 26 May", "26 May 14:00": as exact as the step wants.
std::string tick_text(const Frame& frame, double hour, double step);

}  // namespace entrepot::viz
