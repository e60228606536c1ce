#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "results/replication.hpp"

/// What the stock and its cost come to: on the shelf, on the record, and between the warehouses.
namespace entrepot::tests {
namespace {

using namespace models;
using Cell = Told::Cell;

/// All four locations at the close of a day: units of item 0 and 1 in East, then in West.
void tell_stock(Told& told, int day, std::array<int, 4> units, std::array<float, 4> outlook = {1, 1, 1, 1},
                std::array<float, 4> hours_out = {}, std::array<int, 4> record_error = {}) {
    constexpr std::array<std::int64_t, 2> kCost = {10 * kDollar, 2 * kDollar};
    for (std::uint16_t site = 0; site < 2; ++site) {
        for (std::uint8_t item = 0; item < 2; ++item) {  // each is the only one of its class
            const std::size_t i = 2u * site + item;
            told.tell(close_of(day), site,
                      StockAtClose{.units = units[i],
                                   .value_micros = units[i] * kCost[item],
                                   .hours_out = double{hours_out[i]},
                                   .items = 1,
                                   .velocity = item,
                                   .seasonal = item});
            told.tell(close_of(day), site,
                      RecordAtClose{.units = units[i] + record_error[i],
                                    .wrong_units = std::abs(record_error[i]),
                                    .right_items = record_error[i] == 0,
                                    .velocity = item});
            told.tell(close_of(day), site, ItemsAtClose{item, {units[i]}, {outlook[i]}, 1});
        }
    }
}

TEST(Stock, ValueTurnsAndDaysOfSupply) {
    Told told;
    for (int day = 0; day < 12; ++day) tell_stock(told, day, {10, 5, 20, 5});  // $100 + $10 + $200 + $10
    told.tell(at_noon(3), kEast, shipped(0, 4, 60)).tell(at_noon(7), kWest, shipped(1, 20, 100));
    told.tell(at_noon(1), kEast, shipped(0, 99, 999));
    EXPECT_EQ(told.cell("inventory_value"), (Cell{320 * 8, 8}));
    EXPECT_EQ(told.cell("inventory_value", "site=East,phase=calm"), (Cell{110 * 4, 4}));
    EXPECT_EQ(told.cell("inventory_value", "class=slow"), (Cell{20 * 8, 8}));
    // $80 at cost in 8 days are $3650 a year.
    EXPECT_NEAR(told.value("turns"), 80.0 / 8 * 365 / 320, 1e-12);
    EXPECT_NEAR(told.value("days_of_supply"), 320 / (80.0 / 8), 1e-12);
    EXPECT_NEAR(told.value("turns", "site=West"), 40.0 / 8 * 365 / 210, 1e-12);
    EXPECT_EQ(told.cell("sales"), (Cell{160, 1}));
    EXPECT_EQ(told.cell("cost_of_sales"), (Cell{80, 1}));
    EXPECT_EQ(told.series("units_on_hand", kWest, 11), 25);
    EXPECT_EQ(told.series("seasonal_units_on_hand", kEast, 0), 5);
}

TEST(Stock, StockoutRateIsWeightedByTime) {
    Told told;
    tell_stock(told, 1, {0, 0, 0, 0}, {1, 1, 1, 1}, {24, 24, 24, 24});
    tell_stock(told, 2, {0, 1, 1, 1}, {1, 1, 1, 1}, {6, 0, 0, 0});
    tell_stock(told, 9, {0, 1, 1, 1}, {1, 1, 1, 1}, {24, 0, 12, 0});
    tell_stock(told, 10, {0, 0, 0, 0}, {1, 1, 1, 1}, {24, 24, 24, 24});
    EXPECT_EQ(told.cell("stockout_rate"), (Cell{42, 2 * 4 * 24}));
    EXPECT_EQ(told.cell("stockout_rate", "site=West"), (Cell{12, 2 * 2 * 24}));
    EXPECT_EQ(told.cell("stockout_rate", "phase=calm"), (Cell{6, 4 * 24}));
    EXPECT_EQ(told.series("hours_out", kEast, 9), 24);
}

TEST(Stock, RecordAccuracyAndVisibilityError) {
    Told told;
    tell_stock(told, 5, {10, 10, 10, 10}, {1, 1, 1, 1}, {}, {0, -3, 0, 2});
    EXPECT_EQ(told.cell("record_accuracy"), (Cell{2, 4}));
    EXPECT_EQ(told.cell("record_accuracy", "class=fast"), (Cell{2, 2}));
    EXPECT_EQ(told.cell("visibility_error"), (Cell{5, 40}));
    EXPECT_EQ(told.series("units_on_record", kEast, 5), 17);
}

TEST(Imbalance, IsTheShareOfValueThatWouldHaveToMove) {
    // Item 0, $10: East has 30 and West 10; East will meet a quarter of the demand, so its fair share is 10, and 20
    // would move: $200. Item 1, $2: 5 and 15 at even demand, so 5 would move: $10. The stock is worth $440.
    Told told;
    tell_stock(told, 3, {30, 5, 10, 15}, {1, 2, 3, 2});
    EXPECT_NEAR(told.cell("imbalance").numerator, 210, 1e-9);
    EXPECT_NEAR(told.cell("imbalance").denominator, 440, 1e-9);
    EXPECT_NEAR(told.value("imbalance", "phase=calm"), 210.0 / 440, 1e-12);
    EXPECT_EQ(told.cell("imbalance", "phase=spike"), (Cell{0, 0}));
}

TEST(Imbalance, IsZeroAtFairSharesAndOneWhenAllIsInTheWrongPlace) {
    Told fair, wrong;
    tell_stock(fair, 3, {10, 10, 30, 10}, {1, 2, 3, 2});
    tell_stock(wrong, 3, {40, 0, 0, 20}, {0, 2, 3, 0});
    EXPECT_NEAR(fair.value("imbalance"), 0, 1e-12);
    EXPECT_NEAR(wrong.value("imbalance"), 1, 1e-12);
}

TEST(Imbalance, LeavesOutItemsThatNobodyWants) {
    Told told;
    tell_stock(told, 3, {10, 500, 30, 0}, {1, 0, 3, 0});
    EXPECT_EQ(told.cell("imbalance"), (Cell{0, 400}));
    EXPECT_EQ(told.cell("over_and_under"), (Cell{0, 4}));
}

TEST(OverAndUnder, NeedsExcessHereAndShortageThere) {
    Told told;  // item 0: 2 days of cover here and 31 there; item 1: 2 and 30
    tell_stock(told, 3, {2, 2, 93, 90}, {1, 1, 3, 3});
    EXPECT_EQ(told.cell("over_and_under"), (Cell{4, 8}));
}

/// A horizon without a cool-down ends at the midnight that closes its last day: what is told there counts for that day.
TEST(StockRules, CostOfTheLastDayBelongsToIt) {
    results::Dimensions dimensions = small_dimensions();
    dimensions.total_days = dimensions.end_day = 10;
    Told told(dimensions);
    for (int day = 0; day < 10; ++day) {
        told.tell(close_of(day), kEast, StockCost{.amount = 30, .velocity = 0, .closes_day = 1, .site = kEast});
    }
    told.tell(at_noon(9), kEast, StockCost{.amount = 7, .velocity = 0, .closes_day = 0, .site = kEast});
    EXPECT_EQ(told.cell("inventory_cost"), (Cell{8 * 30 + 7, 8}));
    EXPECT_EQ(told.cell("inventory_cost", "phase=calm"), (Cell{4 * 30, 4}));
    EXPECT_EQ(told.cell("inventory_cost", "phase=spike"), (Cell{4 * 30 + 7, 4}));
}

}  // namespace
}  // namespace entrepot::tests
