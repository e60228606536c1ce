#include <gtest/gtest.h>

#include "models/goods/transport.hpp"
#include "models/records/notices.hpp"
#include "models/small_world.hpp"

/// Carriers who tell of shipments that will be late, and customers who are told, or complain.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Parcels = SmallWorld<NoticeGiven, OrderClosed, CaseRaised, LinkDay>;

/// Every shipment takes a day, and two business days more than it should.
Network late_carriers(std::optional<models::Duration> tells) {
    Network network = quiet_network(1);
    hear_at_once(network);
    for (Carrier& carrier : network.carriers) {
        carrier.on_time = 0;
        carrier.late_days = {0, 1};
        carrier.tells_delays = tells;
    }
    for (Tier& tier : network.tiers) {
        tier.promise_business_days = 2;
        tier.escalation_probability = 1;
        tier.escalation_if_told = 0;
        tier.escalates_on_the_way = true;
    }
    network.strategy.notices.at_risk_days = 2;
    network.office.handling_cv = 0;
    network.office.it_support = 0;
    finish(network);
    return network;
}

struct Customer {
    std::size_t notices = 0;
    double told_at = 0;  ///< hours since Monday
    int new_day = 0;
    bool escalated = false;
    std::uint16_t delivered = 0;
};

/// Ordered on Monday for Wednesday, on the truck in the afternoon, there on Thursday.
Customer customer_of(Network network) {
    Parcels site(std::move(network));
    site.run_until(0, 7);
    const std::uint32_t order = site.order(0, {line(0, 1)});
    site.run_until(3, 9);
    Customer seen{.escalated = site.order_at(order).escalated};
    site.run_until(5);
    const auto& notices = site.all<NoticeGiven>();
    seen.notices = notices.size();
    if (!notices.empty()) seen.told_at = sim::in<sim::hours>(notices[0].at - sim::kStart);
    if (!notices.empty()) seen.new_day = notices[0].fact.new_day;
    EXPECT_EQ(site.all<OrderClosed>().size(), 1u);
    if (!site.all<OrderClosed>().empty()) seen.delivered = site.all<OrderClosed>()[0].fact.delivered_day;
    return seen;
}

/// It was to be there on Tuesday at noon: 20 hours before that is Monday at four.
TEST(Tracking, TellsTheCustomerOfADelayBeforeThePromisedDay) {
    const Customer told = customer_of(late_carriers(20h));
    ASSERT_EQ(told.notices, 1u);
    EXPECT_NEAR(told.told_at, 16, 0.1);
    EXPECT_EQ(told.new_day, 3);
    EXPECT_EQ(told.delivered, 3);
    EXPECT_FALSE(told.escalated);
}

/// Without it nobody hears of the delay but the customer, who complains.
TEST(Tracking, IsNobodysWhereCarriersDoNotTell) {
    const Customer untold = customer_of(late_carriers(std::nullopt));
    EXPECT_EQ(untold.notices, 0u);
    EXPECT_TRUE(untold.escalated);
    Network patient = late_carriers(std::nullopt);
    for (Tier& tier : patient.tiers) tier.escalates_on_the_way = false;
    EXPECT_FALSE(customer_of(patient).escalated);
}

/// News that don't come through are found out too late.
TEST(Tracking, IsWorthNothingWhereItsLinkIsDown) {
    Network network = late_carriers(20h);
    network.strategy.integration.of(InterfaceName::tracking) = {.uptime = ConstantTime{5h},
                                                                .downtime = ConstantTime{100h}};
    finish(network);
    const Customer untold = customer_of(network);
    EXPECT_EQ(untold.notices, 0u);
    EXPECT_TRUE(untold.escalated);
}

/// Who is in time for the promise is told nothing, nor is anybody where the strategy sends no notices.
TEST(Tracking, IsOfWhatWillBeLateForItsPromise) {
    Network network = late_carriers(20h);
    for (Tier& tier : network.tiers) tier.promise_business_days = 3;
    finish(network);
    EXPECT_EQ(customer_of(network).notices, 0u);
    network = late_carriers(20h);
    network.strategy.notices.at_risk_days = 0;
    finish(network);
    EXPECT_EQ(customer_of(network).notices, 0u);
}

TEST(DelayNews, ComesBackFromItsWords) {
    const DelayNews news{123'456'789, 1'000'000, 65'534, 65'533};
    const DelayNews read = DelayNews::of(news.content());
    EXPECT_EQ(read.order, news.order);
    EXPECT_EQ(read.item, news.item);
    EXPECT_EQ(read.serial, news.serial);
    EXPECT_EQ(read.day, news.day);
    EXPECT_TRUE((Letter{.content = news.content()}.holds()));
}

}  // namespace
}  // namespace entrepot::tests
