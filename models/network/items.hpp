#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/network/ids.hpp"
#include "models/units.hpp"

/// What is stocked and sold.
namespace entrepot::models {

struct VelocityClass {
    std::string name;
    Duration cycle_count_interval{};  ///< how often a stock record is counted; 0 = never
};

/// What an order may be: whole packs, and the minimum at least. [units]
struct OrderSizes {
    Units pack = 1, minimum = 1;
};

/// What the run reads at every line stands first, in one cache line.
struct alignas(64) Item {
    Money unit_cost;
    std::array<Money, 2> price;  ///< by Channel
    std::uint64_t key = 0;       ///< sim::entity_hash of the name: the address of its draws
    double weight_lb = 0;        ///< of one unit
    Units pack = 1;              ///< purchase quantities are multiples of it
    Units minimum_order = 1;     ///< of one purchase line [units]
    SupplierId supplier;
    ClassId velocity;
    bool seasonal = false;
    std::uint32_t substitutes = 0;  ///< number of the group of items that do for each other; 0 = nothing does
    std::string name;
};

/// The items of a class by the day of a round on which their records are counted.
struct CountRound {
    std::vector<std::vector<ItemId>> items;  ///< as many as the class's interval has days

    const std::vector<ItemId>& on(int day) const { return items[static_cast<std::size_t>(day) % items.size()]; }
};

}  // namespace entrepot::models
