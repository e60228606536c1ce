#include <cmath>
#include <span>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "invariants/course.hpp"
#include "models/network/calendar.hpp"
#include "models/network/demand.hpp"
#include "models/simulate.hpp"
#include "scenarios/scratch.hpp"

/// What is ordered counts, what is never delivered pays, and each instant belongs to one day: right values that a small
/// course of events, told by hand, comes to.
namespace entrepot::tests {
namespace {

using scenarios::testing::Scratch;

// The edges of the window.

TEST(Edges, TheLastInstantIsInNoSum) {
    for (const char* first : {"0 h", "6 h"}) {
        for (const char* cooldown : {"0 d", "5 d"}) {
            const Course course(
                std::string(kEachDay) + R"(
[supplier_segment.supplier]
lead_time_distribution = { distribution = "constant", mean = "0 d" }
[stock.W]
reorder_point = 9
order_up_to = 10
initial = 10
per_order = 7
[phase.early]
from = "0 d"
to = "20 d"
[phase.late]
from = "20 d"
to = "40 d"
[moment.half]
at = "20 d"
[moment.end]
at = "40 d"
)",
                {std::string("stream.customers.first=") + first, std::string("calendar.cooldown=") + cooldown});
            const std::string what = std::string(first) + " " + cooldown;
            EXPECT_EQ(course("order_lines"), 40) << what;
            EXPECT_EQ(course.sum("unit_fill"), 40) << what;
            EXPECT_EQ(course("replenishment_orders"), 1) << what;
            EXPECT_EQ(course("replenishment_units"), 1) << what;
            EXPECT_EQ(course("inventory_cost"), 7) << what;
            EXPECT_EQ(course("replenishment_orders", "phase=early"), 1) << what;
            EXPECT_EQ(course("replenishment_orders", "phase=late"), 1) << what;
            EXPECT_EQ(course("order_lines", "phase=late"), 20) << what;
            EXPECT_EQ(course("demanded_by", "moment=half"), 20) << what;
            EXPECT_EQ(course("demanded_by", "moment=end"), 40) << what;
            EXPECT_NEAR(course("cost_of_sales"), 40 * course.unit_cost(), 1e-6) << what;
        }
    }
}

// Never delivered.

/// Eight orders of three units, one every five days, under a contract; whoever waits, waits without end.
constexpr const char* kContract = R"(
[calendar]
warmup = "5 d"
measure = "40 d"
cooldown = "10 d"
[tier.customers]
promise_business_days = 2
penalty_fixed = "$50"
penalty_share = "10 %"
refund = "$3"
[stream.customers]
site = "W"
tier = "customers"
interarrival_time = { distribution = "constant", mean = "5 d" }
first = "6 h"
units = { distribution = "constant", units = 3 }
)";

constexpr const char* kPeople = R"(
[strategy.rule.integration]
release_interval = "0 s"
[stock.W]
initial = 100
[site.W]
handling = "people"
ships_at_once = true
productive_share = 1
pick_rate = "60 lines/h"
receive_rate = "1 lines/h"
[site.W.shift.all]
start = "00:00"
end = "24:00"
)";

TEST(NeverDelivered, IsNotFilledAndPays) {
    const Course no_stock(std::string(kContract) + "[stock.W]\ninitial = 0\n");
    const Course nobody_picks(std::string(kContract) + kPeople, {"site.W.pickers=0"});
    const Course open(std::string(kContract) + kPeople, {"site.W.pickers=1"});
    EXPECT_EQ(open("penalties"), 0);
    EXPECT_EQ(open("lost_margin"), 0);
    for (const char* share : {"otif", "promise_accuracy", "line_fill", "unit_fill", "order_fill"}) {
        const bool too_early = std::string(share) == "promise_accuracy";  // by two days
        EXPECT_EQ(open(share), too_early ? 0 : 1) << share;
        for (const Course* closed : {&no_stock, &nobody_picks}) EXPECT_EQ((*closed)(share), 0) << share;
    }
    for (const Course* closed : {&no_stock, &nobody_picks}) {
        EXPECT_NEAR((*closed)("penalties"), 8 * (50 + 3 + 0.1 * 3 * closed->unit_cost()), 1e-4);
        EXPECT_EQ((*closed)("censored_orders"), 8);
        EXPECT_EQ((*closed)("lost_share"), 0);  // nobody cancelled
        EXPECT_NEAR((*closed)("lost_margin"), (*closed)("lost_margin", "class=A"), 1e-6);
        EXPECT_NEAR((*closed)("lost_margin"), open("sales") - open("cost_of_sales"), 1e-4);
    }
}

TEST(NeverDelivered, PaysForThePartThatNeverCame) {
    // The first order is met, the second gets two of its three units.
    const Course course(std::string(kContract) + "[stock.W]\ninitial = 5\n");
    EXPECT_NEAR(course("unit_fill"), 5.0 / 24, 1e-12);
    EXPECT_NEAR(course("line_fill"), 1.0 / 8, 1e-12);
    EXPECT_NEAR(course("penalties"), 7 * 53 + 0.1 * 19 * course.unit_cost(), 1e-4);
    EXPECT_NEAR(course("cost_of_sales"), 5 * course.unit_cost(), 1e-4);
}

