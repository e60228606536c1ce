#include <map>

#include <gmock/gmock.h>

#include "history_fixture.hpp"

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
        ElementsAre(
            "demand.csv:38:1: week_start: got \"2026-13-01\", want a date (2026-01-05)",
            "demand.csv:39:22: units: got \"-3\", want a whole number >= 0: returns are no demand, leave such rows out",
            "demand.csv:40:22: units: got \"2.5\", want a whole number >= 0",
            AllOf(StartsWith("demand.csv:41:12: warehouse: got \"Nroth\", want one of North, South, West; the file has "
                             "North, South, West, Nroth"),
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
        ElementsAre("demand.csv:1:1: item: got the columns week_start, warehouse, itm, units, want one called item or "
                    "product or sku (is it itm?)"));
    EXPECT_THAT(problems(""), ElementsAre("demand.csv: got an empty file, want a readable CSV file"));
    EXPECT_THAT(problems("week_start,warehouse,item,units\n"),
                ElementsAre("demand.csv: got a header alone, want rows of demand"));
    EXPECT_THAT(problems("week_start,warehouse,item,units\n2026-01-05,North,a,1\n", "price_file = \"none.csv\"\n"),
                ElementsAre("none.csv: got no such file, want a readable CSV file"));
    EXPECT_THAT(scratch_.problems(scratch_.folder() / "h.toml", {"demand.history.file=\"\""}),
                Contains(StartsWith("--set:1:21: demand.history.file: got no file")));
}

TEST_F(History, WhatWasReadIsTold) {
    const auto notes = [&](const std::string& csv, const std::string& more = "", const std::string& calendar = "") {
        scratch_.write("demand.csv", csv);
        const Result result = load(scratch_.write("h.toml", tiny_without_spike(scratch_) + history(calendar) + more));
        for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
        std::vector<std::string> texts;
        if (result) texts = result.loaded->notes;
        for (std::string& text : texts) text = without(text, scratch_.folder().generic_string() + "/");
        return texts;
    };
    EXPECT_THAT(
        notes(record()),
        ElementsAre("demand.csv: 36 rows from 2026-01-05 to 2026-02-15, 6 weeks; 3 warehouses of 2 items; 576 units "
                    "for 5,400 USD",
                    "each row stands for a week, and its units are spread over the days",
                    "1 item without a price, sold at demand.history.default_price",
                    "36 units without a price of their own, sold at their item's mean, or the default price",
                    "what is known on day 0 (usual demand, classes, seasons, opening stock) comes from 2026-01-05 to "
                    "2026-01-18, the warm-up",
                    "30 % of the units are e-commerce, each channel's on the days on which it orders"));
    const std::string gap = without(without(record(), "2026-01-19,West,big,30,10\n"), "2026-01-19,West,small,2,\n");
    EXPECT_THAT(notes(gap), Contains("no rows of the warehouse West in 1 of 6 weeks, where nothing is ordered then: "
                                     "2026-01-19"));
    std::string hole;
    for (std::size_t at = 0; at < record().size();) {
        const std::size_t end = record().find('\n', at) + 1;
        const std::string line = record().substr(at, end - at);
        if (!line.starts_with("2026-01-19") && !line.starts_with("2026-01-26")) hole += line;
        at = end;
    }
    EXPECT_THAT(notes(hole), Contains("no rows at all in 2 of 6 weeks, where nothing is ordered then: 2026-01-19 to "
                                      "2026-01-26"));
    // Of an item that others sell beside: how many items, and of the first one where and when.
    EXPECT_THAT(notes(without(without(record(), "2026-01-19,West,big,30,10\n"), "2026-01-26,South,small,2,\n")),
                Contains("no rows of 2 of 2 items at a warehouse that has others then: first big at West in 1 of 6 "
                         "weeks, where nothing is ordered then: 2026-01-19"));
    EXPECT_THAT(notes(record()), ::testing::Not(Contains(HasSubstr("that has others then"))));
    EXPECT_THAT(notes(dated("week", {"2026-01-05", "2026-02-09"})),
                Contains("no rows of the warehouse West: nothing is ordered there"));
    EXPECT_THAT(notes(record("2026-02-09,North,big,3,0\n")),
                AllOf(Contains(HasSubstr("1 row with a price of 0: ")),
                      Contains("1 row of a week, warehouse and item that an earlier row has: they add up")));
    EXPECT_THAT(notes(record(), "", "warmup = \"0 d\"\n"),
                Contains(HasSubstr("2026-01-05 to 2026-02-01, part of which is measured")));
}

