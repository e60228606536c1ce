#pragma once

#include <cstdint>
#include <string>

#include "models/network/ids.hpp"

/// What goes wrong.
namespace entrepot::models {

/// A change of the network's abilities for some days.
struct Disturbance {
    enum class Kind : std::uint8_t { supplier_slip, carrier_capacity, absence };
    Kind kind = Kind::supplier_slip;
    std::string name;
    int first_day = 0, days = 0;  ///< days since day 0
    SupplierId supplier;
    CarrierId carrier;
    SiteId site;
    double factor = 1;  ///< lead time multiplier; capacity multiplier; absence probability added
};

}  // namespace entrepot::models
