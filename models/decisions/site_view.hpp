#pragma once

#include <cstdint>
#include <vector>

#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// What a site keeps that orders by its own record.
namespace entrepot::models {

/// What a location whose policy forecasts at the site knows of demand, and what it has to tell its source.
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

/// Levels that headquarters has told.
struct SiteLevels {
    float reorder_point = -1e9F, order_up_to = 0;  ///< units
};

/// A line is short, and other sites may help out: they are asked when the event has ended.
struct ShortLine {
    std::uint32_t line = kNone, number = 0;
    Units units = 0;
};

/// Units that a customer's line is short of and other sites were asked for.
struct PoolRequest {
    std::uint32_t item = 0, line = kNone, serial = 0, line_number = 0;
    Units open = 0;                ///< not answered yet
    std::uint16_t placed_day = 0;  ///< of the line's order
    TierId tier;
    sim::Filler<1> rest{};
};

}  // namespace entrepot::models
