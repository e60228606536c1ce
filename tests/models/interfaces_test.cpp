#include "models/records/interfaces.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/disturbances/outages.hpp"
#include "models/purposes.hpp"
#include "models/records/link_ends.hpp"
#include "models/wired.hpp"
#include "sim/snapshot.hpp"

/// Links between systems: known answers, and what each thing that helps is for.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

TEST(Interfaces, NothingIsDrawnOrToldOfAPerfectOne) {
    Wired world(wired({}));
    EXPECT_TRUE(world.site().links.all.empty());
    post_each_hour(world, 3);
    EXPECT_EQ(on_record(world), 997);
    world.run_until(1, 12);
    EXPECT_TRUE(world.all<LinkDay>().empty());
}

/// Up 336 hours and down 3, 1440 and 0.75, 720 and 1, on average: available 99.1150, 99.9479, 99.8613 % of the time.
TEST(Interfaces, AreAvailableAsLongAsRenewalTheorySays) {
    const auto available = [](double up, double down) {
        const TimeDistribution works = ExponentialTime{sim::from_real<sim::hours>(up)};
        const TimeDistribution fails = ExponentialTime{sim::from_real<sim::hours>(down)};
        const sim::Draws draws(5, 0);
        constexpr double kHours = 1e7;
        constexpr std::uint64_t kLinks = 40;
        const Time end = sim::kStart + sim::from_real<sim::hours>(kHours);
        double lost = 0;
        for (std::uint64_t link = 0; link < kLinks; ++link) {
            Outages outages;
            outages.not_over(end, {works, fails, purpose::outage, link}, draws);
            for (const Outage& outage : outages.known) {
                lost += std::max(0.0, sim::in<sim::hours>(std::min(outage.works, end) - std::min(outage.stops, end)));
            }
        }
        return 1 - lost / (kLinks * kHours);
    };
    // Some 1,180,000, 278,000 and 555,000 outages: four standard deviations of the share of time, half a per cent of
    // it.
    EXPECT_NEAR(available(336, 3), 336 / 339.0, 4 * 0.00885 * std::sqrt(2 / 1'180'000.0));
    EXPECT_NEAR(available(1440, 0.75), 1440 / 1440.75, 4 * 0.000521 * std::sqrt(2 / 278'000.0));
    EXPECT_NEAR(available(720, 1), 720 / 721.0, 4 * 0.001387 * std::sqrt(2 / 555'000.0));
}

/// What a link tells of its days comes to the same: ten sites over sixty days, some 55 times up for 200 hours and down
/// for 60. Four standard deviations of the share of time.
TEST(Interfaces, TellAsManyHoursDownAsTheyAre) {
    Network network = quiet_network(10);
    network.strategy.integration.of(InterfaceName::extract) = {.uptime = ExponentialTime{200h},
                                                               .downtime = ExponentialTime{60h}};
    finish(network);
    Wired world(std::move(network));
    world.run_until(59, 1);
    double down = 0, ended = 0;
    for (const auto& [at, where, day] : world.all<LinkDay>()) {
        if (static_cast<InterfaceName>(day.interface) != InterfaceName::extract) continue;
        down += day.hours_down;
        ended += day.outages;
    }
    double known = 0, over = 0;
    for (std::size_t site = 0; site < 10; ++site) {
        const Ends ends = ends_of(world.site(site), static_cast<std::size_t>(InterfaceName::extract), world.network);
        const Interface& terms = world.network.strategy.integration.of(InterfaceName::extract);
        Outages outages;
        const OutageTerms law{*terms.uptime, *terms.downtime, purpose::outage, ends.key};
        const sim::Time end = start_of(59);
        outages.not_over(end, law, world.world.draws);
        for (const Outage& one : outages.known) {
            known += std::max(0.0, sim::in<sim::hours>(std::min(one.works, end) - std::min(one.stops, end)));
            over += one.works <= end;
        }
    }
    EXPECT_GT(over, 30);
    EXPECT_NEAR(down, known, 0.01);
    EXPECT_EQ(ended, over);
    const double share = down / (10 * 59 * 24.0), cycles = 10 * 59 * 24 / 260.0;
    EXPECT_NEAR(share, 60 / 260.0, 4 * (60 / 260.0) * std::sqrt(2 / cycles));
}

/// A call that fails with probability p and is repeated n times at most fails for good with p^(n+1).
TEST(Interfaces, RetriesSucceedAsIndependentCallsDo) {
    Wired world(wired({.failure = 0.4, .retries = 2, .first_wait = 1s}));
    constexpr int kPostings = 20'000;
    Context context = world.at_site();
    for (int i = 0; i < kPostings; ++i) post(world.site(), {kPosted, 0, 0}, context);
    world.run_until(1, 1);
    const LinkDay sum = sum_of(world, InterfaceName::posting);
    EXPECT_NEAR(sum.at_once, 0.6 * kPostings, 4 * std::sqrt(0.24 * kPostings));
    EXPECT_NEAR(sum.given_up, 0.064 * kPostings, 4 * std::sqrt(0.064 * kPostings));
    EXPECT_NEAR(sum.calls, (1 + 0.4 + 0.16) * kPostings, 4 * std::sqrt(0.5 * kPostings));
    EXPECT_EQ(sum.at_once + sum.by_retry + sum.given_up, static_cast<std::uint32_t>(kPostings));
}

/// In an outage calls don't fail independently: retries that are over before it is help less.
TEST(Interfaces, RetriesHelpLessInAnOutage) {
    const auto given_up = [](const Interface& terms) {
        Wired world(wired(terms));
        post_each_hour(world, 23);
        world.run_until(40, 0);
        return sum_of(world, InterfaceName::posting).given_up;
    };
    Interface down{
        .uptime = ConstantTime{10h}, .downtime = ConstantTime{5h}, .retries = 5, .first_wait = 2s, .back_off = 2};
    EXPECT_EQ(given_up(down), 5);
    down.first_wait = 15min;  // 15, 30, 60, 120 and 240 minutes: none is left
    EXPECT_EQ(given_up(down), 0);
}

TEST(Interfaces, WaitsGrowByTheBackOff) {
    Wired world(wired(
        {.uptime = ConstantTime{1h}, .downtime = ConstantTime{23h}, .retries = 4, .first_wait = 10min, .back_off = 3}));
    world.run_until(0, 2);
    Context context = world.at_site();
    post(world.site(), {kPosted, -1, 0}, context);
    world.run_until(0, 23.9);  // calls at 2:00, 2:10, 2:40, 4:10, 8:40
    EXPECT_EQ(world.site().links.all[0].today.calls, 5u);
    EXPECT_EQ(world.site().links.all[0].dead.size(), 1u);
}

/// Two failures in a row come after (1 + p) / p^2 calls on average.
TEST(Interfaces, TheBreakerOpensAsTheMarkovChainSays) {
    const CircuitBreaker terms{.calls = 2, .share = 1};
    constexpr double p = 0.3;
    constexpr int kTimes = 20'000;
    const sim::Draws draws(11, 0);
    int calls = 0;
    for (int i = 0; i < kTimes; ++i) {
        BreakerState state;
        while (!state.note(draws.at(38, 5, static_cast<std::uint32_t>(++calls)).uniform() < p, terms)) {
        }
    }
    const double mean = (1 + p) / (p * p);
    EXPECT_NEAR(static_cast<double>(calls) / kTimes, mean, 4 * mean / std::sqrt(double{kTimes}));
}

/// The same on a link with messages each second, p = 0.3 and no retries: every call between two openings is a message's
/// only one, but for the first that has waited, which is called until it comes through, 1 / (1 - p) times. So there are
/// N / (m + 1) openings for N messages, m calls apart, with p / (1 - p) more calls each; and p of the others are lost.
/// Some 26,000 openings: four standard deviations.
TEST(Interfaces, ABreakersCallsAreThoseOfTheMarkovChain) {
    Wired world(wired({.failure = 0.3, .breaker = CircuitBreaker{.calls = 2, .share = 1, .open = 2500ms}}));
    constexpr int kMessages = 400'000;
    for (int second = 0; second < kMessages; ++second) {
        world.run_until(0, second / 3600.0);
        Context context = world.at_site();
        post(world.site(), {kPosted, 0, 0}, context);
    }
    world.run_until(5, 1);
    constexpr double p = 0.3, m = (1 + p) / (p * p), openings = kMessages / (m + 1);
    const LinkDay sum = sum_of(world, InterfaceName::posting);
    std::uint64_t given_up = 0;
    for (const auto& [at, where, day] : world.all<LinkDay>()) given_up += day.given_up;
    const double spread = openings * (p / ((1 - p) * (1 - p)) + p * p / ((1 - p) * (1 - p)));
    EXPECT_NEAR(sum.calls - double{kMessages}, openings * p / (1 - p), 4 * std::sqrt(spread));
    EXPECT_NEAR(static_cast<double>(given_up), p * (kMessages - openings), 4 * std::sqrt(0.21 * kMessages));
}

/// While it is open nobody calls, and all that waited comes through with the first call that does.
TEST(Interfaces, ABreakerSparesCallsAndLosesNothing) {
    const auto run = [](std::optional<CircuitBreaker> breaker) {
        Interface terms{.uptime = ConstantTime{10h}, .downtime = ConstantTime{6h}, .retries = 3, .first_wait = 1min};
        terms.breaker = breaker;
        Wired world(wired(terms));
        for (int minute = 9 * 60; minute < 17 * 60; ++minute) {
            world.run_until(0, minute / 60.0);
            Context context = world.at_site();
            post(world.site(), {kPosted, -1, 0}, context);
        }
        world.run_until(1, 1);
        return std::pair(sum_of(world, InterfaceName::posting), on_record(world));
    };
    const auto [with, record] = run(CircuitBreaker{.calls = 4, .share = 0.5, .open = 10min});
    const auto [without, short_of] = run(std::nullopt);
    EXPECT_EQ(with.given_up, 0);
    EXPECT_EQ(record, 1000 - 480);
    EXPECT_GT(without.given_up, 300);
    EXPECT_LT(with.calls, 600u);
    EXPECT_GT(without.calls, 1500u);
    EXPECT_GT(short_of, 520);
}

/// What is given up is somebody's case; who sees to it brings all of it through.
TEST(Interfaces, DeadLettersComeThroughWhenPeopleHaveSeenToThem) {
    Network network = wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{2h}, .noticed_median = 1h});
    network.office.it_support = 1;
    network.office.minutes_per_reentry = 60;
    Wired world(network);
    post_each_hour(world, 12);  // those of 10:30 and 11:30 are lost
    EXPECT_EQ(on_record(world), 990);
    world.run_until(0, 12.4);  // noticed at 11:30, settled an hour later
    EXPECT_EQ(on_record(world), 990);
    world.run_until(0, 12.6);
    EXPECT_EQ(on_record(world), 988);
    ASSERT_EQ(world.all<BacklogDrained>().size(), 1u);
    EXPECT_NEAR(world.all<BacklogDrained>()[0].fact.hours, 2.0, 0.02);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(static_cast<DecisionKind>(world.all<CaseClosed>()[0].fact.kind), DecisionKind::integration_exception);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.executed, 1);
}

/// The next run came through before anybody had seen to the one that was missed: the work was in vain, and is no
/// decision that was carried out.
TEST(Interfaces, WhatCameThroughMeanwhileIsNoRepair) {
    Network network = wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{2h}, .noticed_median = 3h},
                            InterfaceName::release);
    network.office.it_support = 1;
    network.office.minutes_per_reentry = 30;
    Wired world(network);
    world.run_until(0, 10.5);
    world.order(0, {line(0, 1)});
    world.run_until(0, 12.5);
    world.order(0, {line(0, 1)});
    world.run_until(0, 13.4);  // noticed at half past one
    EXPECT_TRUE(world.all<CaseClosed>().empty());
    world.run_until(0, 14.5);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.executed, 0);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.touches, 1);
}

