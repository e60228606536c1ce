#include "results/business/cash_flow.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace entrepot::tests {
namespace {

using namespace results;
using Values = std::vector<double>;

/// A published total-economic-impact table: initial costs now, three years at year's end, 10 %.
TEST(CashFlow, ReproducesAPublishedStudy) {
    const double npv = net_present_value(0.1, Values{-53150, 939796, 2424560, 3581976});
    EXPECT_NEAR(npv, 5'496'170, 1);
    EXPECT_NEAR(npv / 1'672'201, 3.287, 0.0005);  // the published ROI, 329 %
}

TEST(CashFlow, RateAndPayback) {
    const Values flows{-1000, 400, 500, 600};
    EXPECT_NEAR(net_present_value(0.1, flows), 227.648, 0.001);
    EXPECT_NEAR(internal_rate(flows).value(), 0.21648, 5e-6);
    EXPECT_NEAR(payback_years(flows).value(), 2.1667, 5e-5);
}

TEST(CashFlow, WithoutARateOrAPayback) {
    EXPECT_FALSE(internal_rate(Values{-100, -5, -5}).has_value());
    EXPECT_FALSE(payback_years(Values{-100, 30, 30}).has_value());
    EXPECT_FALSE(internal_rate(Values{100, 5}).has_value());
    EXPECT_EQ(payback_years(Values{100, 5}), 0.0);
    EXPECT_EQ(payback_years(Values{-100, 100}), 1.0);
}

/// What was advanced must be repaid for good: the sum is negative no more, and stays so.
TEST(CashFlow, PaysBackWhenTheSumIsNegativeNoMore) {
    EXPECT_EQ(payback_years(Values{0, -100, 200}), 1.5);
    EXPECT_EQ(payback_years(Values{10, -100, 50, 80}), 2.5);
    EXPECT_EQ(payback_years(Values{-100, 150, -100, 80}), 2.625);
    EXPECT_EQ(payback_years(Values{0, 0, 0}), 0.0);
    EXPECT_EQ(payback_years(Values{-0.3, 0.1, 0.2}), 2.0);  // but for rounding
    for (const Values& never : {Values{0, -100, 50}, Values{10, -100, 50}, Values{0, 0, -1}, Values{100, 50, -151},
                                Values{-100, 20, 20, 20}, Values{-100, 150, -100}, Values{}}) {
        EXPECT_FALSE(payback_years(never).has_value());
    }
    EXPECT_NEAR(payback_years(discounted(0.1, Values{-100, 60, 60})).value(), 1 + (100 - 60 / 1.1) / (60 / 1.21),
                1e-12);
}

TEST(CashFlow, AValueThatIsRoundingOnlyIsZero) {
    EXPECT_EQ(net_present_value(0.1, Values{-100, 110}), 0);
    EXPECT_EQ(net_present_value(0.07, Values{-1e6, 0, 1e6 * 1.07 * 1.07}), 0);
    EXPECT_NE(net_present_value(0.1, Values{-100, 110 + 1e-9}), 0);
}

/// Flows that change their sign more than once: the textbook's two rates, none at all, and one that touches zero.
TEST(CashFlow, OddFlowsMayHaveSeveralRatesOrNone) {
    const std::vector<double> two = internal_rates(Values{-4000, 25000, -25000});  // Lorie and Savage's oil pump
    ASSERT_EQ(two.size(), 2u);
    EXPECT_NEAR(two[0], 0.25, 1e-9);
    EXPECT_NEAR(two[1], 4.0, 1e-9);
    EXPECT_FALSE(internal_rate(Values{-4000, 25000, -25000}).has_value());
    EXPECT_TRUE(internal_rates(Values{100, -150, 100}).empty());
    EXPECT_EQ(internal_rates(Values{-100, 240, -144}).size(), 1u);  // 20 %, twice
    EXPECT_TRUE(internal_rates(Values{0, 0, 0}).empty());
    EXPECT_TRUE(internal_rates(Values{}).empty());
    const std::vector<double> three = internal_rates(Values{-1, 3.6, -4.31, 1.716});  // 10, 20 and 30 %
    ASSERT_EQ(three.size(), 3u);
    EXPECT_NEAR(three[0], 0.1, 1e-6);
    EXPECT_NEAR(three[1], 0.2, 1e-6);
    EXPECT_NEAR(three[2], 0.3, 1e-6);
}

/// Published: 12.36620 %.
TEST(CashFlow, RateOfABondLikeFlow) {
    EXPECT_NEAR(internal_rate(Values{-985, 75, 120, 100, 1200}).value(), 0.1236620, 5e-8);
    Values long_flow(31, 100.0);
    long_flow[0] = -943.0;
    EXPECT_NEAR(net_present_value(internal_rate(long_flow).value(), long_flow), 0, 1e-8);
}

}  // namespace
}  // namespace entrepot::tests
