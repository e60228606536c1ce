#pragma once

#include <cstddef>

#include "models/network/network.hpp"

namespace entrepot::tests {

/// A small network in C++, so that the models are tested without the scenario language.
struct FixtureSize {
    std::size_t sites = 2, items = 30;
    double orders_per_day = 60;  ///< of each channel and site
    int days = 60;
    int pickers = 6;                ///< of a day
    std::size_t never_ordered = 0;  ///< items more, which no order names
    bool reversed = false;          ///< the same sites, the last one first
};

models::Network small_network(const FixtureSize& size = {});

/// The strategies' first form, with the fixture's classes.
models::Strategy manual_strategy();
models::Strategy orchestrated_strategy();

}  // namespace entrepot::tests
