#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "scenarios/tree.hpp"

/// The list of items that items.file names.
namespace entrepot::scenarios {

/// An item of a list. Negative or empty = not given.
struct ListedItem {
    std::string name;
    std::size_t velocity = 0;  ///< position of its class
    std::string supplier;
    std::string substitute_group;  ///< of items that do for each other
    double cost = 0, weight_lb = -1, popularity = -1, b2b_price = -1, ecommerce_price = -1;
    int seasonal = -1, pack = -1, minimum_order = -1;
};

/// Reads items.file; `digest` becomes that of the file.
std::vector<ListedItem> read_items(const Scenario& scenario, const Tree& tree, Problems& problems,
                                   std::uint64_t& digest);

}  // namespace entrepot::scenarios
