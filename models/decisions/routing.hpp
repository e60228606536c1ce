#pragma once

#include <optional>

#include "models/model.hpp"

/// Which desk a case goes to that people decide, and what becomes of one that nobody comes to.
namespace entrepot::models {

/// Finds the first of the strategy's routes that concerns a case, which keeps it from now on. Returns whose desk it
/// names.
std::optional<Role> take_route(const Headquarters& hq, Case& one, const Network& network);

/// A case on a desk has begun to wait: its route may want to hear of it again.
void watch_waiting(Headquarters& hq, std::uint32_t place, Context& context);

}  // namespace entrepot::models
