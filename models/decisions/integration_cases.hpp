#pragma once

#include "models/model.hpp"

/// Messages that don't come through are somebody's case: who sees to it brings the link to work, and what was stuck on
/// its way again.
namespace entrepot::models {

/// What somebody needs for it.
double minutes_to_repair(const Case& one, const Network& network);

/// Somebody has seen to the link.
void settle_integration_exception(Headquarters& hq, std::uint32_t place, Context& context);

}  // namespace entrepot::models
