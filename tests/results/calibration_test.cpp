#include "results/business/calibration.hpp"

#include <gmock/gmock.h>

#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

/// Where the comparator lies against what is known of the business.
namespace entrepot::tests {
namespace {

using results::Band;
using results::Held;
using results::Interval;
using results::Reason;
using results::Study;
using testing::HasSubstr;

Band between(std::optional<double> least, std::optional<double> most) {
    return {.name = "fill", .row = 0, .at_least = least, .at_most = most, .source = "records"};
}

Interval interval(double low, double high) {
    return {.estimate = (low + high) / 2, .low = low, .high = high, .has_estimate = true, .has_interval = true};
}

TEST(Held, IsJudgedByTheInterval) {
    const Band band = between(0.9, 0.95);
    EXPECT_EQ(results::held(band, interval(0.90, 0.95)), Held::within);
    EXPECT_EQ(results::held(band, interval(0.89, 0.93)), Held::likely);
    EXPECT_EQ(results::held(band, interval(0.93, 0.96)), Held::likely);
    EXPECT_EQ(results::held(band, interval(0.85, 0.91)), Held::likely_not);
    EXPECT_EQ(results::held(band, interval(0.94, 1.00)), Held::likely_not);
    EXPECT_EQ(results::held(band, interval(0.80, 0.89)), Held::below);
    EXPECT_EQ(results::held(band, interval(0.96, 0.99)), Held::above);
    EXPECT_EQ(results::held(between(0.9, {}), interval(0.95, 7)), Held::within);
    EXPECT_EQ(results::held(between({}, 0.9), interval(-7, 0.9)), Held::within);
    EXPECT_EQ(results::held(band, results::point(0.92, Reason::too_few)), Held::unknown);
}

/// All replications fill alike, so that the interval is a point.
Study study_that_fills(double share, const std::vector<Band>& bands) {
    Study study = numbered_study(4);
    for (results::Replication& run : study.replications[results::comparator_of(study)])
        run.numerator[0] = share, run.denominator[0] = 1;
    study.bands = bands;
    return study;
}

TEST(Calibration, NamesWhatLiesOutside) {
    const auto good = results::held_bands(study_that_fills(0.93, {between(0.9, 0.95)}));
    ASSERT_EQ(good.size(), 1u);
    EXPECT_TRUE(good[0].holds());
    EXPECT_EQ(results::calibration_sentence(good, "USD"), "");
    const auto bad = results::held_bands(study_that_fills(0.97, {between(0.9, 0.95), between(0.5, {})}));
    EXPECT_EQ(results::calibration_sentence(bad, "USD"),
              "Uncalibrated: of 2 bands, the comparator is outside 1: Line fill rate, first pass is 97.0 % (90.0 % to "
              "95.0 %).");
    EXPECT_THAT(results::calibration_csv(bad), HasSubstr("fill,line_fill,all,0.97,0.97,0.97,0.9,0.95,above,records\n"));
    EXPECT_THAT(results::calibration_json(bad), HasSubstr("\"calibrated\": false"));
}

/// Without bands nobody has looked.
TEST(Calibration, IsALabelOfAllThatIsSaid) {
    EXPECT_EQ(results::calibration_label(study_that_fills(0.93, {between(0.9, 0.95)})), "simulated, calibrated");
    EXPECT_EQ(results::calibration_label(study_that_fills(0.97, {between(0.9, 0.95)})), "simulated, uncalibrated");
    EXPECT_EQ(results::calibration_label(study_that_fills(0.93, {})), "simulated, uncalibrated");
}

TEST(Calibration, IsOfTheStudysOwnComparator) {
    const Study study = study_that_fills(0.93, {between(0.9, 0.95)});
    EXPECT_EQ(results::against(study, "S0").bands.size(), 1u);
    EXPECT_TRUE(results::against(study, "S6").bands.empty());
}

TEST(Store, KeepsTheBands) {
    const ScratchFolder folder;
    Study study = numbered_study(2);
    study.bands = {{"fill", 0, 0.9, std::nullopt, "records"}, {"b", 3, std::nullopt, 1e9, ""}};
    results::save_study(folder / "study.h5", study);
    const Study read = results::load_study(folder / "study.h5");
    expect_equal(read, study);
    ASSERT_EQ(read.bands.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(read.bands[i].name, study.bands[i].name);
        EXPECT_EQ(read.bands[i].row, study.bands[i].row);
        EXPECT_EQ(read.bands[i].at_least, study.bands[i].at_least);
        EXPECT_EQ(read.bands[i].at_most, study.bands[i].at_most);
        EXPECT_EQ(read.bands[i].source, study.bands[i].source);
    }
}

TEST(Store, RefusesABandOfNoRow) {
    const ScratchFolder folder;
    Study study = numbered_study(2);
    study.bands = {{"fill", static_cast<std::uint32_t>(study.rows.size()), 0.9, 1.0, "records"}};
    results::save_study(folder / "study.h5", study);
    EXPECT_THROW(results::load_study(folder / "study.h5"), results::StoreError);
}

}  // namespace
}  // namespace entrepot::tests
