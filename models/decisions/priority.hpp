#pragma once

#include "models/decisions/policies/priority_policy.hpp"
#include "models/state.hpp"

namespace entrepot::models {

/// What ranks depend on at a site at a moment.
RankingMoment ranking_moment(const Network& network, Time now);

/// The rank of an order by the site's priority policy: the lower, the earlier it is allocated, picked and shipped.
/// Orders that customer service boosted go before all others.
std::uint64_t priority_rank(const SiteState& site, const Order& order, const RankingMoment& now);

/// The rank of an order that was entered at this place.
std::uint64_t entry_rank(const Order& order);

}  // namespace entrepot::models
