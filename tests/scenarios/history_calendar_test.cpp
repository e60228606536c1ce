#include <gmock/gmock.h>

#include "history_fixture.hpp"

/// When a record's rows are: their dates, what they stand for, and how they agree with the calendar.
namespace entrepot::scenarios::testing {
namespace {

using models::Network;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(History, TheCalendarMustAgree) {
    EXPECT_THAT(problems(record(), "[demand.noise]\nsigma = 0\n"), SizeIs(0));
    EXPECT_THAT(scratch_.problems(scratch_.folder() / "h.toml", {"calendar.start=2026-01-06"}),
                ElementsAre("--set:1:16: calendar.start: got 2026-01-06, want the first day of one of the weeks in "
                            "demand.csv, from 2026-01-05 to 2026-02-09, or \"none\" to take the first"));
    EXPECT_THAT(scratch_.problems(scratch_.folder() / "h.toml", {"calendar.measure=22 d"}),
                ElementsAre(HasSubstr("calendar: got warmup, measure and cooldown of 43 d, want at most the 42 d in "
                                      "demand.csv, which ends with 2026-02-15")));
    EXPECT_THAT(problems(record("2026-02-10,North,big,3,1\n")),
                ElementsAre(HasSubstr("demand.csv:38:1: week_start: got \"2026-02-10\", want weeks that start on one "
                                      "weekday, most of them on a Monday")));
}

/// Days of the spans that a record with these dates is replayed as.
std::vector<int> lengths(const Network& network) {
    std::vector<int> days;
    for (const auto& span : network.replay) days.push_back(span.days);
    return days;
}

TEST_F(History, RowsStandForWhatTheirDistancesShow) {
    const std::vector<std::string> weeks = {"2026-01-05", "2026-01-12", "2026-01-19",
                                            "2026-01-26", "2026-02-02", "2026-02-09"};
    const std::vector<std::string> firsts = {"2026-01-01", "2026-02-01", "2026-03-01"};
    const std::vector<std::string> lasts = {"2026-01-31", "2026-02-28", "2026-03-31"};
    EXPECT_THAT(lengths(network(dated("date", weeks))), ElementsAre(7, 7, 7, 7, 7, 7));
    EXPECT_THAT(lengths(network(dated("date", firsts))), ElementsAre(31, 28));  // March is after the run
    EXPECT_THAT(lengths(network(dated("day", lasts))), ElementsAre(31, 28));
    EXPECT_THAT(lengths(network(dated("month", {"2026-01", "2026-02"}))), ElementsAre(31, 28));
    EXPECT_THAT(lengths(network(dated("week", {"2026-W02", "2026-W07"}))), ElementsAre(7, 7));
    EXPECT_THAT(lengths(network(dated("date", weeks), "rows = \"daily\"\n", "measure = \"15 d\"\n")),
                ElementsAre(1, 1, 1, 1, 1, 1));
    EXPECT_EQ(network(dated("date", lasts)).calendar.start_date, "2026-01-01");
    // In no particular order, and with rows that add up.
    EXPECT_THAT(lengths(network(dated("date", {weeks[3], weeks[0], weeks[5], weeks[1], weeks[2], weeks[4], weeks[0]}))),
                ElementsAre(7, 7, 7, 7, 7, 7));
}

TEST_F(History, RowsThatMayStandForSeveralThingsAreAskedFor) {
    const std::string asks = "that may stand for days, weeks or months, want demand.history.rows = \"daily\"";
    for (const std::vector<std::string>& dates :
         {std::vector<std::string>{"2026-01-05", "2026-01-12"},                       // too few
          {"2026-01-05", "2026-01-19", "2026-02-02", "2026-02-16"},                   // fortnights
          {"2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"},                   // quarters
          {"2026-01-05", "2026-01-12", "2026-01-20", "2026-01-26", "2026-02-02"}}) {  // a holiday
        EXPECT_THAT(problems(dated("date", dates)), ElementsAre(AllOf(StartsWith("demand.csv:1:1: "), HasSubstr(asks))))
            << dates.size();
    }
    // Weeks that begin on Mondays in the North and on Sundays in the South lie so close together as days do.
    const std::string south = "2026-01-04,South,big,310\n2026-01-11,South,big,310\n2026-01-18,South,big,310\n";
    EXPECT_THAT(problems(dated("date", {"2026-01-05", "2026-01-12", "2026-01-19"}, south)),
                ElementsAre(HasSubstr(asks)));
}

TEST_F(History, AStrayDateIsNamed) {
    for (const char* date : {"2062-01-05", "1926-01-05", "2027-01-04"}) {
        EXPECT_THAT(
            problems(record(std::string(date) + ",North,big,3,1\n")),
            ElementsAre(AllOf(StartsWith("demand.csv:38:1: week_start: got \"" + std::string(date)),
                              HasSubstr("want a date near the others, which go from 2026-01-05 to 2026-02-09"))));
    }
}

TEST_F(History, PhasesMayHaveDatesAndBeTheSpike) {
    const std::string phases =
        "[phase.first_week]\nfrom = \"0 d\"\nto = 2026-01-26\n[phase.peak]\nfrom = 2026-01-26\nto = \"14 d\"\n"
        "spike = true\n";
    const Network net = network(record(), phases);
    ASSERT_EQ(net.phases.size(), 2u);
    EXPECT_EQ(net.phases[0].end_day, 21);
    EXPECT_EQ(net.phases[1].first_day, 21);
    EXPECT_EQ(net.phases[1].end_day, 28);
    EXPECT_THAT(problems(record(), "[phase.peak]\nfrom = 2026-01-12\nto = 2026-01-26\n"),
                Contains(HasSubstr("phase.peak.to: got days -7 to 7, that is 2026-01-12 to 2026-01-26, want a span "
                                   "within the measured 21 d, 2026-01-19 to 2026-02-09")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
