#include "results/text/table.hpp"

#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/comparison/compare.hpp"
#include "results/study_fixture.hpp"

/// Tables and words that fit whatever terminal there is.
namespace entrepot::tests {
namespace {

using namespace results;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

Table table_of(std::size_t strategies, const std::string& title) {
    Table table{.corner = "KPI", .columns = {}, .rows = {}};
    for (std::size_t s = 0; s < strategies; ++s) table.columns.push_back(fmt::format("S{} {}", s, title));
    for (const char* name : {"Line fill rate, first pass", "Operating cost"}) {
        Table::Row& row = table.rows.emplace_back(Table::Row{name, {{{"93.8 %"}}}});
        for (std::size_t s = 1; s < strategies; ++s)
            row.cells.push_back({{"95.1 %", "+1.3 pt [+0.9, +1.7] better 6.1x"}});
    }
    return table;
}

std::string without_space(const std::string& text) {
    std::string kept;
    for (const char c : text) {
        if (c != ' ' && c != '\n') kept += c;
    }
    return kept;
}

TEST(TableText, FitsEveryTerminalAndLosesNothing) {
    const std::string names[]{"baseline_manual", "Größtes Lager Südost, 倉庫 und Zubehör",
                              "an uncommonly long title, which nobody wanted to shorten, of a way of working"};
    for (const std::size_t width : {60u, 80u, 100u, 120u, 200u}) {
        for (const std::size_t strategies : {1u, 3u, 10u}) {
            for (const std::string& name : names) {
                SCOPED_TRACE(fmt::format("{} columns, {} strategies, {}", width, strategies, name));
                const Table table = table_of(strategies, name);
                const std::string text = table_text(table, width);
                for (const std::string& line : lines_of(text)) EXPECT_LE(columns_of(line), width) << line;
                for (std::size_t s = 0; s < strategies; ++s)
                    EXPECT_THAT(without_space(text), HasSubstr(without_space(table.columns[s])));
                if (strategies > 1) {  // in one piece
                    EXPECT_THAT(text, HasSubstr("+1.3 pt [+0.9, +1.7] better 6.1x"));
                }
            }
        }
    }
}

TEST(TableText, IsUprightWhereItFitsAndTurnedWhereNot) {
    const Table table = table_of(3, "tuned");
    const std::size_t whole = columns_of(lines_of(table_text(table, 0))[1]);  // the rule below the head
    EXPECT_EQ(table_text(table, whole), table_text(table, 0));
    const auto lines = lines_of(table_text(table, whole - 1));
    EXPECT_EQ(lines[0], "Line fill rate, first pass");
    EXPECT_EQ(lines[1], "  S0 tuned  93.8 %");
    EXPECT_EQ(lines[2], "  S1 tuned  95.1 %  +1.3 pt [+0.9, +1.7] better 6.1x");
    EXPECT_EQ(lines[4], "");
    EXPECT_EQ(lines[5], "Operating cost");
    const auto narrow = lines_of(table_text(table, 40));
    EXPECT_EQ(narrow[3], "  S1 tuned");
    EXPECT_EQ(narrow[4], "    95.1 %");
    EXPECT_EQ(narrow[5], "    +1.3 pt [+0.9, +1.7] better 6.1x");
}

TEST(TableText, CountsColumnsNotBytes) {
    EXPECT_EQ(columns_of("Südost"), 6u);
    EXPECT_EQ(columns_of("倉庫"), 4u);
    EXPECT_EQ(columns_of("e\u0301"), 1u);  // an accent of its own
    EXPECT_EQ(columns_of("\xff\xfe"), 2u);
    Table table{.corner = "", .columns = {"倉庫", "x"}, .rows = {{"ä", {{{"1"}}, {{"2"}}}}}};
    const auto lines = lines_of(table_text(table, 0));
    EXPECT_EQ(lines[0], "   倉庫  x");
    EXPECT_EQ(lines[2], "ä  1     2");
}

TEST(Wrapped, BreaksBetweenWordsAndKeepsIntervalsWhole) {
    EXPECT_EQ(wrapped("  one two three", 11), "  one two\n  three");
    EXPECT_EQ(wrapped("NPV $1.20 M [1.11, 1.35] over", 14, 2), "NPV $1.20 M\n  [1.11, 1.35]\n  over");
    EXPECT_EQ(wrapped("noise of 95 % is", 12), "noise of\n95 % is");
    EXPECT_EQ(wrapped("abcdefghij", 4), "abcd\nefgh\nij");
    EXPECT_EQ(wrapped("short\n\nlines\n", 40), "short\n\nlines\n");
    for (std::size_t width = 4; width < 30; ++width) {
        const std::string text = "Größe [of many, many words in brackets] 倉庫倉庫倉庫 and an uncommonly-long-word";
        for (const std::string& line : lines_of(wrapped(text, width, 4))) {
            EXPECT_LE(columns_of(line), width) << width;
        }
    }
    EXPECT_EQ(cut("倉庫 and more", 6), "倉庫 …");
    EXPECT_EQ(cut("fits", 4), "fits");
}

TEST(ComparisonTable, FitsTheTerminal) {
    const Study study = numbered_study(4);
    const Comparison comparison = compare(study);
    for (const std::size_t width : {60u, 80u, 100u, 120u, 200u}) {
        const TableOptions options{.details = true, .width = width, .wrap_width = width};
        for (const std::string& line : lines_of(comparison_table(study, comparison, options)))
            EXPECT_LE(columns_of(line), width) << line;
    }
}

}  // namespace
}  // namespace entrepot::tests
