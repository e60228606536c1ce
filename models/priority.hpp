#pragma once

#include <cstdint>

#include "models/network.hpp"
#include "models/state.hpp"

namespace entrepot::models {

/// The strategy's rank of an order now: the lower, the earlier it is allocated, picked and shipped. Orders that
/// customer service boosted go before all others; ties go to the order that was entered first.
std::uint64_t priority_rank(const Network& network, const Order& order, Time now);

}  // namespace entrepot::models
