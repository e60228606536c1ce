#include "results/report/shared_scorecard.hpp"

#include <gtest/gtest.h>

#include "results/report/report.hpp"
#include "sample_study.hpp"

/// One function's gain is not to be another's loss unseen; and the page says who decides.
namespace entrepot::results {
namespace {

Interval known(double value) {
    return {.estimate = value, .low = value, .high = value, .has_estimate = true, .has_interval = true};
}

/// S0 has 100 of each KPI; S1 changes some of them.
struct Compare {
    Study study;
    Comparison comparison;

    Compare() {
        study.strategies = {"S0", "S1"};
        for (const KpiInfo& kpi : kpi_registry()) {
            ComparedRow row{
                .kpi = &kpi, .row = {.kpi = std::string(kpi.id), .slice = {}, .label = "all"}, .strategies = {}};
            row.strategies.resize(2);
            row.strategies[0].value = row.strategies[1].value = known(100);
            row.strategies[1].difference = known(0);
            row.strategies[1].verdict = Verdict::identical;
            comparison.rows.push_back(row);
        }
    }
    Compare& change(Kpi kpi, double by, Verdict verdict) {
        Compared& one = comparison.rows[static_cast<std::size_t>(kpi)].strategies[1];
        one.difference = known(by);
        one.verdict = verdict;
        return *this;
    }
    std::vector<SharedScorecard::Conflict> conflicts(double most_loss = 0.05) const {
        return shared_scorecard(study, comparison, most_loss).conflicts;
    }
};

TEST(SharedScorecard, ShowsEachFunctionsKpisAsShares) {
    const Compare study = Compare().change(Kpi::inventory_value, -12, Verdict::better);
    const SharedScorecard card = shared_scorecard(study.study, study.comparison, 0.05);
    ASSERT_EQ(card.functions.size(), 3u);
    EXPECT_EQ(card.functions[1].name, "Finance");
    EXPECT_EQ(card.functions[1].lines[0].kpi->kpi, Kpi::inventory_value);
    EXPECT_DOUBLE_EQ(*card.functions[1].lines[0].changes[1].share, -0.12);
    EXPECT_TRUE(card.conflicts.empty());
}

TEST(SharedScorecard, TellsOfAGainAtAnothersExpense) {
    Compare study;
    study.change(Kpi::inventory_value, -12, Verdict::better).change(Kpi::penalties, 8, Verdict::worse);
    ASSERT_EQ(study.conflicts().size(), 1u);
    const auto found = study.conflicts()[0];
    EXPECT_EQ(found.strategy, 1u);
    EXPECT_EQ(found.gains, "Finance");
    EXPECT_EQ(found.loses, "Customer service");
    EXPECT_EQ(found.gained->kpi, Kpi::inventory_value);
    EXPECT_EQ(found.lost->kpi, Kpi::penalties);
    EXPECT_DOUBLE_EQ(found.loss, 0.08);
    EXPECT_TRUE(study.conflicts(0.09).empty());  // so much is borne
}

TEST(SharedScorecard, BearsWhatCannotBeToldFromChanceAndWhatNobodyGainsBy) {
    EXPECT_TRUE(Compare()
                    .change(Kpi::inventory_value, -12, Verdict::better)
                    .change(Kpi::penalties, 80, Verdict::not_distinguishable)
                    .conflicts()
                    .empty());
    EXPECT_TRUE(Compare()
                    .change(Kpi::otif, 12, Verdict::better)
                    .change(Kpi::penalties, 80, Verdict::worse)  // the same function
                    .conflicts()
                    .empty());
    EXPECT_TRUE(Compare().change(Kpi::penalties, 80, Verdict::worse).conflicts().empty());
}

std::string page_with(const ReportOptions& options) {
    const Study study = sample_study({.strategies = 4});
    return html_report(study, compare(study), return_on_investment(study), options);
}

TEST(Report, SaysWhoDecides) {
    Governed people, system;
    people.decisions[0].may[1] = system.decisions[0].may[0] = true;
    system.decisions[0].guardrails = {"value: over $5 k & more, people decide"};
    system.decisions[0].approvals = {"board: over $9 k"};
    const std::string page = page_with({.governance = {people, system, people, people}});
    EXPECT_NE(page.find("<h3>S0 baseline manual, S2 and S3</h3>"), std::string::npos);
    EXPECT_NE(page.find("<h3>S1 tuned min max</h3>"), std::string::npos);
    EXPECT_NE(page.find("value: over $5\u00A0k &amp; more, people decide"), std::string::npos);
    EXPECT_NE(page.find("board: over $9\u00A0k"), std::string::npos);
    EXPECT_EQ(page_with({}).find("Who decides, within"), std::string::npos);
}

}  // namespace
}  // namespace entrepot::results
