#pragma once

#include <tuple>
#include <vector>

#include "models/facts.hpp"

namespace entrepot::tests {

/// Keeps every fact of the named kinds, with its time and place.
template <class... Kinds>
class FactRecord {
public:
    template <class Kind>
    struct Entry {
        sim::Time at;
        sim::EntityId where;
        Kind fact;
    };

    template <class Kind>
    const std::vector<Entry<Kind>>& all() const {
        return std::get<std::vector<Entry<Kind>>>(entries_);
    }

    models::FactLog log{[this](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            fact.visit([&]<class Kind>(const Kind& value) { keep(fact, value); });
        }
    }};

private:
    template <class Kind>
    void keep(const models::Fact& fact, const Kind& value) {
        if constexpr ((std::is_same_v<Kind, Kinds> || ...)) {
            std::get<std::vector<Entry<Kind>>>(entries_).push_back({fact.at, fact.where, value});
        }
    }

    std::tuple<std::vector<Entry<Kinds>>...> entries_;
};

}  // namespace entrepot::tests
