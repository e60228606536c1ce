#include <cmath>

#include <gtest/gtest.h>

#include "results/kpis/histograms.hpp"
#include "results/replication.hpp"

/// Waits for stock, their quantiles, and shares at a moment.
namespace entrepot::tests {
namespace {

using namespace models;
using Cell = Told::Cell;

LineFirstPass short_line(std::uint16_t day, std::uint8_t tier = 0) {
    return {.item = 0,
            .ordered = 2,
            .filled = 0,
            .tier = tier,
            .velocity = 0,
            .placed_day = day,
            .order_ends = 1,
            .order_filled = 0};
}

TEST(Waits, AreAShareOfTheLinesByTheDayOfTheOrder) {
    Told told;
    told.tell(at_noon(3), kEast, short_line(3)).tell(at_noon(3), kEast, LineWaits{1, 0, 0, 3});
    told.tell(at_noon(3), kEast, short_line(3, 1));  // who doesn't wait
    told.tell(at_noon(4), kWest, short_line(4)).tell(at_noon(4), kWest, LineWaits{1, 0, 0, 4});
    told.tell(
        close_of(4), kWest,
        OrdersServed{
            .sales_micros = 0, .cost_micros = 0, .orders = 6, .units = 6, .tier = 1, .velocity = 0, .promised_day = 4});
    told.tell(at_noon(1), kWest, short_line(1)).tell(at_noon(1), kWest, LineWaits{1, 0, 0, 1});  // before the window
    EXPECT_EQ(told.cell("backorder_probability"), (Cell{2, 9}));
    EXPECT_EQ(told.cell("backorder_probability", "site=East"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("line_wait_p90"), (Cell{0, 0}));
}

TEST(Waits, HaveAMeanAndQuantiles) {
    Told told;
    // 1000 waits, uniform over a day's logarithm from 1/64 to 4 days: half of them below a quarter.
    for (int i = 0; i < 1000; ++i) {
        told.tell(at_noon(5), kEast, LineWaited{std::exp2(8 * (i + 0.5) / 1000 - 6), 0, 0, 5});
    }
    told.tell(at_noon(5), kWest, LineWaited{100, 0, 0, 1});  // ordered before the window
    EXPECT_NEAR(told.value("line_wait"), (4 - 1.0 / 64) / (8 * std::log(2)), 0.01);
    EXPECT_NEAR(told.value("line_wait_p50"), 0.25, 0.0025);
    EXPECT_NEAR(told.value("line_wait_p90", "site=East"), std::exp2(8 * 0.9 - 6), 0.02);
    EXPECT_NEAR(told.value("line_wait_p99"), std::exp2(8 * 0.99 - 6), 0.04);
    EXPECT_EQ(told.cell("line_wait_p50", "site=West"), (Cell{0, 0}));
}

TEST(Picks, HaveQuantiles) {
    results::Dimensions dimensions = small_dimensions();
    Told told(dimensions);
    for (int i = 1; i <= 100; ++i) {
        told.tell(at_noon(5), kEast, TaskDone{0.1f * static_cast<float>(i), 0.2f * static_cast<float>(i), 0});
    }
    EXPECT_NEAR(told.value("pick_wait_p90"), 9, 0.2);
    EXPECT_NEAR(told.value("time_in_system_p90"), 18, 0.4);
}

TEST(Histograms, KeepWhatLiesApart) {
    results::Dimensions d;
    d.sites = {"a", "b"};
    d.tiers = {"x", "y", "z"};
    results::Histograms waits(d, 0.01);
    EXPECT_EQ(waits.folded({}).count(), 0u);
    waits.add({.site = 1, .tier = 2}, 0, 1);
    waits.add({.site = 0, .tier = 2}, 0, 2);
    waits.add({.site = 1, .tier = 1}, 0, 3);
    EXPECT_EQ(waits.folded({}).count(), 3u);
    EXPECT_EQ(waits.folded({.site = 1}).count(), 2u);
    EXPECT_EQ(waits.folded({.tier = 2}).count(), 2u);
    EXPECT_EQ(waits.folded({.site = 0, .tier = 1}).count(), 0u);
}

}  // namespace
}  // namespace entrepot::tests
