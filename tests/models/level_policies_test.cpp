#include <algorithm>
#include <cmath>
#include <deque>

#include <gtest/gtest.h>

#include "models/network_fixture.hpp"
#include "sim/distributions.hpp"
#include "sim/random.hpp"

/// What level policies make of one location, held against closed forms, or against a simulation of the textbook's
/// system.
namespace entrepot::tests {
namespace {

using namespace models;

constexpr double kZ90 = 1.281551565545;

/// Ten units a day with a variance of 30; eight days of lead time on record, nine as receipts have shown.
LocationView usual_location() {
    LocationView at{};
    at.demand.mean = 10;
    at.demand.spread = 30;
    at.lead_days_on_record = 8;
    at.lead_time = {.mean = 9, .variance = 4, .receipts = 20};
    at.review_days = 1;
    at.unit_cost = 20;
    return at;
}

Levels levels_of(const NamedPolicy& policy, const LocationView& at) {
    Levels levels;
    Replenishment(policy).levels->set_levels({&at, 1}, {&levels, 1});
    return levels;
}

NamedPolicy service_policy(const char* name, std::map<std::string, std::vector<double>> more = {}) {
    more.insert({{"service", {0.9}}, {"cover", {60}}, {"refresh", {30}}, {"history", {90}}});
    return {name, std::move(more)};
}

TEST(LeadTimeTerms, AreTheMastersTheMeanOrAQuantileOfReceipts) {
    const LocationView at = usual_location();
    const auto point = [&](double source) {
        return double{levels_of(service_policy("class_service", {{"lead_time", {source}}}), at).reorder_point};
    };
    const auto by_formula = [](double days, double variance) {
        return 10 * (days + 1) + kZ90 * std::sqrt((days + 1) * 30 + 100 * variance);
    };
    EXPECT_NEAR(point(0), by_formula(8, 4), 1e-4);
    EXPECT_NEAR(point(1), by_formula(9, 4), 1e-4);
    // Nine of ten lognormal times of mean 9 and variance 4 are below 11.6405: exp(ln 9 - v / 2 + 1.28155 sqrt v) with
    // v = ln(1 + 4 / 81).
    EXPECT_NEAR(point(2), by_formula(11.6405, 0), 1e-3);
}

TEST(LotTerms, AreTheEconomicQuantityWithinTheCover) {
    const LocationView at = usual_location();
    const auto lot = [&](double cost, double cover) {
        const Levels set =
            levels_of(service_policy("class_service", {{"ordering_cost", {cost}}, {"cover", {cover}}}), at);
        return double{set.order_up_to} - double{set.reorder_point};
    };
    EXPECT_NEAR(lot(0, 60), 600, 1e-3);
    EXPECT_NEAR(lot(50, 60), std::sqrt(2 * 50 * 3650 / (0.25 * 20)), 1e-3);
    EXPECT_NEAR(lot(50, 20), 200, 1e-3);
}

TEST(DaysOfCover, AreDaysOfDemandWhateverTheLeadTime) {
    LocationView at = usual_location();
    const NamedPolicy policy{"days_of_cover",
                             {{"reorder_at", {12}}, {"cover", {30}}, {"refresh", {30}}, {"history", {90}}}};
    EXPECT_NEAR(levels_of(policy, at).reorder_point, 120, 1e-4);
    EXPECT_NEAR(levels_of(policy, at).order_up_to, 420, 1e-4);
    at.lead_days_on_record = at.lead_time.mean = 40;
    EXPECT_NEAR(levels_of(policy, at).reorder_point, 120, 1e-4);
}

TEST(OrderOnDemand, KeepsNoStock) {
    const Levels set = levels_of({"order_on_demand", {}}, usual_location());
    EXPECT_EQ(set.reorder_point, -1);
    EXPECT_EQ(set.order_up_to, 0);
    EXPECT_EQ(set.daily_rate, 10);
}

NamedPolicy empirical(double history) {
    return {"empirical_quantile", {{"service", {0.9}}, {"cover", {10}}, {"refresh", {30}}, {"history", {history}}}};
}

/// Four days' spans of 1, 2, 3, ... are 10, 14, 18, ...: of 25 the 23rd is at nine of ten.
TEST(EmpiricalQuantile, IsThatOfTheSpansRecorded) {
    LocationView at = usual_location();
    at.lead_days_on_record = 3;
    at.lead_time.variance = 0;
    std::vector<float> days;
    for (int day = 1; day <= 28; ++day) days.push_back(static_cast<float>(day));
    at.days = days;
    EXPECT_NEAR(levels_of(empirical(28), at).reorder_point, 4 * 23 + 6, 1e-4);
    // The spread of the lead time stands beside that of demand: 40 above the mean span of 58, and 10 units a day.
    at.lead_time.variance = 4;
    EXPECT_NEAR(levels_of(empirical(28), at).reorder_point, 58 + std::hypot(40, kZ90 * 20), 1e-3);
}

TEST(EmpiricalQuantile, IsTheNormalApproximationWhileTheRecordIsShort) {
    LocationView at = usual_location();
    const double normal = levels_of(service_policy("class_service"), at).reorder_point;
    const std::vector<float> days(27, 5.0F);
    at.days = days;
    EXPECT_NEAR(levels_of(empirical(28), at).reorder_point, normal, 1e-4);  // a day is missing
    EXPECT_GT(std::abs(levels_of(empirical(27), at).reorder_point - normal), 20);
    at.days = std::span(days).first(17);
    EXPECT_NEAR(levels_of(empirical(17), at).reorder_point, normal, 1e-4);  // nine days don't go twice into it
}

/// One day in ten a lot of sixty: no normal demand. Of fresh spans of nine days nine of ten are covered. The standard
/// error of the record's quantile is a share of 0.01, of 6000 days, some 670 spans that don't overlap.
TEST(EmpiricalQuantile, ReachesItsTargetWhateverTheDistribution) {
    const auto units = [](std::uint64_t entity, std::uint32_t day) {
        auto draw = sim::Draws(11, 0).at(1, entity, day);
        return draw.uniform() < 0.1 ? sim::gamma_of_mean(draw.uniform(), 60, 0.8) : 0.0;
    };
    LocationView at = usual_location();
    at.lead_time.variance = 0;
    std::vector<float> days;
    for (std::uint32_t day = 0; day < 6000; ++day) days.push_back(static_cast<float>(units(1, day)));
    at.days = days;
    const double point = levels_of(empirical(6000), at).reorder_point;
    int covered = 0;
    constexpr int kSpans = 20000;
    for (std::uint32_t i = 0; i < kSpans; ++i) {
        double sum = 0;
        for (std::uint32_t day = 0; day < 9; ++day) sum += units(2, 9 * i + day);
        covered += sum <= point;
    }
    EXPECT_NEAR(covered / double{kSpans}, 0.9, 0.04);
}

/// A textbook's item: normal demand between reviews, orders up to S at or below s, eight reviews' lead time, what is
/// short waits. Share of the units met at once.
double simulated_fill(const Levels& levels, double daily_mean, double daily_variance, int lead, std::uint32_t seed) {
    const sim::Draws draws(seed, 0);
    double net = double{levels.order_up_to}, position = net, met = 0, wanted = 0;
    std::deque<double> under_way(static_cast<std::size_t>(lead), 0.0);
    for (std::uint32_t day = 0; day < 400'000; ++day) {
        const double order = position <= levels.reorder_point ? double{levels.order_up_to} - position : 0;
        position += order;
        under_way.push_back(order);
        net += under_way.front();  // what was ordered `lead` reviews ago, just after that review
        under_way.pop_front();
        const double units = sim::normal(draws.at(1, 7, day).uniform(), daily_mean, std::sqrt(daily_variance));
        met += std::clamp(units, 0.0, std::max(net, 0.0));
        wanted += units;
        net -= units;
        position -= units;
    }
    return met / wanted;
}

class FillRateLevels : public ::testing::TestWithParam<std::tuple<double, double>> {};

/// False alarms: the standard error of the simulated share is below 0.0005 in all of these.
TEST_P(FillRateLevels, ReachTheirTarget) {
    const auto [service, cover] = GetParam();
    LocationView at = usual_location();
    at.lead_time.variance = 0;
    at.demand.mean = 100;
    at.demand.spread = 400;
    const Levels set = levels_of(service_policy("fill_rate", {{"service", {service}}, {"cover", {cover}}}), at);
    EXPECT_NEAR(simulated_fill(set, 100, 400, 8, 3), service, 0.004);
}

INSTANTIATE_TEST_SUITE_P(Of, FillRateLevels,
                         ::testing::Combine(::testing::Values(0.8, 0.95, 0.99), ::testing::Values(0.1, 3, 20)));

/// Of large lots a shortage at the end of each cycle is a small share: type 2 service needs less than type 1.
TEST(FillRate, NeedsLessThanCycleServiceWhereLotsAreLarge) {
    const LocationView at = usual_location();
    const auto point = [&](const char* name, double cover) {
        return double{levels_of(service_policy(name, {{"cover", {cover}}}), at).reorder_point};
    };
    EXPECT_LT(point("fill_rate", 60) + 20, point("class_service", 60));
    EXPECT_LT(point("fill_rate", 60) + 20, point("fill_rate", 1));
}

TEST(FillRate, OrdersNothingWhereNothingIsAskedFor) {
    LocationView at = usual_location();
    at.demand.mean = at.demand.spread = 0;
    EXPECT_EQ(levels_of(service_policy("fill_rate"), at).order_up_to, 0);
}

}  // namespace
}  // namespace entrepot::tests