TEST(NeverDelivered, IsNotHeldAgainstWhatIsNotDueYet) {
    const Course course(std::string(kContract) + "[stock.W]\ninitial = 0\n",
                        {"tier.customers.promise_business_days=60"});
    EXPECT_EQ(course("unit_fill"), 0);
    EXPECT_EQ(course("penalties"), 0);
    EXPECT_EQ(course("lost_margin"), 0);
    // Within the horizon: of eight orders those of the days 5 to 25, as 29 days later are the days 34 to 54.
    const Course some(std::string(kContract) + "[stock.W]\ninitial = 0\n",
                      {"tier.customers.promise_business_days=29", "calendar.warmup=0 d", "calendar.measure=55 d",
                       "calendar.cooldown=0 d"});
    EXPECT_NEAR(some("penalties"), 5 * (53 + 0.3 * some.unit_cost()), 1e-4);
}

TEST(NeverDelivered, IsWhatStaysBehindWithoutACarrier) {
    const auto loaded = load_shipped("tiny.toml");
    for (const std::string& strategy : scenarios::strategy_names(loaded.scenario)) {
        models::Network network = scenarios::build(loaded, strategy);
        for (models::Carrier& carrier : network.carriers) std::ranges::fill(carrier.daily_capacity, 0.0);
        std::int64_t shipped = 0, lost = 0, ordered = 0;
        // What is ordered in the last days is promised for a day after the horizon.
        const models::Time in_good_time = models::start_of(network.calendar.total_days() - 10);
        models::FactLog log([&](std::span<const models::Fact> facts) {
            for (const models::Fact& fact : facts) {
                fact.visit([&]<class Told>(const Told& told) {
                    if constexpr (std::is_same_v<Told, models::UnitsShipped>) shipped += told.units;
                    if constexpr (std::is_same_v<Told, models::OrderPlaced>) {
                        if (fact.at < in_good_time) ordered += told.value_micros;
                    }
                    if constexpr (std::is_same_v<Told, models::UnitsUndelivered> ||
                                  std::is_same_v<Told, models::LineCancelled>) {
                        lost += told.margin_micros;
                    }
                });
            }
        });
        models::simulate(network, 1, 0, log);
        EXPECT_EQ(shipped, 0);
        EXPECT_GT(ordered, 0);
        EXPECT_GT(lost, ordered / 5) << strategy;  // margins are above a quarter of sales
    }
}

/// Every unit that was ordered is sold, cancelled, or lost when the horizon finds it on this side of the dock: in
/// money, to the millionth, whatever the carriers do and however long goods are under way. All orders are due, so that
/// nothing is left over.
TEST(Margins, OfWhatWasOrderedAreEarnedOrLost) {
    const auto loaded = load_shipped("tiny.toml", {"tier.T1.promise_business_days=0", "tier.T2.promise_business_days=0",
                                                   "tier.E.promise_business_days=0", "calendar.warmup=0 d",
                                                   "calendar.cooldown=0 d", "calendar.measure=19 d"});  // to a Friday
    for (const std::string& strategy : scenarios::strategy_names(loaded.scenario)) {
        for (const double capacity : {0.0, 5.0, 1e6}) {
            for (const std::size_t transit : {1, 15}) {
                models::Network network = scenarios::build(loaded, strategy);
                network.promise_of.assign(network.tiers.size(), models::PromiseRule::table);
                for (models::Carrier& carrier : network.carriers) {
                    std::ranges::fill(carrier.daily_capacity, capacity);
                    carrier.transit_days.assign(transit, 0.0);
                    carrier.transit_days.back() = 1;
                }
                std::int64_t ordered = 0, sold = 0, cancelled = 0, undelivered = 0;
                const auto margin_of = [&](std::uint32_t item, std::uint8_t tier, std::int64_t units) {
                    const models::Item& goods = network.items[models::ItemId{item}];
                    const auto channel = static_cast<std::size_t>(network.tiers[models::TierId{tier}].channel);
                    return (goods.price[channel] - goods.unit_cost).micros * units;
                };
                models::FactLog log([&](std::span<const models::Fact> facts) {
                    for (const models::Fact& fact : facts) {
                        fact.visit([&]<class Told>(const Told& told) {
                            if constexpr (std::is_same_v<Told, models::LineFirstPass>) {
                                ordered += margin_of(told.item, told.tier, told.ordered);
                            } else if constexpr (std::is_same_v<Told, models::UnitsShipped>) {
                                sold += margin_of(told.item, told.tier, told.units);
                            } else if constexpr (std::is_same_v<Told, models::LineCancelled>) {
                                cancelled += told.margin_micros;
                            } else if constexpr (std::is_same_v<Told, models::UnitsUndelivered>) {
                                undelivered += told.margin_micros;
                            }
                        });
                    }
                });
                models::simulate(network, 1, 0, log);
                EXPECT_GT(ordered, 0);
                EXPECT_EQ(sold > 0, capacity > 0);
                EXPECT_EQ(ordered, sold + cancelled + undelivered)
                    << strategy << ", " << capacity << " shipments a day, " << transit << " days under way";
            }
        }
    }
}

