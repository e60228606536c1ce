#pragma once

#include <string>

namespace entrepot::studies {

/// What was typed, in quotes, as messages repeat it: of a long text its beginning, and how long it is.
std::string quoted(const std::string& text);

}  // namespace entrepot::studies
