#include "results/statistics/variance_reduction.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <vector>

#include <gtest/gtest.h>

#include "results/statistics/statistics.hpp"
#include "sim/distributions.hpp"
#include "sim/random.hpp"

namespace entrepot::results {
namespace {

using Values = std::vector<double>;

/// Mean cost of a period of base stock `level`: Poisson(2) demand, 260 periods, orders arrive three periods later,
/// holding costs 1 and backorders 9 a unit and period.
double base_stock_cost(int level, std::uint32_t seed, std::uint32_t replication) {
    const sim::Draws draws(seed, replication);
    std::deque<int> on_order(3, 0);
    double cost = 0;
    int net = level;
    for (std::uint32_t period = 0; period < 260; ++period) {
        net += on_order.front();
        on_order.pop_front();
        const int demand = sim::poisson(draws.at(1, 0, period).uniform(), 2);
        net -= demand;
        on_order.push_back(demand);
        cost += net > 0 ? net : -9 * net;
    }
    return cost / 260;
}

/// The difference of 10 and 11 units is 10 P(Poisson(6) <= 10) - 9 = 0.574 a period, a little less because the first
/// periods have all of the stock. Standard deviations over 2000 seeds: 0.004 of the difference, 3 % of the factor.
TEST(PairingFactor, OfTwoBaseStocks) {
    Values ten, eleven, other;
    for (std::uint32_t r = 0; r < 2000; ++r) {
        ten.push_back(base_stock_cost(10, 11, r));
        eleven.push_back(base_stock_cost(11, 11, r));
        other.push_back(base_stock_cost(11, 12, r));
    }
    const Interval d = paired_difference(eleven, ten);
    EXPECT_NEAR(d.estimate, 0.5735, 0.016);
    EXPECT_NEAR(d.standard_error * d.standard_error * 2000, 0.0313, 0.004);
    EXPECT_NEAR(pairing_factor(eleven, ten).value, 6.1, 0.75);
    EXPECT_NEAR(pairing_factor(other, ten).value, 1, 0.1);
}

TEST(PairingFactor, OfFourPairs) {
    const Factor f = pairing_factor(Values{1, 2, 3, 4}, Values{1, 3, 3, 5});
    EXPECT_NEAR(f.value, (5.0 / 3 + 8.0 / 3) / (1.0 / 3), 1e-12);
    EXPECT_EQ(pairing_factor(Values{1, 2}, Values{2, 3}).missing, Reason::no_variation);
    EXPECT_EQ(pairing_factor(Values{1, 2}, Values{2}).missing, Reason::unequal_lengths);
    EXPECT_EQ(pairing_factor(Values{}, Values{}).missing, Reason::no_data);
    EXPECT_EQ(pairing_factor(Values{1}, Values{2}).missing, Reason::too_few);
    EXPECT_EQ(pairing_factor(Values{1, std::nan("")}, Values{2, 3}).missing, Reason::not_finite);
}

TEST(Antithetic, CountsAPairOnce) {
    const Values first{1, 2, 3, 6}, second{9, 8, 6, 5};
    const Interval i = antithetic_interval(first, second), wanted = mean_interval(Values{5, 5, 4.5, 5.5});
    EXPECT_EQ(i.estimate, wanted.estimate);
    EXPECT_EQ(i.low, wanted.low);
    EXPECT_EQ(i.freedom, 3);
    EXPECT_EQ(antithetic_interval(first, Values{1}).missing, Reason::unequal_lengths);
    EXPECT_EQ(antithetic_interval(Values{}, Values{}).missing, Reason::no_data);
    EXPECT_EQ(antithetic_interval(Values{1}, Values{3}).missing, Reason::too_few);
    EXPECT_EQ(antithetic_interval(Values{1}, Values{3}).estimate, 2);
}

/// The mean of exp(u): the pair's covariance is e - (e - 1)^2 = -0.2342, the variance 0.2420; 31 times fewer.
TEST(Antithetic, FactorOfAMonotoneFunction) {
    Values first, second;
    for (std::uint32_t r = 0; r < 20'000; ++r) {
        first.push_back(std::exp(sim::Draws(5, r).at(0, 0, 0).uniform()));
        second.push_back(std::exp(sim::Draws(5, r, true).at(0, 0, 0).uniform()));
    }
    EXPECT_NEAR(antithetic_factor(first, second).value, 31.0, 1.5);
    EXPECT_NEAR(antithetic_interval(first, second).estimate, std::exp(1) - 1, 0.002);
    EXPECT_EQ(antithetic_factor(Values{1, 2}, Values{2, 1}).missing, Reason::no_variation);
    EXPECT_EQ(antithetic_factor(Values{1}, Values{2}).missing, Reason::too_few);
}

TEST(ControlVariate, IsTheRegressionAtTheKnownMean) {
    // y on c: slope 1.9, intercept 0.3, at c = 2 it is 4.1; residuals .1, -.1 ... by hand.
    const Values c{0, 1, 2, 3}, y{0.2, 2.4, 3.9, 6.1};
    const ControlVariate v = control_variate(y, c, 2);
    const double slope = 1.92, mean = 3.15 + slope * 0.5;
    EXPECT_NEAR(v.coefficient, slope, 1e-12);
    EXPECT_NEAR(v.mean.estimate, mean, 1e-12);
    double squares = 0;
    for (std::size_t i = 0; i < 4; ++i) squares += std::pow(y[i] - 3.15 - slope * (c[i] - 1.5), 2);
    EXPECT_NEAR(v.mean.standard_error, std::sqrt(squares / 2 * (1.0 / 4 + 0.25 / 5)), 1e-12);
    EXPECT_EQ(v.mean.freedom, 2);
    EXPECT_GT(v.correlation, 0.99);
    EXPECT_GT(v.factor.value, 50);
}

TEST(ControlVariate, LossByEstimatingItsCoefficients) {
    EXPECT_NEAR(control_loss(10, 1).value, 1.1429, 5e-5);
    EXPECT_NEAR(control_loss(30, 1).value, 1.0370, 5e-5);
    EXPECT_NEAR(control_loss(30, 3).value, 1.12, 5e-5);
    EXPECT_EQ(control_loss(4, 2).missing, Reason::too_few);
    EXPECT_EQ(control_loss(0, 1).missing, Reason::too_few);
}

TEST(ControlVariate, JackknifedLeavesOutOneAtATime) {
    const Values c{1, 2, 4, 7, 9}, y{1, 3, 2, 8, 20};
    const double known = 5;
    const double whole = control_variate(y, c, known).mean.estimate;
    Values leave_out;
    for (std::size_t i = 0; i < 5; ++i) {
        Values a = y, b = c;
        a.erase(a.begin() + static_cast<std::ptrdiff_t>(i));
        b.erase(b.begin() + static_cast<std::ptrdiff_t>(i));
        leave_out.push_back(control_variate(a, b, known).mean.estimate);
    }
    const ControlVariate v = control_variate_jackknife(y, c, known);
    EXPECT_NEAR(v.mean.estimate, whole - jackknife_bias(whole, leave_out), 1e-12);
    EXPECT_NEAR(v.mean.standard_error, jackknife(whole, leave_out).standard_error, 1e-12);
    EXPECT_EQ(v.mean.freedom, 4);
}

TEST(ControlVariate, OfAPerfectControlHasNoSpreadLeft) {
    const ControlVariate v = control_variate(Values{1, 3, 5, 7}, Values{0, 1, 2, 3}, 10);
    EXPECT_NEAR(v.mean.estimate, 21, 1e-12);
    EXPECT_NEAR(v.mean.standard_error, 0, 1e-12);
}

TEST(ControlVariate, SaysWhatItCannotGive) {
    const Values y{1, 2, 4, 9}, flat(4, 0.1);
    for (const auto f : {control_variate, control_variate_jackknife}) {
        const ControlVariate v = f(y, flat, 0.3, kConfidence);
        EXPECT_EQ(v.mean.missing, Reason::no_variation);
        EXPECT_EQ(v.mean.estimate, 4);
        EXPECT_EQ(v.factor.missing, Reason::no_variation);
        EXPECT_EQ(f(Values{}, Values{}, 0, kConfidence).mean.missing, Reason::no_data);
        EXPECT_EQ(f(y, Values{1}, 0, kConfidence).mean.missing, Reason::unequal_lengths);
        EXPECT_EQ(f(Values{1, 3}, Values{1, 2}, 0, kConfidence).mean.missing, Reason::too_few);
        EXPECT_EQ(f(Values{1, 3}, Values{1, 2}, 0, kConfidence).mean.estimate, 2);
        EXPECT_EQ(f(Values{1, 3, 4, std::nan("")}, y, 0, kConfidence).mean.missing, Reason::not_finite);
        const ControlVariate constant = f(flat, y, 3, kConfidence);
        EXPECT_NEAR(constant.mean.low, 0.1, 1e-12);
        EXPECT_NEAR(constant.mean.high, 0.1, 1e-12);
    }
    EXPECT_EQ(control_variate_jackknife(y, Values{0, 0, 0, 1}, 0).mean.missing, Reason::rests_on_one);
}

}  // namespace
}  // namespace entrepot::results
