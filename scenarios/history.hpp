#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "models/units.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/tree.hpp"

/// Data files: recorded demand and lists of items.
namespace entrepot::scenarios {

/// Recorded demand. Sites are positions in the scenario; items are positions in `items`; periods are of equal length.
struct Recording {
    struct Cell {
        int period = 0;
        std::size_t site = 0, item = 0;
        models::Units units = 0;
    };
    double first_date = 0;  ///< days since 1970-01-01
    int period_days = 7, periods = 0;
    std::vector<std::string> items;  ///< by falling volume
    std::vector<double> mean_price;  ///< by item; 0 = none in the file
    std::vector<Cell> cells;         ///< sorted by period, site, item; only those with units
    std::uint64_t digest = 0;        ///< of the files
};

/// An item of a list. Negative or empty = not given.
struct ListedItem {
    std::string name;
    std::size_t velocity = 0;  ///< position of its class
    std::string supplier;
    double cost = 0, weight_lb = -1, popularity = -1, b2b_price = -1, ecommerce_price = -1;
    int seasonal = -1, pack = -1, minimum_order = -1;
};

/// Reads the files of demand.history and compares them with the calendar and the sites. Where the scenario gives no
/// start date, the recording's is taken.
std::optional<Recording> read_recording(Scenario& scenario, const Tree& tree, std::vector<Problem>& problems);

/// Reads items.file; `digest` becomes that of the file.
std::vector<ListedItem> read_items(const Scenario& scenario, const Tree& tree, std::vector<Problem>& problems,
                                   std::uint64_t& digest);

}  // namespace entrepot::scenarios
