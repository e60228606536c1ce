#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "models/delays.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/purchasing.hpp"
#include "models/wired.hpp"

/// Links that take only so many messages, and messages that come after later ones: known answers.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

/// Postings of 1, 2, 3, ... units less at once: which of them were posted can be told from their sum.
void post_a_burst(Wired& world, int messages) {
    Context context = world.at_site();
    for (int i = 1; i <= messages; ++i) post(world.site(), {kPosted, -i, 0}, context);
}

/// Ten an hour: of a burst, the n-th is through after n tenths of an hour, and none before those that came earlier.
TEST(Capacity, DrainsABurstAtItsRateAndInOrder) {
    Wired world(wired({.capacity = 10}));
    world.run_until(0, 1);
    post_a_burst(world, 25);
    EXPECT_EQ(on_record(world), 1000);
    for (const int through : {1, 9, 10, 24, 25}) {
        world.run_until(0, 1 + through / 10.0 - 0.01);
        EXPECT_EQ(on_record(world), 1000 - through * (through - 1) / 2);
        world.run_until(0, 1 + through / 10.0 + 0.01);
        EXPECT_EQ(on_record(world), 1000 - through * (through + 1) / 2);
    }
}

/// Messages that come by chance, eight for each ten that the link can take (M/D/1): a message takes its own time and
/// waits u / 2 (1 - u) as long on average, here 3 times its time in all. 40,000 messages, whose mean wait has a
/// standard deviation of some 2 %.
TEST(Capacity, WaitsAsTheQueueWithOneServerAndEqualTimes) {
    constexpr double kCapacity = 6000, kRate = 0.8 * kCapacity;
    constexpr int kMessages = 40'000;
    Wired world(wired({.capacity = kCapacity}));
    const sim::Draws draws(17, 0);
    double hour = 0;
    for (int i = 0; i < kMessages; ++i) {
        hour -= std::log(draws.at(60, 3, static_cast<std::uint32_t>(i)).uniform()) / kRate;
        world.run_until(0, hour);
        Context context = world.at_site();
        post(world.site(), {kPosted, 0, 0}, context);
    }
    world.run_until(1, 1);
    const LinkDay sum = sum_of(world, InterfaceName::posting);
    ASSERT_EQ(sum.at_once, static_cast<std::uint32_t>(kMessages));
    EXPECT_NEAR(sum.hours_late / kMessages * kCapacity, 3, 0.3);
}

/// The link is down for six hours in which 20 messages an hour come; then it takes 60 an hour. What has waited is
/// through after 120 / 60 hours, and the queue is gone after 120 / (60 - 20).
TEST(Capacity, DrainsWhatAnOutageHasLeftAtWhatIsToSpare) {
    const auto run = [](double capacity) {
        Interface terms{.capacity = capacity, .uptime = ConstantTime{10h}, .downtime = ConstantTime{6h}, .retries = 1};
        terms.first_wait = 1s;
        terms.breaker = CircuitBreaker{.calls = 1, .share = 1, .open = 1min};
        return std::make_unique<Wired>(wired(terms));
    };
    const auto behind = [](Wired& world, double hour) {
        static constexpr double kEach = 0.05;
        while (sim::in<sim::hours>(world.world.now - sim::kStart) + kEach < hour) {
            world.run_until(0, sim::in<sim::hours>(world.world.now - sim::kStart) + kEach);
            Context context = world.at_site();
            post(world.site(), {kPosted, -1, 0}, context);
        }
        world.run_until(0, hour - 1e-4);
        return -world.site().record[ItemId{kPosted}].unposted;
    };
    const auto limited = run(60);
    EXPECT_LE(behind(*limited, 9.9), 1);
    EXPECT_NEAR(behind(*limited, 16), 120, 2);
    EXPECT_NEAR(behind(*limited, 17), 80, 3);
    EXPECT_NEAR(behind(*limited, 18.5), 20, 3);
    EXPECT_LE(behind(*limited, 19.2), 2);
    ASSERT_GE(limited->all<BacklogDrained>().size(), 1u);
    EXPECT_NEAR(limited->all<BacklogDrained>().back().fact.hours, 8, 0.1);
    const auto any = run(0);
    EXPECT_NEAR(behind(*any, 15.9), 118, 2);
    EXPECT_LE(behind(*any, 16.1), 1);
}

