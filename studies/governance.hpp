#pragma once

#include <string>
#include <vector>

#include "results/report/governed.hpp"
#include "scenarios/scenario.hpp"

namespace entrepot::studies {

/// Who decides under each of these strategies, in words for people. A strategy that the scenario doesn't have is
/// governed by nobody.
std::vector<results::Governed> governance_of(const scenarios::Scenario& scenario,
                                             const std::vector<std::string>& strategies);

}  // namespace entrepot::studies
