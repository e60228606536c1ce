#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "scratch.hpp"

/// When things happen in the network that a scenario builds, and what its records are worth.
namespace entrepot::scenarios::testing {
namespace {

using models::ItemId;
using models::Network;

constexpr std::size_t kWarmup = 90;  // of the shipped scenarios

Network network(const std::string& file, const std::vector<std::string>& overrides = {}) {
    const Result result = load(shipped(file), overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? build(*result.loaded, "S0") : Network{};
}

const models::DemandStream& stream(const Network& network, const std::string& name) {
    for (const auto& stream : network.streams) {
        if (stream.name == name) return stream;
    }
    throw std::runtime_error("no stream " + name);
}

// Demand's changes.

/// Over ten days, to 2.4 times the seasonal items' demand.
TEST(Spike, RampsUpDayByDay) {
    const Network net = network("seasonal_spike.toml");
    const auto &base = stream(net, "SE.b2b.base"), &spike = stream(net, "SE.b2b.spike");
    double seasonal = 0;
    for (std::uint32_t i = 0; i < net.items.size(); ++i) {
        if (net.items[ItemId{i}].seasonal) seasonal += base.item_mix[0].probability(i);
    }
    int days = 0;
    for (std::size_t since = 0; since <= 10; ++since) {
        const std::size_t day = kWarmup + 40 + since;
        if (base.orders_by_day[day] == 0) continue;
        const double height = static_cast<double>(since) / 10;
        EXPECT_NEAR(spike.orders_by_day[day] / base.orders_by_day[day], 1.4 * seasonal * height, 1e-9) << since;
        ++days;
    }
    EXPECT_GE(days, 7);
}

/// A week's units stay as many, and so many of them go online: half of them in the middle of a drift.
TEST(ChannelShift, MovesUnitsAndMakesNone) {
    const Network before = network("tiny.toml");
    const Network after =
        network("tiny.toml", {R"(channel_shift.drift.day="2 d")", R"(channel_shift.drift.duration="10 d")",
                              R"(channel_shift.drift.points="8 %")"});
    const auto units = [](const Network& net, const std::string& name, std::size_t day) {
        const auto& base = stream(net, name);
        return base.orders_by_day[14 + day] * base.lines_mean * base.units_mean;
    };
    // A working day of b2b has a fifth of a week's units, any day of e-commerce a seventh.
    const auto week = [&](const Network& net, std::size_t day) {
        return std::array{5 * units(net, "North.b2b.base", day), 7 * units(net, "North.ecommerce.base", day)};
    };
    const auto moved = [&](std::size_t day) {
        const auto [trade, web] = week(after, day);
        const auto [trade_before, web_before] = week(before, day);
        EXPECT_NEAR(trade + web, trade_before + web_before, 1e-9 * trade) << day;
        return (web - web_before) / (trade + web);
    };
    EXPECT_NEAR(moved(1), 0, 1e-12);
    EXPECT_NEAR(moved(7), 0.04, 1e-9);
    EXPECT_NEAR(moved(14), 0.08, 1e-9);
}

TEST(ChannelShift, IsRefusedWhereNobodyIsLeftToMove) {
    const std::vector<std::string> told = Scratch().over_tiny("[channel_shift.all]\npoints = \"-50 %\"\n");
    ASSERT_EQ(told.size(), 1u);
    EXPECT_NE(told[0].find("channel_shift.all.points: got"), std::string::npos) << told[0];
}

/// 0.6 times what its items are ordered anyway, on 14 days.
TEST(Promotion, LiftsItsDaysAlone) {
    const Network net = network("seasonal_spike.toml");
    const auto &base = stream(net, "SE.ecommerce.base"), &promotion = stream(net, "SE.ecommerce.promotion.late");
    double promoted = 0;
    for (std::uint32_t i = 0; i < net.items.size(); ++i) {
        if (promotion.item_mix[0].probability(i) > 0) promoted += base.item_mix[0].probability(i);
    }
    for (std::size_t day = 0; day < base.orders_by_day.size(); ++day) {
        const bool on = day >= kWarmup + 75 && day < kWarmup + 89;
        EXPECT_NEAR(promotion.orders_by_day[day], on ? 0.6 * promoted * base.orders_by_day[day] : 0, 1e-9) << day;
    }
}

TEST(Burst, ComesOnItsDayOfTheMeasuredWindow) {
    const Network net = network("seasonal_spike.toml");
    const auto& burst = stream(net, "SE.b2b.burst.t1");
    for (std::size_t day = 0; day < burst.orders_by_day.size(); ++day) {
        EXPECT_NEAR(burst.orders_by_day[day], day == kWarmup + 52 ? 30 : 0, 1e-9) << day;
    }
}

TEST(Disturbances, CountFromTheMeasuredWindow) {
    const Network net = network("seasonal_spike.toml");
    ASSERT_EQ(net.disturbances.size(), 10u);
    const std::array<std::pair<int, int>, 3> spans = {{{46, 25}, {50, 8}, {53, 3}}};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(net.disturbances[i].first_day, static_cast<int>(kWarmup) + spans[i].first);
        EXPECT_EQ(net.disturbances[i].days, spans[i].second);
    }
}

TEST(Phases, CountFromTheMeasuredWindow) {
    const Network net = network("seasonal_spike.toml");
    ASSERT_EQ(net.phases.size(), 3u);
    const std::array<int, 4> edges = {0, 40, 95, 180};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(net.phases[i].first_day, static_cast<int>(kWarmup) + edges[i]);
        EXPECT_EQ(net.phases[i].end_day, static_cast<int>(kWarmup) + edges[i + 1]);
    }
}

// Suppliers.

/// Lead time on record over the true one, of each supplier.
std::vector<double> on_record(const std::vector<std::string>& overrides) {
    std::vector<double> ratios;
    for (const models::Supplier& supplier : network("six_warehouses.toml", overrides).suppliers) {
        ratios.push_back(static_cast<double>(supplier.lead_time_on_record.count()) /
                         static_cast<double>(supplier.lead_time_mean.count()));
    }
    return ratios;
}

TEST(Suppliers, RecordTheirLeadTimesWithErrors) {
    for (const double ratio : on_record({"suppliers.record_sigma=0", "suppliers.record_biased_share=0"})) {
        EXPECT_EQ(ratio, 1);
    }
    for (const double ratio : on_record({"suppliers.record_biased_share=1", "suppliers.record_bias=-0.3"})) {
        EXPECT_NEAR(ratio, 0.7, 1e-9);
    }
    double squares = 0;  // of logarithms: the sum of 24 with a mean of 0.04 each, and a standard deviation of 29 %
    for (const double ratio : on_record({"suppliers.record_sigma=0.2", "suppliers.record_biased_share=0"})) {
        squares += std::pow(std::log(ratio), 2) / 24;
    }
    EXPECT_NEAR(squares, 0.04, 0.035);
}

TEST(Suppliers, ConfirmInTheirShares) {
    const std::array<std::pair<sim::Duration, const char*>, 3> ways = {{{sim::minutes{5}, "suppliers.confirm_api=1"},
                                                                        {sim::hours{4}, "suppliers.confirm_edi=1"},
                                                                        {sim::hours{20}, "suppliers.confirm_email=1"}}};
    for (const auto& [lag, all_of_it] : ways) {
        std::vector<std::string> overrides = {"suppliers.confirm_api=0", "suppliers.confirm_edi=0",
                                              "suppliers.confirm_email=0"};
        overrides.emplace_back(all_of_it);
        for (const models::Supplier& supplier : network("six_warehouses.toml", overrides).suppliers) {
            EXPECT_EQ(supplier.order_lag, lag);
        }
    }
    std::set<sim::Duration> seen;
    for (const models::Supplier& supplier : network("six_warehouses.toml").suppliers) seen.insert(supplier.order_lag);
    EXPECT_EQ(seen.size(), 3u);
}

/// Their buyers' work is spread over the week.
TEST(Suppliers, AreReviewedOnAllBusinessDays) {
    std::array<int, 5> count{};
    for (const models::Supplier& supplier : network("six_warehouses.toml").suppliers) {
        ++count.at(static_cast<std::size_t>(supplier.review_weekday));
    }
    const auto [least, most] = std::ranges::minmax(count);
    EXPECT_LE(most - least, 1);
}

}  // namespace
}  // namespace entrepot::scenarios::testing
