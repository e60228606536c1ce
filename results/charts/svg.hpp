#pragma once

#include <string>
#include <string_view>

#include "results/charts/drawing.hpp"

namespace entrepot::results::charts {

/// The drawing as a static SVG element: no script, no style sheet, no reference to anything outside. Stands alone as a
/// file and inside an HTML page.
std::string to_svg(const Drawing& drawing);

/// The text for XML and HTML: markup escaped, bytes that no XML document may hold replaced.
std::string escape(std::string_view text);

}  // namespace entrepot::results::charts
