#include <gmock/gmock.h>

#include "scenarios/csv_text.hpp"
#include "scenarios/fields.hpp"
#include "scratch.hpp"

namespace entrepot::scenarios::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kWeeks[] = {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"};

/// A record of tiny.toml's sites as a file of some manner, and what becomes of it.
class RecordFile : public ::testing::Test {
protected:
    /// Six weeks of `units` for each of the three sites, with a price.
    static std::string text(const std::string& units, const std::string& price, char separator = ',',
                            const std::string& end = "\n") {
        const std::string s(1, separator);
        std::string csv = "week_start" + s + "warehouse" + s + "item" + s + "units" + s + "price" + end;
        for (const char* week : kWeeks) {
            for (const char* site : {"North", "South", "West"}) {
                csv += std::string(week) + s + site + s + "big" + s + units + s + price + end;
            }
        }
        return csv;
    }

    Result read(const std::string& csv, const std::string& more = "") {
        scratch_.write("demand.csv", csv);
        std::ifstream in(shipped("tiny.toml"));
        std::string base(std::istreambuf_iterator<char>(in), {});
        base = base.substr(0, base.find("[spike]"));
        const std::string above = "base = \"strategies.toml\"";
        base.replace(base.find(above), above.size(), "base = \"" + shipped("strategies.toml").generic_string() + "\"");
        scratch_.write("calm.toml", base);
        return load(scratch_.write("h.toml",
                                   "base = \"calm.toml\"\n[calendar]\nstart = \"none\"\n[demand.history]\n"
                                   "file = \"demand.csv\"\n" +
                                       more));
    }

    /// Units and money in the file as they were read, or the first problem.
    std::string outcome(const std::string& csv, const std::string& more = "") {
        const Result result = read(csv, more);
        if (!result) return without(to_string(result.problems.front()), scratch_.folder().generic_string() + "/");
        long units = 0;
        for (const auto& cell : result.loaded->recording->cells) units += cell.units;
        const auto price = result.loaded->recording->price[0];
        return std::to_string(units) + (price ? " units at " + fmt_price(*price) : " units, no price");
    }
    static std::string fmt_price(double price) {
        std::string text = std::to_string(price);
        return text.substr(0, text.find('.') + 3);
    }

