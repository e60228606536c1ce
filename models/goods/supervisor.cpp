#include "models/goods/supervisor.hpp"

#include <algorithm>

#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

bool supervisor_decides(SiteState& site, Context& context) {
    const double share = context.network().strategy.waves.local_override;
    if (share <= 0) return false;
    // The day and the task's number on it; beyond 65,536 tasks a day runs into the next one's numbers, never back.
    site.put_in_order = std::max(site.put_in_order, static_cast<std::uint32_t>(day_of(context.now())) << 16);
    const std::uint64_t key = context.network().sites[site.id].key;
    return context.draws().at(purpose::local_override, key, site.put_in_order++).uniform() < share;
}

LocalRank local_rank(const SiteState& site, const Task& task, LocalRule rule) {
    const auto entered = static_cast<std::uint64_t>(task.entered.time_since_epoch().count());
    switch (rule) {
        case LocalRule::easiest:
            return {static_cast<std::uint64_t>(task.picks), entered};
        case LocalRule::newest:
            return {~entered, task.rank};
        case LocalRule::loudest:
            break;
    }
    const bool loud = task.order != kNone && site.orders[task.order].escalated;
    return {loud ? 0u : 1u, task.rank};
}

}  // namespace entrepot::models
