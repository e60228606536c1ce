#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Transfers between sites: those that are proposed before the scheduled trucks leave, and those on a dedicated truck.
namespace entrepot::tests {
namespace {

using namespace models;

using TransfersTold = FactRecord<TransferOrdered, CaseClosed>;

/// Two sites of which the first has next to nothing and the second has plenty, under a strategy that moves stock.
FixtureStrategy moving() {
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.transfers.urgent_on_escalation = false;
    strategy.governance.guardrails.clear();
    return strategy;
}

Network uneven() {
    Network network = small_network();
    follow(network, moving());
    for (Units& units : network.initial.on_hand[SiteId{0}]) units /= 20;
    for (Units& units : network.initial.on_hand[SiteId{1}]) units *= 4;
    return network;
}

void run(const Network& network, TransfersTold& told) { simulate(network, 7, 0, told.log); }

TEST(Transfers, MoveStockFromWhereThereIsMuch) {
    TransfersTold told;
    run(uneven(), told);
    ASSERT_GT(told.all<TransferOrdered>().size(), 10u);
    int from_the_second = 0;
    for (const auto& transfer : told.all<TransferOrdered>()) {
        EXPECT_EQ(transfer.fact.urgent, 0);
        EXPECT_EQ(transfer.fact.touches, 0);
        from_the_second += transfer.fact.from == 1;
    }
    EXPECT_GT(from_the_second, 0.9 * static_cast<double>(told.all<TransferOrdered>().size()));
}

TEST(Transfers, ComeFromWhoHasMost) {
    Network network = small_network({.sites = 3});
    follow(network, moving());
    for (Units& units : network.initial.on_hand[SiteId{0}]) units /= 20;
    for (Units& units : network.initial.on_hand[SiteId{1}]) units *= 2;
    for (Units& units : network.initial.on_hand[SiteId{2}]) units *= 10;
    TransfersTold told;
    run(network, told);
    ASSERT_GT(told.all<TransferOrdered>().size(), 10u);
    for (const auto& transfer : told.all<TransferOrdered>()) EXPECT_EQ(transfer.fact.from, 2);
}

/// Goods that are six days on the road are not sent again by the trucks of Wednesday and Friday.
TEST(Transfers, CountWhatIsUnderWay) {
    Network network = uneven();
    for (auto& row : network.transfer_terms.lead_days) row.assign(2, 6.0);
    TransfersTold told;
    run(network, told);
    double monday = 0, week = 0;
    for (const auto& transfer : told.all<TransferOrdered>()) {
        if (transfer.at < start_of(1)) monday += transfer.fact.units;
        if (transfer.at < start_of(6)) week += transfer.fact.units;
    }
    EXPECT_GT(monday, 100);
    EXPECT_LT(week, 2 * monday);
}

TEST(Transfers, AreProposedOnTheTrucksDays) {
    const Network network = uneven();
    TransfersTold told;
    run(network, told);
    for (const auto& transfer : told.all<TransferOrdered>()) {
        const int weekday = network.calendar.weekday(day_of(transfer.at));
        EXPECT_TRUE(network.transfer_terms.truck_weekdays[static_cast<std::size_t>(weekday)]) << weekday;
    }
}

/// Nobody has more than the donor's cover of 14 days.
TEST(Transfers, LeaveTheDonorItsCover) {
    Network network = uneven();
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const double days = site.index() == 0 ? 1 : 10;
            network.initial.on_hand[site][item] = static_cast<Units>(days * network.usual_daily_units[site][item]);
        }
    }
    TransfersTold told;
    run(network, told);
    for (const auto& transfer : told.all<TransferOrdered>()) EXPECT_GT(transfer.at, start_of(3));
}

TEST(Transfers, MustEarnTheirFreight) {
    Network network = uneven();
    network.transfer_terms.per_pallet = Money::of(1e6);
    TransfersTold told;
    run(network, told);
    EXPECT_EQ(told.all<TransferOrdered>().size(), 0u);
}

TEST(Transfers, AboveTheLimitAskAPlanner) {
    Network network = uneven();
    network.strategy.governance.guardrails = {{.decision = DecisionKind::transfer, .most_value = Money{}}};
    TransfersTold told;
    run(network, told);
    ASSERT_GT(told.all<TransferOrdered>().size(), 10u);
    for (const auto& transfer : told.all<TransferOrdered>()) EXPECT_EQ(transfer.fact.touches, 1);
}

/// Asked for on Tuesday, it leaves with Wednesday's truck in the evening and is two days on the road.
TEST(Transfers, ScheduledOnesWaitForTheTruck) {
    SmallWorld<> pair(quiet_network(2));
    pair.run_until(1, 7);
    pair.transfer(0, 10, TransferMode::scheduled);
    pair.run_until(4, 7.9);
    EXPECT_EQ(pair.site(0).truth[ItemId{0}].moved.sent, 10);
    EXPECT_EQ(pair.site(1).truth[ItemId{0}].moved.got, 0);
    pair.run_until(4, 8.1);
    EXPECT_EQ(pair.site(1).truth[ItemId{0}].moved.got, 10);
}