/// The sums of a file at its prices.
TEST_F(History, AnItemsPriceIsTheFilesMoneyOverItsUnits) {
    std::string csv = "week_start,warehouse,item,units,price\n";
    for (const char* week : {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02"}) {
        csv += std::string(week) + ",North,big,100,10\n" + week + ",South,big,100,30\n";
    }
    const Network net = network(csv + "2026-02-09,North,big,1000,200\n2026-02-09,South,big,0,9999\n");
    // 5 * (1000 + 3000) + 200000 for 2000 units; before the measured window, a unit cost 20.
    EXPECT_NEAR(net.items[ItemId{0}].price[0].amount(), 110, 1e-6);
    EXPECT_NEAR(net.items[ItemId{0}].price[1].amount(), 110, 1e-6);
    EXPECT_NEAR(net.items[ItemId{0}].unit_cost.amount(), 20 * 0.73, 1e-6);
    const Network free = network(csv + "2026-02-09,North,gift,10,0\n");
    EXPECT_EQ(free.items[ItemId{1}].price[0], models::Money{});  // not the default price
}

TEST_F(History, PricesOfAFileOfTheirOwnHoldForTheirWarehouseUntilTheNext) {
    std::string csv = "week_start,warehouse,item,units\n";
    for (const char* week : {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"}) {
        csv += std::string(week) + ",North,big,10\n" + week + ",South,big,30\n";
    }
    const auto price_with = [&](const std::string& prices) {
        scratch_.write("prices.csv", prices);
        return network(csv, "price_file = \"prices.csv\"\n").items[ItemId{0}].price[0].amount();
    };
    EXPECT_NEAR(price_with("item,price\nbig,7\n"), 7, 1e-9);
    EXPECT_NEAR(price_with("warehouse,item,price\nNorth,big,8\nSouth,big,4\n"), 5, 1e-9);
    // North: 10 in two weeks, 40 in four; South's units before its first price have none.
    EXPECT_NEAR(price_with("week_start,warehouse,item,price\n2026-01-05,North,big,10\n2026-01-19,North,big,40\n"
                           "2026-02-09,South,big,20\n"),
                (2 * 100 + 4 * 400 + 600) / 90.0, 1e-6);
    scratch_.write("prices.csv", "item,price\nbig,7\nbig,8\n");
    EXPECT_THAT(problems(csv, "price_file = \"prices.csv\"\n"),
                ElementsAre("prices.csv:3:5: price: got \"8\", want no other price than that of an earlier row for the "
                            "same date, warehouse and item"));
    scratch_.write("prices.csv", "item,price\nbig,7\n");
    EXPECT_THAT(problems(record(), "price_file = \"prices.csv\"\n"),
                ElementsAre(HasSubstr("price: got prices beside demand.history.price_file")));
}

/// What is decided by: all of a network but the demand itself, and the prices that customers pay.
std::string known_part(const Network& net) {
    std::string text;
    for (const auto& item : net.items) {
        text += item.name + " " + std::to_string(item.velocity.index()) + (item.seasonal ? " seasonal" : "") +
                " order " + std::to_string(item.minimum_order) + " cost " + std::to_string(item.unit_cost.micros) +
                "\n";
    }
    for (const SiteId site : sim::ids<SiteId>(net.sites)) {
        for (const ItemId item : sim::ids<ItemId>(net.items)) {
            text += std::to_string(net.usual_daily_units[site][item]) + " of " +
                    std::to_string(net.initial.on_hand[site][item]) + "; ";
        }
    }
    for (const auto& carrier : net.carriers) {
        for (const double capacity : carrier.daily_capacity) text += " carries " + std::to_string(capacity);
    }
    for (const auto& capacity : net.supplier_capacity) text += " makes " + std::to_string(capacity.micros);
    return text;
}

TEST_F(History, NothingThatIsMeasuredIsKnownOnDayZero) {
    const std::string before = known_part(network(record()));
    std::string later;  // a spike that turns the order of the items around, at other prices
    for (const char* week : {"2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"}) {
        later += std::string(week) + ",North,small,9000,\n" + week + ",West,big,1,3\n";
    }
    EXPECT_EQ(known_part(network(record(later))), before);
    EXPECT_EQ(known_part(network(record(later), "mode = \"rates\"\n")), before);
    EXPECT_NE(known_part(network(record("2026-01-12,North,small,9000,17\n"))), before);  // in the warm-up
}

TEST_F(History, RowsBeforeTheRunAreItsPast) {
    std::string past = "week_start,warehouse,item,units,price\n";
    for (int day = 6; day < 31; ++day) {  // 20 weeks before; umbrellas sell in four of them
        const int week = 20'458 - 7 * (31 - day);
        past += date_text(week) + ",North,umbrella," + (day < 10 ? "400" : "10") + ",5\n";
    }
    const std::string rows = record().substr(record().find('\n') + 1);
    const std::string from = "[calendar]\nstart = 2026-01-05\n";
    scratch_.write("demand.csv", past + rows);
    const auto file =
        scratch_.write("h.toml", tiny_without_spike(scratch_) + from + "[demand.history]\nfile = \"demand.csv\"\n");
    const Network net = network_of(file);
    EXPECT_EQ(net.calendar.start_date, "2026-01-05");
    EXPECT_EQ(units_by_week(net)[1], 96);  // the record's own week
    ASSERT_EQ(net.items[ItemId{0}].name, "umbrella");
    EXPECT_TRUE(net.items[ItemId{0}].seasonal);
    EXPECT_NEAR(net.usual_daily_units[SiteId{0}][ItemId{0}], 10.0 / 7, 1e-9);  // of the last 13 weeks
    EXPECT_EQ(net.usual_daily_units[SiteId{0}][ItemId{1}], 0);
    for (const double capacity : net.carriers[models::CarrierId{0}].daily_capacity) EXPECT_GT(capacity, 0);
}

/// A day of the calendar, what is recorded for it, and who orders then.
TEST_F(History, ADailyRecordsSharesMakeUpForTheDaysOfOneChannel) {
    std::string csv = "date,warehouse,item,units\n";
    const auto days = [&](int weekend) {
        std::string text = csv;
        for (int day = 0; day < 42; ++day) {
            text += date_text(20'458 + day) + ",North,big," + std::to_string(day % 7 < 5 ? 100 : weekend) + "\n";
        }
        return text;
    };
    const auto share = [](const Network& net) { return net.replay_channels[1].share_of_units; };
    // 30 % of 600 are 180; 100 of them at weekends, so 80 of the 500 of the other days.
    EXPECT_NEAR(share(network(days(50))), 80.0 / 500, 1e-9);
    EXPECT_NEAR(share(network(days(0))), 0.3, 1e-9);
    EXPECT_EQ(share(network(days(500))), 0);  // 2/3 at weekends alone
    const Result result = load(scratch_.folder() / "h.toml");
    EXPECT_THAT(result.loaded->notes,
                Contains("66.67 % of the units are e-commerce, not 30 %: so many are recorded on days on which only "
                         "e-commerce orders, by the weekdays of demand.b2b and demand.ecommerce"));
    const Network drawn = network(days(50), "mode = \"rates\"\n");
    std::map<models::Channel, double> units;
    for (const auto& stream : drawn.streams) {
        for (int day = 0; day < 42; ++day) {
            const double of_day =
                stream.orders_by_day[static_cast<std::size_t>(day)] * stream.lines_mean * stream.units_mean;
            units[stream.channel] += of_day;
            EXPECT_TRUE(of_day == 0 || day % 7 < 5 || stream.channel == models::Channel::ecommerce);
        }
    }
    EXPECT_NEAR(units[models::Channel::ecommerce], 6 * 180, 1e-6);
    EXPECT_NEAR(units[models::Channel::b2b], 6 * 420, 1e-6);
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
    const auto file = scratch_.write("h.toml", tiny_without_spike(scratch_) + history());
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
                    "demand.history.sites=[\"64\", \"81\", \"97\", \"176\", \"223\", \"297\"]",
                    "phase.peak.from=2023-12-11", "phase.peak.to=2023-12-18", "phase.peak.spike=true"});
    std::map<int, long> weeks = units_by_week(net);
    EXPECT_EQ(weeks.size(), 26u);
    EXPECT_EQ(weeks[1], 799);
    EXPECT_EQ(weeks[10], 6793);
    EXPECT_EQ(net.items.size(), 59u);
    EXPECT_EQ(net.calendar.start_date, "2023-10-09");
    ASSERT_EQ(net.phases.size(), 1u);
    EXPECT_EQ(net.phases[0].first_day, 9 * 7);  // the record's tenth week
    EXPECT_EQ(net.phases[0].end_day, 10 * 7);
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
