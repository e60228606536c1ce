#include <algorithm>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/file/store.hpp"
#include "results/kpis/item_days.hpp"
#include "results/kpis/rows.hpp"
#include "studies/program.hpp"

/// `run --items` and `export` as their users meet them.
namespace entrepot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;
using Texts = std::vector<std::string>;

Outcome run(const std::string& file, const Texts& more) {
    Texts arguments{"run", kTiny, "--no-confirm", "--quiet", "-o", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return entrepot(arguments);
}

Texts split(const std::string& text, char at) {
    Texts parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
    return parts;
}

TEST(RunItems, AreTheSameBytesForAnyNumberOfThreads) {
    const Scratch scratch;
    const std::string one = scratch.path("one.h5"), three = scratch.path("three.h5");
    const Texts items{"-n", "4", "--strategies", "S0,S6", "--items", "A0001,c0002"};
    const auto with_threads = [&](const std::string& n) {
        Texts more = items;
        more.insert(more.end(), {"-j", n});
        return more;
    };
    ASSERT_EQ(run(one, with_threads("1")).exit_code, 0);
    ASSERT_EQ(run(three, with_threads("3")).exit_code, 0);
    EXPECT_EQ(bytes_of(one), bytes_of(three));
    const results::Study study = results::load_study(one);
    EXPECT_EQ(study.items.names, (Texts{"A0001", "C0002"}));
    EXPECT_EQ(study.items.index, (std::vector<std::int32_t>{0, 16}));
}

/// What a run leaves that is stopped, or that asks for fewer, is the beginning of the longer one.
TEST(RunItems, OfAShorterRunAreTheBeginningOfALongerOne) {
    const Scratch scratch;
    const std::string long_one = scratch.path("long.h5"), short_one = scratch.path("short.h5"),
                      stopped = scratch.path("stopped.h5");
    ASSERT_EQ(run(long_one, {"-n", "6", "--items", "A0001"}).exit_code, 0);
    ASSERT_EQ(run(short_one, {"-n", "2", "--items", "A0001", "--no-series"}).exit_code, 0);
    ASSERT_EQ(run(stopped, {"-n", "5000", "--items", "A0001", "--time-limit", "0.5 s"}).exit_code, 0);
    const results::Study all = results::load_study(long_one), some = results::load_study(short_one),
                         first = results::load_study(stopped);
    EXPECT_TRUE(some.series.empty());
    EXPECT_EQ(first.ending, results::Ending::out_of_time);
    for (const results::Study* study : {&some, &first}) {
        for (std::size_t s = 0; s < study->strategies.size(); ++s) {
            for (std::size_t r = 0; r < std::min<std::size_t>(6, study->replication_count()); ++r) {
                EXPECT_FALSE(study->replications[s][r].item_days.empty());
                EXPECT_EQ(study->replications[s][r].item_days, all.replications[s][r].item_days);
            }
        }
    }
}

TEST(RunItems, TellWhatIsWrongBeforeAnythingRuns) {
    const Scratch scratch;
    const Outcome wrong = run(scratch.path("a.h5"), {"--items", "A001,Z99,A0001,A0001"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(
        wrong.err,
        HasSubstr(
            "run: --items: the scenario has no item 'A001' (did you mean A0001?); the scenario has no item 'Z99'"));
    EXPECT_THAT(wrong.err, HasSubstr("item 'A0001' is named twice"));
    const Outcome many = run(scratch.path("a.h5"), {"--items", "all", "-n", "100000"});
    EXPECT_EQ(many.exit_code, 2);
    EXPECT_THAT(many.err, HasSubstr("would take"));
    EXPECT_EQ(run(scratch.path("a.h5"), {"--items", "A0001,"}).exit_code, 2);
    EXPECT_EQ(bytes_of(scratch.path("a.h5")), "");
}

/// The lines of a CSV by all that stands before their values, and the names of the values.
struct Csv {
    Texts names;
    std::map<std::string, Texts> lines;
};
Csv read(const std::string& text, std::size_t keys) {
    Csv csv;
    bool first = true;
    for (const std::string& line : split(text, '\n')) {
        Texts fields = split(line, ',');
        const auto values = fields.begin() + static_cast<std::ptrdiff_t>(keys);
        std::string key;
        for (auto f = fields.begin(); f != values; ++f) key += (key.empty() ? "" : ",") + *f;
        if (first) {
            csv.names.assign(values, fields.end());
        } else {
            EXPECT_TRUE(csv.lines.emplace(key, Texts(values, fields.end())).second) << key;
        }
        first = false;
    }
    return csv;
}

TEST(Export, PrintsTheDaysOfItemsAndOfTheNetwork) {
    const Scratch scratch;
    const std::string file = scratch.path("study.h5");
    ASSERT_EQ(run(file, {"-n", "2", "--strategies", "S0,S6", "--items", "A0001,B0007"}).exit_code, 0);
    const results::Study study = results::load_study(file);
    const Outcome items = entrepot({"export", file, "--items", "all"});
    ASSERT_EQ(items.exit_code, 0) << items.err;
    EXPECT_THAT(items.out, testing::StartsWith("strategy,replication,item,warehouse,day,date,units_ordered,"));
    const Csv csv = read(items.out, 6);
    EXPECT_EQ(csv.lines.size(), 2u * 2 * 2 * 3 * 42);
    ASSERT_EQ(csv.names.size(), results::kItemSeriesCount);
    // S6, replication 1, B0007 at West, day -13: the second of the horizon.
    const Texts& line = csv.lines.at("S6,1,B0007,West,-13,2026-01-06");
    for (std::size_t s = 0; s < results::kItemSeriesCount; ++s) {
        EXPECT_EQ(line[s], std::to_string(study.replications[1][1].item_days[((s * 2 + 1) * 3 + 2) * 42 + 1])) << s;
    }

    const Outcome sum =
        entrepot({"export", file, "--items", "b0007", "--sum", "--strategies", "S6", "--replication", "1"});
    const Csv summed = read(sum.out, 5);
    EXPECT_EQ(summed.lines.size(), 42u);
    const auto on_hand = [&](const std::string& where) {
        return std::stoi(csv.lines.at("S6,1,B0007," + where + ",-13,2026-01-06")[results::kItemOnHand]);
    };
    EXPECT_EQ(summed.lines.at("S6,1,B0007,-13,2026-01-06")[results::kItemOnHand],
              std::to_string(on_hand("North") + on_hand("South") + on_hand("West")));

    const Outcome network = entrepot({"export", file, "--replication", "0"});
    const Csv days = read(network.out, 5);
    EXPECT_EQ(days.names, results::series_names());
    EXPECT_EQ(days.lines.size(), 2u * 4 * 42);
    EXPECT_EQ(std::stof(days.lines.at("S0,0,South,0,2026-01-19")[results::kUnitsOnHand]),
              study.replications[0][0].series[(results::kUnitsOnHand * 4 + 1) * 42 + 14]);
    EXPECT_TRUE(days.lines.contains("S0,0,headquarters,0,2026-01-19"));

    const std::string copy = scratch.path("items.csv");
    EXPECT_EQ(entrepot({"export", file, "--items", "all", "-o", copy}).exit_code, 0);
    EXPECT_EQ(bytes_of(copy), items.out);
    EXPECT_EQ(entrepot({"export", file, "--items", "all", "-o", copy}).exit_code, 4);
}

TEST(Export, TellsWhatIsWrongAndWhatToDo) {
    const Scratch scratch;
    const std::string items = scratch.path("items.h5"), plain = scratch.path("plain.h5");
    ASSERT_EQ(run(items, {"-n", "1", "--items", "A0001,B0007", "--no-series"}).exit_code, 0);
    ASSERT_EQ(run(plain, {"-n", "1", "--strategies", "S0"}).exit_code, 0);
    struct Wrong {
        Texts arguments;
        int code;
        std::string told;
    };
    for (const Wrong& wrong : std::vector<Wrong>{
             {{}, 2, "want a study"},
             {{items},
              3,
              "keeps no daily series of the network: it was run with --no-series; those of items come with"},
             {{plain, "--items", "A0001,B0007"}, 3, "run the study again with --items A0001,B0007"},
             {{items, "--items", "A0002,B0008"},
              2,
              "no daily series of item 'A0002' (did you mean A0001?); the study has no daily series of item 'B0008'"},
             {{items, "--items", "A0001,a0001"}, 2, "is named twice"},
             {{plain, "--strategies", "S1,S6"}, 2, "the study has no strategy 'S1'"},
             {{plain, "--replication", "1"}, 2, "want a whole number from 0 to 0"},
             {{plain, "--item", "A0001"}, 2, "did you mean --items"}}) {
        Texts arguments{"export"};
        arguments.insert(arguments.end(), wrong.arguments.begin(), wrong.arguments.end());
        const Outcome outcome = entrepot(arguments);
        EXPECT_EQ(outcome.exit_code, wrong.code) << wrong.told;
        EXPECT_THAT(outcome.err, HasSubstr(wrong.told));
        EXPECT_EQ(outcome.out, "");
    }
}

TEST(Export, IsExplainedAndCompleted) {
    EXPECT_THAT(entrepot({"export", "--help"}).out, HasSubstr("--sum"));
    EXPECT_THAT(entrepot({"completion", "bash"}).out, HasSubstr(" export "));
    EXPECT_THAT(entrepot({"run", "--help"}).out, HasSubstr("--items"));
}

}  // namespace
}  // namespace entrepot::tests
