#include "models/simulate.hpp"

#include <cmath>
#include <cstring>
#include <map>
#include <random>
#include <sstream>
#include <tuple>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network/demand.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/records/order_desk.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"

namespace entrepot::tests {
namespace {

using namespace models;

Network with(FixtureStrategy strategy, const FixtureSize& size = {}) {
    Network network = small_network(size);
    follow(network, strategy);
    return network;
}

double line_fill(const Network& network, std::uint32_t replication) {
    FactRecord<LineFirstPass> record;
    simulate(network, 7, replication, record.log);
    double filled = 0;
    for (const auto& entry : record.all<LineFirstPass>()) filled += entry.fact.filled == entry.fact.ordered;
    return filled / static_cast<double>(record.all<LineFirstPass>().size());
}

TEST(Simulate, SameSeedGivesTheSameTrajectory) {
    const Network network = with(orchestrated_strategy());
    FactRecord<> a, b, c;
    const RunFigures first = simulate(network, 7, 3, a.log).value();
    EXPECT_EQ(first.digest, simulate(network, 7, 3, b.log)->digest);
    EXPECT_NE(first.digest, simulate(network, 7, 4, c.log)->digest);
    EXPECT_GT(first.order_lines, 10'000u);
}

TEST(Simulate, ConservesUnitsOrdersAndMoneyUnderEveryStrategy) {
    for (const FixtureStrategy& strategy : {manual_strategy(), orchestrated_strategy()}) {
        Network network = with(strategy, {.sites = 3, .orders_per_day = 90, .days = 75});
        for (auto& stock : network.initial.on_hand) {
            for (Units& units : stock) units /= 4;  // shortages exercise waiting, cancelling and transfers
        }
        FactRecord<> record;
        simulate(network, 11, 0, record.log);  // checks its balances itself and dies when one is broken
    }
}

/// Every strategy must meet the same demand: common random numbers by construction.
TEST(Simulate, StrategiesSeeTheSameOrders) {
    using Order = std::tuple<sim::Time, sim::EntityId, int, int, std::int64_t>;
    const auto orders = [](const FixtureStrategy& strategy) {
        FactRecord<OrderPlaced> record;
        simulate(with(strategy), 7, 2, record.log);
        std::vector<Order> list;
        for (const auto& [at, where, fact] : record.all<OrderPlaced>()) {
            list.emplace_back(at, where, fact.lines, fact.tier, fact.value_micros);
        }
        return list;
    };
    const auto manual = orders(manual_strategy());
    ASSERT_GT(manual.size(), 1000u);
    EXPECT_EQ(manual, orders(orchestrated_strategy()));
}

/// What each site, by name, and headquarters told, in order; the stock of the first 30 items.
using ToldTuples = std::map<std::string, std::vector<std::tuple<sim::Time, std::uint32_t, std::int64_t>>>;

ToldTuples tell(const Network& network, const Runner& runner = {}, std::uint64_t* digest = nullptr) {
    constexpr std::int64_t items = 30;
    ToldTuples told;
    FactLog log([&](std::span<const Fact> facts) {
        for (const Fact& fact : facts) {
            std::int64_t first = 0;
            std::memcpy(&first, fact.payload, 4);
            if (fact.type == FactList::kind_of<ItemsAtClose>() && first >= items) continue;
            const bool site = fact.where < network.sites.size();
            told[site ? network.sites[SiteId{fact.where}].name : "HQ"].emplace_back(fact.at, fact.type, first);
        }
    });
    const auto outcome = simulate(network, 7, 0, log, {}, runner);
    if (digest != nullptr) *digest = outcome->digest;
    return told;
}

TEST(Simulate, AnItemThatNobodyOrdersChangesNothing) {
    for (const FixtureStrategy& strategy : {manual_strategy(), orchestrated_strategy()}) {
        const ToldTuples expected = tell(with(strategy));
        EXPECT_EQ(tell(with(strategy, {.never_ordered = 1})), expected);
    }
}

TEST(Simulate, TheOrderOfSitesDoesNotTouchTheirDemand) {
    const auto orders = [](const Network& network) {
        FactRecord<OrderPlaced> record;
        simulate(network, 7, 0, record.log);
        std::map<std::string, std::vector<std::tuple<sim::Time, int, int, std::int64_t>>> list;
        for (const auto& [at, where, fact] : record.all<OrderPlaced>()) {
            list[network.sites[SiteId{where}].name].emplace_back(at, fact.lines, fact.tier, fact.value_micros);
        }
        return list;
    };
    EXPECT_EQ(orders(with(manual_strategy(), {.sites = 3, .reversed = true})),
              orders(with(manual_strategy(), {.sites = 3})));
}

TEST(Simulate, EveryRunnerGivesTheSameTrajectoryAndTheSameFactsOfEachSite) {
    for (const FixtureStrategy& strategy : {manual_strategy(), orchestrated_strategy()}) {
        const Network network = with(strategy);
        const auto run = [&](const Runner& runner) {
            std::uint64_t digest = 0;
            ToldTuples told = tell(network, runner, &digest);
            return std::pair{digest, std::move(told)};
        };
        const auto expected = run({});
        EXPECT_EQ(run({.windows = true}), expected);
        EXPECT_EQ(run({.windows = true, .threads = 2}), expected);
        EXPECT_EQ(run({.windows = true, .threads = 4}), expected);
    }
}

TEST(Simulate, ASnapshotInAFileContinuesToTheSameState) {
    std::mt19937_64 random(3);
    for (const FixtureStrategy& strategy : {manual_strategy(), orchestrated_strategy()}) {
        const Network network = with(strategy);
        FactRecord<> record;
        World world = start_world(network, 7, 0, record.log);
        run_sequential(world, start_of(55));
        const std::uint64_t expected = sim::hash_of(world);
        for (int i = 0; i < 4; ++i) {
            World early = start_world(network, 7, 0, record.log);
            run_sequential(early,
                           sim::kStart + Duration{static_cast<std::int64_t>(random() % (54ull * 86'400'000'000))});
            std::stringstream file;
            save(early, "test", file);
            World other = start_world(network, 7, 1, record.log);
            EXPECT_THROW(load(other, "test", file), sim::ArchiveError);
            file.seekg(0);
            World read = start_world(network, 7, 0, record.log);
            load(read, "test", file);
            EXPECT_EQ(sim::hash_of(read), sim::hash_of(early));
            sim::Threads threads(2);
            run_windows(read, record.log, start_of(55), threads);
            EXPECT_EQ(sim::hash_of(read), expected);
        }
    }
}

TEST(Simulate, ACopyOfTheWorldContinuesToTheSameDigest) {
    const Network network = with(orchestrated_strategy());
    FactRecord<> record;
    World world = start_world(network, 7, 0, record.log);
    run_sequential(world, start_of(17) + sim::hours{13});
    World branch = world;
    run_sequential(world, start_of(40));
    run_sequential(branch, start_of(40));
    EXPECT_EQ(world.digest(), branch.digest());
    EXPECT_EQ(world.events(), branch.events());
}

TEST(Simulate, EveryLineHasOneFirstPassAndEveryOrderOneEnd) {
    FactRecord<OrderPlaced, LineFirstPass, OrderClosed> record;
    simulate(with(manual_strategy()), 7, 0, record.log);
    std::size_t lines = 0;
    for (const auto& entry : record.all<OrderPlaced>()) lines += entry.fact.lines;
    // Lines of orders that are still open may wait for their first pick.
    std::size_t open = 0;
    for (const auto& entry : record.all<OrderClosed>()) open += entry.fact.censored;
    EXPECT_EQ(record.all<OrderClosed>().size(), record.all<OrderPlaced>().size());
    EXPECT_LE(record.all<LineFirstPass>().size(), lines);
    EXPECT_GE(record.all<LineFirstPass>().size() + 30 * open, lines);
}

TEST(Simulate, MoreStockFillsMoreAtOnce) {
    Network lean = with(manual_strategy());
    for (auto& stock : lean.initial.on_hand) {
        for (Units& units : stock) units /= 8;
    }
    EXPECT_LT(line_fill(lean, 0) + 0.02, line_fill(with(manual_strategy()), 0));
}

TEST(Simulate, FewerPickersLeaveALongerBacklogAndWorkOvertime) {
    const auto outcome = [](int pickers) {
        FactRecord<BacklogAtClose, LabourDay> record;
        simulate(with(manual_strategy(), {.orders_per_day = 160, .pickers = pickers}), 7, 0, record.log);
        double backlog = 0, overtime = 0;
        for (const auto& entry : record.all<BacklogAtClose>()) backlog += entry.fact.waiting_for_pick;
        for (const auto& entry : record.all<LabourDay>()) overtime += entry.fact.overtime;
        return std::pair{backlog, overtime};
    };
    const auto [short_backlog, short_overtime] = outcome(3);
    const auto [ample_backlog, ample_overtime] = outcome(24);
    EXPECT_GT(short_backlog, 2 * ample_backlog);
    EXPECT_GT(short_overtime, 0);
    EXPECT_EQ(ample_overtime, 0);
}

/// The legacy record knows of a receipt after the night; the modern one within minutes.
TEST(Simulate, TheLegacyRecordLagsBehindTheShelves) {
    const auto gap = [](const FixtureStrategy& strategy) {
        FactRecord<RecordAtClose> record;
        simulate(with(strategy), 7, 0, record.log);
        double difference = 0;
        for (const auto& entry : record.all<RecordAtClose>()) {
            difference += static_cast<double>(entry.fact.wrong_units);
        }
        return difference;
    };
    EXPECT_GT(gap(manual_strategy()), 5 * gap(orchestrated_strategy()));
}

TEST(Simulate, OnlyTheAutomatedWorkflowReleasesUntouched) {
    const auto touchless = [](const FixtureStrategy& strategy) {
        FactRecord<PurchaseLineOrdered> record;
        simulate(with(strategy), 7, 0, record.log);
        double untouched = 0;
        for (const auto& entry : record.all<PurchaseLineOrdered>()) untouched += entry.fact.touches == 0;
        return untouched / static_cast<double>(record.all<PurchaseLineOrdered>().size());
    };
    FixtureStrategy automatic = orchestrated_strategy();
    automatic.governance.guardrails[0].most_value = Money::of(100'000);  // of few items, so lines are big
    FixtureStrategy cautious = automatic;
    cautious.governance.guardrails[0].most_value = Money{};
    EXPECT_EQ(touchless(manual_strategy()), 0);
    EXPECT_EQ(touchless(cautious), 0);
    EXPECT_GT(touchless(automatic), 0.2);
}

TEST(Simulate, ASupplierSlipDelaysReceipts) {
    Network slipped = with(manual_strategy());
    for (const SupplierId supplier : sim::ids<SupplierId>(slipped.suppliers)) {
        slipped.disturbances.push_back(
            {.kind = Disturbance::Kind::supplier_slip, .first_day = 0, .days = 60, .supplier = supplier, .factor = 2});
    }
    const auto mean_lead = [](const Network& network) {
        FactRecord<PurchaseLineReceived> record;
        simulate(network, 7, 0, record.log);
        double days = 0, lines = 0;
        for (const auto& entry : record.all<PurchaseLineReceived>()) {
            if (entry.at < start_of(20)) continue;  // the opening pipeline was placed before
            days += entry.fact.lead_days;
            ++lines;
        }
        return days / lines;
    };
    EXPECT_GT(mean_lead(slipped), 1.25 * mean_lead(with(manual_strategy())));
}

/// The forecast's last week is what was entered in those seven days: nothing is lost between desk, record and planner.
TEST(Forecast, LastWeekIsTheDemandEntered) {
    for (const FixtureStrategy& strategy : {manual_strategy(), orchestrated_strategy()}) {
        const Network network = with(strategy);
        FactRecord<DayClosed> record;
        World world = start_world(network, 7, 0, record.log);
        run_sequential(world, start_of(24) + sim::hours{6});  // the forecasts have taken in day 23
        record.log.flush();
        double entered = 0, seen = 0;
        for (const auto& [at, where, fact] : record.all<DayClosed>()) {
            if (at > start_of(17)) entered += fact.units_ordered;  // told at the midnight after the day
        }
        for (const Forecast& forecast : world.state.headquarters.forecasts) seen += forecast.week;
        EXPECT_NEAR(seen, entered, 1e-3 * entered);
    }
}

TEST(Replay, SimulatedDemandEqualsTheFile) {
    Network network = with(manual_strategy());
    network.streams = {};
    ReplayChannel channel{
        .channel = Channel::b2b, .share_of_units = 0.7, .lines_mean = 4, .units_mean = 5, .units_cv2 = 2};
    channel.hours[10] = channel.hours[15] = 0.5;
    channel.weekday_weights = {1, 1, 1, 1, 1, 0, 0};
    channel.tier_mix = sim::Discrete(std::array{0.5, 0.5, 0.0});
    ReplayChannel web = channel;
    web.channel = Channel::ecommerce;
    web.share_of_units = 0.3;
    web.weekday_weights = {1, 1, 1, 1, 1, 1, 1};
    web.tier_mix = sim::Discrete(std::array{0.0, 0.0, 1.0});
    network.replay_channels = {channel, web};
    std::map<std::tuple<int, int, std::uint32_t>, int> expected;
    for (int week = 0; week < 8; ++week) {
        for (std::uint32_t site = 0; site < 2; ++site) {
            for (std::uint32_t item = 0; item < 30; ++item) {
                const Units units =
                    static_cast<Units>((item * 37 + site * 11 + static_cast<std::uint32_t>(week) * 5) % 90);
                network.replay.push_back({SiteId{site}, ItemId{item}, week * 7, 7, units});
                if (units > 0) expected[{week, static_cast<int>(site), item}] = units;
            }
        }
    }
    finish(network);
    FactRecord<LineFirstPass> record;
    World world = start_world(network, 5, 1, record.log);
    run_sequential(world, start_of(56));
    record.log.flush();
    std::map<std::tuple<int, int, std::uint32_t>, int> simulated;
    for (const auto& [at, where, fact] : record.all<LineFirstPass>()) {
        simulated[{fact.placed_day / 7, where, fact.item}] += fact.ordered;
    }
    // Lines of the last days may not have had their first pick yet: compare the weeks before.
    std::erase_if(expected, [](const auto& entry) { return std::get<0>(entry.first) >= 6; });
    std::erase_if(simulated, [](const auto& entry) { return std::get<0>(entry.first) >= 6; });
    EXPECT_EQ(simulated, expected);
}

/// Units by channel and weekday of a replayed record: of few large cells, and of many with one unit or two. The parts
/// of single units are drawn, so a share of n cells errs by at most 0.5 sqrt(n) units, one standard deviation: false
/// alarm 1e-6 each.
TEST(Replay, ChannelsHaveTheirSharesOfTheUnitsOnTheirDays) {
    for (const double share : {0.3, 0.5, 0.9}) {
        for (const Units units : {Units{3000}, Units{1}}) {
            Network network = with(manual_strategy());
            network.streams = {};
            ReplayChannel desk{
                .channel = Channel::b2b, .share_of_units = 1 - share, .lines_mean = 3, .units_mean = 6, .units_cv2 = 1};
            desk.hours[10] = 1;
            desk.weekday_weights = {0.2, 0.2, 0.2, 0.2, 0.2, 0, 0};
            desk.tier_mix = sim::Discrete(std::array{1.0, 0.0, 0.0});
            ReplayChannel web = desk;
            web.channel = Channel::ecommerce;
            web.share_of_units = share;
            web.units_mean = 1.2;
            web.weekday_weights = {0, 0.1, 0.1, 0.1, 0.1, 0.3, 0.3};
            web.tier_mix = sim::Discrete(std::array{0.0, 0.0, 1.0});
            network.replay_channels = {desk, web};
            const int weeks = units > 1 ? 1 : 4;
            const std::uint32_t items = units > 1 ? 2 : 30;
            for (int week = 0; week < weeks; ++week) {
                for (std::uint32_t site = 0; site < 2; ++site) {
                    for (std::uint32_t item = 0; item < items; ++item) {
                        network.replay.push_back({SiteId{site}, ItemId{item}, week * 7, 7, units});
                    }
                }
            }
            finish(network);
            FactRecord<DayClosed> record;
            World world = start_world(network, 5, 1, record.log);
            double all = 0, consumers = 0;
            for (int day = 0; day < 7 * weeks; ++day) {
                run_sequential(world, start_of(day) + sim::hours{1});
                const int weekday = network.calendar.weekday(day);
                for (const SiteState& site : world.state.sites) {
                    for (const SiteState::ReplayedOrder& order : site.replay_orders) {
                        EXPECT_GT(
                            network.replay_channels[order.channel].weekday_weights[static_cast<std::size_t>(weekday)],
                            0);
                        for (std::uint32_t i = 0; i < order.lines; ++i) {
                            const Units line = site.replay_lines[order.first_line + i].units;
                            all += line;
                            consumers += order.channel == 1 ? line : 0;
                        }
                    }
                }
            }
            const double cells = static_cast<double>(network.replay.size());
            EXPECT_EQ(all, cells * units);
            EXPECT_NEAR(consumers, share * all, 5 * 0.5 * std::sqrt(cells)) << share << " of " << units;
        }
    }
}

TEST(LineUnits, HaveTheMomentsAskedFor) {
    for (const auto& [mean, cv2] : {std::pair{6.0, 2.0}, {1.4, 1.0}, {3.0, 0.1}, {1.0, 0.0}}) {
        const sim::Discrete units = line_units(mean, cv2);
        double first = 0, second = 0;
        for (std::uint32_t k = 0; k < units.size(); ++k) {
            first += units.probability(k) * (k + 1.0);
            second += units.probability(k) * (k + 1.0) * (k + 1.0);
        }
        EXPECT_NEAR(first, mean, 1e-4);
        const double variance = std::max(cv2 * mean * mean, mean - 1);  // not less than Poisson's
        EXPECT_NEAR(second - first * first, variance, 1e-2 * variance + 1e-6);
    }
}

TEST(Calendar, OfficeTimeSkipsNightsAndWeekends) {
    const Network network = small_network();  // day 0 is a Monday, the office opens at 8
    const auto add = [&](Time t, double hours) {
        return add_office_time(network.calendar, network.office, t, sim::from_real<sim::hours>(hours));
    };
    EXPECT_EQ(add(at_hour(0, 9), 2), at_hour(0, 11));
    EXPECT_EQ(add(at_hour(0, 15), 2), at_hour(1, 9));
    EXPECT_EQ(add(at_hour(4, 15), 2), at_hour(7, 9));    // Friday afternoon to Monday morning
    EXPECT_EQ(add(at_hour(5, 12), 24), at_hour(9, 16));  // three full office days after a Saturday
    EXPECT_EQ(add_business_days(network.calendar, 4, 1), 7);
    EXPECT_EQ(add_business_days(network.calendar, 5, 0), 7);
}

}  // namespace
}  // namespace entrepot::tests
