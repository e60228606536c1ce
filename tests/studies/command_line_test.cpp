#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "results/file/store.hpp"
#include "studies/program.hpp"

/// The program as its users meet it: arguments in, exit code, texts and files out.
namespace entrepot::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(CommandLine, HelpTeachesAndEveryCommandExplainsItself) {
    const Outcome help = entrepot({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    for (const char* command : {"validate", "run", "compare", "report", "list", "completion", "update"}) {
        EXPECT_THAT(help.out, HasSubstr(command));
        const Outcome own = entrepot({command, "--help"});
        EXPECT_EQ(own.exit_code, 0) << command;
        EXPECT_THAT(own.out, HasSubstr("usage: entrepot " + std::string(command)));
    }
}

TEST(CommandLine, UnknownWordsAreRefusedWithASuggestion) {
    const Outcome command = entrepot({"comprae"});
    EXPECT_EQ(command.exit_code, 2);
    EXPECT_THAT(command.err, HasSubstr("did you mean compare?"));
    const Outcome option = entrepot({"run", kTiny, "--replicatoins", "3"});
    EXPECT_EQ(option.exit_code, 2);
    EXPECT_THAT(option.err, HasSubstr("did you mean --replications?"));
    const Outcome strategy = entrepot({"run", kTiny, "--strategies", "S0,S7x"});
    EXPECT_EQ(strategy.exit_code, 2);
    EXPECT_THAT(strategy.err, HasSubstr("no strategy 'S7x'"));
    EXPECT_EQ(entrepot({"run"}).exit_code, 2);
    EXPECT_EQ(entrepot({}).exit_code, 2);
}

TEST(CommandLine, WrongArgumentsAreToldWithWhatIsWanted) {
    for (const auto& [arguments, said] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"run", kTiny, "--replications", "0"}, "--replications: got '0', want a whole number from 1 to"},
             {{"run", kTiny, "-n", "2.5"}, "--replications: got '2.5', want a whole number from 1 to"},
             {{"run", kTiny, "-j", "-1"}, "--threads: got '-1', want a whole number from 1 to"},
             {{"run", kTiny, "--seed", "-1"}, "--seed: got '-1', want a whole number from 0 to 4294967295"},
             {{"replay", kTiny, "--seed", "4294967296"}, "--seed: got '4294967296', want a whole number from 0 to"},
             {{"replay", kTiny, "--replication", "-1"}, "--replication: got '-1', want a whole number from 0 to"},
             {{"replay", kTiny, "--threads", "-1"}, "--threads: got '-1', want a whole number from 1 to"},
             {{"run", kTiny, "--strategies", ""}, "--strategies: got '', want names with a comma between them"},
             {{"run", kTiny, "--strategies", "S0,,S1"}, "--strategies: got 'S0,,S1', want names"},
             {{"run", kTiny, "--seed"}, "--seed: got nothing, want a value"},
             {{"run", kTiny, "--seed", "1", "--seed", "2"}, "--seed: got it more than once, want it once"},
             {{"run", kTiny, "--quiet=3"}, "--quiet: got a value, want none"},
             {{"report", "a.h5", "b.h5"}, "got more than one name, want entrepot report STUDY.h5 [OPTIONS]"},
             {{"compare"}, "want a study: entrepot compare STUDY.h5"},
             {{"compare", "a.h5", "b.h5", "--json"}, "--json is the return on investment of one study"},
             {{"compare", "a.h5", "a.h5"}, "a.h5 and a.h5 are one file, want different ones"},
             {{"compare", "a.h5", "--csv", "--json"}, "got --csv and --json, want one of them"}}) {
        const Outcome outcome = entrepot(arguments);
        EXPECT_EQ(outcome.exit_code, 2) << said;
        EXPECT_THAT(outcome.err, HasSubstr(said));
    }
}

TEST(CommandLine, BadScenariosAreToldWholeAndWithTheirPlace) {
    const Scratch scratch;
    const std::string file = scratch.path("bad.toml");
    std::ofstream(file) << "base = \"" << ENTREPOT_SOURCE_DIR << "/scenarios/tiny.toml\"\n"
                        << "[study]\nreplications = 0\n[site.North]\npickers = -2\nabsense = 0.1\n";
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"validate", file}, {"run", file, "-o", scratch.path("x.h5")}}) {
        const Outcome outcome = entrepot(command);
        EXPECT_EQ(outcome.exit_code, 3);
        EXPECT_THAT(outcome.err, HasSubstr("bad.toml:3:16: study.replications: got 0"));
        EXPECT_THAT(outcome.err, HasSubstr("bad.toml:5:11: site.North.pickers: got -2"));
        EXPECT_THAT(outcome.err, HasSubstr("did you mean absence?"));
        EXPECT_THAT(outcome.err, HasSubstr("3 problems"));
    }
    EXPECT_EQ(entrepot({"validate", scratch.path("none.toml")}).exit_code, 3);
    EXPECT_EQ(entrepot({"validate", kTiny, "--set", "site.North.pickers=many"}).exit_code, 3);
    EXPECT_EQ(entrepot({"validate", kTiny}).exit_code, 0);
}

