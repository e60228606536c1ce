#pragma once

#include <cstdint>
#include <vector>

#include "models/network/network.hpp"
#include "sim/packed.hpp"
#include "sim/random.hpp"

/// What goes wrong in one replication, and when: drawn from the scenario's disturbances before anything else happens,
/// the same for all strategies. Every entity has a copy, for handlers see nothing but their own entity.
namespace entrepot::models {

/// [from, until)
struct Happening {
    Time from{}, until{};
    std::uint16_t disturbance = 0;  ///< its place in Network::disturbances
    sim::Filler<6> rest{};
};

struct Happenings {
    std::vector<Happening> all;  ///< disturbance by disturbance, each by time

    template <class Archive>
    void fields(Archive& archive) {
        archive(all);
    }
};

/// One that has no chance about it happens once, as it is said. One that follows another happens after each time that
/// the other did. One that comes again and again begins with the time between two, from its first day on.
Happenings draw_happenings(const Network& network, const sim::Draws& draws);

}  // namespace entrepot::models
