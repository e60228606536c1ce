#pragma once

#include <cstdint>
#include <vector>

#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"

/// What a site that replenishes itself keeps.
namespace entrepot::models {

/// What a location under a forecasting stock rule knows of demand, and what it has to tell its source.
struct DemandSeen {
    Units here = 0, customers = 0;  ///< since the last review: ordered here; by customers, at the sites behind it too
    Units untold = 0;               ///< customers' units that its source has not heard of
    std::vector<Units> periods;     ///< the last reviews', a ring
    std::uint32_t reviews = 0;
    double smoothed = 0;

    template <class Archive>
    void fields(Archive& archive) {
        archive(here, customers, untold, periods, reviews, smoothed);
    }
};

/// Units that a customer's line is short of and the pool was asked for.
struct PoolRequest {
    std::uint32_t item = 0, line = kNone, serial = 0, line_number = 0;
    Units open = 0;  ///< not answered yet
    TierId tier;
    std::uint16_t placed_day = 0;  ///< of the line's order
};

}  // namespace entrepot::models
