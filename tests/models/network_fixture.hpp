#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/decisions/policies/registry.hpp"
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

/// How levels come about, for planners.
struct Replenishment {
    std::shared_ptr<const models::LevelPolicy> levels;
    models::Duration review = sim::days{1};
};
using Priority = std::shared_ptr<const models::PriorityPolicy>;
using ByClass = std::vector<double>;

// The policies' parameters as plain values.
struct StaleMinMax {
    ByClass safety_days, cover_days;
    double refresh_days = 90, history_days = 90, staleness_sigma = 0;
    models::Duration review = sim::days{7};
    operator Replenishment() const;
};
struct ClassPolicy {
    ByClass service, cover_days;
    double refresh_days = 30, history_days = 90;
    models::Duration review = sim::days{7};
    operator Replenishment() const;
};
/// Any level policy by its name, with its parameters: one value of each, or one for each class; a choice's position.
struct NamedPolicy {
    std::string name;
    std::map<std::string, std::vector<double>> parameters;
    models::Duration review = sim::days{1};
    operator Replenishment() const;
};
struct ForecastQuantile {
    ByClass service, cover_days;
    double smoothing = 0.1, alarm_smoothing = 0.5, alarm_threshold = 4, least_variance = 0.05;
    models::Duration review = sim::days{1};
    operator Replenishment() const;
};
struct Fifo {
    operator Priority() const;
};
struct TierThenDate {
    operator Priority() const;
};
struct CompositeScore {
    double tier = 0, slack = 0, penalty = 0, age = 0, horizon_days = 5, penalty_scale = 200;
    operator Priority() const;
};

/// A strategy in C++: its terms, and what it binds the decisions to everywhere.
struct FixtureStrategy : models::Strategy {
    Replenishment replenishment;
    Priority priority;
    models::PromiseRule promise = models::PromiseRule::table;
};

/// The strategies' first form, with the fixture's classes.
FixtureStrategy manual_strategy();
FixtureStrategy orchestrated_strategy();

/// Binds the network's decisions, and finishes it.
void follow(models::Network& network, const FixtureStrategy& strategy);
/// Binds one of them anew.
void replenish(models::Network& network, const Replenishment& replenishment);
void prioritise(models::Network& network, const Priority& priority);

}  // namespace entrepot::tests
