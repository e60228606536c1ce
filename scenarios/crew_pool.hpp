#pragma once

#include <string>
#include <vector>

#include "models/network/sites.hpp"

namespace entrepot::scenarios {

/// Sites that lend each other pickers.
struct CrewPoolPart {
    std::vector<std::string> sites;  ///< names; none = all
    models::CrewPool pool;
};

}  // namespace entrepot::scenarios
