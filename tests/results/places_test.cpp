#include "results/comparison/places.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/kpis/rows.hpp"

namespace entrepot::tests {
namespace {

using namespace results;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

constexpr int kNortheast = 0, kSoutheast = 1, kCalm = 0, kSpike = 1, kOccasional = 1;

/// Two warehouses, two tiers, two phases; every share is 80 % and a site has 100 open lines, and one in a hundred of
/// that is the noise of a replication, which all strategies share in part.
Study even_study(std::size_t replications = 10) {
    Study study;
    study.manifest.comparator = "S0";
    study.dimensions.sites = {"NE", "SE"};
    study.dimensions.site_captions = {{"", ""}, {"Southeast", ""}};
    study.dimensions.tiers = {"T1", "T3"};
    study.dimensions.tier_captions = {{"", ""}, {"Occasional customers", ""}};
    study.dimensions.classes = {"A"};
    study.dimensions.phases = {{"calm", 0, 40, true}, {"spike", 40, 95, false}};
    study.dimensions.end_day = study.dimensions.total_days = 95;
    study.strategies = {"S0", "S1", "S6"};
    study.titles = {"", "", ""};
    study.rows = kpi_rows(study.dimensions);
    study.replications.resize(3);
    for (std::size_t s = 0; s < 3; ++s) {
        for (std::size_t r = 0; r < replications; ++r) {
            auto& run = study.replications[s].emplace_back();
            for (std::size_t row = 0; row < study.rows.size(); ++row) {
                const double level = study.rows[row].kpi == "backlog" ? 100 : 0.8;
                const double noise = 0.005 * static_cast<double>((r * 7 + row + s * 3) % 5) - 0.01;
                run.numerator.push_back(1000 * level * (1 + noise));
                run.denominator.push_back(1000);
            }
        }
    }
    return study;
}

/// Multiplies a KPI of a strategy in one slice.
void scale(Study& study, std::size_t strategy, const char* kpi, const Slice& slice, double factor) {
    for (std::size_t row = 0; row < study.rows.size(); ++row) {
        if (study.rows[row].kpi != kpi || !(study.rows[row].slice == slice)) continue;
        for (Replication& run : study.replications[strategy]) run.numerator[row] *= factor;
    }
}

Roi no_money() {
    Roi roi;
    roi.best = 2;
    return roi;
}

std::vector<std::string> sentences_of(const Study& study) { return setbacks(study, no_money(), 2).value().sentences; }

TEST(Places, AreKeptByPairsForTheServiceKpis) {
    const Study study = even_study();
    const auto has = [&](const char* kpi, const Slice& slice) {
        return std::ranges::any_of(study.rows, [&](const Row& r) { return r.kpi == kpi && r.slice == slice; });
    };
    for (const char* kpi : {"otif", "line_fill"}) {
        EXPECT_TRUE(has(kpi, {.site = kSoutheast, .phase = kSpike}));
        EXPECT_TRUE(has(kpi, {.tier = kOccasional, .phase = kSpike}));
        EXPECT_TRUE(has(kpi, {.site = kSoutheast, .tier = kOccasional}));
    }
    EXPECT_FALSE(has("penalties", {.tier = kOccasional, .phase = kSpike}));
}

TEST(Places, AreSpokenOfByTheirTitles) {
    const Dimensions d = even_study(0).dimensions;
    EXPECT_EQ(site_text(d, kNortheast), "NE");
    EXPECT_EQ(site_text(d, kSoutheast), "Southeast (SE)");
    EXPECT_EQ(place_text(d, {.site = kSoutheast, .phase = kSpike}), "at Southeast (SE) in the phase spike");
    EXPECT_EQ(place_text(d, {.tier = kOccasional, .phase = kCalm}), "for Occasional customers (T3) in the phase calm");
    EXPECT_EQ(place_text(d, {}), "everywhere");
}

TEST(Setbacks, NameTheWorstWarehousePhaseAndTier) {
    Study study = even_study();
    scale(study, 2, "otif", {.site = kSoutheast, .phase = kSpike}, 0.5);
    scale(study, 2, "otif", {.site = kNortheast, .phase = kSpike}, 0.9);
    scale(study, 2, "otif", {.tier = kOccasional}, 0.7);
    scale(study, 2, "otif", {.phase = kSpike}, 0.8);
    scale(study, 2, "backlog", {.site = kSoutheast, .phase = kSpike}, 3);
    const auto found = setbacks(study, no_money(), 2);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->any_worse);
    EXPECT_EQ(found->title, "Where S6 is worse than S0, or at its lowest");
    EXPECT_THAT(found->sentences[0],
                AllOf(HasSubstr("On time in full: worse in 4 of 18 comparisons"),
                      HasSubstr(", most at Southeast (SE) in the phase spike from 80.0 % to 40.0 % (-40.0 pt"),
                      HasSubstr("; for Occasional customers (T3) from 80.0 % to 56.0 %"),
                      HasSubstr("; in the phase spike from 80.0 % to 64.0 %")));
    EXPECT_THAT(found->sentences[1], HasSubstr("Open order lines: worse in 1 of 8 comparisons by"));
    EXPECT_THAT(found->sentences[1], HasSubstr("at Southeast (SE) in the phase spike from 100 lines to 300 lines"));
    EXPECT_THAT(found->sentences, Contains(HasSubstr("Line fill rate, first pass: lowest for S6 ")));
}

TEST(Setbacks, SayThatNothingIsWorseAndWhereItIsWeakest) {
    Study study = even_study();
    for (std::size_t s = 0; s < 3; ++s) scale(study, s, "otif", {.site = kSoutheast, .phase = kSpike}, 0.5);
    const auto found = setbacks(study, no_money(), 2);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->any_worse);
    EXPECT_THAT(found->sentences[0],
                AllOf(HasSubstr("At no warehouse, tier or phase"), HasSubstr("44 comparisons, corrected")));
    EXPECT_THAT(found->sentences,
                Contains(HasSubstr("On time in full: lowest for S6 at Southeast (SE) in the phase spike, 40")));
    EXPECT_THAT(found->sentences, Contains(HasSubstr("On time in full: lowest for S6 for T1")));
}

