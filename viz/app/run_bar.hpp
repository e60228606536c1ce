#pragma once

#include "viz/app/settings.hpp"
#include "viz/views/view.hpp"

namespace entrepot::viz {

/// Start and pause, steps and back, speed, the moment, and the fingerprint of the trajectory.
void draw_run_bar(Frame& frame, Settings& settings, bool& help);

/// The speeds that can be chosen [days a second]; 0: as fast as it goes.
inline constexpr std::array kSpeeds{0.1, 1.0, 5.0, 10.0, 20.0, 0.0};
std::string speed_text(double days_per_second);

/// The next faster or slower speed.
double other_speed(double now, int by);

}  // namespace entrepot::viz
