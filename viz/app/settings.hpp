#pragma once

#include <filesystem>
#include <string>

/// What the window remembers from one time to the next.
namespace entrepot::viz {

struct Settings {
    std::string left = "network", right = "queues";  ///< the views that are shown
    float split = 0.57F, below = 0.36F;              ///< share of the left view's width; of the time line's height
    bool dark = true, hints = true;
    double scale = 1;  ///< of the letters, on top of the screen's own
    int width = 1600, height = 1000;
    bool operator==(const Settings&) const = default;
};

/// $XDG_CONFIG_HOME/entrepot/viz.ini, or ~/.config/entrepot/viz.ini; empty when there is no home.
std::filesystem::path settings_file();

/// What isn't there, can't be read or makes no sense is as usual.
Settings load_settings(const std::filesystem::path& file);

/// False when it can't be written: the window then forgets.
bool save_settings(const std::filesystem::path& file, const Settings& settings);

}  // namespace entrepot::viz
