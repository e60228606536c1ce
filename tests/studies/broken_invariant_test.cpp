#include <fstream>

#include <gmock/gmock.h>

#include "results/file/store.hpp"
#include "sim/check.hpp"
#include "studies/program.hpp"

/// A stop of the programmer's kind during a study: what finished before it is not lost.
namespace entrepot::tests {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

/// Nothing is ever on the shelf, and an order of 145 million units comes once a day: 15 of them in ten days are more
/// than 32 bits count, which is so in about one replication of twelve.
constexpr char kTooMany[] = "base = \"" ENTREPOT_SOURCE_DIR
                            "/scenarios/validation/base/textbook.toml\"\n"
                            "name = \"too_many\"\n[calendar]\nwarmup = \"0 d\"\nmeasure = \"10 d\"\n"
                            "[stream.a]\nsite = \"W\"\ntier = \"customers\"\ninterarrival_time = { distribution = "
                            "\"exponential\", mean = \"1 d\" }\n"
                            "units = { distribution = \"constant\", units = 145000000 }\n[stock.W]\ninitial = 0\n";

TEST(BrokenInvariant, LeavesTheReplicationsBeforeItInTheFile) {
    const Scratch scratch;
    const std::string scenario = scratch.path("too_many.toml"), file = scratch.path("broken.h5");
    std::ofstream(scenario) << kTooMany;
    std::size_t finished = 0;
    for (const char* threads : {"1", "4"}) {
        const Outcome broken = entrepot(
            {"run", scenario, "--replications", "100", "--seed", "7", "-j", threads, "-o", file, "--force", "--quiet"});
        ASSERT_EQ(broken.exit_code, 1) << broken.out << broken.err;
        EXPECT_THAT(broken.err, HasSubstr("more units wait than can be counted: choose a larger unit"));
        std::filesystem::path kept = file;
        if (std::filesystem::exists(scratch.path("broken.partial.h5"))) kept = scratch.path("broken.partial.h5");
        const results::Study study = results::load_study(kept);
        EXPECT_EQ(study.ending, results::Ending::interrupted);
        const std::size_t n = study.replication_count();
        ASSERT_GT(n, 0u) << "another seed, so that there is something to keep";
        ASSERT_LT(n, 100u);
        if (finished > 0) {
            EXPECT_EQ(n, finished) << "the same for any number of threads";
        }
        finished = n;
        const std::string number = std::to_string(n);
        EXPECT_THAT(broken.err, HasSubstr("replication " + number + " of rule broke an invariant"));
        EXPECT_THAT(broken.err, HasSubstr("holds the " + number + " replications before it"));
        EXPECT_THAT(broken.err, HasSubstr("entrepot replay " + scenario + " --strategy rule --replication " + number +
                                          " --seed 7`"));
    }
    // What is in the file is what a study of so many replications finds.
    const std::string whole = scratch.path("whole.h5");
    ASSERT_EQ(
        entrepot({"run", scenario, "--replications", std::to_string(finished), "--seed", "7", "-o", whole, "--quiet"})
            .exit_code,
        0);
    const results::Study kept = results::load_study(file), same = results::load_study(whole);
    for (std::size_t i = 0; i < finished; ++i) {
        EXPECT_EQ(kept.replications[0][i].digest, same.replications[0][i].digest);
    }
    // And the replay that the message names meets the same fault, at its place.
    const Outcome again =
        entrepot({"replay", scenario, "--strategy", "rule", "--replication", std::to_string(finished), "--seed", "7"});
    EXPECT_NE(again.exit_code, 0);
    EXPECT_THAT(again.err, HasSubstr("more units wait than can be counted"));
}

TEST(BrokenInvariant, EndsTheProgramWhereNobodySavesAnything) {
    EXPECT_DEATH(SIM_CHECK(1 > 2, "the world is upside down"), "the world is upside down \\(1 > 2\\)");
    {
        const sim::RunUnderCheck check;
        EXPECT_THROW(SIM_CHECK(1 > 2, "the world is upside down"), sim::BrokenInvariant);
    }
    EXPECT_DEATH(SIM_CHECK(1 > 2, "the world is upside down"), "upside down");
}

}  // namespace
}  // namespace entrepot::tests
