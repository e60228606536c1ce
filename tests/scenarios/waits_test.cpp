#include <gmock/gmock.h>

#include "textbook.hpp"

/// Orders with given lines, waits of lines, and what a short or a lost unit costs by tier.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Waits = tests::FactRecord<LineFirstPass, LineWaits, LineWaited, LineCancelled, OrderPlaced, OrderClosed,
                                StockCost, StockAtMoment>;

Waits facts_of(const std::string& text) {
    const Network network = textbook(text);
    Waits record;
    simulate(network, 5, 0, record.log, {}, {.order_by_order = true, .days_between_checks = 1});
    return record;
}

/// An order every other day from day 2 on; deliveries take three days; one unit on the shelf.
std::string slow(const std::string& tier, const std::string& more = "") {
    return "[calendar]\nwarmup = \"0 d\"\nmeasure = \"9 d\"\n"
           "[supplier_segment.supplier]\nlead_time_distribution = { distribution = \"constant\", mean = \"3 d\" }\n"
           "[stream.a]\nsite = \"W\"\ntier = \"customers\"\ninterarrival_time = { distribution = \"constant\", mean = "
           "\"2 d\" }\n"
           "[stock.W]\nreorder_point = 0\norder_up_to = 1\ninitial = 1\n"
           "[tier.customers]\n" +
           tier + more;
}

std::vector<double> costs(const Waits& record) {
    std::vector<double> all;
    for (const auto& entry : record.all<StockCost>()) all.push_back(entry.fact.amount);
    return all;
}

// Orders on days 2, 4, 6, 8. The first takes the unit. What it had ordered comes on day 5 for the second order, what
// that one had ordered on day 7 for the third; the fourth still waits at the end.
TEST(Waits, BeginWithTheOrderAndEndWithTheLastUnit) {
    const Waits record = facts_of(slow(""));
    ASSERT_EQ(record.all<LineWaits>().size(), 3u);
    EXPECT_EQ(record.all<LineWaits>()[0].fact.placed_day, 4);
    const auto& ends = record.all<LineWaited>();
    ASSERT_EQ(ends.size(), 2u);
    EXPECT_EQ(ends[0].fact.placed_day, 4);
    EXPECT_NEAR(ends[0].fact.days, 1, 1e-6);  // and some messages' way
    EXPECT_EQ(ends[1].fact.placed_day, 6);
    EXPECT_NEAR(ends[1].fact.days, 1, 1e-6);
    EXPECT_THAT(costs(record), IsEmpty());
}

TEST(Waits, OfSeveralUnitsTheLastOneCounts) {
    // Three units an order: one is there, two are on their way from day 2 on.
    const Waits record = facts_of(slow("", "[stream.a.units]\ndistribution = \"constant\"\nunits = 3\n"));
    const auto& ends = record.all<LineWaited>();
    ASSERT_GE(ends.size(), 1u);
    EXPECT_EQ(ends[0].fact.placed_day, 2);
    EXPECT_NEAR(ends[0].fact.days, 3, 1e-6);
}

TEST(Waits, WhoLeavesHasNotWaitedToTheEnd) {
    const Waits at_once = facts_of(slow("backorder_probability = \"0 %\"\n"));
    EXPECT_THAT(at_once.all<LineWaits>(), IsEmpty());
    const Waits later = facts_of(slow("patience = { distribution = \"constant\", mean = \"0.5 d\" }\n"));
    // On day 4; the units that come on days 5 and 7 are there for the orders of days 6 and 8.
    EXPECT_EQ(later.all<LineWaits>().size(), 1u);
    EXPECT_THAT(later.all<LineWaited>(), IsEmpty());
    EXPECT_EQ(later.all<LineCancelled>().size(), 1u);
}

TEST(TierCosts, AShortUnitCostsOnceWhoeverWaitsAndHoweverLong) {
    EXPECT_THAT(costs(facts_of(slow("per_short_unit = 4\nper_lost_unit = 9\n"))), ElementsAre(4, 4, 4));
    // Two of three units at first, then all three.
    const Waits record =
        facts_of(slow("per_short_unit = 4\n", "[stream.a.units]\ndistribution = \"constant\"\nunits = 3\n"));
    EXPECT_THAT(costs(record), ElementsAre(8, 12, 12, 12));
}

