#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/network/ids.hpp"
#include "models/units.hpp"
#include "sim/time.hpp"

/// Who carries goods to customers and between sites.
namespace entrepot::models {

struct Carrier {
    std::string name;
    std::uint64_t key = 0;
    Channel channel = Channel::b2b;  ///< whose orders it carries, in order of preference within the channel
    bool expedite = false;           ///< the expedite service, any channel
    int cutoff_minute = 0;           ///< of the day: shipments ready by then leave that day
    bool on_saturday = false;
    double on_time = 1;
    std::vector<double> transit_days;            ///< probabilities of 1, 2, 3, ... business days
    std::vector<double> late_days = {0.7, 0.3};  ///< of a delayed shipment: of 1, 2, 3, ... more
    std::vector<double> daily_capacity;          ///< shipments, by site
    Money per_shipment;
    Money per_lb;
    double cost_factor = 1;
    double rejects = 0;  ///< probability that it refuses a shipment that it is offered: the next carrier is
    std::optional<sim::Duration>
        tells_delays;           ///< so long before a late shipment was to be there; none: it tells nobody
    bool consolidates = false;  ///< of a customer's orders that leave a site together, only one pays per_shipment
    // While a disturbance says that it has its peak.
    std::optional<double> peak_on_time, peak_rejects;  ///< in place of the usual ones
    double peak_surcharge = 1;                         ///< factor of its prices
};

/// Trucks between the sites.
struct TransferTerms {
    int truck_hour = 18, arrival_hour = 8;  ///< of the day: scheduled trucks leave; all arrive
    std::array<bool, 7> truck_weekdays{};
    Column<SiteId, Column<SiteId, double>> lead_days;  ///< between sites, whole calendar days
    Money per_pallet;
    double units_per_pallet = 1;
    Money handling;                 ///< per pallet at each end
    double urgent_cost_factor = 1;  ///< dedicated truck
    double urgent_lead_factor = 1;
};

}  // namespace entrepot::models
