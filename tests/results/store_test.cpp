#include <gmock/gmock.h>

#include "results/file/contents.hpp"
#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

namespace entrepot::tests {
namespace {

using results::load_study;
using results::save_study;
using results::StoreError;
using results::Study;
using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(Store, ReadsBackWhatItWrote) {
    const ScratchFolder folder;
    const Study study = numbered_study(4);
    save_study(folder / "study.h5", study);
    expect_equal(load_study(folder / "study.h5"), study);
    EXPECT_FALSE(fs::exists(folder / "study.h5.unfinished"));
}

TEST(Store, KeepsWhatPeopleCallThings) {
    const ScratchFolder folder;
    Study study = numbered_study(2);
    study.manifest.scenario_title = "Zwei Läger";
    study.descriptions = {"as it is", "", "another way"};
    study.dimensions.site_captions.resize(study.dimensions.sites.size());
    study.dimensions.site_captions.back() = {"Südost", "hardest hit"};
    study.dimensions.tier_captions.resize(study.dimensions.tiers.size(), {"", "who they are"});
    save_study(folder / "study.h5", study);
    expect_equal(load_study(folder / "study.h5"), study);
}

TEST(Store, KeepsThePrecisionTheEndingAndTheFreshReplications) {
    const ScratchFolder folder;
    Study study = numbered_study(4);
    const Study more = numbered_study(7);
    study.antithetic = true;
    study.ending = results::Ending::capped;
    study.precision = {.relative = 0.02, .least = 12, .most = 50, .of = {"line_fill", "difference:otif"}};
    study.confirmation = {.strategy = "S6", .first = 4, .replications = {{}, {}}};
    for (std::size_t r = 4; r < 7; ++r) {
        study.confirmation->replications[0].push_back(more.replications[0][r]);
        study.confirmation->replications[1].push_back(more.replications[2][r]);
    }
    save_study(folder / "study.h5", study);
    const Study back = load_study(folder / "study.h5");
    expect_equal(back, study);
    EXPECT_TRUE(back.antithetic);
    EXPECT_EQ(back.ending, results::Ending::capped);
    ASSERT_TRUE(back.precision.has_value());
    EXPECT_EQ(back.precision->relative, 0.02);
    EXPECT_EQ(back.precision->least, 12u);
    EXPECT_EQ(back.precision->most, 50u);
    EXPECT_EQ(back.precision->of, study.precision->of);
    ASSERT_TRUE(back.confirmation.has_value());
    EXPECT_EQ(back.confirmation->strategy, "S6");
    EXPECT_EQ(back.confirmation->first, 4u);
    ASSERT_EQ(back.confirmation->replication_count(), 3u);
    EXPECT_EQ(back.confirmation->replications[1][2].numerator, more.replications[2][6].numerator);
    EXPECT_EQ(back.confirmation->replications[0][1].digest, more.replications[0][5].digest);
}

/// A file of the first format: without the checksums, the ending, the pairs, a precision and fresh replications; and
/// one of the second, without the checksums alone.
TEST(Store, ReadsTheOldFormats) {
    const ScratchFolder folder;
    const Study study = numbered_study(2);
    for (const int version : {1, 2}) {
        save_study(folder / "old.h5", study);
        edit(folder / "old.h5", [&](hid_t file) {
            set_format(file, version);
            drop(file, results::kSeal);
            if (version == 2) return;
            drop(file, "manifest/ending");
            drop(file, "manifest/antithetic");
        });
        const Study back = load_study(folder / "old.h5");
        expect_equal(back, study);
        EXPECT_EQ(back.ending, results::Ending::complete);
        EXPECT_FALSE(back.confirmation || back.precision || back.antithetic);
        EXPECT_FALSE(back.checked);
    }
    save_study(folder / "new.h5", study);
    EXPECT_TRUE(load_study(folder / "new.h5").checked);
}

TEST(Store, KeepsAStudyWithoutReplicationsOrPhases) {
    const ScratchFolder folder;
    results::Dimensions plain = small_dimensions();
    plain.phases.clear();
    const Study study = numbered_study(0, plain);
    save_study(folder / "study.h5", study);
    expect_equal(load_study(folder / "study.h5"), study);
}

TEST(Store, EqualStudiesAreEqualBytes) {
    const ScratchFolder folder;
    save_study(folder / "a.h5", numbered_study(3));
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // past HDF5's time stamps, which are whole seconds
    save_study(folder / "other.h5", numbered_study(3));
    EXPECT_EQ(bytes_of(folder / "a.h5"), bytes_of(folder / "other.h5"));
    save_study(folder / "other.h5", numbered_study(4));
    EXPECT_NE(bytes_of(folder / "a.h5"), bytes_of(folder / "other.h5"));
}

TEST(Store, BytesDontTellHowOftenItWasSavedOnTheWay) {
    const ScratchFolder folder;
    for (const std::size_t finished : {1u, 2u, 3u}) save_study(folder / "grown.h5", numbered_study(finished));
    save_study(folder / "whole.h5", numbered_study(3));
    EXPECT_EQ(bytes_of(folder / "grown.h5"), bytes_of(folder / "whole.h5"));
}

}  // namespace
}  // namespace entrepot::tests