/// Who has done his work before the link works again has not brought anything through yet.
TEST(Interfaces, ARepairIsDoneWhenTheLinkWorks) {
    Network network = wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{4h}, .noticed_median = 1h});
    network.office.it_support = 1;
    network.office.minutes_per_reentry = 30;
    Wired world(network);
    post_each_hour(world, 11);
    world.run_until(0, 13.9);
    EXPECT_TRUE(world.all<CaseClosed>().empty());
    world.run_until(0, 14.2);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.executed, 1);
    EXPECT_NEAR(world.all<CaseClosed>()[0].fact.worked_hours, 0.5, 1e-4);
}

TEST(Interfaces, WithNobodyToSeeToThemLettersStayStuck) {
    Wired world(wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{2h}}));
    post_each_hour(world, 12);
    world.run_until(9, 0);
    EXPECT_EQ(on_record(world), 990);
}

/// Monitoring notices in minutes what people miss after hours.
TEST(Interfaces, MonitoringShortensTheRecovery) {
    const auto recovery = [](models::Duration noticed) {
        Network network =
            wired({.uptime = ConstantTime{8h}, .downtime = ConstantTime{30min}, .noticed_median = noticed});
        network.office.it_support = 1;
        Wired world(network);
        world.run_until(0, 8.25);
        Context context = world.at_site();
        post(world.site(), {kPosted, -1, 0}, context);
        world.run_until(3, 0);
        return double{world.all<BacklogDrained>().at(0).fact.hours};
    };
    EXPECT_LT(recovery(2min), 1.1);
    EXPECT_GT(recovery(3h), 3);
}

