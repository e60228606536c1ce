#include "results/comparison/together.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "results/comparison/scenario_changes.hpp"
#include "results/file/store.hpp"

namespace entrepot::tests {
namespace {

using namespace results;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Values = std::vector<double>;

/// A study whose strategies have one value for each replication, the same in all rows that are added.
struct Sample {
    Sample(std::uint32_t seed, const std::vector<std::pair<std::string, Values>>& strategies) {
        study.manifest.seed = seed;
        study.manifest.finance = "{}";
        study.manifest.comparator = strategies.front().first;
        study.dimensions.sites = {"East", "West"};
        study.dimensions.end_day = 40;
        for (const auto& [name, values] : strategies) {
            study.strategies.push_back(name);
            study.titles.push_back("way");
            study.replications.emplace_back(values.size());
            own.push_back(values);
        }
        row(Kpi::otif);
    }

    Sample& row(Kpi kpi, const Slice& slice = {}, const std::string& label = "all") {
        study.rows.push_back({std::string(info(kpi).id), slice, label});
        for (std::size_t s = 0; s < own.size(); ++s) {
            for (std::size_t r = 0; r < own[s].size(); ++r) {
                study.replications[s][r].numerator.push_back(own[s][r]);
                study.replications[s][r].denominator.push_back(1);
            }
        }
        return *this;
    }