// As many as asked for.

TEST(Lines, AreAsManyAsAskedFor) {
    for (const int lines : {2, 100, 400, 1500}) {
        const Course course(
            "[calendar]\nwarmup = \"0 d\"\nmeasure = \"100 d\"\n[items]\ncount = 50\n"
            "[stream.customers]\nsite = \"W\"\ntier = \"customers\"\n"
            "interarrival_time = { distribution = \"constant\", mean = \"0.1 d\" }\n[stock.W]\ninitial = 1000000\n",
            {fmt::format("stream.customers.lines={} lines/order", lines)});
        // 999 orders; the mean of so many geometric numbers lies within 5 standard errors, in all but one of a million
        // seeds, and the seed is fixed.
        EXPECT_NEAR(course("order_lines") / 999, lines, 5 * lines / std::sqrt(999.0)) << lines;
    }
}

TEST(Lines, OfBaseDemandAndOfBurstsToo) {
    const auto lines_of = [](const std::vector<std::string>& more) {
        std::vector<std::string> changes = {"calendar.warmup=0 d",           "calendar.measure=28 d",
                                            "demand.b2b.orders=30 orders/d", "demand.ecommerce.orders=0 orders/d",
                                            "demand.noise.sigma=0",          "demand.b2b.lines=500 lines/order"};
        changes.insert(changes.end(), more.begin(), more.end());
        return value(run_small(load_shipped("tiny.toml", changes), 1, {"S0"}), "order_lines");
    };
    const double base = lines_of({});  // some 600 orders
    EXPECT_NEAR(base, 600 * 500, 5 * 500 * std::sqrt(2 * 600.0));
    const double with_burst = lines_of({"burst.b.day=3 d", "burst.b.orders=400", "burst.b.lines=700 lines/order",
                                        "burst.b.at=North", "burst.b.tier=T1", "burst.b.share_at=1"});
    EXPECT_NEAR(with_burst - base, 400 * 700, 5 * 700 * std::sqrt(2 * 400.0));
}

TEST(Lines, OfVeryManyUnitsToo) {
    for (const double mean : {5.0, 900.0, 8000.0, 30'000.0}) {
        for (const double cv2 : {0.0, 0.02}) {
            ASSERT_TRUE(models::line_units_fit(mean, cv2));
            const sim::Discrete units = models::line_units(mean, cv2);
            double sum = 0;
            for (std::uint32_t i = 0; i < units.size(); ++i) sum += units.probability(i) * (i + 1);
            EXPECT_NEAR(sum, mean, 1e-5 * mean) << cv2;
        }
    }
    EXPECT_FALSE(models::line_units_fit(70'000, 0));
    EXPECT_FALSE(models::line_units_fit(8'000, 1));
}

TEST(Lines, ThatCannotBeCountedAreRefused) {
    const auto refused = [](const std::string& change) {
        const std::vector<std::string> changes{change};
        const scenarios::Result result = scenarios::load(scenarios::testing::shipped("tiny.toml"), changes);
        return !result && to_string(result.problems.front()).find("want") != std::string::npos;
    };
    EXPECT_TRUE(refused("demand.b2b.lines=1701 lines/order"));
    EXPECT_TRUE(refused("demand.b2b.units=70000 units/line"));
    EXPECT_TRUE(refused("demand.b2b.orders=100001 orders/d"));
    EXPECT_FALSE(refused("demand.b2b.lines=1700 lines/order"));
}

// Shares.

TEST(Shares, OfUnitsOrderedBeforeTheWindowAreNotInIt) {
    // Two units on each of the last days of the warm-up, cancelled in the window, in which little is ordered.
    const Course course(R"(
[calendar]
warmup = "10 d"
measure = "20 d"
[tier.customers]
patience = { distribution = "constant", mean = "7 d" }
[stream.early]
site = "W"
tier = "customers"
interarrival_time = { distribution = "exponential", mean = "0.05 d" }
[stream.early.step.end]
from = "10 d"
to = "60 d"
factor = 0.02
[stock.W]
initial = 0
)");
    EXPECT_GT(course.sum("lost_units"), 0);
    EXPECT_LE(course("lost_share"), 1);
    EXPECT_GT(course("lost_share"), 0.1);
}

TEST(Shares, OfPickersAreWithinTheirShifts) {
    // A pick takes 30 hours and a shift eight: what is picked after it is no part of the shift.
    const Course course(std::string(kContract) + kPeople,
                        {"site.W.pickers=1", "site.W.shift.all.start=08:00", "site.W.shift.all.end=16:00",
                         "site.W.pick_time={distribution=\"constant\", mean=\"30 h\"}"});
    EXPECT_LE(course("labour_utilisation"), 1);
    // Orders come at 6: picked from 8 on, on the first day for eight hours, on the second for six, to 14:00.
    EXPECT_NEAR(course("labour_utilisation"), 14.0 / 40, 1e-6);
}

}  // namespace
}  // namespace entrepot::tests
