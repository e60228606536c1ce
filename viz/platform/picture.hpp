#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace entrepot::viz {

class App;

/// Pixels, row by row from the top; red, green, blue, opaque.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
};

/// Draws the app without any display, by surfaceless EGL (in software where there is no graphics card). The ImGui
/// context must be the app's. Throws std::runtime_error with what is missing and what to do. The same contents give the
/// same pixels on one machine.
Picture draw_picture(App& app, int width, int height);

/// Draws so many frames that way, at the pace of a window, and says how long it was to each from the one before [ms].
std::vector<double> time_frames(App& app, int width, int height, int frames);

/// The bytes of a PNG file.
std::string png_of(const Picture& picture);

}  // namespace entrepot::viz
