#pragma once

#include <vector>

#include <imgui.h>

namespace entrepot::viz {

/// Fills the screen around the panes, behind all else. The panes' own ground is what the screen is cleared to: in
/// software a pixel that is blended costs several that are cleared, and panes are nearly all of the screen.
void draw_around(std::vector<ImVec4> panes, ImU32 colour);

}  // namespace entrepot::viz
