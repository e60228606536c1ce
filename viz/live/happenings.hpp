#pragma once

#include <string>
#include <vector>

#include "models/disturbances/happenings.hpp"
#include "scenarios/load.hpp"

/// What the scenario has in store: phases, the spike, promotions, bursts, and what goes wrong in one replication.
namespace entrepot::viz {

struct Happening {
    enum class Kind { phase, demand, disturbance };
    Kind kind = Kind::phase;
    std::string name, text;    ///< "absence"; "absence: 25 % more people stay away"
    double from = 0, end = 0;  ///< hours since day 0
    int site = -1;             ///< where; -1: everywhere, or at a supplier

    bool holds(double hour) const { return hour >= from && hour < end; }
};

/// In the order of their beginning; phases first.
std::vector<Happening> happenings(const scenarios::Loaded& loaded, const models::Network& network,
                                  const models::Happenings& drawn);

}  // namespace entrepot::viz
