#pragma once

#include <string>
#include <vector>

#include "viz/live/scene.hpp"

/// How the window speaks of cases.
namespace entrepot::viz {

/// "3 d 4 h", "4 h 25 min", "25 min": whatever waits, in the same two units.
std::string waited_text(models::Duration span);

/// "planners", "customer service": the people of a role.
const char* people_text(models::Role role);
/// "a planner".
const char* person_text(models::Role role);
/// Who does a step: "system", "planner".
const char* role_text(models::Role role);

/// "purchase of 48 of A0001 for SE".
std::string about_text(const CaseHistory& history, const models::Network& network);

/// A step in words, with what guardrails had to say in it.
struct CaseStepText {
    models::Time at{};
    std::string who, what;
    bool stopped = false;  ///< something stood in its way
};
std::vector<CaseStepText> step_texts(const CaseHistory& history, const models::Network& network);

/// Where a case is: "has waited 4 h 10 min for a planner, urgent, and is the 3rd in turn".
std::string where_text(const CaseScene& one, models::Time now, const std::string& level, const std::string& until);

/// What is known beside what is true, where they differ by more than people would mind: a sentence each.
std::vector<std::string> differences(const ItemScene& known, models::Time now);
/// "heard 14 h 02 min ago".
std::string heard_text(const ItemScene& known, models::Time now);

}  // namespace entrepot::viz
