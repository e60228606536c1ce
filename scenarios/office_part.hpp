#pragma once

#include <string>
#include <vector>

#include "models/network/people.hpp"
#include "scenarios/strategy_part.hpp"

namespace entrepot::scenarios {

/// Some people of a role who can do the same; their sites by name.
struct SkillGroupPart {
    models::Role role = models::Role::planner;
    models::SkillGroup group{.heads = 1};
    std::vector<std::string> sites;  ///< names; none = all
};

/// People at headquarters, and what some of them can do.
struct OfficePart : models::Office {
    NamedList<SkillGroupPart> skill_groups;
};

}  // namespace entrepot::scenarios
