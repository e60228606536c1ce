#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "damage.hpp"
#include "files.hpp"
#include "scenarios/load.hpp"
#include "target.hpp"

/// What the targets read without libFuzzer: their seeds, damaged ones, and what was found before. A fault ends the
/// program, and a hang is ended by the limit of the test runner.
namespace entrepot::fuzz {
namespace {

struct Corpus : testing::TestWithParam<const Target*> {
    const Target& target = *GetParam();
    std::vector<std::string> seeds = target.seeds();
};

TEST_P(Corpus, BeginsWithAnInputThatIsAccepted) { EXPECT_TRUE(target.accepts(seeds.front())); }

TEST_P(Corpus, SeedsAreRead) {
    for (const std::string& seed : seeds) target.accepts(seed);
    EXPECT_FALSE(target.accepts("\x01\xFF"));
    target.accepts("");
}

TEST_P(Corpus, DamagedSeedsAreRefusedOrAccepted) {
    if (&target == &kStudyFile) GTEST_SKIP() << "HDF5 has faults of its own: damaged_file_test.cpp reads as users do";
    std::map<bool, int> count;
    for (std::uint32_t i = 0; i < 300; ++i) ++count[target.accepts(Damage(i).damaged(seeds[i % seeds.size()]))];
    EXPECT_GT(count[false], 20) << "refused";
    EXPECT_GT(count[true] + (target.text ? 0 : 10), 5) << "accepted";
}

/// The folder of a target in tests/fuzz/findings holds inputs that once were faults.
TEST_P(Corpus, WhatWasFoundStaysMended) {
    const auto folder = std::filesystem::path(ENTREPOT_SOURCE_DIR) / "tests/fuzz/findings" / target.name;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
        SCOPED_TRACE(entry.path());
        target.accepts(slurp(entry.path()));
    }
}

const Target* const kAll[] = {&kScenario, &kOverlay, &kOverrides, &kCsv, &kStudy, &kStudyFile, &kSnapshot, &kCommand};
INSTANTIATE_TEST_SUITE_P(, Corpus, testing::ValuesIn(kAll), [](const auto& tested) { return tested.param->name; });

/// Records are read together with their scenario and become a network: too slow for a target.
TEST(DamagedRecords, GiveProblemsOrANetwork) {
    const auto folder = std::filesystem::temp_directory_path() / ("entrepot-records-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::string original = slurp(shipped("history_example.csv"));
    const std::vector<std::string> here{"demand.history.file='" + (folder / "damaged.csv").string() + "'"};
    std::map<bool, int> count;
    for (std::uint32_t seed = 1000; seed < 1100; ++seed) {
        std::ofstream(folder / "damaged.csv", std::ios::binary) << Damage(seed).damaged(original);
        const scenarios::Result result = scenarios::load(shipped("history_replay.toml"), here);
        EXPECT_NE(result.problems.empty(), !result) << "either problems or a scenario, seed " << seed;
        if (result) scenarios::build(*result.loaded, "S0");
        ++count[bool(result)];
    }
    std::filesystem::remove_all(folder);
    EXPECT_GT(count[false], 10) << "refused";
    EXPECT_GT(count[true], 0) << "accepted";
}

}  // namespace
}  // namespace entrepot::fuzz
