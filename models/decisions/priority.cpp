#include "models/decisions/priority.hpp"

#include <algorithm>

#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"

namespace entrepot::models {

namespace {

constexpr std::uint64_t kNotBoosted = std::uint64_t{1} << 63;

std::uint64_t rank(const Fifo&, const Network&, const Order& order, const RankingMoment&) { return order.sequence; }

std::uint64_t rank(const TierThenDate&, const Network& network, const Order& order, const RankingMoment&) {
    return (static_cast<std::uint64_t>(network.tiers[order.tier].rank) << 48) |
           (std::uint64_t{order.promised_day} << 32) | order.sequence;
}

std::uint64_t rank(const CompositeScore& weight, const Network& network, const Order& order, const RankingMoment& now) {
    constexpr double kHorizonDays = 5;     // slack and age beyond it make no further difference
    constexpr double kPenaltyScale = 200;  // currency units at which a penalty counts half of its weight
    const Tier& tier = network.tiers[order.tier];
    const double importance = 1.0 - tier.rank / static_cast<double>(network.tiers.size());
    // A promise that can't be kept any more is no reason to hurry, nor is a penalty that is due already: the order then
    // stands by its tier and its age alone.
    const int slack = order.promised_day - now.arrival[static_cast<std::size_t>(tier.channel)];
    const double urgency = slack >= 0 ? 1.0 - std::min(slack / kHorizonDays, 1.0) : 0.0;
    const double at_stake =
        slack >= 0 ? (order.cost * tier.penalty_share + tier.penalty_fixed + tier.refund).amount() : 0.0;
    const double age = std::clamp((now.day - order.placed_day) / kHorizonDays, 0.0, 1.0);
    const double score = weight.tier * importance + weight.slack * urgency +
                         weight.penalty * at_stake / (at_stake + kPenaltyScale) + weight.age * age;
    const double greatest = weight.tier + weight.slack + weight.penalty + weight.age;
    const auto distance = static_cast<std::uint64_t>(std::max(0.0, greatest - score) / std::max(greatest, 1e-9) * 1e6);
    return (distance << 32) | order.sequence;
}

}  // namespace

RankingMoment ranking_moment(const Network& network, Time now) {
    return {day_of(now),
            {earliest_arrival(network, Channel::b2b, now), earliest_arrival(network, Channel::ecommerce, now)}};
}

std::uint64_t priority_rank(const Network& network, const Order& order, const RankingMoment& now) {
    const std::uint64_t ordinary =
        std::visit([&](const auto& rule) { return rank(rule, network, order, now); }, network.strategy.priority);
    return order.boosted ? ordinary : ordinary | kNotBoosted;
}

}  // namespace entrepot::models
