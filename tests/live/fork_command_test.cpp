#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "studies/program.hpp"

/// `entrepot fork` as its users meet it.
namespace entrepot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

Outcome fork_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"fork", "--quiet"});
    return entrepot(arguments);
}

TEST(ForkCommand, ComparesFuturesAndSaysThatItIsOneReplication) {
    const Outcome one = fork_of({kTiny, "--at", "5 d", "--then", "S0,S6"});
    EXPECT_EQ(one.exit_code, 0) << one.err;
    EXPECT_THAT(one.out, HasSubstr("Forked on day 5 (Sat 2026-01-24) 00:00 as S0"));
    EXPECT_THAT(one.out, HasSubstr("S6"));
    EXPECT_THAT(one.out, HasSubstr("ONE replication"));
    EXPECT_EQ(fork_of({kTiny, "--at", "2026-01-24", "--then", "S6"}).out, one.out);
    const Outcome some = fork_of({kTiny, "--at", "5 d", "--then", "S6", "-n", "4", "-j", "2"});
    EXPECT_THAT(some.out, Not(HasSubstr("ONE replication")));
    EXPECT_EQ(fork_of({kTiny, "--at", "5 d", "--then", "S6", "-n", "4", "-j", "1"}).out, some.out);
    EXPECT_THAT(fork_of({kTiny, "--at", "5 d", "--then", "S6", "--csv"}).out, HasSubstr("line_fill"));
}

TEST(ForkCommand, ChangesValuesFromTheForkOn) {
    const Outcome more = fork_of({kTiny, "--at", "0 d", "--then", "S0", "--set-then", "site.North.pickers=9"});
    EXPECT_EQ(more.exit_code, 0) << more.err;
    EXPECT_THAT(more.out, HasSubstr("S0*"));
    EXPECT_THAT(more.out, HasSubstr("* from then on with site.North.pickers=9."));
}

using Json = nlohmann::json;

Json json_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--json"});
    const Outcome outcome = fork_of(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return Json::parse(outcome.out);
}

/// The world that goes on as it was is the replication that nobody forked, bit for bit.
TEST(ForkCommand, TellsEachFuturesTrajectory) {
    const Json json = json_of({kTiny, "--at", "5 d", "--then", "S6"});
    const std::string as_it_was = json["futures"][0]["trajectories"][0];
    EXPECT_THAT(entrepot({"replay", kTiny, "--strategy", "S0", "--digest"}).out, HasSubstr("trajectory " + as_it_was));
    EXPECT_NE(json["futures"][1]["trajectories"][0], as_it_was);
    EXPECT_EQ(json["futures"][1]["trajectories"].size(), 1U);
}

TEST(ForkCommand, HeadsWhatIsWrongWithItsOwnOption) {
    const Outcome wrong = fork_of(
        {kTiny, "--at", "0 d", "--then", "S0", "--set", "site.North.pickers=3", "--set-then", "site.North.picker=9"});
    EXPECT_EQ(wrong.exit_code, 3);
    EXPECT_THAT(wrong.err, testing::StartsWith("--set-then:1:"));
}

TEST(ForkCommand, SaysTheSameAsJson) {
    const std::vector<std::string> four{
        kTiny, "--at", "5 d", "--then", "S6", "-n", "4", "-j", "2", "--set-then", "site.North.pickers=9"};
    const Json json = json_of(four);
    EXPECT_EQ(json["scenario"], "tiny");
    EXPECT_EQ(json["seed"], 20261123);
    EXPECT_EQ(json["fork"]["at"], "day 5 (Sat 2026-01-24) 00:00");
    EXPECT_EQ(json["fork"]["day"], 5);
    EXPECT_EQ(json["fork"]["strategy"], "S0");
    EXPECT_EQ(json["fork"]["changes"], Json::array({"site.North.pickers=9"}));
    EXPECT_EQ(json["counted_days"], Json({{"first", 5}, {"last", 20}}));
    EXPECT_EQ(json["replications"], 4);
    EXPECT_EQ(json["one_replication"], false);
    EXPECT_EQ(json["caution"], "");
    EXPECT_EQ(json["comparator"], "S0");
    EXPECT_EQ(json["futures"][1]["name"], "S6*");

    // The numbers are those of the CSV, and the rows those of the table.
    std::vector<std::string> as_csv = four;
    as_csv.push_back("--csv");
    const std::string csv = fork_of(as_csv).out, table = fork_of(four).out;
    std::size_t judged = 0;
    for (const Json& row : json["kpis"]) {
        EXPECT_EQ(row["slice"], "all");
        EXPECT_THAT(table, HasSubstr("\n" + row["name"].get<std::string>()));
        const Json &base = row["futures"]["S0"], &other = row["futures"]["S6*"];
        EXPECT_FALSE(base.contains("difference"));
        if (other["difference_low"].is_null() || other["low"].is_null()) continue;
        ++judged;
        EXPECT_THAT(csv, HasSubstr(fmt::format("\n{},all,S6*,{:.10g},{:.10g},{:.10g},{:.10g},{:.10g},{:.10g},",
                                               row["kpi"].get<std::string>(), other["value"].get<double>(),
                                               other["low"].get<double>(), other["high"].get<double>(),
                                               other["difference"].get<double>(), other["difference_low"].get<double>(),
                                               other["difference_high"].get<double>())));
        EXPECT_THAT(csv, HasSubstr(other["verdict"].get<std::string>()));
    }
    EXPECT_GT(judged, 5u);
    std::vector<std::string> details = four;
    details.push_back("--details");
    EXPECT_GT(json_of(details)["kpis"].size(), 10 * json["kpis"].size());
}

