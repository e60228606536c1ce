#pragma once

#include <cstdint>

#include "models/network/ids.hpp"
#include "models/units.hpp"

/// What headquarters has ordered of suppliers and of other sites.
namespace entrepot::models {

struct PurchaseLine {
    ItemId item;
    SiteId site;
    Units ordered = 0;
    std::uint16_t version = 0;  ///< counts reschedulings
    std::uint8_t touches = 0;
    bool auto_released = false, delivered = false, reported = false, late = false, chased = false;
    Units delivered_units = 0;
    Time proposed{}, placed{}, due{}, arrives{};
};

struct Transfer {
    ItemId item;
    SiteId from, to;
    Units units = 0, shipped = 0;
    std::uint8_t touches = 0;
    bool urgent = false, reported = false;
    bool answered = false;  ///< headquarters knows how many were shipped
    Time proposed{};
};

}  // namespace entrepot::models
