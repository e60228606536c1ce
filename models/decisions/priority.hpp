#pragma once

#include <array>
#include <cstdint>

#include "models/network/network.hpp"
#include "models/state.hpp"

namespace entrepot::models {

/// What the ranks of all orders depend on at a moment: looked up once for many of them.
struct RankingMoment {
    int day = 0;
    std::array<int, 2> arrival{};  ///< by channel: the day on which what is ready now comes at the earliest
};
RankingMoment ranking_moment(const Network& network, Time now);

/// The strategy's rank of an order at a moment: the lower, the earlier it is allocated, picked and shipped. Orders that
/// customer service boosted go before all others; ties go to the order that was entered first.
std::uint64_t priority_rank(const Network& network, const Order& order, const RankingMoment& now);

}  // namespace entrepot::models
