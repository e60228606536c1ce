#include "models/network/people.hpp"

namespace entrepot::models {

int heads(const Office& office, Role role) {
    switch (role) {
        case Role::system:
            return 0;
        case Role::planner:
            return office.planners;
        case Role::service_agent:
            return office.service_agents;
        case Role::procurement:
            return office.procurement;
        case Role::finance:
            return office.finance;
        case Role::service_lead:
            break;
    }
    return office.service_leads;
}

Money cost_per_hour(const Office& office, Role role) {
    return role == Role::service_agent ? office.agent_cost_per_hour : office.planner_cost_per_hour;
}

}  // namespace entrepot::models
