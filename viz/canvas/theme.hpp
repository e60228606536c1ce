#pragma once

#include <array>
#include <string>

#include <imgui.h>

/// Colours and letters of the window, dark and light, in any scale.
namespace entrepot::viz {

struct Fonts {
    ImFont *body = nullptr, *bold = nullptr, *small = nullptr, *title = nullptr;
};

/// All colours are told apart by people who see colours differently (Okabe and Ito, 2008), and none speaks alone.
struct Theme {
    bool dark = true;
    ImU32 ground, panel, raised, edge, grid;  ///< from behind to in front
    ImU32 ink, muted, faint;                  ///< words
    ImU32 accent, good, bad, warn;            ///< what is chosen; better, worse, look here
    std::array<ImU32, 5> cover;               ///< of stock, from scarce to plenty
    std::array<ImU32, 8> lanes;               ///< of strategies, as many as can be told apart
    ImU32 shade;                              ///< of a span of time
};

Theme dark_theme();
Theme light_theme();

inline constexpr std::array kCoverDays{7.0, 14.0, 28.0, 56.0};  ///< where one colour of the cover ends [days]
/// Of the n-th strategy that is open; they come again after eight, and the names alone tell.
ImU32 lane_colour(const Theme& theme, std::size_t lane);

ImU32 cover_colour(const Theme& theme, double days);

/// The colour with its opacity multiplied.
ImU32 faded(ImU32 colour, float opacity);

/// Sets ImGui's colours and sizes.
void apply(const Theme& theme, float scale);

/// Loads the letters into the atlas of the current context: DejaVu Sans where it is installed, else ImGui's own. The
/// atlas has to be handed to the graphics card afterwards.
Fonts load_fonts(float scale);

}  // namespace entrepot::viz
