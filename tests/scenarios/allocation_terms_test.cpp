#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// What a scenario may say of reserves and shares of stock, and what comes of it.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kAllocation = "[strategy.S6.allocation]\n";

std::vector<std::string> told_of(const std::string& text) { return Scratch().over_tiny(kAllocation + text); }

TEST(AllocationTerms, BadReservesAreRefused) {
    EXPECT_THAT(told_of("reserve = { T1 = \"3 d\" }\n"), IsEmpty());
    EXPECT_THAT(told_of("reserve = { T1 = \"3 d\", T2 = \"4 d\" }\nclasses = [\"A\"]\n"), IsEmpty());
    EXPECT_THAT(told_of("reserve = { T9 = \"3 d\" }\n"), ElementsAre(HasSubstr("reserve.T9: got \"T9\", want a tier")));
    EXPECT_THAT(told_of("reserve = { T1 = \"-1 d\" }\n"), ElementsAre(HasSubstr("reserve.T1: got \"-1 d\"")));
    EXPECT_THAT(told_of("reserve = { E = \"3 d\" }\n"),
                ElementsAre(HasSubstr("reserve.E: got stock that is kept from nobody, want it for a tier that ranks "
                                      "before another")));
    EXPECT_THAT(told_of("reserve = { T1 = \"3 d\", T2 = \"3 d\" }\n"),
                ElementsAre(HasSubstr("reserve.T2: got 3 d, want more than the 3 d of T1, which ranks before it, or "
                                      "none")));
    EXPECT_THAT(told_of("classes = [\"Z\"]\n"), ElementsAre(HasSubstr("allocation.classes: got \"Z\", want a class")));
    EXPECT_THAT(told_of("rule = \"by_luck\"\n"), ElementsAre(HasSubstr("allocation.rule")));
    EXPECT_THAT(
        told_of("rule = \"fair_share\"\n[tier.T2]\nwhole_lines = true\n"),
        ElementsAre(HasSubstr("allocation.rule: got shares of lines, want no tier with whole_lines, as T2 has")));
}

/// Nested: what is kept for one tier is kept for those before it, too.
TEST(AllocationTerms, SayWhatIsKeptFromWhom) {
    const auto days = [](const std::string& reserve) {
        const Result result =
            load(shipped("tiny.toml"), std::vector<std::string>{"strategy.S6.allocation.reserve=" + reserve});
        return build(*result.loaded, "S6").strategy.allocation.days;
    };
    using models::TierId;
    const auto nested = days("{T1='3 d', T2='4 d'}");
    ASSERT_EQ(nested.size(), 3u);
    EXPECT_EQ(nested[TierId{0}], 0);
    EXPECT_EQ(nested[TierId{1}], 3);
    EXPECT_EQ(nested[TierId{2}], 4);
    EXPECT_TRUE(days("{T1='0 d'}").empty());
}

}  // namespace
}  // namespace entrepot::scenarios::testing
