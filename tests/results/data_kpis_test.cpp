#include <gtest/gtest.h>

#include "results/replication.hpp"

/// KPIs of forecasts, reckoned by hand.
namespace entrepot::tests {
namespace {

using namespace models;
using Cell = Told::Cell;

/// 120 units a day were expected of the fast items and 100 came; a forecast that knew would have said 110.
TEST(DataKpis, HoldForecastsAgainstWhatCame) {
    Told told;
    const ForecastsJudged fast{120, 100, 40, 110, 22, kEast, 0}, slow{10, 0, 10, 0, 0, kWest, 1};
    told.tell(at_noon(3), kHeadquarters, fast).tell(at_noon(7), kHeadquarters, slow);
    told.tell(at_noon(1), kHeadquarters, fast);  // in the warm-up
    EXPECT_EQ(told.cell("forecast_wmape"), (Cell{50, 100}));
    EXPECT_EQ(told.cell("forecast_wmape", "class=fast"), (Cell{40, 100}));
    EXPECT_EQ(told.cell("forecast_wmape", "site=West"), (Cell{10, 0}));
    EXPECT_EQ(told.cell("forecast_bias"), (Cell{30, 100}));
    EXPECT_EQ(told.cell("forecast_bias", "phase=calm"), (Cell{20, 100}));
    EXPECT_EQ(told.cell("forecast_error"), (Cell{22, 110}));  // of the others nobody can say
}

}  // namespace
}  // namespace entrepot::tests
