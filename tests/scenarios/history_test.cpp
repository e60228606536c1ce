#include <map>
#include <numeric>

#include <gmock/gmock.h>

#include "scratch.hpp"

namespace entrepot::scenarios::testing {
namespace {

using models::ItemId;
using models::Network;
using models::SiteId;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// A record of tiny.toml's three sites, so long that its horizon of 42 days fits.
std::string record(const std::string& more = "") {
    std::string text = "week_start,warehouse,item,units,price\n";
    for (const char* week : {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"}) {
        for (const char* site : {"North", "South", "West"}) {
            text += std::string(week) + "," + site + ",big,30,10\n" + week + "," + site + ",small,2,\n";
        }
    }
    return text + more;
}

constexpr const char* kHistory = "[calendar]\nstart = \"none\"\n[demand.history]\nfile = \"demand.csv\"\n";

/// tiny.toml has a spike, which a history can't have beside it; so these stand on its parts.
std::string tiny_without_spike(const Scratch& scratch) {
    std::ifstream in(shipped("tiny.toml"));
    std::string text(std::istreambuf_iterator<char>(in), {});
    text = text.substr(0, text.find("[spike]"));
    const std::string base = "base = \"strategies.toml\"";
    text.replace(text.find(base), base.size(), "base = \"" + shipped("strategies.toml").generic_string() + "\"");
    scratch.write("calm.toml", text);
    return "base = \"calm.toml\"\n";
}

Network network_of(const std::filesystem::path& file, const std::vector<std::string>& overrides = {}) {
    const Result result = load(file, overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? build(*result.loaded, "S0") : Network{};
}

std::map<int, long> units_by_week(const Network& network) {
    std::map<int, long> weeks;
    for (const auto& span : network.replay) weeks[span.first_day / 7 + 1] += span.units;
    return weeks;
}

class History : public ::testing::Test {
protected:
    std::vector<std::string> problems(const std::string& csv, const std::string& more = "") {
        scratch_.write("demand.csv", csv);
        return scratch_.problems(scratch_.write("h.toml", tiny_without_spike(scratch_) + kHistory + more));
    }
    Network network(const std::string& csv, const std::string& more = "") {
        scratch_.write("demand.csv", csv);
        return network_of(scratch_.write("h.toml", tiny_without_spike(scratch_) + kHistory + more));
    }
    Scratch scratch_;
};

TEST_F(History, ReplayHoldsTheUnitsOfTheFile) {
    const Network net = network(record());
    EXPECT_EQ(net.replay.size(), 36u);
    EXPECT_EQ(units_by_week(net)[1], 96);
    EXPECT_EQ(net.calendar.start_date, "2026-01-05");
    EXPECT_EQ(net.calendar.first_weekday, 0);
    EXPECT_EQ(net.items.size(), 2u);
    EXPECT_EQ(net.items[ItemId{0}].name, "big");  // by falling volume
    EXPECT_EQ(net.items[ItemId{0}].price[0], models::Money::of(10));
    EXPECT_EQ(net.items[ItemId{1}].price[0], models::Money::of(22));  // no price in the file
    EXPECT_NEAR(net.items[ItemId{0}].unit_cost.amount(), 7.3, 1e-6);
    EXPECT_DOUBLE_EQ(net.usual_daily_units[SiteId{0}][ItemId{0}], 30.0 / 7);
    EXPECT_TRUE(net.streams.empty());
    double shares = 0;
    for (const auto& channel : net.replay_channels) shares += channel.share_of_units;
    EXPECT_DOUBLE_EQ(shares, 1);
}

TEST_F(History, RatesHaveTheMeansOfTheFile) {
    const Network net = network(record("2026-01-12,North,big,70,10\n"), "mode = \"rates\"\n");
    EXPECT_TRUE(net.replay.empty());
    std::map<int, double> weeks;
    for (const auto& stream : net.streams) {
        for (std::size_t day = 0; day < stream.orders_by_day.size(); ++day) {
            const auto& mix = stream.item_mix[stream.mix_of_day[day]];
            const double units = stream.orders_by_day[day] * stream.lines_mean * stream.units_mean;
            weeks[static_cast<int>(day) / 7] += units * mix.probability(0);  // of big
        }
    }
    EXPECT_NEAR(weeks[0], 90, 1e-9);
    EXPECT_NEAR(weeks[1], 160, 1e-9);  // rows of one cell add up
    EXPECT_NEAR(weeks[5], 90, 1e-9);
}

TEST_F(History, DailyRecords) {
    std::string csv = "date,site,sku,quantity\n";
    for (int day = 5; day < 32; ++day) {
        csv += "2026-01-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + ",North,a,3\n";
    }
    for (int day = 1; day < 16; ++day) {
        csv += "2026-02-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + ",South,a,1\n";
    }
    const Network net = network(csv);
    ASSERT_EQ(net.replay.size(), 42u);
    EXPECT_EQ(net.replay.front().days, 1);
    EXPECT_EQ(net.replay.back().first_day, 41);
}

TEST_F(History, BadFieldsAreToldWithRowAndColumn) {
    EXPECT_THAT(
        problems(record("2026-13-01,North,big,3,1\n2026-02-09,North,big,-3,1\n2026-02-09,North,big,2.5,1\n"
                        "2026-02-09,Nroth,big,3,1\n2026-02-09,North,,3,1\n2026-02-09,North,big,3,x\n2026-02-09\n")),
        ElementsAre("demand.csv:38:1: week_start: got \"2026-13-01\", want a date (2026-01-05)",
                    "demand.csv:39:22: units: got \"-3\", want a whole number >= 0",
                    "demand.csv:40:22: units: got \"2.5\", want a whole number >= 0",
                    AllOf(StartsWith("demand.csv:41:12: warehouse: got \"Nroth\", want one of North, South, West; "
                                     "the file has North, South, West, Nroth"),
                          HasSubstr("demand.history.sites")),
                    "demand.csv:42:18: item: got \"\", want the name of an item",
                    "demand.csv:43:24: price: got \"x\", want a number >= 0",
                    "demand.csv:44:1: units: got a row of 1 fields, want a whole number >= 0",
                    StartsWith("demand.csv:44:1: warehouse: got a row of 1 fields, want one of"),
                    "demand.csv:44:1: item: got a row of 1 fields, want the name of an item"));
}

TEST_F(History, ManyProblemsOfOneFileAreCounted) {
    std::string bad;
    for (int i = 0; i < 100; ++i) bad += "2026-02-09,North,big,x,1\n";
    const auto texts = problems(record(bad));
    EXPECT_THAT(texts, SizeIs(21));
    EXPECT_THAT(texts, Contains("demand.csv: got 80 more problems of this file, want none"));
}

TEST_F(History, MissingColumnsAndFiles) {
    EXPECT_THAT(
        problems("week_start,warehouse,itm,units\n2026-01-05,North,a,1\n"),
        ElementsAre("demand.csv:1:1: item: got the columns week_start, warehouse, itm, units, want one called item "
                    "or product or sku (is it itm?)"));
    EXPECT_THAT(problems(""), ElementsAre("demand.csv: got an empty file, want a readable CSV file"));
    EXPECT_THAT(problems("week_start,warehouse,item,units\n"),
                ElementsAre("demand.csv: got a header alone, want rows of demand"));
    EXPECT_THAT(problems(record(), "price_file = \"none.csv\"\n"),
                ElementsAre("none.csv: got no such file, want a readable CSV file"));
    EXPECT_THAT(scratch_.problems(scratch_.folder() / "h.toml", {"demand.history.file=\"\""}),
                Contains(StartsWith("--set:1:21: demand.history.file: got no file")));
}

TEST_F(History, TheCalendarMustAgree) {
    EXPECT_THAT(problems(record(), "[demand.noise]\nsigma = 0\n"), SizeIs(0));
    EXPECT_THAT(
        scratch_.problems(scratch_.folder() / "h.toml", {"calendar.start=2026-01-06"}),
        ElementsAre("--set:1:16: calendar.start: got 2026-01-06, want 2026-01-05, the first date in demand.csv, or "
                    "\"none\" to take it from there"));
    EXPECT_THAT(scratch_.problems(scratch_.folder() / "h.toml", {"calendar.measure=22 d"}),
                ElementsAre(HasSubstr(
                    "calendar: got warmup, measure and cooldown of 43 d, want at most the 42 d in demand.csv")));
    EXPECT_THAT(
        problems(record("2026-02-10,North,big,3,1\n")),
        ElementsAre("demand.csv: week_start: got 2026-02-10, want weeks that start on the weekday of 2026-01-05; name "
                    "the column date where each row is a day"));
}

TEST_F(History, SitesMayHaveOtherNamesInTheFile) {
    std::string csv = record();
    for (std::size_t at = csv.find("North"); at != std::string::npos; at = csv.find("North")) csv.replace(at, 5, "17");
    EXPECT_THAT(problems(csv), ElementsAre(StartsWith("demand.csv:2:12: warehouse: got \"17\"")));
    EXPECT_EQ(network(csv, "[site.North]\nhistory_name = \"17\"\n").replay.size(), 36u);
    EXPECT_EQ(network(csv, "sites = [\"17\", \"South\", \"West\"]\n").replay.size(), 36u);
    EXPECT_THAT(problems(csv, "sites = [\"17\"]\n"),
                Contains(HasSubstr("got a list of 1, want a list of 3: one name for each site")));
}

TEST_F(History, NothingElseMayShapeTheDemand) {
    EXPECT_THAT(problems(record(), "[spike]\n"), ElementsAre(HasSubstr("spike: got a table beside demand.history")));
}

TEST_F(History, QuotesByteOrderMarksAndCarriageReturns) {
    std::string csv = "\xEF\xBB\xBFweek_start,warehouse,item,units\r\n";
    for (const char* week : {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"}) {
        csv += std::string(week) + ",\"North\",\"a \"\"5, 6\"\"\", 4 \r\n\r\n";
    }
    const Network net = network(csv);
    EXPECT_EQ(net.items[ItemId{0}].name, "a \"5, 6\"");
    EXPECT_EQ(units_by_week(net)[6], 4);
}

TEST_F(History, TheDigestOfTheFileIsPartOfTheText) {
    scratch_.write("demand.csv", record());
    const auto file = scratch_.write("h.toml", tiny_without_spike(scratch_) + kHistory);
    const std::string before = load(file).loaded->text;
    scratch_.write("demand.csv", record("2026-02-09,North,big,1,10\n"));
    EXPECT_NE(before, load(file).loaded->text);
}

TEST(RealHistory, SixWarehousesOfVn1AreReplayedUnitByUnit) {
    const auto folder = std::filesystem::path(ENTREPOT_SOURCE_DIR) / ".." / "shared" / "data" / "vn1_six_warehouses";
    const auto demand = folder / "client27_seasonal_spike_weekly_demand.csv";
    if (!std::filesystem::exists(demand)) GTEST_SKIP() << "no VN1 data in " << folder << ": nothing was tested";
    const Network net =
        network_of(shipped("history_replay.toml"),
                   {"demand.history.file=" + demand.string(),
                    "demand.history.price_file=" + (folder / "client27_seasonal_spike_weekly_price.csv").string(),
                    "demand.history.sites=[\"64\", \"81\", \"97\", \"176\", \"223\", \"297\"]"});
    std::map<int, long> weeks = units_by_week(net);
    EXPECT_EQ(weeks.size(), 26u);
    EXPECT_EQ(weeks[1], 799);
    EXPECT_EQ(weeks[10], 6793);
    EXPECT_EQ(net.items.size(), 59u);
    EXPECT_EQ(net.calendar.start_date, "2023-10-09");
}

TEST(ItemList, GivesAttributesAndReportsRowAndColumn) {
    const Scratch scratch;
    scratch.write("items.csv",
                  "item,class,cost,popularity,pack,supplier,seasonal\nbolt,A,2.5,9,6,far#1,1\nnut,C,1,1,,,0\n");
    const std::string base = "base = \"" + shipped("tiny.toml").generic_string() + "\"\n";
    const Network net = network_of(scratch.write("s.toml", base + "[items]\nfile = \"items.csv\"\n"));
    ASSERT_EQ(net.items.size(), 2u);
    const models::Item& bolt = net.items[ItemId{0}];
    EXPECT_EQ(bolt.unit_cost, models::Money::of(2.5));
    EXPECT_EQ(bolt.pack, 6);
    EXPECT_EQ(net.suppliers[bolt.supplier].name, "far#1");
    EXPECT_TRUE(bolt.seasonal);
    EXPECT_NEAR(net.streams[models::StreamId{0}].item_mix[0].probability(0), 0.9, 1e-12);

    scratch.write("items.csv", "item,class,cost\nbolt,Z,2.5\nbolt,A,free\n");
    EXPECT_THAT(scratch.problems(scratch.folder() / "s.toml"),
                ElementsAre("items.csv:2:6: class: got \"Z\", want the name of a class",
                            "items.csv:3:1: item: got \"bolt\", want a name that no other item has",
                            "items.csv:3:8: cost: got \"free\", want a number >= 0"));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
