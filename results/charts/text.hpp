#pragma once

#include <string>
#include <string_view>

#include "results/charts/drawing.hpp"

/// How much room words take, so that a layout needs no font engine.
namespace entrepot::results::charts {

/// Width [px] that a text has at most in the sans-serif faces that machines have, from a table of glyph widths.
double text_width(std::string_view text, double size, bool bold = false);

/// The text, or as much of its beginning as fits into the width [px], with an ellipsis.
std::string fit_text(std::string_view text, double width, double size, bool bold = false);

/// The box that a text covers on the canvas.
Rect text_box(const Text& text);

}  // namespace entrepot::results::charts