TEST(TierCosts, ALostUnitCostsWhatTierAndStockSay) {
    const std::string lost = "per_lost_unit = 2.5\nper_short_unit = 100\nbackorder_probability = \"0 %\"\n";
    EXPECT_THAT(costs(facts_of(slow(lost))), ElementsAre(2.5, 2.5));
    EXPECT_THAT(costs(facts_of(slow(lost,
                                    "[stock.V]\nsite = \"W\"\nitem = \"A0001\"\nreorder_point = 0\n"
                                    "order_up_to = 1\ninitial = 1\nper_lost_unit = 1\n"))),
                ElementsAre(3.5, 3.5));
    // Who waits and then leaves costs both.
    EXPECT_THAT(costs(facts_of(slow("per_lost_unit = 2.5\nper_short_unit = 100\n"
                                    "patience = { distribution = \"constant\", mean = \"0.5 d\" }\n"))),
                ElementsAre(100, 2.5));
}

TEST(Moments, SayWhatIsLow) {
    // On day 4.5 a unit is waited for: the level is -1.
    for (const auto& [low, is] : {std::pair{-2, 0}, {-1, 1}, {0, 1}}) {
        const Waits record = facts_of(slow("", "[moment.m]\nat = \"4.5 d\"\nlow = " + std::to_string(low) + "\n"));
        ASSERT_EQ(record.all<StockAtMoment>().size(), 1u);
        EXPECT_EQ(record.all<StockAtMoment>()[0].fact.low, is) << low;
    }
}

// Baskets.

std::string baskets(const std::string& list, const std::string& stream = "") {
    return "[calendar]\nwarmup = \"0 d\"\nmeasure = \"500 d\"\n[items]\ncount = 3\n"
           "[stream.a]\nsite = \"W\"\ntier = \"customers\"\ninterarrival_time = { distribution = \"constant\", mean = "
           "\"6 h\" }\n" +
           stream + list + "[stock.W]\ninitial = 1000000\n";
}

TEST(Baskets, AreOrderedAsTheyAre) {
    const Waits record =
        facts_of(baskets("[stream.a.basket.two]\nprobability = \"25 %\"\nitems = [\"A0003\", \"A0001\"]\n"
                         "units = [7, 2]\n"
                         "[stream.a.basket.one]\nprobability = \"75 %\"\nitems = [\"A0002\"]\n"));
    int twos = 0, ones = 0;
    const auto& lines = record.all<LineFirstPass>();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].fact.item == 1) {
            EXPECT_EQ(lines[i].fact.ordered, 1);
            EXPECT_TRUE(lines[i].fact.order_ends);
            ++ones;
            continue;
        }
        ASSERT_LT(i + 1, lines.size());
        EXPECT_EQ(lines[i].fact.item, 2u);
        EXPECT_EQ(lines[i].fact.ordered, 7);
        EXPECT_FALSE(lines[i].fact.order_ends);
        EXPECT_EQ(lines[++i].fact.item, 0u);
        EXPECT_EQ(lines[i].fact.ordered, 2);
        EXPECT_TRUE(lines[i].fact.order_ends);
        ++twos;
    }
    EXPECT_EQ(ones + twos, static_cast<int>(record.all<OrderPlaced>().size()));
    EXPECT_NEAR(twos, 500, 5 * std::sqrt(2000 * 0.25 * 0.75));  // one seed in a million
}

TEST(Baskets, RefuseWhatContradictsThem) {
    const Scratch scratch;
    const std::string base = shipped("validation/base/textbook.toml").generic_string();
    const auto problems = [&](const std::string& list, const std::string& stream = "") {
        std::string all;
        const auto file = scratch.write("s.toml", "base = \"" + base + "\"\n" + baskets(list, stream));
        for (const Problem& problem : load(file).problems) all += to_string(problem) + "\n";
        return all;
    };
    const std::string two = "[stream.a.basket.two]\nitems = [\"A0003\", \"A0001\"]\n";
    EXPECT_EQ(problems(two), "");
    EXPECT_THAT(problems(two + "units = [1]\n"),
                HasSubstr("stream.a.basket.two.units: got a list of 1, want a list of 2"));
    EXPECT_THAT(problems(two + "probability = \"40 %\"\n"),
                HasSubstr("stream.a.basket: got probabilities that sum to 0.4, want a sum of 1"));
    EXPECT_THAT(problems("[stream.a.basket.two]\nitems = [\"A0004\"]\n"),
                HasSubstr("stream.a.basket.two.items: got \"A0004\", want the name of an item"));
    for (const char* said : {"item = \"A0001\"", "each_item = true", "lines = \"2 lines/order\"",
                             "units = { distribution = \"poisson\", mean = 2 }"}) {
        EXPECT_THAT(problems(two, std::string(said) + "\n"), HasSubstr("got lines said in two ways")) << said;
    }
}

}  // namespace
}  // namespace entrepot::scenarios::testing
