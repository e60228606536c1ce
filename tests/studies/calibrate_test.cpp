#include <fstream>

#include <gmock/gmock.h>

#include "studies/program.hpp"
#include "studies/verify_fixture.hpp"

namespace entrepot::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Its fill rate is known to be 0.8666.
class CalibrateCommand : public testing::Test {
protected:
    std::string scenario(const std::string& bounds) const {
        const std::string file = scratch.path("known.toml");
        std::ofstream(file) << known_system("[calibration.fill]\nkpi = \"unit_fill\"\nsource = \"last year\"\n" +
                                            bounds);
        return file;
    }
    Scratch scratch;
};

/// The shipped baseline is a distributor's: in calm times each of its figures lies in its band.
TEST_F(CalibrateCommand, HoldsForTheShippedBaseline) {
    const Outcome found = entrepot({"calibrate", "scenarios/six_warehouses.toml", "-n", "2", "--json"});
    EXPECT_EQ(found.exit_code, 0) << found.err;
    EXPECT_THAT(found.out, AllOf(HasSubstr("\"calibrated\": true"), HasSubstr("\"tier=T1\"")));
}

TEST_F(CalibrateCommand, HoldsTheComparatorAgainstItsBands) {
    const Outcome good = entrepot({"calibrate", scenario("at_least = 0.8\nat_most = 0.9\n"), "-n", "10"});
    EXPECT_EQ(good.exit_code, 0) << good.out << good.err;
    EXPECT_THAT(good.out, AllOf(HasSubstr("80.0 % to 90.0 %"), HasSubstr("within"), HasSubstr("All bands hold.")));
    const Outcome bad = entrepot({"calibrate", scenario("at_least = 0.95\n"), "-n", "10", "--json"});
    EXPECT_EQ(bad.exit_code, 5);
    EXPECT_THAT(bad.out, AllOf(HasSubstr("\"calibrated\": false"), HasSubstr("\"held\": \"below\"")));
}

TEST_F(CalibrateCommand, ReadsAStudyAndItsPageSaysIt) {
    const std::string study = scratch.path("known.h5");
    ASSERT_EQ(entrepot({"run", scenario("at_most = 0.5\n"), "-n", "5", "-o", study, "--quiet"}).exit_code, 0);
    const Outcome found = entrepot({"calibrate", study, "--csv"});
    EXPECT_EQ(found.exit_code, 5);
    EXPECT_THAT(found.out, HasSubstr(",above,last year\n"));
    EXPECT_THAT(entrepot({"compare", study}).out, HasSubstr("Uncalibrated: of 1 band"));
    const std::string page = scratch.path("page.html");
    ASSERT_EQ(entrepot({"report", study, "-o", page}).exit_code, 0);
    std::ifstream in(page);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_THAT(text, AllOf(HasSubstr("Is the model like the business?"), HasSubstr("simulated, uncalibrated")));
    EXPECT_EQ(entrepot({"calibrate", study, "-n", "3"}).exit_code, 2);
}

TEST_F(CalibrateCommand, SaysWhatABandWants) {
    const auto told = [&](const std::string& bounds) { return entrepot({"validate", scenario(bounds)}).err; };
    EXPECT_THAT(told(""), HasSubstr("calibration.fill: got no bounds, want at_least, at_most, or both"));
    EXPECT_THAT(told("at_least = 2\nat_most = 1\n"), HasSubstr("calibration.fill.at_most: got less than at_least"));
    EXPECT_THAT(told("at_least = 0\ntier = \"nobody\"\n"), HasSubstr("calibration.fill.tier: got \"nobody\""));
    EXPECT_THAT(told("at_least = 0\n[calibration.other]\nkpi = \"npv\"\nat_least = 1\nsource = \"x\"\n"),
                AllOf(HasSubstr("calibration.other.kpi: got \"npv\", want the id of a KPI"), Not(HasSubstr("or npv"))));
    const std::string none = scratch.path("none.toml");
    std::ofstream(none) << known_system("");
    const Outcome without = entrepot({"calibrate", none});
    EXPECT_EQ(without.exit_code, 3);
    EXPECT_THAT(without.err, HasSubstr("has no [calibration.NAME] table"));
}

}  // namespace
}  // namespace entrepot::tests
