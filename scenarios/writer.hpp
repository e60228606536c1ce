#pragma once

#include <string>

#include "scenarios/scenario.hpp"

namespace entrepot::scenarios {

/// The scenario as TOML with every key, defaults included: equal scenarios give equal texts, and the text reads back as
/// the same scenario.
std::string canonical_text(const Scenario& scenario);

}  // namespace entrepot::scenarios
