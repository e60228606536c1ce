#pragma once

#include <cstdint>

#include "sim/packed.hpp"

/// What facts say of stock that moves by no order.
namespace entrepot::models {

/// Stock that appeared or vanished without a movement, found or not.
struct StockAdjusted {
    std::uint32_t item;
    std::int32_t units;
    std::uint8_t found_by_count;  ///< 1: the record was corrected; 0: the truth moved unseen
};

/// Goods were damaged, and are worth nothing any more.
struct StockDamaged {
    std::int64_t cost_micros;
    std::uint32_t item;
    std::int32_t units;
    std::uint8_t velocity;
    std::uint8_t handled;  ///< 1: as they were put away; 0: on the shelf
    std::uint8_t seen;     ///< 1: the record is corrected at once; 0: a count will find out
    sim::Filler<5> rest{};
};

}  // namespace entrepot::models
