#pragma once

#include "models/model.hpp"

/// People at headquarters: planners and customer service agents are servers with hours and a queue.
namespace entrepot::models {

/// Puts a case before the people who deal with its kind: it goes on when one has.
void ask_people(Headquarters& hq, std::uint32_t place, Context& context);

/// What lies within the guardrails is done without a planner, but not without the approval that its value needs.
void release_untouched(Headquarters& hq, std::uint32_t place, Context& context);

}  // namespace entrepot::models
