#include <cmath>
#include <map>
#include <numeric>

#include <gmock/gmock.h>

#include "scratch.hpp"

namespace entrepot::scenarios::testing {
namespace {

using models::Channel;
using models::ItemId;
using models::Network;
using models::SiteId;
using ::testing::HasSubstr;

Network network(const std::string& file, const std::vector<std::string>& overrides = {}, const char* strategy = "S0") {
    const Result result = load(shipped(file), overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? build(*result.loaded, strategy) : Network{};
}

/// Mean order lines of the streams whose name holds `part`, on the days [first, end).
double lines(const Network& network, const std::string& part, int first, int end) {
    double sum = 0;
    for (const auto& stream : network.streams) {
        if (stream.name.find(part) == std::string::npos) continue;
        for (int day = first; day < end; ++day)
            sum += stream.orders_by_day[static_cast<std::size_t>(day)] * stream.lines_mean;
    }
    return sum;
}

const models::DemandStream& stream(const Network& network, const std::string& name) {
    for (const auto& stream : network.streams) {
        if (stream.name == name) return stream;
    }
    throw std::runtime_error("no stream " + name);
}

double share_of(const sim::Discrete& mix, const Network& network, bool seasonal) {
    double sum = 0;
    for (std::uint32_t i = 0; i < network.items.size(); ++i) {
        if (network.items[ItemId{i}].seasonal == seasonal) sum += mix.probability(i);
    }
    return sum;
}

TEST(SixWarehouses, HasTheVolumesOfTheCompanyProfile) {
    const Network net = network("six_warehouses.toml");
    EXPECT_EQ(net.sites.size(), 6u);
    EXPECT_EQ(net.items.size(), 3000u);
    EXPECT_EQ(net.suppliers.size(), 24u);
    EXPECT_NEAR(lines(net, "", 0, 280) / 40 / 5, 16'560, 165.6);  // order lines on a business day, 40 whole weeks
    EXPECT_NEAR(lines(net, "b2b", 0, 7) / 5, 10'800, 1);
    EXPECT_EQ(lines(net, "b2b", 5, 7), 0);  // no contract orders at weekends
    EXPECT_GT(lines(net, "ecommerce", 5, 7), 0);
    EXPECT_NEAR(lines(net, "SE.", 0, 7) / lines(net, "", 0, 7), 0.17, 1e-9);
}

TEST(SixWarehouses, ClassesHaveTheirSharesOfItemsAndVolume) {
    const Network net = network("six_warehouses.toml");
    std::array<double, 3> items{}, volume{}, seasonal{};
    for (const ItemId id : sim::ids<ItemId>(net.items)) {
        const std::size_t c = net.items[id].velocity.index();
        items[c] += 1;
        seasonal[c] += net.items[id].seasonal;
        for (const SiteId site : sim::ids<SiteId>(net.sites)) volume[c] += net.usual_daily_units[site][id];
    }
    const double total = volume[0] + volume[1] + volume[2];
    EXPECT_THAT(items, ::testing::ElementsAre(600, 900, 1500));
    EXPECT_NEAR(volume[0] / total, 0.80, 1e-9);
    EXPECT_NEAR(volume[1] / total, 0.15, 1e-9);
    EXPECT_NEAR(volume[2] / total, 0.05, 1e-9);
    EXPECT_NEAR(seasonal[0] / items[0], 0.25, 0.06);  // drawn once from a fixed seed
    EXPECT_EQ(seasonal[2], 0);
    EXPECT_NEAR(total * 7 / 5, 2400 * 4.5 * 6 + 3600 * 1.6 * 1.4, 1);
}

TEST(SixWarehouses, MoneyIsThatOfTheCompanyProfile) {
    const Network net = network("six_warehouses.toml");
    double sales = 0, cost = 0, freight = 0;
    for (const auto& s : net.streams) {
        const double orders = std::accumulate(s.orders_by_day.begin(), s.orders_by_day.begin() + 280, 0.0) / 40;
        double price = 0, unit_cost = 0, weight = 0;
        for (std::uint32_t i = 0; i < net.items.size(); ++i) {
            const models::Item& item = net.items[ItemId{i}];
            const double p = s.item_mix[0].probability(i);
            price += p * item.price[static_cast<std::size_t>(s.channel)].amount();
            unit_cost += p * item.unit_cost.amount();
            weight += p * item.weight_lb;
        }
        const double units = s.lines_mean * s.units_mean;
        sales += orders * units * price;
        cost += orders * units * unit_cost;
        for (const auto& carrier : net.carriers) {
            if (carrier.expedite || carrier.channel != s.channel) continue;
            freight += orders * (carrier.per_shipment.amount() + carrier.per_lb.amount() * units * weight);
            break;
        }
    }
    EXPECT_NEAR(sales * 51, 421e6, 0.06 * 421e6);  // 51 weeks of 5 business days
    EXPECT_NEAR(1 - cost / sales, 0.27, 0.02);
    EXPECT_GT(freight / sales, 0.04);
    EXPECT_LT(freight / sales, 0.06);
}

TEST(SixWarehouses, OpeningStockIsTheCoverMovedAndBiased) {
    const Network net = network("six_warehouses.toml");
    double days = 0, units = 0, usual = 0;
    std::map<std::string, double> seasonal_days;
    for (const SiteId site : sim::ids<SiteId>(net.sites)) {
        double stock = 0, demand = 0;
        for (const ItemId item : sim::ids<ItemId>(net.items)) {
            units += net.initial.on_hand[site][item];
            usual += net.usual_daily_units[site][item];
            days += std::array{41.5, 65.0, 150.0}[net.items[item].velocity.index()] * net.usual_daily_units[site][item];
            if (!net.items[item].seasonal) continue;
            stock += net.initial.on_hand[site][item];
            demand += net.usual_daily_units[site][item];
        }
        seasonal_days[net.sites[site].name] = stock / demand;
    }
    EXPECT_NEAR(units / days, 1, 0.03);  // the biases nearly cancel
    EXPECT_GT(seasonal_days["MT"], 1.3 * seasonal_days["NE"]);
    EXPECT_LT(seasonal_days["SE"], 0.92 * seasonal_days["NE"]);

    const Network exact = network("six_warehouses.toml", {"initial.staleness_sigma=0", "initial.misplaced_share=0",
                                                          "site.MT.seasonal_bias=0", "site.SE.seasonal_bias=0"});
    const Network moved = network("six_warehouses.toml",
                                  {"initial.staleness_sigma=0", "site.MT.seasonal_bias=0", "site.SE.seasonal_bias=0"});
    for (const ItemId item : sim::ids<ItemId>(exact.items)) {
        models::Units before = 0, after = 0;
        for (const SiteId site : sim::ids<SiteId>(exact.sites)) {
            before += exact.initial.on_hand[site][item];
            after += moved.initial.on_hand[site][item];
        }
        EXPECT_EQ(before, after);
    }
}

TEST(SixWarehouses, CapacitiesFollowTheOrders) {
    const Network net = network("six_warehouses.toml");
    double ltl = 0;
    for (const auto& carrier : net.carriers) {
        if (carrier.channel == Channel::b2b && !carrier.expedite) ltl += carrier.daily_capacity[1];
    }
    EXPECT_NEAR(ltl, 1.43 * 0.17 * 2400, 2);
}

TEST(SixWarehouses, LanesTakeTwoToFiveDaysAndCanBeGiven) {
    const Network net = network("six_warehouses.toml", {"transfers.lane.x={from=\"SE\", to=\"W\", lead_time=\"9 d\"}"});
    const auto& lead = net.transfer_terms.lead_days;
    for (const SiteId from : sim::ids<SiteId>(net.sites)) {
        for (const SiteId to : sim::ids<SiteId>(net.sites)) {
            if (from == to || lead[from][to] == 9) continue;
            EXPECT_GE(lead[from][to], 2);
            EXPECT_LE(lead[from][to], 5);
            EXPECT_EQ(lead[from][to], lead[to][from]);
        }
    }
    EXPECT_EQ(lead[SiteId{1}][SiteId{5}], 9);
    EXPECT_EQ(lead[SiteId{5}][SiteId{1}], 9);
    EXPECT_GT(lead[SiteId{0}][SiteId{5}],
              lead[SiteId{0}][SiteId{2}]);  // Newark is nearer to Chicago than to Los Angeles
}

TEST(SixWarehouses, StrategiesShareAllButThemselves) {
    const Network s0 = network("six_warehouses.toml"), s6 = network("six_warehouses.toml", {}, "S6");
    EXPECT_NE(s0.strategy.description.find("(baseline_manual)"), std::string::npos);
    EXPECT_NE(s6.strategy.description.find("(ai_orchestrated)"), std::string::npos);
    EXPECT_EQ(s0.initial.on_hand, s6.initial.on_hand);
    EXPECT_EQ(s0.streams[models::StreamId{0}].orders_by_day, s6.streams[models::StreamId{0}].orders_by_day);
    EXPECT_TRUE(s0.strategy.integration.batch_minute);
    EXPECT_FALSE(s6.strategy.integration.batch_minute);
}

TEST(SixWarehouses, AnItemsAttributesDoNotDependOnTheOthers) {
    const Network all = network("six_warehouses.toml"), few = network("six_warehouses.toml", {"items.count=100"});
    const models::Item &a = all.items[ItemId{7}], &b = few.items[ItemId{7}];
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.unit_cost, b.unit_cost);
    EXPECT_EQ(a.supplier, b.supplier);
    EXPECT_EQ(a.pack, b.pack);
}

TEST(Spike, RisesOnTopOfTheBaseAndLeavesItAlone) {
    const Network calm = network("six_warehouses.toml"),
                  spike = network("seasonal_spike.toml", {"promotion.late.dip=1"});
    EXPECT_EQ(stream(calm, "SE.b2b.base").orders_by_day, stream(spike, "SE.b2b.base").orders_by_day);
    EXPECT_EQ(lines(spike, "spike", 0, 90 + 40), 0);
    const int plateau = 90 + 56;  // two weeks on the plateau, from a Monday on
    ASSERT_EQ(spike.calendar.weekday(plateau - 1), 5);
    const double seasonal = share_of(stream(spike, "SE.b2b.base").item_mix[0], spike, true);
    EXPECT_NEAR(lines(spike, "SE.b2b.spike", plateau, plateau + 7) / lines(spike, "SE.b2b.base", plateau, plateau + 7),
                1.4 * seasonal, 1e-9);
    EXPECT_NEAR(lines(spike, "SE.ecommerce.spike", plateau, plateau + 7) /
                    lines(spike, "SE.ecommerce.base", plateau, plateau + 7),
                1.4 * 1.25 * seasonal, 1e-9);
    EXPECT_NEAR(share_of(stream(spike, "SE.b2b.spike").item_mix[0], spike, true), 1, 1e-9);
    // Then the excess falls by half every 12 days: 14 days after the plateau's end, on a Monday.
    const std::size_t later = 90 + 40 + 10 + 21 + 14;
    EXPECT_NEAR(stream(spike, "SE.b2b.spike").orders_by_day[later] / stream(spike, "SE.b2b.base").orders_by_day[later],
                1.4 * seasonal * std::exp2(-14.0 / 12), 1e-9);
}

TEST(Spike, BelowOneLowersTheSeasonalItemsOnly) {
    const Network calm = network("six_warehouses.toml"), spike = network("seasonal_spike.toml");
    const auto &before = stream(calm, "MT.b2b.base"), &now = stream(spike, "MT.b2b.base");
    const std::size_t day = 90 + 64;  // a Monday on the plateau
    ASSERT_GT(before.orders_by_day[day], 0);
    const auto& mix = now.item_mix[now.mix_of_day[day]];
    EXPECT_NEAR(now.orders_by_day[day] * share_of(mix, spike, true),
                0.9 * before.orders_by_day[day] * share_of(before.item_mix[0], calm, true), 1e-6);
    EXPECT_NEAR(now.orders_by_day[day] * share_of(mix, spike, false),
                before.orders_by_day[day] * share_of(before.item_mix[0], calm, false), 1e-6);
    EXPECT_EQ(now.orders_by_day[90], before.orders_by_day[90]);
}

TEST(Spike, BurstAndPromotion) {
    const Network net = network("seasonal_spike.toml");
    double orders = 0;
    for (const auto& s : net.streams) {
        if (s.name.find("burst.t1") == std::string::npos) continue;
        orders += std::accumulate(s.orders_by_day.begin(), s.orders_by_day.end(), 0.0);
        EXPECT_EQ(s.lines_mean, 14);
        EXPECT_EQ(s.tier_mix.probability(0), 1);
    }
    EXPECT_NEAR(orders, 60, 1e-9);
    EXPECT_NEAR(stream(net, "SE.b2b.burst.t1").orders_by_day[90 + 52], 30, 1e-9);
    EXPECT_GT(lines(net, "promotion.late", 90 + 75, 90 + 89), 0);
    EXPECT_EQ(lines(net, "promotion.late", 0, 90 + 75) + lines(net, "promotion.late", 90 + 89, 291), 0);
    EXPECT_NEAR(lines(net, "promotion.late", 90 + 75, 90 + 89) / lines(net, "base", 90 + 75, 90 + 89), 0.6 * 0.3,
                0.05);  // which 30 % of the items, is drawn
    ASSERT_EQ(net.disturbances.size(), 10u);
    EXPECT_EQ(net.suppliers[net.disturbances[0].supplier].name, "dom_std#3");
    EXPECT_EQ(net.disturbances[0].first_day, 90 + 46);
    EXPECT_EQ(net.phases[1].first_day, 130);
}

}  // namespace
}  // namespace entrepot::scenarios::testing
