#include <fstream>

#include <gmock/gmock.h>

#include "program.hpp"

namespace entrepot::tests {
namespace {

using ::testing::HasSubstr;

TEST(Update, WritesTodaysNamesIntoTheFile) {
    const Scratch scratch;
    const std::string old = scratch.path("old.toml"), current = scratch.path("current.toml");
    std::ofstream(old) << "[stream.a]  # orders\nbetween = { law = \"constant\", mean = \"1 d\" }\n";
    std::ofstream(current) << "[items]\ncount = 3\n";
    const Outcome both = entrepot({"update", old, current});
    EXPECT_EQ(both.exit_code, 0) << both.err;
    EXPECT_THAT(both.out, HasSubstr(old + ": 2 names brought up to date\n"));
    EXPECT_THAT(both.out, HasSubstr(current + ": nothing to do\n"));
    EXPECT_EQ(bytes_of(old),
              "[stream.a]  # orders\ninterarrival_time = { distribution = \"constant\", mean = \"1 d\" }\n");
    EXPECT_EQ(bytes_of(current), "[items]\ncount = 3\n");
}

TEST(Update, SaysWhatIsWrong) {
    const Scratch scratch;
    const std::string file = scratch.path("x.toml");
    std::ofstream(file) << "between = = 3\n";
    EXPECT_EQ(entrepot({"update", file}).exit_code, 3);
    EXPECT_EQ(bytes_of(file), "between = = 3\n");
    EXPECT_EQ(entrepot({"update", scratch.path("none.toml")}).exit_code, 3);
    EXPECT_EQ(entrepot({"update"}).exit_code, 2);
}

TEST(Update, KpisOfThePrecisionAreKnownByTheirOldNames) {
    const Outcome run = entrepot({"run", "scenarios/tiny.toml", "--precision", "5 %", "--precision-of", "mean_waiting",
                                  "-o", Scratch().path("x.h5")});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_THAT(run.err, HasSubstr("--precision-of: mean_waiting was renamed, want mean_backorders"));
}

}  // namespace
}  // namespace entrepot::tests
