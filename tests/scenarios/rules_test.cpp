#include <algorithm>
#include <cmath>
#include <map>

#include <gmock/gmock.h>

#include "textbook.hpp"

/// What inventory policies do, each mechanism by a small scenario whose course can be told by hand.
namespace entrepot::scenarios::testing {
namespace {

using namespace models;
using ::testing::IsEmpty;

// Forecasts.

/// A customers' order a day at noon, and the store's review at midnight.
std::string reviewed(const std::string& units, const std::string& forecast) {
    return "[calendar]\nwarmup = \"0 d\"\nmeasure = \"60 d\"\n[stream.a]\nsite = \"W\"\ntier = \"customers\"\n"
           "first = \"12 h\"\ninterarrival_time = { distribution = \"constant\", mean = \"1 d\" }\nunits = " +
           units +
           "\n[stock.W]\nsite = \"W\"\nreview = \"1 d\"\norder_up_to = 40\ninitial = 40\nforecast = " + forecast + "\n";
}

/// Units by day.
template <class Fact>
std::map<int, int> by_day(const Record& record, int site, int Fact::*member) {
    std::map<int, int> days;
    for (const auto& entry : record.all<Fact>()) {
        if (entry.where == static_cast<std::uint32_t>(site)) {
            days[static_cast<int>((entry.at - sim::kStart) / sim::days{1})] += entry.fact.*member;
        }
    }
    return days;
}

TEST(Forecast, TheLevelIsTheMeanOfTheLastPeriodsTimesTheCover) {
    const Record record = run(textbook(
        reviewed("{ distribution = \"poisson\", mean = 10 }", "{ moving_average = 3, cover = 4, safety_stock = 2 }")));
    auto demand = by_day(record, 0, &LineFirstPass::ordered);
    auto orders = by_day(record, 0, &StockOrdered::units);
    int position = 40;
    for (int day = 1; day < 60; ++day) {
        position -= demand[day - 1];
        double sum = 0;
        const int periods = std::min(day, 3);
        for (int back = 1; back <= periods; ++back) sum += demand[day - back];
        const int level = static_cast<int>(std::lround(sum / periods * 4)) + 2;
        EXPECT_EQ(orders[day], std::max(0, level - position)) << day;
        position = std::max(position, level);
    }
}

TEST(Forecast, SmoothingWeighsTheNewestPeriod) {
    const Record record =
        run(textbook(reviewed("{ distribution = \"poisson\", mean = 10 }", "{ smoothing = 0.4, cover = 3 }")));
    auto demand = by_day(record, 0, &LineFirstPass::ordered);
    auto orders = by_day(record, 0, &StockOrdered::units);
    double smoothed = 0;
    int position = 40;
    for (int day = 1; day < 60; ++day) {
        position -= demand[day - 1];
        smoothed = day == 1 ? demand[0] : 0.6 * smoothed + 0.4 * demand[day - 1];
        const int level = static_cast<int>(std::lround(smoothed * 3));
        EXPECT_EQ(orders[day], std::max(0, level - position)) << day;
        position = std::max(position, level);
    }
}

TEST(Forecast, ASourceHearsWhatCustomersWant) {
    const std::string text =
        reviewed("{ distribution = \"poisson\", mean = 10 }", "{ moving_average = 2, cover = 4 }") +
        "source = \"D\"\n[site.W]\n[site.D]\nhandling = \"at_once\"\n[stock.D]\nsite = \"D\"\nreview = \"1 d\"\n"
        "first_review = \"1 h\"\norder_up_to = 40\ninitial = 40\nforecast = { moving_average = 2, cover = 3, demand = "
        "\"customers\" }\n";
    const Record record = run(textbook(text));
    auto demand = by_day(record, 0, &LineFirstPass::ordered);
    auto orders = by_day(record, 0, &StockOrdered::units);
    auto depot = by_day(record, 1, &StockOrdered::units);
    int position = 40 - orders[0];
    for (int day = 1; day < 60; ++day) {
        position -= orders[day];
        const int periods = std::min(day, 2);
        double sum = 0;
        for (int back = 1; back <= periods; ++back) sum += demand[day - back];
        const int level = static_cast<int>(std::lround(sum / periods * 3));
        EXPECT_EQ(depot[day], std::max(0, level - position)) << day;
        position = std::max(position, level);
    }
}

TEST(Streams, UnitsSwellAndEbb) {
    const Network network = textbook(
        "[calendar]\n"
        "warmup = \"0 d\"\n"
        "measure = \"2000 d\"\n"
        "[stream.a]\n"
        "site = \"W\"\n"
        "tier = \"customers\"\n"
        "interarrival_time = { distribution = \"constant\", mean = \"0.25 d\" }\n"
        "correlation = -0.6\n"
        "units = { distribution = \"normal\", mean = 10000, sd = 2000 }\n"
        "[stock.W]\n"
        "reorder_point = 1000\n"
        "order_up_to = 90000\n");
    std::vector<double> x;
    const auto record = run(network);
    for (const auto& entry : record.all<LineFirstPass>()) x.push_back(entry.fact.ordered);
    const auto n = static_cast<double>(x.size());
    double mean = 0, variance = 0, lagged = 0;
    for (const double v : x) mean += v / n;
    for (std::size_t i = 0; i < x.size(); ++i) {
        variance += (x[i] - mean) * (x[i] - mean) / n;
        if (i > 0) lagged += (x[i] - mean) * (x[i - 1] - mean) / n;
    }
    // 8000 orders: standard errors 11, 1 % and 0.009; five of them, one seed in a million.
    EXPECT_NEAR(mean, 10000, 60);
    EXPECT_NEAR(std::sqrt(variance), 2000, 110);
    EXPECT_NEAR(lagged / variance, -0.6, 0.045);
}

// Moments, starts, customers.

/// A unit each six hours, from 06:00 on.
std::string steady(const std::string& rule) {
    return "[calendar]\nwarmup = \"2 d\"\nmeasure = \"5 d\"\n"
           "[supplier_segment.supplier]\nlead_time = \"30 d\"\n[stream.a]\n"
           "site = \"W\"\ntier = \"customers\"\ninterarrival_time = { distribution = \"constant\", mean = \"6 h\" "
           "}\n[stock.W]\n" +
           rule;
}

TEST(Moments, LookAtWhatIsThere) {
    const Record record =
        run(textbook(steady("reorder_point = 2\norder_up_to = 3\ninitial = 12\n") +
                     "[moment.early]\nat = \"5 h\"\n[moment.later]\nat = \"26.5 h\"\nsince = \"6 h\"\n"));
    const auto& stock = record.all<StockAtMoment>();
    ASSERT_EQ(stock.size(), 2u);
    // Two days and five hours: eight units are gone. At 26.5 h it is twelve.
    EXPECT_EQ(stock[0].at, sim::kStart + sim::days{2} + sim::hours{5});
    EXPECT_EQ(stock[0].fact.on_hand, 4);
    EXPECT_EQ(stock[1].fact.on_hand, 0);
    EXPECT_EQ(stock[1].fact.waiting, 0);
    EXPECT_EQ(stock[1].fact.on_order, 3);
    const auto& demand = record.all<DemandAtMoment>();
    ASSERT_EQ(demand.size(), 2u);
    // What comes at the very beginning counts: a unit at 48 h; then those at 54, 60, 66 and 72 h.
    EXPECT_EQ(demand[0].fact.units, 1);
    EXPECT_EQ(demand[1].fact.units, 4);
}

TEST(Start, UnitsOnOrderComeAndCount) {
    const Record record = run(textbook(steady("reorder_point = 4\norder_up_to = 5\ninitial = 2\n") +
                                           "[stock.W.scheduled_receipt.one]\nunits = 3\nat = \"7 h\"\n"
                                           "[moment.m]\nat = \"0 h\"\n",
                                       {"calendar.warmup=0 d", "stream.a.first=12 d"}));
    EXPECT_THAT(record.all<StockOrdered>(), IsEmpty());
    ASSERT_EQ(record.all<StockAtMoment>().size(), 1u);
    EXPECT_EQ(record.all<StockAtMoment>()[0].fact.on_hand, 2);
    EXPECT_EQ(record.all<StockAtMoment>()[0].fact.on_order, 3);
    EXPECT_EQ(record.all<StockRuleClose>()[0].fact.on_hand, 5);
}

TEST(Seasons, LevelsRiseAndFall) {
    const Record record =
        run(textbook(steady("reorder_point = 4\norder_up_to = 5\ninitial = 5\n[stock.W.season.peak]\nfrom = \"-33 h\"\n"
                            "to = \"1.1 d\"\nevery = \"4 d\"\nadded = 7\n"),
                     {"supplier_segment.supplier.lead_time_distribution={distribution=\"constant\", mean=\"0 d\"}"}));
    auto orders = by_day(record, 0, &StockOrdered::units);
    EXPECT_EQ(orders[0], 2 + 7 + 1);  // each unit, at 6, 12 and 18 h, and the rise
    EXPECT_EQ(orders[1], 4);
    EXPECT_EQ(orders[3], 1);      // at midnight; from 02:24 on the surplus is sold first
    EXPECT_EQ(orders[4], 6 + 1);  // six are left when it rises again
    EXPECT_EQ(record.all<StockRuleClose>()[2].fact.on_hand, 12);
}

TEST(Customers, WaitOnlyWhereFewWait) {
    const Record record = run(textbook(steady("initial = 3\n"), {"tier.customers.backorder_limit=2"}));
    EXPECT_EQ(record.all<StockRuleClose>().back().fact.waiting, 2);
    EXPECT_EQ(units<LineCancelled>(record, 0), 7 * 4 - 1 - 3 - 2);  // the last would come just as the horizon ends
}

TEST(Customers, PatienceHasADistribution) {
    const Record record =
        run(textbook(steady("initial = 0\n"), {"tier.customers.patience={distribution=\"constant\", mean=\"13 h\"}"}));
    ASSERT_GT(record.all<LineCancelled>().size(), 5u);
    EXPECT_EQ(record.all<LineCancelled>()[0].at, sim::kStart + sim::hours{6 + 13});
    EXPECT_EQ(record.all<StockRuleClose>().back().fact.waiting, 2);
}

TEST(Supply, WhatTurnsOutBadIsNotWaitedFor) {
    const Record record = run(textbook(
        steady("reorder_point = 9\norder_up_to = 20\nreview = \"1 d\"\ninitial = 20\n"),
        {"supplier_segment.supplier.yield=50 %", "calendar.measure=300 d", "supplier_segment.supplier.lead_time=1 d"}));
    int ordered = units<StockOrdered>(record, 0);
    EXPECT_NEAR(ordered, 2 * 300 * 4, 300);
    for (const auto& day : record.all<StockRuleClose>()) EXPECT_GE(day.fact.on_order, 0);
    EXPECT_GT(units<UnitsShipped>(record, 0), 1100);
}

/// W's requests reach months ahead; W2, with a server of its own, asks on day 12, in the first stoppage.
TEST(Supply, AStoppageHoldsEveryServer) {
    const Record record = run(textbook(R"(
[calendar]
warmup = "0 d"
measure = "50 d"
[site.W]
[site.W2]
handling = "at_once"
[supplier_segment.supplier]
lead_time = "20 d"
servers = 1
servers_by_site = true
uptime = { distribution = "constant", mean = "10 d" }
downtime = { distribution = "constant", mean = "10 d" }
[stream.a]
site = "W"
tier = "customers"
interarrival_time = { distribution = "constant", mean = "1 d" }
[stream.b]
site = "W2"
tier = "customers"
interarrival_time = { distribution = "constant", mean = "12 d" }
[stock.all]
reorder_point = -1
order_up_to = 0
initial = 0
)"));
    std::vector<Time> shipped;
    for (const auto& entry : record.all<UnitsShipped>()) {
        if (entry.where == 1) shipped.push_back(entry.at);
    }
    ASSERT_EQ(shipped.size(), 1u);
    EXPECT_NEAR(sim::in<sim::days>(shipped[0] - sim::kStart), 20 + 20, 0.01);
}

/// Two customers come at the same instants, and each one's unit is ordered by itself.
std::string in_pairs(const std::string& more) {
    return R"(
[calendar]
warmup = "0 d"
measure = "40 d"
[stream.a]
site = "W"
tier = "customers"
first = "12 h"
interarrival_time = { distribution = "constant", mean = "1 d" }
[stream.b]
site = "W"
tier = "customers"
first = "12 h"
interarrival_time = { distribution = "constant", mean = "1 d" }
[stock.W]
site = "W"
reorder_point = -1
order_up_to = 0
initial = 0
)" + more;
}

void expect_times_apart(const Record& record) {
    std::map<Time, int> shipments;
    for (const auto& entry : record.all<UnitsShipped>()) ++shipments[entry.at];
    EXPECT_GT(shipments.size(), 40u);
    for (const auto& [at, count] : shipments) EXPECT_EQ(count, 1) << sim::in<sim::days>(at - sim::kStart);
}

TEST(Supply, OrdersOfOneInstantHaveTheirOwnLuck) {
    const std::string time = "{ distribution = \"exponential\", mean = \"3 d\" }";
    expect_times_apart(run(textbook(in_pairs(""), {"supplier_segment.supplier.lead_time_distribution=" + time})));
    expect_times_apart(run(textbook(in_pairs("[stock.W.second]\nshare = 1\nlead_time = " + time + "\n"))));
    const std::string depot =
        "[site.W]\n[stock.D]\nsite = \"D\"\nreorder_point = 99\norder_up_to = 100\n"
        "initial = 100\n";
    expect_times_apart(run(textbook(in_pairs("source = \"D\"\ntransit = " + time + "\n[site.D]\n" + depot))));
    const std::string picked =
        "[site.D]\nhandling = \"people\"\nships_at_once = true\npickers = 20\npick_time = " + time +
        "\npick_rate = \"1 lines/h\"\nreceive_rate = \"1 lines/h\"\n[site.D.shift.all]\nstart = \"00:00\"\n"
        "end = \"24:00\"\n";
    expect_times_apart(run(textbook(in_pairs("source = \"D\"\n" + depot + picked))));
}

TEST(SecondSource, SharesWhateverTheRuleOrders) {
    const std::string all =
        "[stock.W.second]\nshare = 1\nlead_time = { distribution = \"constant\", mean = \"1 d\" }\n";
    const std::string always = "standing_order = 4\nreview = \"1 d\"\ninitial = 4\n";
    EXPECT_EQ(units<StockOrdered>(run(textbook(steady(always + all))), 0), 7 * 4);
    const std::string forecast =
        reviewed("{ distribution = \"poisson\", mean = 5 }", "{ moving_average = 3, cover = 4 }");
    const int ordered = units<StockOrdered>(run(textbook(forecast)), 0);
    EXPECT_GT(ordered, 100);
    EXPECT_EQ(units<StockOrdered>(run(textbook(forecast + all)), 0), ordered);
    const std::string season =
        "reorder_point = 4\norder_up_to = 5\ninitial = 5\nreview = \"1 d\"\n"
        "[stock.W.season.peak]\nfrom = \"-33 h\"\nto = \"1.1 d\"\nadded = 7\n";
    EXPECT_EQ(units<StockOrdered>(run(textbook(steady(season + all))), 0),
              units<StockOrdered>(run(textbook(steady(season))), 0));
}

TEST(SecondSource, RestoresItsLevelAtTheReviewsOfARuleThatOrdersNothingElse) {
    const Record record =
        run(textbook(steady("review = \"1 d\"\ninitial = 5\n[stock.W.second]\norder_up_to = 5\n"
                            "lead_time = { distribution = \"constant\", mean = \"1 h\" }\n")));
    for (const auto& entry : record.all<StockOrdered>()) {
        EXPECT_EQ((entry.at - sim::kStart) % sim::days{1}, Duration::zero());
    }
    // Four units are gone at each midnight but the first; the last day's are not looked at.
    EXPECT_EQ(units<StockOrdered>(record, 0), 6 * 4);
}

// Distributions.

TEST(Distributions, HaveTheMeansThatTheChecksUse) {
    const auto days = [](double d) { return sim::from_real<sim::days>(d); };
    const std::vector<TimeDistribution> times = {
        ConstantTime{days(2)},
        ExponentialTime{days(2)},
        UniformTime{days(1), days(4)},
        GammaTime{days(2), 0.7},
        LognormalTime{days(2), 0.7},
        GeometricTime{days(4), days(1)},
        ErlangTime{days(2), 3},
        WeibullTime{days(2), 1.7},
        TriangularTime{days(1), days(2), days(5)},
        HyperexponentialTime{days(2), 1.8},
        ListedTime{{days(1), days(2), days(7)}, {0.2, 0.5, 0.3}},
        ListedTime{{days(1), days(2), days(7)}, {}},
    };
    const std::vector<CountDistribution> counts = {
        ConstantCount{3},
        GeometricCount{3},
        PoissonCount{4.5},
        NegativeBinomialCount{4, 9},
        NormalCount{500, 90},
        UniformCount{2, 9},
        ListedCount{{}, {0.2, 0.3, 0.5}},
        ListedCount{{0, 5, 20}, {0.5, 0.25, 0.25}},
        ListedCount{{0, 4, 5}, {}},
        BinomialCount{40, 0.3},
        GammaCount{800, 0.6},
        LognormalCount{800, 0.6},
    };
    constexpr int kPoints = 20'000;
    const auto mean = [](const auto& distribution) {
        double sum = 0, last = 0;
        for (int i = 0; i < kPoints; ++i) {
            double value = 0;
            if constexpr (std::is_same_v<std::decay_t<decltype(distribution)>, TimeDistribution>) {
                value = static_cast<double>(draw(distribution, (i + 0.5) / kPoints).count());
            } else {
                value = static_cast<double>(draw(distribution, (i + 0.5) / kPoints));
            }
            EXPECT_GE(value, last);  // grows with its uniform
            last = value;
            sum += value;
        }
        return sum / kPoints;
    };
    for (const TimeDistribution& distribution : times)
        EXPECT_NEAR(mean(distribution) / mean_of(distribution), 1, 0.002) << distribution.index();
    for (const CountDistribution& distribution : counts)
        EXPECT_NEAR(mean(distribution) / mean_of(distribution), 1, 0.002) << distribution.index();
}

}  // namespace
}  // namespace entrepot::scenarios::testing
