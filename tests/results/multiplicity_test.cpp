#include "results/statistics/multiplicity.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace entrepot::results {
namespace {

using Values = std::vector<double>;

TEST(Holm, AdjustsAFamily) {
    const Values adjusted = holm(Values{0.01, 0.04, 0.03, 0.005});
    const Values wanted{0.03, 0.06, 0.06, 0.02};
    ASSERT_EQ(adjusted.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(adjusted[i], wanted[i], 1e-12);
    EXPECT_TRUE(holm(Values{}).empty());
    EXPECT_EQ(holm(Values{0.7, 0.8})[1], 1);
}

TEST(Bonferroni, AllPairsOfStrategies) {
    EXPECT_NEAR(bonferroni_quantile(0.95, 3, 20), 2.6126, 5e-5);  // 3 strategies
    EXPECT_NEAR(bonferroni_quantile(0.95, 10, 20), 3.1534, 5e-5);
    EXPECT_NEAR(bonferroni_quantile(0.95, 45, 20), 3.8044, 5e-5);
    EXPECT_EQ(bonferroni_quantile(0.95, 1, 20), t_quantile(0.975, 20));
}

TEST(Dunnett, OneSidedAgreesWithPrintedTables) {
    EXPECT_NEAR(dunnett_quantile(0.95, 2, 20), 1.7247, 5e-5);
    EXPECT_NEAR(dunnett_quantile(0.95, 3, 20), 2.0273, 6e-5);
    EXPECT_NEAR(dunnett_quantile(0.95, 4, 20), 2.1923, 6e-5);
    EXPECT_NEAR(dunnett_quantile(0.95, 5, 20), 2.3044, 6e-5);
    EXPECT_NEAR(dunnett_quantile(0.95, 10, 20), 2.6007, 6e-5);
    EXPECT_NEAR(dunnett_quantile(0.95, 5, 95), 2.1894, 6e-5);
    EXPECT_NEAR(dunnett_quantile(0.95, 10, 190), 2.4354, 6e-5);
}

TEST(Dunnett, TwoSidedAgreesWithPrintedTables) {
    EXPECT_NEAR(dunnett_quantile_two_sided(0.95, 2, 20), 2.085963, 1e-6);
    EXPECT_NEAR(dunnett_quantile_two_sided(0.95, 3, 20), 2.38, 0.005);
    EXPECT_NEAR(dunnett_quantile_two_sided(0.95, 4, 20), 2.54, 0.005);
    EXPECT_NEAR(dunnett_quantile_two_sided(0.95, 10, 20), 2.95, 0.005);
}

TEST(Tukey, AgreesWithPrintedTables) {
    EXPECT_NEAR(tukey_quantile(0.95, 3, 20), 3.5779, 6e-5);
    EXPECT_NEAR(tukey_quantile(0.95, 4, 20), 3.9583, 6e-5);
    EXPECT_NEAR(tukey_quantile(0.95, 5, 20), 4.2319, 6e-5);
    EXPECT_NEAR(tukey_quantile(0.95, 10, 20), 5.0079, 6e-5);
    EXPECT_NEAR(tukey_quantile(0.95, 5, 60), 3.9774, 6e-5);
    EXPECT_NEAR(tukey_quantile(0.95, 2, 20), std::sqrt(2.0) * 2.085963, 1e-5);
}

TEST(Constants, StayInOrderForSmallSamples) {
    for (const double freedom : {1.0, 2.0, 3.0, 1000.0}) {
        const double one = dunnett_quantile(0.95, 4, freedom), two = dunnett_quantile_two_sided(0.95, 4, freedom);
        const double pairs = tukey_quantile(0.95, 4, freedom) / std::sqrt(2.0);
        EXPECT_LT(t_quantile(0.95, freedom), one) << freedom;
        EXPECT_LT(one, two) << freedom;
        EXPECT_LT(two, pairs) << freedom;
        EXPECT_LT(pairs, bonferroni_quantile(0.95, 6, freedom)) << freedom;
    }
}

/// Means 10, 12, 12.5; every variance within a strategy 2.5.
const std::vector<Values> kThree{{8, 9, 10, 11, 12}, {10, 11, 12, 13, 14}, {10.5, 11.5, 12.5, 13.5, 14.5}};

TEST(CompareWithBest, OfIndependentSamples) {
    const ComparisonWithBest c = compare_with_best(kThree, Sampling::independent);
    ASSERT_EQ(c.strategies.size(), 3u);
    EXPECT_EQ(c.freedom, 12);
    EXPECT_NEAR(c.width, dunnett_quantile(0.95, 3, 12) * std::sqrt(2 * 2.5 / 5), 1e-9);
    EXPECT_NEAR(c.strategies[0].difference, -2.5, 1e-12);
    EXPECT_NEAR(c.strategies[0].low, -2.5 - c.width, 1e-12);
    EXPECT_FALSE(c.strategies[0].may_be_best());  // the width is 2.1
    EXPECT_TRUE(c.strategies[1].may_be_best());
    EXPECT_TRUE(c.strategies[2].may_be_best());
    EXPECT_FALSE(c.strategies[2].is_best());
    EXPECT_NEAR(c.strategies[2].difference, 0.5, 1e-12);
    EXPECT_NEAR(c.strategies[2].high, 0.5 + c.width, 1e-12);
}

TEST(CompareWithBest, UnderCommonRandomNumbersSeesWhatIsShared) {
    const ComparisonWithBest shared = compare_with_best(kThree, Sampling::common_random_numbers);
    EXPECT_EQ(shared.freedom, 8);
    EXPECT_NEAR(shared.width, 0, 1e-12);  // all differences are constant
    EXPECT_TRUE(shared.strategies[2].is_best());
    EXPECT_FALSE(shared.strategies[1].may_be_best());

    // Residuals of the two-way layout by hand: (1,-1), (-1,1), (0,0), halved; their squares 1 over 2 degrees of
    // freedom.
    const std::vector<Values> two{{1, 2, 6}, {0, 3, 6}};
    const ComparisonWithBest c = compare_with_best(two, Sampling::common_random_numbers);
    EXPECT_EQ(c.freedom, 2);
    EXPECT_NEAR(c.width, t_quantile(0.95, 2) * std::sqrt(2 * 0.5 / 3), 1e-9);
}

TEST(CompareWithBest, OfEqualStrategiesLetsAllBeBest) {
    const std::vector<Values> equal{{1, 1}, {1, 1}};
    const ComparisonWithBest c = compare_with_best(equal, Sampling::independent);
    EXPECT_EQ(c.width, 0);
    for (const VersusBest& s : c.strategies) {
        EXPECT_TRUE(s.may_be_best());
        EXPECT_FALSE(s.is_best());
    }
}

TEST(CompareWithBest, SaysWhatItCannotGive) {
    const auto why = [](const std::vector<Values>& samples) {
        return compare_with_best(samples, Sampling::independent).missing;
    };
    EXPECT_EQ(why({}), Reason::no_data);
    EXPECT_EQ(why({{1, 2}}), Reason::too_few);
    EXPECT_EQ(why({{1}, {2}}), Reason::too_few);
    EXPECT_EQ(why({{1, 2}, {2}}), Reason::unequal_lengths);
    EXPECT_EQ(why({{1, std::nan("")}, {2, 3}}), Reason::not_finite);
}

}  // namespace
}  // namespace entrepot::results