/// The answer to the first call was lost, and the second one is posted, too: stock that the record no longer has, until
/// a count finds it.
TEST(Interfaces, WithoutIdempotencyARetryPostsTwice) {
    const auto posted = [](bool idempotent) {
        Wired world(wired({.uptime = ConstantTime{10h},
                           .downtime = ConstantTime{1h},
                           .duplicates = idempotent ? 0.0 : 1.0,
                           .idempotent = idempotent,
                           .retries = 1,
                           .first_wait = 1h}));
        world.run_until(0, 10.5);
        Context context = world.at_site();
        post(world.site(), {kPosted, -5, 0}, context);
        world.run_until(0, 12);
        const Units before = on_record(world);
        count_stock(world.site(), ItemId{kPosted}, context);
        world.run_until(0, 13);
        EXPECT_EQ(on_record(world), 1000);  // nothing has left the shelf
        return before;
    };
    EXPECT_EQ(posted(true), 995);
    EXPECT_EQ(posted(false), 990);
}

/// Messages that go with the next poll wait half an interval on average, whenever they come.
TEST(Interfaces, APolledOneDelaysByHalfItsInterval) {
    Wired world(wired({.every = 1h}, InterfaceName::transfer_order));
    constexpr int kTransfers = 24;
    double waited = 0;
    int sent = 0;
    for (int minute = 0; minute < 6 * 60; ++minute) {  // before anybody picks
        world.run_until(0, minute / 60.0);
        if (minute % 10 == 5 && sent < kTransfers) {
            world.transfer(kPosted, 1, TransferMode::scheduled);
            ++sent;
        }
        waited += (sent - world.site().record[ItemId{kPosted}].allocated) / 60.0;
    }
    EXPECT_EQ(world.site().record[ItemId{kPosted}].allocated, kTransfers);
    EXPECT_NEAR(waited / kTransfers, 0.5 + 1 / 60.0, 0.02);  // and the middleware's minute
}

