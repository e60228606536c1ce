#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
             {{kTiny, "--at", "5 d", "--then", "S6,S6"}, 2, "'S6' is there twice"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--set-then", "spike.ramp='4 d'"},
              3,
              "spike.ramp \"3 d\" -> \"4 d\""},
             {{kTiny, "--at", "5 d", "--then", "S6", "--set-then", "site.North.pickrs=4"}, 3, "pickers"},
             {{kTiny, "--at", "5 d", "--then", "S6", "--threds", "2"}, 2, "--threads"}}) {
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
