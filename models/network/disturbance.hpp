#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/network/calendar.hpp"
#include "models/network/distributions.hpp"
#include "models/network/systems.hpp"

/// What goes wrong.
namespace entrepot::models {

/// A change of the network's abilities for some days, or hours. When it happens in a replication, and whether it does,
/// is drawn (disturbances/happenings.hpp).
struct Disturbance {
    enum class Kind : std::uint8_t {
        supplier_slip,
        carrier_capacity,
        absence,
        outage,
        supplier_capacity,
        supplier_stop,   ///< it begins nothing
        supplier_spell,  ///< a bad spell, whatever its turn
        site_slow,       ///< people pick and receive so many times as fast
        site_closed,     ///< nobody comes, and no carrier takes anything
        carrier_peak,    ///< the carrier's terms of its peak hold
        schema_break,    ///< an interface has a new version, and messages of the old one are refused
        token_expiry,    ///< an interface's key has run out
    };
    Kind kind = Kind::supplier_slip;
    std::string name;
    int first_day = 0, days = 0;  ///< days since day 0
    SupplierId supplier;
    CarrierId carrier;
    SiteId site;
    double factor = 1;  ///< lead time multiplier; capacity multiplier; absence probability added; pace
    // Of an outage, a schema break, an expired token.
    InterfaceName interface = InterfaceName::posting;
    bool everywhere = false;        ///< at all sites, or on all links of the interface; else where it is said
    Duration starts{};              ///< after the midnight of the first day
    std::optional<Duration> lasts;  ///< in place of the days
    // By chance.
    std::uint64_t key = 0;               ///< hash of its name, of its draws
    double probability = 1;              ///< of each time that it could happen
    std::optional<std::uint16_t> after;  ///< it follows another, from whose first day its own is counted
    std::optional<TimeDistribution> between,
        length;  ///< it comes again and again: from its end to the next one; how long

    bool of_link() const { return kind == Kind::outage || kind == Kind::schema_break || kind == Kind::token_expiry; }
};

}  // namespace entrepot::models
