#include <gtest/gtest.h>

#include "results/replication.hpp"
#include "results/roi_case.hpp"

/// KPIs of forecasts and of the item master, reckoned by hand, and what the business case makes of them.
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

TEST(DataKpis, CountWrongRecordsAndWhatTheyCost) {
    Told told;
    told.tell(at_noon(3), kHeadquarters, MasterAtMorning{4, 100})
        .tell(at_noon(4), kHeadquarters, MasterAtMorning{2, 100});
    told.tell(at_noon(3), kHeadquarters, MasterCleaned{30 * kDollar, 10, 2});
    EXPECT_EQ(told.cell("master_errors"), (Cell{6, 200}));
    EXPECT_EQ(told.cell("errors_found").numerator, 2);
    EXPECT_EQ(told.cell("clean_up_cost").numerator, 30);
    EXPECT_EQ(told.cell("operating_cost").numerator, 30);
}

TEST(BusinessCase, HasTheCleanUp) {
    Case c;
    EXPECT_TRUE(std::ranges::none_of(
        c.evaluate().lines, [](const BenefitLine& line) { return line.name == "Clean-up of the item master"; }));
    c.set(Kpi::clean_up_cost, "all", 20, 120);
    EXPECT_NEAR(c.line("Clean-up of the item master"), -100 * 3.65, 1e-9);
}

/// S7 is worth more, and sees what nobody can know.
TEST(BusinessCase, NeverChoosesForesight) {
    Case c;
    c.set(Kpi::penalties, "all", 1000, 500).third().set(Kpi::penalties, "all", 1000, 600);
    EXPECT_EQ(c.roi().best, 2u);
    c.inputs.needs[2].foresight = true;
    EXPECT_EQ(c.roi().best, 1u);
}

}  // namespace
}  // namespace entrepot::tests
