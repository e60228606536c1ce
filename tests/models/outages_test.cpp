#include <functional>

#include <gtest/gtest.h>

#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"

/// What an operations manager would expect of systems that fail, in two warehouses over two months: each mechanism on
/// and off, all else alike. Seeded, so that each either holds or does not.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Facts = FactRecord<OrderPlaced, LineFirstPass, PurchaseLineOrdered, OrderedTwice, LinkDay, BacklogDrained,
                         RecordAtClose, CarrierDeparted, FreightPaid>;

/// Two months of planners by a forecast that needs its service, with what a test changes.
void run(Facts& record, const std::function<void(Network&)>& change, std::uint32_t seed = 1) {
    FixtureStrategy strategy = orchestrated_strategy();
    Network network = small_network();
    follow(network, strategy);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 2;
    }
    change(network);
    finish(network);
    simulate(network, seed, 0, record.log);
}

std::function<void(Network&)> outage(InterfaceName interface, int day, models::Duration starts,
                                     models::Duration lasts) {
    return [=](Network& network) {
        network.disturbances.push_back({.kind = Disturbance::Kind::outage,
                                        .first_day = day,
                                        .interface = interface,
                                        .everywhere = true,
                                        .starts = starts,
                                        .lasts = lasts});
    };
}

std::vector<InterfaceName> all_interfaces() {
    std::vector<InterfaceName> all;
    for (std::size_t i = 0; i < kInterfaces; ++i) all.push_back(static_cast<InterfaceName>(i));
    return all;
}

/// F9: whatever is down for three days, customers order as they would have.
TEST(Outages, StopNoOrderIntake) {
    const auto orders = [](const std::function<void(Network&)>& change) {
        Facts record;
        run(record, change);
        std::vector<std::pair<std::int64_t, std::int64_t>> placed;
        for (const auto& [at, where, order] : record.all<OrderPlaced>()) {
            placed.emplace_back(at.time_since_epoch().count() * 4 + where, order.value_micros);
        }
        std::sort(placed.begin(), placed.end());
        return placed;
    };
    const auto calm = orders([](Network&) {});
    ASSERT_GT(calm.size(), 1000u);
    for (const InterfaceName interface : all_interfaces()) {
        EXPECT_EQ(orders(outage(interface, 20, 10h, 72h)), calm) << name_of(interface);
    }
    EXPECT_EQ(orders([](Network& network) {
                  outage(InterfaceName::posting, 15, 3h, 40h)(network);
                  outage(InterfaceName::release, 16, 1h, 30h)(network);
              }),
              calm);
}

/// F9: what the warehouse system has, it ships. Lines that were released before an outage of releases leave on its day.
TEST(Outages, LeaveTheWarehouseWhatItHas) {
    const auto left = [](const std::function<void(Network&)>& change) {
        Facts record;
        run(record, change);
        std::int64_t shipments = 0;
        for (const auto& [at, where, truck] : record.all<CarrierDeparted>()) {
            if (at < sim::kStart + sim::days{23} + 16h) shipments += truck.taken;
        }
        return shipments;
    };
    // The outage begins on Wednesday at 15:30, after the last truck of the trade's carrier.
    const std::int64_t calm = left([](Network&) {});
    EXPECT_EQ(left(outage(InterfaceName::extract, 23, 15h + 30min, 100h)), calm);
    for (const InterfaceName interface : all_interfaces()) {
        EXPECT_GE(left(outage(interface, 23, 15h + 30min, 100h)), calm - 5) << name_of(interface);
    }
}

/// While releases are down nothing new reaches the floor, and once they are up all of it does.
TEST(Outages, OfReleasesDelayOrdersAndLoseNone) {
    const auto shipped = [](const std::function<void(Network&)>& change, int from, int until) {
        Facts record;
        run(record, change);
        std::int64_t shipments = 0;
        for (const auto& [at, where, truck] : record.all<CarrierDeparted>()) {
            const bool counts = at >= sim::kStart + sim::days{from} && at < sim::kStart + sim::days{until};
            if (counts) shipments += truck.taken;
        }
        return shipments;
    };
    const auto down = outage(InterfaceName::release, 22, 0h, 36h);
    const auto calm = [](Network&) {};
    EXPECT_LT(shipped(down, 22, 23), 0.6 * double(shipped(calm, 22, 23)));
    EXPECT_NEAR(double(shipped(down, 22, 40)), double(shipped(calm, 22, 40)), 0.02 * double(shipped(calm, 22, 40)));
}

