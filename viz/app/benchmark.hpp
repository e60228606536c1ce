#pragma once

namespace entrepot::viz {

class App;

/// Measures what docs/viz.md promises, without a display, and prints it: frames a second while the scenario runs, days
/// a second, the time line of a year, going back, memory.
int run_benchmark(App& app, int width, int height);

}  // namespace entrepot::viz