    Scratch scratch_;
};

std::string utf16(const std::string& text, bool little, bool mark) {
    std::string bytes = mark ? (little ? "\xFF\xFE" : "\xFE\xFF") : "";
    for (const char c : text) {
        if (little) bytes += c;
        bytes += '\0';
        if (!little) bytes += c;
    }
    return bytes;
}

TEST_F(RecordFile, SeparatorsEncodingsAndLineEndsAreFoundOut) {
    const std::string right = "54000 units at 12.50";
    EXPECT_EQ(outcome(text("3000", "12.50")), right);
    for (const char separator : {';', '\t', '|'}) EXPECT_EQ(outcome(text("3000", "12.50", separator)), right);
    EXPECT_EQ(outcome("sep=;\r\n" + text("3000", "12,50", ';', "\r\n")), right);
    EXPECT_EQ(outcome(text("3000", "12.50", ',', "\r")), right);
    EXPECT_EQ(outcome("\xEF\xBB\xBF" + text("3000", "12.50")), right);
    for (const bool little : {true, false}) {
        for (const bool mark : {true, false}) {
            EXPECT_EQ(outcome(utf16(text("3000", "12.50"), little, mark)), right) << little << mark;
        }
    }
    EXPECT_EQ(outcome(text("3000", "12.50,,")), right);                 // separators at the end
    EXPECT_EQ(outcome(text("3000", "12.50") + ",,,,\n\n  \n"), right);  // lines without anything
    EXPECT_THAT(read(text("3000", "12,50", ';')).loaded->notes.front(), HasSubstr("semicolons, a decimal comma"));
}

TEST_F(RecordFile, NumbersAreReadAsTheFileShowsOrNotAtAll) {
    const std::string right = "54000 units at 12.50";
    EXPECT_EQ(outcome(text("3.000", "12,50", ';')), right);
    EXPECT_EQ(outcome(text("\"3,000\"", "12.50")), right);
    EXPECT_EQ(outcome(text("3 000", "12,50", ';')), right);
    EXPECT_EQ(outcome(text("3\u00A0000", "12.50")), right);
    EXPECT_EQ(outcome(text("3'000", "12.50")), right);
    EXPECT_EQ(outcome(text("3e3", "$12.50")), right);
    EXPECT_EQ(outcome(text("3000", "12.50 USD")), right);
    EXPECT_EQ(outcome(text("1.234.567", "12,50", ';')), "22222206 units at 12.50");
    EXPECT_EQ(outcome(text("3.000", "12.50")), "54 units at 12.50");  // the price shows the point
    const std::string two_ways =
        "demand.csv:2:22: units: got \"3.000\", want a whole number >= 0 that can be read in one way: say "
        "demand.history.decimal = \"point\" or \"comma\"";
    EXPECT_EQ(outcome(text("3.000", "10")), two_ways);
    EXPECT_EQ(read(text("3.000", "10")).problems.size(), 1u);  // of the whole file
    EXPECT_EQ(outcome(text("3.000", "10"), "decimal = \"point\"\n"), "54 units at 10.00");
    EXPECT_EQ(outcome(text("3.000", "10"), "decimal = \"comma\"\n"), "54000 units at 10.00");
    EXPECT_THAT(outcome(text("\"3,000\"", "10")), HasSubstr("read in one way"));
    EXPECT_THAT(outcome(text("3,000", "10")), HasSubstr("got 6 fields, want 5 as in the header: if there are commas"));
    EXPECT_THAT(outcome(text("3000", "12,50", ';') + "2026-02-09;West;small;1;7.25\n"),
                HasSubstr("with a decimal comma, as in line 2"));
    EXPECT_THAT(outcome(text("12.34", "10")), HasSubstr("want a whole number"));
    EXPECT_THAT(outcome(text("1,23,456", "10", ';')), HasSubstr("want a whole number"));
    for (const char* negative : {"-20", "(20)", "20-"}) {
        EXPECT_THAT(outcome(text(negative, "10")), HasSubstr("returns are no demand"));
    }
    for (const char* none : {"", "NaN", "inf", "20 pcs", "0x10"}) {
        EXPECT_THAT(outcome(text(none, "10")), HasSubstr("units: got")) << none;
    }
    EXPECT_THAT(outcome(text("20", "\u20AC12")), HasSubstr("price: got"));
}

TEST_F(RecordFile, QuotesMaySpanLinesAndMustClose) {
    std::string csv = "week_start,warehouse,item,units\n";
    for (const char* week : kWeeks) csv += std::string(week) + ",North, \"a \"\"5\"\"\r\ninch, long\" ,4\n";
    const Result result = read(csv);
    ASSERT_TRUE(result) << to_string(result.problems.front());
    EXPECT_EQ(result.loaded->recording->items[0], "a \"5\" inch, long");
    EXPECT_EQ(outcome(csv + "2026-02-09,Nroth,big,1\n").substr(0, 17), "demand.csv:14:12:");  // lines, not rows
    EXPECT_THAT(outcome(csv + "2026-02-09,North,\"big,1\n"), StartsWith("demand.csv:14:18: got a quote that never"));
    EXPECT_THAT(outcome(csv + "2026-02-09,North,\"5\" pipe\",1\n"), HasSubstr("after a quote that closes"));
    EXPECT_THAT(outcome(csv + "2026-02-09,North,5\" pipe,1\n"), HasSubstr("no price"));
}

TEST_F(RecordFile, WhatIsNoTextIsNamed) {
    EXPECT_EQ(outcome(text("3000", "10") + "2026-02-09,North,caf\xE9,1,1\n"),
              "demand.csv:20:1: got a letter that is not in UTF-8 (Windows-1252 or Latin-1?), want text in UTF-8 or "
              "UTF-16: save it as \"CSV UTF-8\"");
    EXPECT_THAT(outcome(std::string("\xFF\xFE\0\0w\0\0\0", 8)), HasSubstr("got UTF-32"));
    EXPECT_THAT(outcome("PK\x03\x04xx"), HasSubstr("got a workbook"));
    std::string halves = "\xFF\xFE";
    for (const char c : text("3000", "10")) halves += {c, '\0'};
    EXPECT_EQ(outcome(halves), "54000 units at 10.00");
    halves.replace(halves.find(std::string("b\0", 2)), 2, "\x00\xD8", 2);
    EXPECT_THAT(outcome(halves), HasSubstr("demand.csv:2:1: got half a letter of UTF-16"));
}

TEST_F(RecordFile, ColumnsAreFoundByTheirNamesOrAskedFor) {
    const auto with_header = [&](const std::string& header, const std::string& more = "") {
        const std::string csv = text("3000", "10");
        return outcome(header + csv.substr(csv.find('\n')), more);
    };
    EXPECT_EQ(with_header("Week Start, Warehouse,ITEM,\"Units\",price"), "54000 units at 10.00");
    EXPECT_EQ(with_header("product,warehouse,week,units,price").substr(0, 11), "demand.csv:");  // by name, not by place
    EXPECT_EQ(with_header("week_start,warehouse,item,units,units"),
              "demand.csv:1:33: units: got the columns units and units, any of which it may be, want one: name it by "
              "demand.history.columns.units");
    EXPECT_THAT(with_header("week_start,warehouse,item,units,quantity"), HasSubstr("the columns units and quantity"));
    EXPECT_THAT(with_header("week_start,Warehouse,sku,units,Item"),
                HasSubstr("item: got the columns sku and Item, any of which it may be"));
    EXPECT_THAT(with_header("week_start,warehouse,date,units,item"), HasSubstr("the columns week_start and date"));
    EXPECT_EQ(
        with_header("KW,Lager,Artikel,Menge,Preis",
                    "columns = { date = \"KW\", warehouse = \"Lager\", item = \"Artikel\", units = \"Menge\", price = "
                    "\"Preis\" }\n"
                    "rows = \"weekly\"\n"),
        "54000 units at 10.00");
    EXPECT_THAT(with_header("week_start,warehouse,sku,units,item", "columns = { item = \"SKU\" }\n"),
                HasSubstr("no price"));
    EXPECT_THAT(with_header("week_start,warehouse,item,units,price", "columns = { item = \"units\" }\n"),
                HasSubstr("units: got it for two things, want a column for each: name it by demand.history.columns."));
}

/// Days above 12 show the order of day and month for the whole column, wherever they stand; without any the key does.
class DatesYearLast : public RecordFile {
protected:
    /// Weeks of one warehouse with these dates, and what day 0 of the record and its length are, or the first problem.
    std::string read_dates(const std::vector<std::string>& dates, const std::string& more = "") {
        std::string csv = "date;warehouse;item;units\n";
        for (const std::string& date : dates) csv += date + ";North;big;3\n";
        const Result result = read(csv, "rows = \"weekly\"\n" + more);
        problems_ = result.problems.size();
        if (!result) return without(to_string(result.problems.front()), scratch_.folder().generic_string() + "/");
        notes_ = result.loaded->notes;
        const Recording& recording = *result.loaded->recording;
        return date_text(recording.first_date) + " " + std::to_string(recording.periods());
    }
    std::size_t problems_ = 0;
    std::vector<std::string> notes_;
};

TEST_F(DatesYearLast, AreReadByTheOrderThatTheColumnShows) {
    const std::string six = "2026-01-05 6";
    EXPECT_EQ(read_dates({"05/01/2026", "12/01/2026", "19/01/2026", "26/01/2026", "02/02/2026", "09/02/2026"}), six);
    EXPECT_THAT(notes_.front(), HasSubstr("written with semicolons, days before months, as line 4 shows"));
    EXPECT_EQ(read_dates({"5.1.2026", "12.1.2026", "19.1.2026 00:00", "26.1.2026", "2.2.2026", "9.2.2026"}), six);
    EXPECT_EQ(read_dates({"01/05/2026", "01/12/2026", "01/19/2026", "01/26/2026", "02/02/2026", "02/09/2026"}), six);
    EXPECT_THAT(notes_.front(), HasSubstr("written with semicolons, months before days, as line 4 shows"));
    EXPECT_EQ(read_dates({"1-5-2026", "1-12-2026", "1-19-2026", "1-26-2026", "2-2-2026", "2-9-2026"}), six);
    // The last row alone shows it, and the year may stand first in others.
    EXPECT_EQ(read_dates({"05/01/2026", "12/01/2026", "2026-01-19", "02/02/2026", "09/02/2026", "16/02/2026"}),
              "2026-01-05 7");
}

TEST_F(DatesYearLast, OfBothOrdersAreRefusedWithBothRows) {
    EXPECT_THAT(read_dates({"05/01/2026", "19/01/2026", "01/26/2026", "02/02/2026"}),
                AllOf(StartsWith("demand.csv:4:1: week_start: got \"01/26/2026\", want a date"),
                      HasSubstr(" or one with the day before the month, as in line 3")));
    EXPECT_THAT(read_dates({"01/19/2026", "26/01/2026"}), HasSubstr("the month before the day, as in line 2"));
    EXPECT_THAT(read_dates({"19/01/2026", "31/02/2026"}), HasSubstr("got \"31/02/2026\", want a date"));
}

TEST_F(DatesYearLast, ThatShowNoOrderAskForTheKey) {
    const std::vector<std::string> dates{"05/01/2026", "12/01/2026", "02/02/2026", "09/02/2026"};
    EXPECT_THAT(read_dates(dates),
                AllOf(StartsWith("demand.csv:2:1: week_start: got \"05/01/2026\", want a date"),
                      HasSubstr("both ways, say demand.history.date_order = \"day_first\" or \"month_first\"")));
    EXPECT_EQ(problems_, 1U);  // of the whole file
    EXPECT_EQ(read_dates(dates, "date_order = \"day_first\"\n"), "2026-01-05 6");
    EXPECT_THAT(notes_.front(), ::testing::EndsWith("written with semicolons, days before months"));
    // The same rows begin on other days where the month stands first, and no week does on all of them.
    EXPECT_THAT(read_dates(dates, "date_order = \"month_first\"\n"), HasSubstr("weeks that start on one weekday"));
    // The key is obeyed, and not what the file shows.
    EXPECT_THAT(
        read_dates({"05/01/2026", "19/01/2026"}, "date_order = \"month_first\"\n"),
        HasSubstr("demand.csv:3:1: week_start: got \"19/01/2026\", want a date (2026-01-05) or one with the month "
                  "before the day"));
}

TEST(Fields, SayWhichSignIsTheDecimalOne) {
    for (const char* point : {"2.5", "12.50", "0.125", "1234.567", "1,234.5", "1,234,567", ".5", "1.5e3"}) {
        EXPECT_EQ(shown_by(point), Decimal::point) << point;
    }
    for (const char* comma : {"2,5", "0,125", "1.234,5", "1.234.567", "1 234,567"}) {
        EXPECT_EQ(shown_by(comma), Decimal::comma) << comma;
    }
    for (const char* either : {"20", "3.000", "3,000", "", "-123.456", "1e3"}) {
        EXPECT_EQ(shown_by(either), Decimal::unknown) << either;
    }
}

TEST(Fields, DatesAreReadWhereTheyCanBeReadInOneWay) {
    const double monday = 20'458;  // 2026-01-05
    for (const char* text : {"2026-01-05", "2026/01/05", "2026-1-5", "20260105", "2026-01-05 00:00:00",
                             "2026-01-05T08:30:00Z", "2026-W02", "2026W02"}) {
        const auto date = parse_record_date(text);
        ASSERT_TRUE(date) << text;
        EXPECT_EQ(date->day, monday) << text;
    }
    EXPECT_EQ(parse_record_date("2026-02")->day, monday + 27);
    EXPECT_EQ(parse_record_date("2026-02")->of, RecordDate::Of::month);
    EXPECT_TRUE(parse_record_date("2026-W53"));
    for (const char* text : {"05/01/2026", "5.1.26", "46027", "2026-13-01", "2026-02-30", "26-01-05", "2027-W53", "",
                             "2026-01-05x", "2026", "1026-01-05"}) {
        EXPECT_FALSE(parse_record_date(text)) << text;
    }
    EXPECT_EQ(why_no_date("05/01/2026"), ": day and month can be read both ways");
    EXPECT_EQ(why_no_date("5.1.26"), ": the year has two digits");
    for (const char* day_first : {"13/01/2026", "31.1.2026", "20-12-2026 08:00"}) {
        EXPECT_EQ(order_shown_by(day_first), DateOrder::day_first) << day_first;
        EXPECT_FALSE(parse_record_date(day_first, DateOrder::month_first)) << day_first;
    }
    EXPECT_EQ(order_shown_by("01/13/2026"), DateOrder::month_first);
    for (const char* either : {"12/12/2026", "13/13/2026", "13/01/26", "2026/01/13", "13/01-2026", "13/01/20266", ""}) {
        EXPECT_EQ(order_shown_by(either), DateOrder::unknown) << either;
    }
    EXPECT_EQ(parse_record_date("5/1/2026", DateOrder::day_first)->day, monday);
    EXPECT_EQ(parse_record_date("1/5/2026", DateOrder::month_first)->day, monday);
    EXPECT_FALSE(parse_record_date("5/1/2026x", DateOrder::day_first));
    EXPECT_EQ(why_no_date("46027"), ": this is a spreadsheet's number of a day");
}

}  // namespace
}  // namespace entrepot::scenarios::testing
