#pragma once

#include <string>

namespace entrepot::viz {

class App;

/// Why there can be no window; empty when nothing is known to be in its way.
std::string no_display();

/// Shows the app in a window until it is closed. Throws std::runtime_error when no window can be opened, with the
/// reason.
void show_window(App& app, const std::string& title);

}  // namespace entrepot::viz
