#include <algorithm>

#include "models/model.hpp"

namespace entrepot::models {

// Who lends pickers to whom: sites have told how many they are short of, or can spare.

namespace {

/// The site of the pool that is worst off of those that ask, or has the most time of those that offer; null: none.
HandsNews* foremost(Headquarters& hq, const CrewPool& pool, int sign, SiteId& where) {
    HandsNews* best = nullptr;
    for (const SiteId site : pool.sites) {
        HandsNews& news = hq.hands[site];
        if (news.people * sign <= 0 || (best != nullptr && news.hours_each <= best->hours_each)) continue;
        best = &news;
        where = site;
    }
    return best;
}

}  // namespace

void on(Headquarters& hq, const HandsReported& message, Context& context) {
    const Network& network = context.network();
    const SiteId site{message.site};
    const std::uint16_t pool = network.crew_pool_of[site];
    hq.hands[site] = {message.people, message.hours_each};
    if (hq.hands_due[pool] != 0) return;
    hq.hands_due[pool] = 1;
    context.after(network.crew_pools[pool].decides_after, HandsDealt{pool});
}

void on(Headquarters& hq, const HandsDealt& message, Context& context) {
    const CrewPool& pool = context.network().crew_pools.at(message.pool);
    const Time arrives = context.now() + context.network().strategy.integration.pump;
    hq.hands_due[message.pool] = 0;
    while (true) {
        SiteId from, to;
        HandsNews* asks = foremost(hq, pool, -1, to);
        HandsNews* offers = foremost(hq, pool, 1, from);
        if (asks == nullptr || offers == nullptr) break;
        const std::int32_t people = std::min(-asks->people, offers->people);
        asks->people += people;
        offers->people -= people;
        context.send(entity_of(from), arrives, HandsLent{people, to.value});
    }
    for (const SiteId site : pool.sites) hq.hands[site] = {};
}

}  // namespace entrepot::models