/// Ten hours up, one down, for ever: seen of any moment, though nobody has called; and nothing is changed by it.
TEST(Interfaces, ShowWhetherTheyAreDownToWhoLooks) {
    Wired world(wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{1h}}));
    const std::uint64_t before = hash_of(world.world);
    for (int minute = 0; minute < 3000; minute += 7) {
        const bool down = is_down(world.site(), static_cast<std::size_t>(InterfaceName::posting),
                                  sim::kStart + sim::minutes{minute}, world.network, world.world.draws);
        EXPECT_EQ(down, minute % 660 >= 600) << minute;
    }
    EXPECT_EQ(hash_of(world.world), before);
}

/// An order that comes through twice is carried out twice, and nobody expects the second truck until somebody finds it.
TEST(Interfaces, APurchaseOrderThatComesThroughTwiceIsDeliveredTwice) {
    Network network = wired(
        {.uptime = ConstantTime{10h}, .downtime = ConstantTime{1h}, .duplicates = 1, .retries = 1, .first_wait = 1h},
        InterfaceName::purchase_order);
    network.strategy.integration.reconciled_after = 48h;
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ConstantTime{240h};
        supplier.on_time = supplier.in_full = supplier.yield = 1;
    }
    finish(network);
    Wired world(network);
    world.run_until(0, 10.5);
    Context context = world.at_headquarters();
    place_purchase(world.hq(), world.purchase(kPosted, 24), context);
    const auto on_order = [&] { return world.hq().view[world.location(0, kPosted)].on_order; };
    world.run_until(1, 0);
    EXPECT_EQ(on_order(), 24);
    ASSERT_EQ(world.all<OrderedTwice>().size(), 1u);
    world.run_until(3, 0);
    EXPECT_EQ(on_order(), 48);
    world.run_until(20, 0);
    EXPECT_EQ(on_order(), 0);
    EXPECT_EQ(world.site().truth[ItemId{kPosted}].moved.received, 48);
}

