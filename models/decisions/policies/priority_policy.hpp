#pragma once

#include <array>
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