/// An extract is as many messages as it tells of: five records at ten an hour come after half an hour, and what was
/// changed meanwhile goes with them, but holds up those that follow.
TEST(Capacity, OfARunIsUsedByAllThatItTells) {
    Network network = wired({.capacity = 10}, InterfaceName::extract);
    network.watches_records = true;
    Wired world(network);
    world.run_until(0, 1);
    Context context = world.at_site();
    for (std::uint32_t item = 0; item < 4; ++item) tell_headquarters(world.site(), ItemId{item}, context);
    const auto heard = [&](std::uint32_t item) {
        return sim::in<sim::hours>(world.hq().view[world.location(0, item)].heard - sim::kStart);
    };
    world.run_until(0, 1.35);
    EXPECT_EQ(heard(0), 0);
    world.site().record[ItemId{4}].on_hand = 7;
    tell_headquarters(world.site(), ItemId{4}, context);
    world.run_until(0, 1.45);
    EXPECT_NEAR(heard(0), 1.4 + 2 / 60.0, 0.001);  // the pump's minute, four tenths of an hour, and on its way a minute
    EXPECT_NEAR(heard(4), 1.4 + 2 / 60.0, 0.001);
    tell_headquarters(world.site(), ItemId{0}, context);
    world.run_until(0, 2);
    EXPECT_NEAR(heard(0), 1.6 + 2 / 60.0, 0.001);  // the fifth record has taken its time, too
}

// Messages that are overtaken.

/// A record that changes every half hour; a fifth of what is told of it is held up, an hour on average.
struct HeldUpRecords {
    Wired world;
    int told = 0, wrong = 0;

    explicit HeldUpRecords(bool version_checked) : world(network_of(version_checked)) {
        for (int half = 1; half < 2 * 24 * 40; ++half) {
            world.run_until(0, half / 2.0);
            for (std::uint32_t item = 0; item < 5; ++item) {
                wrong += world.hq().view[world.location(0, item)].net != world.site().record[ItemId{item}].on_hand;
                world.site().record[ItemId{item}].on_hand = half;
                Context context = world.at_site();
                tell_headquarters(world.site(), ItemId{item}, context);
                ++told;
            }
        }
        world.record.log.flush();
    }
    static Network network_of(bool version_checked) {
        return wired({.overtaken = 0.2, .overtaken_mean = 1h, .version_checked = version_checked},
                     InterfaceName::extract);
    }
    int overtaken(bool applied) {
        int count = 0;
        for (const auto& one : world.all<MessageOvertaken>()) count += one.fact.applied == applied;
        return count;
    }
};

/// Of those that are held up (p = 0.2), one is passed by the next, the one after it, ... that isn't held up itself: p
/// (1 - p) q / (1 - p q) of all, where q = exp(-1/2) stay away for half an hour. 9,595 messages: four standard
/// deviations.
TEST(Overtaking, IsAsFrequentAsExponentialDelaysSay) {
    HeldUpRecords held(false);
    const double p = 0.2, q = std::exp(-0.5), share = p * (1 - p) * q / (1 - p * q);
    EXPECT_NEAR(held.overtaken(true), share * held.told, 4 * std::sqrt(share * held.told));
    EXPECT_EQ(held.overtaken(false), 0);
}

/// Who checks versions meets as many late messages and goes by none of them; else an older state stands where a newer
/// one stood, until the next news.
TEST(Overtaking, SpoilsTheViewOnlyWhereNobodyChecksVersions) {
    HeldUpRecords checked(true), not_checked(false);
    EXPECT_EQ(checked.overtaken(false), not_checked.overtaken(true));
    EXPECT_EQ(checked.overtaken(true), 0);
    // Without checks: also those that come between two changes, after the newer one.
    EXPECT_GT(not_checked.wrong, checked.wrong + 500);
}

/// What was entered is counted on, and goes with the next extract: none of it is lost or told twice.
TEST(Overtaking, LosesNoDemand) {
    Wired world(HeldUpRecords::network_of(false));
    int entered = 0;
    for (int half = 1; half < 400; ++half) {
        world.run_until(0, half / 2.0);
        Context context = world.at_site();
        world.site().record[ItemId{kPosted}].demand += half;
        entered += half;
        tell_headquarters(world.site(), ItemId{kPosted}, context);
    }
    world.run_until(20, 0);
    EXPECT_EQ(static_cast<int>(world.hq().view[world.location(0, kPosted)].demand) +
                  world.site().record[ItemId{kPosted}].demand,
              entered);
}

/// The supplier's answer was held up, and its shipping notice has come before it: who doesn't check goes by the answer.
TEST(Overtaking, AnOldAnswerReplacesANewNoticeWhereNobodyChecks) {
    const auto due_day = [](bool version_checked) {
        Network network = wired({.overtaken = 1, .overtaken_mean = 30h, .version_checked = version_checked},
                                InterfaceName::confirmation);
        for (Supplier& supplier : network.suppliers) {
            supplier.lead_time = ConstantTime{480h};
            supplier.confirms = 1e-12;
        }
        finish(network);
        Wired world(network);
        world.run_until(0, 10);
        Context context = world.at_headquarters();
        const std::uint32_t line = world.purchase(kPosted, 24);
        place_purchase(world.hq(), line, context);
        world.run_until(0, 12);
        const std::uint32_t serial = world.hq().purchases[line].serial;
        const std::size_t supplier = world.network.items[ItemId{kPosted}].supplier.index();
        transmit(world.hq(), InterfaceName::confirmation, supplier, {line, serial, 15}, context);
        transmit(world.hq(), InterfaceName::asn, supplier, {line, serial, 17}, context);
        EXPECT_EQ(day_of(world.hq().purchases[line].due), 17);
        world.run_until(14, 0);
        EXPECT_EQ(world.all<MessageOvertaken>().size(), 1u);
        return day_of(world.hq().purchases[line].due);
    };
    EXPECT_EQ(due_day(true), 17);
    EXPECT_EQ(due_day(false), 15);
}