/// Who asks after a late line learns that the supplier has never heard of it, and tells him.
TEST(Interfaces, ALostOrderIsFoundWhenItIsOverdue) {
    Network network =
        wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{200h}}, InterfaceName::purchase_order);
    for (auto& stock : network.initial.on_hand) stock[ItemId{kPosted}] = 0;
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ConstantTime{72h};
        supplier.lead_time_on_record = 72h;
        supplier.on_time = supplier.in_full = supplier.yield = 1;
    }
    finish(network);
    Wired world(network);
    world.run_until(0, 11);
    Context context = world.at_headquarters();
    place_purchase(world.hq(), world.purchase(kPosted, 24), context);
    world.run_until(4, 8);
    EXPECT_EQ(world.site().truth[ItemId{kPosted}].moved.received, 0);
    world.run_until(9, 0);  // asked after on Friday, the fifth day
    EXPECT_EQ(world.site().truth[ItemId{kPosted}].moved.received, 24);
}

TEST(Interfaces, AnOutageOfTheTableHoldsUpItsLinkAlone) {
    Network network = wired({});
    network.disturbances = {{.kind = Disturbance::Kind::outage,
                             .first_day = 0,
                             .site = SiteId{0},
                             .interface = InterfaceName::posting,
                             .starts = 5h,
                             .lasts = 3h}};
    network.strategy.integration.of(InterfaceName::posting) = {.retries = 1, .first_wait = 4h};
    finish(network);
    Wired world(network);
    world.run_until(0, 6);
    for (const std::size_t i : {0, 1}) {
        Context there = world.at_site(i);
        post(world.site(i), {kPosted, -1, 0}, there);
        EXPECT_EQ(world.site(i).record[ItemId{kPosted}].on_hand, i == 0 ? 1000 : 999);
    }
    const auto down = [&](std::size_t i, sim::Duration at) {
        return is_down(world.site(i), 0, sim::kStart + at, world.network, world.world.draws);  // of postings
    };
    EXPECT_FALSE(down(0, 299min) || down(0, 480min) || down(1, 6h));
    EXPECT_TRUE(down(0, 5h) && down(0, 479min));
    world.run_until(0, 10.5);
    EXPECT_EQ(world.site(0).record[ItemId{kPosted}].on_hand, 999);
    world.run_until(1, 6);
    EXPECT_FLOAT_EQ(sum_of(world, InterfaceName::posting).hours_down, 3);
}

}  // namespace
}  // namespace entrepot::tests
