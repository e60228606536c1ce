#include "models/network/people.hpp"

#include <algorithm>

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
            return office.service_leads;
        case Role::it_support:
            return office.it_support;
        case Role::warehouse_supervisor:
            break;
    }
    return office.warehouse_supervisors;
}

int generalists(const Office& office, Role role) {
    int rest = heads(office, role);
    for (const SkillGroup& group : skill_groups(office, role)) rest -= group.heads;
    return std::max(0, rest);
}

Duration office_time_between(const Calendar& calendar, const Office& office, Time from, Time to) {
    const Duration open = sim::from_real<sim::hours>(office.opening_hours);
    Duration sum{};
    for (int day = day_of(from); start_of(day) < to; ++day) {
        if (!calendar.is_business_day(day)) continue;
        const Time opens = at_hour(day, office.start_hour);
        sum += std::max(Duration{}, std::min(to, opens + open) - std::max(from, opens));
    }
    return sum;
}

Money cost_per_hour(const Office& office, Role role) {
    return role == Role::service_agent ? office.agent_cost_per_hour : office.planner_cost_per_hour;
}

}  // namespace entrepot::models
