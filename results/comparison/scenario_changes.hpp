#pragma once

#include <string>
#include <vector>

namespace entrepot::results {

/// What differs between the texts of two studies' scenarios, as they keep them: "spike.peak.SE 2.2 -> 3". In the
/// order of the first text, then what only the second has. How the study itself is run ([study]) is left out.
std::vector<std::string> scenario_changes(const std::string& from, const std::string& to);

}  // namespace entrepot::results
