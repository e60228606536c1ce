#pragma once

#include <cstdint>
#include <vector>

#include "models/network/distributions.hpp"
#include "sim/random.hpp"
#include "sim/time.hpp"

/// What works and stands still in turn, beginning with work: a supplier, a link between two systems.
namespace entrepot::models {

using sim::Time;

struct Outage {
    Time stops, works;
};

/// By which law, and where its draws are.
struct OutageTerms {
    const TimeDistribution& uptime;
    const TimeDistribution& downtime;
    sim::Purpose purpose;
    std::uint64_t key;
};

/// Its outages, drawn ahead one after the other, so that all strategies meet the same.
struct Outages {
    std::vector<Outage> known;  ///< drawn so far, but for those that were forgotten
    std::uint32_t drawn = 0;

    /// The first one that is not over at t: no earlier t than what was forgotten, else in any order.
    const Outage& not_over(Time t, const OutageTerms& terms, const sim::Draws& draws);
    /// Forgets those that were over at this moment. The last one stays: the next one begins after it.
    void forget(Time over);

    template <class Archive>
    void fields(Archive& archive) {
        archive(known, drawn);
    }
    /// Whether they come one after the other, none before there is time.
    bool holds() const;
};

}  // namespace entrepot::models
