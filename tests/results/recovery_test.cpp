#include "results/kpis/recovery.hpp"

#include <limits>

#include <gtest/gtest.h>

/// A service that falls and comes back: by hand.
namespace entrepot::tests {
namespace {

using results::Fall;
using results::falls;
using Falls = std::vector<Fall>;

TEST(Recovery, IsOverAtTheFirstOfThreeGoodDays) {
    EXPECT_EQ(falls(std::vector{0.97, 0.89, 0.92, 0.96, 0.95, 0.99, 0.96}), (Falls{{1, 3}}));
}

TEST(Recovery, IsNotOverForADayOrTwo) {
    EXPECT_EQ(falls(std::vector{0.89, 0.96, 0.96, 0.94, 0.96, 0.96, 0.96, 0.91}), (Falls{{0, 4}}));
}

TEST(Recovery, DoesNotBeginBetweenTheLevels) { EXPECT_EQ(falls(std::vector{0.97, 0.91, 0.90, 0.93}), Falls{}); }

TEST(Recovery, LastsToTheEndWhereNothingRecovers) {
    EXPECT_EQ(falls(std::vector{0.97, 0.5, 0.96, 0.96}), (Falls{{1, 4}}));
}

TEST(Recovery, CountsDaysOnWhichNothingWasWantedNeitherWay) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(falls(std::vector{0.5, none, 0.96, none, 0.96, 0.96}), (Falls{{0, 2}}));
}

TEST(Recovery, SeveralFallsAreSeveral) {
    EXPECT_EQ(falls(std::vector{0.5, 0.96, 0.96, 0.96, 0.8, 0.96, 0.96, 0.96}), (Falls{{0, 1}, {4, 5}}));
}

TEST(Recovery, TheLossIsTheAreaBelowTheHigherLevel) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_NEAR(results::resilience_loss(std::vector{0.97, 0.85, none, 0.75, 0.95}), 10 + 20, 1e-9);
}

}  // namespace
}  // namespace entrepot::tests