TEST(Setbacks, NameWhoDoesBetterThere) {
    Study study = even_study();
    scale(study, 2, "otif", {.site = kSoutheast, .phase = kSpike}, 0.5);
    scale(study, 1, "otif", {.site = kSoutheast, .phase = kSpike}, 0.75);
    EXPECT_THAT(sentences_of(study), Contains(HasSubstr("S1 does better there than S6: on time in full at Southeast "
                                                        "(SE) in the phase spike: 60.0 % against 40.0 %")));
    scale(study, 1, "otif", {.site = kSoutheast, .phase = kSpike}, 0.5);
    EXPECT_THAT(sentences_of(study), Each(Not(HasSubstr("does better"))));
}

/// What chose the strategy has no say where fresh replications judge it.
TEST(Setbacks, RestOnTheFreshReplications) {
    Study study = even_study();
    study.manifest.finance = "{}";
    study.confirmation = {
        .strategy = "S6", .first = 10, .replications = {study.replications[0], study.replications[2]}};
    scale(study, 2, "otif", {.site = kSoutheast, .phase = kSpike}, 0.5);
    Roi roi = no_money();
    roi.standing = Standing::confirmed;
    EXPECT_FALSE(setbacks(study, roi, 2).value().any_worse);
    roi.standing = Standing::unconfirmed;
    EXPECT_TRUE(setbacks(study, roi, 2).value().any_worse);
}

TEST(Setbacks, ClaimNothingFromOneReplication) {
    Study study = even_study(1);
    scale(study, 2, "otif", {.site = kSoutheast, .phase = kSpike}, 0.5);
    const auto found = setbacks(study, no_money(), 2);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->any_worse);
    EXPECT_THAT(found->sentences[0], HasSubstr("So few replications can't tell"));
}

TEST(Setbacks, AreNoneWithoutPlaces) {
    EXPECT_FALSE(setbacks(even_study(0), no_money(), 2));
    Study study = even_study();
    study.rows.clear();
    EXPECT_FALSE(setbacks(study, no_money(), 2));
}

}  // namespace
}  // namespace entrepot::tests
