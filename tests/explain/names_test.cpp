#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "models/network/calendar.hpp"

/// What comes and goes has a name that can be typed, and is found again by it.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;

/// Names of all orders of a replication.
class Namer : public Watcher {
public:
    Namer(const models::Network& network, int days) : names_(network), days_(days) {}
    bool done() const override { return day_ >= days_; }

    void see(const Seen& seen) override {
        day_ = models::day_of(seen.at());
        for (const models::OrderPlaced& placed : seen.told<models::OrderPlaced>()) {
            const SiteId site{seen.event.to()};
            const models::Order& order = seen.world.state.sites[site].orders[placed.order];
            const std::string name = names_.order(site, order);
            EXPECT_TRUE(all.insert(name).second) << name;
            const OrderAddress address{site, order.key, order.coordinate, order.internal};
            ASSERT_TRUE(names_.find_order(name)) << name;
            EXPECT_EQ(*names_.find_order(name), address) << name;
        }
    }
    std::set<std::string> all;

private:
    Names names_;
    int days_, day_ = 0;
};

std::set<std::string> names_in(const scenarios::Loaded& scenario, const std::string& strategy = "",
                               int days = 100'000) {
    const models::Network network = network_of(scenario, strategy);
    Namer namer(network, days);
    Watcher* watchers[] = {&namer};
    rerun(network, {scenario.scenario.study.seed}, watchers, false);
    return namer.all;
}

TEST(OrderNames, AreTheSameUnderEveryStrategy) {
    const auto tiny = loaded("tiny.toml");
    const auto names = names_in(tiny, "S0");
    EXPECT_GT(names.size(), 1000U);
    EXPECT_EQ(names_in(tiny, "S1"), names);
    EXPECT_EQ(names_in(tiny, "S6"), names);
    EXPECT_EQ(names.count("North-2026-01-19-b2b-0001"), 1U);
    EXPECT_EQ(names.count("South-2026-01-26-b2b.spike-0001"), 1U);
}

TEST(OrderNames, HoldForEveryKindOfDemand) {
    constexpr int kDays = 30;
    const auto some = [&](const char* file, const std::string& part) {
        const auto names = names_in(loaded(file), "", kDays);
        return std::ranges::any_of(names, [&](const std::string& name) { return name.find(part) != name.npos; });
    };
    EXPECT_TRUE(some("history_replay.toml", "-recorded-"));
    EXPECT_TRUE(some("validation/base_stock_fill.toml", "-000012"));
    EXPECT_TRUE(some("validation/serial.toml", "-restock-"));
}

TEST(OrderNames, AreFoundHoweverTheyAreTyped) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny);
    const Names names(network);
    const auto found = names.find_order("NORTH-2026-01-20-B2B-3");
    ASSERT_TRUE(found);
    EXPECT_EQ(names.order(*found), "North-2026-01-20-b2b-0003");
    for (const char* wrong : {"", "x", "North", "North-2026-01-20", "North-2026-01-20-b2b", "North-2026-01-20-b2b-0000",
                              "North-2026-01-20-b2b-", "North-2026-01-20-b2b-x", "North-2026-02-30-b2b-0001",
                              "North-2025-01-20-b2b-0001", "North-2027-01-20-b2b-0001", "East-2026-01-20-b2b-0001",
                              "North--b2b-0001", "-", "North-2026-01-20-b2b-99999999999", "North-restock-South-1x"}) {
        EXPECT_FALSE(names.find_order(wrong)) << wrong;
    }
    EXPECT_EQ(names.item("a0001"), models::ItemId{0});
    EXPECT_EQ(names.site("north"), SiteId{0});
    EXPECT_FALSE(names.item("A9999"));
    EXPECT_EQ(names.purchase(SiteId{0}, models::ItemId{0}, 14, 1), "PO-North-A0001-2026-01-19");
    EXPECT_EQ(names.purchase(SiteId{0}, models::ItemId{0}, 14, 2), "PO-North-A0001-2026-01-19-2");
    EXPECT_EQ(names.transfer(SiteId{0}, SiteId{1}, models::ItemId{0}, 14, 1), "TR-North-South-A0001-2026-01-19");
    EXPECT_EQ(names.day("2026-01-19"), 14);
    EXPECT_EQ(names.day("0"), 14);
    EXPECT_EQ(names.day("-14"), 0);
    EXPECT_FALSE(names.day("soon"));
}

/// Of two sites that differ in capitals only the one that is spelt so is meant.
TEST(OrderNames, AreThoseThatAreSpeltSo) {
    const auto tiny = loaded("tiny.toml");
    models::Network network = network_of(tiny);
    network.sites[SiteId{0}].name = "SOUTH";
    for (models::DemandStream& stream : network.streams) {
        if (stream.region == SiteId{0}) stream.name = "SOUTH" + stream.name.substr(stream.name.find('.'));
    }
    const Names names(network);
    EXPECT_EQ(names.find_order("SOUTH-2026-01-20-b2b-0003")->site, SiteId{0});
    EXPECT_EQ(names.find_order("South-2026-01-20-b2b-0003")->site, SiteId{1});
    EXPECT_EQ(names.find_order("south-2026-01-20-b2b-0003")->site, SiteId{0});
    EXPECT_EQ(names.find_order("SOUTH-restock-South-00000001")->site, SiteId{0});
    EXPECT_EQ(names.find_order("South-restock-SOUTH-00000001")->site, SiteId{1});
}

}  // namespace
}  // namespace entrepot::tests
