#include "results/business/input_doubt.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gmock/gmock.h>

#include "results/study_fixture.hpp"

namespace entrepot::tests {
namespace {

using namespace results;
using testing::HasSubstr;

/// A programme of one year that costs 1000 and saves nothing in the study: its value is -1000 and what is set.
Study programme(const std::function<void(FinanceInputs&)>& change) {
    Study study = numbered_study(4);
    for (auto& runs : study.replications) {
        for (Replication& run : runs) std::ranges::fill(run.numerator, 0);
    }
    FinanceInputs in{.discount_rate = 0, .years = 1, .implementation = 1000, .low_spread = 0.1, .high_spread = 0.3};
    in.needs.assign(study.strategies.size(), {.software = true, .integration = false});
    in.needs[comparator_of(study)] = {};
    change(in);
    study.manifest.finance = finance_to_text(in);
    return study;
}

InputDoubt doubt_of(const Study& study) {
    return doubt_about_inputs(study, return_on_investment(study), study.strategies.size() - 1).value();
}

const Driver& driver(const InputDoubt& doubt, const std::string& key) {
    return *std::ranges::find(doubt.drivers, key, &Driver::key);
}

TEST(InputDoubt, MovesOneInputToItsEnds) {
    const Study study = programme([](FinanceInputs& in) { in.subscription_per_year = 200; });
    const InputDoubt doubt = doubt_of(study);
    EXPECT_NEAR(doubt.base, -1200, 1e-9);
    EXPECT_NEAR(doubt.base, return_on_investment(study).strategies.back().npv.estimate, 1e-9);
    ASSERT_EQ(doubt.drivers.size(), 2u);  // by falling swing
    EXPECT_EQ(doubt.drivers[0].key, "implementation");
    EXPECT_NEAR(doubt.drivers[0].npv_at_low, -900 - 200, 1e-9);
    EXPECT_NEAR(doubt.drivers[0].npv_at_high, -1300 - 200, 1e-9);
    EXPECT_EQ(doubt.drivers[1].key, "subscription");
    EXPECT_NEAR(doubt.drivers[1].npv_at_high, -1000 - 260, 1e-9);
    EXPECT_NEAR(doubt.worst_together, -1300 - 260, 1e-9);
    EXPECT_NEAR(doubt.best_together, -900 - 180, 1e-9);
}

/// With one input in doubt the NPV's percentiles are those of that input. Of 1000 draws the standard error of a tenth
/// is about 4 % of its distance from the median; four of them are allowed.
TEST(InputDoubt, DrawsHaveTheEndsAsTheirTenths) {
    const InputDoubt doubt = doubt_of(programme([](FinanceInputs&) {}));
    EXPECT_NEAR(doubt.p10, -1300, 60);
    EXPECT_NEAR(doubt.p50, -1000, 40);
    EXPECT_NEAR(doubt.p90, -900, 20);
    EXPECT_LT(doubt.worst_tenth, doubt.p10);
    EXPECT_EQ(doubt.probability_positive, 0);
    const InputDoubt even = doubt_of(programme([](FinanceInputs& in) { in.other_flows = {0, 1000}; }));
    EXPECT_NEAR(even.probability_positive, 0.5, 0.06);
}

TEST(InputDoubt, KeepsToWhatIsPossible) {
    Study study = programme([](FinanceInputs& in) {
        in.cashable_labour_share = 0.9;
        in.planner_rate = 10;
        in.spikes_per_year = 3.2;
        in.window_has_spike = true;
    });
    study.dimensions.phases.clear();
    study.dimensions.first_day = 0;
    study.dimensions.end_day = 100;
    const auto row =
        std::ranges::find_if(study.rows, [](const Row& r) { return r.kpi == "planner_hours" && r.label == "all"; });
    ASSERT_NE(row, study.rows.end());
    for (Replication& run : study.replications[0])
        run.numerator[static_cast<std::size_t>(row - study.rows.begin())] = 70;
    const InputDoubt doubt = doubt_of(study);
    EXPECT_EQ(driver(doubt, "cashable_labour").high, 1);
    EXPECT_NEAR(driver(doubt, "cashable_labour").npv_at_high, -1000 + 3.2 * 700, 1e-9);
    EXPECT_EQ(driver(doubt, "spikes_per_year").high, 3.65);
}

TEST(InputDoubt, IsSilentWithoutSpreads) {
    const Study study = programme([](FinanceInputs& in) { in.low_spread = in.high_spread = 0; });
    const Roi roi = return_on_investment(study);
    EXPECT_FALSE(doubt_about_inputs(study, roi, 1).has_value());
    const Study doubted = programme([](FinanceInputs&) {});
    EXPECT_FALSE(doubt_about_inputs(doubted, return_on_investment(doubted), 0).has_value());  // the comparator
    EXPECT_THAT(roi_text(doubted, return_on_investment(doubted)), HasSubstr("NPV by implementation"));
    EXPECT_THAT(roi_json(doubted, return_on_investment(doubted)), HasSubstr("\"npv_p10\""));
}

}  // namespace
}  // namespace entrepot::tests
