#pragma once

#include "results/charts/drawing.hpp"
#include "viz/canvas/painter.hpp"

namespace entrepot::viz {

/// Draws a laid-out chart of the report with its upper left corner there. In the dark theme what is nearly black is
/// drawn light and the other way round; hues stay.
void draw(const results::charts::Drawing& drawing, const Painter& paint, ImVec2 at);

}  // namespace entrepot::viz
