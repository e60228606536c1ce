#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "scratch.hpp"

/// Files that somebody was sent: they are refused, in a time and a memory that follow their size.
namespace entrepot::scenarios {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Scratch;
using testing::shipped;

/// A text over tiny.toml in which `line` stands so many times, with its number.
Result read_many(const Scratch& scratch, int count, const std::string& before, const char* line) {
    std::string text = "base = \"" + shipped("tiny.toml").generic_string() + "\"\n" + before;
    for (int i = 0; i < count; ++i) text += fmt::format(fmt::runtime(line), i) + "\n";
    return load(scratch.write("many.toml", text));
}

// Each of these took minutes, with the square of its size.

TEST(HostileText, OfAMillionMistakesTheFirstAreToldAndTheRestIsCounted) {
    const Scratch scratch;
    const Result result = read_many(scratch, 300'000, "", "zz{} = 1");
    EXPECT_EQ(result.problems.size(), 300'000u);
    EXPECT_EQ(result.problems.end() - result.problems.begin(), 100);
    EXPECT_THAT(to_string(result.problems), HasSubstr("\nand 299900 more\n"));
}

TEST(HostileText, ManyPartsAreRefusedByTheirNumber) {
    const Scratch scratch;
    for (const auto& [key, most] : std::vector<std::pair<std::string, int>>{{"phase", 1000},
                                                                            {"strategy", 100},
                                                                            {"site", 255},
                                                                            {"class", 100},
                                                                            {"tier", 100},
                                                                            {"stream", 10'000},
                                                                            {"burst", 10'000},
                                                                            {"verify", 10'000},
                                                                            {"moment", 10'000}}) {
        const Result result = read_many(scratch, 50'000, "[" + key + "]\n", "P{} = {{}}");
        EXPECT_THAT(to_string(result.problems), HasSubstr(fmt::format("want at most {} tables [{}.NAME]", most, key)));
    }
}

TEST(HostileText, AsManyPartsAsThereMayBeAreReadInLinearTime) {
    const Scratch scratch;
    const Result bursts =
        read_many(scratch, 10'000, "[burst]\n", "P{} = {{ day = \"1 d\", at = \"nowhere\", tier = \"T1\" }}");
    EXPECT_GT(bursts.problems.size(), 9'000u);
    const Result binds =
        read_many(scratch, 10'000, "[strategy.S0.bind]\n",
                  "P{} = {{ decision = \"replenishment\", item = \"nothing\", policy = \"min_max\" }}");
    EXPECT_GT(binds.problems.size(), 9'000u);
    const Result told = read_many(scratch, 10'000, "[verify]\n", "P{} = {{ kpi = \"no\", moment = \"none\" }}");
    EXPECT_GT(told.problems.size(), 9'000u);
}

TEST(HostileText, OverlaysOfManyNamesAreLaidOverEachOther) {
    const Scratch scratch;
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += fmt::format("zz{} = 1\n", i);
    scratch.write("under.toml", text);
    const Result result = load(scratch.write("over.toml", "base = \"under.toml\"\n" + text));
    EXPECT_GE(result.problems.size(), 200'000u);
}

TEST(HostileText, StrategiesThatStandOnOneAnotherDontMultiply) {
    const Scratch scratch;
    std::string text = "base = \"" + shipped("tiny.toml").generic_string() + "\"\n";
    for (int i = 0; i < 90; ++i) {
        text +=
            fmt::format("[strategy.T{}]\nnew = true\nbase = \"{}\"\n", i, i == 0 ? "S0" : fmt::format("T{}", i - 1));
        for (int k = 0; k < 1000; ++k) text += fmt::format("x{}y{} = 1\n", i, k);
    }
    const Result result = load(scratch.write("chain.toml", text));
    EXPECT_THAT(to_string(result.problems), HasSubstr("values in the strategies with their bases"));
}

TEST(HostileText, AllFilesTogetherHaveAsMuchTextAsOneMayHave) {
    const Scratch scratch;
    const std::string padding((std::size_t{6} << 20) / 100 * 100, '\n');
    scratch.write("under.toml", padding);
    EXPECT_THAT(scratch.problems(scratch.write("over.toml", "base = \"under.toml\"\n" + padding)),
                Contains(HasSubstr("bytes that are left of what all files together may have")));
}

TEST(HostileText, WhatHasNoEndIsNotRead) {
    const Scratch scratch;
    ASSERT_EQ(mkfifo((scratch.folder() / "pipe").c_str(), 0600), 0);
    for (const std::string name : {"pipe", "/dev/zero", "."}) {
        EXPECT_THAT(scratch.problems(scratch.write("a.toml", "base = \"" + name + "\"\n")),
                    Contains(HasSubstr("want a readable scenario file")));
        EXPECT_THAT(scratch.over_tiny("[items]\nfile = \"" + name + "\"\n"),
                    Contains(HasSubstr("want a readable CSV file")));
    }
}

TEST(HostileText, NamesAndTextsHoldNoControlCharacters) {
    const Scratch scratch;
    EXPECT_THAT(scratch.over_tiny("title = \"a\\u001B[2Jb\"\n"),
                Contains("bad.toml:2:9: got a text with the control character \\x1b, want none"));
    EXPECT_THAT(scratch.over_tiny("[site.\"N\\u202E\"]\nnew = true\n"),
                Contains(HasSubstr("got a name with the control character \\u202e, want none")));
    EXPECT_THAT(scratch.over_tiny("[items]\nfile = \"items.csv\\u0000.toml\"\n"),
                Contains(HasSubstr("got a text with the control character \\x00, want none")));
    EXPECT_THAT(scratch.problems(scratch.write("b.toml", "base = \"tiny.toml\\u0000\"\n")),
                Contains(HasSubstr("got a text with the control character \\x00, want none")));
}

/// Studies are made of them, and readers of studies have the same limits.
TEST(HostileText, NamesAndTextsAreNoLongerThanAStudyMayHave) {
    const Scratch scratch;
    std::string text;
    for (int line = 0; line < 20; ++line) text += std::string(5'001, 't') + "\n";
    const std::string name(251, 'n');
    const auto too_long = [](const char* what, const char* most) {
        return Contains(::testing::AllOf(HasSubstr(what), HasSubstr(most)));
    };
    EXPECT_THAT(scratch.over_tiny("[phase." + name + "]\nfrom = \"0 d\"\nto = \"1 d\"\n"),
                too_long("got a name of 251 characters", "want at most 250"));
    EXPECT_THAT(scratch.over_tiny("name = \"" + name + "\"\n"), too_long("name: got 251 characters", "at most 250"));
    EXPECT_THAT(scratch.over_tiny("title = \"\"\"\n" + text + "\"\"\"\n"),
                too_long("got a text of 100040 characters", "want at most 100000"));
    scratch.write("items.csv", "item,class,cost\n" + name + ",A,1\n");
    EXPECT_THAT(scratch.over_tiny("[items]\nfile = \"items.csv\"\n"), too_long("items.csv:2:1", "at most 250"));
    EXPECT_THAT(scratch.over_tiny("[phase." + name.substr(1) + "]\nfrom = \"0 d\"\nto = \"1 d\"\n"),
                ::testing::Not(too_long("characters", "want at most")));
}

TEST(HostileText, MessagesQuoteHarmlessly) {
    const Scratch scratch;
    for (const std::string& problem : scratch.problems(scratch.write("bad\x1b.toml", "a = \x1b[2J\n"))) {
        EXPECT_EQ(problem.find('\x1b'), std::string::npos) << problem;
    }
}

/// The items' file of tiny.toml.
std::vector<std::string> of_items(const Scratch& scratch, const std::string& csv) {
    scratch.write("items.csv", csv);
    return scratch.over_tiny("[items]\nfile = \"items.csv\"\n");
}

TEST(HostileText, DataFilesHoldNoControlCharacters) {
    const Scratch scratch;
    EXPECT_THAT(of_items(scratch, "item,class,cost\nA\x1b[2J,A,1\n"),
                Contains(HasSubstr("items.csv:2:1: got the control character \\x1b, want text")));
    EXPECT_THAT(of_items(scratch, "item,class,cost\n\"A\tB\",A,1\n"),
                Contains("items.csv:2:1: item: got \"A\\x09B\", want a name that no other item has"));
}

TEST(HostileText, ARowOfManyFieldsIsNotKept) {
    const Scratch scratch;
    EXPECT_THAT(of_items(scratch, std::string(5'000'000, ',') + "\n"),
                ElementsAre(HasSubstr("got more than 10000 fields in a row")));
}

}  // namespace
}  // namespace entrepot::scenarios
