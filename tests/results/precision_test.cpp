#include "results/comparison/precision.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "results/business/confirmation.hpp"
#include "results/business/recommendation.hpp"
#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/kpis/accumulator.hpp"
#include "results/study_fixture.hpp"

namespace entrepot::tests {
namespace {

using namespace results;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::size_t row_of(const Study& study, Kpi kpi) {
    for (std::size_t r = 0; r < study.rows.size(); ++r) {
        if (study.rows[r].kpi == info(kpi).id && study.rows[r].slice.is_total()) return r;
    }
    throw std::out_of_range("no such row");
}

/// S0, S1 and S6 whose line fill is about 80 %, 85 % and 90 % and whose operating cost is about 100, 90 and 80, with
/// noise of `spread` that all share and a fifth of it that is their own.
Study noisy_study(std::size_t replications, double spread) {
    Study study = numbered_study(replications);
    const std::size_t fill = row_of(study, Kpi::line_fill), cost = row_of(study, Kpi::operating_cost);
    for (std::size_t s = 0; s < 3; ++s) {
        for (std::size_t r = 0; r < replications; ++r) {
            Replication& run = study.replications[s][r];
            const double shared = std::sin(1.7 * static_cast<double>(r)),
                         own = std::cos(2.9 * static_cast<double>(r + 7 * s));
            run.numerator[fill] =
                (0.8 + 0.05 * static_cast<double>(s)) * (1 + 0.1 * spread * (shared + own / 5)) * 1000;
            run.denominator[fill] = 1000;
            run.numerator[cost] = (100 - 10 * static_cast<double>(s)) * (1 + spread * (shared + own / 5));
            run.denominator[cost] = 1;
        }
    }
    study.precision = {.relative = 0.05, .least = 10, .most = 200, .of = {"line_fill", "operating_cost"}};
    return study;
}

TEST(PrecisionGoal, IsCheckedAgainstTheStudy) {
    const Study study = noisy_study(3, 0.1);
    EXPECT_THAT(goal_problem(study, {.of = {"line_fill", "difference:otif"}}), IsEmpty());
    EXPECT_THAT(goal_problem(study, {.of = {"line_fil"}}), HasSubstr("there is no KPI 'line_fil'"));
    EXPECT_THAT(goal_problem(study, {.of = {"difference:nothing"}}), HasSubstr("there is no KPI 'nothing'"));
    EXPECT_THAT(goal_problem(study, {.of = {"otif_over_target"}}), HasSubstr("keeps no KPI 'otif_over_target'"));
    EXPECT_THAT(goal_problem(study, {.of = usual_targets(study)}), IsEmpty());
    Study one = study;
    one.strategies = {"S0"};
    EXPECT_THAT(goal_problem(one, {.of = {"difference:otif"}}), HasSubstr("wants a second strategy"));
}

TEST(PrecisionReached, IsLawsRuleForEachNumber) {
    const Study study = noisy_study(40, 0.1);
    const auto all = precision_reached(study);
    ASSERT_EQ(all.size(), 6u);  // two KPIs of three strategies
    EXPECT_EQ(all[0].target.name, "Line fill rate, first pass, S0");
    for (const Reached& r : all) {
        const Interval& i = r.precision.mean;
        ASSERT_TRUE(i.has_interval) << r.target.name;
        EXPECT_EQ(r.precision.satisfied, i.half_width() <= 0.05 / 1.05 * std::abs(i.estimate)) << r.target.name;
        EXPECT_NEAR(r.precision.reached, i.half_width() / (std::abs(i.estimate) - i.half_width()), 1e-12);
    }
    EXPECT_TRUE(precise_enough(all));
    EXPECT_FALSE(precise_enough(precision_reached(noisy_study(12, 0.3))));
    EXPECT_GT(observations_needed(precision_reached(noisy_study(12, 0.3))), 12);
}

TEST(PrecisionReached, DifferencesArePairedAndOfTheAlternativesOnly) {
    Study study = noisy_study(40, 0.1);
    study.precision->of = {"difference:operating_cost"};
    const auto all = precision_reached(study);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].target.name, "Operating cost, S1 - S0");
    const Comparison comparison = compare(study);
    EXPECT_EQ(all[1].precision.mean.low, comparison.find(Kpi::operating_cost)->strategies[2].difference.low);
}

