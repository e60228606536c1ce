#pragma once

#include "viz/views/view.hpp"

namespace entrepot::viz {

/// People of headquarters by desk, and the cases before them: who comes next, what is oldest, what waits for approval.
void draw_desks(Frame& frame);

/// What a table without rows says.
void nothing(const std::string& words, const Frame& frame);

}  // namespace entrepot::viz
