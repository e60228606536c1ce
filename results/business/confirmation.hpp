#pragma once

#include <optional>

#include "results/study.hpp"

/// The winner's own replications. The best of several estimates is too good by chance: of five equal strategies the
/// best one looks 1.16 standard errors better than it is. So what a chosen strategy is worth is told by replications
/// that had no part in choosing it.
namespace entrepot::results {

/// The comparator and the chosen strategy on their fresh replications, as a study of its own; nothing when there are
/// none. Compare and value it as any other.
std::optional<Study> fresh_study(const Study& study);

}  // namespace entrepot::results