TEST(PrecisionReached, AnAntitheticPairIsOneObservation) {
    Study study = noisy_study(41, 0.1);  // the last one waits for its partner
    study.antithetic = true;
    for (const Reached& r : precision_reached(study)) EXPECT_EQ(r.precision.replications, 20u);
}

TEST(PrecisionReached, SaysWhatNoNumberOfReplicationsReaches) {
    Study study = noisy_study(10, 0.1);
    const std::size_t fill = row_of(study, Kpi::line_fill), cost = row_of(study, Kpi::operating_cost);
    for (auto& strategy : study.replications) {
        for (Replication& run : strategy) run.denominator[fill] = run.numerator[fill] = run.numerator[cost] = 0;
    }
    study.ending = Ending::unreachable;
    for (const Reached& r : precision_reached(study)) {
        EXPECT_NE(r.hopeless, Reason::none) << r.target.name;
        EXPECT_FALSE(r.precision.satisfied);
    }
    const std::string text = precision_text(study);
    EXPECT_THAT(text, HasSubstr("not available: the denominator is zero"));
    EXPECT_THAT(text, HasSubstr("it is 0 each time"));
    EXPECT_THAT(text, HasSubstr("--precision-of"));
    EXPECT_THAT(text + precision_sentence(study), Not(HasSubstr("nan")));
    // A mean that can't be told from zero may yet be reached: it is not hopeless.
    Study around = noisy_study(10, 0.1);
    for (std::size_t r = 0; r < 10; ++r) around.replications[0][r].numerator[cost] = r % 2 == 0 ? 1 : -1;
    around.precision->of = {"operating_cost"};
    around.ending = Ending::capped;
    EXPECT_EQ(precision_reached(around)[0].hopeless, Reason::none);
    EXPECT_THAT(precision_text(around), HasSubstr("can't be told from zero, NOT reached"));
}

TEST(PrecisionText, ToldForAnyNumberOfReplications) {
    for (const std::size_t n : {0u, 1u, 2u, 9u, 10u, 60u}) {
        Study study = noisy_study(n, 0.1);
        study.ending = Ending::out_of_time;
        const std::string text = precision_text(study) + precision_sentence(study) + watch_text(study, "line_fill");
        EXPECT_THAT(text, HasSubstr("the time limit ended it")) << n;
        EXPECT_THAT(text, Not(testing::AnyOf(HasSubstr("nan"), HasSubstr("inf ")))) << n;
        EXPECT_EQ(watch_text(study, "line_fill").empty(), n < 10) << n;
    }
}

// The winner's own figures.

/// With the fresh replications of S6, whose operating gain there is `factor` times that of the others.
Study confirmed_study(std::size_t own, std::size_t fresh) {
    const Study all = numbered_study(own + fresh);
    Study study = numbered_study(own);
    study.confirmation = {.strategy = "S6", .first = own, .replications = {{}, {}}};
    for (std::size_t r = own; r < own + fresh; ++r) {
        study.confirmation->replications[0].push_back(all.replications[0][r]);
        study.confirmation->replications[1].push_back(all.replications[2][r]);
    }
    return study;
}

TEST(Confirmation, ItsStudyIsComparatorAndWinnerOnFreshReplicationsAlone) {
    const Study study = confirmed_study(6, 4);
    const auto fresh = fresh_study(study);
    ASSERT_TRUE(fresh.has_value());
    EXPECT_EQ(fresh->strategies, (std::vector<std::string>{"S0", "S6"}));
    EXPECT_EQ(fresh->replication_count(), 4u);
    EXPECT_FALSE(fresh_study(numbered_study(6)).has_value());
    EXPECT_FALSE(fresh_study(confirmed_study(6, 0)).has_value());
}

