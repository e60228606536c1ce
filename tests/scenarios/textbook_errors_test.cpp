#include <gmock/gmock.h>

#include "scratch.hpp"

/// What is wrong with streams, inventory policies and expectations.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// A textbook system without an inventory policy, and what is wrong with it once the text is added: the text starts on
/// line 6.
std::vector<std::string> with_stream(const std::string& text) {
    const Scratch scratch;
    return scratch.problems(
        scratch.write("bad.toml", "base = \"" + shipped("validation/base/textbook.toml").generic_string() +
                                      "\"\n[stream.a]\nsite = \"W\"\ntier = \"customers\"\n"
                                      "interarrival_time = { distribution = \"exponential\", mean = \"1 d\" }\n" +
                                      text));
}
constexpr const char* kRule = "[stock.W]\nreorder_point = 3\norder_up_to = 4\n";

TEST(ScenarioErrors, KeysWhoseDefaultIsNothingThatTheyMayBe) {
    EXPECT_THAT(
        with_stream(std::string("[stream.a.bursty]\nlow = 1\nhigh = 3\n") + kRule),
        ElementsAre(AllOf(StartsWith("bad.toml:6:1: stream.a.bursty.mean_low: got nothing, want a duration > 0"),
                          HasSubstr(": mean time in the quiet state, exponential")),
                    StartsWith("bad.toml:6:1: stream.a.bursty.mean_high: got nothing, want a duration > 0")));
    // What is rounded to nothing is too little as well.
    EXPECT_THAT(with_stream(std::string("bursty = { mean_low = \"1 d\", mean_high = \"0.0000001 s\" }\n") + kRule),
                ElementsAre(HasSubstr("stream.a.bursty.mean_high: got \"0.0000001 s\", want a duration > 0")));
    EXPECT_THAT(Scratch().over_tiny("[supplier_segment.new]\nnew = true\ncount = 1\n"),
                ElementsAre(HasSubstr("supplier_segment.new.lead_time: got nothing, want a duration > 0")));
}

TEST(ScenarioErrors, LimitsThatAreOnlyGuardsAreToldToWhomTheyStop) {
    EXPECT_THAT(with_stream(std::string("first = \"40000 d\"\n") + kRule),
                ElementsAre(HasSubstr("stream.a.first: got \"40000 d\", want a duration >= 0 and <= 36500 d (")));
    EXPECT_THAT(with_stream(std::string("first = \"-1 d\"\n") + kRule),
                ElementsAre(HasSubstr("stream.a.first: got \"-1 d\", want a duration >= 0 (")));
    EXPECT_THAT(Scratch().over_tiny("[calendar]\nwarmup = \"6000 w\"\n"),
                ElementsAre(HasSubstr("calendar.warmup: got \"6000 w\", want whole days >= 0 and <= 36500 d (")));
    EXPECT_THAT(Scratch().over_tiny("[items]\nunit_cost = \"2e12 USD\"\n"),
                ElementsAre(HasSubstr("items.unit_cost: got \"2e12 USD\", want an amount > 0 and <= 1000000000000 (")));
}

TEST(ScenarioErrors, KeysThatMustBeGiven) {
    EXPECT_THAT(
        with_stream(std::string(kRule) + "[stream.b]\n"),
        ElementsAre(
            "bad.toml:9:9: stream.b.tier: got nothing, want a text in quotes: name of the tier whose customers order",
            "bad.toml:9:9: stream.b.interarrival_time: got nothing, want a table with a distribution: time between two "
            "orders"));
    EXPECT_THAT(with_stream(std::string(kRule) + "[stream_defaults]\ntier = \"customers\"\n[stream.b]\n"),
                ElementsAre(HasSubstr("stream.b.interarrival_time: got nothing")));
    EXPECT_THAT(Scratch().over_tiny("[burst.b]\nat = \"North\"\n"),
                ElementsAre(HasSubstr("burst.b.tier: got nothing, want a text in quotes: whose orders")));
    EXPECT_THAT(Scratch().over_tiny("[disturbance.d]\nkind = \"absence\"\n"),
                ElementsAre("bad.toml:2:14: disturbance.d.site: got nothing, want the name of a site, one of North, "
                            "South, West"));
    EXPECT_THAT(
        with_stream(std::string(kRule) + "[verify.v]\nabsolute = 1\n"),
        ElementsAre(HasSubstr("verify.v.kpi: got nothing, want a text in quotes: which"),
                    HasSubstr("verify.v.source: got nothing, want a text in quotes: where the value"),
                    HasSubstr("verify.v.expected: got nothing, want a number, or at_least, at_most, or never = true")));
}

