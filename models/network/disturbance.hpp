#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/network/calendar.hpp"
#include "models/network/systems.hpp"

/// What goes wrong.
namespace entrepot::models {

/// A change of the network's abilities for some days, or hours.
struct Disturbance {
    enum class Kind : std::uint8_t {
        supplier_slip,
        carrier_capacity,
        absence,
        outage,
        supplier_capacity,
        supplier_stop,   ///< it begins nothing
        supplier_spell,  ///< a bad spell, whatever its turn
    };
    Kind kind = Kind::supplier_slip;
    std::string name;
    int first_day = 0, days = 0;  ///< days since day 0
    SupplierId supplier;
    CarrierId carrier;
    SiteId site;
    double factor = 1;  ///< lead time multiplier; capacity multiplier; absence probability added
    // Of an outage.
    InterfaceName interface = InterfaceName::posting;
    bool all_links = false;         ///< of the interface; else that of the site or the supplier
    Duration starts{};              ///< after the midnight of the first day
    std::optional<Duration> lasts;  ///< in place of the days

    Time from() const { return start_of(first_day) + starts; }
    Time until() const { return from() + lasts.value_or(sim::days{days}); }
};

}  // namespace entrepot::models