TEST(Confirmation, TheWinnersMoneyComesFromItAlone) {
    Study study = confirmed_study(6, 4);
    const Roi roi = return_on_investment(study), alone = return_on_investment(*fresh_study(study));
    EXPECT_EQ(roi.standing, Standing::confirmed);
    ASSERT_EQ(roi.best, 2u);
    EXPECT_EQ(roi.strategies[2].npv.estimate, alone.strategies[1].npv.estimate);
    EXPECT_EQ(roi.strategies[2].npv.low, alone.strategies[1].npv.low);
    EXPECT_EQ(roi.rests_on(2), "4 fresh replications");
    EXPECT_EQ(roi.rests_on(1), "6 replications");
    // What chose it has no say in what it is worth.
    for (Replication& run : study.replications[2]) {
        for (double& value : run.numerator) value *= 3;
    }
    EXPECT_EQ(return_on_investment(study).strategies[2].npv.estimate, roi.strategies[2].npv.estimate);
    EXPECT_NE(return_on_investment(study).selected_npv.estimate, roi.selected_npv.estimate);
    EXPECT_THAT(standing_text(study, roi), HasSubstr("4 fresh replications, which had no part in the choice"));
    EXPECT_THAT(comparison_csv(study, compare(study)), HasSubstr(",fresh,"));
    study.strategies.erase(study.strategies.begin() + 1);
    study.titles.erase(study.titles.begin() + 1);
    study.replications.erase(study.replications.begin() + 1);
    EXPECT_THAT(standing_text(study, return_on_investment(study)), HasSubstr(" was the only alternative in 6 repl"));
}

TEST(Confirmation, WithoutItTheGainIsUnconfirmedUnlessThereWasNoChoice) {
    const Study three = numbered_study(6);
    const Roi roi = return_on_investment(three);
    EXPECT_EQ(roi.standing, Standing::unconfirmed);
    EXPECT_THAT(standing_text(three, roi), HasSubstr("not confirmed on fresh replications"));
    EXPECT_THAT(roi_text(three, roi), HasSubstr("not confirmed on fresh replications"));
    EXPECT_THAT(roi_json(three, roi), HasSubstr("not confirmed on fresh replications"));
    EXPECT_THAT(roi_text(three, roi), HasSubstr(recommend(three, roi).sentence));
    EXPECT_THAT(recommendation_text(three, roi), HasSubstr(recommend(three, roi).sentence));
    EXPECT_EQ(return_on_investment(confirmed_study(6, 1)).standing, Standing::unconfirmed);  // one has no interval
    Study two = three;
    two.strategies.pop_back();
    two.titles.pop_back();
    two.replications.pop_back();
    EXPECT_EQ(return_on_investment(two).standing, Standing::no_choice);
    EXPECT_THAT(standing_text(two, return_on_investment(two)), IsEmpty());
    const Study single = numbered_study(1);
    EXPECT_THAT(standing_text(single, return_on_investment(single)), HasSubstr("needs at least 2 replications"));
}

// Never a NaN.

/// Studies in which something can't be given, in every text that a user may get.
TEST(NeverANumberThatIsNone, InTablesFilesAndTexts) {
    std::vector<Study> studies;
    for (const std::size_t own : {0u, 1u, 2u, 3u, 12u}) {
        for (const std::size_t fresh : {0u, 1u, 2u}) {
            Study study = confirmed_study(own, fresh);
            study.precision = {.relative = 0.01, .of = {"line_fill", "operating_cost", "difference:otif"}};
            studies.push_back(study);
            study.antithetic = true;
            studies.push_back(study);
            Study empty = study, constant = study;
            for (Study* each : {&empty, &constant}) {
                for (auto* runs : {&each->replications, &each->confirmation->replications}) {
                    for (auto& strategy : *runs) {
                        for (Replication& run : strategy) {
                            run.numerator.assign(run.numerator.size(), each == &empty ? 0 : 3);
                            run.denominator.assign(run.denominator.size(), each == &empty ? 0 : 4);
                        }
                    }
                }
                studies.push_back(*each);
            }
        }
    }
    for (const Study& study : studies) {
        const Roi roi = return_on_investment(study);
        for (const bool watching : {false, true}) {
            const Comparison comparison = compare(study, {.watching = watching});
            const std::string text = comparison_table(study, comparison, {.details = true}) +
                                     comparison_csv(study, comparison) + roi_text(study, roi) + roi_json(study, roi) +
                                     roi_csv(study, roi) + precision_text(study) + precision_sentence(study) +
                                     watch_text(study, "line_fill");
            EXPECT_THAT(text, Not(testing::ContainsRegex("[^a-z]-?nan[^a-z]")));
            EXPECT_THAT(text, Not(testing::ContainsRegex("[^a-z]-?inf[^a-z]")));
        }
    }
}

}  // namespace
}  // namespace entrepot::tests
