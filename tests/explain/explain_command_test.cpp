#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "explain/told.hpp"
#include "results/file/store.hpp"
#include "studies/cli/story_text.hpp"
#include "studies/program.hpp"

/// `entrepot explain` as people use it: of a scenario, of a study, of another program's study, and with slips.
namespace entrepot::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kOrder[] = "North-2026-01-28-b2b-0006";

Outcome explain(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "explain");
    return entrepot(arguments);
}

nlohmann::json json_of(std::vector<std::string> arguments) {
    arguments.push_back("--json");
    const Outcome outcome = explain(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return nlohmann::json::parse(outcome.out);
}

TEST(ExplainCommand, TellsTheStoryOfAnOrder) {
    const Outcome outcome = explain({kTiny, "--order", kOrder});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr(std::string("Order ") + kOrder), HasSubstr("It is one replication"),
                                   HasSubstr("day 9 (Wed 2026-01-28)"), HasSubstr("order desk: promises "),
                                   HasSubstr("on the shelf; the record says "), HasSubstr("Where the time went"),
                                   HasSubstr("\nWhy\n")));
    const auto json = json_of({kTiny, "--order", kOrder});
    EXPECT_EQ(json["name"], kOrder);
    EXPECT_EQ(json["strategy"], "S0");
    EXPECT_GT(json["steps"].size(), 4U);
    EXPECT_TRUE(json["one_replication"]);
    EXPECT_THAT(json["steps"][0]["at"].get<std::string>(), testing::StartsWith("2026-01-28T"));
    EXPECT_NEAR(json["steps"][0]["day"].get<double>(), 9.5, 0.5);
}

TEST(ExplainCommand, TellsWhatElseThereIs) {
    for (const std::vector<std::string>& what :
         std::vector<std::vector<std::string>>{{"--item", "A0005"},
                                               {"--item", "A0005", "--site", "South"},
                                               {"--item", "a0005", "--day", "2026-01-30"},
                                               {"--site", "South"},
                                               {"--day", "2026-01-30"},
                                               {"--site", "south", "--day", "11"},
                                               {"--worst", "3"}}) {
        std::vector<std::string> arguments{kTiny};
        arguments.insert(arguments.end(), what.begin(), what.end());
        const auto json = json_of(arguments);
        EXPECT_FALSE(json["subject"].get<std::string>().empty());
        if (what.front() == "--worst") continue;
        EXPECT_FALSE(json["closing"].get<std::string>().empty()) << what.front();
        EXPECT_GE(json["steps"].size(), 3U) << what.front();
    }
}

/// Each of the worst leads to a story by the command that stands below it.
TEST(ExplainCommand, LeadsFromTheWorstToTheirStories) {
    const auto worst = json_of({kTiny, "--worst", "1", "--strategy", "S1"});
    for (const auto& list : worst["lists"]) {
        std::vector<std::string> arguments{kTiny, "--strategy", "S1"};
        std::istringstream words(list["all"][0]["see"].get<std::string>());
        for (std::string word; words >> word;) arguments.push_back(word);
        EXPECT_FALSE(json_of(arguments)["closing"].get<std::string>().empty()) << list["title"];
    }
}