TEST(ForkCommand, SaysAsJsonThatItIsOneReplication) {
    const Json one = json_of({kTiny, "--at", "5 d", "--then", "S6", "--replication", "3"});
    EXPECT_EQ(one["one_replication"], true);
    EXPECT_EQ(one["first_replication"], 3);
    EXPECT_THAT(one["caution"].get<std::string>(), HasSubstr("ONE replication"));
    const Json& fill = *std::ranges::find_if(one["kpis"], [](const Json& row) { return row["kpi"] == "line_fill"; });
    const Json& s6 = fill["futures"]["S6"];
    EXPECT_EQ(s6["difference"].get<double>(), s6["value"].get<double>() - fill["futures"]["S0"]["value"].get<double>());
    EXPECT_TRUE(s6["difference_low"].is_null());
    EXPECT_TRUE(s6["low"].is_null());
    EXPECT_EQ(s6["verdict"], "not available");
}

/// Worlds in pairs: the second of a pair is drawn from the mirror of the first, as in a study in pairs.
TEST(ForkCommand, ForksAntitheticPairs) {
    const std::vector<std::string> pairs{kTiny, "--at", "5 d", "--then", "S6", "-n", "4", "--antithetic"};
    const Json json = json_of(pairs);
    EXPECT_EQ(json["antithetic"], true);
    EXPECT_EQ(json["replications"], 4);
    EXPECT_THAT(fork_of(pairs).out, HasSubstr("2 antithetic pairs"));
    EXPECT_NE(json["kpis"], json_of({kTiny, "--at", "5 d", "--then", "S6", "-n", "4"})["kpis"]);
    const Json one = json_of({kTiny, "--at", "5 d", "--then", "S6", "-n", "2", "--antithetic"});
    EXPECT_THAT(one["caution"].get<std::string>(), HasSubstr("ONE antithetic pair"));
    // A world alone may be half of a pair; the first half is that of no pair.
    const std::vector<std::string> half{kTiny, "--at", "5 d", "--then", "S6", "--replication"};
    const auto alone = [&](const char* number, bool antithetic) {
        std::vector<std::string> arguments = half;
        arguments.push_back(number);
        if (antithetic) arguments.push_back("--antithetic");
        return json_of(arguments)["kpis"];
    };
    EXPECT_EQ(alone("2", true), alone("1", false));
    EXPECT_NE(alone("3", true), alone("1", false));
}

TEST(ForkCommand, TellsWhatIsWrongAndWhatToDo) {
    struct Wrong {
        std::vector<std::string> arguments;
        int code;
        std::string told;
    };
    for (const Wrong& wrong : std::vector<Wrong>{
             {{kTiny, "--then", "S6"}, 2, "want the moment of the fork"},
             {{kTiny, "--at", "5 d"}, 2, "want the strategies after the fork"},
             {{kTiny, "--at", "soon", "--then", "S6"}, 2, "--at: got 'soon', want a time"},
             {{kTiny, "--at", "40 d", "--then", "S6"}, 2, "--at: got '40 d', want a time before the last day"},
             {{kTiny, "--at", "5 d", "--then", "S7,S66"}, 2, "there is no strategy 'S66'"},
             {{kTiny, "--at", "5 d", "--then", "S0"}, 2, "want another future than S0"},
             {{kTiny, "--at", "5 d", "--then", "S6,S6"}, 2, "'S6' is named twice"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--set-then", "spike.ramp='4 d'"},
              3,
              "spike.ramp \"3 d\" -> \"4 d\""},
             {{kTiny, "--at", "5 d", "--then", "S6", "--set-then", "site.North.pickrs=4"}, 3, "pickers"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--threds", "2"}, 2, "--threads"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--json", "--csv"}, 2, "got --csv and --json, want one of them"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--antithetic", "-n", "3"}, 2, "got 3 replications"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--antithetic", "-n", "3", "--replication", "5"},
              2,
              "got 3 replications and the first one 5, want even numbers"}}) {
        const Outcome outcome = fork_of(wrong.arguments);
        EXPECT_EQ(outcome.exit_code, wrong.code) << wrong.told;
        EXPECT_THAT(outcome.err, HasSubstr(wrong.told));
    }
}

TEST(ForkCommand, IsExplainedAndCompleted) {
    EXPECT_THAT(entrepot({"fork", "--help"}).out, HasSubstr("--set-then"));
    EXPECT_THAT(entrepot({"completion", "bash"}).out, HasSubstr(" fork "));
}

}  // namespace
}  // namespace entrepot::tests
