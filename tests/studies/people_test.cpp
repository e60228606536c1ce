#include <regex>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/file/store.hpp"
#include "results/text/table.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/program.hpp"
#include "studies/run_study.hpp"

/// What people meet at the terminal: widths, progress, lists from any folder, completion, and the endings of files.
namespace entrepot::tests {
namespace {

using namespace studies;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kProgram[] = ENTREPOT_PROGRAM;

/// A command of a shell, with the program as $entrepot.
Outcome shell(const std::string& script) {
    return run_program("/bin/bash", {"-c", "entrepot='" + std::string(kProgram) + "'\n" + script});
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// Widths.

TEST(Terminal, EveryTextFitsIt) {
    const Scratch scratch;
    const std::string study = scratch.path("study.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "3", "-o", study, "--quiet"}).exit_code, 0);
    for (const char* columns : {"60", "80", "100", "120", "200"}) {
        for (const std::string& command :
             {"compare " + study, "compare " + study + " --details", std::string("list kpis"),
              std::string("list scenarios"), std::string("run --help"), std::string("--help"),
              std::string("validate scenarios/tiny.toml"),
              std::string("verify scenarios/validation/eoq.toml --no-colour")}) {
            const Outcome outcome = shell("export COLUMNS=" + std::string(columns) + "; \"$entrepot\" " + command);
            ASSERT_EQ(outcome.exit_code, 0) << command << outcome.err;
            for (const std::string& line : lines_of(outcome.out))
                EXPECT_LE(results::columns_of(line), std::stoul(columns)) << command << ": " << line;
        }
    }
    // In a pipe, tables have 100 columns, and words stand as they are.
    const Outcome piped = shell("unset COLUMNS; \"$entrepot\" compare " + study);
    EXPECT_THAT(piped.out, HasSubstr("\n  S0 "));  // turned
    EXPECT_THAT(piped.out, Not(testing::ContainsRegex("[0-9]e[+-]?[0-9]")));
    EXPECT_THAT(piped.out, Not(testing::ContainsRegex("-[$]?0\\.?0* ")));
}

// Progress.

scenarios::Loaded tiny() {
    return std::move(*scenarios::load(std::string(ENTREPOT_SOURCE_DIR) + "/scenarios/tiny.toml").loaded);
}

std::vector<Progress> progress_of(const scenarios::Loaded& loaded, const StudyOptions& options) {
    std::vector<Progress> seen;
    StudyEvents events;
    events.progress = [&](const Progress& now) { seen.push_back(now); };
    run_study(loaded, options, events, {});
    return seen;
}

TEST(ProgressOfAStudy, CountsTheConfirmation) {
    StudyOptions options{.strategies = {"S0", "S1", "S6"}, .replications = 3, .comparator = "S0", .series = false};
    options.confirm = kAsMany;
    const auto seen = progress_of(tiny(), options);
    ASSERT_FALSE(seen.empty());
    for (const Progress& now : seen) EXPECT_EQ(now.runs, 3u * 3 + 2 * 3);
    EXPECT_EQ(seen.back().runs_done, seen.back().runs);
    options.confirm = 2;
    EXPECT_EQ(progress_of(tiny(), options).front().runs, 3u * 3 + 2 * 2);
}

/// To a precision: unknown at first, then an estimate that is near what it takes, and never the cap.
TEST(ProgressOfAStudy, EstimatesWhatAPrecisionTakes) {
    const auto loaded = std::move(
        *scenarios::load(std::string(ENTREPOT_SOURCE_DIR) + "/scenarios/validation/base_stock_fill.toml").loaded);
    StudyOptions options{.strategies = {scenarios::strategy_names(loaded.scenario).front()},
                         .replications = 100'000,
                         .seed = 7,
                         .series = false};
    options.comparator = options.strategies.front();
    options.precision = results::PrecisionGoal{.relative = 0.006, .most = 100'000, .of = {"on_hand_at_close"}};
    const auto seen = progress_of(loaded, options);
    const double took = static_cast<double>(seen.back().runs_done);
    ASSERT_GT(took, 15);
    EXPECT_FALSE(seen.front().runs_known);
    for (const Progress& now : seen) {
        EXPECT_EQ(now.runs_known, now.runs_done >= 5);
        if (!now.runs_known) continue;
        EXPECT_LT(static_cast<double>(now.runs), 20 * took);  // not the cap
        if (now.runs_done < 15) continue;
        EXPECT_GT(static_cast<double>(now.runs), took / 4);
        EXPECT_LT(static_cast<double>(now.runs), took * 4);
    }
}

TEST(ProgressBar, KnowsTheLimit) {
    using namespace studies::cli;
    const auto text = [](const Extent& extent, double seconds) { return rest_text(extent, rest_of(extent, seconds)); };
    EXPECT_EQ(text({.done = 30, .total = 120, .most_seconds = {}}, 60), "30 of 120, 3 min 00 s left");
    EXPECT_EQ(text({.done = 30, .total = 120, .most_seconds = 60.0}, 60), "30 of 60, 60 s left");
    EXPECT_EQ(text({.done = 30, .total = 120, .most_seconds = 3600.0}, 60), "30 of 120, 3 min 00 s left");
    EXPECT_EQ(text({.done = 3, .total = 1000, .known = false, .most_seconds = {}}, 60), "3 so far");
    EXPECT_EQ(text({.done = 3, .total = 1000, .known = false, .most_seconds = 580.0}, 60),
              "3 so far, at most 9 min 40 s left");
    EXPECT_EQ(text({.done = 30, .total = 120, .most_seconds = -2.0}, 60), "30 of 30, 0 s left");
    EXPECT_EQ(text({.done = 0, .total = 120, .most_seconds = {}}, 0), "0 of 120");
}

// Lists, completion.

TEST(ListScenarios, WorksFromAnyFolderAndNamesWhatRuns) {
    const Outcome elsewhere = shell("cd /; \"$entrepot\" list scenarios");
    ASSERT_EQ(elsewhere.exit_code, 0) << elsewhere.err;
    std::string spike;
    for (const std::string& line : lines_of(elsewhere.out)) {
        if (line.find("/tiny.toml") != std::string::npos) spike = line.substr(0, line.find(' '));
    }
    EXPECT_EQ(shell("cd /tmp; \"$entrepot\" validate " + spike).exit_code, 0) << spike;
    EXPECT_THAT(shell("cd /; \"$entrepot\" list strategies").out, HasSubstr("S6"));
    EXPECT_THAT(entrepot({"list", "scenarios"}).out, HasSubstr("\nscenarios/tiny.toml "));  // from here, short
    EXPECT_THAT(shell("cd scenarios; \"$entrepot\" list scenarios").out, HasSubstr("\ntiny.toml "));
    // Installed, too; and where there are none, the places are told.
    const Scratch scratch;
    const std::string root = scratch.path("");
    const Outcome installed =
        shell("mkdir -p " + root + "bin " + root + "share/entrepot && cp \"$entrepot\" " + root +
              "bin/ && cp -r scenarios " + root + "share/entrepot/ && cd / && " + root + "bin/entrepot list scenarios");
    EXPECT_THAT(installed.out, HasSubstr(root + "share/entrepot/scenarios/tiny.toml "));
    const Outcome none = shell("cd /; rm -r " + root + "share; " + root + "bin/entrepot list scenarios");
    EXPECT_EQ(none.exit_code, 3);
    EXPECT_THAT(none.err, HasSubstr(root + "share/entrepot/scenarios"));
    EXPECT_THAT(none.err, HasSubstr("ENTREPOT_SCENARIOS"));
    EXPECT_THAT(shell("export ENTREPOT_SCENARIOS=$PWD/scenarios; cd /; " + root + "bin/entrepot list scenarios").out,
                HasSubstr("/scenarios/tiny.toml "));
}

/// The guide's alias: the function can't run it, since only the interactive shell knows it.
TEST(Completion, WorksWithAnAlias) {
    const auto completed = [](const std::string& more, const std::string& words, int at) {
        return shell(
                   "unset COLUMNS; PATH=/usr/bin:/bin\nshopt -s expand_aliases\nalias entrepot=\"$entrepot\"\n"
                   "source <(\"$entrepot\" completion bash " +
                   more + ")\nCOMP_WORDS=(" + words + ")\nCOMP_CWORD=" + std::to_string(at) +
                   "\n_entrepot\necho \"${COMPREPLY[@]}\"\ncomplete -p")
            .out;
    };
    EXPECT_THAT(completed("", "entrepot run --prec", 2), StartsWith("--precision --precision-of\n"));
    EXPECT_THAT(completed("", "entrepot va", 1), StartsWith("validate\n"));
    EXPECT_THAT(completed("", "entrepot list sc", 2), StartsWith("scenarios\n"));
    EXPECT_THAT(completed("", "entrepot run scenarios/tin", 2), StartsWith("scenarios/tiny.toml\n"));
    EXPECT_THAT(completed("", "entrepot va", 1), HasSubstr("-F _entrepot entrepot\n"));
    EXPECT_THAT(completed("--name ep", "ep run --prec", 2), StartsWith("--precision --precision-of\n"));
    EXPECT_THAT(completed("--name ep", "ep va", 1), HasSubstr("-F _entrepot ep\n"));
    EXPECT_EQ(entrepot({"completion", "fish"}).exit_code, 2);
}

// Endings.

TEST(Endings, AFileIsWhatItsNameSays) {
    const Scratch scratch;
    const std::string study = scratch.path("study.h5"), pdf = scratch.path("x.PDF");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "-o", study, "--quiet"}).exit_code, 0);
    for (const char* name : {"x.docx", "x.png", "x.html.gz"}) {
        const Outcome refused = entrepot({"report", study, "-o", scratch.path(name)});
        EXPECT_EQ(refused.exit_code, 2);
        EXPECT_THAT(refused.err, HasSubstr("want a name that ends in .html or .pdf"));
        EXPECT_EQ(bytes_of(scratch.path(name)), "");
    }
    const Outcome csv = entrepot({"run", kTiny, "-n", "1", "-o", scratch.path("x.csv")});
    EXPECT_EQ(csv.exit_code, 2);
    EXPECT_THAT(csv.err, HasSubstr("want a name that ends in .h5"));
    // Without a browser: refused, with what to do instead.
    const Outcome none = shell("PATH=/nowhere \"$entrepot\" report " + study + " -o " + pdf);
    EXPECT_EQ(none.exit_code, 4);
    EXPECT_THAT(none.err, HasSubstr("there is no Chromium here to print it: write " + scratch.path("x.html")));
    EXPECT_EQ(bytes_of(pdf), "");
    // A browser that ends well and prints nothing.
    const std::string folder = scratch.path("");
    const Outcome nothing = shell("printf '#!/bin/sh\\nexit 0\\n' > " + folder + "chromium; chmod +x " + folder +
                                  "chromium; PATH=" + folder + " \"$entrepot\" report " + study + " -o " + pdf);
    EXPECT_EQ(nothing.exit_code, 4);
    EXPECT_THAT(nothing.err, HasSubstr("Chromium printed nothing"));
    if (shell("command -v chromium chromium-browser google-chrome").out.empty())
        GTEST_SKIP() << "no Chromium here: no PDF is printed";
    const Outcome printed = entrepot({"report", study, "-o", pdf});
    EXPECT_EQ(printed.exit_code, 0) << printed.err;
    EXPECT_THAT(bytes_of(pdf), StartsWith("%PDF-"));
    EXPECT_EQ(entrepot({"report", study, "-o", pdf}).exit_code, 4);  // it exists
}

}  // namespace
}  // namespace entrepot::tests