/// The web shop shows what a message said that others had passed.
TEST(Overtaking, SpoilsTheShopsViewOnlyWhereNobodyChecksVersions) {
    const auto wrong = [](bool version_checked) {
        Network network =
            wired({.overtaken = 0.3, .overtaken_mean = 1h, .version_checked = version_checked}, InterfaceName::gateway);
        Wired world(network);
        int count = 0;
        for (int half = 1; half < 1000; ++half) {
            world.run_until(0, half / 2.0);
            Context context = world.at_site();
            count += world.site().shop.stock[ItemId{kPosted}].known != on_record(world);
            post(world.site(), {kPosted, half % 2 == 0 ? 1 : -1, 0}, context);
            settle(world.site(), context);
        }
        world.run_until(39, 0);
        return count;
    };
    const int checked = wrong(true), not_checked = wrong(false);
    EXPECT_GT(checked, 100);
    EXPECT_GT(not_checked, checked + 30);
}

// How long messages take.

TEST(Delays, FallIntoBinsThatAreAnEighthWide) {
    EXPECT_EQ(delay_bin(0), 0u);
    EXPECT_EQ(delay_bin(65'535), 0u);
    for (std::int64_t micros = 65'536; micros < std::int64_t{9'000'000'000'000}; micros += 1 + micros / 7) {
        const std::size_t bin = delay_bin(micros);
        const double minutes = static_cast<double>(micros) / 60e6, from = delay_bin_begins(bin),
                     to = delay_bin_begins(bin + 1);
        ASSERT_LE(from, minutes);
        if (bin + 1 == kDelayBins) break;
        ASSERT_LT(minutes, to);
        ASSERT_LE(to - from, from / 8 + 1e-9);
    }
    EXPECT_LT(delay_bin(std::int64_t{1} << 42), kDelayBins);
}

/// Each posting waits for the night's batch by itself: of two, one came at half past two, one at half past ten.
TEST(Delays, OfANightlyBatchAreThoseOfItsPostings) {
    Network network = wired({.failure = 1e-9});
    network.strategy.integration.batch_minute = 120;
    finish(network);
    Wired world(network);
    for (const double hour : {2.5, 10.5}) {
        world.run_until(0, hour);
        Context context = world.at_site();
        post(world.site(), {kPosted, -1, 0}, context);
    }
    world.run_until(3, 0);
    std::vector<double> hours;
    for (const auto& [at, where, told] : world.all<LinkDelays>()) {
        if (told.interface != static_cast<std::uint8_t>(InterfaceName::posting)) continue;
        for (std::size_t i = 0; i < told.in_use; ++i) {
            for (std::uint32_t n = 0; n < told.messages[i]; ++n) hours.push_back(delay_bin_begins(told.bins[i]) / 60);
        }
    }
    ASSERT_EQ(hours.size(), 2u);
    EXPECT_NEAR(hours[0], 15.5, 15.5 / 8);
    EXPECT_NEAR(hours[1], 23.5, 23.5 / 8);
}

/// An extract is as many messages as it tells of, whether they come with it or were held up.
TEST(Delays, CountEachRecordOfAnExtractOnce) {
    HeldUpRecords held(false);
    held.world.run_until(41, 23);
    std::uint32_t messages = 0;
    for (const auto& one : held.world.all<LinkDelays>()) {
        for (std::size_t i = 0; i < one.fact.in_use; ++i) messages += one.fact.messages[i];
    }
    EXPECT_EQ(messages, static_cast<std::uint32_t>(held.told));
}

/// From when it was ready: the wait for the poll, a retry and the latency are all part of it.
TEST(Delays, CountFromTheMomentInWhichAMessageWasReady) {
    Wired world(wired({.every = 4h,
                       .latency_median = 1h,
                       .uptime = ConstantTime{10h},
                       .downtime = ConstantTime{3h},
                       .retries = 1,
                       .first_wait = 2h},
                      InterfaceName::transfer_order));
    world.run_until(0, 9);
    world.transfer(kPosted, 1, TransferMode::scheduled);  // polled at 12, in vain; again at 14, and an hour on its way
    world.run_until(2, 0);
    ASSERT_EQ(world.all<LinkDelays>().size(), 1u);
    const LinkDelays told = world.all<LinkDelays>()[0].fact;
    ASSERT_EQ(told.in_use, 1);
    EXPECT_EQ(told.messages[0], 1u);
    EXPECT_EQ(told.bins[0], delay_bin(sim::Duration(6h).count()));
}

}  // namespace
}  // namespace entrepot::tests
