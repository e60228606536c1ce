#include <algorithm>

#include "models/records/interfaces.hpp"
#include "models/state.hpp"

/// What a state has to agree with its network in, beside the lengths of tables, which the reader compares.
namespace entrepot::models {

namespace {

/// A plant's servers are known from its first order on.
bool has_its_servers(const Headquarters::Plant& plant, const Supplier& terms, std::size_t sites) {
    const auto servers = static_cast<std::size_t>(terms.servers) * (terms.servers_by_site ? sites : 1);
    return plant.free.empty() || plant.free.size() == servers;
}

/// Whoever is at work is counted off in his group, which is there.
bool has_its_groups(const Headquarters& hq, const Office& office) {
    constexpr std::size_t kMost = 256;
    for (std::size_t role = 0; role < kRoles; ++role) {
        const std::size_t groups = hq.desks[role].groups.size();
        if (groups < office.skills[role].size() + 1 || groups > kMost) return false;
    }
    return true;
}

/// The parts of levels in which sites and headquarters begin to forecast stand in an order that nobody makes up.
bool in_order(const SiteState& site) {
    return std::ranges::is_sorted(site.escalated, {}, &EscalatedOrder::name) &&
           std::ranges::is_sorted(site.held, {}, &HeldOrder::name) &&
           std::ranges::is_sorted(site.notices, {}, &Notice::name);
}

/// There are as many links as the network has, or none.
bool has_its_links(const Links& links, std::size_t all) { return links.all.empty() || links.all.size() == all; }

/// What happens is something that the network knows of.
bool are_known(const Happenings& happenings, const Network& network) {
    const auto known = [&](const Happening& one) { return one.disturbance < network.disturbances.size(); };
    return std::ranges::all_of(happenings.all, known);
}

}  // namespace

bool State::fits(const Network& network) const {
    const Headquarters& hq = headquarters;
    if (!are_known(hq.happenings, network)) return false;
    if (hq.items != network.items.size() || hq.sites != network.sites.size()) return false;
    if (hq.told.size() != hq.sites) return false;
    if (hq.released.size() != network.strategy.governance.guardrails.size()) return false;
    if (!has_its_groups(hq, network.office)) return false;
    if (!has_its_links(hq.links, links_of_headquarters(network))) return false;
    for (const SupplierId id : sim::ids<SupplierId>(network.suppliers)) {
        if (!has_its_servers(hq.plants[id], network.suppliers[id], hq.sites)) return false;
    }
    for (const SiteId id : sim::ids<SiteId>(sites)) {
        const SiteState& site = sites[id];
        if (site.id != id || !in_order(site) || !are_known(site.happenings, network)) return false;
        if (!has_its_links(site.links, kInterfacesOfSites)) return false;
    }
    return true;
}

}  // namespace entrepot::models
