#pragma once

#include "models/records/postings.hpp"
#include "models/small_world.hpp"

/// A quiet world with one link between systems at work, and what became of its messages.
namespace entrepot::tests {

inline constexpr std::uint32_t kPosted = 1;

using Wired = SmallWorld<models::LinkDay, models::LinkDelays, models::MessageOvertaken, models::BacklogDrained,
                         models::CaseClosed, models::OrderedTwice, models::SupplierTold>;

/// A quiet site whose postings, or another interface, go by these terms.
inline models::Network wired(const models::Interface& terms,
                             models::InterfaceName interface = models::InterfaceName::posting) {
    models::Network network = quiet_network(2);
    hear_at_once(network);
    network.strategy.integration.latency_median = {};
    network.strategy.integration.of(interface) = terms;
    network.office.handling_cv = 0;
    network.office.it_support = 0;
    models::finish(network);
    return network;
}

/// One posting an hour from Monday's first minute on, of so many units less.
inline void post_each_hour(Wired& world, int hours, models::Units units = 1) {
    for (int hour = 0; hour < hours; ++hour) {
        world.run_until(0, hour + 0.5);
        models::Context context = world.at_site();
        models::post(world.site(), {kPosted, -units, 0}, context);
    }
}

inline models::LinkDay sum_of(Wired& world, models::InterfaceName interface) {
    models::LinkDay sum{};
    for (const auto& [at, where, day] : world.all<models::LinkDay>()) {
        if (day.interface != static_cast<std::uint8_t>(interface)) continue;
        sum.calls += day.calls;
        sum.at_once += day.at_once;
        sum.by_retry += day.by_retry;
        sum.given_up = static_cast<std::uint16_t>(sum.given_up + day.given_up);
        sum.lost = static_cast<std::uint16_t>(sum.lost + day.lost);
        sum.twice = static_cast<std::uint16_t>(sum.twice + day.twice);
        sum.outages = static_cast<std::uint16_t>(sum.outages + day.outages);
        sum.hours_down += day.hours_down;
        sum.hours_late += day.hours_late;
    }
    return sum;
}

inline models::Units on_record(Wired& world) { return world.site().record[models::ItemId{kPosted}].on_hand; }

}  // namespace entrepot::tests