TEST(ScenarioErrors, StockRulesThatOrderInTwoWaysOrNever) {
    EXPECT_THAT(with_stream(std::string(kRule) + "quantity = 2\n"),
                ElementsAre("bad.toml:9:12: stock.W.quantity: got 2 beside order_up_to = 4, want one of them: an order "
                            "is of fixed size, or restores a level"));
    EXPECT_THAT(with_stream("[stock.W]\norder_up_to = 4\n"),
                ElementsAre("bad.toml:7:15: stock.W.order_up_to: got 4 without a reorder point, want a reorder_point, "
                            "at or below which an order is made: 3 for a base stock"));
    EXPECT_THAT(with_stream("[stock.W]\nquantity = 4\n"),
                ElementsAre("bad.toml:7:12: stock.W.quantity: got 4 without a reorder point, want a reorder_point, at "
                            "or below which the quantity is ordered"));
    EXPECT_THAT(with_stream("[stock.W]\nreorder_point = 4\n"),
                ElementsAre("bad.toml:6:8: stock.W.order_up_to: got nothing, want a level above the reorder point, or "
                            "a quantity"));
    EXPECT_THAT(
        with_stream("[stock.W]\norder_up_to = 4\nreview = \"1 d\"\nforecast = { moving_average = 2, cover = 2 }\n"),
        IsEmpty());
    EXPECT_THAT(with_stream("[stock.W]\ninitial = 4\n"), IsEmpty());
}

TEST(ScenarioErrors, TwoStockRulesForTheSamePlaces) {
    EXPECT_THAT(with_stream(std::string(kRule) + "[stock.again]\nreorder_point = 5\norder_up_to = 6\n"),
                ElementsAre("bad.toml:9:8: stock.again: got the same sites and items as stock.W (bad.toml:6), want one "
                            "rule for them: the first one would never be used"));
    EXPECT_THAT(with_stream(std::string(kRule) + "[stock.one]\nsite = \"W\"\nreorder_point = 5\norder_up_to = 6\n"),
                IsEmpty());
}

TEST(ScenarioErrors, StoppagesHaveTwoTimes) {
    const std::string segment = std::string(kRule) + "[supplier_segment.supplier]\n";
    EXPECT_THAT(
        with_stream(segment + "uptime = { distribution = \"exponential\", mean = \"3 d\" }\n"),
        ElementsAre("bad.toml:10:1: supplier_segment.supplier.uptime: got no downtime beside it, want downtime, too"));
    EXPECT_THAT(with_stream(segment + "downtime = { distribution = \"exponential\", mean = \"3 d\" }\n"),
                ElementsAre(HasSubstr("supplier_segment.supplier.downtime: got no uptime beside it")));
    EXPECT_THAT(with_stream(segment + "stops_work = true\n"),
                ElementsAre(HasSubstr("supplier_segment.supplier.stops_work: got no uptime beside it")));
    const std::string down = "downtime = { distribution = \"exponential\", mean = \"3 d\" }\n";
    EXPECT_THAT(with_stream(segment + down + "uptime = { distribution = \"constant\", mean = \"0 s\" }\n"),
                ElementsAre("bad.toml:11:1: supplier_segment.supplier.uptime: got less than a minute, want a minute or "
                            "more on average: else its work would hardly ever end"));
    EXPECT_THAT(with_stream(segment + down + "uptime = { distribution = \"constant\", mean = \"60 s\" }\n"), IsEmpty());
}

