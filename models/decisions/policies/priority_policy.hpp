#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "models/decisions/policies/parameters.hpp"
#include "models/network/network.hpp"
#include "models/records/order_book.hpp"

namespace entrepot::models {

/// What the ranks of all orders depend on at a moment: looked up once for many of them.
struct RankingMoment {
    const Network* network = nullptr;
    int day = 0;
    std::array<int, 2> arrival{};  ///< by channel: the day on which what is ready now comes at the earliest
};

/// Days that are left to the promise if the order leaves as soon as it can; below 0: it can't be kept any more.
inline int slack_days(const RankingMoment& now, const Order& order) {
    const Tier& tier = now.network->tiers[order.tier];
    return order.promised_day - now.arrival[static_cast<std::size_t>(tier.channel)];
}

/// What the order's customer gets if it is late, by contract or as a refund.
inline double cost_of_lateness(const RankingMoment& now, const Order& order) {
    const Tier& tier = now.network->tiers[order.tier];
    return (order.cost * tier.penalty_share + tier.penalty_fixed + tier.refund).amount();
}

/// The same over the work that the order takes: its open lines.
inline double cost_over_work(const RankingMoment& now, const Order& order) {
    return cost_of_lateness(now, order) / std::max<int>(order.lines_open, 1);
}

/// The rank by something of which more comes first [from 0 on]; of equal ones who was entered first.
inline std::uint64_t greatest_first(double value, const Order& order) {
    constexpr std::uint32_t kGreatest = 0x7FFFFFFF;  // bits of floats from 0 on are in their order
    const std::uint32_t missing = kGreatest - std::bit_cast<std::uint32_t>(static_cast<float>(value) + 0.0F);
    return (std::uint64_t{missing} << 32) | order.sequence;
}

/// Which order is allocated, picked and shipped first. A policy is one file: its parameters, whether it must be
/// licensed, and one function over a span of open orders.
class PriorityPolicy {
public:
    virtual ~PriorityPolicy() = default;
    virtual void describe(ParameterVisitor& visitor) = 0;
    virtual bool software() const { return false; }  ///< licensed: part of the programme's cost
    /// Whether orders are served in the order of their entry, whatever they are: lists needn't be searched then.
    virtual bool first_come() const { return false; }
    /// The lower, the earlier; below 2^63. Ties go to the order that was entered first.
    virtual void rank(const RankingMoment& now, std::span<const Order* const> orders,
                      std::span<std::uint64_t> ranks) const = 0;
};

}  // namespace entrepot::models
