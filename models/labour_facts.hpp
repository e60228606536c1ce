#pragma once

#include <cstdint>

/// What happened to the people of a warehouse. A part of facts.hpp, which says how facts are told.
namespace entrepot::models {

/// A day's labour at a site with people. Hours are person-hours.
struct LabourDay {
    float straight_available, straight_busy, overtime;
    std::int64_t overtime_cost_micros;
};

/// The same of people who learn or are there for a while, at a site that has such. Hours are person-hours.
struct CrewDay {
    float temp_hours;
    float learning_loss;  ///< which pickers of the usual rate would not have needed
    float lent;           ///< to other sites, the way there with it
    float borrowed;       ///< of other sites, without the way
    std::int64_t temp_cost_micros, lending_cost_micros;
};

}  // namespace entrepot::models
