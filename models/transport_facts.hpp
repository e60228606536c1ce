#pragma once

#include <cstdint>

/// What facts say of freight, carriers and haste.
namespace entrepot::models {

struct FreightPaid {
    std::int64_t micros;
    std::int64_t expedite_extra_micros;  ///< part of it above the ordinary mode's cost
    std::uint8_t carrier, tier;
    std::uint8_t expedited;
    std::uint8_t on_plan = 0;  ///< 1: in time for the promised day, if the carrier takes as long as it mostly does
    std::uint8_t joint = 0;  ///< 1: other shipments of its customer may go along; 2: it goes along; 0: each for itself
};

/// A carrier has left a site. A shipment's first chance to leave is the first day on which it lies at the dock at the
/// last cut-off of its lane.
struct CarrierDeparted {
    std::int32_t taken, capacity;        ///< shipments
    std::int32_t first_chances, missed;  ///< shipments that had theirs; of them, those that no carrier could take
    std::uint8_t carrier, expedite;
    std::int32_t offered = 0, refused = 0;  ///< shipments, of a carrier that may refuse
};

/// Premium for an expedited purchase or transfer (shipments tell FreightPaid).
struct ExpeditePaid {
    std::int64_t extra_micros;
    std::uint8_t kind;
};

}  // namespace entrepot::models
