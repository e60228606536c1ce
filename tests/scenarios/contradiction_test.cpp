#include "scenarios/contradiction.hpp"

#include <gmock/gmock.h>

#include "scratch.hpp"

/// What a distribution can't mean is told wherever one stands, and nobody draws from it.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kTwoOfThree =
    "{ distribution = \"listed\", times = [\"1 h\", \"2 h\", \"3 h\"], probabilities = [0.5, 0.5] }\n";

TEST(Contradictions, AreToldWhereverADistributionOfTimesStands) {
    const std::pair<std::string, std::string> places[] = {
        {"tier.T1", "patience"},
        {"tier.T1.returns", "time"},
        {"disturbance.often", "between"},
        {"disturbance.often", "length"},
        {"office", "approval_time"},
        {"office", "line_time"},
        {"integration.modern.link.weak", "uptime"},
        {"integration.modern.link.weak", "downtime"},
        {"supplier_segment.new", "lead_time_distribution"},
        {"supplier_segment.new", "good_spell"},
    };
    for (const auto& [table, key] : places) {
        const bool named = table != "office" && !table.starts_with("tier.T1");
        const std::string text = "[" + table + "]\n" + (named ? "new = true\n" : "") + key + " = " + kTwoOfThree;
        EXPECT_THAT(Scratch().over_tiny(text),
                    Contains(HasSubstr(table + "." + key +
                                       ".probabilities: got a list of 2, want a list of 3: one for each value")));
    }
}

/// The checks that draw, or ask for means, come after.
TEST(Contradictions, AreNotKept) {
    const Scratch scratch;
    const auto told = [&](const std::string& stream) {
        return scratch.problems(scratch.write(
            "bad.toml", "base = \"" + shipped("validation/base/textbook.toml").generic_string() +
                            "\"\n[stock.W]\nreorder_point = 3\norder_up_to = 4\n[stream.a]\nsite = \"W\"\n"
                            "tier = \"customers\"\n" +
                            stream));
    };
    const std::string daily = "interarrival_time = { distribution = \"exponential\", mean = \"1 d\" }\nunits = ";
    EXPECT_THAT(told("interarrival_time = " + kTwoOfThree),
                ElementsAre(HasSubstr("stream.a.interarrival_time.probabilities: got a list of 2, want a list of 3")));
    EXPECT_THAT(told(daily + "{ distribution = \"listed\", values = [1, 2, 3], probabilities = [1] }\n"),
                ElementsAre(HasSubstr("stream.a.units.probabilities: got a list of 1, want a list of 3")));
    EXPECT_THAT(told(daily + "{ distribution = \"listed\", probabilities = [0.5, 0.4] }\n"),
                ElementsAre(HasSubstr("stream.a.units.probabilities: got probabilities that sum to 0.9")));
    EXPECT_THAT(told(daily + "{ distribution = \"uniform\", from = 3, to = 2 }\n"),
                ElementsAre(HasSubstr("stream.a.units.to: got less than from, want at least as much")));
}

TEST(Contradictions, OfTimes) {
    using namespace models;
    using namespace std::chrono_literals;
    EXPECT_FALSE(contradiction_in(UniformTime{1h, 1h}));
    EXPECT_EQ(contradiction_in(UniformTime{2h, 1h}).value().got, "\"1 h\"");
    EXPECT_FALSE(contradiction_in(TriangularTime{1h, 1h, 2h}));
    EXPECT_EQ(std::string(contradiction_in(TriangularTime{1h, 3h, 2h}).value().key), "mode");
    EXPECT_FALSE(contradiction_in(ListedTime{{1h, 2h}, {}}));
    EXPECT_FALSE(contradiction_in(ListedTime{{1h, 2h, 3h}, {0.3333, 0.3333, 0.3333}}));
    EXPECT_TRUE(contradiction_in(ListedTime{{1h, 2h}, {1}}));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
