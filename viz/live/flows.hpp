#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/model.hpp"

/// What moves towards the warehouses and away from them, and what is told of it: suppliers' goods, carriers' trucks,
/// and the interfaces that carry the news.
namespace entrepot::viz {

inline constexpr std::size_t kDaysAhead = 30;

/// Purchase lines from one segment of suppliers to one site, by the day on which they will come; the last entry is of
/// all later ones.
struct PurchaseLane {
    std::uint16_t segment = 0, site = 0;
    std::array<std::int32_t, kDaysAhead> lines{}, late{};
    std::int32_t all_lines = 0, all_late = 0;
    std::int64_t units = 0;
};

/// Shipments to customers of one kind of service at one site.
struct CarrierScene {
    std::uint16_t site = 0;
    std::uint8_t lane = 0;                      ///< the channels, then the expedited ones
    std::int32_t waiting = 0, left_behind = 0;  ///< at the dock; of them those that missed a day's departures
    models::Time departs = sim::kNever;         ///< the next truck
    std::uint8_t carrier = 0;                   ///< whose
    std::int32_t capacity = 0;                  ///< of all trucks that still come today, usual [shipments]
};

/// How a site's news reach the record and headquarters.
struct InterfaceScene {
    std::uint16_t site = 0;
    bool batch = false;                      ///< nightly; else event by event
    std::int32_t postings = 0;               ///< changes of stock on their way to the record
    models::Time next = sim::kNever;         ///< the next batch, or the next extract for headquarters
    std::int32_t receipts = 0, changed = 0;  ///< goods received, and items changed, of which headquarters will hear
    std::int32_t wrong_items = 0;            ///< items of which headquarters believes otherwise than the record says
    std::int64_t wrong_units = 0;            ///< by so many in all
    models::Duration oldest{};               ///< since headquarters last heard of one of those
};

struct Flows {
    std::vector<PurchaseLane> purchases;     ///< those with lines, by segment and site
    std::vector<CarrierScene> carriers;      ///< by site and lane, those that the network has; when lists are wanted
    std::vector<InterfaceScene> interfaces;  ///< by site; when lists are wanted
};

/// The suppliers' segments in the network's order, and that of each supplier.
struct Segments {
    explicit Segments(const models::Network& network);
    std::vector<std::string> names;
    std::vector<std::uint16_t> of_supplier;
};

/// The world's flows. `lists`: all of them, else purchases alone.
Flows flows_of(const models::World& world, const Segments& segments, bool lists);

/// "business", "consumers", "expedited": the kinds of service, as CarrierScene numbers them.
std::string_view lane_name(std::uint8_t lane);

}  // namespace entrepot::viz
