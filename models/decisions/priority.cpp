#include "models/decisions/priority.hpp"

#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"

namespace entrepot::models {

RankingMoment ranking_moment(const Network& network, Time now) {
    return {&network,
            day_of(now),
            {earliest_arrival(network, Channel::b2b, now), earliest_arrival(network, Channel::ecommerce, now)}};
}

namespace {

std::uint64_t after_boosted(const Order& order, std::uint64_t rank) {
    constexpr std::uint64_t kNotBoosted = std::uint64_t{1} << 63;
    return order.boosted ? rank : rank | kNotBoosted;
}

}  // namespace

std::uint64_t priority_rank(const SiteState& site, const Order& order, const RankingMoment& now) {
    const Order* const one = &order;
    std::uint64_t rank = 0;
    now.network->priority_of[site.id]->rank(now, {&one, 1}, {&rank, 1});
    return after_boosted(order, rank);
}

std::uint64_t entry_rank(const Order& order) { return after_boosted(order, order.sequence); }

}  // namespace entrepot::models
