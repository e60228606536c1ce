#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "studies/program.hpp"

/// Looking into one run: the same fingerprints whatever the runner, and texts that can be read.
namespace entrepot::tests {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

Outcome replay(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "replay");
    return entrepot(arguments);
}

auto lines_in(const std::string& text) { return std::ranges::count(text, '\n'); }

TEST(Replay, TheSixWarehousesHaveOneTrajectoryUnderEveryRunner) {
    for (const char* strategy : {"S0", "S1", "S6"}) {
        const auto digest = [&](std::vector<std::string> runner) {
            runner.insert(runner.begin(), {"scenarios/seasonal_spike.toml", "--strategy", strategy, "--replication",
                                           "1", "--until", "-81 d", "--digest"});
            const Outcome outcome = replay(runner);
            EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
            return outcome.out;
        };
        const std::string expected = digest({});
        EXPECT_THAT(expected, MatchesRegex("trajectory [0-9a-f]{16}  state [0-9a-f]{16}\n"));
        EXPECT_EQ(digest({"--windows"}), expected) << strategy;
        EXPECT_EQ(digest({"--windows", "--threads", "2"}), expected) << strategy;
        EXPECT_EQ(digest({"--windows", "--threads", "7"}), expected) << strategy;
    }
}

TEST(Replay, GoesOnFromASnapshot) {
    const Scratch scratch;
    const std::string file = scratch.path("early.snapshot");
    const Outcome whole = replay({kTiny, "--digest"});
    ASSERT_EQ(replay({kTiny, "--until", "3.3 d", "--save", file}).exit_code, 0);
    EXPECT_EQ(replay({kTiny, "--from", file, "--digest"}).out, whole.out);
    EXPECT_EQ(replay({kTiny, "--from", file, "--digest", "--windows"}).out, whole.out);

    EXPECT_EQ(replay({kTiny, "--until", "-12 d", "--save", file}).exit_code, 4);  // it exists
    EXPECT_EQ(replay({kTiny, "--until", "-12 d", "--save", file, "--force"}).exit_code, 0);
    const Outcome other = replay({kTiny, "--strategy", "S6", "--from", file});
    EXPECT_EQ(other.exit_code, 3);
    EXPECT_THAT(other.err, HasSubstr(file));
    EXPECT_EQ(replay({kTiny, "--from", scratch.path("none")}).exit_code, 3);
    EXPECT_EQ(replay({kTiny, "--from", kTiny}).exit_code, 3);
}

TEST(Replay, TracesAnEntityForATime) {
    const Outcome all = replay({kTiny, "--trace", "-11 d..-10 d"});
    const Outcome north = replay({kTiny, "--trace", "-11 d..-10 d", "--entity", "North"});
    EXPECT_EQ(all.exit_code, 0);
    EXPECT_GT(lines_in(all.out), lines_in(north.out));
    EXPECT_GT(lines_in(north.out), 10);
    EXPECT_THAT(north.out, HasSubstr("day -11 (Thu 2026-01-08) "));
    EXPECT_THAT(north.out, HasSubstr("  < "));  // the cause
    EXPECT_THAT(north.out, testing::ContainsRegex("OrderArrives +order=North-2026-01-08-b2b-[0-9]{4}"));
    EXPECT_THAT(north.out, testing::ContainsRegex(
                               "GoodsPutAway +item=[ABC][0-9]+ units=[0-9]+ of=PO-North-[ABC][0-9]+-20[-0-9]+"));
    EXPECT_THAT(north.out, Not(HasSubstr("\nday -10 ")));
    EXPECT_EQ(lines_in(replay({kTiny, "--trace", "-11 d..-10 d", "--until", "-12 d"}).out), 0);
}

/// One origin for all days, as in the scenario: the start of the measured window. Dates say the same.
TEST(Replay, CountsDaysFromTheMeasuredWindow) {
    const Outcome days = replay({kTiny, "--trace", "0 d..1 d"}), dates = replay({kTiny, "--trace", "2026-01-19..1 d"});
    EXPECT_THAT(days.out, testing::StartsWith("day 0 (Mon 2026-01-19) 00:00:00"));
    EXPECT_EQ(days.out, dates.out);
    EXPECT_THAT(days.err, HasSubstr("up to day 1 (Tue 2026-01-20)"));
    const Outcome early = replay({kTiny, "--until", "-15 d"});
    EXPECT_EQ(early.exit_code, 2);
    EXPECT_THAT(early.err, HasSubstr("want a time in the run, which goes from day -14 (Mon 2026-01-05)"));
    EXPECT_THAT(entrepot({"validate", kTiny}).out, HasSubstr("measured from day 0 (Mon 2026-01-19) to day 20"));
}

TEST(Replay, TellsEventsByKindAndWindows) {
    const Outcome sequential = replay({kTiny, "--until", "-9 d", "--statistics"});
    EXPECT_THAT(sequential.out, HasSubstr("OrderArrives"));
    EXPECT_THAT(sequential.out, HasSubstr("waiting: "));
    EXPECT_THAT(replay({kTiny, "--until", "-9 d", "--statistics", "--windows"}).out, HasSubstr("windows"));
}

TEST(Replay, RefusesWhatItCanNotDo) {
    EXPECT_THAT(replay({kTiny, "--strategy", "S9"}).err, HasSubstr("there is no strategy 'S9'"));
    EXPECT_THAT(replay({kTiny, "--entity", "Nort"}).err, HasSubstr("North"));
    EXPECT_THAT(replay({kTiny, "--until", "soon"}).err, HasSubstr("--until"));
    EXPECT_THAT(replay({kTiny, "--trace", "3 d"}).err, HasSubstr("FROM..TO"));
    EXPECT_THAT(replay({kTiny, "--trace", "6 d..5 d"}).err, HasSubstr("want a beginning before the end"));
    EXPECT_THAT(replay({kTiny, "--trace", "400 d..401 d"}).err, HasSubstr("which goes from day -14 (Mon 2026-01-05)"));
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{kTiny, "--strategy", "S9"},
                                               {kTiny, "--entity", "Nort"},
                                               {kTiny, "--until", "soon"},
                                               {kTiny, "--trace", "3 d"},
                                               {kTiny, "--trace", "6 d..5 d"},
                                               {kTiny, "--trace", "400 d..401 d"},
                                               {kTiny, "--windows", "--trace", "-11 d..-10 d"}}) {
        EXPECT_EQ(replay(arguments).exit_code, 2);
    }
}

TEST(Phold, HasOneTrajectoryAndTellsItsCost) {
    const auto phold = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--objects", "300", "--start-events", "3", "--events", "1e5", "--digest"});
        const Outcome outcome = run_program(ENTREPOT_PHOLD, arguments);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr("ns an event"));
        return outcome.out.substr(0, outcome.out.find('\n'));
    };
    const std::string expected = phold({"--sequential"});
    EXPECT_EQ(phold({}), expected);
    EXPECT_EQ(phold({"--partition-bits", "4", "--threads", "2"}), expected);
    EXPECT_NE(phold({"--seed", "2"}), expected);
    EXPECT_EQ(run_program(ENTREPOT_PHOLD, {"--remote", "2"}).exit_code, 2);
    EXPECT_EQ(run_program(ENTREPOT_PHOLD, {"--objects", "0"}).exit_code, 2);
}

}  // namespace
}  // namespace entrepot::tests
