#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "models/decisions/policies/level_policy.hpp"
#include "models/decisions/policies/priority_policy.hpp"

namespace entrepot::models {

/// A policy that a scenario may name.
template <class Policy>
struct PolicyKind {
    std::string_view name, meaning;
    std::unique_ptr<Policy> (*make)();
};

/// The policies that there are to choose from: the program's own, and what is added to them.
struct PolicyRegistry {
    std::vector<PolicyKind<LevelPolicy>> levels;
    std::vector<PolicyKind<PriorityPolicy>> priorities;
};

/// One line for each policy (registry.cpp).
PolicyRegistry built_in_policies();

// Each one stands in the file of its name.
std::unique_ptr<LevelPolicy> stale_min_max();
std::unique_ptr<LevelPolicy> class_service();
std::unique_ptr<LevelPolicy> fill_rate();
std::unique_ptr<LevelPolicy> empirical_quantile();
std::unique_ptr<LevelPolicy> days_of_cover();
std::unique_ptr<LevelPolicy> order_on_demand();
std::unique_ptr<LevelPolicy> forecast_quantile();
std::unique_ptr<PriorityPolicy> fifo();
std::unique_ptr<PriorityPolicy> tier_then_date();
std::unique_ptr<PriorityPolicy> composite();
std::unique_ptr<PriorityPolicy> edd();
std::unique_ptr<PriorityPolicy> margin();
std::unique_ptr<PriorityPolicy> penalty();
std::unique_ptr<PriorityPolicy> atc();
std::unique_ptr<PriorityPolicy> cmu();

}  // namespace entrepot::models
