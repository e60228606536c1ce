#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"

/// What comes and goes has a name that can be typed, and is found again by it.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;

/// Names of all orders of a replication.
class Namer : public Watcher {
public:
    explicit Namer(const models::Network& network) : names_(network) {}

    void see(const Seen& seen) override {
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
};

std::set<std::string> names_in(const scenarios::Loaded& scenario, const std::string& strategy = "") {
    const models::Network network = network_of(scenario, strategy);
    Namer namer(network);
    Watcher* watchers[] = {&namer};
    rerun(network, {scenario.scenario.study.seed, {}}, watchers, true);
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
    EXPECT_EQ(names_in(loaded("history_replay.toml", {"calendar.measure=7 d"})).begin()->find("recorded"), 14U)
        << *names_in(loaded("history_replay.toml", {"calendar.measure=7 d"})).begin();
    EXPECT_FALSE(names_in(loaded("validation/base_stock_fill.toml", {"calendar.measure=30 d"})).empty());
    EXPECT_FALSE(names_in(loaded("validation/serial.toml", {"calendar.measure=30 d"})).empty());
}

TEST(OrderNames, ArefoundHoweverTheyAreTyped) {
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

}  // namespace
}  // namespace entrepot::tests
