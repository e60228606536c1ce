#pragma once

#include "models/model.hpp"
#include "models/purposes.hpp"

/// Customers under contract: who of a tier's accounts at a site placed an order. Number 1 is the largest one.
namespace entrepot::models {

/// The account's number among its tier's at the order's site; 0 where each order is another customer's.
inline std::uint32_t account_of(const Order& order, const Network& network, const sim::Draws& draws) {
    const Tier& tier = network.tiers[order.tier];
    if (tier.accounts == 0 || order.internal) return 0;
    const double u = draws.at(purpose::account, order.key, order.coordinate).uniform();
    const sim::Discrete& sizes = network.account_sizes[order.tier];
    return 1 + (sizes.size() > 0 ? sizes(u) : static_cast<std::uint32_t>(u * tier.accounts));
}

/// Whether an account is one of the largest tenth of its tier's.
inline bool is_large(std::uint32_t account, const Tier& tier) {
    return account > 0 && account <= static_cast<std::uint32_t>(tier.accounts + 9) / 10;
}

}  // namespace entrepot::models