/// D14, D21: where nothing is idempotent, orders are carried out twice; where it is, never.
TEST(Outages, DuplicateOrdersOnlyWithoutIdempotency) {
    const auto twice = [](bool idempotent) {
        Facts record;
        run(record, [&](Network& network) {
            for (const InterfaceName each : {InterfaceName::purchase_order, InterfaceName::transfer_order}) {
                network.strategy.integration.of(each) = {
                    .failure = 0.3, .duplicates = 0.2, .idempotent = idempotent, .retries = 4, .first_wait = 15min};
            }
        });
        return record.all<OrderedTwice>().size();
    };
    EXPECT_EQ(twice(true), 0u);
    EXPECT_GT(twice(false), 10u);
}

struct Recorded {
    double right = 0, all = 0;
    double share() const { return right / all; }
};

Recorded accuracy(const std::function<void(Network&)>& change) {
    Facts record;
    run(record, change);
    Recorded sum;
    for (const auto& [at, where, close] : record.all<RecordAtClose>()) {
        sum.right += static_cast<double>(close.units - close.wrong_units);
        sum.all += static_cast<double>(close.units);
    }
    return sum;
}

/// C8, C14: confirmations that come late, or twice, leave a record that is wrong.
TEST(Outages, PostingsThatFailSpoilTheRecord) {
    const auto with = [](const Interface& terms) {
        return accuracy([&](Network& network) { network.strategy.integration.of(InterfaceName::posting) = terms; })
            .share();
    };
    const double calm = with({});
    const double late = with({.failure = 0.2, .noticed_median = 20h});
    const double twice = with({.failure = 0.2, .duplicates = 0.2, .retries = 5, .first_wait = 1s});
    EXPECT_LT(late, calm - 0.002);
    EXPECT_LT(twice, calm - 0.002);
}

/// G5: what is entered some days late, by itself, leaves a record that is wrong until then; receipts that are posted
/// ahead of the shelf make it wrong at once.
TEST(Outages, PostingsAtTheWrongTimeSpoilTheRecord) {
    const auto nightly = [](double late) {
        return accuracy([&](Network& network) {
                   network.strategy.integration.batch_minute = 120;
                   Interface& terms = network.strategy.integration.of(InterfaceName::posting);
                   terms.overtaken = late;
                   terms.overtaken_mean = 48h;
               })
            .share();
    };
    EXPECT_LT(nightly(0.2), nightly(0) - 0.002);
    const auto ahead = [](double share) {
        return accuracy([&](Network& network) {
                   for (Site& site : network.sites) site.posts_ahead = share;
               })
            .share();
    };
    EXPECT_LT(ahead(1), ahead(0) - 0.002);
}

/// C6: what breaks unseen is on record until somebody counts it.
TEST(Outages, DamageThatNobodySeesSpoilsTheRecord) {
    const auto with = [](double seen) {
        return accuracy([&](Network& network) {
                   for (Site& site : network.sites) {
                       site.damage = {.per_item_day = 0.05, .per_load = 0.1, .units = 20, .seen = seen};
                   }
               })
            .share();
    };
    EXPECT_LT(with(0), with(1) - 0.002);
}

struct Stale {
    double wrong = 0, held = 0;        ///< units on record
    double lost = 0, short_lines = 0;  ///< units cancelled; lines that were not filled at the first attempt
};

Stale stale(bool nightly) {
    Stale sum;
    for (const std::uint32_t seed : {1, 2, 3}) {
        FactRecord<RecordAtClose, LineCancelled, LineFirstPass> record;
        FixtureStrategy strategy = manual_strategy();
        if (!nightly) {
            strategy.integration.batch_minute.reset();
            strategy.integration.latency_median = 30s;
        }
        Network network = small_network();
        follow(network, strategy);
        for (auto& stock : network.initial.on_hand) {
            for (Units& units : stock) units /= 4;
        }
        finish(network);
        simulate(network, seed, 0, record.log);
        for (const auto& [at, where, close] : record.all<RecordAtClose>()) {
            sum.wrong += static_cast<double>(close.wrong_units);
            sum.held += static_cast<double>(close.units);
        }
        for (const auto& [at, where, line] : record.all<LineCancelled>()) sum.lost += line.units;
        for (const auto& [at, where, line] : record.all<LineFirstPass>()) sum.short_lines += line.filled < line.ordered;
    }
    return sum;
}

