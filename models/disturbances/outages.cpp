#include "models/disturbances/outages.hpp"

#include <algorithm>

namespace entrepot::models {

const Outage& Outages::not_over(Time t, const OutageTerms& terms, const sim::Draws& draws) {
    while (known.empty() || known.back().works <= t) {
        auto stream = draws.at(terms.purpose, terms.key, drawn++);
        const Time from = known.empty() ? sim::kStart : known.back().works;
        const Time stops = from + draw(terms.uptime, stream.uniform());
        known.push_back({stops, stops + draw(terms.downtime, stream.uniform())});
    }
    return *std::ranges::upper_bound(known, t, {}, &Outage::works);
}

void Outages::forget(Time over) {
    const auto current = std::ranges::upper_bound(known, over, {}, &Outage::works);
    if (current != known.end()) known.erase(known.begin(), current);
}

bool Outages::holds() const {
    Time since = sim::kStart;
    return std::ranges::all_of(known, [&](const Outage& outage) {
        const bool in_turn = since <= outage.stops && outage.stops <= outage.works;
        since = outage.works;
        return in_turn;
    });
}

}  // namespace entrepot::models
