#pragma once

#include <cstdint>

#include "sim/id.hpp"
#include "sim/time.hpp"

/// What the parts of a network are called by, and the words that all of its headers use.
namespace entrepot::models {

using sim::Column;
using sim::Duration;
using sim::Time;

using ItemId = sim::Id<struct ItemTag>;
using SiteId = sim::Id<struct SiteTag, std::uint16_t>;   ///< a regional warehouse, and its sales region
using TierId = sim::Id<struct TierTag, std::uint8_t>;    ///< a group of customers with one contract
using ClassId = sim::Id<struct ClassTag, std::uint8_t>;  ///< velocity class: A, B, C
using SupplierId = sim::Id<struct SupplierTag, std::uint16_t>;
using CarrierId = sim::Id<struct CarrierTag, std::uint8_t>;
using StreamId = sim::Id<struct DemandStreamTag, std::uint16_t>;

enum class Channel : std::uint8_t { b2b, ecommerce };

}  // namespace entrepot::models
