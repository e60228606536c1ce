#pragma once

#include "viz/views/view.hpp"

namespace entrepot::viz {

/// What is so, what the record says and what headquarters believes of one item at one site, side by side, and below it
/// in words where they differ.
void draw_known_beside_true(const Frame& frame, const ItemScene& known, const std::string& item,
                            const std::string& site);

}  // namespace entrepot::viz
