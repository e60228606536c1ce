#include <algorithm>

#include "models/state.hpp"

/// What a state has to agree with its network in, beside the lengths of tables, which the reader compares.
namespace entrepot::models {

namespace {

/// A plant's servers are known from its first order on.
bool has_its_servers(const Headquarters::Plant& plant, const Supplier& terms, std::size_t sites) {
    const auto servers = static_cast<std::size_t>(terms.servers) * (terms.servers_by_site ? sites : 1);
    return plant.free.empty() || plant.free.size() == servers;
}

/// The parts of levels in which sites and headquarters begin to forecast stand in an order that nobody makes up.
bool in_order(const SiteState& site) {
    return std::ranges::is_sorted(site.escalated, {}, &EscalatedOrder::name) &&
           std::ranges::is_sorted(site.held, {}, &HeldOrder::name) &&
           std::ranges::is_sorted(site.notices, {}, &Notice::name);
}

}  // namespace

bool State::fits(const Network& network) const {
    const Headquarters& hq = headquarters;
    if (hq.items != network.items.size() || hq.sites != network.sites.size()) return false;
    if (hq.released.size() != network.strategy.governance.guardrails.size()) return false;
    for (const SupplierId id : sim::ids<SupplierId>(network.suppliers)) {
        if (!has_its_servers(hq.plants[id], network.suppliers[id], hq.sites)) return false;
    }
    for (const SiteId id : sim::ids<SiteId>(sites)) {
        if (sites[id].id != id || !in_order(sites[id])) return false;
    }
    return true;
}

}  // namespace entrepot::models
