#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "studies/program.hpp"

/// `entrepot log` as people use it, and what tools read of it.
namespace entrepot::tests {
namespace {

using testing::HasSubstr;
using Row = std::vector<std::string>;

Row fields(const std::string& line) {
    Row row;
    std::istringstream text(line + ",");
    for (std::string field; std::getline(text, field, ',');) row.push_back(field);
    return row;
}

struct Table {
    Row head;
    std::vector<Row> rows;
    const std::string& at(const Row& row, const std::string& column) const {
        return row.at(static_cast<std::size_t>(std::ranges::find(head, column) - head.begin()));
    }
};

Table table_of(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    Table table{fields(line), {}};
    while (std::getline(lines, line)) table.rows.push_back(fields(line));
    return table;
}

TEST(LogCommand, WritesARowForEachActivity) {
    const Outcome outcome = entrepot({"log", kTiny, "--strategy", "S6"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const Table table = table_of(outcome.out);
    std::map<std::string, std::map<std::string, int>> activities;  // by case
    for (const Row& row : table.rows) {
        ASSERT_EQ(row.size(), table.head.size());
        ++activities[table.at(row, "case")][table.at(row, "activity")];
        const std::string &start = table.at(row, "start"), &end = table.at(row, "end");
        EXPECT_TRUE(end.empty() || start <= end) << start << " " << end;  // ISO times are in the order of their texts
    }
    EXPECT_GT(activities.size(), 100u);
    for (const auto& [number, count] : activities) {
        EXPECT_EQ(count.at("detected"), 1) << number;
        EXPECT_LE(count.contains("closed") ? count.at("closed") : 0, 1) << number;
    }
}

/// People take time, and what waits for them waits.
TEST(LogCommand, TellsHowLongPeopleTook) {
    const Table table = table_of(entrepot({"log", kTiny, "--strategy", "S0"}).out);
    int handled = 0;
    for (const Row& row : table.rows) {
        if (table.at(row, "activity") != "handling" || table.at(row, "end").empty()) continue;
        const bool in_one_go = table.at(row, "kind") == "priority exception";  // with the complaint that asks for it
        EXPECT_EQ(table.at(row, "start") == table.at(row, "end"), in_one_go);
        EXPECT_NE(table.at(row, "role"), "system");
        ++handled;
    }
    EXPECT_GT(handled, 50);
}

/// The first level holds a case until somebody agrees, also when another one is asked in its place; the row says who
/// did.
TEST(LogCommand, SaysWhoAgreedWhenALevelWasLate) {
    const Scratch scratch;
    const std::string file = scratch.path("late.toml");
    std::ofstream(file) << "base = \"" ENTREPOT_SOURCE_DIR
                           "/scenarios/tiny.toml\"\nname = \"late\"\n[items]\ncount = 60\n"
                        << "[strategy.S6.approval.procurement]\nabove = \"$100\"\nmedian = \"3 h\"\nsigma = 1\n"
                        << "service_level = \"2 h\"\nescalates_to = \"lead\"\n[strategy.S6.approval.lead]\n"
                        << "above = \"$100000\"\nrole = \"finance\"\nmedian = \"4 h\"\nsigma = 1\n";
    const Table table = table_of(entrepot({"log", file, "--strategy", "S6"}).out);
    std::map<std::string, std::string> overdue;  // by case
    for (const Row& row : table.rows) {
        if (table.at(row, "activity") == "overdue") overdue[table.at(row, "case")] = table.at(row, "start");
    }
    std::map<std::string, int> agreed;  // by role
    for (const Row& row : table.rows) {
        const auto late = overdue.find(table.at(row, "case"));
        if (late == overdue.end() || table.at(row, "activity") != "approval") continue;
        EXPECT_LT(table.at(row, "start"), late->second);
        if (table.at(row, "end").empty()) continue;
        EXPECT_LE(late->second, table.at(row, "end"));
        ++agreed[table.at(row, "role")];
    }
    EXPECT_GT(agreed["procurement"], 3);
    EXPECT_GT(agreed["finance"], 3);
}

TEST(LogCommand, WritesTheSameIntoAFile) {
    const Scratch scratch;
    const std::string file = scratch.path("log.csv");
    ASSERT_EQ(entrepot({"log", kTiny, "-o", file}).exit_code, 0);
    EXPECT_EQ(bytes_of(file), entrepot({"log", kTiny}).out);
    const Outcome again = entrepot({"log", kTiny, "-o", file});
    EXPECT_NE(again.exit_code, 0);
    EXPECT_THAT(again.err, HasSubstr("--force"));
    EXPECT_EQ(entrepot({"log", kTiny, "-o", file, "--force"}).exit_code, 0);
}

TEST(LogCommand, TakesTheFormatOfTheFilesEnding) {
    const Scratch scratch;
    const auto begin_of = [&](const std::string& name, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"log", kTiny, "-o", scratch.path(name)};
        words.insert(words.end(), more.begin(), more.end());
        const Outcome outcome = entrepot(words);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        return bytes_of(scratch.path(name)).substr(0, 15);
    };
    EXPECT_EQ(begin_of("log.csv"), "case,kind,activ");
    EXPECT_EQ(begin_of("log"), "case,kind,activ");
    EXPECT_EQ(begin_of("log.json"), "{\n\"objectTypes\"");
    EXPECT_EQ(begin_of("log.jsonocel"), "{\n\"objectTypes\"");
    EXPECT_EQ(begin_of("log.sqlite"), "SQLite format 3");
    EXPECT_EQ(begin_of("log.db"), "SQLite format 3");
    EXPECT_EQ(begin_of("other.db", {"--format", "csv"}), "case,kind,activ");
    EXPECT_EQ(begin_of("other", {"--format", "ocel-json"}), "{\n\"objectTypes\"");
    const std::string printed = entrepot({"log", kTiny, "--format", "ocel-json"}).out;
    EXPECT_EQ(printed, bytes_of(scratch.path("log.json")));
}

TEST(LogCommand, RefusesWhatDoesNotFitItsFormat) {
    const auto refusal = [](const std::vector<std::string>& more) {
        std::vector<std::string> words{"log", kTiny};
        words.insert(words.end(), more.begin(), more.end());
        const Outcome outcome = entrepot(words);
        EXPECT_EQ(outcome.exit_code, 2);
        EXPECT_EQ(outcome.out, "");
        return outcome.err;
    };
    EXPECT_THAT(refusal({"--format", "xes"}), HasSubstr("got 'xes', want csv, ocel-json or ocel-sqlite"));
    EXPECT_THAT(refusal({"--format", "ocel-sqlite"}), HasSubstr("want a file"));
    EXPECT_THAT(refusal({"--orders", "all"}), HasSubstr("--orders goes with an object-centric log"));
    EXPECT_THAT(refusal({"--format", "ocel-json", "--orders", "some"}), HasSubstr("got 'some', want touched or all"));
}

TEST(BottlenecksCommand, SpeaksOfItselfInItsComplaints) {
    EXPECT_THAT(entrepot({"bottlenecks", kTiny, "--strategy", "S9"}).err, HasSubstr("bottlenecks: --strategy"));
    EXPECT_THAT(entrepot({"bottlenecks"}).err, HasSubstr("entrepot bottlenecks STUDY.h5"));
}

TEST(TwinCommand, SaysWhatOverridesWereWorth) {
    const Row judging{"--set", "office.judgement.acceptance=0.5", "--set", "strategy.S6.guardrail.value.value=$300"};
    const auto twin = [&](Row more, const Row& sets) {
        Row all{"twin", kTiny, "--strategy", "S6", "--quiet"};
        all.insert(all.end(), more.begin(), more.end());
        all.insert(all.end(), sets.begin(), sets.end());
        return entrepot(all);
    };
    const Outcome page = twin({"--sample", "4"}, judging);
    ASSERT_EQ(page.exit_code, 0) << page.err;
    EXPECT_THAT(page.out, HasSubstr("What overrides were worth"));
    EXPECT_THAT(page.out, HasSubstr("4 of "));
    EXPECT_THAT(page.out, HasSubstr("On average an override was worth, with 95 % intervals over the sample"));
    EXPECT_EQ(twin({"--sample", "4", "--threads", "3"}, judging).out, page.out);
    EXPECT_THAT(twin({"--decision", "allocation_override"}, judging).out,
                HasSubstr("Nobody overrode anything in the measured window."));
    EXPECT_THAT(twin({"--sample", "2", "--json"}, judging).out, HasSubstr("\"recommended\": "));
}

TEST(TwinCommand, SpeaksOfItselfInItsComplaints) {
    EXPECT_THAT(entrepot({"twin", kTiny, "--strategy", "S9"}).err, HasSubstr("twin: --strategy"));
    EXPECT_THAT(entrepot({"twin"}).err, HasSubstr("entrepot twin STUDY.h5"));
    EXPECT_THAT(entrepot({"twin", kTiny, "--sample", "0"}).err, HasSubstr("twin: --sample: got '0', want a whole"));
    EXPECT_THAT(entrepot({"twin", kTiny, "--decision", "purchas"}).err,
                HasSubstr("twin: --decision: got 'purchas', want one of purchase, allocation_override, "
                          "priority_exception (did you mean purchase?)"));
}

TEST(LogCommand, SpeaksOfItselfInItsComplaints) {
    EXPECT_THAT(entrepot({"log", kTiny, "--strategy", "S9"}).err, HasSubstr("log: --strategy"));
    EXPECT_THAT(entrepot({"log"}).err, HasSubstr("entrepot log STUDY.h5"));
}

}  // namespace
}  // namespace entrepot::tests
