#include <sstream>

#include <gmock/gmock.h>

#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"
#include "textbook.hpp"

/// Sites that lend each other stock.
namespace entrepot::scenarios::testing {
namespace {

using namespace models;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// One order at W after six days; W is empty, W2 has 3, W3 has 5. Suppliers take a month.
constexpr const char* kThreeSites = R"(
[calendar]
warmup = "0 d"
measure = "10 d"
[site.W]
[site.W2]
handling = "at_once"
[site.W3]
handling = "at_once"
[supplier_segment.supplier]
lead_time = "30 d"
[stream.a]
site = "W"
tier = "customers"
interarrival_time = { distribution = "constant", mean = "6 d" }
[stock.all]
reorder_point = 0
order_up_to = 1
initial = 0
[stock.W2]
site = "W2"
reorder_point = 2
order_up_to = 3
initial = 3
[stock.W3]
site = "W3"
reorder_point = 4
order_up_to = 5
initial = 5
[pool.all]
)";

std::string three_sites(const std::string& more = "") { return kThreeSites + more; }

TEST(Pool, TheSiteWithMostLendsAndReordersNotTheBorrower) {
    const Record record = run(textbook(three_sites()));
    EXPECT_EQ(units<UnitsLent>(record, 0), 1);
    EXPECT_EQ(units<UnitsShipped>(record, 0), 1);
    EXPECT_EQ(units<StockOrdered>(record, 0), 1);  // at the start, up to its level
    EXPECT_EQ(units<StockOrdered>(record, 1), 0);
    EXPECT_EQ(units<StockOrdered>(record, 2), 1);
    ASSERT_EQ(record.all<LineFirstPass>().size(), 1u);  // the lender's customers wanted nothing
    EXPECT_EQ(record.all<LineFirstPass>()[0].fact.filled, 0);
    EXPECT_THAT(record.all<LineCancelled>(), IsEmpty());
}

TEST(Pool, ALineIsMetByWhoeverHasSome) {
    const Record record = run(textbook(three_sites(), {"stream.a.units={distribution=\"constant\", units=7}"}));
    EXPECT_EQ(units<UnitsLent>(record, 0), 7);
    EXPECT_EQ(units<StockOrdered>(record, 1), 2);
    EXPECT_EQ(units<StockOrdered>(record, 2), 5);
}

TEST(Pool, WhatNobodyLendsWaitsOrIsLost) {
    const std::vector<std::string> ten = {"stream.a.units={distribution=\"constant\", units=10}"};
    const Record waits = run(textbook(three_sites(), ten));
    EXPECT_EQ(units<UnitsLent>(waits, 0), 8);
    EXPECT_THAT(waits.all<LineCancelled>(), IsEmpty());
    EXPECT_EQ(units<StockOrdered>(waits, 0), 1 + 2);
    EXPECT_EQ(waits.all<StockRuleClose>().back().fact.waiting + waits.all<StockRuleClose>()[21].fact.waiting, 2);
    const Record lost = run(textbook(three_sites("[tier.customers]\nbackorder_probability = 0\n"), ten));
    EXPECT_EQ(units<UnitsLent>(lost, 0), 8);
    ASSERT_EQ(lost.all<LineCancelled>().size(), 1u);
    EXPECT_EQ(lost.all<LineCancelled>()[0].fact.units, 2);
    EXPECT_EQ(units<StockOrdered>(lost, 0), 1);
}

TEST(Pool, ALenderKeepsWhatItShall) {
    const Record record =
        run(textbook(three_sites(), {"pool.all.keeps=3", "stream.a.units={distribution=\"constant\", units=4}"}));
    EXPECT_EQ(units<UnitsLent>(record, 0), 2);
}

TEST(Pool, ATransitTakesItsTimeAndItsCost) {
    const Record record = run(textbook(
        three_sites(), {"pool.all.transit={distribution=\"constant\", mean=\"30 h\"}", "pool.all.per_unit=7"}));
    ASSERT_EQ(record.all<UnitsShipped>().size(), 1u);
    EXPECT_EQ(record.all<UnitsShipped>()[0].at, sim::kStart + sim::days{6} + sim::hours{30});
    ASSERT_EQ(record.all<StockCost>().size(), 1u);
    EXPECT_EQ(record.all<StockCost>()[0].fact.amount, 7);
}

TEST(Pool, CustomersOfASiteThatIsNotInItAreNotHelped) {
    const Record record = run(textbook(three_sites(), {"pool.all.sites=[\"W2\", \"W3\"]"}));
    EXPECT_THAT(record.all<UnitsLent>(), IsEmpty());
}

/// Sites with random demand, short every now and then, whose lenders have people who pick.
std::string busy(bool people) {
    std::string text = R"(
[calendar]
warmup = "0 d"
measure = "60 d"
[items]
count = 3
[strategy.rule.integration]
pump = "1 min"
[supplier_segment.supplier]
lead_time_distribution = { distribution = "exponential", mean = "1 d" }
[site.W]
[site.W2]
handling = "at_once"
[site.W3]
handling = "at_once"
[pool.all]
transit = { distribution = "uniform", from = "0 d", to = "4 h" }
[stock.all]
reorder_point = 3
order_up_to = 4
initial = 4
)";
    if (people) {
        text +=
            "[site_defaults]\npickers = 2\nreceivers = 1\npick_rate = \"40 lines/h\"\nreceive_rate = \"30 lines/h\"\n"
            "ships_at_once = true\nmiscount = \"5 %\"\n";
        for (std::size_t at = text.find("\"at_once\""); at != std::string::npos; at = text.find("\"at_once\"")) {
            text.replace(at, 9, "\"people\"");
        }
        text.replace(text.find("[site.W]\n"), 9, "[site.W]\nhandling = \"people\"\n");
    }
    for (const char* site : {"W", "W2", "W3"}) {
        text += std::string("[stream.") + site + "]\nsite = \"" + site +
                "\"\ntier = \"customers\"\ninterarrival_time = { distribution = \"exponential\", mean = \"2 h\" }\n"
                "units = { distribution = \"geometric\", mean = 1.5 }\n";
    }
    return text;
}

