#pragma once

#include <compare>
#include <cstdint>

#include "models/model.hpp"

/// Supervisors of a warehouse, who put work in an order of their own where the strategy lets them.
namespace entrepot::models {

/// Whether it is the supervisor who says which task is taken next, and not the priority rule. To be asked once for
/// each task that is put in order: a draw stands behind it.
bool supervisor_decides(SiteState& site, Context& context);

/// Where a task stands by his own rule: the lower, the earlier.
struct LocalRank {
    std::uint64_t first = 0, then = 0;
    friend auto operator<=>(const LocalRank&, const LocalRank&) = default;
};
LocalRank local_rank(const SiteState& site, const Task& task, LocalRule rule);

}  // namespace entrepot::models
