#pragma once

#include <string>

#include "sim/random.hpp"

namespace entrepot::tests {

/// A canonical scenario text with some of its values changed: numbers scaled, set to nothing or to something, switches
/// turned. Often valid, not always sensible.
std::string mutated(const std::string& text, sim::Stream& draws);

}  // namespace entrepot::tests
