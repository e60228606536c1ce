#pragma once

#include "models/decisions/policies/level_policy.hpp"
#include "models/decisions/policies/priority_policy.hpp"

/// Whether two policies decide the same, though each was read from a scenario of its own: same kind, same parameters.
namespace entrepot::models {

bool same(const LevelPolicy* a, const LevelPolicy* b);
bool same(const PriorityPolicy* a, const PriorityPolicy* b);
/// The names may differ.
bool same(const InventoryPolicy& a, const InventoryPolicy& b);

}  // namespace entrepot::models
