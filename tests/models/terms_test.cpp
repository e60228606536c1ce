#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "models/goods/transport.hpp"
#include "models/network_fixture.hpp"
#include "models/simulate.hpp"
#include "sim/digest.hpp"

/// Terms of customers, sites, carriers, people and the first day that judgement has set: each one acts.
namespace entrepot::tests {
namespace {

using namespace models;

/// A few words of what was told, when and where.
std::uint64_t told(const Network& network) {
    std::uint64_t sum = 0;
    FactLog log([&](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            const auto at = static_cast<std::uint64_t>(fact.at.time_since_epoch().count());
            fact.visit([&]<class Told>(const Told& value) {
                if constexpr (std::is_same_v<Told, PurchaseLineOrdered>) sum += static_cast<std::uint64_t>(value.units);
            });
            sum = sim::mix(sum ^ at ^ 0x9E3779B97F4A7C15ull, fact.type + 256ull * fact.where + 0xD6E8FEB86659FD93ull);
        }
    });
    simulate(network, 3, 0, log);
    return sum;
}

/// Shortages, late shipments, more work than people: whatever the terms are about happens.
Network busy(FixtureStrategy strategy) {
    Network network = small_network({.orders_per_day = 90, .pickers = 7});
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 4;
    }
    for (Site& site : network.sites) {
        site.miscount_per_item_day = 0.02;
        site.overtime_trigger = 0.01;
    }
    for (Carrier& carrier : network.carriers) carrier.on_time = 0.7;
    network.office.minutes_per_exception = network.office.minutes_per_line = 90;
    for (ApprovalLevel& level : strategy.governance.approvals) level.above = Money::of(500);
    follow(network, strategy);
    finish(network);
    return network;
}

// Of the strategy that has them; without a change, they are what it has.
const CompositeScore kTermsScore{.tier = 0.4, .slack = 0.3, .penalty = 0.2, .age = 0.1};
const ForecastQuantile kForecast{.service = {0.98, 0.95, 0.9}, .cover_days = {7, 20, 60}};
bool scores(const Network& network) { return !network.priority_of[SiteId{0}]->first_come(); }

struct Term {
    std::string name;
    std::function<void(Network&)> change;
};

template <class List, class Change>
void each(List& list, Change change) {
    for (auto& entry : list) change(entry);
}

const std::vector<Term>& terms() {
    static const std::vector<Term> all = {
        {"site.saturday_share", [](Network& n) { each(n.sites, [](Site& s) { s.saturday_share = 1; }); }},
        {"site.pick_time_cv", [](Network& n) { each(n.sites, [](Site& s) { s.pick_time_cv = 0.6; }); }},
        {"site.wave_load", [](Network& n) { each(n.sites, [](Site& s) { s.wave_load = 0.5; }); }},
        {"site.overtime_least", [](Network& n) { each(n.sites, [](Site& s) { s.overtime_least_hours = 1.9; }); }},
        {"site.miscount_units", [](Network& n) { each(n.sites, [](Site& s) { s.miscount_units = 40; }); }},
        {"site.miscount_found", [](Network& n) { each(n.sites, [](Site& s) { s.miscount_found = 0; }); }},
        {"carrier.late_days", [](Network& n) { each(n.carriers, [](Carrier& c) {
                                                   c.late_days = {0, 0, 1};
                                               }); }},
        {"tier.patience_sigma", [](Network& n) { each(n.tiers, [](Tier& t) { t.patience_sigma = 1; }); }},
        {"tier.promise_after_receipt", [](Network& n) { each(n.tiers, [](Tier& t) { t.promise_after_receipt = 9; }); }},
        {"office.opening_hours", [](Network& n) { n.office.opening_hours = 12; }},
        {"office.forecast_update", [](Network& n) { n.office.forecast_hour = 1; }},
        {"office.handling_cv", [](Network& n) { n.office.handling_cv = 1; }},
        {"office.search_sigma", [](Network& n) { n.office.search_sigma = 1; }},
        {"office.urgent_share", [](Network& n) { n.office.urgent_share = 0; }},
        {"initial.pipeline_lot", [](Network& n) { n.initial.pipeline_lot_days = 3; }},
        {"initial.pipeline_hour", [](Network& n) { n.initial.pipeline_hour = 15; }},
        {"initial.demand_dispersion", [](Network& n) { n.initial.demand_dispersion = 30; }},
        {"priority.horizon",
         [](Network& n) {
             CompositeScore score = kTermsScore;
             score.horizon_days = 1;
             if (scores(n)) prioritise(n, score);
         }},
        {"priority.penalty_scale",
         [](Network& n) {
             CompositeScore score = kTermsScore;
             score.penalty_scale = 5;
             if (scores(n)) prioritise(n, score);
         }},
        {"replenishment.least_variance",
         [](Network& n) {
             ForecastQuantile forecast = kForecast;
             forecast.least_variance = 1e6;
             if (n.policies[0].needs.forecast) replenish(n, forecast);
         }},
    };
    return all;
}

TEST(Terms, EachChangesWhatHappensUnderSomeStrategy) {
    const std::uint64_t manual = told(busy(manual_strategy())), other = told(busy(orchestrated_strategy()));
    for (const Term& term : terms()) {
        Network a = busy(manual_strategy()), b = busy(orchestrated_strategy());
        term.change(a);
        term.change(b);
        EXPECT_TRUE(told(a) != manual || told(b) != other) << term.name << " does nothing";
    }
}

TEST(Terms, OfPoliciesAreWhatTheStrategyHas) {
    Network network = busy(orchestrated_strategy());
    prioritise(network, kTermsScore);
    replenish(network, kForecast);
    EXPECT_EQ(told(network), told(busy(orchestrated_strategy())));
}

/// Of carriers that take a day, and two more when they are late: nobody has his goods before the third day.
TEST(Terms, LateDaysAreAddedToTheTransit) {
    const auto deliveries = [](double on_time) {
        Network network = busy(manual_strategy());
        for (Carrier& carrier : network.carriers) {
            carrier.on_time = on_time;
            carrier.transit_days = {1};
            carrier.late_days = {0, 1};
        }
        std::vector<int> days;
        FactLog log([&](std::span<const Fact> facts) {
            for (const Fact& fact : facts) {
                fact.visit([&]<class Told>(const Told& value) {
                    if constexpr (std::is_same_v<Told, OrderClosed>) {
                        if (!value.censored && !value.cancelled) days.push_back(value.delivered_day - value.placed_day);
                    }
                });
            }
        });
        simulate(network, 3, 0, log);
        std::size_t fast = 0;
        for (const int day : days) fast += day < 3;
        return std::pair(fast, days.size());
    };
    EXPECT_GT(deliveries(1).first, 1'000u);
    EXPECT_EQ(deliveries(0).first, 0u);
    EXPECT_GT(deliveries(0).second, 1'000u);
}

TEST(Terms, NoCarrierIsFasterThanItsTable) {
    Network network = busy(orchestrated_strategy());
    const Time monday_noon = sim::kStart + sim::hours{12};
    network.carriers[CarrierId{0}].transit_days = {0, 0, 1};
    const int slow = earliest_arrival(network, Channel::b2b, monday_noon);
    network.carriers[CarrierId{0}].transit_days = {0.5, 0, 0.5};
    EXPECT_EQ(earliest_arrival(network, Channel::b2b, monday_noon), 1);
    EXPECT_EQ(slow, 3);
}

}  // namespace
}  // namespace entrepot::tests
