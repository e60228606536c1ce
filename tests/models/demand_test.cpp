#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"

/// Drawn demand: the days' common factor, the hours, the lines and units of an order.
namespace entrepot::tests {
namespace {

using namespace models;

using Demanded = FactRecord<OrderPlaced, LineFirstPass>;
constexpr std::uint8_t kConsumers = 2;  // who order every day

/// Consumers' orders of each site and day, over the mean.
std::vector<std::vector<double>> factors(double sigma, double correlation) {
    constexpr double kOrders = 400;
    Network network = small_network({.items = 5, .orders_per_day = kOrders, .days = 360, .pickers = 60});
    for (const StreamId id : sim::ids<StreamId>(network.streams)) {
        if (network.streams[id].channel == Channel::b2b) network.streams[id].orders_by_day.assign(360, 0);
        network.streams[id].lines_mean = 1;
    }
    network.noise = {sigma, correlation};
    finish(network);
    Demanded told;
    simulate(network, 7, 0, told.log);
    std::vector<std::vector<double>> list(2, std::vector<double>(360, 0));
    for (const auto& [at, where, order] : told.all<OrderPlaced>()) {
        list[where][static_cast<std::size_t>(day_of(at))] += 1 / kOrders;
    }
    return list;
}

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    return sum / static_cast<double>(values.size());
}

double covariance(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean(a)) * (b[i] - mean(b));
    return sum / static_cast<double>(a.size() - 1);
}

/// Lognormal with sigma 0.5: a mean of 1 and a variance of e^0.25 - 1 = 0.284. The mean of 360 days errs by 0.028, one
/// standard deviation, the variance by about 0.06. False alarm 1e-4 each.
TEST(DayNoise, HasTheMeanAndSpreadAskedFor) {
    const auto days = factors(0.5, 0.3);
    EXPECT_NEAR(mean(days[0]), 1, 0.11);
    EXPECT_NEAR(covariance(days[0], days[0]), 0.284, 0.15);
    EXPECT_NEAR(covariance(factors(0, 0)[0], factors(0, 0)[0]), 1 / 400.0, 0.001);  // of the Poisson count alone
}

/// False alarm below 1e-6: of 360 pairs a correlation of 0 errs by 0.053.
TEST(DayNoise, IsSharedByRegionsAsMuchAsSaid) {
    const auto correlation = [](double asked) {
        const auto days = factors(0.5, asked);
        return covariance(days[0], days[1]) / std::sqrt(covariance(days[0], days[0]) * covariance(days[1], days[1]));
    };
    EXPECT_NEAR(correlation(0), 0, 0.27);
    EXPECT_GT(correlation(0.9), 0.7);
}

/// In the fixture, evenly between eight and six.
TEST(Demand, ComesInItsHours) {
    Demanded told;
    simulate(small_network(), 7, 0, told.log);
    std::map<int, int> hours;
    for (const auto& placed : told.all<OrderPlaced>()) {
        ++hours[static_cast<int>(sim::in<sim::hours>(placed.at - start_of(day_of(placed.at))))];
    }
    EXPECT_EQ(hours.begin()->first, 8);
    EXPECT_EQ(hours.rbegin()->first, 17);
    const double orders = static_cast<double>(told.all<OrderPlaced>().size());
    for (const auto& [hour, count] : hours) EXPECT_NEAR(count / orders, 0.1, 0.02);  // 12'000 orders: 7 deviations
}

/// Some 20'000 lines of contract customers: the mean of 6 units errs by 0.06, that of 4.5 lines by 0.06, one standard
/// deviation each.
TEST(Demand, HasTheUnitsAndLinesOfItsStream) {
    Demanded told;
    simulate(small_network(), 7, 0, told.log);
    double orders = 0, lines = 0, attempts = 0, units = 0;
    for (const auto& placed : told.all<OrderPlaced>()) {
        if (placed.fact.tier == kConsumers) continue;
        ++orders;
        lines += placed.fact.lines;
    }
    for (const auto& line : told.all<LineFirstPass>()) {
        if (line.fact.tier == kConsumers) continue;
        ++attempts;
        units += line.fact.ordered;
    }
    EXPECT_NEAR(lines / orders, 4.5, 0.3);
    EXPECT_NEAR(units / attempts, 6, 0.4);
}

}  // namespace
}  // namespace entrepot::tests
