#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// What scenarios say of wrong records and of who cleans them up, and what is refused of it.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> refused_of(const std::string& text) { return Scratch().over_tiny(text); }

const std::string kErrors = "[master_data]\nerrors = \"2 %\"\n";

TEST(MasterDataTerms, AreOneDialAndItsShares) {
    EXPECT_THAT(refused_of(kErrors), IsEmpty());
    EXPECT_THAT(refused_of(kErrors + "units = 0.4\nlead_times = 0.1\n"), IsEmpty());
    EXPECT_THAT(refused_of(kErrors + "lead_times = 0.1\n"),
                ElementsAre(HasSubstr("master_data: got shares that sum to 1.1, want a sum of 1")));
    EXPECT_THAT(refused_of("[master_data]\nnew_errors = 0.05\npacks = 0.1\n"),
                ElementsAre(HasSubstr("got shares that sum to 1.1")));
    EXPECT_THAT(refused_of("[master_data]\nerrors = 1.5\n"), Contains(HasSubstr("master_data.errors")));
    EXPECT_THAT(refused_of("[master_data]\nnew_errors = -1\n"), Contains(HasSubstr("master_data.new_errors")));
}

TEST(MasterDataTerms, OfNoErrorsHaveNoEffect) {
    EXPECT_THAT(refused_of("[master_data]\ncorrected_after = \"3 d\"\n"),
                ElementsAre(HasSubstr("corrected_after: got it where no error is seen at work")));
    EXPECT_THAT(refused_of("[master_data]\nunits = 1\ncosts = 0\n"),
                Contains(HasSubstr("master_data.units: got it of errors that there are none of, want errors or "
                                   "new_errors above 0")));
    EXPECT_THAT(refused_of(kErrors + "units = 0\nlead_times = 0.5\ncorrected_after = \"3 d\"\n"),
                ElementsAre(HasSubstr("corrected_after: got it where no error is seen at work")));
}

const std::string kCleanUp = "[strategy.S6.clean_up]\nitems_a_week = 3\n";

TEST(CleanUpTerms, CountFromTheMeasuredWindow) {
    const Result result =
        load(shipped("tiny.toml"),
             std::vector<std::string>{"master_data.errors=0.1", "strategy.S6.clean_up.items_a_week=3",
                                      "strategy.S6.clean_up.start='2 d'", "strategy.S6.clean_up.cost_per_item='$20'"});
    ASSERT_TRUE(result) << to_string(result.problems.front());
    const models::CleanUp& terms = build(*result.loaded, "S6").strategy.clean_up;
    EXPECT_EQ(terms.first_day, result.loaded->scenario.calendar.warmup_days + 2);
    EXPECT_EQ(terms.items_a_week, 3);
    EXPECT_EQ(terms.per_item.amount(), 20);
    EXPECT_EQ(build(*result.loaded, "S0").strategy.clean_up.items_a_week, 0);
}

TEST(CleanUpTerms, WantErrorsAndABeginningBeforeTheEnd) {
    EXPECT_THAT(refused_of(kErrors + kCleanUp), IsEmpty());
    EXPECT_THAT(refused_of(kCleanUp),
                ElementsAre(HasSubstr("items_a_week: got a clean-up where all records are right")));
    EXPECT_THAT(refused_of(kErrors + kCleanUp + "start = \"400 d\"\n"),
                ElementsAre(HasSubstr("clean_up.start: got day 400, want a day before the end of the horizon")));
    EXPECT_THAT(refused_of(kErrors + "[strategy.S6.clean_up]\nfinds = 0.5\n"),
                ElementsAre(HasSubstr("finds: got it of a clean-up that looks at nothing, want items_a_week above 0")));
    EXPECT_THAT(refused_of(kErrors + kCleanUp + "finds = 1.5\n"), Contains(HasSubstr("clean_up.finds")));
}

TEST(CleanUpTerms, AreNotedWhereABaseHasNoErrors) {
    const Scratch scratch;
    const auto file =
        scratch.write("over.toml", "base = \"" + shipped("tiny.toml").string() + "\"\n" + kErrors + kCleanUp);
    const Result result = load(file, std::vector<std::string>{"master_data.errors=0"});
    ASSERT_TRUE(result) << to_string(result.problems.front());
    EXPECT_THAT(result.loaded->notes, Contains(HasSubstr("items_a_week: has no effect: got a clean-up where all")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing
