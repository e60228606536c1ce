#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "models/disturbances/happenings.hpp"

/// What goes wrong. The rest of the model asks what holds here and now, or in a stretch of time, of one that happens in
/// this replication.
namespace entrepot::models {

/// Where and of whom somebody asks; what isn't named is not asked for.
struct Whereabouts {
    SiteId site;
    SupplierId supplier;
    CarrierId carrier;
};

/// A stretch of time about which somebody asks.
struct Span {
    Time from{}, until{};
};
inline Span at_moment(Time t) { return {t, t + Duration{1}}; }

inline bool concerns(const Disturbance& d, const Whereabouts& at) {
    return d.supplier == at.supplier && d.carrier == at.carrier && (d.everywhere || d.site == at.site);
}

/// The happenings of a kind in a stretch of time, one after the other.
template <class F>
void for_disturbances(const Network& network, const Happenings& happenings, Disturbance::Kind kind,
                      const Whereabouts& at, const Span& span, F&& f) {
    for (const Happening& one : happenings.all) {
        const Disturbance& d = network.disturbances[one.disturbance];
        if (d.kind == kind && one.from < span.until && span.from < one.until && concerns(d, at)) f(d, one);
    }
}

/// The same, each disturbance once: several times of one that overlap are no worse than one.
template <class F>
void for_disturbances_once(const Network& network, const Happenings& happenings, Disturbance::Kind kind,
                           const Whereabouts& at, const Span& span, F&& f) {
    const Disturbance* last = nullptr;  // all of one lie together
    for_disturbances(network, happenings, kind, at, span, [&](const Disturbance& d, const Happening&) {
        if (std::exchange(last, &d) != &d) f(d);
    });
}

/// The product of the factors of a kind's disturbances; 1 where nothing is wrong.
inline double disturbed_factor(const Network& network, const Happenings& happenings, Disturbance::Kind kind,
                               const Whereabouts& at, const Span& span) {
    double factor = 1;
    for_disturbances_once(network, happenings, kind, at, span, [&](const Disturbance& d) { factor *= d.factor; });
    return factor;
}

/// The sum of the factors, such as what absences add to a probability; 0 where nothing is wrong.
inline double disturbed_sum(const Network& network, const Happenings& happenings, Disturbance::Kind kind,
                            const Whereabouts& at, const Span& span) {
    double sum = 0;
    for_disturbances_once(network, happenings, kind, at, span, [&](const Disturbance& d) { sum += d.factor; });
    return sum;
}

/// Whether one of a kind holds.
inline bool is_disturbed(const Network& network, const Happenings& happenings, Disturbance::Kind kind,
                         const Whereabouts& at, const Span& span) {
    bool holds = false;
    for_disturbances(network, happenings, kind, at, span, [&](const Disturbance&, const Happening&) { holds = true; });
    return holds;
}

/// Whether it keeps messages of this link from coming through. Who governs an interface has both ends take a new
/// version on at once, and renews its keys.
inline bool is_outage_of(const Disturbance& d, InterfaceName interface, const Whereabouts& at, bool governed) {
    if (!d.of_link() || d.interface != interface || (governed && d.kind != Disturbance::Kind::outage)) return false;
    return d.everywhere || (d.site == at.site && d.supplier == at.supplier);
}

}  // namespace entrepot::models