TEST(CommandLine, OutputIsCheckedBeforeTheRunAndNeverOverwritten) {
    const Scratch scratch;
    const std::string taken = scratch.path("taken.h5");
    std::ofstream(taken) << "mine";
    const Outcome exists = entrepot({"run", kTiny, "-n", "1", "-o", taken});
    EXPECT_EQ(exists.exit_code, 4);
    EXPECT_THAT(exists.err, HasSubstr("--force"));
    EXPECT_EQ(bytes_of(taken), "mine");
    // Ten thousand replications would take minutes: the refusal must come first.
    EXPECT_EQ(entrepot({"run", kTiny, "-n", "10000", "-o", scratch.path("no/such/folder.h5")}).exit_code, 4);
    EXPECT_EQ(entrepot({"run", kTiny, "-n", "1", "-o", taken, "--force"}).exit_code, 0);
    EXPECT_EQ(results::load_study(taken).replication_count(), 1u);
}

TEST(CommandLine, AnInterruptedRunReplacesNoStudy) {
    const Scratch scratch;
    const std::string study = scratch.path("study.h5"), partial = scratch.path("study.partial.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "--no-confirm", "-o", study, "--quiet"}).exit_code, 0);
    const std::string finished = bytes_of(study);
    const Outcome stopped =
        entrepot({"run", kTiny, "-n", "100000", "-o", study, "--force", "--quiet", "--anyway"}, 1500);
    EXPECT_EQ(stopped.exit_code, 130);
    EXPECT_EQ(bytes_of(study), finished);
    EXPECT_THAT(stopped.err, HasSubstr(partial + " holds"));
    EXPECT_THAT(stopped.err, HasSubstr(study + " is as it was"));
    EXPECT_GT(results::load_study(partial).replication_count(), 0u);
    // Only a run that comes to its end takes the place, and leaves nothing beside it.
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "3", "--no-confirm", "-o", study, "--force", "--quiet"}).exit_code, 0);
    EXPECT_EQ(results::load_study(study).replication_count(), 3u);
    EXPECT_EQ(bytes_of(partial), "");
}

TEST(CommandLine, RunCompareAndReportGoHandInHand) {
    const Scratch scratch;
    const std::string study = scratch.path("study.h5"), page = scratch.path("page.html");
    const Outcome run = entrepot({"run", kTiny, "-n", "3", "-o", study});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("3 replications"));
    EXPECT_THAT(run.out, HasSubstr("Line fill rate"));
    EXPECT_THAT(run.out, HasSubstr("entrepot report"));
    EXPECT_THAT(run.out + run.err, Not(HasSubstr("\x1b")));  // no terminal, no colour and no bar
    const Outcome compare = entrepot({"compare", study});
    EXPECT_EQ(compare.exit_code, 0);
    EXPECT_THAT(compare.out, HasSubstr("NPV"));
    const std::string json = entrepot({"compare", study, "--json"}).out;
    const std::string advice = nlohmann::json::parse(json)["recommendation"]["sentence"];
    EXPECT_THAT(run.out, HasSubstr(advice));
    EXPECT_THAT(compare.out, HasSubstr(advice));
    EXPECT_THAT(entrepot({"compare", study, "--csv"}).out, HasSubstr("line_fill"));
    EXPECT_EQ(entrepot({"report", study, "-o", page}).exit_code, 0);
    EXPECT_THAT(bytes_of(page), HasSubstr("<svg"));
    EXPECT_THAT(bytes_of(page), HasSubstr(advice.substr(0, 20)));  // units are tied to their numbers there
    EXPECT_EQ(entrepot({"report", study, "-o", page}).exit_code, 4);
    EXPECT_THAT(compare.out, HasSubstr("\nWhere S"));  // the best one is worse, or that it nowhere is
    const std::string picture = scratch.path("days.svg");
    EXPECT_EQ(entrepot({"report", study, "--picture", "days", "-o", picture}).exit_code, 0);
    EXPECT_EQ(bytes_of(picture).rfind("<svg", 0), 0u);
    const Outcome wrong = entrepot({"report", study, "--picture", "nights", "-o", picture, "--force"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("want one of days, kpis, benefits"));
    EXPECT_EQ(entrepot({"compare", kTiny}).exit_code, 3);
    EXPECT_EQ(entrepot({"compare", scratch.path("none.h5")}).exit_code, 3);
}

