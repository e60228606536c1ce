#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "results/roi_case.hpp"
#include "results/statistics/statistics.hpp"

namespace entrepot::tests {
namespace {

using testing::HasSubstr;

// Benefits.

TEST(Benefits, OfUsualDaysAreScaledToAYear) {
    Case c;
    c.set(Kpi::penalties, "all", 300, 100);
    EXPECT_NEAR(c.line("Penalties"), 200 * 3.65, 1e-9);
    EXPECT_THAT(c.roi().basis, HasSubstr("100 measured days are scaled to 365"));
}

TEST(Benefits, OfFewerReturnsAreWhatTheyCost) {
    Case c;
    c.set(Kpi::returns_cost, "all", 500, 420);
    EXPECT_NEAR(c.line("Returns"), 80 * 3.65, 1e-9);
}

TEST(Benefits, OfASpikeCountOncePerSpike) {
    Case c({{"calm", 10, 50, true}, {"spike", 50, 80, false}, {"recovery", 80, 110, false}});
    c.inputs.spikes_per_year = 2;
    c.set(Kpi::penalties, "phase=calm", 80, 40);       // a dollar saved each calm day
    c.set(Kpi::penalties, "phase=spike", 1000, 200);   // 800, of which 30 as on any day
    c.set(Kpi::penalties, "phase=recovery", 100, 60);  // 40, of which 30 as on any day
    c.set(Kpi::penalties, "all", 1180, 300);
    EXPECT_NEAR(c.line("Penalties"), 365 + 2 * (770 + 10), 1e-9);
    EXPECT_THAT(c.roi().basis, HasSubstr("2 spikes a year"));
}

TEST(Benefits, OfASpikeAloneAreNotStretched) {
    Case c({{"spike", 10, 110, false}});
    c.inputs.spikes_per_year = 0.5;
    c.set(Kpi::penalties, "all", 300, 100);
    c.set(Kpi::inventory_value, "all", 100 * 3650, 100 * 365);
    EXPECT_NEAR(c.line("Penalties"), 100, 1e-9);
    EXPECT_NEAR(c.evaluate().working_capital.estimate, 0.5 * 100 * (3650 - 365) / 365, 1e-9);
    EXPECT_THAT(c.roi().basis, HasSubstr("No calm days"));
    EXPECT_THAT(c.roi().basis, HasSubstr("14 % of the year"));
}

TEST(OtherCashFlows, AreAddedAsTheyAre) {
    Case c;
    c.inputs.years = 4;
    c.inputs.discount_rate = 0.1;
    c.inputs.tax_rate = 0.25;
    c.inputs.benefit_risk = 0.2;
    c.inputs.needs = {{false, false}, {false, false}};
    c.inputs.other_flows = {-985, 75, 120, 100, 1200};
    const StrategyRoi roi = c.evaluate();
    EXPECT_EQ(roi.cash_flow, c.inputs.other_flows);
    EXPECT_NEAR(roi.npv.estimate, net_present_value(0.1, c.inputs.other_flows), 1e-9);
    EXPECT_NEAR(roi.irr.estimate, 0.1236620, 5e-8);
    EXPECT_TRUE(roi.irr.has_interval);
    EXPECT_EQ(roi.irr.half_width(), 0);
    EXPECT_NEAR(roi.roi.estimate, roi.npv.estimate / 985, 1e-9);
    EXPECT_THAT(roi_text(c.study, c.roi()), HasSubstr("IRR 12.4 %"));
    c.inputs.other_flows = {-4000, 25000, -25000};
    EXPECT_EQ(c.evaluate().irr.missing, Reason::several_rates);
    EXPECT_THAT(roi_text(c.study, c.roi()), HasSubstr("not defined: the present value is zero at 25 %, 400 %"));
    c.inputs.other_flows = {100, -150, 100};
    EXPECT_EQ(c.evaluate().irr.missing, Reason::no_rate);
    c.inputs.other_flows = {-100, 10};
    EXPECT_EQ(c.evaluate().payback_years.missing, Reason::never);
}

/// A year of 255 business days has 357 calendar days at the window's pace.
TEST(Benefits, AYearWithHolidaysIsShorter) {
    Case c({{"calm", 10, 50, true}, {"spike", 50, 110, false}});
    c.inputs.days_per_year = 357;
    c.inputs.spikes_per_year = 2;
    c.set(Kpi::penalties, "phase=calm", 80, 40).set(Kpi::penalties, "all", 1080, 240);
    EXPECT_NEAR(c.line("Penalties"), 357 + 2 * (800 - 60), 1e-9);
    c.inputs.space_rate = 0.1;  // mean stock has no holidays
    c.set(Kpi::inventory_value, "phase=calm", 40 * 1000, 40 * 600);
    c.set(Kpi::inventory_value, "all", 100 * 1000, 100 * 600);
    EXPECT_NEAR(c.evaluate().working_capital.estimate, 400, 1e-9);
    EXPECT_THAT(c.roi().basis, HasSubstr("357 days"));
}

TEST(Benefits, AWindowWithASpikeAndNoPhasesIsAllSpike) {
    Case c;
    c.set(Kpi::penalties, "all", 300, 100);
    c.inputs.spikes_per_year = 2;
    EXPECT_NEAR(c.line("Penalties"), 200 * 3.65, 1e-9);
    c.inputs.window_has_spike = true;
    EXPECT_NEAR(c.line("Penalties"), 2 * 200, 1e-9);
}

/// Days in no phase are not calm: beside a calm phase of 40 days, 60 belong to the spike.
TEST(Benefits, DaysInNoPhaseBelongToTheSpike) {
    Case c({{"calm", 10, 50, true}});
    c.set(Kpi::penalties, "phase=calm", 80, 40).set(Kpi::penalties, "all", 1080, 240);
    c.inputs.spikes_per_year = 2;
    c.inputs.window_has_spike = true;
    EXPECT_NEAR(c.line("Penalties"), 365 + 2 * (800 - 60), 1e-9);
    EXPECT_THAT(c.roi().basis, HasSubstr("what the other 60 days add"));
}

TEST(Benefits, LostSalesAreMarginThatDoesNotComeBack) {
    Case c;
    c.inputs.recapture = 0.25;
    c.set(Kpi::lost_margin, "all", 500, 100);
    EXPECT_NEAR(c.line("Lost sales, margin"), 400 * 3.65 * 0.75, 1e-9);
}

TEST(Benefits, ExpeditesAreNotCountedInFreightAgain) {
    Case c;  // freight falls by 100, of which 60 are extras of expedited shipments; transfers by 30, of which 10;
             // premiums by 5
    c.set(Kpi::freight_cost, "all", 1000, 900);
    c.set(Kpi::transfer_cost, "all", 200, 170);
    c.set(Kpi::expedite_cost, "all", 100, 25);
    c.set(Kpi::purchase_premiums, "all", 5, 0);
    EXPECT_NEAR(c.line("Expedites"), 75 * 3.65, 1e-9);
    EXPECT_NEAR(c.line("Ordinary freight and transfers"), (130 - 70) * 3.65, 1e-9);
    EXPECT_NEAR(c.evaluate().annual_benefit.estimate, (130 + 5) * 3.65, 1e-9);
}

TEST(Benefits, ManualWorkCountsWhereItIsCash) {
    Case c;
    c.inputs.cashable_labour_share = 0.5;
    c.inputs.planner_rate = 60;
    c.inputs.agent_rate = 40;
    c.set(Kpi::planner_hours, "all", 300, 200).set(Kpi::agent_hours, "all", 50, 40);
    EXPECT_NEAR(c.line("Manual work"), 0.5 * (60 * 100 + 40 * 10) * 3.65, 1e-9);
}

/// Mean stock falls from $1000 to $600. The cash is released once; a year saves the non-capital part of carrying it
/// only.
TEST(Benefits, WorkingCapitalIsCountedOnce) {
    Case c;
    c.inputs.space_rate = 0.02;
    c.inputs.service_rate = 0.03;
    c.inputs.risk_rate = 0.05;
    c.inputs.ramp = {0.5, 1};
    c.inputs.discount_rate = 0;
    c.set(Kpi::inventory_value, "all", 100 * 1000, 100 * 600);
    const StrategyRoi roi = c.evaluate();
    EXPECT_NEAR(roi.working_capital.estimate, 400, 1e-9);
    EXPECT_NEAR(roi.annual_benefit.estimate, 40, 1e-9);
    EXPECT_NEAR(roi.cash_flow[1], 0.5 * 40 + 0.5 * 400, 1e-9);
    EXPECT_NEAR(roi.cash_flow[2], 40 + 0.5 * 400, 1e-9);
    EXPECT_NEAR(roi.cash_flow[3], 40, 1e-9);
    EXPECT_NEAR(roi.npv.estimate, 0.5 * 40 + 40 + 40 + 400, 1e-9);
}

/// The other way: nothing once, and a year the full carrying cost with the capital's. Each way shows the other's value.
TEST(Benefits, StockMayBeChargedInstead) {
    Case c;
    c.inputs.space_rate = 0.04;
    c.inputs.capital_rate = 0.15;
    c.inputs.discount_rate = 0;
    c.set(Kpi::inventory_value, "all", 100 * 1000, 100 * 600);
    const StrategyRoi released = c.evaluate();
    EXPECT_NEAR(released.npv.estimate, 400 + 3 * 16, 1e-9);
    EXPECT_NEAR(released.npv_other_stock.estimate, 3 * 400 * 0.19, 1e-9);
    EXPECT_THAT(roi_text(c.study, c.roi()), HasSubstr("NPV with stock charged instead"));
    c.inputs.stock_charged = true;
    const StrategyRoi charged = c.evaluate();
    EXPECT_EQ(charged.working_capital.estimate, 0);
    EXPECT_NEAR(c.line("Stock carrying, with capital"), 400 * 0.19, 1e-9);
    EXPECT_NEAR(charged.npv.estimate, 3 * 400 * 0.19, 1e-9);
    EXPECT_NEAR(charged.npv_other_stock.estimate, released.npv.estimate, 1e-9);
    c.inputs.capital_rate = 0.20;
    EXPECT_NEAR(c.evaluate().npv.estimate, 3 * 400 * 0.24, 1e-9);
}

// Costs and the whole.

TEST(Costs, AreThoseOfWhatAStrategyNeeds) {
    Case c;
    c.inputs.subscription_per_year = 100;
    c.inputs.run_cost_per_year = 50;
    c.inputs.implementation = 400;
    c.inputs.integration = 300;
    c.inputs.change_management = 20;
    c.inputs.cost_risk = 0.1;
    EXPECT_NEAR(c.evaluate().initial_cost, 720 * 1.1, 1e-9);
    EXPECT_NEAR(c.evaluate().yearly_cost, 150 * 1.1, 1e-9);
    c.inputs.needs[1] = {.software = false, .integration = true};
    EXPECT_NEAR(c.evaluate().initial_cost, 320 * 1.1, 1e-9);
    EXPECT_EQ(c.evaluate().yearly_cost, 0);
}

/// Against a comparator that has the software, another one that has it pays for what is new alone, and one without it
/// saves the fees, of which the careful share counts.
TEST(Costs, AreAgainstWhatTheComparatorHas) {
    Case c;
    c.inputs = {.subscription_per_year = 100,
                .implementation = 1000,
                .integration = 300,
                .run_cost_per_year = 20,
                .cost_risk = 0.1,
                .needs = {{.software = true}, {.software = true, .integration = true}}};
    EXPECT_NEAR(c.evaluate().initial_cost, 330, 1e-9);
    EXPECT_NEAR(c.evaluate().yearly_cost, 0, 1e-9);
    c.study.manifest.comparator = "S6";
    const StrategyRoi back = c.roi().strategies.at(0);
    EXPECT_NEAR(back.initial_cost, 0, 1e-9);
    EXPECT_NEAR(back.yearly_cost, 0, 1e-9);
    c.inputs.needs[0] = {};
    EXPECT_NEAR(c.roi().strategies.at(0).yearly_cost, -108, 1e-9);
    c.study.manifest.comparator = "S0";
    EXPECT_NEAR(c.evaluate().initial_cost, 1430, 1e-9);
    EXPECT_NEAR(c.evaluate().yearly_cost, 132, 1e-9);
}

TEST(StrategyRoi, FollowsFromBenefitsAndCosts) {
    Case c;
    c.inputs.implementation = 1000;
    c.inputs.subscription_per_year = 100;
    c.inputs.benefit_risk = 0.2;
    c.set(Kpi::penalties, "all", 1000 / 3.65, 0);  // $1000 a year, $800 after risk
    const StrategyRoi roi = c.evaluate();
    const double pv_year = 1 / 1.1 + 1 / 1.21 + 1 / 1.331, pv_costs = 1000 + 100 * pv_year;
    EXPECT_NEAR(roi.npv.estimate, 800 * pv_year - pv_costs, 1e-9);
    EXPECT_NEAR(roi.roi.estimate, (800 * pv_year - pv_costs) / pv_costs, 1e-12);
    EXPECT_NEAR(roi.payback_years.estimate, 1000.0 / 700, 1e-12);
    EXPECT_EQ(roi.probability_positive, 1);
    ASSERT_TRUE(roi.irr.has_interval);
    EXPECT_NEAR(net_present_value(roi.irr.estimate, roi.cash_flow), 0, 1e-6);
}

TEST(StrategyRoi, RiskLowersGainsAndRaisesLosses) {
    Case gain, loss;
    gain.set(Kpi::penalties, "all", 100, 0).inputs.benefit_risk = 0.2;
    loss.set(Kpi::penalties, "all", 0, 100).inputs.benefit_risk = 0.2;
    Case careless_gain, careless_loss;
    careless_gain.set(Kpi::penalties, "all", 100, 0).inputs.benefit_risk = 0;
    careless_loss.set(Kpi::penalties, "all", 0, 100).inputs.benefit_risk = 0;
    const auto npv = [](Case& c) { return c.roi().strategies[1].npv.estimate; };
    EXPECT_LT(npv(gain), npv(careless_gain));
    EXPECT_LT(npv(loss), npv(careless_loss));
}

TEST(StrategyRoi, TaxIsPaidOnWhatBenefitsExceedCosts) {
    Case c;
    c.inputs.tax_rate = 0.25;
    c.inputs.subscription_per_year = 100;
    c.inputs.discount_rate = 0;
    c.set(Kpi::penalties, "all", 500 / 3.65, 0);
    EXPECT_NEAR(c.evaluate().npv.estimate, 3 * 400 * 0.75, 1e-9);
}

TEST(StrategyRoi, HasThePairedIntervalOfItsReplications) {
    Case c({}, 4);
    const Values base{100, 140, 90, 200}, saved{8, 12, 10, 14};
    for (std::size_t r = 0; r < 4; ++r) c.set_one(Kpi::penalties, "all", r, base[r], base[r] - saved[r]);
    const StrategyRoi roi = c.evaluate();
    const Interval wanted = mean_interval(saved);
    EXPECT_NEAR(roi.annual_benefit.low, wanted.low * 3.65, 1e-9);
    EXPECT_NEAR(roi.annual_benefit.high, wanted.high * 3.65, 1e-9);
    EXPECT_GT(roi.probability_positive, 0.99);
    EXPECT_LT(roi.probability_positive, 1);
}

/// Worth exactly nothing: not more than nothing, whatever the rounding.
TEST(StrategyRoi, OfNoValueIsNotAboveZero) {
    Case c({}, 5);
    EXPECT_EQ(c.evaluate().npv.estimate, 0);
    EXPECT_EQ(c.evaluate().probability_positive, 0);
    c.inputs.years = 1;
    c.inputs.other_flows = {-100, 110};
    EXPECT_EQ(c.evaluate().npv.estimate, 0);
    EXPECT_EQ(c.evaluate().probability_positive, 0);
    EXPECT_THAT(roi_text(c.study, c.roi()), HasSubstr("$0 [0, 0], P(NPV > 0) = 0.00"));
}

/// A mean rate of -60 % that varies wildly: nobody can lose more than all, and nothing pays back before it begins.
TEST(StrategyRoi, NoIntervalLeavesWhatIsPossible) {
    Case c({}, 5);
    c.inputs.years = 1;
    c.inputs.implementation = 1000;
    const Values saved{10, 900, 40, 1000, 50};
    for (std::size_t r = 0; r < saved.size(); ++r) c.set_one(Kpi::penalties, "all", r, saved[r] / 3.65, 0);
    StrategyRoi roi = c.evaluate();
    EXPECT_NEAR(roi.irr.estimate, -0.6, 1e-9);
    ASSERT_TRUE(roi.irr.has_interval);
    EXPECT_GT(roi.irr.low, -1);
    EXPECT_LT(roi.irr.low, roi.irr.estimate);
    EXPECT_GT(roi.irr.high, roi.irr.estimate);
    c.inputs.implementation = 10;
    roi = c.evaluate();
    ASSERT_TRUE(roi.payback_years.has_interval);
    EXPECT_GE(roi.payback_years.low, 0);
}

/// S6 costs 100 and saves 300 once; S7 costs 40 more and saves 500. All of it in year 1.
TEST(Steps, GoFromOneAlternativeToTheNext) {
    Case c({}, 3);
    c.set(Kpi::penalties, "all", 1000 / 3.65, 700 / 3.65).third();
    c.inputs.years = 1;
    c.inputs.discount_rate = 0.25;
    c.inputs.change_management = 100;
    c.inputs.integration = 40;
    c.inputs.needs = {{false, false}, {false, false}, {false, true}};
    const std::size_t penalties = [&] {
        std::size_t row = 0;
        while (c.study.rows[row].kpi != "penalties" || c.study.rows[row].label != "all") ++row;
        return row;
    }();
    for (Replication& run : c.study.replications[2]) run.numerator[penalties] = 500 / 3.65;
    const Roi roi = c.roi();
    EXPECT_NEAR(roi.strategies[1].npv.estimate, 300 / 1.25 - 100, 1e-9);
    EXPECT_NEAR(roi.strategies[2].npv.estimate, 500 / 1.25 - 140, 1e-9);
    ASSERT_EQ(roi.steps.size(), 1u);
    const StrategyRoi& step = roi.steps[0].gain;
    EXPECT_EQ(roi.steps[0].from, 1u);
    EXPECT_EQ(roi.steps[0].to, 2u);
    EXPECT_NEAR(step.npv.estimate, 200 / 1.25 - 40, 1e-9);
    EXPECT_NEAR(step.initial_cost, 40, 1e-9);
    EXPECT_NEAR(step.irr.estimate, 200.0 / 40 - 1, 1e-9);
    EXPECT_NEAR(step.payback_years.estimate, 40.0 / 200, 1e-9);
    EXPECT_NEAR(step.roi.estimate, 120.0 / 40, 1e-9);
    EXPECT_THAT(roi_text(c.study, roi), HasSubstr("The step from S6 to S7, paired in 3 replications"));
    const auto json = nlohmann::json::parse(roi_json(c.study, roi));
    EXPECT_EQ(json["steps"][0]["from"], "S6");
    EXPECT_NEAR(json["steps"][0]["npv"]["estimate"].get<double>(), 120, 1e-9);
    EXPECT_THAT(roi_csv(c.study, roi), HasSubstr("S7 after S6,NPV,horizon,120,"));
    EXPECT_TRUE(Case().roi().steps.empty());
}

TEST(StrategyRoi, SaysWhatItCannotGive) {
    Case one({}, 1), none({}, 0);
    EXPECT_FALSE(one.evaluate().npv.has_interval);
    EXPECT_FALSE(one.evaluate().roi.has_estimate);  // no costs
    EXPECT_THAT(roi_text(one.study, one.roi()), HasSubstr("not available (no costs)"));
    EXPECT_TRUE(none.evaluate().lines.empty());
    EXPECT_FALSE(none.evaluate().npv.has_estimate);
    EXPECT_TRUE(one.roi().strategies.at(0).lines.empty());  // the comparator
}

// Texts.

TEST(RoiTexts, TellTheSameInJsonAndCsv) {
    Case c;
    c.inputs.implementation = 100;
    c.set(Kpi::penalties, "all", 365, 0);
    const auto json = nlohmann::json::parse(roi_json(c.study, c.roi()));
    EXPECT_NEAR(json["strategies"]["S6"]["annual_benefits"]["Penalties"]["estimate"].get<double>(), 365 * 3.65, 1e-9);
    EXPECT_EQ(json["label"], "simulated, uncalibrated");
    EXPECT_FALSE(json["strategies"].contains("S0"));
    EXPECT_THAT(roi_csv(c.study, c.roi()), HasSubstr("S6,Penalties,year,1332.25,1332.25,1332.25,2 replications\n"));
    EXPECT_THAT(roi_text(c.study, c.roi()),
                HasSubstr("S6 orchestrated against S0 on 2 replications (simulated, uncalibrated"));
}

}  // namespace
}  // namespace entrepot::tests