TEST(Pool, EveryRunnerGivesTheSameTrajectory) {
    for (const bool people : {false, true}) {
        const Network network = textbook(busy(people));
        std::uint64_t expected = 0, digest = 0;
        const Record record = run(network, {}, &expected);
        EXPECT_GT(record.all<UnitsLent>().size(), 50u);
        for (const std::size_t threads : {1, 2, 4}) {
            run(network, {.windows = true, .threads = threads}, &digest);
            EXPECT_EQ(digest, expected) << threads;
        }
    }
}

/// With W's demand forecast, too: all state that these features have must be in a snapshot.
TEST(Pool, ASnapshotHoldsItsRequests) {
    const Network network =
        textbook(busy(true) +
                 "[stock.W]\nsite = \"W\"\nreview = \"1 d\"\norder_up_to = 20\n"
                 "forecast = { moving_average = 3, cover = 2 }\n[moment.m]\nat = \"30 d\"\nsince = \"3 d\"\n"
                 "[stream.swell]\nsite = \"W\"\ntier = \"customers\"\n"
                 "interarrival_time = { distribution = \"constant\", mean = \"1 d\" }\n"
                 "units = { distribution = \"poisson\", mean = 4 }\ncorrelation = 0.7\n");
    Record record;
    World world = start_world(network, 7, 0, record.log);
    run_sequential(world, sim::kStart + sim::days{20} + sim::hours{7});
    std::stringstream file;
    save(world, "test", file);
    World read = start_world(network, 7, 0, record.log);
    load(read, "test", file);
    EXPECT_EQ(sim::hash_of(read), sim::hash_of(world));
    run_sequential(world, sim::kStart + sim::days{40});
    run_sequential(read, sim::kStart + sim::days{40});
    EXPECT_EQ(sim::hash_of(read), sim::hash_of(world));
}

TEST(Pool, MistakesAreTold) {
    const std::string base =
        "base = \"" + shipped("validation/base/textbook.toml").generic_string() +
        "\"\n[site.W]\n[site.W2]\nhandling = \"at_once\"\n[stream.a]\nsite = \"W\"\n"
        "tier = \"customers\"\ninterarrival_time = { distribution = \"constant\", mean = \"1 d\" }\n"
        "[stock.W]\nsite = \"W\"\nreorder_point = 0\norder_up_to = 1\n";  // 12 lines
    const Scratch scratch;
    const auto problems = [&](const std::string& text) {
        return scratch.problems(scratch.write("bad.toml", base + text));
    };
    EXPECT_THAT(problems("[pool.p]\nsites = [\"W\", \"W3\"]\n"),
                ElementsAre("bad.toml:14:9: pool.p.sites: got \"W3\", want the name of a site, one of W, W2 (did you "
                            "mean W?)"));
    EXPECT_THAT(problems("[pool.p]\nsites = [\"W\", \"W2\"]\n"),
                ElementsAre("bad.toml:14:9: pool.p.sites: got \"W2\" without an inventory policy, want sites with a "
                            "[stock.NAME]"));
    EXPECT_THAT(problems("[stock.W2]\nsite = \"W2\"\n[pool.q]\nsites = [\"W\", \"W2\", \"W\"]\n"),
                ElementsAre(HasSubstr("bad.toml:16:9: pool.q.sites: got \"W\" again")));
    EXPECT_THAT(problems("forecast = { moving_average = 3 }\n"),
                ElementsAre("bad.toml:11:17: stock.W.reorder_point: got a reorder point beside a forecast, want one or "
                            "the other",
                            "bad.toml:13:1: stock.W.forecast: got a forecast without reviews, want a review interval: "
                            "its period"));
    EXPECT_THAT(problems("transit = { distribution = \"triangular\", from = \"1 d\", mode = \"3 d\", to = \"2 d\" }\n"),
                ElementsAre(HasSubstr("stock.W.transit.mode: got \"3 d\", want a time between from and to")));
    EXPECT_THAT(problems("[moment.m]\nat = \"2000 d\"\n"),
                ElementsAre("bad.toml:14:6: moment.m.at: got \"2000 d\", want at most the measured 1000 d"));
    EXPECT_THAT(
        problems("[verify.v]\nkpi = \"backorders_at\"\nmoment = \"m\"\nexpected = 1\nrelative = 0.1\nsource = \"s\"\n"),
        ElementsAre(HasSubstr("bad.toml:15:10: verify.v.moment: got \"m\", want the name of a moment")));
    EXPECT_THAT(problems("[stream.a]\ncorrelation = 0.5\n"), ::testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