/// It is picked in the wave at six in the evening of Wednesday, when the truck has left: the next one is Friday's.
TEST(Transfers, AfterTheTruckHasLeftTheyWaitForTheNext) {
    SmallWorld<> pair(quiet_network(2));
    pair.run_until(2, 17.6);
    pair.transfer(0, 10, TransferMode::scheduled);
    pair.run_until(4, 17.9);
    EXPECT_EQ(pair.site(0).truth[ItemId{0}].moved.sent, 10);
    EXPECT_EQ(pair.site(1).truth[ItemId{0}].moved.got, 0);
    pair.run_until(6, 7.9);
    EXPECT_EQ(pair.site(1).truth[ItemId{0}].moved.got, 0);
    pair.run_until(6, 8.1);
    EXPECT_EQ(pair.site(1).truth[ItemId{0}].moved.got, 10);
}

/// Asked for on Tuesday, half of two days on the road, while the next scheduled truck leaves on Wednesday evening.
TEST(Transfers, UrgentOnesWaitForNoTruck) {
    SmallWorld<> pair(quiet_network(2));
    pair.run_until(1, 7);
    pair.transfer(0, 10, TransferMode::urgent);
    pair.run_until(2, 8.1);
    EXPECT_EQ(pair.site(1).truth[ItemId{0}].moved.got, 10);
}

/// Of ten a day, 40 last for less than the five days below which a site asks, 60 for more.
TEST(Transfers, GoToSitesThatRunShortOnly) {
    for (const Units units : {40, 60}) {
        Network network = quiet_network(2);
        follow(network, moving());
        network.transfer_terms.per_pallet = network.transfer_terms.handling = {};
        network.initial.on_hand[SiteId{0}].assign(network.items.size(), units);
        SmallWorld<TransferOrdered> pair(std::move(network));
        for (Forecast& forecast : pair.hq().forecasts) forecast.level = 10;
        pair.run_until(1);
        EXPECT_EQ(pair.all<TransferOrdered>().size(), units == 40 ? 5u : 0u);
    }
}

// Urgent.

using Pair = SmallWorld<TransferOrdered, ExpeditePaid>;

/// The first site lacks item 0, and its customers escalate; the second has so much of it.
Network lacking(Units donors_stock) {
    Network network = quiet_network(2);
    hear_at_once(network);
    network.initial.on_hand[SiteId{0}][ItemId{0}] = 0;
    network.initial.on_hand[SiteId{1}][ItemId{0}] = donors_stock;
    network.tiers[TierId{0}].escalation_probability = 1;
    return network;
}

/// A customer is short of five units. The second site's demand a day is as headquarters knows it.
void escalate_one(Pair& pair, double donors_rate, int days = 5) {
    pair.hq().forecasts[pair.location(1, 0)].mean = static_cast<float>(donors_rate);
    pair.run_until(0, 9);
    pair.order(0, {line(0, 5)});
    pair.run_until(days);
}

TEST(Transfers, AnUrgentOneStripsNoDonor) {
    Pair few(lacking(40)), many(lacking(400));
    escalate_one(few, 20);  // 35 last for less than three days
    EXPECT_EQ(few.all<TransferOrdered>().size(), 0u);
    escalate_one(many, 20);
    EXPECT_EQ(many.all<TransferOrdered>().size(), 1u);
}

/// The least is one pallet: at 2.2 times the price, and with its handling at both ends.
TEST(Transfers, AnUrgentOneIsDearer) {
    Pair pair(lacking(1000));
    escalate_one(pair, 1);
    ASSERT_EQ(pair.all<TransferOrdered>().size(), 1u);
    const double cost = 2.2 * 85 + 2 * 14, ordinary = (85 + 2 * 14) * 5 / 400.0;
    EXPECT_NEAR(Money{pair.all<TransferOrdered>()[0].fact.cost_micros}.amount(), cost, 1e-4);
    ASSERT_EQ(pair.all<ExpeditePaid>().size(), 1u);
    EXPECT_NEAR(Money{pair.all<ExpeditePaid>()[0].fact.extra_micros}.amount(), cost - ordinary, 1e-4);
}

/// Two days on the road, or half of that.
TEST(Transfers, AnUrgentOneIsSooner) {
    const auto day_of_arrival = [](double factor) {
        Network network = lacking(1000);
        network.transfer_terms.urgent_lead_factor = factor;
        Pair pair(std::move(network));
        escalate_one(pair, 1, 1);
        int day = 1;
        while (day < 20 && pair.site(0).truth[ItemId{0}].moved.got == 0) pair.run_until(++day);
        return day;
    };
    EXPECT_EQ(day_of_arrival(1) - day_of_arrival(0.5), 1);
}

}  // namespace
}  // namespace entrepot::tests
