#include <array>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/decisions/estimators/estimate.hpp"
#include "models/decisions/estimators/intermittent.hpp"
#include "models/decisions/estimators/smoothing.hpp"

/// Estimators against values that others have published, or that another program computed.
namespace entrepot::tests {
namespace {

using namespace models;

/// Monthly airline passengers 1949 to 1960, thousands: series G of Box and Jenkins (1976).
constexpr std::array<float, 144> kPassengers = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
    133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
    230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
    227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
    284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
    347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
    548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432};

/// R's manual page of HoltWinters: HoltWinters(AirPassengers, seasonal = "mult").
TEST(HoltWinters, IsThatOfR) {
    const std::span<const float> all(kPassengers);
    HoltWinters smoothing(
        all.first(24),
        {.level_weight = 0.2755925, .trend_weight = 0.03269295, .season_weight = 0.8707292, .season = 12});
    // R's first fitted value is of the second year: its start values stand before the thirteenth month.
    double squares = 0;
    for (const float units : all.subspan(12)) {
        const double error = units - smoothing.next();
        squares += error * error;
        smoothing.take(units);
    }
    EXPECT_NEAR(squares, 16570.778, 0.01);
    EXPECT_NEAR(smoothing.level(), 469.3232, 1e-3);
    EXPECT_NEAR(smoothing.trend(), 3.02154, 1e-4);
    const std::array<double, 12> factors = {0.946461, 0.882924, 0.971737, 1.030482, 1.047688, 1.180527,
                                            1.359078, 1.333171, 1.108338, 0.986881, 0.836133, 0.920988};
    for (std::size_t i = 0; i < 12; ++i) EXPECT_NEAR(smoothing.factors()[i], factors[i], 1e-5) << i;
}

/// Hyndman and Athanasopoulos, oil production of Saudi Arabia 1996 to 2007: ses(), alpha 0.8339, initial level
/// 446.5868.
TEST(SimpleSmoothing, IsThatOfTheTextbook) {
    SimpleSmoothing smoothing{0.8339, 446.5868};
    double squares = 0;
    for (const double units : {446.6565, 454.4733, 455.663, 423.6322, 456.2713, 440.5881, 425.3325, 485.1494, 506.0482,
                               526.792, 514.2689, 494.211}) {
        squares += (units - smoothing.level) * (units - smoothing.level);
        smoothing.take(units);
    }
    EXPECT_NEAR(squares, 7593.839529, 1e-5);
    EXPECT_NEAR(smoothing.level, 497.7699489, 1e-6);
}

constexpr std::array<float, 20> kNowAndThen = {0, 0, 5, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 6, 0, 2, 0, 0, 0, 5};

IntermittentDemand now_and_then(const EstimatorTerms& terms) {
    IntermittentDemand demand(terms);
    for (const float units : kNowAndThen) demand.take(units);
    return demand;
}

TEST(IntermittentDemand, IsCrostonsSyntetosAndBoylansOrTeunters) {
    EstimatorTerms terms{.by = Estimator::croston};
    EXPECT_NEAR(now_and_then(terms).size(), 4.60688, 1e-6);
    EXPECT_NEAR(now_and_then(terms).interval(), 3.16471, 1e-6);
    EXPECT_NEAR(now_and_then(terms).rate(), 1.4557036822, 1e-9);
    terms.by = Estimator::sba;
    EXPECT_NEAR(now_and_then(terms).rate(), 1.3829184981, 1e-9);
    terms.by = Estimator::tsb;
    EXPECT_NEAR(now_and_then(terms).probability(), 0.3311444236, 1e-9);
    EXPECT_NEAR(now_and_then(terms).rate(), 1.5255426220, 1e-9);
}

/// What nobody asks for any more: Croston's rate stays where it was, the other one's falls.
TEST(IntermittentDemand, DiesOutByTeuntersMethodAlone) {
    const auto rate = [](Estimator by) {
        const EstimatorTerms terms{.by = by};
        IntermittentDemand demand = now_and_then(terms);
        for (int day = 0; day < 30; ++day) demand.take(0);
        return demand.rate();
    };
    EXPECT_NEAR(rate(Estimator::croston), 1.4557036822, 1e-9);
    EXPECT_NEAR(rate(Estimator::tsb), 1.5255426220 * std::pow(0.9, 30), 1e-9);
}

std::vector<float> weeks(int count, double rise = 0) {
    std::vector<float> days;
    for (int day = 0; day < 7 * count; ++day) {
        const double factor = day % 7 < 5 ? 1.4 : 0;  // closed at weekends
        days.push_back(static_cast<float>((100 + rise * day) * factor));
    }
    return days;
}

/// Days on which nobody orders say nothing of the level, and its errors are those of days that were expected to be so.
TEST(Estimate, KnowsAWeekend) {
    const std::vector<float> days = weeks(10);
    const Estimate found = estimate(days, {.by = Estimator::holt_winters}, 7).value();
    EXPECT_NEAR(found.rate, 100, 0.01);
    EXPECT_LT(found.variance, 1);
    EXPECT_NEAR(estimate(days, {.by = Estimator::holt_winters}, 2)->rate, 140, 0.01);  // Monday and Tuesday
    EXPECT_GT(estimate(days, {.by = Estimator::exponential}, 7)->variance, 2000);
}

TEST(Estimate, GoesOnWithATrend) {
    const std::vector<float> days = weeks(26, 1);
    const double middle = 100 + 26 * 7 + 13.5;  // of the next four weeks
    EXPECT_NEAR(estimate(days, {.by = Estimator::holt_winters}, 28)->rate, middle, 0.02 * middle);
    EXPECT_LT(estimate(days, {.by = Estimator::exponential}, 28)->rate, middle - 20);
}

TEST(Estimate, SaysNothingOfTooLittle) {
    const std::vector<float> nothing(100, 0.0F), days = weeks(10);
    const auto says = [&](Estimator by, std::span<const float> record) {
        return estimate(record, {.by = by}, 10).has_value();
    };
    for (const Estimator by : {Estimator::exponential, Estimator::holt_winters, Estimator::croston, Estimator::tsb}) {
        EXPECT_FALSE(says(by, nothing));
        EXPECT_FALSE(says(by, {}));
        EXPECT_TRUE(says(by, days));
    }
    EXPECT_FALSE(says(Estimator::weekly, days));
    EXPECT_FALSE(says(Estimator::holt_winters, std::span(days).first(20)));
    EXPECT_FALSE(says(Estimator::exponential, std::span(days).first(13)));
    EXPECT_TRUE(says(Estimator::exponential, std::span(days).first(14)));
}

}  // namespace
}  // namespace entrepot::tests
