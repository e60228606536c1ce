#pragma once

#include "models/model.hpp"

/// People at headquarters: planners and customer service agents are servers with hours and a queue.
namespace entrepot::models {

/// Puts a decision before a planner: it goes on when one has dealt with it.
void ask_planner(Headquarters& hq, DecisionKind kind, std::uint32_t subject, Context& context);

}  // namespace entrepot::models
