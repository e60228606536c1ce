#pragma once

#include "models/model.hpp"

/// People at headquarters: planners and customer service agents are servers with hours and a queue.
namespace entrepot::models {

/// Puts a decision before a planner: it goes on when one has dealt with it.
void ask_planner(Headquarters& hq, DecisionKind kind, std::uint32_t subject, Context& context);

/// A purchase line within the guardrails goes out without a planner, but not without the approval that its value needs.
void release_untouched(Headquarters& hq, std::uint32_t purchase, Context& context);

}  // namespace entrepot::models