/// What the scenario says of money reaches the business case.
TEST(CommandLine, EachKeyOfFinanceMovesAFigure) {
    const Scratch scratch;
    const auto figures = [&](const std::string& setting) {
        const std::string file = scratch.path("finance.h5");
        std::vector<std::string> run{"run", kTiny, "-n", "2", "--no-confirm", "--quiet", "--force", "-o", file};
        if (!setting.empty()) run.insert(run.end(), {"--set", setting});
        EXPECT_EQ(entrepot(run).exit_code, 0) << setting;
        return nlohmann::json::parse(entrepot({"compare", file, "--json"}).out)["strategies"];
    };
    const nlohmann::json before = figures("");
    for (const char* setting : {"finance.capital_rate=0.2",
                                "finance.space_rate=0.2",
                                "finance.service_rate=0.2",
                                "finance.risk_rate=0.2",
                                "finance.working_capital=charged",
                                "finance.discount_rate=0.2",
                                "finance.years=4",
                                "finance.after_tax=true",
                                "finance.spikes_per_year=1",
                                "finance.subscription=\"$1000/y\"",
                                "finance.implementation=\"$1000\"",
                                "finance.integration=\"$1000\"",
                                "finance.change_management=\"$1000\"",
                                "finance.run_people=\"1 FTE\"",
                                "finance.run_cost=\"$1000/y\"",
                                "finance.ramp=[1.0]",
                                "finance.cashable_labour=1.0",
                                "finance.planner_rate=\"$90/h\"",
                                "finance.agent_rate=\"$90/h\"",
                                "finance.recapture=0.5",
                                "finance.benefit_risk=0.3",
                                "finance.cost_risk=0.3",
                                "finance.low_spread=0.3",
                                "finance.high_spread=0.3",
                                "finance.other_cash_flows=[\"$5\"]",
                                "office.planner_cost=\"$90/h\"",
                                "office.agent_cost=\"$90/h\""}) {
        EXPECT_NE(figures(setting), before) << setting;
    }
}

