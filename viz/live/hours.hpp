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
    std::vector<Hour> places;        ///< the sites, headquarters, the interfaces
};

class HourCounter {
public:
    /// From this moment on.
    HourCounter(const Looker& looker, const models::World& world);

    void read(std::span<const models::Fact> facts);

    /// Ends the hour: its flows, and the states as they are now.
    std::vector<Hour> close(const Looker& looker, const models::World& world);

private:
    /// Messages of an interface.
    struct Messages {
        double all = 0, at_once = 0;
    };
    using ByInterface = std::array<Messages, models::kInterfaces>;

    void clear();
    /// So far: those of days that links have told of, and of the day that they have not.
    ByInterface messages(const std::array<LinkScene, models::kInterfaces>& links) const;

    std::vector<Hour> places_;
    ByInterface told_{}, before_{};  ///< of whole days; at the end of the hour before
};

}  // namespace entrepot::viz