/// A study's replication is run again bit for bit; one of another program is told.
TEST(ExplainCommand, KnowsTheStudysReplication) {
    const Scratch scratch;
    const std::string file = scratch.path("study.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "-o", file, "--quiet", "--set", "site.North.pickers=1"}).exit_code, 0);
    for (const char* strategy : {"S0", "S6"}) {
        for (const char* replication : {"0", "1"}) {
            const auto json = json_of({file, "--order", kOrder, "--strategy", strategy, "--replication", replication});
            EXPECT_TRUE(json["same_as_study"]) << strategy << replication;
        }
    }
    EXPECT_NE(json_of({file, "--order", kOrder})["steps"], json_of({kTiny, "--order", kOrder})["steps"]);
    EXPECT_EQ(explain({file, "--order", kOrder, "--seed", "3"}).exit_code, 2);
    EXPECT_EQ(explain({file, "--order", kOrder, "--replication", "99"}).exit_code, 2);

    results::Study other = results::load_study(file);
    other.manifest.program_version = "0.0.1";
    for (auto& strategy : other.replications) strategy.front().digest ^= 1;
    results::save_study(scratch.path("other.h5"), other);
    const Outcome told = explain({scratch.path("other.h5"), "--order", kOrder});
    EXPECT_EQ(told.exit_code, 0);
    EXPECT_THAT(told.err,
                AllOf(HasSubstr("this is not the replication that the study has"), HasSubstr("version 0.0.1 (")));
    EXPECT_FALSE(json_of({scratch.path("other.h5"), "--order", kOrder})["same_as_study"]);

    other.manifest.scenario_text += "\n[site.North]\nwings = 2\n";
    results::save_study(scratch.path("older.h5"), other);
    const Outcome unread = explain({scratch.path("older.h5"), "--order", kOrder});
    EXPECT_EQ(unread.exit_code, 3);
    EXPECT_THAT(unread.err, AllOf(HasSubstr("was run by version 0.0.1"), HasSubstr("--scenario FILE")));
    const Outcome helped = explain({scratch.path("older.h5"), "--order", kOrder, "--scenario", kTiny});
    EXPECT_EQ(helped.exit_code, 0) << helped.err;
    EXPECT_THAT(helped.err, HasSubstr("is not the scenario that"));

    // The same version writes the same scenario alike: what differs is another one.
    const Outcome another = explain({file, "--order", kOrder, "--scenario", kTiny});
    EXPECT_EQ(another.exit_code, 3);
    EXPECT_THAT(another.err, HasSubstr("is another scenario than the one that"));
}

/// A first delivery that the carrier brought late is part of the reason, beside the stock that the rest waited for.
TEST(ExplainCommand, NamesALateFirstDelivery) {
    const std::string why = json_of({kTiny, "--order", kOrder})["closing"];
    EXPECT_THAT(why, AllOf(HasSubstr("24 units had left by then, on day 10"), HasSubstr("came 3 days late, on day 14"),
                           HasSubstr("ltl took longer than its shortest time"), HasSubstr(" waited for stock")));
    EXPECT_THAT(why, AllOf(HasSubstr("$74.4 of penalty ($50"), HasSubstr("3 % of the $"),
                           HasSubstr("as nothing came in time")));
    const std::string fast = json_of({kTiny, "--order", kOrder, "--strategy", "S6"})["closing"];
    EXPECT_THAT(fast, AllOf(HasSubstr("took longer than its shortest time"), Not(HasSubstr("waiting for stock"))));
}

/// Trucks that are full leave an order behind day after day: how often is told, and that it took most of its time.
TEST(ExplainCommand, CountsTheDeparturesWithoutAnOrder) {
    const std::vector<std::string> crowded{kTiny, "--set", "carrier.ltl.capacity=\"60 %\""};
    std::vector<std::string> arguments = crowded;
    arguments.insert(arguments.end(), {"--worst", "5"});
    int left = 0, counted = 0;
    const auto worst = json_of(arguments);
    for (const auto& telling : worst["lists"][0]["all"]) {
        arguments = crowded;
        std::istringstream words(telling["see"].get<std::string>());
        for (std::string word; words >> word;) arguments.push_back(word);
        const auto story = json_of(arguments);
        left += story["closing"].get<std::string>().find("left without it, since others that come first") !=
                std::string::npos;
        counted += story["steps"].dump().find(" departures without it") != std::string::npos;
    }
    EXPECT_GT(left, 0);
    EXPECT_GT(counted, 0);
}

/// What came in time, but not in full, failed its promise.
TEST(ExplainCommand, SaysWhatCameInTimeButNotInFull) {
    const std::string why = json_of({kTiny, "--order", "South-2026-01-30-b2b.spike-0008"})["closing"];
    EXPECT_THAT(why, AllOf(HasSubstr("but not in full: 20 of 30 units were cancelled"),
                           HasSubstr("came late or not at all"), Not(HasSubstr("It came in time: on"))));
}

/// A command that is told can be pasted: in quotes where it needs them, and on one line.
TEST(ExplainCommand, TellsCommandsThatCanBePasted) {
    const Scratch scratch;
    const std::string file = scratch.path("Ann's tiny.toml");
    std::ofstream(file) << "base = \"" ENTREPOT_SOURCE_DIR "/" << kTiny << "\"\n";
    setenv("COLUMNS", "60", 1);
    const Outcome told = explain({file, "--order", kOrder});
    unsetenv("COLUMNS");
    EXPECT_THAT(told.out, HasSubstr("Ann'\\''s tiny.toml' --item A0002 --site North --day 2026-01-28\n")) << told.err;
}

TEST(ExplainCommand, TellsAStudyWhereAScenarioIsWanted) {
    const Scratch scratch;
    const std::string file = scratch.path("study.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "-o", file, "--quiet"}).exit_code, 0);
    EXPECT_THAT(entrepot({"validate", file}).err, HasSubstr("is a study; want a scenario"));
    EXPECT_THAT(entrepot({"replay", file}).err, HasSubstr("is a study; want a scenario"));
}

/// A day's lines add up: those that were open and came, less those that left or were cancelled.
TEST(ExplainCommand, TellsADayThatAddsUp) {
    const std::string about = json_of({kTiny, "--day", "2026-01-30"})["about"].dump();
    EXPECT_THAT(about, AllOf(HasSubstr("open at the beginning"),
                             HasSubstr(" ended, as the last of them left or was cancelled")));
}

/// One notation for days: as everywhere else.
TEST(ExplainCommand, ReadsDaysAsEveryCommandDoes) {
    const auto story = json_of({kTiny, "--day", "2026-01-30", "--site", "South"});
    for (const char* day : {"11", "11 d", "11.5 d"}) {
        EXPECT_EQ(json_of({kTiny, "--day", day, "--site", "South"})["closing"], story["closing"]) << day;
    }
}

/// The last day is told as any other: it is closed at the end of the run.
TEST(ExplainCommand, TellsTheLastDay) {
    const std::string told = json_of({kTiny, "--day", "27", "--site", "South"}).dump();
    EXPECT_THAT(told, AllOf(Not(HasSubstr("with 0 lines came")), Not(HasSubstr("Nothing was open at midnight"))));
}

/// What can be reckoned with is told as numbers: the same that the words say.
TEST(ExplainCommand, TellsAnOrdersOutcomeAsNumbers) {
    const auto late = json_of({kTiny, "--order", kOrder});
    EXPECT_EQ(late["days_late"], 7);
    EXPECT_EQ(late["cause"], "stock");
    EXPECT_NEAR(late["penalty"].get<double>(), 74.4, 0.05);
    const auto in_time = json_of({kTiny, "--order", "South-2026-01-30-b2b.spike-0008"});
    EXPECT_EQ(in_time["days_late"], 0);
    EXPECT_TRUE(in_time["cause"].is_null());
}

/// What was decided on is what was there before: an order's own units are not among the promised ones.
TEST(ExplainCommand, ShowsWhatWasThereBeforeTheDecision) {
    const auto steps = json_of({kTiny, "--order", kOrder})["steps"];
    int shown = 0;
    for (const auto& step : steps) {
        if (!step.contains("seen")) continue;
        for (const auto& seen : step["seen"]) {
            const bool entry = step["at"] == steps[0]["at"];
            EXPECT_EQ(seen["before"], entry) << step.dump();
            if (!entry || seen["item"] != "A0002") continue;
            // It took 1, 3 and 10 of A0002, and no more were left: 125 were promised after it.
            EXPECT_EQ(seen["on_record"].get<int>() - seen["promised"].get<int>(), 14);
            EXPECT_EQ(seen["waiting"], 0);
            ++shown;
        }
    }
    EXPECT_EQ(shown, 1);
}

/// Where nothing went wrong, that is what is said.
TEST(ExplainCommand, SaysThatNothingWentWrong) {
    const studies::cli::StoryOrigin origin{.scenario = "s", .strategy = "S0", .command = "entrepot explain s.toml"};
    EXPECT_THAT(studies::cli::worst_text({}, origin), HasSubstr("no order was late or cost a penalty"));
    // On the run's first day, a Monday, nothing has come to its end by the evening of the first orders.
    const auto first = json_of({kTiny, "--day", "-14", "--site", "North"});
    EXPECT_THAT(first["closing"].get<std::string>(), Not(HasSubstr("0 of 0 ")));
}

TEST(ExplainCommand, ToldSlips) {
    const auto complaint = [](std::vector<std::string> arguments, int code) {
        const Outcome outcome = explain(arguments);
        EXPECT_EQ(outcome.exit_code, code) << outcome.err;
        return outcome.err;
    };
    EXPECT_THAT(complaint({kTiny}, 2), HasSubstr("want what to explain"));
    EXPECT_THAT(complaint({kTiny, "--order", kOrder, "--worst", "3"}, 2), HasSubstr("want one of them"));
    EXPECT_THAT(complaint({kTiny, "--order", kOrder, "--site", "North"}, 2), HasSubstr("go with --item"));
    EXPECT_THAT(complaint({kTiny, "--order", "North-42"}, 2), HasSubstr("such as North-2026-01-19-b2b-0001"));
    EXPECT_THAT(complaint({kTiny, "--order", "North-2026-01-28-b2b-9999"}, 2), HasSubstr("there is no order"));
    EXPECT_THAT(complaint({kTiny, "--item", "A005"}, 2), HasSubstr("did you mean A0005?"));
    EXPECT_THAT(complaint({kTiny, "--item", "A0005", "--site", "Nort"}, 2),
                AllOf(HasSubstr("did you mean North?"), Not(HasSubstr("one of one of"))));
    EXPECT_THAT(complaint({kTiny, "--purchase", "PO-North-A0005-2026-01-07"}, 2), HasSubstr("this replication has no"));
    EXPECT_THAT(complaint({kTiny, "--transfer", "TR-x"}, 2), HasSubstr("this replication has no"));
    EXPECT_THAT(complaint({kTiny, "--day", "2027-01-01"}, 2),
                HasSubstr("want a day of the run, which goes from day -14 (Mon 2026-01-05) to day 27"));
    EXPECT_THAT(complaint({kTiny, "--day", "soon"}, 2), HasSubstr("got 'soon'"));
    EXPECT_THAT(complaint({kTiny, "--day", "-15"}, 2), HasSubstr("from day -14 (Mon 2026-01-05)"));
    EXPECT_THAT(complaint({kTiny, "--order", "Nort-2026-01-28-b2b-0006"}, 2),
                HasSubstr("did you mean North-2026-01-28-b2b-0006?"));
    EXPECT_THAT(complaint({kTiny, "--order", "North-2026-01-28-b2b-9999"}, 2),
                HasSubstr("the last one before it is North-2026-01-28-b2b-00"));
    const std::string echoed = complaint({kTiny, "--order", std::string(10'000, 'x')}, 2);
    EXPECT_THAT(echoed, HasSubstr("x...' (10000 letters)"));
    EXPECT_LT(echoed.size(), 400U);
    EXPECT_THAT(complaint({kTiny, "--worst", "0"}, 2), HasSubstr("--worst"));
    EXPECT_THAT(complaint({kTiny, "--worst", "3", "--strategy", "S9"}, 2), HasSubstr("there is no strategy 'S9'"));
    EXPECT_THAT(complaint({kTiny, "--worst", "3", "--scenario", kTiny}, 2), HasSubstr("--scenario is for a study"));
    EXPECT_THAT(complaint({"none.toml", "--worst", "3"}, 3), HasSubstr("'none.toml': there is no such file"));
    const Scratch scratch;
    EXPECT_THAT(complaint({scratch.path(""), "--worst", "3"}, 3), HasSubstr("is a folder; want a study or a scenario"));
    std::ofstream(scratch.path("empty.h5")).close();
    EXPECT_THAT(complaint({scratch.path("empty.h5"), "--worst", "3"}, 3), HasSubstr("is no study, but empty"));
    std::ofstream(scratch.path("text.h5")) << "words";
    EXPECT_THAT(complaint({scratch.path("text.h5"), "--worst", "3"}, 3), HasSubstr("is no study, but another kind"));
    complaint({"--worst", "3"}, 2);
    EXPECT_THAT(explain({"--help"}).out,
                AllOf(HasSubstr("entrepot explain spike.h5 --worst 10"), Not(HasSubstr("0x"))));
}

}  // namespace
}  // namespace entrepot::tests
