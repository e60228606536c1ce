#pragma once

#include <algorithm>
#include <optional>

#include "models/network/network.hpp"

/// What goes wrong. The rest of the model asks one function what holds here and now.
namespace entrepot::models {

/// Where and of whom somebody asks; what isn't named is not asked for.
struct Whereabouts {
    SiteId site;
    SupplierId supplier;
    CarrierId carrier;
};

/// The disturbances of a kind that hold on a day, one after the other.
template <class F>
void for_disturbances(const Network& network, Disturbance::Kind kind, const Whereabouts& at, int day, F&& f) {
    for (const Disturbance& d : network.disturbances) {
        const bool holds = d.kind == kind && day >= d.first_day && day < d.first_day + d.days;
        if (holds && d.site == at.site && d.supplier == at.supplier && d.carrier == at.carrier) f(d);
    }
}

/// The product of the factors of a kind's disturbances; 1 where nothing is wrong.
inline double disturbed_factor(const Network& network, Disturbance::Kind kind, const Whereabouts& at, int day) {
    double factor = 1;
    for_disturbances(network, kind, at, day, [&](const Disturbance& d) { factor *= d.factor; });
    return factor;
}

/// The sum of the factors, such as what absences add to a probability; 0 where nothing is wrong.
inline double disturbed_sum(const Network& network, Disturbance::Kind kind, const Whereabouts& at, int day) {
    double sum = 0;
    for_disturbances(network, kind, at, day, [&](const Disturbance& d) { sum += d.factor; });
    return sum;
}

/// Whether it is an outage of this link.
inline bool is_outage_of(const Disturbance& d, InterfaceName interface, const Whereabouts& at) {
    if (d.kind != Disturbance::Kind::outage || d.interface != interface) return false;
    return d.all_links || (d.site == at.site && d.supplier == at.supplier);
}

/// When the last of the outages is over that hold a link up at t; nothing where none does.
inline std::optional<Time> out_until(const Network& network, InterfaceName interface, const Whereabouts& at, Time t) {
    std::optional<Time> over;
    for (const Disturbance& d : network.disturbances) {
        if (!is_outage_of(d, interface, at) || t < d.from() || t >= d.until()) continue;
        over = std::max(over.value_or(t), d.until());
    }
    return over;
}

}  // namespace entrepot::models