TEST(ScenarioErrors, ASecondSourceLooksAheadForItsLevel) {
    EXPECT_THAT(with_stream(std::string(kRule) + "[stock.W.second]\nshare = \"10 %\"\nlooks_ahead = \"1 d\"\n"),
                ElementsAre(HasSubstr("stock.W.second.looks_ahead: got \"1 d\", want nothing without order_up_to")));
}

TEST(ScenarioErrors, TolerancesOfExpectations) {
    const auto tolerance = [](const std::string& text) {
        return with_stream(std::string(kRule) + "[verify.v]\nkpi = \"unit_fill\"\nsource = \"s\"\n" + text);
    };
    EXPECT_THAT(tolerance("expected = 1\n"),
                ElementsAre("bad.toml:9:9: verify.v: got no tolerance, want either relative or absolute"));
    EXPECT_THAT(tolerance("expected = 1\nrelative = 0.1\nabsolute = 0.1\n"),
                ElementsAre("bad.toml:14:12: verify.v.absolute: got a second tolerance, beside relative, want one of "
                            "them"));
    EXPECT_THAT(tolerance("expected = 1\nabsolute = 0\n"),
                ElementsAre("bad.toml:13:12: verify.v.absolute: got 0, want a number > 0"));
    EXPECT_THAT(tolerance("expected = 0\nrelative = \"1 %\"\n"),
                ElementsAre("bad.toml:13:12: verify.v.relative: got a share of the expected value, which is 0: no "
                            "tolerance at all, want absolute"));
}

TEST(ScenarioErrors, AnExpectationIsANumberOrNever) {
    const auto expectation = [](const std::string& text) {
        return with_stream(std::string(kRule) + "[verify.v]\nkpi = \"payback\"\nsource = \"s\"\n" + text);
    };
    EXPECT_THAT(
        expectation("absolute = 1\n"),
        ElementsAre(HasSubstr("verify.v.expected: got nothing, want a number, or at_least, at_most, or never = true")));
    EXPECT_THAT(expectation("never = true\nexpected = 1\n"),
                ElementsAre("bad.toml:13:12: verify.v.expected: got a value beside never = true, want one of them"));
    EXPECT_THAT(expectation("never = true\nabsolute = 1\n"),
                ElementsAre("bad.toml:13:12: verify.v.absolute: got a tolerance beside never = true, want none"));
    EXPECT_THAT(expectation("never = true\n"), IsEmpty());
}

TEST(ScenarioErrors, NamesAreSuggestedWhereTheyAreNearAndElseListed) {
    EXPECT_THAT(with_stream("[stock.W]\nsite = \"Q\"\n"),
                ElementsAre("bad.toml:7:8: stock.W.site: got \"Q\", want the name of a site, one of W"));
    EXPECT_THAT(
        with_stream(std::string(kRule) + "[verify.v]\nkpi = \"unit_fill\"\nexpected = 1\nabsolute = 1\n"
                                         "source = \"s\"\nphase = \"p\"\n"),
        ElementsAre(HasSubstr("verify.v.phase: got \"p\", want the name of a phase, of which none is defined")));
    EXPECT_THAT(with_stream(std::string("item = \"B0001\"\n[items]\ncount = 30\n") + kRule),
                ElementsAre(HasSubstr("did you mean A0001?")));
    EXPECT_THAT(with_stream(std::string("item = \"widget\"\n[items]\ncount = 30\n") + kRule),
                ElementsAre(HasSubstr("want the name of an item, one of A0001, A0002, A0003, A0004, A0005, A0006, "
                                      "A0007, A0008, A0009, A0010, ...")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