/// Studies of the three strategies of the small scenario, and of it with more hands.
class Studies {
public:
    std::string run(const std::string& name, std::vector<std::string> options) {
        const std::string file = scratch_.path(name);
        std::vector<std::string> arguments{"run", kTiny, "-o", file, "--quiet", "--no-series"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        EXPECT_EQ(entrepot(arguments).exit_code, 0);
        return file;
    }
    std::string path(const std::string& name) const { return scratch_.path(name); }

private:
    Scratch scratch_;
};

TEST(CommandLine, AnyStrategyMayBeTheComparator) {
    Studies studies;
    const std::string file = studies.run("study.h5", {"-n", "3"}), page = studies.path("page.html");
    const Outcome usual = entrepot({"compare", file}), other = entrepot({"compare", file, "--comparator", "S1"});
    EXPECT_EQ(other.exit_code, 0);
    EXPECT_THAT(usual.out,
                AllOf(HasSubstr("(comparator)"), HasSubstr("differences to S0"), HasSubstr(" against S0 on ")));
    EXPECT_THAT(other.out,
                AllOf(HasSubstr("differences to S1"), HasSubstr(" against S1 on "), Not(HasSubstr("against S0 "))));
    EXPECT_THAT(other.out, HasSubstr("The fresh replications are of S0 and "));
    EXPECT_EQ(entrepot({"compare", file, "--comparator", "S0"}).out, usual.out);
    const Outcome none = entrepot({"compare", file, "--comparator", "S11"});
    EXPECT_EQ(none.exit_code, 2);
    EXPECT_THAT(none.err, HasSubstr("--comparator: there is no strategy 'S11' (did you mean S1?); want one of S0, S1"));
    EXPECT_EQ(entrepot({"report", file, "-o", page}).exit_code, 0);
    const std::string against_its_own = bytes_of(page);
    EXPECT_EQ(entrepot({"report", file, "-o", page, "--comparator", "S1", "--force"}).exit_code, 0);
    EXPECT_NE(bytes_of(page), against_its_own);
    EXPECT_EQ(entrepot({"report", file, "-o", page, "--comparator", "x", "--force"}).exit_code, 2);
}

TEST(CommandLine, StudiesOfOneSeedAreComparedInPairs) {
    Studies studies;
    const std::string plain = studies.run("plain.h5", {"-n", "4", "--strategies", "S0,S6"});
    const std::string hands =
        studies.run("hands.h5", {"-n", "3", "--strategies", "S6", "--set", "site.North.pickers=9"});
    const Outcome both = entrepot({"compare", plain, hands, "--comparator", "plain:S6"});
    EXPECT_EQ(both.exit_code, 0) << both.err;
    EXPECT_THAT(both.out,
                AllOf(HasSubstr("plain:S6 AI in a governed workflow (comparator)"),
                      HasSubstr("hands:S6 AI in a governed workflow"), HasSubstr("hands and plain share seed"),
                      HasSubstr("Only 3 are in both"), HasSubstr("site.North.pickers"),
                      HasSubstr("the return on investment is of one study")));
    EXPECT_EQ(entrepot({"compare", plain, hands, "--comparator", "S6"}).out, both.out);
    EXPECT_THAT(entrepot({"compare", plain, hands}).out, HasSubstr("plain:S0 Spreadsheets as today (comparator)"));
    EXPECT_THAT(entrepot({"compare", plain, hands, "--csv"}).out, HasSubstr(",hands:S6,"));
    EXPECT_THAT(entrepot({"compare", plain, hands, "--details"}).out, HasSubstr("hands:S6 variance reduction"));
    EXPECT_EQ(entrepot({"compare", plain, hands, "--watching"}).exit_code, 0);
    const Outcome wrong = entrepot({"compare", plain, hands, "--comparator", "hands:S0"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("--comparator: there is no strategy 'hands:S0' (did you mean"));
    EXPECT_EQ(entrepot({"compare", plain, studies.path("none.h5")}).exit_code, 3);
}

/// Sites that order from others are a tier that the scenario doesn't list.
TEST(CommandLine, AStudyOfSitesThatOrderFromOthersIsReadBack) {
    const Scratch scratch;
    const std::string file = scratch.path("chain.h5");
    EXPECT_EQ(entrepot({"run", ENTREPOT_SOURCE_DIR "/scenarios/validation/bullwhip_chain.toml", "-n", "1", "--quiet",
                        "-o", file})
                  .exit_code,
              0);
    EXPECT_EQ(entrepot({"compare", file}).exit_code, 0);
    EXPECT_EQ(entrepot({"report", file, "-o", scratch.path("chain.html")}).exit_code, 0);
}

TEST(CommandLine, ValidateKnowsTheKpisOfAPrecisionAndOverlappingPhases) {
    const Outcome misspelt = entrepot({"validate", kTiny, "--set", "study.precision_of=[\"line_fil\"]"});
    EXPECT_EQ(misspelt.exit_code, 3);
    EXPECT_THAT(misspelt.err, HasSubstr("study.precision_of: got \"line_fil\", want ids of KPIs"));
    EXPECT_THAT(misspelt.err, HasSubstr("did you mean line_fill?"));
    EXPECT_EQ(entrepot({"validate", kTiny, "--set", "study.precision_of=[\"difference:otif\"]"}).exit_code, 0);
    const Outcome overlap = entrepot({"validate", kTiny, "--set", "phase.other={from=\"5 d\", to=\"9 d\", new=true}"});
    EXPECT_EQ(overlap.exit_code, 3);
    EXPECT_THAT(overlap.err, HasSubstr("got days 5 to 9, want none that are in phase.first_week too, days 0 to 7"));
}

TEST(CommandLine, StudiesOfOtherSeedsAreIndependentSamples) {
    Studies studies;
    const std::string a = studies.run("a.h5", {"-n", "3", "--strategies", "S6"});
    const std::string b = studies.run("b.h5", {"-n", "4", "--strategies", "S6", "--seed", "5"});
    const Outcome both = entrepot({"compare", a, b});
    EXPECT_EQ(both.exit_code, 0);
    EXPECT_THAT(both.out, HasSubstr("compared as independent samples (Welch), 4 replications and 3 replications"));
    EXPECT_THAT(entrepot({"compare", a, b, "--csv"}).out, HasSubstr(",4,independent\n"));
    const Outcome watching = entrepot({"compare", a, b, "--watching"});
    EXPECT_EQ(watching.exit_code, 2);
    EXPECT_THAT(watching.err, HasSubstr("--watching wants pairs"));
}

TEST(CommandLine, ADamagedStudyIsRefused) {
    Studies studies;
    const std::string file = studies.run("study.h5", {"-n", "2"});
    std::string bytes = bytes_of(file);
    bytes[bytes.find("ai_orchestrated")] = 'A';
    std::ofstream(file, std::ios::binary) << bytes;
    for (const char* command : {"compare", "report"}) {
        const Outcome outcome = entrepot({command, file});
        EXPECT_EQ(outcome.exit_code, 3);
        EXPECT_THAT(outcome.err, HasSubstr("study.h5: is damaged or was edited"));
    }
}

TEST(CommandLine, TheFileIsTheSameForAnyNumberOfThreads) {
    const Scratch scratch;
    std::string first;
    for (const char* threads : {"1", "2", "4"}) {
        const std::string file = scratch.path(std::string("threads") + threads + ".h5");
        ASSERT_EQ(entrepot({"run", kTiny, "-n", "5", "--threads", threads, "-o", file, "--quiet"}).exit_code, 0);
        if (first.empty()) first = bytes_of(file);
        EXPECT_FALSE(first.empty());
        EXPECT_TRUE(bytes_of(file) == first) << threads << " threads";
    }
}

TEST(CommandLine, SeedAndSetChangeTheResult) {
    const Scratch scratch;
    const auto digest = [&](std::vector<std::string> extra) {
        const std::string file = scratch.path("x.h5");
        std::vector<std::string> arguments{"run", kTiny, "-n", "1", "-o", file, "--force", "--quiet"};
        arguments.insert(arguments.end(), extra.begin(), extra.end());
        EXPECT_EQ(entrepot(arguments).exit_code, 0);
        return results::load_study(file).replications.at(0).at(0).digest;
    };
    const std::uint64_t plain = digest({});
    EXPECT_EQ(plain, digest({}));
    EXPECT_NE(plain, digest({"--seed", "5"}));
    EXPECT_NE(plain, digest({"--set", "site.North.pickers=9"}));
}

TEST(CommandLine, CtrlCLeavesAValidFileWithWhatFinished) {
    const Scratch scratch;
    const std::string file = scratch.path("stopped.h5");
    const Outcome outcome = entrepot({"run", kTiny, "-n", "1000000", "-o", file, "--quiet", "--anyway"}, 700);
    EXPECT_EQ(outcome.exit_code, 130);
    EXPECT_THAT(outcome.err, HasSubstr("replications that finished"));
    const results::Study study = results::load_study(file);
    EXPECT_LT(study.replication_count(), 1'000'000u);
    for (const auto& strategy : study.replications) EXPECT_EQ(strategy.size(), study.replication_count());
}

TEST(CommandLine, AFullDiskUnderStandardOutputIsAnError) {
    const int status = std::system("'" ENTREPOT_PROGRAM "' list kpis > /dev/full 2> /dev/null");
    EXPECT_EQ(WEXITSTATUS(status), 4);
}

/// The disk under a log is full, or who read it is gone.
TEST(CommandLine, ProgressThatCantBeWrittenEndsNoRun) {
    const Scratch scratch;
    const std::string file = scratch.path("study.h5");
    const auto run = [&](const std::string& err) {
        const std::string command = "cd '" ENTREPOT_SOURCE_DIR "' && '" ENTREPOT_PROGRAM "' run " + std::string(kTiny) +
                                    " -n 4 --force -o " + file + " > " + scratch.path("out") + " 2>" + err;
        const int status = std::system(command.c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    ASSERT_EQ(run(scratch.path("err")), 0);
    EXPECT_THAT(bytes_of(scratch.path("err")), HasSubstr("runs: "));
    const std::string whole = bytes_of(file);
    int pipe_of_nobody[2];
    ASSERT_EQ(pipe(pipe_of_nobody), 0);
    close(pipe_of_nobody[0]);
    ASSERT_EQ(dup2(pipe_of_nobody[1], 9), 9);
    close(pipe_of_nobody[1]);
    for (const std::string err : {"/dev/full", "&9"}) {
        EXPECT_EQ(run(err), 0) << err;
        EXPECT_TRUE(bytes_of(file) == whole) << err;
    }
    close(9);
}

TEST(CommandLine, ListsAndCompletion) {
    EXPECT_THAT(entrepot({"list", "strategies"}).out, HasSubstr("ai_orchestrated"));
    EXPECT_THAT(entrepot({"list", "kpis"}).out, HasSubstr("line_fill"));
    EXPECT_THAT(entrepot({"list", "keys"}).out, HasSubstr("pickers"));
    EXPECT_THAT(entrepot({"list", "scenarios"}).out, HasSubstr("seasonal_spike"));
    EXPECT_EQ(entrepot({"list", "cats"}).exit_code, 2);
    EXPECT_THAT(entrepot({"completion", "bash"}).out, HasSubstr("complete -o filenames -F _entrepot entrepot"));
}

}  // namespace
}  // namespace entrepot::tests
