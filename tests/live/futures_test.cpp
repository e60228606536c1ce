#include "studies/live/futures.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live/recorded.hpp"
#include "studies/run_study.hpp"

/// Futures of one world, as a study.
namespace entrepot::tests {
namespace {

using studies::Future;

double value_of(const results::Study& study, std::size_t future, const std::string& kpi) {
    for (std::size_t row = 0; row < study.rows.size(); ++row) {
        if (study.rows[row].kpi != kpi || !study.rows[row].slice.is_total()) continue;
        const results::Replication& r = study.replications[future].front();
        return r.numerator[row] / r.denominator[row];
    }
    ADD_FAILURE() << kpi;
    return 0;
}

/// A fork before the measured window counts what a study counts; the world that goes on as it was is the study's.
TEST(Futures, OfAWorldThatGoesOnAsItWasAreTheStudy) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const auto forked = studies::run_futures(loaded, {{"S0", "S0", &loaded}, {"S6", "S6", &loaded}},
                                             {.strategy = "S0", .at = models::start_of(9), .seed = 4});
    const auto study = studies::run_study(
        loaded, {.strategies = {"S0", "S6"}, .seed = 4, .comparator = "S0", .series = false}, {}, {});
    EXPECT_EQ(forked.dimensions.first_day, study.dimensions.first_day);
    EXPECT_EQ(forked.replications[0][0].numerator, study.replications[0][0].numerator);
    EXPECT_EQ(forked.replications[0][0].digest, study.replications[0][0].digest);
    EXPECT_NE(forked.replications[1][0].digest, study.replications[1][0].digest);
}

/// Later, only the days after the fork count: demand in them is the same in all futures.
TEST(Futures, CountWholeDaysAfterTheFork) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const models::Time at = models::start_of(24) + sim::hours{7};
    const auto forked = studies::run_futures(loaded, {{"S0", "S0", &loaded}, {"S6", "S6", &loaded}},
                                             {.strategy = "S0", .at = at, .seed = 4, .replications = 3, .threads = 2});
    EXPECT_EQ(forked.dimensions.first_day, 25);
    EXPECT_EQ(forked.replication_count(), 3u);
    EXPECT_EQ(value_of(forked, 0, "order_lines"), value_of(forked, 1, "order_lines"));
    EXPECT_NE(value_of(forked, 0, "line_fill"), value_of(forked, 1, "line_fill"));
}

/// The second of a pair is drawn from 1 - u: both are those of a study in pairs.
TEST(Futures, OfPairsAreThoseOfAStudyInPairs) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const auto forked = studies::run_futures(
        loaded, {{"S0", "S0", &loaded}, {"S6", "S6", &loaded}},
        {.strategy = "S0", .at = models::start_of(9), .seed = 4, .replications = 4, .threads = 2, .antithetic = true});
    const auto study = studies::run_study(
        loaded,
        {.strategies = {"S0"}, .replications = 4, .seed = 4, .comparator = "S0", .series = false, .antithetic = true},
        {}, {});
    EXPECT_TRUE(forked.antithetic);
    EXPECT_EQ(results::observation_count(forked), 2u);
    for (std::size_t r = 0; r < 4; ++r) {
        EXPECT_EQ(forked.replications[0][r].digest, study.replications[0][r].digest) << r;
        EXPECT_EQ(forked.replications[0][r].numerator, study.replications[0][r].numerator) << r;
    }
    const auto half =
        studies::run_futures(loaded, {{"S0", "S0", &loaded}, {"S6", "S6", &loaded}},
                             {.strategy = "S0", .at = models::start_of(9), .seed = 4, .first = 3, .antithetic = true});
    EXPECT_FALSE(half.antithetic);
    EXPECT_EQ(half.replications[0][0].digest, study.replications[0][3].digest);
}

TEST(Futures, KnowWhichDaysAreLeft) {
    const models::Calendar calendar{.start_date = "2026-01-05", .warmup_days = 10, .measure_days = 20};
    EXPECT_EQ(studies::counted_days(calendar, models::start_of(3)).first, 10);
    EXPECT_EQ(studies::counted_days(calendar, models::start_of(12)).first, 12);
    EXPECT_EQ(studies::counted_days(calendar, models::start_of(12) + sim::hours{1}).first, 13);
    EXPECT_TRUE(studies::counted_days(calendar, models::start_of(29) + sim::hours{1}).empty());
}

}  // namespace
}  // namespace entrepot::tests