/// D4: where a nightly batch posts what came and went, orders are promised, and lost, by a view of last night: goods
/// that came in the morning serve nobody before the next day.
TEST(Outages, NightlyPostingsLeaveAStaleViewAndLoseSales) {
    const Stale nightly = stale(true), events = stale(false);
    EXPECT_GT(nightly.wrong / nightly.held, 3 * events.wrong / events.held);
    EXPECT_GT(nightly.lost, events.lost);
    EXPECT_GT(nightly.short_lines, events.short_lines);
}

struct Planned {
    double lines = 0, by_fallback = 0;
    double in_outage = 0;  ///< lines placed while the service was down
    double filled = 0, ordered = 0;
};

/// The service is down from a moment of Friday, day 18, on.
Planned planned(bool fallback, models::Duration lasts, models::Duration starts = 0h, models::Duration keeps = 24h) {
    Facts record;
    run(record, [&](Network& network) {
        outage(InterfaceName::forecast, 18, starts, lasts)(network);
        network.strategy.integration.forecast_keeps = keeps;
        if (!fallback) return;
        const Replenishment other = ClassPolicy{.service = {0.98, 0.95, 0.9}, .cover_days = {14, 30, 60}};
        for (InventoryPolicy& policy : network.policies) {
            policy.fallback = other.levels;
            policy.fallback_needs = other.levels->needs();
        }
    });
    Planned sum;
    const sim::Time down = sim::kStart + sim::days{20};
    for (const auto& [at, where, line] : record.all<PurchaseLineOrdered>()) {
        ++sum.lines;
        sum.by_fallback += line.levels_by == ForecastBy::fallback;
        sum.in_outage += at >= down && at < sim::kStart + sim::days{18} + lasts;
    }
    for (const auto& [at, where, line] : record.all<LineFirstPass>()) {
        sum.filled += line.filled == line.ordered;
        ++sum.ordered;
    }
    return sum;
}

/// F7: with the forecasting service down for three weeks, the fallback policy goes on ordering; without it nobody does,
/// and the shelves run dry.
TEST(Outages, OfForecastsAreBridgedByTheFallback) {
    const Planned with = planned(true, sim::days{21}), without = planned(false, sim::days{21});
    EXPECT_GT(with.by_fallback, 10);
    EXPECT_LT(with.by_fallback, with.lines / 2);  // it ends by itself
    EXPECT_EQ(without.by_fallback, 0);
    EXPECT_EQ(without.in_outage, 0);
    EXPECT_GT(with.in_outage, 10);
    EXPECT_GT(with.filled / with.ordered, without.filled / without.ordered + 0.01);
}

/// A short outage is bridged by the last forecast: neither the fallback nor its absence is felt.
TEST(Outages, OfHoursAreBridgedByTheLastForecast) {
    const Planned with = planned(true, 18h), without = planned(false, 18h);
    EXPECT_EQ(with.by_fallback, 0);
    EXPECT_EQ(with.filled, without.filled);
}

/// Shape 6: 18 hours of a working day, from six o'clock on, cost less than half a point of fill, with a fallback or
/// without, and even where the last forecast holds for no hour: one review is put off until the service answers. What
/// tells the two apart is an outage of weeks.
TEST(Outages, OfAWorkingDayCostLittleAndOfWeeksMuchWithoutAFallback) {
    const auto fill = [](const Planned& of) { return of.filled / of.ordered; };
    const double calm = fill(planned(true, 0h));
    for (const bool fallback : {true, false}) {
        const Planned day = planned(fallback, 18h, 6h, 0h);
        EXPECT_GT(fill(day), calm - 0.005) << fallback;
        EXPECT_EQ(day.by_fallback > 0, fallback);
    }
    const double with = fill(planned(true, sim::days{21}, 6h, 0h)),
                 without = fill(planned(false, sim::days{21}, 6h, 0h));
    EXPECT_GT(with, calm - 0.02);
    EXPECT_LT(without, with - 0.01);
}

}  // namespace
}  // namespace entrepot::tests