    Study study;
    std::vector<Values> own;
};

const Values kBase{0.90, 0.91, 0.89, 0.92, 0.90, 0.88}, kSame{0.91, 0.92, 0.90, 0.94, 0.91, 0.89},
    kOther{0.93, 0.95, 0.92, 0.91};

Values without_last(Values values, std::size_t count) {
    values.resize(values.size() - count);
    return values;
}

Comparison compared(const std::vector<NamedStudy>& studies, const std::string& comparator) {
    return compare(put_together(studies, comparator));
}

std::string all_notes(const Together& together) {
    std::string text;
    for (const std::string& note : together.notes) text += note + "\n";
    return text;
}

TEST(Together, OneSeedIsComparedInPairs) {
    const std::vector<NamedStudy> studies{{"a", Sample(1, {{"S0", kBase}, {"S6", kSame}}).study},
                                          {"b", Sample(1, {{"S0", kBase}, {"S6", kSame}}).study}};
    const Together together = put_together(studies, "a:S0");
    EXPECT_THAT(together.study.strategies, ElementsAre("a:S0", "a:S6", "b:S0", "b:S6"));
    EXPECT_TRUE(together.paired());
    EXPECT_THAT(all_notes(together), HasSubstr("b and a share seed 1: they are compared in pairs, replication by "
                                               "replication, 6 replications each."));
    const Comparison comparison = compare(together);
    const auto& row = comparison.find(Kpi::otif)->strategies;
    EXPECT_EQ(comparison.comparator, 0u);
    EXPECT_EQ(row[2].verdict, Verdict::identical);
    const Interval wanted = paired_difference(kSame, kBase);
    EXPECT_NEAR(row[3].difference.low, wanted.low, 1e-12);
    EXPECT_NEAR(row[3].difference.high, wanted.high, 1e-12);
    EXPECT_TRUE(row[3].paired);
    EXPECT_TRUE(row[3].pairing.available());
}

TEST(Together, ThePairsAreThoseThatBothHave) {
    const Comparison comparison = compared(
        {{"a", Sample(1, {{"S6", kBase}}).study}, {"b", Sample(1, {{"S6", without_last(kSame, 2)}}).study}}, "a:S6");
    const Compared& b = comparison.find(Kpi::otif)->strategies[1];
    const Interval wanted = paired_difference(without_last(kSame, 2), without_last(kBase, 2));
    EXPECT_EQ(b.replications, 4u);
    EXPECT_NEAR(b.difference.estimate, wanted.estimate, 1e-12);
    EXPECT_NEAR(b.difference.high, wanted.high, 1e-12);
    EXPECT_NEAR(comparison.find(Kpi::otif)->strategies[0].value.estimate, 5.40 / 6, 1e-12);
    EXPECT_THAT(comparison.notes.front(), HasSubstr("Only 4 are in both, of 4 replications and 6 replications"));
}

/// Welch's example values by hand: difference of means, the root of the summed squared errors, and his degrees.
TEST(Together, OtherSeedsAreIndependentSamples) {
    const Together together =
        put_together({{"a", Sample(1, {{"S6", kBase}}).study}, {"b", Sample(2, {{"S6", kOther}}).study}}, "a:S6");
    EXPECT_FALSE(together.paired());
    EXPECT_THAT(all_notes(together),
                HasSubstr("b and a have different seeds, 2 and 1: they are compared as independent samples (Welch), 4 "
                          "replications and 6 replications."));
    const Comparison comparison = compare(together);
    const Compared& b = comparison.find(Kpi::otif)->strategies[1];
    const Moments x = moments(kOther), y = moments(kBase);
    const double u = x.variance / 4, v = y.variance / 6;
    EXPECT_NEAR(b.difference.estimate, x.mean - y.mean, 1e-12);
    EXPECT_NEAR(b.difference.standard_error, std::sqrt(u + v), 1e-12);
    EXPECT_NEAR(b.difference.freedom, (u + v) * (u + v) / (u * u / 3 + v * v / 5), 1e-6);
    EXPECT_FALSE(b.paired);
    EXPECT_FALSE(b.pairing.available());
    EXPECT_THAT(comparison_csv(together.study, comparison, nullptr, nullptr), HasSubstr(",independent\n"));
}

/// Within its own study a strategy is paired with the comparator, whatever the other file's seed.
TEST(Together, AComparatorIsPairedWithItsOwnStudy) {
    const Comparison comparison = compared(
        {{"a", Sample(1, {{"S0", kBase}, {"S6", kSame}}).study}, {"b", Sample(2, {{"S6", kOther}}).study}}, "a:S6");
    EXPECT_TRUE(comparison.find(Kpi::otif)->strategies[0].paired);
    EXPECT_FALSE(comparison.find(Kpi::otif)->strategies[2].paired);
    EXPECT_EQ(comparison.comparator, 1u);
}

/// An antithetic pair's first half has the draws of the plain replication of its number.
TEST(Together, AnAntitheticPairIsPairedWithItsPlainReplication) {
    Sample pairs(1, {{"S6", kBase}});
    pairs.study.antithetic = true;
    const Together together = put_together({{"a", Sample(1, {{"S6", kOther}}).study}, {"b", pairs.study}}, "a:S6");
    EXPECT_THAT(all_notes(together), HasSubstr("each antithetic pair of b with the replication of a"));
    const Compared b = compare(together).find(Kpi::otif)->strategies[1];
    EXPECT_EQ(b.replications, 3u);
    const Interval wanted = paired_difference(Values{0.905, 0.905, 0.89}, without_last(kOther, 1));
    EXPECT_NEAR(b.difference.low, wanted.low, 1e-12);
}

TEST(Together, RowsAreMatchedByNameAndTheRestIsSaid) {
    Sample a(1, {{"S6", kBase}}), b(1, {{"S6", kSame}});
    a.row(Kpi::otif, {.site = 0}, "site=East").row(Kpi::otif, {.site = 1}, "site=West").row(Kpi::lost_margin);
    b.study.dimensions.sites = {"West", "North"};
    b.row(Kpi::otif, {.site = 0}, "site=West").row(Kpi::turns);
    const Together together = put_together({{"a", a.study}, {"b", b.study}}, "a:S6");
    ASSERT_EQ(together.study.rows.size(), 2u);
    EXPECT_EQ(together.study.rows[1].label, "site=West");
    EXPECT_EQ(compare(together).find(Kpi::otif, {.site = 1})->strategies[1].verdict, Verdict::better);
    EXPECT_THAT(all_notes(together), AllOf(HasSubstr("left out: warehouse East; KPI lost_margin of a."),
                                           HasSubstr("left out: warehouse North; KPI turns of b.")));
}

/// A sum over 40 days is no sum over 60; a share may still be compared.
TEST(Together, SumsOverOtherNumbersOfDaysAreLeftOut) {
    Sample a(1, {{"S6", kBase}}), b(1, {{"S6", kSame}});
    for (Sample* one : {&a, &b}) {
        one->study.dimensions.phases = {{"calm", 0, 20, true}};
        one->row(Kpi::penalties).row(Kpi::penalties, {.phase = 0}, "phase=calm");
    }
    b.study.dimensions.end_day = 60;
    const Together together = put_together({{"a", a.study}, {"b", b.study}}, "a:S6");
    EXPECT_NE(compare(together).find(Kpi::otif), nullptr);
    EXPECT_EQ(compare(together).find(Kpi::penalties), nullptr);
    EXPECT_NE(compare(together).find(Kpi::penalties, {.phase = 0}), nullptr);
    EXPECT_THAT(all_notes(together), HasSubstr("Sums over the window are left out, because they are over different "
                                               "numbers of days (40 measured days in a, 60 measured days in b)."));
}

TEST(Together, OtherCurrenciesAreRefused) {
    Sample a(1, {{"S6", kBase}}), b(1, {{"S6", kSame}});
    b.study.dimensions.currency = "EUR";
    try {
        put_together({{"a", a.study}, {"b", b.study}}, "a:S6");
        FAIL() << "dollars were compared with euros";
    } catch (const StoreError& error) {
        EXPECT_THAT(error.what(), HasSubstr("a is in USD, b in EUR"));
    }
}

/// Fresh replications are numbered on from those that chose: their pairs are those of one number.
TEST(Together, FreshReplicationsArePairedByTheirNumber) {
    const auto with_fresh = [](std::size_t first, const Values& s0, const Values& s6) {
        Study study = Sample(1, {{"S0", kBase}, {"S1", kBase}, {"S6", kSame}}).study;
        const Study fresh = Sample(1, {{"S0", s0}, {"S6", s6}}).study;
        study.confirmation = {.strategy = "S6", .first = first, .replications = fresh.replications};
        return study;
    };
    const std::vector<NamedStudy> studies{{"a", with_fresh(6, kBase, kSame)}, {"b", with_fresh(8, kOther, kOther)}};
    const Together fresh = fresh_together(studies, "a:S0");
    EXPECT_THAT(fresh.study.strategies, ElementsAre("a:S0", "a:S6", "b:S0", "b:S6"));
    const Comparison comparison = compare(fresh);
    const Interval wanted = paired_difference(kOther, Values(kBase.begin() + 2, kBase.end()));
    EXPECT_NEAR(comparison.find(Kpi::otif)->strategies[3].difference.low, wanted.low, 1e-12);
    EXPECT_TRUE(fresh_together(studies, "a:S1").study.strategies.empty());  // it was not run again
    const std::vector<NamedStudy> apart{{"a", with_fresh(6, kBase, kSame)}, {"b", with_fresh(60, kOther, kOther)}};
    EXPECT_FALSE(fresh_together(apart, "a:S0").paired());
}

TEST(Together, TheTableSaysHowItCameAbout) {
    const Together together =
        put_together({{"a", Sample(1, {{"S6", kBase}}).study}, {"b", Sample(1, {{"S6", kSame}}).study}}, "a:S6");
    const std::string table = comparison_table(together.study, compare(together));
    EXPECT_THAT(table, AllOf(HasSubstr("a:S6 way (comparator)"), HasSubstr("b:S6 way"), HasSubstr("] better\n"),
                             HasSubstr("\nDifferences to a:S6 with 95 % intervals. Verdicts are"),
                             HasSubstr("b and a share seed 1")));
    EXPECT_THAT(table, Not(HasSubstr("common random numbers")));
}

TEST(Together, NamesTellFilesApart) {
    EXPECT_THAT(names_of_files({"runs/spike.h5", "bigger.h5"}), ElementsAre("spike", "bigger"));
    EXPECT_THAT(names_of_files({"x/study.h5", "./y/study.h5"}), ElementsAre("x/study", "y/study"));
    EXPECT_THAT(names_of_files({"study.h5", "y/study.h5", "b.h5"}), ElementsAre("study", "y/study", "b"));
    EXPECT_THAT(names_of_files({"study.h5", "study.hdf5"}), ElementsAre("study.h5", "study.hdf5"));
}

TEST(ScenarioChanges, NamesEachKeyThatDiffers) {
    const std::string from = "name = \"a\"\n\n[study]\nseed = 1\n\n[spike]\npeak = { SE = 2.2 }\nlength = \"9 d\"\n";
    const std::string to =
        "name = \"a\"\n\n[study]\nseed = 2\n\n[spike]\npeak = { SE = 3 }\n\n[site.SE]\npickers = 16\n";
    EXPECT_THAT(scenario_changes(from, to), ElementsAre("spike.peak { SE = 2.2 } -> { SE = 3 }",
                                                        "spike.length \"9 d\" -> none", "site.SE.pickers none -> 16"));
    EXPECT_TRUE(scenario_changes(from, from).empty());
}

}  // namespace
}  // namespace entrepot::tests
