#pragma once

#include <span>
#include <vector>

#include "models/facts.hpp"
#include "viz/live/scene.hpp"

/// The hours of a run, from the facts that are told and a look at the world at the end of each.
namespace entrepot::viz {

/// What one hour of one strategy's replication came to.
struct HourOfAll {
    std::size_t lane = 0, hour = 0;  ///< hours since day 0
    std::vector<Hour> places;        ///< the sites, then headquarters
};

class HourCounter {
public:
    explicit HourCounter(std::size_t sites) : places_(sites + 1) { clear(); }

    void read(std::span<const models::Fact> facts);

    /// Ends the hour: its flows, and the states as they are now.
    std::vector<Hour> close(const Looker& looker, const models::World& world);

private:
    void clear();

    std::vector<Hour> places_;
};

}  // namespace entrepot::viz
