#pragma once

#include <functional>
#include <memory>
#include <string>

#include "models/model.hpp"
#include "scenarios/load.hpp"
#include "viz/live/hours.hpp"

/// One replication of one strategy, which can be taken to any moment of its horizon.
namespace entrepot::viz {

/// Which replication is watched; all strategies meet the same demand and delays in it.
struct Replication {
    std::uint32_t seed = 0;
    std::size_t number = 0;
    bool antithetic = false;
};

class Lane {
public:
    using Told = std::function<void(std::size_t hour, std::vector<Hour>)>;

    /// `told` hears of each hour once, the first time that it has passed.
    Lane(const scenarios::Loaded& loaded, const std::string& strategy, const Replication& replication, Told told);
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    const models::Network& network() const { return network_; }
    const models::World& world() const { return world_; }
    const Looker& looker() const { return looker_; }

    /// Every event before this moment has been handled, and no other.
    void go_to(models::Time moment);
    /// Time of the next event; kNever when there is none.
    models::Time next_event();

private:
    models::World begin();
    void forward(models::Time until);

    models::Network network_;
    Looker looker_;
    Replication replication_;
    Told told_;
    HourCounter hours_;
    models::FactLog log_;
    models::World world_;
    std::size_t hours_told_ = 0;
    bool first_pass_ = true;
};

}  // namespace entrepot::viz
