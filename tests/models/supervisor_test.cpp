#include <vector>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Supervisors who take work by a rule of their own, where the strategy lets them.
namespace entrepot::tests {
namespace {

using namespace models;

using Floor = SmallWorld<LineFirstPass>;

/// One person does half of what is released, by tier and then by date.
Network one_picker_with(double local_override, LocalRule rule, bool at_once) {
    Network network = quiet_network();
    prioritise(network, TierThenDate{});
    network.sites[SiteId{0}].pickers = 1;
    network.sites[SiteId{0}].pick_time_cv = 0;
    Waves& waves = network.strategy.waves;
    waves.local_override = local_override;
    waves.local_rule = rule;
    waves.at_once = at_once;
    return network;
}

/// Fifty orders of the first tier with two lines each, then ten others with one, and two others that are escalated;
/// returns the tiers whose lines were picked first, with 0.
std::vector<int> picked(double local_override, LocalRule rule, bool at_once) {
    Floor house(one_picker_with(local_override, rule, at_once));
    house.run_until(0, 8);
    for (int i = 0; i < 50; ++i) house.order(0, {line(0, 1), line(1, 1)});
    for (int i = 0; i < 2; ++i) house.order_at(house.order(2, {line(2, 1), line(3, 1), line(4, 1)})).escalated = true;
    house.run_until(0, 8.8);  // the warehouse system has seen these
    for (int i = 0; i < 10; ++i) house.order(1, {line(2, 1)});
    house.run_until(0, 13.9);
    std::vector<int> tiers;
    for (const auto& one : house.all<LineFirstPass>()) tiers.push_back(one.fact.tier);
    return tiers;
}

class Supervisors : public testing::TestWithParam<bool> {};

TEST_P(Supervisors, AreSilentUnderStandardWork) {
    const std::vector<int> tiers = picked(0, LocalRule::easiest, GetParam());
    ASSERT_GT(tiers.size(), 30u);
    for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(tiers[i], 0) << i;
}

INSTANTIATE_TEST_SUITE_P(Floor, Supervisors, testing::Bool(),
                         [](const auto& of) { return of.param ? "WithoutWaves" : "InWaves"; });

TEST(LocalOverride, TakesTheFewestLinesFirst) {
    const std::vector<int> tiers = picked(1, LocalRule::easiest, false);
    ASSERT_GT(tiers.size(), 30u);
    for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(tiers[i], i < 10 ? 1 : 0) << i;
}

TEST(LocalOverride, TakesTheNewestFirst) {
    const std::vector<int> tiers = picked(1, LocalRule::newest, false);
    ASSERT_GT(tiers.size(), 30u);
    for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(tiers[i], i < 10 ? 1 : 0) << i;
}

TEST(LocalOverride, TakesTheLoudestFirst) {
    const std::vector<int> tiers = picked(1, LocalRule::loudest, false);
    ASSERT_GT(tiers.size(), 30u);
    for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(tiers[i], i < 6 ? 2 : 0) << i;
}

/// Without waves each free person is sent by the rule.
TEST(LocalOverride, HoldsWithoutWavesToo) {
    const std::vector<int> tiers = picked(1, LocalRule::loudest, true);
    ASSERT_GT(tiers.size(), 30u);
    int others = 0;
    for (std::size_t i = 0; i < 10; ++i) others += tiers[i] == 2;
    EXPECT_EQ(others, 6);
}

// What it does to the customers.

struct TierService {
    double orders = 0, on_time_in_full = 0;
    double otif() const { return on_time_in_full / orders; }
};

/// The first tier's service, which has nine of ten contract orders, in two warehouses with so many pickers, where
/// supervisors decide on so many of the tasks.
TierService first_tier(double local_override, int pickers, bool at_once = false) {
    Network network = small_network({.orders_per_day = 150, .pickers = pickers});
    FixtureStrategy strategy = manual_strategy();
    strategy.priority = TierThenDate{};
    strategy.waves.local_override = local_override;
    strategy.waves.at_once = at_once;
    follow(network, strategy);
    const std::vector<double> mix = {0.9, 0.1, 0.0};
    for (DemandStream& stream : network.streams) {
        if (stream.channel == Channel::b2b) stream.tier_mix = sim::Discrete(mix);
    }
    for (Carrier& carrier : network.carriers) {
        carrier.on_time = 1;
        carrier.transit_days = {1};
        carrier.daily_capacity.assign(network.sites.size(), 1e6);
    }
    for (auto& stock : network.initial.on_hand) stock.assign(network.items.size(), 100'000);
    FactRecord<OrderClosed> record;
    simulate(network, 11, 0, record.log);
    TierService service;
    for (const auto& [at, where, order] : record.all<OrderClosed>()) {
        if (order.tier != 0 || order.promised_day >= network.calendar.total_days()) continue;
        ++service.orders;
        service.on_time_in_full += order.in_full && !order.censored && order.delivered_day <= order.promised_day;
    }
    return service;
}

/// The first tier's work alone is four fifths of what the people can do: of one task in five that isn't its, it loses
/// some days' cut-offs; where nothing goes by the rule, a quarter of its orders.
TEST(LocalOverride, CostsTheFirstTierWhereTheWarehouseIsLoaded) {
    for (const bool at_once : {false, true}) {
        const TierService standard = first_tier(0, 2, at_once), some = first_tier(0.2, 2, at_once),
                          all = first_tier(1, 2, at_once);
        EXPECT_LT(some.otif(), standard.otif() - 0.004);
        EXPECT_LT(all.otif(), some.otif() - 0.1);
    }
}

TEST(LocalOverride, IsIdleWhereAllIsPickedAnyway) {
    const TierService standard = first_tier(0, 60), all = first_tier(1, 60);
    EXPECT_EQ(standard.on_time_in_full, all.on_time_in_full);
    EXPECT_GT(standard.otif(), 0.8);
}

}  // namespace
}  // namespace entrepot::tests
